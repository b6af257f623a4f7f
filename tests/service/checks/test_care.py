"""Personal data and signs of danger are found; what articles and practitioners write about is not."""

import re
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from comments.checks import care
from comments.checks.care import BadWords

WORDS = care.read_words(Path(care.__file__).with_name("care-words.txt").read_text("utf-8"))


def found(text: str) -> list[tuple[str, str]]:
    return [(span.kind, text[span.start : span.end]) for span in care.find(text, WORDS)]


@pytest.mark.parametrize(
    "number",
    [
        "416-555-0199",
        "(416) 555-0199",
        "416.555.0199",
        "+1 416 555 0199",
        "1-416-555-0199",
        "020 7946 0958",
        "+44 20 7946 0958",
        "07700 900123",
        "01 23 45 67 89",
        "01.23.45.67.89",
        "0123456789",
        "+33 1 23 45 67 89",
        "030 12345678",
        "+49 (0)30 1234567",
        "0171/1234567",
        "0041 44 668 18 00",
    ],
)
def test_a_phone_number_is_found_in_its_usual_forms(number: str) -> None:
    assert found(f"You can reach me at {number}, any time.") == [("phone", number)]


@pytest.mark.parametrize(
    "text",
    [
        "Call 9-8-8, 911 or 112.",
        "The line 1-800-273-8255 is free, as is 0800 123 4567.",
        "ISBN 978-3-16-148410-0, doi 10.1037/0022-006X.76.3.524",
        "In 1998, 2003 and 2014 (n = 1,200,000; p < 0.05), sessions of 050 minutes.",
        "On 2026-03-14 at 10:30, version 0.14.2.",
        "https://example.org/2026/0123456789/",
        "The 2014-2018 cohort, pp. 114-118.",
    ],
)
def test_other_numbers_are_no_phone_numbers(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize("address", ["ada@example.org", "a.b+c@mail.example.co.uk", "ada [at] example [dot] org"])
def test_an_address_is_found(address: str) -> None:
    assert found(f"Write to {address} please") == [("email", address)]


@pytest.mark.parametrize(
    "text",
    [
        "J. K., born 12/03/1988",
        "JK (12.3.1988",
        "Marie Martin, née le 12 mars 1988",
        "Anna, born on March 12, 1988",
        "DOB: 1988-03-12",
    ],
)
def test_initials_or_a_name_beside_a_date_of_birth_are_found(text: str) -> None:
    assert found(f"I saw them: {text}, which was today") == [("birth", text)]


@pytest.mark.parametrize("text", ["Smith, 12 March 2019", "Published on March 12, 2019 by Smith", "Freud (1915-1939)"])
def test_a_cited_date_is_none(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "I want to kill myself",
        "honestly i wanna DIE!!",
        "I don’t want to live",
        "i dont want to be here anymore.",
        "I am suicidal and nobody knows",
        "I have taken all my pills",
        "They would be better off without me",
        "Je veux mourir.",
        "j'ai des idées noires",
        "J’AI ENVIE D’EN FINIR",
        "je n'ai plus envie de vivre",
        "j ai envie de mourir",
    ],
)
def test_signs_of_danger_are_found_in_both_languages(text: str) -> None:
    assert [kind for kind, _text in found(text)] == ["crisis"]


@pytest.mark.parametrize(
    "text",
    [
        "Our suicide prevention training was excellent.",
        "Suicidal ideation is assessed with the C-SSRS; an overdose is a crisis.",
        "We talk about self-harm and killing time.",
        "I could kill myself laughing at this.",
        "I want to die of embarrassment when I read my first chats.",
        "A client is not a risk score.",
        "La prévention du suicide est notre métier.",
        "J'ai envie de mourir de rire.",
        "Je veux en finir avec cette paperasse.",
        "Je ne suis pas suicidaire, merci.",
    ],
)
def test_what_people_write_about_is_no_alarm(text: str) -> None:
    assert found(text) == []


def test_no_article_of_the_sample_publication_sounds_like_a_cry_for_help() -> None:
    for article in Path("content/articles").rglob("*.md"):
        assert not [span for span in care.find(article.read_text("utf-8"), WORDS) if span.kind == "crisis"], article


def test_danger_is_the_first_reason_and_urgent_and_no_reason_repeats_what_was_typed() -> None:
    reasons = list(care.reasons("Call 416-555-0199 or ada@example.org. I want to die.", WORDS))

    assert [(reason.key, reason.urgent) for reason in reasons] == [
        ("crisis", True),
        ("personal-phone", False),
        ("personal-email", False),
    ]
    assert not any(part in reason.sentence for reason in reasons for part in ("416", "ada", "die."))


@pytest.mark.parametrize(
    "text",
    ["1 ", "0", "a.a-", "Aa ", "A. ", "born ", "+1", "(0", "a@", "i want ", "i've taken x y ", "é’", "[at] "],
)
def test_hostile_text_costs_no_time(text: str) -> None:
    hostile = (text * 10_000)[:10_000]
    begun = time.process_time()

    care.find(hostile, WORDS)

    assert time.process_time() - begun < 0.5


def test_the_file_says_which_line_is_wrong() -> None:
    with pytest.raises(BadWords, match="line 2: i want to die"):
        care.read_words("# a note\ni want to die\n")
    with pytest.raises(BadWords, match="line 1"):
        care.read_words("[panic en]\n")
    assert care.find("I want to die", care.read_words("")) == []


ANYTHING = st.text(alphabet="0123456789 .-/+()@[]{}atdotARborn éè*,n\n٣４", max_size=60)
WANTED = st.sampled_from((care._EMAIL, care._PHONE, care._BIRTH)).flatmap(st.from_regex)


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.one_of(ANYTHING, WANTED, st.tuples(ANYTHING, WANTED, ANYTHING).map("".join)))
def test_what_is_looked_at_first_hides_nothing(text: str) -> None:
    """The two quick looks are there for speed: without them the same is found."""
    quick = care.find(text, WORDS)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(care, "_ADDRESS_SIGN", re.compile(""))
        patch.setattr(care, "_FOUR_DIGITS", re.compile(""))
        assert care.find(text, WORDS) == quick

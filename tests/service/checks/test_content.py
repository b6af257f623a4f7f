from dataclasses import replace
from datetime import UTC, datetime

import pytest

from comments import markup
from comments.checks import content, lists
from comments.checks.content import Standing
from comments.manifest import Site
from comments.model import Draft, Listing, Verdict

SITE = Site(
    "Practice Notes",
    "https://notes.example.org",
    "UTC",
    "en",
    held_words=("crystal", "éclair", " "),
    disallowed_words=("casino", "spammer@example.net"),
)
KNOWN = Standing(known=True, stranger=False, policy="open", reserved=frozenset({"Mara Example"}))


def judged(text: str = "A quiet text.", site: Site = SITE, standing: Standing = KNOWN, **values: object) -> Verdict:
    draft = Draft("silence", text, "Ada", "ada@example.org")
    return content.judge(replace(draft, **values), markup.render(text), site, standing)  # type: ignore[arg-type]


def keys(verdict: Verdict) -> list[str]:
    return [reason.key for reason in verdict.reasons]


def test_a_known_person_with_nothing_odd_is_approved_without_a_reason() -> None:
    assert judged() == Verdict("approve", ())


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("https://a.example", 1),
        ("https://a.example and https://b.example", 2),
        ("[one](https://a.example) [two](https://a.example) [three](https://a.example)", 3),
    ],
)
def test_two_links_wait_and_one_does_not(text: str, count: int) -> None:
    verdict = judged(text)

    assert verdict.kind == ("hold" if count >= 2 else "approve")
    if count >= 2:
        assert verdict.reasons[0].sentence.startswith(f"{count} links; from 2 on a comment waits. They lead to: a.exa")


def test_the_site_says_how_many_links_are_many() -> None:
    text = "https://a.example and https://b.example"

    assert judged(text, replace(SITE, max_links=3)).kind == "approve"
    assert judged(text, replace(SITE, max_links=0)).kind == "approve"
    assert keys(judged("https://a.example", replace(SITE, max_links=1))) == ["links"]


@pytest.mark.parametrize(
    "values",
    [
        {"text": "Such CRYSTALS!"},
        {"text": "cry*stal*"},
        {"name": "Crystal Ball"},
        {"website": "https://my-crystal.example"},
        {"text": "E\u0301CLAIRS"},
    ],
)
def test_listed_words_are_found_anywhere_in_any_case(values: dict[str, str]) -> None:
    verdict = judged(**values)  # type: ignore[arg-type]  # any field

    assert (verdict.kind, keys(verdict)) == ("hold", ["held-word"])


def test_refused_words_are_spam_and_named() -> None:
    verdict = judged("My Casino and crystal", standing=replace(KNOWN, known=False))

    assert verdict.kind == "spam"
    assert [reason.sentence for reason in verdict.reasons] == ["On the list of refused words: “casino”."]


@pytest.mark.parametrize("blank", ["", "  ", "\u200b", "\u200b \u200b"])
def test_a_blank_line_of_a_list_is_found_in_nothing(blank: str) -> None:
    site = replace(SITE, held_words=(blank,), disallowed_words=(blank,))
    entry = Listing(1, "disallowed", "word", blank, "import", datetime(2026, 3, 14, tzinfo=UTC))
    draft = Draft("silence", "Some words, with blanks.", "Ada", "ada@example.org")

    assert judged(draft.comment, site).kind == "approve"
    assert list(lists.reasons([entry], "disallowed", lists.Traits(draft, "<p>Some words.</p>"))) == []


def test_a_word_found_in_the_address_only_is_not_shown() -> None:
    verdict = judged(email="spammer@example.net")

    assert verdict.kind == "spam"
    assert verdict.reasons[0].sentence == "On the list of refused words: one that stands in the e-mail address."


def test_the_trap_is_spam() -> None:
    assert judged(trapped=True).kind == "spam"


@pytest.mark.parametrize(
    ("site", "standing", "expected"),
    [
        ({}, {"known": False}, ["first"]),
        ({}, {"known": False, "stranger": True}, ["stranger"]),
        ({"hold": "none"}, {"known": False}, []),
        ({"hold": "none"}, {"known": False, "stranger": True}, ["stranger"]),
        ({"hold": "all"}, {}, ["all-held"]),
        ({"hold": "all"}, {"known": False}, ["all-held"]),
        ({}, {"policy": "held"}, ["thread-held"]),
        ({}, {"policy": "held", "known": False}, ["thread-held", "first"]),
    ],
)
def test_who_writes_and_where_can_hold(
    site: dict[str, object], standing: dict[str, object], expected: list[str]
) -> None:
    verdict = judged(site=replace(SITE, **site), standing=replace(KNOWN, **standing))  # type: ignore[arg-type]

    assert keys(verdict) == expected
    assert verdict.kind == ("hold" if expected else "approve")


@pytest.mark.parametrize("name", ["Mara Example", "MARA-EXAMPLE", "Mára  Exàmple.", "\uff2dara Example"])
def test_a_name_of_the_house_is_held_however_it_is_dressed(name: str) -> None:
    assert keys(judged(name=name)) == ["reserved-name"]


def test_every_reason_is_a_sentence() -> None:
    verdict = judged(
        "https://a.example https://b.example crystal",
        standing=replace(KNOWN, known=False, policy="held"),
        name="Mara Example",
    )

    assert keys(verdict) == ["thread-held", "first", "reserved-name", "links", "held-word"]
    assert all(reason.sentence.endswith(".") and " " in reason.sentence for reason in verdict.reasons)

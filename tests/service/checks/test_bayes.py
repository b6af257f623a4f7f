from dataclasses import replace

from comments import markup
from comments.checks import bayes
from comments.checks.bayes import Filter
from comments.model import Draft, GuardState

STATE = GuardState(ham=60, spam=60, ham_tokens=1_800, spam_tokens=1_800)
FILTER = Filter(50, 0.9, 0.999, STATE)


def words(text: str, **values: str) -> list[str]:
    return bayes.words(replace(Draft("silence", text, "Ada"), **values), markup.render(text))  # type: ignore[arg-type]


def test_words_hold_nothing_personal() -> None:
    found = words(
        "Write to ada@example.org or call 416 555 0199, Élodie!", email="ada@example.org", website="https://a.example"
    )

    assert found == ["website", "write", "call", "0", "elodie"]


def test_of_a_link_the_host_alone_is_a_word() -> None:
    assert words("[cheap](https://Shop.example/x?id=7)") == ["link:shop.example", "cheap"]


def test_a_text_has_at_most_so_many_words() -> None:
    assert len(words(" ".join(f"w{chr(97 + n // 26)}{chr(97 + n % 26)}x" for n in range(600)))) == bayes.WORDS_MOST


def test_it_judges_only_after_enough_of_both() -> None:
    assert FILTER.ready
    assert not replace(FILTER, state=replace(STATE, ham=49)).ready
    assert not replace(FILTER, state=replace(STATE, spam=49)).ready
    assert not replace(FILTER, needed=0).ready


def test_words_of_spam_make_it_likely_and_words_of_good_ones_unlikely() -> None:
    spam = {bytes([n]): (0, 40) for n in range(6)}
    good = {bytes([n]): (40, 0) for n in range(6)}

    assert bayes.likelihood(spam, STATE) > 0.999
    assert bayes.likelihood(good, STATE) < 0.001
    assert bayes.likelihood({}, STATE) == 0.5


def test_only_a_high_likelihood_files_and_between_it_holds() -> None:
    assert bayes.reason(0.89, FILTER) is None
    held, filed = bayes.reason(0.95, FILTER), bayes.reason(0.9999, FILTER)

    assert held is not None
    assert (held.key, "95.0 %" in held.sentence) == ("bayes", True)
    assert filed is not None
    assert (filed.key, "99.9 %" in filed.sentence) == ("bayes-spam", True)

"""Signed tokens: for one purpose, dated, and worth nothing once a letter of them is changed."""

import string
from datetime import UTC, datetime, timedelta

import pytest

from comments.errors import BadToken
from comments.tokens import Token, Tokens

NOW = datetime(2026, 3, 14, 9, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)
SUBJECT: dict[str, str | int] = {"comment": 12, "verb": "approve", "name": "Zoë"}


class Clock:
    """A clock that stands still until it is moved."""

    now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def tokens(clock: Clock) -> Tokens:
    return Tokens(b"k" * 32, clock)


def test_a_token_gives_back_what_was_signed(tokens: Tokens) -> None:
    read = tokens.read("moderate", tokens.sign("moderate", SUBJECT), HOUR)

    assert read == Token(SUBJECT, read.id, NOW)


def test_a_token_fits_into_an_address(tokens: Tokens) -> None:
    token = tokens.sign("moderate", SUBJECT)

    assert set(token) <= set(string.ascii_letters + string.digits + "-_.")
    assert len(token) < 200


def test_every_token_has_an_id_of_its_own(tokens: Tokens) -> None:
    ids = {tokens.read("form", tokens.sign("form", {}), None).id for _number in range(100)}

    assert len(ids) == 100
    assert {len(id) for id in ids} == {16}


def test_a_token_is_worth_nothing_for_another_purpose(tokens: Tokens) -> None:
    with pytest.raises(BadToken):
        tokens.read("mine", tokens.sign("moderate", SUBJECT), HOUR)


def test_a_token_of_another_installation_is_worth_nothing(tokens: Tokens, clock: Clock) -> None:
    with pytest.raises(BadToken):
        tokens.read("moderate", Tokens(b"x" * 32, clock).sign("moderate", SUBJECT), HOUR)


def test_no_letter_of_a_token_can_be_changed_left_out_or_added(tokens: Tokens) -> None:
    token = tokens.sign("moderate", SUBJECT)
    places = range(len(token))
    fakes = {token[:place] + other + token[place + 1 :] for place in places for other in ("A", "B", "", "AA")}
    fakes |= {token + "A", token + "=", token + " ", "A" + token}

    for fake in fakes - {token}:
        with pytest.raises(BadToken):
            tokens.read("moderate", fake, HOUR)


@pytest.mark.parametrize("token", ["", ".", "a.b", "é.é", "\0", "\ud800", "x" * 1_000_000, "." * 1000, "e30.", ".e30"])
def test_what_was_never_a_token_is_told(tokens: Tokens, token: str) -> None:
    with pytest.raises(BadToken, match="not complete"):
        tokens.read("moderate", token, HOUR)


def test_a_token_ends_with_its_time(tokens: Tokens, clock: Clock) -> None:
    token = tokens.sign("moderate", SUBJECT)

    clock.now = NOW + HOUR
    assert tokens.read("moderate", token, HOUR).made == NOW
    clock.now = NOW + HOUR + timedelta(seconds=1)
    with pytest.raises(BadToken, match="too old"):
        tokens.read("moderate", token, HOUR)

    assert tokens.read("moderate", token, None).made == NOW

"""Requests that no browser sends, found by the fuzz tests: each answered like any mistake."""

import pytest

from comments.web import site
from tests.service.web.house import House, Visitor


@pytest.mark.parametrize("asked", ["bytes=5-1", "bytes=999999-", "bytes=0-0", "bytes=a-b"])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_part_of_a_page_that_is_not_there_is_the_whole_page_that_says_so(
    visitor: Visitor, method: str, asked: str
) -> None:
    whole = visitor.open("/nowhere/", method=method)

    answer = visitor.open("/nowhere/", method=method, headers={"Range": asked})

    assert (answer.status_code, answer.data) == (404, whole.data)
    assert "Content-Range" not in answer.headers


def test_a_page_that_is_not_there_is_told_anew_each_time(house: House, visitor: Visitor) -> None:
    known = {"If-None-Match": "*", "If-Modified-Since": "Sat, 01 Jan 2050 00:00:00 GMT"}

    answer = visitor.get("/nowhere/", headers=known)

    assert answer.status_code == 404
    assert "This page has left the room" in answer.text


def test_what_fails_while_an_error_is_told_is_logged_without_the_address_asked_for(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    words = "ada@example.org said: secret words"

    def burst() -> None:
        raise ValueError(words)

    monkeypatch.setattr(site, "not_found", burst)
    answer = visitor.get("/comments/mine/verysecrettoken/more")

    assert answer.status_code == 500
    assert "burst" in caplog.text
    for secret in ("verysecret", "ada@", "secret words"):
        assert secret not in caplog.text + answer.text

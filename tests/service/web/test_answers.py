"""What every answer carries, whatever it answers: headers, shapes of errors, nothing personal."""

import json
from typing import Any

import pytest
from werkzeug.test import TestResponse

from comments.web.headers import POLICY
from tests.service.web.addresses import addresses
from tests.service.web.house import CLOSED, OPEN, SITE, House, Visitor

JSON = {"Sec-Fetch-Site": "same-origin", "Accept": "application/json"}


def check_headers(answer: TestResponse, *, personal: bool, preview: bool = False) -> None:
    assert answer.headers["Content-Security-Policy"] == POLICY
    assert "unsafe" not in POLICY
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    # Previews have no form to send, so they can keep their address to themselves (test_preview.py).
    assert answer.headers["Referrer-Policy"] == ("no-referrer" if preview else "same-origin")
    if personal:
        assert answer.headers["X-Robots-Tag"] == "noindex"
        assert answer.headers["Cache-Control"] in ("no-store", "no-cache", "private, no-cache")


def test_every_route_answers_with_the_security_headers(house: House, visitor: Visitor) -> None:
    for address in addresses(house):
        for method in sorted(address.methods):
            answer = visitor.open(address.path, method=method)
            personal, preview = (address.path.startswith(places) for places in (("/comments", "/desk"), "/preview/"))
            check_headers(answer, personal=personal, preview=preview)


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nowhere/", 404),
        ("GET", "/comments/nowhere", 404),
        ("GET", "/comments/no/such/route", 404),
        ("GET", "/comments/mine/nonsense", 404),
        ("GET", "/comments/moderate/nonsense", 404),
        ("GET", f"/comments/{OPEN}/reply/99", 404),
        ("GET", f"/comments/{CLOSED}/token", 403),
        ("POST", "/", 405),
        ("PUT", f"/comments/{OPEN}", 405),
        ("DELETE", f"/comments/{OPEN}", 405),
        ("TRACE", f"/comments/{OPEN}", 405),
    ],
)
def test_errors_carry_them_too_in_both_shapes(visitor: Visitor, method: str, path: str, status: int) -> None:
    for headers in ({"Sec-Fetch-Site": "same-origin"}, JSON):
        answer = visitor.open(path, method=method, headers=headers)
        assert answer.status_code == status
        check_headers(answer, personal=path.startswith("/comments"))
    error = answer.json["error"] if answer.json else {}
    assert set(error) == {"code", "message", "fields"}
    assert isinstance(error["message"], str)


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"comment=%ff%fe&name=x", "application/x-www-form-urlencoded", 400),
        ("comment=caf\u00e9".encode("latin-1"), "application/x-www-form-urlencoded", 400),
        (b"comment=a&comment=b", "application/x-www-form-urlencoded", 400),
        (b"&".join(b"f%d=1" % number for number in range(30)), "application/x-www-form-urlencoded", 400),
        (b"{", "application/json", 400),
        (b"[]", "application/json", 400),
        (b"[" * 100_000, "application/json", 400),
        (b'{"comment": ["a"]}', "application/json", 400),
        (b'{"comment": {"a": 1}}', "application/json", 400),
        (b'{"comment": 1.5}', "application/json", 400),
        (b'{"comment": "\\ud800"}', "application/json", 400),
        (b'{"comment": "a", "comment": "b"}', "application/json", 400),
        (b'{"comment": "\xff"}', "application/json", 400),
        (b"hello", "text/plain", 415),
        (b"", "multipart/form-data; boundary=x", 415),
        (b"x" * 300_000, "application/json", 413),
    ],
)
def test_a_damaged_body_is_refused_with_a_sentence(visitor: Visitor, body: bytes, kind: str, status: int) -> None:
    answer = visitor.post(f"/comments/{OPEN}", data=body, content_type=kind, headers=JSON)

    assert answer.status_code == status
    assert answer.json is not None
    assert answer.json["error"]["message"]
    check_headers(answer, personal=True)


def test_a_script_sends_json_and_gets_the_waiting_comment(house: House, visitor: Visitor) -> None:
    answer = visitor.post(f"/comments/{OPEN}", json=house.form(comment="From a *script*."), headers=JSON)

    told = answer.json or {}
    assert answer.status_code == 201
    assert answer.headers["Location"] == told["waiting"]
    assert told["state"] == "waiting"
    assert told["published"] is None
    assert "<em>script</em>" in told["html"]
    assert visitor.get(told["waiting"], headers=JSON).json == told


def test_a_script_without_a_token_gets_the_preview(house: House, visitor: Visitor) -> None:
    told = visitor.post(f"/comments/{OPEN}", json=house.form(token=""), headers=JSON).json or {}

    again = visitor.post(f"/comments/{OPEN}", json=house.form(token=told["preview"]["token"]), headers=JSON)

    assert set(told["preview"]) == {"html", "token", "why", "help"}
    assert again.status_code == 201


def test_mistakes_are_told_to_scripts_by_field(house: House, visitor: Visitor) -> None:
    answer = visitor.post(f"/comments/{OPEN}", json=house.form(name="", email="x"), headers=JSON)

    told = answer.json or {}
    assert answer.status_code == 422
    assert told["error"]["code"] == "invalid"
    assert list(told["error"]["fields"]) == ["name", "email"]


def test_the_thread_is_told_in_public_fields_only(house: House, visitor: Visitor) -> None:
    parent = house.approved(name="Robin", email="robin.secret@example.org", website="https://robin.example.org")
    house.waiting(comment="Nobody may see this.")

    answer = visitor.get(f"/comments/{OPEN}", headers={"Accept": "application/json"})
    fragment = visitor.get(f"/comments/{OPEN}")

    told: dict[str, Any] = answer.json or {}
    assert [set(comment) for comment in told["comments"]] == [
        {
            "id",
            "parent",
            "name",
            "website",
            "html",
            "created",
            "edited",
            "badge",
            "gone",
            "language",
            "moderated",
            "url",
        }
    ]
    assert told["comments"][0]["url"] == f"/2026/{OPEN}/#comment-{parent}"
    for text in (json.dumps(told), fragment.text):
        assert "secret" not in text
        assert "Nobody" not in text
    assert f'id="comment-{parent}"' in fragment.text


def test_the_thread_is_not_sent_again_when_nothing_changed(house: House, visitor: Visitor) -> None:
    house.approved()
    etag = visitor.get(f"/comments/{OPEN}").headers["ETag"]

    same = visitor.get(f"/comments/{OPEN}", headers={"If-None-Match": etag})
    house.approved()
    changed = visitor.get(f"/comments/{OPEN}", headers={"If-None-Match": etag})

    assert (same.status_code, changed.status_code) == (304, 200)


def test_the_last_resort_tells_nothing_but_a_sentence(
    house: House, visitor: Visitor, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    words = "ada@example.org said: secret words"

    def burst(*_: object) -> None:
        raise ValueError(words)

    monkeypatch.setattr(house.ctx.store, "list_public", burst)
    answer = visitor.get(f"/comments/{OPEN}")

    assert answer.status_code == 500
    check_headers(answer, personal=True)
    assert "Traceback" not in answer.text
    assert "secret" not in answer.text + caplog.text
    assert "burst" in caplog.text
    assert "ValueError" in caplog.text


def test_the_log_holds_no_token_no_query_no_body_and_no_address(
    house: House, visitor: Visitor, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    waiting = house.waiting(visitor, comment="Quiet words.", email="ada.quiet@example.org")
    token = waiting.rsplit("/", 1)[-1]
    for path in (
        waiting,
        f"{waiting}/",
        f"/comments/mine/{token}x",
        f"/desk/link/{token}",
        "/comments/ada@example.org",
    ):
        visitor.get(path)
    visitor.get("/search/?q=ada.quiet")
    visitor.get("/somewhere%0aInjected: line/")

    lines = [record.getMessage() for record in caplog.records if record.name == "comments.access"]
    text = "\n".join(lines)
    assert f"POST /comments/{OPEN} 303" in text
    assert "GET /comments/mine/*** 200" in text
    for secret in (token, "Quiet", "quiet", "ada", "q=", "127.0.0.1", SITE):
        assert secret not in text
    assert all("\n" not in line for line in lines)

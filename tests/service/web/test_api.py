"""The public API: the page about it is true, and nothing gets out that is not on its list."""

import http.client
import json
import re
import socket
import threading
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from werkzeug.exceptions import BadRequest, MethodNotAllowed, RequestEntityTooLarge, UnsupportedMediaType
from werkzeug.serving import make_server

from comments import markup
from comments.errors import StoreProblem, TooFast
from comments.model import NewComment, PublicComment
from comments.web.errors import KINDS
from comments.web.public import PUBLIC_FIELDS
from tests.service.web.house import OPEN, ROOT, SITE, House, Visitor, open_house

PAGE = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```http\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
EXAMPLES = list(zip(BLOCKS[::2], BLOCKS[1::2], strict=True))
JSON = {"Accept": "application/json"}
HOSTILE = {
    "name": "<script>alert(1)</script>",
    "comment": "<img src=x onerror=alert(1)> [x](javascript:alert(1)) {{7*7}} <!--thread:x--> \u202e robin.secret",
    "email": "robin.hidden@example.org",
    "website": "https://robin.example.org/?a=1&b=%3Cb%3E",
}


@pytest.fixture
def live(tmp_path: Path, output: Path) -> Iterator[House]:
    """The house answering over real connections."""
    with socket.create_server(("localhost", 0)) as listening:
        port = listening.getsockname()[1]
        house = open_house(tmp_path, output, site_url=f"http://localhost:{port}")
        server = make_server("localhost", port, house.app, threaded=True, fd=listening.fileno())
        running = threading.Thread(target=server.serve_forever)
        running.start()
        yield house
        server.shutdown()
        running.join()
        server.server_close()
    house.runtime.close()


def test_every_example_of_the_page_is_what_a_real_service_answers(live: House) -> None:
    text = "The corridor test, *taught* to me too."
    live.clock.move(seconds=20)
    shown = NewComment(OPEN, "Ada Specimen", text, markup.render(text), markup.VERSION, "approved", live.clock())
    live.ctx.store.add_comment(shown)
    known: dict[str, str] = {}
    assert len(EXAMPLES) >= 7
    for asked, told in EXAMPLES:
        live.clock.move(minutes=1)
        for name, value in known.items():
            asked = asked.replace(name, value)
        status, headers, body = ask(live, asked)

        lines, _empty, expected = told.partition("\n\n")
        first, *named = lines.splitlines()
        assert status == int(first), (asked, body)
        for line in named:
            name, _colon, value = line.partition(": ")
            assert matches(value, headers.get(name, "")), (asked, name, headers.get(name))
        if expected.strip():
            answer = json.loads(body)
            assert matches(json.loads(expected), answer), (asked, answer)
            known |= {"TOKEN": answer["token"]} if "token" in answer else {}
        else:
            assert body == b""
        known |= {"ETAG": headers["ETag"]} if "ETag" in headers else {}


def ask(live: House, text: str) -> tuple[int, Any, bytes]:
    """Send the request as it stands on the page, over a real connection."""
    head, _empty, body = text.partition("\n\n")
    first, *lines = head.strip().splitlines()
    method, path = first.split()
    headers = dict(line.replace(SITE, live.service.site_url).split(": ", 1) for line in lines)
    connection = http.client.HTTPConnection(urlsplit(live.service.site_url).netloc, timeout=30)
    connection.request(method, path, body.strip().encode() or None, headers)
    answer = connection.getresponse()
    result = answer.status, answer.headers, answer.read()
    connection.close()
    return result


def matches(shown: Any, answer: Any) -> bool:
    """Whether the answer is what the page shows, where … may be anything."""
    if isinstance(shown, dict):
        return (
            isinstance(answer, dict)
            and shown.keys() == answer.keys()
            and all(matches(value, answer[name]) for name, value in shown.items())
        )
    if isinstance(shown, list):
        return len(shown) == len(answer) and all(map(matches, shown, answer))
    if isinstance(shown, str) and "…" in shown:
        return isinstance(answer, str) and bool(re.fullmatch(".*".join(map(re.escape, shown.split("…"))), answer, re.S))
    return bool(shown == answer)


def test_the_page_names_every_error_there_is() -> None:
    rows = re.findall(r"^\| (\d{3}) \| (.*?) \|", PAGE, re.MULTILINE)
    told = {(int(status), code) for status, codes in rows for code in re.findall("`([a-z-]+)`", codes)}
    of_http = {
        (error.code, error().name.lower().replace(" ", "-"))
        for error in (BadRequest, MethodNotAllowed, RequestEntityTooLarge, UnsupportedMediaType)
    }

    assert told == set(KINDS.values()) | of_http


def test_a_comment_is_told_in_the_fields_of_the_list_and_no_others(house: House, visitor: Visitor) -> None:
    """Lessons B5, Coral, Waline; threats 'e-mail in the API'; ASVS 15.3.1."""
    house.approved(**HOSTILE)
    answer = visitor.get(f"/comments/{OPEN}", headers=JSON)

    (told,) = (answer.json or {})["comments"]
    assert list(told) == [*PUBLIC_FIELDS, "url"]
    assert isinstance(PUBLIC_FIELDS, tuple)  # a set has another order in each process, and the ETag with it
    assert set(PUBLIC_FIELDS) <= {field.name for field in fields(PublicComment)}
    for kept in ("email", "hidden", "person", "prefix", "browser", "token", "reasons", "source"):
        assert kept not in answer.text.replace("Cookie", "")
    assert told["name"] == HOSTILE["name"]  # data, not HTML: whoever shows it escapes it
    assert "<script" not in told["html"]
    assert "<img" not in told["html"]
    assert 'href="javascript' not in told["html"]
    assert "\u202e" not in told["html"]
    assert "<!--" not in told["html"]
    assert answer.mimetype == "application/json"


def test_what_waits_or_was_taken_away_is_not_told(house: House, visitor: Visitor) -> None:
    """Lessons WordPress 5.1-5.4.1, CVE-2023-39999: pending text has no public address."""
    parent = house.approved(comment="Will be removed.")
    answer = house.approved(comment="An answer.", parent=str(parent))
    house.waiting(comment="Nobody may see this.")
    house.ctx.store.set_state(parent, "trash", house.clock())

    told = (visitor.get(f"/comments/{OPEN}", headers=JSON).json or {})["comments"]

    assert [(each["id"], each["gone"], each["html"] == "") for each in told] == [
        (parent, True, True),
        (answer, False, False),
    ]
    assert "Nobody" not in json.dumps(told)


def test_the_tag_changes_with_the_thread_and_with_nothing_else(house: House, visitor: Visitor) -> None:
    house.approved()
    first = visitor.get(f"/comments/{OPEN}", headers=JSON)
    house.waiting(comment="One that waits.")
    tag = {"If-None-Match": first.headers["ETag"]}

    same = visitor.get(f"/comments/{OPEN}", headers=JSON | tag)
    as_html = visitor.get(f"/comments/{OPEN}", headers=tag)
    house.approved()
    changed = visitor.get(f"/comments/{OPEN}", headers=JSON | tag)

    assert (same.status_code, same.data) == (304, b"")
    assert (as_html.status_code, changed.status_code) == (200, 200)
    assert {each.headers["Cache-Control"] for each in (first, same, as_html, changed)} == {"no-cache"}


def test_whoever_is_to_wait_is_told_how_long(house: House, visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    for error, status in ((TooFast("Slowly.", 7), 429), (StoreProblem("Busy."), 503)):

        def fail(_thread: str, error: Exception = error) -> None:
            raise error

        monkeypatch.setattr(house.ctx.store, "list_public", fail)
        answer = visitor.get(f"/comments/{OPEN}", headers=JSON)

        assert answer.status_code == status
        assert int(answer.headers["Retry-After"]) > 0
        assert set((answer.json or {})["error"]) == {"code", "message", "fields"}

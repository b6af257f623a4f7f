"""Mistakes of other systems that no other test of ours is about; tests/contracts/threats.toml says which is which."""

import ast
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlencode

import pytest

from comments.app import create_app
from comments.model import Comment
from comments.runtime import Settings, open_runtime
from tests.product.conftest import ROOT
from tests.service.web.house import OPEN, THEME, House, Visitor, make_output, open_house, page
from tests.service.web.test_serving import HEAD, ask, served

JSON = {"Sec-Fetch-Site": "same-origin", "Accept": "application/json"}
FETCHING = {"urllib.request", "http.client", "requests", "httpx", "aiohttp", "urllib3", "socket", "ftplib"}
# What reads as code somewhere: templates, format strings, replacement groups, includes of web servers and caches.
CODE = (
    "{{7+7}} {% include 'x' %} {0.real} %(name)s ${7+7} #{7+7} \\g<0> \\1 "
    "<!--#include virtual='/x'--> <esi:include src='/x'/> [gallery] <?php 1 ?>"
)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    made = open_house(tmp_path, make_output(tmp_path / "output"))
    yield made
    made.runtime.close()


def stored(house: House, **fields: str) -> Comment:
    house.waiting(**fields)
    return house.ctx.store.get_comment(house.newest())


def imports() -> dict[str, set[str]]:
    """Every module of the service, and what it imports."""
    found: dict[str, set[str]] = {}
    for path in (ROOT / "comments").rglob("*.py"):
        names = found.setdefault(str(path.relative_to(ROOT)), set())
        for node in ast.walk(ast.parse(path.read_bytes())):
            if isinstance(node, ast.Import):
                names |= {each.name for each in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                names |= {node.module, *(f"{node.module}.{each.name}" for each in node.names)}
    return found


def test_the_service_has_nothing_to_fetch_with() -> None:
    assert {path: names & FETCHING for path, names in imports().items() if names & FETCHING} == {}


def test_secrets_are_compared_and_hashed_by_what_is_made_for_it() -> None:
    sources = {path: path.read_text(encoding="utf-8") for path in (ROOT / "comments").rglob("*.py")}

    assert not [path for path, text in sources.items() if "md5" in text or "sha1" in text]
    assert not [path for path, names in imports().items() if "random" in names]
    assert "compare_digest" in (ROOT / "comments/tokens.py").read_text(encoding="utf-8")
    assert "argon2" in (ROOT / "comments/actions/passwords.py").read_text(encoding="utf-8")


def test_no_sql_is_made_of_strings() -> None:
    command = [sys.executable, "-m", "ruff", "check", "--select", "S608", "--no-cache", "comments"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout


def test_a_new_installation_has_no_account(house: House) -> None:
    assert house.ctx.store.list_accounts() == []


def test_what_a_post_says_beyond_its_fields_changes_nothing(house: House) -> None:
    more = {
        "state": "approved", "id": "77", "thread": "en-francais", "created": "2001-01-01", "person": "1",
        "role": "administrator", "badge": "author", "html": "<script>", "hold": "none", "erased": "1", "account": "1",
    }  # fmt: skip

    comment = stored(house, **more)

    assert (comment.id, comment.thread, comment.state, comment.account) == (1, OPEN, "pending", None)
    assert comment.created == house.clock()
    assert "script" not in comment.html


def test_code_of_templates_and_includes_is_shown_as_typed(house: House) -> None:
    house.approved(comment=CODE, name="{{7+7}} \\g<0>")
    file = house.runtime.var / "current" / "public" / "2026" / OPEN / "index.html"

    for html in (house.visitor().get(f"/comments/{OPEN}").text, file.read_text(encoding="utf-8")):
        assert "<!--#" not in html
        assert "<esi" not in html
        assert "<?" not in html
    shown = page(house.visitor().get(f"/comments/{OPEN}")).css_first("article.comment")
    assert " ".join(CODE.split()) in " ".join(shown.text().split())
    assert "{{7+7}} \\g<0>" in shown.text()


def test_wide_brackets_stay_wide_brackets(house: House) -> None:
    comment = stored(house, comment="＜script＞alert(1)＜/script＞")

    assert comment.source == "＜script＞alert(1)＜/script＞"
    assert "<script" not in comment.html


def test_hidden_signs_are_dropped_from_the_text_and_refused_in_a_name(house: House) -> None:
    comment = stored(house, comment="one\x00 \x02klzzwxh:0\x03 \u202etwo\u200b\ufeff three")

    assert comment.source == "one klzzwxh:0 two three"
    assert house.send(name="Ada\x00").status_code == 422
    assert house.send(name="Ada\nBcc: x@example.org").status_code == 422
    assert stored(house, name="Ada\u202e Specimen").name == "Ada Specimen"


def test_a_form_of_thousands_of_fields_is_refused(house: House) -> None:
    body = urlencode(house.form() | {f"field-{number}": "x" for number in range(5_000)})
    kind = "application/x-www-form-urlencoded"

    answer = house.visitor().post(f"/comments/{OPEN}", data=body, content_type=kind, headers=JSON)

    assert answer.status_code == 400
    assert house.ctx.store.count_comments() == 0


def test_the_pace_is_kept_by_two_processes_together(house: House) -> None:
    settings = Settings(var=house.runtime.var, theme=THEME)
    with open_runtime(settings, clock=house.clock) as twin:
        other = create_app(twin)
        other.test_client_class = Visitor
        form = house.form()
        house.waiting()

        answer = other.test_client().post(f"/comments/{OPEN}", data=form | {"comment": "Elsewhere, and too soon."})

    assert answer.status_code == 429


def test_many_slow_senders_keep_nobody_waiting(house: House) -> None:
    slow = HEAD + b"Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{"
    with served(house) as port, ExitStack() as stack:
        for _number in range(40):
            connection = stack.enter_context(socket.create_connection(("127.0.0.1", port)))
            connection.sendall(slow)
        started = time.monotonic()
        answer = ask(port, b"GET / HTTP/1.1\r\nHost: notes.example.org\r\nConnection: close\r\n\r\n")

    assert answer.split(b" ")[1] == b"200"
    assert time.monotonic() - started < 5

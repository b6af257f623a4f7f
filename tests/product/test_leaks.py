"""“Your email address will not be published.” A comment's whole life, then a search for its address everywhere."""

import base64
import gzip
import hashlib
import json
from collections.abc import Iterable, Iterator
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from tests.product.story import ADDRESS, PARTS, LoudInstallation, Story, tell
from tests.product.traces import Traces

TRACES = Traces(ADDRESS, PARTS)


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    """All that happened, with the service stopped at its end."""
    place = LoudInstallation(tmp_path_factory.mktemp("leaks"))
    try:
        yield tell(place)
    finally:
        place.stop()


def leaks(places: Iterable[tuple[str, bytes]]) -> list[str]:
    return [f"{where}: {', '.join(found)}" for where, data in places if (found := TRACES.find(data))]


def files(*roots: Path) -> list[Path]:
    found = [path for root in roots for path in root.rglob("*") if path.is_file()]
    assert found
    return found


def contents(paths: Iterable[Path]) -> Iterator[tuple[str, bytes]]:
    return ((str(path), path.read_bytes()) for path in paths)


def reader_of(letter: Path) -> str:
    return str(message_from_bytes(letter.read_bytes(), policy=policy.default)["To"])


LOCAL, DOMAIN = ADDRESS.split("@")
HIDDEN = {
    "plain": ADDRESS.encode(),
    "shouted": ADDRESS.upper().encode(),
    "local part": b"<td>" + LOCAL.encode() + b"</td>",
    "domain": DOMAIN.encode(),
    "percent-encoded": b"/?email=" + ADDRESS.lower().replace("+", "%2b").replace("@", "%40").encode(),
    "md5": hashlib.md5(ADDRESS.lower().encode()).hexdigest().encode(),
    "sha1": hashlib.sha1(ADDRESS.encode()).hexdigest().upper().encode(),
    "sha256": hashlib.sha256(ADDRESS.lower().encode()).hexdigest().encode(),
    "half a hash": hashlib.sha256(ADDRESS.lower().encode()).hexdigest()[:16].encode(),
    "raw hash": b"\0" + hashlib.sha256(ADDRESS.lower().encode()).digest() + b"\0",
    "hash in base64": base64.b64encode(hashlib.md5(ADDRESS.lower().encode()).digest()),
    "base64": base64.b64encode(ADDRESS.encode()),
    "within base64": base64.b64encode(b"mail " + ADDRESS.lower().encode() + b" end"),
    "packed": gzip.compress(f"<a href='mailto:{ADDRESS}'>".encode()),
    "in a token": base64.urlsafe_b64encode(json.dumps(["id", {"mail": ADDRESS}]).encode()).rstrip(b"=") + b".c2ln",
    "in a letter": b"From: a@example.org\r\nTo: b@example.org\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    + base64.encodebytes(b"Some words before it. " + ADDRESS.encode()),
}  # fmt: skip


@pytest.mark.parametrize("data", HIDDEN.values(), ids=HIDDEN.keys())
def test_the_search_finds_the_address_however_it_is_hidden(data: bytes) -> None:
    assert TRACES.find(b"" + data)
    assert not TRACES.find(data.translate(bytes.maketrans(b"aeiouAEIOU357", b"uaeioUAEIO753"))[::-1])


def test_the_address_was_taken_and_is_told_to_those_who_may_know_it(story: Story) -> None:
    assert TRACES.find(story.preview.body)
    assert ADDRESS.lower() in story.shown_address.text.lower()
    assert {reader_of(letter).lower() for letter in story.letters_to_writer} == {ADDRESS.lower()}
    exported = [json.loads(line) for line in story.export_with_addresses.splitlines()]
    assert ADDRESS.lower() in [str(row.get("address")).lower() for row in exported]


def test_no_export_holds_it_unless_asked(story: Story) -> None:
    assert story.exports
    assert leaks(story.exports.items()) == []


def test_no_file_of_the_build_or_of_any_release_holds_it(story: Story) -> None:
    releases = story.place.var / "releases"
    assert len(list(releases.iterdir())) >= 2

    assert leaks(contents(files(story.place.output, releases))) == []


def test_no_answer_holds_it_but_those_to_whoever_just_typed_it(story: Story) -> None:
    answers = story.answers()
    assert len(answers) > 100

    assert leaks((f"{answer.method} {answer.url} ({answer.status})", data) for answer, data in answers) == []


def test_no_line_of_any_log_and_nothing_a_command_prints_holds_it(story: Story) -> None:
    log = story.place.log.read_bytes()
    assert b"as loud as it gets" in log
    assert log.count(b"comments.access") > 100

    assert leaks([("service.log", log), *story.place.said]) == []


def test_no_letter_to_others_holds_it(story: Story) -> None:
    letters = files(story.place.var / "mail")
    others = [letter for letter in letters if letter not in story.letters_to_writer]
    assert {reader_of(letter) for letter in others} >= {"editor@desk.example.net", "second@desk.example.net"}

    assert leaks(contents(others)) == []
    bodies = [(str(letter), letter.read_bytes().split(b"\r\n\r\n", 1)[1]) for letter in story.letters_to_writer]
    assert leaks(bodies) == []


def test_neither_the_running_nor_the_stopped_store_holds_it_in_the_open(story: Story) -> None:
    assert {name for name, _data in story.running_store} == {"store.db", "store.db-wal", "store.db-shm"}

    assert leaks(story.running_store) == []
    others = [path for path in files(story.place.var) if path not in story.letters_to_writer]
    assert leaks(contents(others)) == []


def test_posting_under_a_proven_address_from_elsewhere_is_held_and_shows_nothing(story: Story) -> None:
    waiting = story.strangers_page

    assert waiting.page.css_matches(".comment.waiting")
    assert "Zelda" not in waiting.text
    assert "corridor" not in waiting.text
    assert story.comments["stranger"]["state"] == "pending"

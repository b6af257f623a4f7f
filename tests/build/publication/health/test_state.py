"""What is remembered: written whole or not at all, and read whatever is in the file."""

import json
import os
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from publication.health import state
from publication.health.state import Link

GONE = Link(
    "2026-06-04T12:00:00+00:00",
    404,
    "not found",
    ("2026-06-01T12:00:00+00:00", "2026-06-02T12:00:00+00:00", "2026-06-04T12:00:00+00:00"),
    True,
    ("content/articles/2026/a.md:12",),
)


def test_what_is_written_is_read_in_the_agreed_form(tmp_path: Path) -> None:
    file = tmp_path / "new" / "links.json"

    state.write(file, {"https://é.example/": GONE})

    assert state.read(file) == {"https://é.example/": GONE}
    assert state.gone(file) == {"https://é.example/"}
    whole = json.loads(file.read_bytes())
    assert whole["format"] == 1
    assert set(whole["links"]["https://é.example/"]) >= {"checked", "status", "reason", "failures", "gone", "files"}
    assert os.listdir(file.parent) == ["links.json"]


def test_a_missing_file_is_an_empty_memory(tmp_path: Path) -> None:
    assert state.read(tmp_path / "links.json") == {}
    assert state.gone(None) == frozenset()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"format": 2, "links": {}}',
        b'{"format": 1, "links": []}',
        b'{"format": 1, "links": {"https://a.example/": null}}',
        b'{"format": 1, "links": {"https://a.example/": {"status": "200"}}}',
        b'{"format": 1, "links": {"https://a.example/": {"failures": "x"}}}',
        b'{"format": 1, "links": {"https://a.example/": {"failures": [1]}}}',
        b'{"format": 1, "links": {"https://a.example/": {"reason": []',
    ],
)
def test_a_damaged_file_is_said_and_raises_nothing(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "links.json"
    file.write_bytes(data)
    said: list[str] = []

    assert state.read(file, say=said.append) == {}

    assert len(said) == 1
    assert "links.json cannot be read" in said[0]


def test_a_folder_in_its_place_is_said_too(tmp_path: Path) -> None:
    said: list[str] = []

    assert state.read(tmp_path, say=said.append) == {}
    assert said


VALUE = st.sampled_from(
    [None, True, 7, 10**30, "", "x", "2026-06-01T12:00:00+00:00", [], ["x"], [1], [[]], {}, {"a": []}]
)
FIELDS = st.dictionaries(st.sampled_from(["checked", "status", "reason", "failures", "gone", "files", "moved"]), VALUE)


@given(links=st.dictionaries(st.text(max_size=3), FIELDS | VALUE, max_size=3))
@settings(max_examples=60, deadline=None)
def test_any_fields_are_read_or_said(links: object) -> None:
    found = {}
    with suppress(ValueError):  # which is what it may say
        found = state.parse(json.dumps({"format": 1, "links": links}).encode())

    assert all(state.is_gone(link.failures) in (True, False) for link in found.values())


@pytest.mark.parametrize("moment", ["", "yesterday", "2026-06-01", "2026-06-01T12:00:00"])
def test_a_moment_that_is_none_counts_for_nothing(moment: str) -> None:
    assert state.moment(moment) is None
    assert not state.is_gone((moment,) * 9)


@pytest.mark.parametrize(
    ("href", "key"),
    [("https://a.example/x#part", "https://a.example/x"), ("mailto:a@b.example", ""), ("id:x", ""), ("/x/", "")],
)
def test_a_link_is_known_by_its_address_without_the_part(href: str, key: str) -> None:
    assert state.key_of(href) == key

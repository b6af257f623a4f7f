"""What the build left for editors is read as it was written; whatever else stands there becomes a sentence."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from comments.actions.editorial import FILE, read_editorial
from publication import status
from tests.build.publication.desk import Desk

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """An editor at work, with something in every list."""
    desk = Desk(tmp_path / "content")
    desk.write("authors/mara-example.yml", "name: Mara Example\n")
    desk.write("topics.yml", "consent:\n  name: Consent\n")
    desk.article("coming", date="2026-07-01 09:00", title='"<b>& “quoted” نص"')
    desk.article("shown", expires="2026-06-20 00:00", reviewed="{on: 2025-06-01, by: mara-example, every: 1 year}")
    desk.article("draft", status="draft")
    desk.page("about", status="review")
    link = {"checked": NOW.isoformat(), "status": None, "reason": "", "failures": [NOW.isoformat()], "gone": False}
    desk.write("../var/links.json", json.dumps({"links": {"https://a.example": link | {"files": ["x.md:1"]}}}))
    return desk


@pytest.fixture
def var(desk: Desk) -> Path:
    """The folder into which the build wrote."""
    var = desk.content.parent / "var"
    status.write(desk.load(), var / FILE)
    return var


def test_the_desk_reads_what_the_build_wrote(var: Path) -> None:
    known = read_editorial(var)

    assert (known.trouble, known.checked) == ("", NOW)
    assert known.links.tried == NOW
    assert [(link.url, link.status, link.files) for link in known.links.broken.first] == [
        ("https://a.example", 0, ("x.md:1",))
    ]
    figures = known.figures
    assert figures
    assert [text.title for text in figures.scheduled.first] == ["<b>& “quoted” نص"]
    assert (figures.drafts.count, figures.review.first[0].kind, figures.months) == (1, "page", {"2026-03": 1})
    assert (figures.due.first[0].by, figures.due.first[0].on) == ("Mara Example", date(2025, 6, 1))
    assert figures.due.first[0].path == figures.expiring.first[0].path == "/2026/shown/"
    assert figures.next
    assert (figures.next.what, figures.next.title) == ("expire", "The note shown")


def test_problems_come_with_the_figures_of_before(desk: Desk, var: Path) -> None:
    desk.article("broken", date="never")
    desk.now = datetime(2026, 6, 2, tzinfo=UTC)

    status.write(desk.load(), var / FILE)

    known = read_editorial(var)
    assert [flaw.file for flaw in known.problems.first] == ["content/articles/2026/broken.md"]
    assert known.figures
    assert (known.checked, known.figures.as_of) == (desk.now, NOW)


def test_before_the_first_build_it_says_how_to_make_one(tmp_path: Path) -> None:
    assert read_editorial(tmp_path).trouble.endswith("The next build tells: python3 tasks.py build")


@pytest.mark.parametrize(
    "left",
    [b"", b"{", b"\xff\xfe", b"null", b"[]", b"{}", b"[" * 200_000, b'{"a":' * 200_000, b'{"format": 1e999}', b"NaN"],
    ids=range(10),
)
def test_a_file_that_is_no_such_note_becomes_a_sentence(tmp_path: Path, left: bytes) -> None:
    (tmp_path / FILE).write_bytes(left)

    known = read_editorial(tmp_path)

    assert known.trouble.startswith(f"{tmp_path.name}/editors.json cannot be read (")
    assert known.trouble.endswith("The next build writes it anew: python3 tasks.py build")
    assert known.checked is None


def test_a_folder_in_its_place_becomes_a_sentence(tmp_path: Path) -> None:
    (tmp_path / FILE).mkdir()

    assert "Is a directory" in read_editorial(tmp_path).trouble


WRONG: list[object] = [None, 7, -1, 1.5, True, "x", [], {}, [[]], ["x"], {"first": 1}, "9999-12-31T23:59:59+00:00"]


def places(value: object, path: tuple[object, ...] = ()) -> list[tuple[object, ...]]:
    """The way to every value in a JSON document."""
    inner: list[tuple[object, object]] = []
    if isinstance(value, dict):
        inner = list(value.items())
    elif isinstance(value, list):
        inner = list(enumerate(value))
    return [path, *(place for key, each in inner for place in places(each, (*path, key)))]


def put(document: Any, path: tuple[Any, ...], change: Callable[[Any, Any], None]) -> Any:
    copy = json.loads(json.dumps(document))
    target = copy
    for key in path[:-1]:
        target = target[key]
    change(target, path[-1])
    return copy


def test_no_damage_to_any_value_is_more_than_a_sentence(var: Path) -> None:
    whole = json.loads((var / FILE).read_bytes())
    sentences = 0
    for number, path in enumerate(places(whole)[1:]):
        damaged = [put(whole, path, lambda at, key: at.__delitem__(key))]
        for new in (WRONG[number % len(WRONG)], WRONG[(number + 5) % len(WRONG)]):
            damaged.append(put(whole, path, lambda at, key, new=new: at.__setitem__(key, new)))  # type: ignore[misc]
        for document in damaged:
            (var / FILE).write_text(json.dumps(document))
            sentences += bool(read_editorial(var).trouble)

    assert sentences > 200


def test_what_no_page_can_hold_is_taken_out_of_texts(var: Path) -> None:
    whole = json.loads((var / FILE).read_bytes())
    whole["figures"]["lists"]["scheduled"]["first"][0] |= {"title": "a\ud800b\x00c\nd", "path": "//evil.example/"}
    (var / FILE).write_text(json.dumps(whole))

    figures = read_editorial(var).figures

    assert figures
    text = figures.scheduled.first[0]
    assert (text.title, text.path) == ("a\ufffdb c d", "")
    text.title.encode()

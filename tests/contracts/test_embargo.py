"""The words of what is not public stand nowhere: not in the build, not in its release, in no kind of file."""

import gzip
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from comments.actions.publish import Publisher
from comments.actions.release import publish_release
from comments.runtime import utc_now
from comments.store.sqlite import open_store
from comments.thread.render import Renderer
from tests.build.newsroom import ROOT, Newsroom

# No word of these stands in any other text.
TITLE, SUMMARY, BODY, TAG = "Quaggaline", "Zyxomma", "Wherrymast", "Vexillum"
SECRETS = (TITLE, SUMMARY, BODY, TAG, "quagga-id")
WAYS = {
    "draft": {"status": "draft"},
    "review": {"status": "review"},
    "scheduled": {"date": "2026-12-01 09:00"},
    "expired": {"expires": "2026-05-01 09:00"},
    "withdrawn": {"status": "withdrawn"},
}


class Press:
    """A newsroom whose builds are released."""

    def __init__(self, room: Newsroom) -> None:
        self.room, self.var = room, room.folder / "var"
        self.var.mkdir()
        self.store = open_store(self.var / "store.db", create=True)
        self.publisher = Publisher(self.var, self.store, Renderer(ROOT / "theme"), utc_now)

    def publish(self, **environment: str) -> None:
        assert self.room.build(**environment) == 0
        publish_release(self.room.output, self.publisher, keep=2)

    def hide(self, way: str, **front: str) -> None:
        words = {"title": f'"{TITLE} {way}"', "summary": f'"{SUMMARY} two"', "tags": f"[{TAG}]"}
        body = f"{BODY} three.\n\n## {BODY} four\n\nMore[^1].\n\n[^1]: {BODY} five.\n"
        series = f"{{name: Xylorimba, part: {1 + list(WAYS).index(way)}}}"
        self.room.article(f"quagga-id-{way}", body=body, series=series, **words | front)


@pytest.fixture
def press(room: Newsroom) -> Iterator[Press]:
    room.article("open", tags="[common]")
    room.article("second", date="2026-03-15 09:30", tags="[common]", references="[suler-2004]")
    room.resource()
    room.page()
    made = Press(room)
    yield made
    made.store.close()


@pytest.fixture
def room(tmp_path: Path) -> Newsroom:
    return Newsroom(tmp_path)


def found(folder: Path) -> set[str]:
    """Files below a folder whose name, bytes, or bytes when unpacked hold one of the secrets."""
    hits = set()
    for path in folder.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            data += gzip.decompress(data) if path.suffix == ".gz" else b""
            text = (path.relative_to(folder).as_posix().encode() + data).lower()
            if any(word.lower().encode() in text for word in (*SECRETS, "Xylorimba")):
                hits.add(path.relative_to(folder).as_posix())
    return hits


def entries(index: Path) -> str:
    """Everything the search index can be asked for, its word list included."""
    with closing(sqlite3.connect(index)) as database:
        return "\n".join(database.iterdump()).lower()


def test_what_is_not_public_is_nowhere(press: Press) -> None:
    press.room.article("open", body="See [it](id:quagga-id-scheduled) soon.", tags="[common]")
    for way, front in WAYS.items():
        press.hide(way, **front)

    press.publish()

    assert found(press.room.output) == set()
    assert found((press.var / "current").resolve()) == set()
    assert not [word for word in SECRETS if word.lower() in entries(press.var / "current/search.db")]


@pytest.mark.parametrize("front", [{"status": "withdrawn"}, {"expires": "2026-06-10 09:00"}], ids=str)
def test_what_was_public_is_nowhere_afterwards(press: Press, front: dict[str, str]) -> None:
    press.hide("expired", expires="2026-06-10 09:00")
    press.publish()
    assert f"{TITLE} expired" in (press.var / "current/public/2026/quagga-id-expired/index.html").read_text()
    assert TITLE.lower() in entries(press.var / "current/search.db")

    press.hide("expired", **front)
    press.publish(PN_AS_OF="2026-06-10T13:00:00Z")

    assert found(press.room.output) == set()
    assert found((press.var / "current").resolve()) == set()
    # Free pages and the index's own lists included: nothing can be carved out of the file.
    assert not [word for word in SECRETS if word.lower() in entries(press.var / "current/search.db")]

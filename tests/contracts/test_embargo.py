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
from tests.build.newsroom import ROOT, Newsroom, picture, snapshot

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


WITHDRAWN = [{"status": "withdrawn"}, {"expires": "2026-06-10 09:00"}]


@pytest.mark.parametrize("front", WITHDRAWN, ids=str)
def test_pictures_of_what_was_public_are_nowhere_afterwards(press: Press, front: dict[str, str]) -> None:
    drawing = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 8 6'><title>Quaggaline</title></svg>"
    press.room.write("media/quagga-id.jpg", picture(800, 500, "JPEG"))
    press.room.write("media/quagga-id-plan.svg", drawing)
    press.room.write("media/quagga-id.txt", "Wherrymast.")
    # Another file of the same name, on a page that stays.
    press.room.write("media/other/common.svg", drawing.replace("Quaggaline", "Common"))
    press.room.write("media/common.svg", drawing)
    files = "![a](media/quagga-id.jpg) ![b](media/quagga-id-plan.svg) ![c](media/common.svg) [d](media/quagga-id.txt)"
    press.room.article("open", body="![x](media/other/common.svg)", tags="[common]")
    press.room.article("gone", body=files, image='{src: media/quagga-id.jpg, alt: "A"}')
    press.publish()
    shown = found(press.var / "current/public")
    assert any(name.endswith(".svg.gz") for name in shown)
    assert {"media/quagga-id.jpg", "media/quagga-id.txt"} < shown
    before = snapshot(press.var / "current/public")
    secret = {before[name] for name in shown if name.startswith(("pictures/", "media/"))}

    press.room.article("gone", body=files, image='{src: media/quagga-id.jpg, alt: "A"}', **front)
    for _ in range(2):
        press.publish(PN_AS_OF="2026-06-10T13:00:00Z")
        assert found(press.room.output) == set()
        assert found((press.var / "current").resolve()) == set()
        assert not secret & set(snapshot((press.var / "current/public").resolve()).values())

    (press.room.content / "articles/2026/gone.md").unlink()
    book = press.room.content / "addresses.yml"
    line = "  gone: [/2026/gone/]\n"
    assert line in book.read_text()
    book.write_text(f"{book.read_text().replace(line, '')}gone:\n{line}")
    press.publish(PN_AS_OF="2026-06-10T13:00:00Z")
    assert found((press.var / "current").resolve()) == set()


def test_a_picture_that_was_drawn_anew_stays_for_open_pages_and_one_taken_out_does_not(press: Press) -> None:
    press.room.write("media/drawn.png", picture(60, 40))
    press.room.write("media/removed.png", picture(70, 40))
    press.room.article("open", body="![x](media/drawn.png) ![y](media/removed.png)")
    press.publish()
    before = set(snapshot(press.var / "current/public"))
    drawn = {name for name in before if name.startswith("pictures/drawn")}

    press.room.write("media/drawn.png", picture(60, 50))
    press.room.article("open", body="![x](media/drawn.png)")
    for _ in range(2):
        press.publish()
        after = set(snapshot((press.var / "current/public").resolve()))
        assert drawn < {name for name in after if name.startswith("pictures/drawn")}
        assert not [name for name in after if "removed" in name]

    press.room.article("open", status="withdrawn", body="![x](media/drawn.png)")
    press.publish()
    assert not [name for name in snapshot((press.var / "current/public").resolve()) if "drawn" in name]


@pytest.mark.parametrize("front", WITHDRAWN, ids=str)
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

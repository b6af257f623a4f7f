"""Whoever reads while the site is published, approved into and rolled back sees whole pages, and keeps their style.

The site is read as nginx reads it, with open() below ``var/current/public``, and through the service's own answers.
Each release marks its pages, style sheets, pictures and feeds with its edition.
"""

import hashlib
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from comments.actions import moderate
from comments.actions.release import publish_release, rollback
from comments.manifest import read
from tests.nginx.server import nginx
from tests.service.web.house import OPEN, SITE, House, make_output, open_house
from tests.service.web.test_serving import served

PAGE = f"2026/{OPEN}/index.html"
PAGES = (PAGE, "index.html", "2026/en-francais/index.html")
FEED = "feeds/all.atom"
PARTS = re.compile(r'edition-(\d+)-begins.*?href="/(theme/[^"]+\.css)".*?src="/(pictures/[^"]+)"', re.DOTALL)

Get = Callable[[str], str]


def write_edition(output: Path, edition: int) -> None:
    """A build whose every file says which edition it is of; each has a style sheet and a picture of its own."""
    mark = hashlib.sha256(str(edition).encode()).hexdigest()[:10]
    style, picture = f"theme/css/site.{mark}.css", f"pictures/drawing.{mark}.svg"
    files = {style: f"/* edition-{edition} */", picture: f"<svg><!-- edition-{edition} --></svg>"}
    files[FEED] = f"<feed>edition-{edition} {'entry ' * 500} edition-{edition}</feed>"
    for name in PAGES:
        text = re.sub(r"<!-- edition.*?-->\n", "", (output / name).read_text(), flags=re.DOTALL)
        first = f'<!-- edition-{edition}-begins href="/{style}" src="/{picture}" {"word " * 500} -->\n'
        files[name] = f"{first}{text.rstrip()}\n<!-- edition-{edition}-ends -->\n"
    for old in [*output.glob("theme/css/*.css"), *output.glob("pictures/drawing.*.svg")]:
        old.unlink()
    (output / "pictures").mkdir(exist_ok=True)
    for name, text in files.items():
        new = output / f".new-{Path(name).name}"
        new.write_text(text)
        new.replace(output / name)  # releases hold links to the old ones


@dataclass
class Reader:
    """Somebody who reads all the time; ``wrong`` is what they saw that nobody should see."""

    get: Get
    stop: threading.Event
    visits: int = 0
    editions: set[int] = field(default_factory=set)
    wrong: list[str] = field(default_factory=list)

    def read(self) -> None:
        open_page: tuple[str, ...] = ()
        while not self.stop.is_set():
            try:
                for name in open_page:  # what was opened in the last round is scrolled on
                    self.get(name)
                open_page = self.visit()
                self.visits += 1
            except Exception as error:
                self.wrong.append(f"{type(error).__name__}: {error}")

    def visit(self) -> tuple[str, ...]:
        names: list[str] = []
        for name in PAGES:
            html = self.get(name)
            parts = PARTS.search(html)
            assert parts, f"{name} begins with {html[:40]}"
            edition = int(parts[1])
            assert html.endswith(f"<!-- edition-{edition}-ends -->\n"), f"{name} of {edition} is cut"
            assert name != PAGE or html.count("<!--/thread:ten-minutes-->") == 1, "half a thread"
            for asset in parts.groups()[1:]:
                assert f"edition-{edition} " in self.get(asset), f"{asset} is of another edition"
            names += parts.groups()[1:]
            self.editions.add(edition)
        feed = self.get(FEED)
        marks = set(re.findall(r"edition-(\d+)", feed))
        assert len(marks) == 1, f"the feed mixes {marks}"
        assert feed.endswith("</feed>"), "the feed is cut"
        return tuple(names)


def from_files(var: Path) -> Get:
    return lambda name: (var / "current/public" / name).read_text()


def over_http(connection: HTTPConnection) -> Get:
    def get(name: str) -> str:
        connection.request("GET", f"/{name}", headers={"Host": SITE.removeprefix("https://")})
        answer = connection.getresponse()
        text = answer.read().decode()
        assert answer.status == 200, f"{name}: {answer.status}"
        return text

    return get


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    output = make_output(tmp_path / "output")
    write_edition(output, 1)
    made = open_house(tmp_path, output)
    yield made
    made.runtime.close()


def work(house: House, rounds: int) -> None:
    """A busy day: publish, approve, go back, publish. Two releases are kept, the least there can be."""
    publisher = house.service.publisher
    edition = 1
    for number in range(rounds):
        edition += 1
        write_edition(house.output, edition)
        publish_release(house.output, publisher, keep=2, by="test")
        house.waiting()
        moderate.approve(house.ctx, "command line", house.newest())
        if number % 2:
            rollback(publisher)
            house.waiting()
            moderate.approve(house.ctx, "command line", house.newest())


def read_while_working(house: House, rounds: int, each: int, server: int | None = None) -> list[Reader]:
    """So many readers of each kind read meanwhile; ``server`` is the port of another one than the service's own."""
    stop = threading.Event()
    with ExitStack() as stack:
        port = server or stack.enter_context(served(house))
        asking = [stack.enter_context(closing(HTTPConnection("127.0.0.1", port, timeout=20))) for _ in range(each)]
        gets = [*map(over_http, asking), *(from_files(house.runtime.var) for _ in range(each))]
        readers = [Reader(get, stop) for get in gets]
        threads = [threading.Thread(target=reader.read) for reader in readers]
        for thread in threads:
            thread.start()
        try:
            work(house, rounds)
        finally:
            stop.set()
            for thread in threads:
                thread.join()
    return readers


def check(house: House, readers: list[Reader]) -> None:
    for reader in readers:
        assert reader.wrong == []
        assert reader.visits > 1
        assert len(reader.editions) > 1
    last = from_files(house.runtime.var)(PAGE)
    assert last.count('class="comment"') == len(house.ctx.store.list_public(OPEN))
    assert read(house.runtime.var / "current" / "threads.json").threads


def test_five_rounds_are_read_whole(house: House) -> None:
    check(house, read_while_working(house, 5, 1))


@pytest.mark.nginx
@pytest.mark.long
def test_twenty_rounds_are_read_whole_through_nginx(house: House, tmp_path: Path) -> None:
    with nginx(house.runtime.var, tmp_path / "nginx") as address:
        check(house, read_while_working(house, 20, 2, urlsplit(address).port))


@pytest.mark.long
def test_twenty_publishes_approvals_and_rollbacks_are_read_whole(house: House) -> None:
    check(house, read_while_working(house, 20, 2))

"""A running desk for browsers: how to come in, what to fill it with, and what axe has to say."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from socket import socket
from typing import Any

import axe_playwright_python
from playwright.sync_api import Browser, BrowserContext, Page, expect
from werkzeug.serving import make_server

from comments.actions import accounts
from comments.model import NewComment, Reason
from tests.service.desk.editors import leave_everything
from tests.service.web.house import House, open_house

AXE = Path(axe_playwright_python.__file__).parent / "axe.min.js"
WRONG = """() => axe.run(document, {resultTypes: ["violations"]}).then(found => found.violations.map(
    violation => violation.id + ": " + violation.nodes.map(node => node.html).slice(0, 3).join(" | ")))"""
UNFOLD = "() => document.querySelectorAll('details').forEach(fold => { fold.open = true })"
SIDEWAYS = "() => document.documentElement.scrollWidth > innerWidth"


@dataclass
class Place:
    """A running desk and how to come in."""

    house: House
    url: str

    def enter(self, browser: Browser, **options: Any) -> BrowserContext:
        context = browser.new_context(bypass_csp=True, **options)
        context.set_default_timeout(10_000)
        page = context.new_page()
        page.goto(self.url + accounts.sign_in_link(self.house.ctx, "Marta"))
        page.get_by_role("button", name="Sign in").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Waiting comments")
        return context


@contextmanager
def running(folder: Path, output: Path) -> Iterator[Place]:
    """A desk with a little of everything, behind a server of its own."""
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    url = f"http://localhost:{port}"
    house = open_house(folder, output, development=True, site_url=url)
    server = make_server("127.0.0.1", port, house.app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    leave_everything(house)
    yield Place(house, url)
    server.shutdown()
    thread.join()
    server.server_close()
    house.runtime.close()


def emptied(place: Place) -> Place:
    """The same with nothing but three comments that wait."""
    store = place.house.ctx.store
    for comment in store.list_comments(limit=1000):
        store.set_state(comment.id, "trash", place.house.clock())
    long = " ".join(f"word{number}" for number in range(400))
    fill(place.house, "First", "A plain text.", "Second", "https://a.example/x https://b.example/y", "Third", long)
    return place


def fill(house: House, *pairs: str) -> None:
    """Comments as the actions store them: name, text, name, text …"""
    first = (Reason("first", "First comment from this person."),)
    for name, text in zip(pairs[::2], pairs[1::2], strict=True):
        house.clock.move(seconds=20)
        new = NewComment("ten-minutes", name, text, f"<p>{text}</p>", 1, "pending", house.clock(), reasons=first)
        house.ctx.store.add_comment(new)


def ready(page: Page) -> None:
    """Wait until the page's script listens."""
    expect(page.locator("#keyboard")).to_be_visible()


def number_of(house: House, name: str) -> int:
    return next(c.id for c in house.ctx.store.list_comments(newest_first=True) if c.name == name)

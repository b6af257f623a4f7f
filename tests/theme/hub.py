"""What the tests of the hub do and look at."""

import functools
import http.server
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

from comments.web.headers import ALWAYS

NOTHING = "/resources/?kind=podcast&topic=crisis"


class Handler(http.server.SimpleHTTPRequestHandler):
    def end_headers(self) -> None:
        for name, value in ALWAYS.items():
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a site, with the product's own headers."""
    handler = functools.partial(Handler, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def box(tab: Page, facet: str, value: str) -> Locator:
    """A checkbox, in sight."""
    found = tab.locator(f'input[name="{facet}"][value="{value}"]')
    expect(found).to_be_attached()
    found.evaluate("box => { for (let at = box; (at = at.parentElement?.closest('details')); ) at.open = true }")
    return found


def titles(tab: Page) -> list[str]:
    return tab.locator(".entry h3 a").evaluate_all("links => links.map(link => link.pathname.split('/')[2])")


def ids(rows: list[dict[str, Any]], fits: Callable[[dict[str, Any]], bool]) -> list[str]:
    return [row["id"] for row in rows if fits(row)]


def count(tab: Page) -> Locator:
    return tab.locator("#found [aria-live=polite]")


def pills(tab: Page) -> Locator:
    return tab.locator(".pills li:visible a")

"""An article with a long conversation, in a browser."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from comments import manifest, markup
from comments.model import PublicComment
from comments.thread.render import Renderer
from comments.thread.splice import splice
from tests.theme.hub import served

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]
THREAD = "text-chat-video"
COMMENTS = 60
TEXT = "I tell clients on the first day how long mine may be, and they tell me theirs. " * 3
TOP = "name => document.getElementById(name).getBoundingClientRect().top"


@pytest.fixture(scope="module")
def address(sample_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where that article is served; below it, its beginning alone, and with one comment that is a list."""
    told = manifest.read(sample_site / manifest.FILE)
    entry = told.threads[THREAD]
    folder = tmp_path_factory.mktemp("long")
    bare = (sample_site / entry.path.strip("/") / "index.html").read_bytes()

    def write(below: str, comments: list[PublicComment], end: str = "</html>") -> None:
        page = folder / entry.path.strip("/") / below / "index.html"
        page.parent.mkdir(parents=True)
        spliced = splice(bare, THREAD, Renderer(ROOT / "theme").regions(told.site, entry, comments))
        page.write_bytes(spliced.partition(end.encode())[0])

    long = [comment(number) for number in range(1, COMMENTS + 1)]
    write("", long)
    write("begun", long, f"<!--thread:{THREAD}-->")
    write("list", [replace(long[0], html=markup.render("- one of many\n" * 40))])
    shutil.copytree(sample_site / "theme", folder / "theme")
    with served(folder) as found:
        yield found + entry.path


def comment(number: int) -> PublicComment:
    """One of different lengths; every third answers the one before it."""
    made = datetime(2026, 3, 14, 13, 30, tzinfo=UTC) + timedelta(hours=number)
    html = markup.render(TEXT * (1 + number % 4))
    parent = number - 1 if number % 3 == 0 else None
    return PublicComment(id=number, parent=parent, created=made, name=f"Person {number}", website="", html=html)


@pytest.fixture(params=[320, 1280])
def tab(chromium: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": request.param, "height": 800})
    yield context.new_page()
    context.close()


def test_its_tail_is_laid_out_only_when_it_comes_into_sight(tab: Page, address: str) -> None:
    tab.goto(address)
    seen = f"() => document.querySelector('#comment-{COMMENTS} p').checkVisibility({{contentVisibilityAuto: true}})"

    assert not tab.evaluate(seen)

    tab.locator(f"#comment-{COMMENTS}").scroll_into_view_if_needed()
    tab.wait_for_function(seen)


@pytest.mark.parametrize("name", ["comment-31", "comment-57", "respond"])
def test_an_address_leads_to_its_place(tab: Page, address: str, name: str) -> None:
    tab.goto(f"{address}#{name}", wait_until="load")
    tab.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")

    assert 0 <= tab.evaluate(TOP, name) <= 40


def test_a_link_to_what_was_answered_leads_to_its_place(tab: Page, address: str) -> None:
    tab.goto(address)
    tab.evaluate("scrollTo(0, document.body.scrollHeight)")
    tab.evaluate("location.hash = 'comment-29'")
    tab.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")

    assert 0 <= tab.evaluate(TOP, "comment-29") <= 40


@pytest.mark.parametrize(("below", "own"), [("", True), ("begun/", True), ("list/", False)])
def test_a_phone_reads_it_in_its_own_serif_from_the_first_line_on(
    chromium: Browser, address: str, below: str, own: bool
) -> None:
    context = chromium.new_context(viewport={"width": 390, "height": 800}, is_mobile=True, has_touch=True)
    tab = context.new_page()
    asked: list[str] = []
    tab.on("request", lambda request: asked.append(request.url))

    tab.goto(address + below)

    assert [url for url in asked if "alegreya" in url] == [] or not own
    assert (tab.evaluate("getComputedStyle(document.body).fontFamily").startswith("Alegreya,")) is not own
    context.close()

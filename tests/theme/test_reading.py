"""Pages in a real browser: for everybody, on every screen."""

import functools
import http.server
import json
import threading
from collections.abc import Iterator
from pathlib import Path

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, Page

AXE = Path(axe_playwright_python.__file__).parent / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = f"""async () => (await axe.run(document, {{runOnly: {json.dumps(RULES)}, resultTypes: ["violations"]}}))
    .violations.map(found => found.id + ": " + found.nodes[0].html)"""
# Targets that are not part of a sentence; what stands in a line of text is exempt (WCAG 2.5.8).
SMALL = """() => [...document.querySelectorAll("a, button, input:not([type=hidden]), summary, textarea")]
    .filter(target => !target.closest(".hidden, .tick, .skip") && getComputedStyle(target).display != "inline")
    .filter(target => target.checkVisibility())
    .filter(target => { const box = target.getBoundingClientRect(); return box.width < 24 || box.height < 24 })
    .map(target => target.outerHTML)"""

ARTICLE = "/2026/text-chat-video/"
PATHS = ["/", ARTICLE, "/archive/", "/topics/practice/", "/authors/mara-example/", "/resources/kind/book/", "/404.html"]

pytestmark = pytest.mark.browser


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def address(sample_site: Path) -> Iterator[str]:
    """Where the sample site is served."""
    handler = functools.partial(Quiet, directory=str(sample_site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A page without a past."""
    context = chromium.new_context()
    yield context.new_page()
    context.close()


@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), (1280, "light")])
def test_pages_have_no_barrier_that_a_machine_can_find(page: Page, address: str, width: int, scheme: str) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")

    found = {}
    for path in PATHS:
        page.goto(address + path)
        page.add_script_tag(path=str(AXE))
        found[path] = page.evaluate(RUN)

    assert {path: problems for path, problems in found.items() if problems} == {}


def test_the_hub_fits_the_smallest_screen_whatever_it_is_narrowed_to(
    page: Page, address: str, sample_site: Path
) -> None:
    page.set_viewport_size({"width": 320, "height": 900})
    wide = {}
    for file in sorted((sample_site / "resources").rglob("index.html")):
        path = f"/{file.parent.relative_to(sample_site).as_posix()}/"
        page.goto(address + path)
        wide[path] = page.evaluate("document.documentElement.scrollWidth")

    assert {path: width for path, width in wide.items() if width > 320} == {}


@pytest.mark.parametrize("width", [320, 768, 992, 1280, 1600])
def test_no_page_scrolls_sideways_and_no_target_is_small(page: Page, address: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})

    for path in PATHS:
        page.goto(address + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        assert page.evaluate(SMALL) == [], path


def test_the_keyboard_reaches_the_text_first_and_shows_where_it_is(page: Page, address: str) -> None:
    page.goto(address + ARTICLE)

    page.keyboard.press("Tab")
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineWidth")
    page.keyboard.press("Enter")
    page.wait_for_function("location.hash !== ''")
    page.keyboard.press("Tab")

    assert outline == "3px"
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_text_can_be_spaced_out_without_loss(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 320, "height": 900})
    page.goto(address + ARTICLE)
    spaced = "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }"

    page.add_style_tag(content=spaced)

    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_the_measure_is_that_of_a_book(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(address + ARTICLE)
    page.evaluate("document.fonts.ready")

    letters = page.evaluate("""() => {
        const length = paragraph => paragraph.innerText.length
        const text = [...document.querySelectorAll(".article > p")].sort((a, b) => length(b) - length(a))[0]
        const lines = text.getBoundingClientRect().height / parseFloat(getComputedStyle(text).lineHeight)
        return length(text) / lines
    }""")

    assert 55 <= letters <= 75


def test_paper_gets_the_text_its_sources_and_the_author_but_no_form(page: Page, address: str) -> None:
    page.goto(address + ARTICLE)
    page.emulate_media(media="print")

    for shown in (".article", ".refs", ".cite", ".bio", ".disclaimer"):
        assert page.locator(shown).first.is_visible(), shown
    for hidden in (".site-nav", ".site-foot", "form.form", ".toc"):
        assert not page.locator(hidden).first.is_visible(), hidden


def test_nothing_moves_for_those_who_asked_for_stillness(page: Page, address: str) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.goto(address + "/")

    moving = page.evaluate("""() => [...document.querySelectorAll("*")]
        .map(element => getComputedStyle(element))
        .filter(style => style.animationName != "none" || parseFloat(style.transitionDuration) > 0).length""")

    assert moving == 0

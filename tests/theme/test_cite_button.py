"""The button that copies a reference, in a browser."""

import functools
import http.server
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

pytestmark = pytest.mark.browser

PAGE = "/resources/andersson-2014/"
REFERENCE = "Andersson, G., Cuijpers, P., Carlbring, P., Riper, H., & Hedman, E. (2014). Guided Internet-based "


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def address(sample_site: Path) -> Iterator[str]:
    """Where the sample site is served; browsers trust this name with the clipboard."""
    handler = functools.partial(Quiet, directory=str(sample_site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://localhost:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.fixture
def visit(chromium: Browser, address: str) -> Iterator[BrowserContext]:
    context = chromium.new_context(base_url=address)
    yield context
    context.close()


def test_the_reference_is_copied_with_its_italics_and_that_is_said(visit: BrowserContext) -> None:
    visit.grant_permissions(["clipboard-read", "clipboard-write"])
    page = visit.new_page()
    page.goto(PAGE)

    page.get_by_role("button", name="Copy").press("Enter")

    expect(page.get_by_role("status")).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()").startswith(REFERENCE)
    rich = page.evaluate(
        "navigator.clipboard.read().then(([item]) => item.getType('text/html')).then((data) => data.text())"
    )
    assert "<em>World Psychiatry</em>, <em>13</em>(3), 288–295." in rich


def test_where_copying_is_refused_the_reference_is_selected(visit: BrowserContext) -> None:
    visit.grant_permissions(["geolocation"])  # the clipboard is not among what is granted
    page = visit.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.goto(PAGE)

    page.get_by_role("button", name="Copy").click()

    expect(page.get_by_role("status")).to_contain_text("selected for you")
    assert page.evaluate("String(getSelection())").startswith(REFERENCE)
    assert not problems


def test_where_there_is_no_clipboard_at_all_it_is_the_same(visit: BrowserContext) -> None:
    page = visit.new_page()
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    page.goto(PAGE)

    page.get_by_role("button", name="Copy").click()

    expect(page.get_by_role("status")).to_contain_text("selected for you")
    assert page.evaluate("String(getSelection())").startswith(REFERENCE)


def test_without_a_script_there_is_no_button_but_all_the_rest(chromium: Browser, address: str) -> None:
    context = chromium.new_context(base_url=address, java_script_enabled=False, accept_downloads=True)
    page = context.new_page()
    page.goto(PAGE)

    expect(page.get_by_role("button", name="Copy")).to_have_count(0)
    expect(page.locator(".cite")).to_contain_text(REFERENCE)
    with page.expect_download() as saved:
        page.get_by_role("link", name="RIS").click()

    assert saved.value.suggested_filename == "andersson-2014.ris"
    context.close()


def test_on_paper_the_reference_stays_and_the_buttons_go(visit: BrowserContext) -> None:
    page = visit.new_page()
    page.goto(PAGE)
    expect(page.get_by_role("button", name="Copy")).to_be_visible()

    page.emulate_media(media="print")

    expect(page.locator(".cite")).to_be_visible()
    expect(page.locator(".copy")).to_be_hidden()
    expect(page.locator("a[download]").first).to_be_hidden()

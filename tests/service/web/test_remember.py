"""“Save my name …”: with consent only, in this browser only, and gone at once when it is taken back."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.product.conftest import wait_for
from tests.service.web.house import House, live_house, opened_tab
from tests.service.web.test_script import ARTICLE, fill

pytestmark = pytest.mark.browser
KEPT = "localStorage.getItem('writer')"
SUBMIT = "form[data-reply] button[type=submit]"


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory, sample_site: Path) -> Iterator[House]:
    with live_house(tmp_path_factory.mktemp("live"), sample_site) as house:
        yield house


@pytest.fixture
def tab(live: House, chromium: Browser) -> Iterator[Page]:
    live.clock.move(minutes=1)
    with opened_tab(live, chromium) as opened:
        yield opened


def box(page: Page) -> Page:
    page.goto(ARTICLE)
    page.focus("#comment")
    expect(page.get_by_label("Save my name, email and website")).to_be_visible()
    return page


def test_without_consent_nothing_about_the_writer_is_kept(tab: Page) -> None:
    tick = box(tab).get_by_label("Save my name, email and website")
    expect(tick).not_to_be_checked()
    fill(tab, "Who am I?")
    tab.click(SUBMIT)
    expect(tab.locator(".thread .waiting")).to_be_focused()

    kept = tab.evaluate("JSON.stringify(localStorage)")
    assert "Ada" not in kept
    assert "ada@" not in kept


def test_with_consent_the_fields_are_filled_next_time_until_it_is_taken_back(tab: Page, live: House) -> None:
    bodies: list[str] = []
    tab.on("request", lambda request: bodies.append(request.post_data or "") if request.method == "POST" else None)
    tick = box(tab).get_by_label("Save my name, email and website")
    fill(tab, "Know me again.")
    tick.check()
    tab.click(SUBMIT)
    expect(tab.locator(".thread .waiting")).to_be_focused()
    assert len(bodies) == 1
    assert "remember" not in bodies[0]
    assert "writer" not in bodies[0]

    other = tab.context.new_page()
    other.goto(ARTICLE)
    expect(other.locator("#name")).to_have_value("Ada Specimen")
    expect(other.locator("#email")).to_have_value("ada@example.org")
    second = other.get_by_label("Save my name, email and website")
    expect(second).to_be_checked()
    second.uncheck()
    assert other.evaluate(KEPT) is None
    expect(tick).not_to_be_checked()  # in the other tab too
    tab.fill("#name", "Ada again")
    wait_for(lambda: tab.evaluate(KEPT) is None, "nothing to be kept")

    tab.goto(ARTICLE)
    tab.focus("#comment")
    expect(tab.locator("#name")).to_have_value("")


def test_without_the_script_there_is_no_box(live: House, chromium: Browser) -> None:
    context = chromium.new_context(base_url=live.service.site_url, java_script_enabled=False)
    plain = context.new_page()
    plain.goto(ARTICLE)

    expect(plain.locator(".remember")).to_be_hidden()
    plain.locator("details.help summary").click()
    expect(plain.locator("details.help table")).to_be_visible()  # the help needs none
    context.close()


def test_where_storage_is_refused_the_form_works_all_the_same(tab: Page) -> None:
    tab.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no') } })")
    with tab.expect_request(lambda request: request.url.endswith("/token")):
        tab.goto(ARTICLE)
        tab.focus("#comment")
    fill(tab, "Nowhere to keep this.")
    tab.click(SUBMIT)

    expect(tab.locator(".thread .waiting", has_text="Nowhere to keep this.")).to_be_focused()
    expect(tab.locator(".remember")).to_be_hidden()  # nothing could be saved


@pytest.mark.parametrize(
    "kept", ["{}", '{"writer": ["Ada", "ada@example.org", ""]}', '{"drafts:THREAD": [["", "Half"]]}']
)
def test_a_readers_page_asks_the_service_nothing(tab: Page, kept: str) -> None:
    kept = kept.replace("THREAD", ARTICLE.split("/")[2])
    tab.goto("/")
    tab.evaluate(
        "(kept) => Object.entries(kept).forEach(([key, list]) => localStorage.setItem(key, JSON.stringify(list)))",
        json.loads(kept),
    )
    asked: list[str] = []
    tab.on("request", lambda request: asked.append(request.url))
    tab.goto(ARTICLE, wait_until="networkidle")

    assert asked
    assert [url for url in asked if "/comments/" in url] == []


def test_only_a_browser_with_something_waiting_asks_and_only_about_that(tab: Page) -> None:
    box(tab)
    fill(tab, "Only me.")
    tab.click(SUBMIT)
    expect(tab.locator(".thread .waiting", has_text="Only me.")).to_be_focused()
    asked: list[str] = []
    tab.on("request", lambda request: asked.append(request.url) if "/comments/" in request.url else None)
    tab.goto(ARTICLE)
    expect(tab.locator(".thread .waiting", has_text="Only me.")).to_contain_text("How long that takes we cannot say")

    assert len(asked) == 1
    assert "/comments/mine/" in asked[0]

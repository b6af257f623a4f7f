"""Search as you type, in a browser: it helps whoever waits, and never stands in anybody's way."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.service.web.house import House, live_house, opened_tab

pytestmark = pytest.mark.browser

FIELD, LIST, LINKS = "#q", ".found", ".found a"
Asked = list[str]


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory, sample_site: Path) -> Iterator[House]:
    """The sample site with its service on a port of its own."""
    with live_house(tmp_path_factory.mktemp("live"), sample_site) as house:
        yield house


@pytest.fixture
def tab(live: House, chromium: Browser) -> Iterator[Page]:
    with opened_tab(live, chromium) as opened:
        yield opened


@pytest.fixture
def asked(tab: Page) -> Asked:
    """Every address that is asked for, in order."""
    addresses: Asked = []
    tab.on("request", lambda request: addresses.append(request.url))
    return addresses


def use(tab: Page) -> None:
    """Focus the field, and go on when the script that finds has arrived and run."""
    with tab.expect_response("**/js/find.*") as script:
        tab.locator(FIELD).focus()
    tab.evaluate("(address) => import(address)", script.value.url)


def type_in(tab: Page, words: str) -> None:
    use(tab)
    tab.keyboard.type(words)


def test_nothing_is_fetched_before_the_field_is_used(tab: Page, asked: Asked) -> None:
    tab.goto("/search/", wait_until="networkidle")
    before = list(asked)
    use(tab)

    assert not [address for address in before if "/js/find." in address or "?q=" in address]
    assert [address for address in asked if "?q=" in address] == []


def test_results_come_while_one_types_and_are_announced(tab: Page, asked: Asked) -> None:
    tab.goto("/search/")
    type_in(tab, "disinhib")

    expect(tab.locator(LINKS).first).to_contain_text("disinhibition")
    expect(tab.locator("form [aria-live]")).to_have_text("5 results")
    expect(tab.locator(FIELD)).to_be_focused()
    assert len([address for address in asked if "?q=" in address]) < len("disinhib")


def test_arrow_keys_reach_the_results_and_come_back(tab: Page) -> None:
    tab.goto("/search/")
    type_in(tab, "disinhib")
    links = tab.locator(LINKS)
    expect(links.first).to_be_visible()

    tab.keyboard.press("ArrowUp")
    expect(tab.locator(FIELD)).to_be_focused()
    tab.keyboard.press("ArrowDown")
    expect(links.first).to_be_focused()
    tab.keyboard.press("ArrowDown")
    expect(links.nth(1)).to_be_focused()
    for _ in range(10):
        tab.keyboard.press("ArrowDown")
    expect(links.last).to_be_focused()
    for _ in range(links.count()):
        tab.keyboard.press("ArrowUp")
    expect(tab.locator(FIELD)).to_be_focused()
    tab.keyboard.press("ArrowDown")
    address = links.first.get_attribute("href")
    tab.keyboard.press("Enter")
    tab.wait_for_url(f"**{address}")


def test_escape_closes_and_keeps_what_was_typed(tab: Page) -> None:
    tab.goto("/search/")
    type_in(tab, "disinhib")
    expect(tab.locator(LINKS).first).to_be_visible()

    tab.keyboard.press("ArrowDown")
    tab.keyboard.press("Escape")

    expect(tab.locator(LIST)).to_be_hidden()
    expect(tab.locator(FIELD)).to_be_focused()
    expect(tab.locator(FIELD)).to_have_value("disinhib")


def test_leaving_the_field_closes_the_list_and_a_click_follows_its_link(tab: Page) -> None:
    tab.goto("/search/")
    type_in(tab, "disinhib")
    expect(tab.locator(LINKS).first).to_be_visible()
    tab.locator("h1").click()
    expect(tab.locator(LIST)).to_be_hidden()

    tab.locator(FIELD).focus()
    tab.keyboard.type("i")
    tab.locator(LINKS).first.click()

    tab.wait_for_url(lambda address: "/search/" not in address)


def test_enter_always_does_the_full_search(tab: Page) -> None:
    tab.goto("/search/")
    type_in(tab, "silence")

    tab.keyboard.press("Enter")

    tab.wait_for_url("**/search/?q=silence")
    expect(tab.locator(".entry mark").first).to_be_visible()
    expect(tab.locator(LIST)).to_be_hidden()


def test_a_slow_answer_never_overtakes_a_later_one(tab: Page) -> None:
    held: list[Callable[[], None]] = []

    def answer(route: Route) -> None:
        word = route.request.url.rpartition("=")[2]
        body = json.dumps({"html": f'<li><a href="/{word}/">{word}</a></li>', "said": word})
        send = lambda: route.fulfill(body=body, content_type="application/json")  # noqa: E731 - kept for later
        held.append(send) if word == "si" else send()

    tab.route("**/search/?q=*", answer)
    tab.goto("/search/")
    with tab.expect_request("**/search/?q=si"):
        type_in(tab, "si")
    tab.keyboard.type("lence")
    expect(tab.locator(LINKS)).to_have_text("silence")
    for send in held:
        send()
    tab.keyboard.press("ArrowDown")

    expect(tab.locator(LINKS)).to_have_text("silence")
    expect(tab.locator(LINKS)).to_be_focused()


@pytest.mark.parametrize("fault", ["offline", "error", "nonsense"])
def test_where_no_answer_comes_the_form_goes_on_working(tab: Page, fault: str) -> None:
    def fail(route: Route) -> None:
        if route.request.is_navigation_request():
            route.continue_()
        elif fault == "offline":
            route.abort("internetdisconnected")
        else:
            route.fulfill(status=503, body='{"error": {}}' if fault == "error" else "<html>")

    tab.route("**/search/?q=*", fail)
    tab.goto("/search/")
    type_in(tab, "silence")
    with tab.expect_request("**/search/?q=silences"):
        tab.keyboard.type("s")

    expect(tab.locator(LIST)).to_be_hidden()
    expect(tab.locator(FIELD)).to_be_focused()
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/search/?q=silences")
    expect(tab.locator("[role=status]")).to_contain_text("silences")


def test_without_the_finding_script_the_form_goes_on_working(tab: Page) -> None:
    tab.route("**/js/find.*", lambda route: route.abort())
    tab.goto("/search/")
    tab.locator(FIELD).press_sequentially("silence")
    tab.keyboard.press("Enter")

    tab.wait_for_url("**/search/?q=silence")


def test_other_words_are_offered_under_the_field(tab: Page) -> None:
    tab.goto("/search/")
    type_in(tab, "disinhibtion")

    expect(tab.locator(LINKS)).to_have_text("Did you mean disinhibition?")
    tab.keyboard.press("ArrowDown")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/search/?q=disinhibition")


def test_an_emptied_field_closes_the_list(tab: Page) -> None:
    tab.goto("/search/")
    type_in(tab, "silence")
    expect(tab.locator(LINKS).first).to_be_visible()

    tab.locator(FIELD).fill("")

    expect(tab.locator(LIST)).to_be_hidden()


def test_a_slash_leads_to_the_field_unless_somebody_writes(tab: Page) -> None:
    tab.goto("/search/?q=silence")
    tab.keyboard.press("/")
    expect(tab.locator(FIELD)).to_be_focused()
    expect(tab.locator(FIELD)).to_have_value("silence")

    tab.keyboard.press("End")
    tab.keyboard.press("/")
    expect(tab.locator(FIELD)).to_have_value("silence/")

    tab.locator(".entry a").first.focus()
    tab.keyboard.press("Control+/")
    expect(tab.locator(FIELD)).not_to_be_focused()


def test_without_javascript_everything_is_there(live: House, chromium: Browser) -> None:
    context = chromium.new_context(base_url=live.service.site_url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/search/")
    page.fill(FIELD, "consant")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name="consent", exact=True).click()
    page.locator(".toolbar a", has_text="Articles").click()
    page.get_by_text("Topic", exact=True).click()
    page.locator(".facet a").first.click()

    expect(page.locator(".pills a")).to_be_visible()
    expect(page.locator(".entry").first).to_be_visible()
    context.close()

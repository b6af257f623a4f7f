"""The hub where things are otherwise: no script, no way to the data, a phone, no mouse; and what is taken home."""

import json
from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.theme.hub import NOTHING, box, count, pills, titles

pytestmark = pytest.mark.browser

AXE = Path(axe_playwright_python.__file__).parent / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = f"""async () => (await axe.run(document, {{runOnly: {json.dumps(RULES)}, resultTypes: ["violations"]}}))
    .violations.map(found => found.id + ": " + found.nodes[0].html)"""
SMALL = """() => [...document.querySelectorAll("main :is(a, button, summary, label)")]
    .filter(target => getComputedStyle(target).display != "inline" && target.checkVisibility())
    .map(target => [target.innerText, target.getBoundingClientRect()])
    .filter(([_, box]) => box.width < 24 || box.height < 24).map(([name]) => name)"""


def test_without_a_way_to_the_data_it_says_so_and_the_next_try_works(chromium: Browser, address: str) -> None:
    context = chromium.new_context(base_url=address)
    tab = context.new_page()
    tab.goto("/resources/")
    tab.route("**/hub.json", lambda route: route.fulfill(status=502, body="<html>"))
    box(tab, "kind", "book").click()
    expect(count(tab)).to_have_text("The list cannot be loaded just now. Please try again in a moment.")
    assert len(titles(tab)) == 40

    tab.unroute("**/hub.json")
    box(tab, "kind", "tool").click()
    expect(count(tab)).to_have_text("11 of 64 resources")
    context.close()


LISTS = {
    "bib": "@book{one,\n  title = {One},\n}\n\n@book{luxton-2016,\n  year = 2016,\n}\n\n@article{two,\n}\n",
    "ris": "\r\n".join(f"TY  - BOOK\r\nID  - {one}\r\nER  - \r\n" for one in ("one", "luxton-2016", "two")),
    "json": json.dumps([{"id": "one", "type": "book"}, {"id": "luxton-2016", "type": "book", "title": "Œuvre"}]),
}
KEPT = {
    "bib": "@book{luxton-2016,\n  year = 2016,\n}",
    "ris": "TY  - BOOK\r\nID  - luxton-2016\r\nER  - ",
    "json": '[{"id":"luxton-2016","type":"book","title":"Œuvre"}]',
}


@pytest.mark.parametrize("kind", ["bib", "ris", "json"])
def test_the_references_of_what_is_shown_can_be_saved(tab: Page, tmp_path: Path, kind: str) -> None:
    tab.route(f"**/cite/resources.{kind}", lambda route: route.fulfill(body=LISTS[kind], content_type="text/plain"))
    tab.goto("/resources/?kind=book&access=paid")
    expect(count(tab)).to_contain_text("of 64 resources")
    assert "luxton-2016" in titles(tab)
    tab.evaluate(
        """kind => document.querySelector(".entries").insertAdjacentHTML("afterend",
        `<p><a id="save" href="/cite/resources/kind/book.${kind}" download="list.${kind}"><b>Save</b></a></p>`)""",
        kind,
    )

    with tab.expect_download() as waiting:
        tab.click("#save b")
    waiting.value.save_as(tmp_path / "saved")

    saved = (tmp_path / "saved").read_bytes().decode()
    assert saved.rstrip("\r\n") == KEPT[kind]
    assert kind == "json" or saved.endswith("\n")
    assert waiting.value.suggested_filename == f"list.{kind}"


def test_a_list_of_references_that_cannot_be_had_is_not_saved_empty(chromium: Browser, address: str) -> None:
    context = chromium.new_context(base_url=address)
    tab = context.new_page()
    tab.route("**/cite/resources.bib", lambda route: route.fulfill(status=502, body="<html>"))
    tab.goto("/resources/?kind=book")
    expect(count(tab)).to_have_text("5 of 64 resources")
    link = '<p><a id="save" href="/cite/resources.bib" download>Save</a></p>'
    tab.evaluate("link => document.querySelector('.entries').insertAdjacentHTML('afterend', link)", link)
    tab.click("#save")

    expect(count(tab)).to_contain_text("Please try again")
    context.close()


def test_without_the_script_links_do_the_work(chromium: Browser, address: str) -> None:
    context = chromium.new_context(base_url=address, java_script_enabled=False, viewport={"width": 320, "height": 800})
    tab = context.new_page()
    tab.goto("/resources/")
    expect(tab.locator("input:visible")).to_have_count(0)
    expect(tab.get_by_role("link", name="Book5", exact=True)).to_be_hidden()

    tab.click(".fold > summary")
    tab.get_by_role("link", name="Book5", exact=True).click()
    expect(tab).to_have_title("Resources: Book | Practice Notes")
    expect(tab.locator("#found")).to_have_text("5 of 64 resources")
    expect(tab.get_by_role("button", name="Clear all")).to_be_hidden()
    pills(tab).click()
    tab.get_by_role("link", name="Newest review").click()
    expect(tab).to_have_title("Resources by newest review | Practice Notes")
    tab.get_by_role("link", name="Next page").click()
    expect(tab.locator(".entry")).to_have_count(24)
    context.close()


def test_on_a_phone_the_filter_is_folded_until_it_is_wanted(tab: Page) -> None:
    tab.set_viewport_size({"width": 320, "height": 900})
    tab.goto("/resources/")
    expect(tab.get_by_label("Book", exact=False).first).to_be_hidden()
    assert tab.locator(".entry").first.evaluate("entry => entry.getBoundingClientRect().top") < 900

    tab.locator(".fold > summary").focus()
    tab.keyboard.press("Enter")
    tab.keyboard.press("Tab")
    tab.keyboard.press("Tab")
    tab.keyboard.press("Space")
    expect(pills(tab)).to_have_text(["Remove the filter Guideline×"])


def test_in_a_wide_window_the_filter_is_always_open(tab: Page) -> None:
    tab.goto("/resources/")

    expect(tab.locator(".fold > summary")).to_be_hidden()
    expect(tab.locator('input[name="kind"]').first).to_be_visible()


@pytest.mark.parametrize("width", [320, 412, 1280])
def test_nothing_moves_when_boxes_take_the_place_of_links(tab: Page, width: int) -> None:
    tab.set_viewport_size({"width": width, "height": 900})
    where = """() => ["summary, ul", ".entry", "#found"].map(part => document.querySelector(`main :is(${part})`))
        .map(part => part.getBoundingClientRect().top)"""

    tab.goto("/resources/")
    expect(tab.locator("[data-hub=on]")).to_be_attached()
    with_script = tab.evaluate(where)
    tab.route("**/js/hub.*.js", lambda route: route.abort())
    tab.reload()
    expect(tab.locator("[data-hub='']")).to_be_attached()

    assert tab.evaluate(where) == with_script


@pytest.mark.parametrize(
    ("width", "scheme"),
    [
        (320, "dark"),
        (1280, "light"),
        pytest.param(320, "light", marks=pytest.mark.long),
        pytest.param(1280, "dark", marks=pytest.mark.long),
    ],
)
def test_no_barrier_however_the_hub_is_narrowed(chromium: Browser, address: str, width: int, scheme: Any) -> None:
    context = chromium.new_context(
        base_url=address, viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True
    )
    tab = context.new_page()
    found = {}
    for path in ("/resources/?kind=book&kind=tool&topic=ethics&sort=year", NOTHING, "/resources/kind/book/"):
        tab.goto(path)
        expect(pills(tab)).not_to_have_count(0)
        tab.evaluate("for (const part of document.querySelectorAll('details')) part.open = true")
        tab.add_script_tag(path=str(AXE))
        found[path] = [tab.evaluate(RUN), tab.evaluate(SMALL)]
        assert tab.evaluate("document.documentElement.scrollWidth") <= width
    context.close()

    assert {path: problems for path, problems in found.items() if problems != [[], []]} == {}


def test_where_nothing_is_shown_no_references_are_offered(tab: Page) -> None:
    offered = tab.get_by_text("For your reference manager:")
    tab.goto(NOTHING)
    expect(count(tab)).to_have_text("0 of 64 resources")
    expect(offered).to_be_hidden()

    pills(tab).last.click()
    expect(count(tab)).to_have_text("1 of 64 resources")
    expect(offered).to_be_visible()

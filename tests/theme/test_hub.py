"""The hub in a browser: values put together, at an address that brings them back, by mouse and by keyboard."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.build.newsroom import Newsroom
from tests.theme.hub import NOTHING, box, count, ids, pills, served, titles

pytestmark = pytest.mark.browser


def test_values_of_a_facet_add_and_facets_narrow(tab: Page, rows: list[dict[str, Any]]) -> None:
    tab.goto("/resources/")
    box(tab, "kind", "book").click()
    box(tab, "kind", "article").click()
    expect(count(tab)).to_have_text("12 of 64 resources")
    box(tab, "access", "paid").click()

    wanted = ids(rows, lambda row: {*row["kind"]} <= {"book", "article"} and row["access"] == ["paid"])
    expect(count(tab)).to_have_text(f"{len(wanted)} of 64 resources")
    assert titles(tab) == wanted
    assert tab.url.endswith("/resources/?kind=book&kind=article&access=paid")
    expect(pills(tab)).to_have_text(
        ["Remove the filter Book×", "Remove the filter Article×", "Remove the filter Paid×"]
    )


def test_boxes_count_what_they_would_add_and_dead_ends_are_closed(tab: Page, rows: list[dict[str, Any]]) -> None:
    tab.goto("/resources/?kind=book&kind=podcast&language=fr")
    expect(count(tab)).to_have_text("0 of 64 resources")

    for facet, others in (("kind", {"language": "fr"}), ("language", {"kind": "book podcast"})):
        for found in tab.locator(f'input[name="{facet}"]').all():
            value = found.get_attribute("value")
            (other, words) = next(iter(others.items()))
            would = len(ids(rows, lambda row: value in row[facet] and any(word in words for word in row[other])))  # noqa: B023
            assert found.evaluate("box => box.parentElement.querySelector('.count').textContent") == str(would)
            assert found.is_disabled() == (not would and not found.is_checked()), (facet, value)
    for chosen in tab.locator("input[type=checkbox]:checked").all():
        expect(chosen).to_be_enabled()


def test_the_address_brings_a_choice_back(tab: Page) -> None:
    tab.goto("/resources/")
    box(tab, "kind", "tool").click()
    expect(count(tab)).to_have_text("6 of 64 resources")
    tab.locator(".pick", has_text="Year").click()
    chosen, found = tab.url, titles(tab)
    assert chosen.endswith("/resources/?kind=tool&sort=year")

    tab.go_back()
    expect(tab.get_by_label("Title", exact=True)).to_be_checked()
    expect(box(tab, "kind", "tool")).to_be_checked()
    tab.go_back()
    expect(count(tab)).to_have_text("64 of 64 resources")
    expect(box(tab, "kind", "tool")).not_to_be_checked()
    expect(pills(tab)).to_have_count(0)
    tab.go_forward()
    tab.go_forward()
    expect(count(tab)).to_have_text("6 of 64 resources")
    assert titles(tab) == found
    tab.reload()
    expect(count(tab)).to_have_text("6 of 64 resources")
    expect(tab.get_by_label("Year")).to_be_checked()
    assert (tab.url, titles(tab)) == (chosen, found)
    expect(box(tab, "kind", "tool")).to_be_visible()


def test_what_an_address_says_wrongly_is_passed_over(tab: Page) -> None:
    tab.goto("/resources/?kind=bok&kind=book&colour=red&topic=%22%3E%3Cb%3E&sort=length&kind=(((&KIND=tool")

    expect(count(tab)).to_have_text("5 of 64 resources")
    expect(pills(tab)).to_have_text(["Remove the filter Book×"])
    expect(tab.get_by_label("Title", exact=True)).to_be_checked()


def test_the_page_of_a_value_is_where_one_goes_on_choosing(tab: Page) -> None:
    tab.goto("/resources/kind/book/")
    expect(box(tab, "kind", "book")).to_be_checked()
    expect(tab.locator("h1")).to_have_text("Resources: Book")
    box(tab, "kind", "video").click()

    expect(count(tab)).to_have_text("6 of 64 resources")
    assert tab.url.endswith("/resources/?kind=book&kind=video")
    expect(tab.get_by_role("heading", level=1, name="Resources", exact=True)).to_be_visible()
    expect(tab).to_have_title("Resources | Practice Notes")
    tab.go_back()
    expect(count(tab)).to_have_text("5 of 64 resources")
    assert tab.url.endswith("/resources/kind/book/")


def test_a_page_in_another_order_keeps_it(tab: Page, rows: list[dict[str, Any]]) -> None:
    tab.goto("/resources/sort/newest/")
    expect(tab.get_by_label("Newest review")).to_be_checked()
    box(tab, "kind", "tool").click()

    expect(count(tab)).to_have_text("6 of 64 resources")
    assert titles(tab) == ids(sorted(rows, key=lambda row: row["newest"]), lambda row: row["kind"] == ["tool"])
    assert tab.url.endswith("?kind=tool&sort=newest")


def test_everything_works_by_keyboard(tab: Page) -> None:
    tab.goto("/resources/")
    first = box(tab, "kind", "guideline")
    first.focus()
    tab.keyboard.press("Space")
    tab.keyboard.press("Tab")
    tab.keyboard.press("Space")
    expect(pills(tab)).to_have_count(2)
    expect(box(tab, "kind", "book")).to_be_focused()

    pills(tab).first.focus()
    tab.keyboard.press("Enter")
    expect(pills(tab)).to_have_count(1)
    expect(count(tab)).to_be_focused()
    expect(first).not_to_be_checked()
    tab.keyboard.press("Tab")
    tab.keyboard.press("ArrowRight")
    expect(tab.get_by_label("Year")).to_be_checked()
    expect(tab.get_by_label("Year")).to_be_focused()
    assert tab.get_by_label("Year").evaluate("box => getComputedStyle(box.parentElement).outlineWidth") == "3px"

    tab.get_by_role("button", name="Clear all").focus()
    tab.keyboard.press("Enter")
    expect(pills(tab)).to_have_count(0)
    expect(count(tab)).to_have_text("64 of 64 resources")
    assert tab.url.endswith("/resources/")


def test_an_empty_list_says_so_and_leads_on(tab: Page) -> None:
    tab.goto(NOTHING)
    expect(tab.get_by_text("No resource is all of this at once.")).to_be_visible()
    expect(pills(tab)).to_have_count(2)

    pills(tab).last.click()
    expect(count(tab)).to_have_text("1 of 64 resources")
    expect(tab.get_by_text("No resource is all of this at once.")).to_be_hidden()
    tab.goto(NOTHING)
    tab.get_by_role("link", name="See all resources").click()
    expect(count(tab)).to_have_text("64 resources")


def test_the_count_is_told_once_for_each_choice(tab: Page) -> None:
    tab.goto("/resources/")
    tab.evaluate("""() => {
        window.told = []
        new MutationObserver(() => told.push(document.querySelector("#found").innerText))
            .observe(document.querySelector("#found"), {childList: true, characterData: true, subtree: true})
    }""")
    box(tab, "kind", "book").click()
    expect(count(tab)).to_have_text("5 of 64 resources")
    box(tab, "kind", "tool").click()
    expect(count(tab)).to_have_text("11 of 64 resources")

    assert [told.lower() for told in tab.evaluate("told")] == ["5 of 64 resources", "11 of 64 resources"]


def test_nothing_is_fetched_before_the_first_choice_and_once_after(tab: Page) -> None:
    asked: list[str] = []
    tab.on("request", lambda request: asked.append(request.url) if request.resource_type == "fetch" else None)
    for path in ("/resources/", "/resources/kind/book/", "/resources/page/2/", "/resources/sort/year/"):
        tab.goto(path, wait_until="networkidle")
    assert asked == []

    box(tab, "kind", "book").click()
    expect(count(tab)).to_have_text("5 of 64 resources")
    box(tab, "kind", "tool").click()
    expect(count(tab)).to_have_text("11 of 64 resources")
    assert [url.rpartition("/")[2] for url in asked] == ["hub.json"]


def test_a_long_list_comes_in_parts_and_the_focus_goes_to_the_first_new_one(chromium: Browser, tmp_path: Path) -> None:
    room = Newsroom(tmp_path)
    for number in range(90):
        room.resource(f"w{number:02}", kind="tool" if number else "guideline")
    assert room.build() == 0
    with served(room.output) as address:
        tab = chromium.new_page(base_url=address)
        tab.goto("/resources/page/2/")
        box(tab, "kind", "tool").click()
        expect(count(tab)).to_have_text("89 of 90 resources")
        expect(tab.get_by_role("navigation", name="Pages")).to_be_hidden()
        more = tab.get_by_role("button", name="Show more")
        expect(tab.locator(".entry")).to_have_count(40)

        more.press("Enter")
        expect(tab.locator(".entry")).to_have_count(80)
        expect(tab.locator(".entry h3 a").nth(40)).to_be_focused()
        more.click()
        expect(tab.locator(".entry")).to_have_count(89)
        expect(more).to_be_hidden()
        tab.close()

"""The hub in a browser: values put together, at an address that brings them back, by mouse, by keyboard, without a
script, and without a way to the data."""

import functools
import http.server
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from comments.web.headers import ALWAYS
from tests.build.newsroom import Newsroom

pytestmark = pytest.mark.browser

AXE = Path(axe_playwright_python.__file__).parent / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = f"""async () => (await axe.run(document, {{runOnly: {json.dumps(RULES)}, resultTypes: ["violations"]}}))
    .violations.map(found => found.id + ": " + found.nodes[0].html)"""
SMALL = """() => [...document.querySelectorAll("main :is(a, button, summary, label)")]
    .filter(target => getComputedStyle(target).display != "inline" && target.checkVisibility())
    .map(target => [target.innerText, target.getBoundingClientRect()])
    .filter(([_, box]) => box.width < 24 || box.height < 24).map(([name]) => name)"""

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


@pytest.fixture(scope="module")
def address(sample_site: Path) -> Iterator[str]:
    with served(sample_site) as found:
        yield found


@pytest.fixture(scope="module")
def rows(sample_site: Path) -> list[dict[str, Any]]:
    """Every resource with its words, by title."""
    found: list[dict[str, Any]] = json.loads((sample_site / "resources/hub.json").read_bytes())
    return found


@pytest.fixture
def tab(chromium: Browser, address: str) -> Iterator[Page]:
    """A page without a past; what the script or the policy complains of fails the test."""
    context = chromium.new_context(base_url=address, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda message: problems.append(message.text) if "Content Security" in message.text else None)
    yield page
    context.close()
    assert not problems


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

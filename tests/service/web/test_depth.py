"""Threads as deep as people answer: three levels to see, six to follow, by eye, by keyboard and by ear, at 320 px."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from comments import markup
from comments.actions import moderate
from comments.model import NewComment
from tests.service.web.house import House, live_house
from tests.service.web.test_script import ARTICLE, THREAD

pytestmark = pytest.mark.browser
DEPTH = 6
WORDS = "Some words that take more than one line on a telephone, and Donaudampfschifffahrtsgesellschaftskapitän. " * 2


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory, sample_site: Path) -> Iterator[House]:
    """A thread in which each of six comments answers the one before it."""
    with live_house(tmp_path_factory.mktemp("live"), sample_site) as house:
        new = NewComment(THREAD, "", WORDS, markup.render(WORDS), markup.VERSION, "approved", house.clock())
        parent: int | None = None
        for depth in range(1, DEPTH + 1):
            parent = house.ctx.store.add_comment(replace(new, name=f"Person {depth}", parent=parent))
        house.ctx.show(THREAD)
        yield house


@pytest.fixture
def phone(live: House, chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(base_url=live.service.site_url, viewport={"width": 320, "height": 640})
    page = context.new_page()
    page.goto(ARTICLE)
    yield page
    context.close()


def test_at_320_pixels_the_deepest_answer_is_as_wide_as_the_third_and_nothing_scrolls_sideways(phone: Page) -> None:
    widths = [
        phone.locator(f"#comment-{n}").evaluate("each => each.getBoundingClientRect().width") for n in range(1, 7)
    ]

    assert widths[0] > widths[1] > widths[2] == widths[3] == widths[4] == widths[5] > 200
    assert phone.evaluate("document.documentElement.scrollWidth") <= 320
    phone.locator("#comment-6 a.reply").click()
    expect(phone.locator("#comment")).to_be_focused()
    assert phone.locator("#comment").evaluate("each => each.getBoundingClientRect().width") > 180
    assert phone.evaluate("document.documentElement.scrollWidth") <= 320


def test_each_level_says_whom_it_answers_where_the_place_does_not(phone: Page, live: House) -> None:
    said = phone.locator(".thread .again").all_inner_texts()

    assert said == ["In reply to Person 3", "In reply to Person 4", "In reply to Person 5"]
    assert [live.ctx.store.get_comment(n).parent for n in range(1, 7)] == [None, 1, 2, 3, 4, 5]
    phone.locator("#comment-6 .again a").click()
    expect(phone.locator("#comment-5")).to_be_in_viewport()
    assert phone.url.endswith("#comment-5")


def test_with_the_keyboard_alone_links_come_in_reading_order_and_say_whom_they_answer(phone: Page) -> None:
    phone.locator("#comment-1 header a").focus()
    visited: list[str] = []
    while len(visited) < DEPTH:
        phone.keyboard.press("Tab")
        name = phone.evaluate("document.activeElement.matches('a.reply') && document.activeElement.textContent")
        if name:
            visited.append(str(name))
    assert visited == [f"Reply to Person {depth}" for depth in range(1, DEPTH + 1)]

    phone.keyboard.press("Enter")
    expect(phone.locator("#comment")).to_be_focused()
    expect(phone.locator("h4")).to_have_text("Leave a Reply to Person 6")
    phone.keyboard.press("Shift+Tab")  # the comment policy
    phone.keyboard.press("Shift+Tab")
    expect(phone.get_by_role("button", name="Cancel reply")).to_be_focused()
    phone.keyboard.press("Enter")
    expect(phone.locator("#comment-6 a.reply")).to_be_focused()


def test_by_ear_each_comment_is_an_article_named_after_its_writer(phone: Page) -> None:
    for depth in range(1, DEPTH + 1):
        expect(phone.get_by_role("article", name=f"Person {depth}", exact=True)).to_have_count(1)
        expect(phone.get_by_role("link", name=f"Reply to Person {depth}", exact=True)).to_have_count(1)


@pytest.mark.parametrize("answered", range(1, DEPTH + 1))
def test_without_the_script_every_level_is_answered_on_a_page_of_its_own(
    live: House, chromium: Browser, answered: int
) -> None:
    context = chromium.new_context(base_url=live.service.site_url, java_script_enabled=False)
    plain = context.new_page()
    plain.goto(f"{ARTICLE}#comment-{answered}")
    plain.locator(f"#comment-{answered} a.reply").click()

    expect(plain.get_by_role("heading", level=1)).to_have_text(f"Leave a Reply to Person {answered}")
    assert plain.locator("[name=parent]").get_attribute("value") == str(answered)
    context.close()


def test_permalinks_stay_whatever_happens_around_them(phone: Page, live: House) -> None:
    moderate.trash(live.ctx, "command line", 3)
    try:
        phone.goto(f"{ARTICLE}#comment-4")
        phone.reload()
        ids = phone.locator(".comment").evaluate_all("all => all.map((each) => each.id)")
        assert ids == [f"comment-{n}" for n in range(1, DEPTH + 1)]
        expect(phone.locator("#comment-3")).to_have_text("This comment was removed.")
        expect(phone.locator("#comment-4 .again")).to_have_text("In reply to a removed comment")
        expect(phone.locator("#comment-4")).to_be_in_viewport()
    finally:
        moderate.restore(live.ctx, "command line", 3)

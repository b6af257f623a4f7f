"""Never lost: whatever happens on the way, what was typed is still in front of its writer, who is told what to do."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from comments import markup
from comments.actions import threads
from comments.model import NewComment
from tests.product.conftest import wait_for
from tests.service.web.house import House, live_house, opened_tab
from tests.service.web.test_script import ARTICLE, THREAD, fill
from tests.service.web.tunnel import Tunnel, open_tunnel

pytestmark = pytest.mark.browser
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


@pytest.fixture
def plain(live: House, chromium: Browser) -> Iterator[Page]:
    """A browser without JavaScript."""
    live.clock.move(minutes=1)
    context = chromium.new_context(base_url=live.service.site_url, java_script_enabled=False)
    yield context.new_page()
    context.close()


@pytest.fixture
def tunnel(live: House) -> Iterator[Tunnel]:
    """The same site behind a way that can be cut."""
    with open_tunnel(urlsplit(live.service.site_url).port or 0) as opened:
        yield opened


def begin(page: Page, text: str) -> None:
    """The form filled in, with its token."""
    page.goto(ARTICLE)
    fill(page, text)
    expect(page.locator("[name=token]")).not_to_have_value("")


def stays(page: Page, text: str, told: str) -> None:
    """The page was not left, the text is in the form, and a sentence says why."""
    expect(page.locator(".summary")).to_contain_text(told)
    expect(page.locator(".summary")).to_be_focused()
    expect(page.locator("#comment")).to_have_value(text)
    expect(page.locator("#email")).to_have_value("ada@example.org")
    assert page.url.endswith(ARTICLE)


def stored(live: House, text: str) -> int:
    return live.ctx.store.count_comments(query=text)


def test_a_form_that_was_open_for_a_day_is_sent_all_the_same(tab: Page, live: House) -> None:
    begin(tab, "Slow thoughts ripen.")
    live.clock.move(hours=25)
    tab.click(SUBMIT)

    expect(tab.locator(".thread .waiting", has_text="Slow thoughts ripen.")).to_be_focused()
    assert stored(live, "Slow thoughts ripen") == 1


def test_a_thread_closed_meanwhile_keeps_the_text(tab: Page, plain: Page, live: House) -> None:
    begin(tab, "One word too late.")
    plain.goto(ARTICLE)
    fill(plain, "One word too late.")
    threads.set_thread_policy(live.ctx, "command line", THREAD, "closed")
    try:
        tab.click(SUBMIT)
        plain.click(SUBMIT)

        stays(tab, "One word too late.", "This thread was closed")
        expect(plain.get_by_role("alert")).to_contain_text("This thread was closed")
        expect(plain.locator("textarea[readonly]")).to_have_value("One word too late.")
    finally:
        threads.set_thread_policy(live.ctx, "command line", THREAD, None)


def test_a_store_that_takes_nothing_keeps_the_text_until_it_does(tab: Page, plain: Page, live: House) -> None:
    begin(tab, "Patient with the script.")
    plain.goto(ARTICLE)
    fill(plain, "Patient without.")
    plain.click(SUBMIT)
    place, aside = live.runtime.var / "store.db", live.runtime.var / "aside.db"
    place.rename(aside)
    try:
        tab.click(SUBMIT)
        stays(tab, "Patient with the script.", "What you typed is kept: please try again in a moment.")
        plain.get_by_role("button", name="Post comment").click()
        expect(plain.locator("#comment")).to_have_value("Patient without.")
        expect(plain.get_by_role("alert")).to_contain_text("please try again in a moment")
    finally:
        aside.rename(place)

    tab.click(SUBMIT)
    expect(tab.locator(".thread .waiting", has_text="Patient with the script.")).to_be_focused()
    live.clock.move(minutes=1)
    plain.click(SUBMIT)
    expect(plain.locator(".waiting")).to_contain_text("Patient without.")


def test_far_too_long_a_text_stays_where_it_was_typed(tab: Page, plain: Page) -> None:
    endless = "word " * 60_000
    begin(tab, endless)
    tab.click(SUBMIT)
    stays(tab, endless, "far too long")

    plain.goto(ARTICLE)
    fill(plain, endless)
    plain.click(SUBMIT)
    expect(plain.get_by_role("alert")).to_contain_text("Press Back: your text is still there.")
    plain.go_back()
    expect(plain.locator("#comment")).to_have_value(endless)


def test_too_soon_after_the_last_one_the_text_stays(tab: Page, plain: Page, live: House) -> None:
    begin(tab, "The first of two.")
    tab.click(SUBMIT)
    expect(tab.locator(".thread .waiting", has_text="The first of two.")).to_be_focused()
    tab.fill("#comment", "The second of two.")
    tab.click(SUBMIT)
    stays(tab, "The second of two.", "your text is kept")

    plain.goto(ARTICLE)
    fill(plain, "A third at once.")
    plain.click(SUBMIT)
    plain.get_by_role("button", name="Post comment").click()
    expect(plain.locator(".summary")).to_be_visible()
    expect(plain.locator("#comment")).to_have_value("A third at once.")
    assert stored(live, "of two") == 1


def test_a_line_cut_in_mid_answer_leaves_the_text_and_the_comment_is_stored_once(
    tab: Page, live: House, tunnel: Tunnel
) -> None:
    tab.goto(f"http://localhost:{tunnel.port}{ARTICLE}")
    fill(tab, "Half an answer.")
    expect(tab.locator("[name=token]")).not_to_have_value("")
    tunnel.cut = b"POST /comments/"
    tab.click(SUBMIT)
    stays(tab, "Half an answer.", "Your reply was not sent: the site cannot be reached just now.")
    assert tunnel.cuts == 1

    tunnel.cut = b""
    tab.click(SUBMIT)
    expect(tab.locator(".thread .waiting", has_text="Half an answer.")).to_be_focused()
    assert stored(live, "Half an answer") == 1


def test_without_the_script_back_brings_the_text_after_a_dead_service(plain: Page, live: House, tunnel: Tunnel) -> None:
    plain.goto(f"http://localhost:{tunnel.port}{ARTICLE}")
    fill(plain, "Half a page.")
    plain.click(SUBMIT)
    expect(plain.get_by_role("heading", name="Look at your comment")).to_be_visible()
    tunnel.closed = True
    plain.get_by_role("button", name="Post comment").click()
    plain.wait_for_url("chrome-error://**")
    tunnel.closed = False
    plain.go_back()
    expect(plain.locator("#comment")).to_have_value("Half a page.")
    plain.click(SUBMIT)
    plain.get_by_role("button", name="Change it").wait_for()
    plain.get_by_role("button", name="Post comment").click()

    expect(plain.locator(".waiting")).to_contain_text("Half a page.")
    assert stored(live, "Half a page") == 1


def test_a_dead_service_leaves_the_text_and_the_draft(tab: Page, tunnel: Tunnel) -> None:
    tab.goto(f"http://localhost:{tunnel.port}{ARTICLE}")
    fill(tab, "Nobody is home.")
    expect(tab.locator("[name=token]")).not_to_have_value("")
    tunnel.closed = True
    tab.click(SUBMIT)
    stays(tab, "Nobody is home.", "the site cannot be reached just now")

    tunnel.closed = False
    tab.reload()
    expect(tab.locator("#comment")).to_have_value("Nobody is home.")


def test_drafts_are_kept_for_each_answer_and_in_two_tabs(tab: Page, live: House) -> None:
    first, second = live_parents(live)
    other = tab.context.new_page()
    tab.goto(ARTICLE)
    tab.click(f"#comment-{first} a.reply")
    tab.fill("#comment", "To the first.")
    tab.click(f"#comment-{second} a.reply")
    expect(tab.locator("#comment")).to_have_value("")
    tab.fill("#comment", "To the second.")

    other.goto(ARTICLE)
    expect(other.locator(f"li:has(> #comment-{second}) #comment")).to_have_value("To the second.")
    other.click(f"#comment-{first} a.reply")
    expect(other.locator("#comment")).to_have_value("To the first.")
    other.fill("#name", "Ada Specimen")
    other.fill("#email", "ada@example.org")
    other.click(SUBMIT)
    expect(other.locator(".waiting", has_text="To the first.")).to_be_focused()

    expect(tab.locator("#comment")).to_have_value("To the second.")
    tab.reload()
    expect(tab.locator(f"li:has(> #comment-{second}) #comment")).to_have_value("To the second.")
    tab.click(f"#comment-{first} a.reply")
    expect(tab.locator("#comment")).to_have_value("")


def test_a_text_comes_along_to_an_answer_and_back(tab: Page, live: House) -> None:
    first, _second = live_parents(live)
    tab.goto(ARTICLE)
    tab.fill("#comment", "Begun below.")
    tab.click(f"#comment-{first} a.reply")
    expect(tab.locator("#comment")).to_have_value("Begun below.")
    tab.get_by_role("button", name="Cancel reply").click()
    expect(tab.locator("#comment")).to_have_value("Begun below.")
    wait_for(lambda: "Begun below." in tab.evaluate("JSON.stringify(localStorage)"), "the draft to be kept")


def live_parents(live: House) -> tuple[int, int]:
    """Two published comments on the sample's article."""
    store = live.ctx.store
    first, second = (
        store.add_comment(NewComment(THREAD, name, "Hm.", "<p>Hm.</p>", markup.VERSION, "approved", live.clock()))
        for name in ("Ida", "Jon")
    )
    live.ctx.show(THREAD)
    return first, second

"""The reply form with the script, in a browser: nothing that was typed is lost, and the page is not left."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from comments.actions import moderate
from tests.product.conftest import wait_for
from tests.service.web.house import House, live_house, opened_tab

pytestmark = pytest.mark.browser

ARTICLE = "/2026/boundaries-response-times/"
SCRIPTS = {"start", "reply", "memory", "problems", "waiting", "remember"}
THREAD = "boundaries-response-times"


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory, sample_site: Path) -> Iterator[House]:
    """The sample site with its service on a port of its own, with a clock that runs twenty seconds per look."""
    with live_house(tmp_path_factory.mktemp("live"), sample_site) as house:
        yield house


@pytest.fixture
def tab(live: House, chromium: Browser) -> Iterator[Page]:
    live.clock.move(minutes=1)
    with opened_tab(live, chromium) as opened:
        yield opened


def fill(page: Page, comment: str) -> None:
    page.fill("#comment", comment)
    page.fill("#name", "Ada Specimen")
    page.fill("#email", "ada@example.org")


def test_who_only_reads_is_sent_no_more_than_the_first_lines_of_script(tab: Page) -> None:
    asked: list[str] = []
    tab.on("request", lambda request: asked.append(request.url.split("/")[-1].split(".")[0]))
    tab.goto(ARTICLE, wait_until="networkidle")
    assert [name for name in asked if name in SCRIPTS] == ["start"]

    with tab.expect_request(lambda request: request.url.endswith("/token")):
        tab.focus("#comment")
    assert set(asked) >= SCRIPTS


def test_what_is_done_before_the_script_has_come_is_done_with_it(tab: Page) -> None:
    tab.goto(ARTICLE)
    waiting: list[Route] = []
    tokens: list[str] = []
    tab.on("request", lambda request: tokens.append(request.url) if request.url.endswith("/token") else None)
    tab.route("**/reply.*.js", lambda route: waiting.append(route))
    fill(tab, "Faster than the line.")
    tab.click("form[data-reply] button[type=submit]")
    wait_for(lambda: tab.evaluate("1") and waiting, "the script to be asked for")
    waiting[0].continue_()

    expect(tab.locator(".thread .waiting", has_text="Faster than the line.")).to_be_focused()
    assert len(tokens) == 1
    assert tab.url.endswith(ARTICLE)


def test_where_the_script_does_not_come_the_form_is_sent_plainly(tab: Page) -> None:
    tab.goto(ARTICLE)
    tab.route("**/reply.*.js", lambda route: route.abort())
    fill(tab, "Without it.")
    tab.click("form[data-reply] button[type=submit]")

    expect(tab.get_by_role("heading", name="Look at your comment")).to_be_visible()


def test_where_the_line_is_gone_before_the_script_has_come_the_text_stays(tab: Page) -> None:
    tab.goto(ARTICLE)
    tab.context.set_offline(True)
    fill(tab, "Written in a tunnel.")
    tab.click("form[data-reply] button[type=submit]")

    expect(tab.get_by_role("alert")).to_contain_text("Your reply was not sent: the site cannot be reached just now.")
    expect(tab.locator("#comment")).to_have_value("Written in a tunnel.")
    tab.context.set_offline(False)
    tab.click("form[data-reply] button[type=submit]")
    sent = tab.locator(".waiting", has_text="Written in a tunnel.")
    expect(sent.or_(tab.get_by_role("heading", name="Look at your comment"))).to_be_visible()


def test_mistakes_are_told_in_place_and_mended_without_leaving_the_page(tab: Page, live: House) -> None:
    tab.goto(ARTICLE)
    tab.fill("#email", "ada.example.org")
    tab.click("form[data-reply] button[type=submit]")

    summary = tab.locator(".summary")
    expect(summary).to_be_focused()
    expect(summary.locator("li")).to_have_count(3)
    expect(tab).to_have_title("Error: " + tab.title().removeprefix("Error: "))
    expect(tab.locator("#email")).to_have_attribute("aria-invalid", "true")
    expect(tab.locator("#email")).to_have_value("ada.example.org")

    fill(tab, "Now it is *whole*.")
    tab.click("form[data-reply] button[type=submit]")

    waiting = tab.locator(".thread .waiting")
    expect(waiting).to_be_focused()
    expect(waiting.locator("em")).to_have_text("whole")
    expect(summary).to_have_count(0)
    expect(tab.locator(".field.wrong")).to_have_count(0)
    expect(tab.locator("#comment")).to_have_value("")
    assert tab.url.endswith(ARTICLE)
    assert live.ctx.store.list_comments(newest_first=True)[0].state == "pending"


def test_a_waiting_comment_is_still_there_on_the_next_visit_until_it_is_on_the_page(tab: Page, live: House) -> None:
    tab.goto(ARTICLE)
    fill(tab, "Shall I be read?")
    tab.click("form[data-reply] button[type=submit]")
    expect(tab.locator(".waiting", has_text="Shall I be read?")).to_be_visible()

    tab.reload()
    expect(tab.locator(".waiting", has_text="Shall I be read?")).to_be_visible()

    newest = live.ctx.store.list_comments(newest_first=True)[0].id
    moderate.approve(live.ctx, "command line", newest)
    tab.reload()
    expect(tab.locator(f"#comment-{newest}")).to_contain_text("Shall I be read?")
    expect(tab.locator(".waiting", has_text="Shall I be read?")).to_have_count(0)


def test_a_draft_survives_leaving_the_page_and_holds_no_name(tab: Page) -> None:
    tab.goto(ARTICLE)
    fill(tab, "Half a thou")
    wait_for(lambda: "Half a thou" in tab.evaluate("JSON.stringify(localStorage)"), "the draft to be kept")
    kept = tab.evaluate("JSON.stringify(localStorage)")
    tab.goto("/")
    tab.goto(ARTICLE)

    expect(tab.locator("#comment")).to_have_value("Half a thou")
    expect(tab.locator("#name")).to_have_value("")
    assert "Half a thou" in kept
    assert "Specimen" not in kept
    assert "ada@" not in kept


def test_a_reply_is_written_under_what_it_answers(tab: Page, live: House) -> None:
    tab.goto(ARTICLE)
    fill(tab, "Something to answer.")
    tab.click("form[data-reply] button[type=submit]")
    expect(tab.locator(".waiting", has_text="Something to answer.")).to_be_visible()
    parent = live.ctx.store.list_comments(newest_first=True)[0].id
    moderate.approve(live.ctx, "command line", parent)
    live.clock.move(minutes=1)
    tab.reload()

    link = tab.locator(f"#comment-{parent} a.reply")
    link.click()
    expect(tab.locator("#comment")).to_be_focused()
    expect(tab.locator("h4")).to_have_text("Leave a Reply to Ada Specimen")
    tab.get_by_role("button", name="Cancel reply").click()
    expect(link).to_be_focused()
    link.click()
    fill(tab, "An answer.")
    tab.click("form[data-reply] button[type=submit]")

    expect(tab.locator(".waiting", has_text="An answer.")).to_be_focused()
    assert live.ctx.store.list_comments(newest_first=True)[0].parent == parent


def test_where_the_script_gets_no_good_answer_the_form_is_sent_plainly(tab: Page) -> None:
    tab.goto(ARTICLE)
    tab.route(f"**/comments/{THREAD}/token", lambda route: route.fulfill(status=500, body="oh"))
    fill(tab, "By the old way.")
    tab.click("form[data-reply] button[type=submit]")

    expect(tab.get_by_role("heading", name="Look at your comment")).to_be_visible()
    tab.get_by_role("button", name="Post comment").click()
    expect(tab.locator(".waiting")).to_contain_text("By the old way.")
    kept = "Object.keys(localStorage).some((key) => key.startsWith('waiting:'))"
    wait_for(lambda: tab.evaluate(kept), "the script to note where the comment waits")
    tab.goto(ARTICLE)
    expect(tab.locator("#comment")).to_have_value("")
    expect(tab.locator(".thread .waiting", has_text="By the old way.")).to_be_visible()


def test_offline_the_page_stays_with_the_text_and_says_so(tab: Page) -> None:
    tab.goto(ARTICLE)
    fill(tab, "Written on a train.")
    expect(tab.locator("[name=token]")).not_to_have_value("")  # the script is there
    tab.context.set_offline(True)
    tab.click("form[data-reply] button[type=submit]")

    summary = tab.locator(".summary")
    expect(summary).to_be_focused()
    expect(summary).to_contain_text("Your reply was not sent: the site cannot be reached just now.")
    assert tab.url.endswith(ARTICLE)
    expect(tab.locator("#comment")).to_have_value("Written on a train.")
    expect(tab.locator("#email")).to_have_value("ada@example.org")

    tab.context.set_offline(False)
    tab.click("form[data-reply] button[type=submit]")
    expect(tab.locator(".thread .waiting", has_text="Written on a train.")).to_be_focused()
    expect(summary).to_have_count(0)


def test_a_broken_answer_is_sent_again_as_a_form_and_stored_once(tab: Page, live: House) -> None:
    tab.goto(ARTICLE)
    fill(tab, "Only one of me.")

    def spoil(route: object) -> None:
        if route.request.headers.get("accept") == "application/json":  # type: ignore[attr-defined]
            route.fetch()  # type: ignore[attr-defined]
            route.fulfill(status=502, body="<html>")  # type: ignore[attr-defined]
        else:
            route.continue_()  # type: ignore[attr-defined]

    tab.route(f"**/comments/{THREAD}", spoil)
    tab.click("form[data-reply] button[type=submit]")

    expect(tab.locator(".waiting")).to_contain_text("Only one of me.")
    assert "/comments/mine/" in tab.url
    assert live.ctx.store.count_comments(query="Only one of me") == 1


def test_without_the_script_focus_lands_on_what_is_wrong(live: House, chromium: Browser) -> None:
    context = chromium.new_context(base_url=live.service.site_url, java_script_enabled=False)
    plain = context.new_page()
    plain.goto(ARTICLE)
    plain.click("form[data-reply] button[type=submit]")

    expect(plain).to_have_title("Error: Leave a Reply | Practice Notes")
    expect(plain.locator(".summary:focus")).to_have_count(1)
    context.close()


def test_back_twice_without_the_script_leads_to_what_was_typed(live: House, chromium: Browser) -> None:
    live.clock.move(minutes=1)
    context = chromium.new_context(base_url=live.service.site_url, java_script_enabled=False)
    plain = context.new_page()
    plain.goto(ARTICLE)
    fill(plain, "There and back.")
    plain.fill("#email", "ada")
    plain.click("form[data-reply] button[type=submit]")
    plain.fill("#email", "ada@example.org")
    plain.click("form[data-reply] button[type=submit]")
    plain.get_by_role("button", name="Post comment").click()
    expect(plain.locator(".waiting")).to_contain_text("There and back.")

    plain.go_back()
    expect(plain.get_by_role("heading", name="Look at your comment")).to_be_visible()
    expect(plain.locator(".said")).to_contain_text("There and back.")
    plain.go_back()
    expect(plain.locator(".summary")).to_be_visible()
    expect(plain.locator("#comment")).to_have_value("There and back.")
    context.close()

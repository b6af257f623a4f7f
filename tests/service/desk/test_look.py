"""The desk in a real browser: for everybody's eyes and hands, with scripts and without."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from comments.actions import accounts, invitations, mine, moderate
from tests.service.actions.apps import App
from tests.service.desk.running import AXE, SIDEWAYS, UNFOLD, WRONG, Place, emptied, number_of, ready, running
from tests.service.desk.test_forms import PAGES
from tests.service.web.house import OPEN, ROOT, House

pytestmark = pytest.mark.browser

STATIC = ROOT / "comments" / "static"

LONG = pytest.mark.long


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory, output: Path) -> Iterator[Place]:
    with running(tmp_path_factory.mktemp("desk"), output) as made:
        yield made


@pytest.fixture
def full(place: Place) -> Place:
    """The desk with something of everything."""
    return emptied(place)


@pytest.mark.parametrize(
    ("width", "scheme"),
    [(320, "light"), (1280, "dark"), pytest.param(320, "dark", marks=LONG), pytest.param(1280, "light", marks=LONG)],
)
def test_every_page_is_for_everybody(full: Place, chromium: Browser, width: int, scheme: Any) -> None:
    house = full.house
    number = number_of(house, "Second")
    moderate.approve(house.ctx, "command line", number)
    token = house.ctx.tokens.sign("mine", {"comment": number})
    mine.edit(house.ctx, token, "Changed words here.", house.ctx.store.get_comment(number).version)
    context = full.enter(chromium, viewport=ViewportSize(width=width, height=800), color_scheme=scheme)
    page = context.new_page()

    own = (f"/desk/comments/{number}/", f"/desk/comments/{number}/edit")
    for path in (*PAGES, *own, "/desk/?q=nowhere", "/desk/comments/0/"):
        page.goto(full.url + path)
        page.evaluate(UNFOLD)
        page.add_script_tag(path=str(AXE))
        assert page.evaluate(WRONG) == [], (path, width, scheme)
        assert not page.evaluate(SIDEWAYS), (path, width)
    context.close()


def test_letters_about_one_article_are_for_everybody_to_switch(place: Place, chromium: Browser) -> None:
    """Without scripts, by keyboard, on a small screen; for moderators and for authors."""
    ctx = place.house.ctx
    links = {
        "Marta": accounts.sign_in_link(ctx, "Marta"),
        "Mara": accounts.sign_in_link(ctx, "Mara", "author", author="ada"),
    }
    for account in ctx.store.list_accounts():
        accounts.set_address(ctx, "command line", account.id, "desk@example.org")
    small = ViewportSize(width=320, height=700)
    for name, path in (("Marta", f"/desk/articles/{OPEN}/"), ("Mara", "/desk/")):
        context = chromium.new_context(bypass_csp=True, viewport=small, java_script_enabled=False)
        page = context.new_page()
        page.goto(place.url + links[name])
        page.get_by_role("button", name="Sign in").press("Enter")
        page.goto(place.url + path)
        for label in ("No letters", "Letters again"):
            page.get_by_role("button", name=label).first.press("Enter")
            expect(page.locator("#receipt")).to_contain_text("etters about this article")
            page.goto(place.url + path)
        seen = chromium.new_context(bypass_csp=True, viewport=small, storage_state=context.storage_state()).new_page()
        seen.goto(place.url + path)
        seen.add_script_tag(path=str(AXE))
        assert seen.evaluate(WRONG) == [], name
        assert not seen.evaluate(SIDEWAYS), name
        seen.context.close()
        context.close()


def test_the_door_is_for_everybody(place: Place, chromium: Browser) -> None:
    context = chromium.new_context(bypass_csp=True, viewport=ViewportSize(width=320, height=700))
    page = context.new_page()
    link = accounts.sign_in_link(place.house.ctx, "Marta")

    for path in ("/desk/sign-in", link, f"{link}x", "/desk/forgotten", *mailed(place.house)):
        page.goto(place.url + path)
        page.add_script_tag(path=str(AXE))
        assert page.evaluate(WRONG) == [], path
        assert not page.evaluate(SIDEWAYS)
    context.close()


def mailed(house: House) -> list[str]:
    """The addresses in letters that let somebody in, good ones and bad ones."""
    invited = invitations.invite(house.ctx, "command line", "guest@example.org", "moderator", name="Guest")
    account = house.ctx.store.find_account("Marta")
    bound = {"account": account.id if account else 0, "mark": house.ctx.vault.mark(b"")}
    good = [
        invitations.path_of(house.ctx, "command line", invited.id),
        f"/desk/reset/{house.ctx.tokens.sign('reset', bound)}",
    ]
    return [*good, *(f"{path}x" for path in good)]


@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), pytest.param(1280, "light", marks=LONG)])
def test_the_second_step_is_set_up_with_the_keyboard_alone_and_without_scripts(
    place: Place, chromium: Browser, width: int, scheme: Any
) -> None:
    house, password = place.house, "eleven quiet kettles"
    name = f"Wren {width}"
    accounts.sign_in_link(house.ctx, name)
    account = house.ctx.store.find_account(name)
    assert account
    accounts.set_password(house.ctx, "command line", account.id, password)
    context = chromium.new_context(
        viewport=ViewportSize(width=width, height=700), color_scheme=scheme, java_script_enabled=False
    )
    page = context.new_page()

    def sign_in() -> None:
        page.goto(f"{place.url}/desk/sign-in")
        page.get_by_label("Name").fill(name)
        page.get_by_label("Password", exact=True).fill(password)
        page.keyboard.press("Enter")

    sign_in()
    expect(page.get_by_role("heading", level=1)).to_have_text("Waiting comments")
    house.clock.move(minutes=11)
    page.goto(f"{place.url}/desk/settings/second-step")
    page.get_by_role("button", name="Begin").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Is it you?")
    looked_at(page, chromium, width, scheme)
    page.get_by_label("Your password").fill(password)
    page.keyboard.press("Enter")
    expect(page.get_by_role("img", name="The key below")).to_be_visible()
    looked_at(page, chromium, width, scheme)
    app = App(page.locator("#key").inner_text())
    page.get_by_label("2. The code").fill("000 000")
    page.keyboard.press("Enter")
    expect(page.locator("#summary")).to_be_visible()
    page.get_by_label("2. The code").fill(app.code(house.clock()))
    page.keyboard.press("Enter")
    expect(page.locator("#codes code")).to_have_count(10)
    looked_at(page, chromium, width, scheme)
    context.clear_cookies()
    sign_in()
    expect(page.get_by_role("heading", level=1)).to_have_text("The code from your app")
    looked_at(page, chromium, width, scheme)
    house.clock.move(minutes=1)
    page.get_by_label("Six digits").fill(app.code(house.clock()))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Waiting comments")
    context.close()


def looked_at(page: Page, browser: Browser, width: int, scheme: Any) -> None:
    """The same page where axe can run: it needs scripts, which the page itself goes without."""
    if folder := os.environ.get("PN_TEST_SHOTS"):
        page.screenshot(path=f"{folder}/{width}-{page.title().split('·')[0].strip()}.png", full_page=True)
    context = browser.new_context(bypass_csp=True, viewport=ViewportSize(width=width, height=700), color_scheme=scheme)
    twin = context.new_page()
    twin.route(page.url, lambda route: route.fulfill(body=page.content(), content_type="text/html"))
    twin.goto(page.url)
    twin.add_script_tag(path=str(AXE))
    assert twin.evaluate(WRONG) == [], page.title()
    assert not twin.evaluate(SIDEWAYS), page.title()
    context.close()


@pytest.mark.parametrize("scripts", [True, False])
def test_a_queue_is_worked_off_with_the_keyboard_alone(full: Place, chromium: Browser, scripts: bool) -> None:
    context = full.enter(chromium, java_script_enabled=scripts)
    page = context.new_page()
    page.goto(f"{full.url}/desk/")
    publish = page.get_by_role("article", name="First").get_by_role("button", name="Publish", exact=True)

    for _ in range(40):
        page.keyboard.press("Tab")
        if publish.evaluate("button => button === document.activeElement"):
            break
    page.keyboard.press("Enter")

    expect(page).to_have_title("Published. It is on the page. 2 waiting · Notes")
    expect(page.locator("#receipt")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Undo")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#receipt")).to_contain_text("Undone.")
    expect(page.get_by_role("article", name="First")).to_be_visible()
    context.close()


def test_single_letters_do_what_the_buttons_do(full: Place, chromium: Browser) -> None:
    context = full.enter(chromium)
    page = context.new_page()
    page.goto(f"{full.url}/desk/")
    ready(page)

    page.keyboard.press("j")
    expect(page.get_by_role("article", name="First")).to_be_focused()
    page.keyboard.press("s")
    expect(page.locator("#receipt")).to_contain_text("Filed under spam.")
    ready(page)
    page.keyboard.press("u")
    expect(page.locator("#receipt")).to_contain_text("Undone.")
    ready(page)
    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(page.locator(".pick:checked")).to_have_count(1)
    expect(page.locator(".bulk")).to_be_visible()
    page.keyboard.press("/")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.type("spb")
    expect(page.locator("#q")).to_have_value("spb")
    page.goto(f"{full.url}/desk/")
    ready(page)
    page.keyboard.press("j")
    page.keyboard.press("r")
    expect(page.get_by_role("heading", name="Reply and publish")).to_be_visible()
    assert full.house.ctx.store.count_by_state()["pending"] == 3
    context.close()


def test_what_was_not_read_whole_is_not_decided_on(full: Place, chromium: Browser) -> None:
    context = full.enter(chromium)
    page = context.new_page()
    page.goto(f"{full.url}/desk/")
    ready(page)
    item = page.get_by_role("article", name="Third")

    expect(item.get_by_role("button", name="Publish", exact=True)).to_be_hidden()
    item.focus()
    page.keyboard.press("p")
    expect(item.locator("summary")).to_be_focused()
    expect(item.get_by_role("button", name="Publish", exact=True)).to_be_visible()
    assert full.house.ctx.store.count_by_state()["pending"] == 3
    context.close()


def test_the_bar_for_many_counts_and_comes_along(full: Place, chromium: Browser) -> None:
    context = full.enter(chromium, java_script_enabled=False, viewport=ViewportSize(width=360, height=700))
    page = context.new_page()
    page.goto(f"{full.url}/desk/")
    expect(page.locator(".bulk")).to_be_hidden()

    page.get_by_label("Select the comment by First").check()

    expect(page.locator(".bulk")).to_be_in_viewport()
    page.get_by_role("link", name="Select all 3").click()
    page.locator(".bulk").get_by_role("button", name="Bin").click()
    expect(page.locator("#receipt")).to_contain_text("3 in the bin.")
    context.close()


def test_one_thumb_is_enough(full: Place, chromium: Browser) -> None:
    phone = {"viewport": ViewportSize(width=360, height=720), "has_touch": True, "java_script_enabled": False}
    context = full.enter(chromium, **phone)
    page = context.new_page()
    page.goto(f"{full.url}/desk/one-by-one/")

    for name in ("First", "Second"):
        expect(page.get_by_role("heading", level=1)).to_have_text(name)
        button = page.get_by_role("button", name="Publish", exact=True)
        expect(button).to_be_in_viewport()
        box = button.bounding_box()
        assert box is not None
        assert box["height"] >= 44
        button.tap()
        expect(page.locator("#receipt")).to_be_in_viewport()
    context.close()


def test_the_menu_opens_from_below_without_scripts(full: Place, chromium: Browser) -> None:
    context = full.enter(chromium, java_script_enabled=False, viewport=ViewportSize(width=360, height=720))
    page = context.new_page()
    page.goto(f"{full.url}/desk/")

    page.get_by_role("button", name="Menu").click()

    expect(page.get_by_role("link", name="Record")).to_be_visible()
    page.get_by_role("link", name="Record").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Record")
    context.close()


@pytest.mark.parametrize("scripts", [True, False])
def test_one_goes_back_to_a_release_and_forward_again_with_the_keyboard(
    full: Place, chromium: Browser, scripts: bool
) -> None:
    context = full.enter(chromium, java_script_enabled=scripts, viewport=ViewportSize(width=360, height=720))
    page = context.new_page()
    page.goto(f"{full.url}/desk/publication/")

    for way, button, told in (
        ("Go back to 1 …", "Show release 1", "Readers see release 1 again"),
        ("Show 2 again …", "Show release 2", "Readers see release 2 again"),
    ):
        page.get_by_role("link", name="Releases", exact=True).press("Enter")
        expect(page.get_by_role("heading", name="Releases")).to_be_in_viewport()
        page.get_by_role("link", name=way).press("Enter")
        page.get_by_role("button", name=button).press("Enter")
        expect(page.locator("#receipt")).to_be_focused()
        expect(page.locator("#receipt")).to_contain_text(told)
    context.close()


def test_plots_are_drawn_in_forced_colours_and_printed_with_their_tables(full: Place, chromium: Browser) -> None:
    fill = "() => ['.bar', '.open'].map(part => getComputedStyle(document.querySelector(part)).fill)"
    drawn = {}
    for colours in ("active", "none"):
        context = full.enter(chromium, forced_colors=colours)
        page = context.new_page()
        page.goto(f"{full.url}/desk/publication/")
        drawn[colours] = page.evaluate(fill)
        expect(page.locator("table.plain").first).to_be_hidden()
        page.emulate_media(media="print", forced_colors="none")
        expect(page.locator("table.plain").first).to_be_visible()
        expect(page.locator(".rail")).to_be_hidden()
        assert not page.evaluate(SIDEWAYS)
        context.close()

    assert all(solid != hollow for solid, hollow in drawn.values())
    assert drawn["active"] != drawn["none"]


def test_nothing_is_refused_by_our_own_policy(full: Place, chromium: Browser) -> None:
    context = full.enter(chromium)
    strict = chromium.new_context(storage_state=context.storage_state())
    page = strict.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))

    for path in PAGES:
        page.goto(full.url + path)

    assert [text for text in said if "Policy" in text] == []
    strict.close()
    context.close()


def test_style_and_script_stay_small() -> None:
    assert (STATIC / "desk.css").stat().st_size <= 20_000
    assert (STATIC / "desk.js").stat().st_size <= 4_000

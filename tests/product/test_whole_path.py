"""Read, reply, correct, wait, approve, read again: the whole path in a real browser, with JavaScript and without."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.product.conftest import Installation, wait_for

pytestmark = pytest.mark.browser

TEXT = "A plain sentence about waiting rooms.\n\nAnd a second paragraph with *emphasis*."


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def browser(request: pytest.FixtureRequest, chromium: Browser) -> Iterator[BrowserContext]:
    context = chromium.new_context(java_script_enabled=request.param)
    context.set_default_timeout(15_000)
    yield context
    context.close()


def fill(page: Page, **fields: str) -> None:
    for name, value in fields.items():
        page.locator(f"form[data-reply] [name={name}]").fill(value)


def submit(page: Page) -> None:
    page.locator("form[data-reply] button[type=submit]").first.click()


@pytest.mark.parametrize(
    ("left_out", "sentence"),
    [("comment", "comment"), ("name", "name"), ("email", "email")],
)
def test_a_mistake_keeps_the_text_and_takes_the_reader_to_it(
    installation: Installation, browser: BrowserContext, left_out: str, sentence: str
) -> None:
    page = browser.new_page()
    page.goto(f"{installation.url}/2026/supervision-online/")
    typed = {"comment": TEXT, "name": "Ada Specimen", "email": "ada@example.org"} | {left_out: ""}
    fill(page, **typed)

    submit(page)

    summary = page.locator(".summary")
    expect(summary).to_be_visible()
    expect(summary).to_be_focused()
    expect(summary.get_by_role("link")).to_have_count(1)
    error = page.locator(f"#{left_out}-error")
    expect(error).to_contain_text(re.compile(sentence, re.IGNORECASE))
    expect(page.locator(f"[name={left_out}]").first).to_have_attribute("aria-invalid", "true")
    for name, value in typed.items():
        assert page.locator(f"form[data-reply] [name={name}]").input_value().replace("\r\n", "\n") == value
    summary.get_by_role("link").click()
    expect(page.locator(f"form[data-reply] [name={left_out}]")).to_be_focused()


def test_a_reply_is_written_corrected_approved_and_read_with_the_service_stopped(
    installation: Installation, browser: BrowserContext, chromium: Browser
) -> None:
    page = browser.new_page()
    name = f"Ada {id(browser)}"
    page.goto(f"{installation.url}/2026/silence-in-text/")

    fill(page, name=name, email="ada@example.org")
    submit(page)
    expect(page.locator(".summary")).to_be_focused()
    fill(page, comment=f"{TEXT} By {name}.")
    submit(page)
    waiting, preview = page.locator(".comment.waiting"), page.get_by_role("heading", name="Look at your comment")
    expect(waiting.or_(preview)).to_be_visible()
    if preview.is_visible():
        page.get_by_role("button", name="Post comment").click()
    expect(waiting).to_contain_text("And a second paragraph")
    expect(waiting).to_contain_text(name)
    assert name not in installation.page("/2026/silence-in-text/")

    approve(installation, chromium, name)

    wait_for(lambda: name in installation.page("/2026/silence-in-text/"), "the comment in the page")
    installation.stop()
    html = installation.page("/2026/silence-in-text/")
    installation.start()
    assert "<em>emphasis</em>" in html
    assert "ada@example.org" not in html


def approve(installation: Installation, chromium: Browser, name: str) -> None:
    """What the moderator does: the one-time link, the queue, one click."""
    desk = chromium.new_context(java_script_enabled=False)
    page = desk.new_page()
    page.goto(installation.sign_in_link())
    page.get_by_role("button", name="Sign in").click()
    page.goto(f"{installation.url}/desk/")
    item = page.locator("article, li, section").filter(has_text=name).last
    item.get_by_role("button", name="Publish", exact=True).click()
    expect(page.locator("#receipt")).to_contain_text("Published")
    desk.close()

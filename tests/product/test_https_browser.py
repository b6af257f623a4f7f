"""The same in Chromium itself, through a proxy that speaks https: what a browser really sends passes."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from tests.product.conftest import Installation, free_port, wait_for
from tests.product.pages import open_threads
from tests.product.tls_proxy import https_in_front_of

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    folder, port = tmp_path_factory.mktemp("https-browser"), free_port()
    installation = Installation(folder, {"PN_SITE_URL": f"https://localhost:{port}", "PN_PROXIES": "1"})
    installation.set_up()
    installation.start()
    try:
        with https_in_front_of(installation.port, port, folder):
            yield installation
    finally:
        installation.stop()


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def context(request: pytest.FixtureRequest, chromium: Browser) -> Iterator[BrowserContext]:
    made = chromium.new_context(java_script_enabled=request.param, ignore_https_errors=True)
    made.set_default_timeout(15_000)
    yield made
    made.close()


def test_a_reply_a_change_of_mind_and_a_decision_go_through_https(
    place: Installation, context: BrowserContext, request: pytest.FixtureRequest
) -> None:
    page, thread = context.new_page(), open_threads(place)[0]
    name = f"Ada {request.node.callspec.id}"
    page.goto(place.url + thread.path)
    for field, text in {"comment": f"Sealed words of {name}.", "name": name, "email": "ada@example.org"}.items():
        page.locator(f"form[data-reply] [name={field}]").fill(text)
    page.locator("form[data-reply] button[type=submit]").first.click()
    waiting, preview = page.locator(".comment.waiting"), page.get_by_role("heading", name="Look at your comment")
    expect(waiting.or_(preview)).to_be_visible()
    if preview.is_visible():
        page.get_by_role("button", name="Post comment").click()
    else:
        waiting.get_by_role("link", name="Edit or delete it").click()
    page.get_by_role("textbox", name="Comment").fill(f"Opened words of {name}.")
    page.get_by_role("button", name="Save the change").click()
    expect(page.locator(".comment.waiting")).to_contain_text(f"Opened words of {name}.")
    page.get_by_role("button", name="Send me the link").click()
    expect(page.get_by_role("status")).to_contain_text("on its way")

    page.goto(place.sign_in_link())
    page.get_by_role("button", name="Sign in").click()
    item = page.locator("article.item").filter(has_text=name)
    item.get_by_role("button", name="Publish", exact=True).click()
    expect(page.locator("#receipt")).to_contain_text("Published")
    page.locator("#receipt").get_by_role("button", name="Undo").click()
    expect(page.locator("article.item").filter(has_text=name)).to_be_visible()
    page.locator("article.item").filter(has_text=name).get_by_role("button", name="Publish", exact=True).click()

    wait_for(lambda: f"Opened words of {name}." in place.page(thread.path), "the comment in the page")
    cookies = {cookie["name"]: cookie for cookie in context.cookies()}
    assert cookies.keys() >= {"__Host-person", "__Host-desk"}
    assert all(cookie["secure"] and cookie["httpOnly"] for cookie in cookies.values())

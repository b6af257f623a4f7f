"""Hundreds of hostile comments, in a real page and on the real desk, opened in a real browser."""

import json
import urllib.request
import xml.etree.ElementTree as ElementTree
from datetime import UTC, datetime
from typing import Any

import pytest
from feedparser import parse
from playwright.sync_api import Browser, BrowserContext

from comments import markup
from comments.model import NewComment
from comments.runtime import open_runtime, read_settings
from tests.product.conftest import Installation, wait_for
from tests.service.markup.hostile import COMMENTS, NAMES, WEBSITES
from tests.service.markup.policy import breaches

pytestmark = pytest.mark.browser

ATOM = "{http://www.w3.org/2005/Atom}"
SHOWN, WAITING = "silence-in-text", "supervision-online"


@pytest.fixture(scope="module")
def besieged(installation: Installation) -> Installation:
    """An installation whose one thread shows every hostile comment, and whose desk has as many waiting."""
    with open_runtime(read_settings(installation.environment)) as runtime, runtime.store.write():
        for thread, state in ((SHOWN, "approved"), (WAITING, "pending")):
            for number, source in enumerate(COMMENTS):
                text = markup.normalise(source) or "nothing left"
                comment = NewComment(
                    thread=thread,
                    name=markup.line(NAMES[number % len(NAMES)])[:200] or "nobody",
                    website=WEBSITES[number % len(WEBSITES)],
                    source=text,
                    html=markup.render(text),
                    markup=markup.VERSION,
                    state=state,  # type: ignore[arg-type]  # one of two literals
                    created=datetime(2026, 11, 1, 12, tzinfo=UTC),
                )
                runtime.store.add_comment(comment)
    last = f"comment-{len(COMMENTS)}"
    feed = installation.var / "current" / "public" / "feeds" / "comments.atom"
    wait_for(lambda: f'id="{last}"' in installation.page(f"/2026/{SHOWN}/"), "the sweep to publish them")
    wait_for(lambda: feed.exists() and SHOWN in feed.read_text(), "the feed of the site, which is written last")
    return installation


class Watch:
    """Notes everything a page must not do."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.noted: list[str] = []
        self.address = address
        self.page = context.new_page()
        self.page.on("dialog", lambda dialog: (self.noted.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        self.page.on("pageerror", lambda error: self.noted.append(f"error: {error}"))
        self.page.on("console", lambda message: self.noted.append(f"console: {message.text}"))
        self.page.on("request", self.request)
        self.page.on("response", self.response)

    def request(self, request: Any) -> None:
        if not request.url.startswith((self.address, "data:")):
            self.noted.append(f"request: {request.url}")

    def response(self, response: Any) -> None:
        if response.status >= 400:
            self.noted.append(f"{response.status}: {response.url}")

    def open(self, path: str) -> None:
        self.page.goto(self.address + path)
        self.page.evaluate("scrollTo(0, document.body.scrollHeight)")
        assert self.page.evaluate("window.ran") is None
        hrefs = self.page.eval_on_selector_all("a[href]", "links => links.map(link => link.protocol)")
        assert set(hrefs) <= {"http:", "https:", "mailto:"}
        handlers = "[...document.querySelectorAll('*')].some(e => [...e.attributes].some(a => a.name.startsWith('on')))"
        assert not self.page.evaluate(handlers)


def test_nothing_runs_in_the_article_and_on_the_desk(besieged: Installation, chromium: Browser) -> None:
    context = chromium.new_context()
    watch = Watch(context, besieged.url)

    watch.open(f"/2026/{SHOWN}/")
    shown = watch.page.locator("article.comment").count()
    watch.page.goto(besieged.sign_in_link())
    watch.page.get_by_role("button", name="Sign in").click()
    pages = 0
    for tab in ("/desk/", "/desk/published/"):
        watch.open(tab)
        pages += 1
        while (more := watch.page.locator("a[rel=next]")).count():
            watch.open(str(more.first.get_attribute("href")))
            pages += 1
    watch.open("/desk/one-by-one/")
    watch.open("/desk/record/")
    context.close()

    assert shown == len(COMMENTS) >= 200
    assert pages > 4
    assert not watch.noted, "\n".join(watch.noted)


def test_feeds_and_answers_for_machines_stay_whole(besieged: Installation) -> None:
    public = besieged.var / "current" / "public"
    for feed in (public / "2026" / SHOWN / "comments.atom", public / "feeds" / "comments.atom"):
        parsed = parse(feed.read_bytes())
        assert not parsed.bozo, parsed.get("bozo_exception")
        written = ElementTree.parse(feed).iter(f"{ATOM}content")
        assert [breach for content in written for breach in breaches(content.text or "")] == []

    request = urllib.request.Request(f"{besieged.url}/comments/{SHOWN}", headers={"Accept": "application/json"})
    with urllib.request.urlopen(request, timeout=10) as answer:
        comments = json.load(answer)["comments"]

    assert len(comments) == len(COMMENTS)

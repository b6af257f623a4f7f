"""Every kind of page, with real data: no barrier axe can find, valid HTML, no sideways scrolling, no policy broken."""

import json
import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route

from tests.product.conftest import Installation

pytestmark = pytest.mark.browser

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
THREAD = "/2026/text-chat-video/"
PUBLIC = [
    "/",
    THREAD,
    "/2026/secret-professionnel-en-ligne/",
    "/2026/crisis-at-a-distance/",
    "/archive/",
    "/topics/",
    "/topics/ethics/",
    "/tags/records/",
    "/authors/",
    "/authors/mara-example/",
    "/resources/",
    "/resources/kind/book/",
    "/resources/suler-2004/",
    "/about/",
    "/privacy/",
    "/search/",
    "/search/?q=silence",
    "/search/?q=nothingofthekind",
    "/search/?q=consant",
    "/search/?q=the&page=2&topic=practice&language=en",
    "/search/?q=secret&lang=fr",
    "/nowhere/",
    "/comments/privacy",
]
DESK = [
    "/desk/",
    "/desk/published/",
    "/desk/spam/",
    "/desk/bin/",
    "/desk/?q=nothingofthekind",
    "/desk/one-by-one/",
    "/desk/articles/",
    "/desk/articles/text-chat-video/",
    "/desk/record/",
    "/desk/mail/",
    "/desk/publication/",
    "/desk/publication/releases/1/",
    "/desk/settings/",
    "/desk/people/",
    "/desk/lists/",
    "/desk/people/1",
    "/desk/insights/",
    "/desk/writers/1/",
    "/desk/settings/second-step",
]


@pytest.fixture(scope="module")
def examples(installation: Installation) -> Installation:
    installation.command("comments", "load-examples")
    return installation


@pytest.fixture(scope="module")
def desk_state(examples: Installation, chromium: Browser) -> dict[str, object]:
    """The cookies of a moderator who has signed in."""
    context = chromium.new_context()
    page = context.new_page()
    page.goto(examples.sign_in_link())
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/desk/**")
    state = dict(context.storage_state())
    context.close()
    return state


LONG = pytest.mark.long
# Each width and each scheme in every run; all four pairs in the long one.
VIEWS = [
    (320, "dark"),
    (1280, "light"),
    pytest.param((320, "light"), marks=LONG),
    pytest.param((1280, "dark"), marks=LONG),
]


@pytest.fixture(params=VIEWS, ids=lambda p: f"{p[0]}-{p[1]}")
def context(
    request: pytest.FixtureRequest, chromium: Browser, desk_state: dict[str, object]
) -> Iterator[BrowserContext]:
    width, scheme = request.param
    context = chromium.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, storage_state=desk_state, reduced_motion="reduce"
    )
    context.set_default_timeout(15_000)
    context.route(re.compile(r"/js/reply\.\w+\.js"), lambda route: route.abort())  # the forms as without scripts
    yield context
    context.close()


class Inspection:
    """Collects what is wrong with the pages it is shown."""

    def __init__(self, context: BrowserContext, installation: Installation) -> None:
        self.page = context.new_page()
        self.installation = installation
        self.faults: list[str] = []
        self.page.on("console", self.note)

    def note(self, message: object) -> None:
        text = getattr(message, "text", "")
        if "Content Security Policy" in text or "Refused" in text:
            self.faults.append(f"{self.page.url}: {text}")

    def visit(self, path: str) -> Page:
        self.page.goto(self.installation.url + path)
        self.inspect(path)
        return self.page

    def inspect(self, name: str) -> None:
        page = self.page
        page.wait_for_load_state("load")  # with its styles: contrast is measured
        width = page.viewport_size["width"] if page.viewport_size else 0
        if (wide := page.evaluate("document.documentElement.scrollWidth")) > width:
            self.faults.append(f"{name}: scrolls sideways, {wide} px at {width}")
        page.evaluate(AXE)
        found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        for violation in found["violations"]:
            places = "; ".join(node["html"][:160] for node in violation["nodes"][:3])
            self.faults.append(f"{name}: {violation['id']}: {violation['help']}: {places}")


def test_public_pages_have_no_barrier(context: BrowserContext, examples: Installation) -> None:
    inspection = Inspection(context, examples)

    for path in PUBLIC:
        inspection.visit(path)

    assert not inspection.faults, "\n".join(inspection.faults)


def test_the_reply_with_all_its_answers_has_no_barrier(context: BrowserContext, examples: Installation) -> None:
    inspection = Inspection(context, examples)

    walk_the_reply(inspection)

    assert not inspection.faults, "\n".join(inspection.faults)


def walk_the_reply(inspection: Inspection) -> None:
    """The form with errors, the preview, the waiting page, an error there, a link that is none."""
    page = inspection.visit(THREAD)
    submit = "form[data-reply] button[type=submit]"
    page.click(submit)
    page.wait_for_selector(".summary")
    inspection.inspect("the form with errors")
    viewport = page.viewport_size or {}
    page.fill("[name=comment]", f"One more thought about the gap, at {viewport} {page.evaluate('Math.random()')}.")
    page.fill("[name=name]", "Robin Example")
    page.fill("[name=email]", "robin@example.org")
    page.click(submit)
    page.wait_for_selector("form.acts")
    inspection.inspect("the preview")
    page.get_by_role("button", name="Change it").click()
    page.wait_for_selector("form[data-reply]")
    inspection.inspect("changing it")
    page.click(submit)
    page.wait_for_url("**/comments/mine/**")
    inspection.inspect("the waiting page")
    page.fill("[name=comment]", "")
    page.get_by_role("button", name="Save the change").click()
    page.wait_for_selector(".summary")
    inspection.inspect("the waiting page with an error")
    page.goto(inspection.installation.url + THREAD)
    page.locator("a.reply").first.click()
    page.wait_for_url("**/reply/*")  # the article has such a form too
    inspection.inspect("answering one comment")
    inspection.visit("/comments/mine/nonsense")
    inspection.visit("/comments/moderate/nonsense")


def test_desk_pages_have_no_barrier(context: BrowserContext, examples: Installation) -> None:
    inspection = Inspection(context, examples)

    for path in DESK:
        inspection.visit(path)
    walk_the_desk(inspection)

    assert not inspection.faults, "\n".join(inspection.faults)


def walk_the_desk(inspection: Inspection) -> None:
    """One comment with its folds, editing, answering, erasing, and the receipt of an act."""
    page = inspection.visit("/desk/")
    number = page.locator("a[href*='/desk/comments/']").first.get_attribute("href")
    assert number is not None
    item = number.split("?")[0].split("#")[0]
    for path in (item, f"{item}edit", f"{item}reply", f"{item}erase"):
        page = inspection.visit(path)
    page.goto(f"{inspection.installation.url}/desk/")
    page.get_by_role("button", name="Publish", exact=True).first.click()
    page.wait_for_selector("#receipt")
    inspection.inspect("the receipt")
    page.locator("#receipt").get_by_role("button", name=re.compile("Undo")).click()
    page.wait_for_selector("#receipt")
    inspection.inspect("the receipt of an undo")


def test_the_ways_into_the_desk_have_no_barrier(context: BrowserContext, examples: Installation) -> None:
    context.clear_cookies()
    inspection = Inspection(context, examples)

    page = inspection.visit("/desk/sign-in")
    page.fill("[name=name]", "Editor")
    page.fill("[name=password]", "not the password")
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_selector(".summary, [role=alert]")
    inspection.inspect("a wrong password")
    inspection.visit(examples.sign_in_link().removeprefix(examples.url))
    for path in ("/desk/link/nonsense", "/desk/forgotten", "/desk/reset/nonsense", "/desk/invitation/nonsense"):
        inspection.visit(path)

    assert not inspection.faults, "\n".join(inspection.faults)


@pytest.mark.validator
def test_every_page_is_valid_html(
    examples: Installation, chromium: Browser, desk_state: dict[str, object], tmp_path: Path
) -> None:
    jar = os.environ.get("PN_TEST_VALIDATOR")
    if not jar:
        pytest.skip("no validator: `python3 tasks.py test` installs one")
    sources = fetched_sources(examples, chromium, desk_state)
    for number, (name, source) in enumerate(sources.items()):
        (tmp_path / f"{number:03}-{re.sub('[^a-z0-9]+', '-', name.lower())[:60]}.html").write_text(source)

    found = run_validator(jar, [tmp_path, examples.var / "current" / "public"])

    assert not found, "\n".join(found)


def fetched_sources(examples: Installation, chromium: Browser, state: dict[str, object]) -> dict[str, str]:
    """The bytes the service sends for each page, before a browser mends them."""
    context = chromium.new_context(storage_state=state)  # type: ignore[arg-type]  # a plain dict is what it takes
    sources: dict[str, str] = {}

    def keep(route: Route) -> None:
        if re.search(r"/js/reply\.\w+\.js", route.request.url):
            route.abort()
            return
        answer = route.fetch(max_redirects=0)
        if answer.headers.get("content-type", "").startswith("text/html") and answer.status not in (302, 303):
            sources[f"{len(sources)} {route.request.url.removeprefix(examples.url)}"] = answer.text()
        route.fulfill(response=answer)

    context.route("**/*", keep)
    inspection = Inspection(context, examples)
    inspection.inspect = lambda name: None  # type: ignore[method-assign]  # only the sources are wanted here
    for path in (*PUBLIC, *DESK):
        inspection.page.goto(examples.url + path)
    walk_the_reply(inspection)
    walk_the_desk(inspection)
    context.unroute_all(behavior="wait")
    context.close()
    assert len(sources) > 40
    return sources


def run_validator(jar: str, places: list[Path]) -> list[str]:
    command = ["java", "-Xss4m", "-jar", jar, "--format", "json", "--skip-non-html", *map(str, places)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    messages = json.loads(done.stderr or "{}").get("messages", [])
    return [
        f"{message.get('url', '').rsplit('/', 3)[-1]}:{message.get('lastLine')}: {message['message']}"
        for message in messages
        if message["type"] == "error" or (message.get("subType") == "warning" and not wanted(message["message"]))
    ]


def wanted(warning: str) -> bool:
    """Safari forgets that an undecorated list is a list, unless it is told."""
    return warning.startswith("The “list” role is unnecessary")

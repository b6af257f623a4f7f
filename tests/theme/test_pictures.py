"""Pictures in a real browser: they leave nothing to move, load as little as is needed, and know of dark screens."""

import io
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, Route

CSS = Path(__file__).parents[2] / "theme/static/css"
SITE = "http://pictures.test"
LED = f"{SITE}/2026/working-across-borders/"
DRAWN = f"{SITE}/2026/text-chat-video/"

COUNT = """window.shift = 0; new PerformanceObserver(list => list.getEntries().forEach(entry => shift += entry.value))
    .observe({type: "layout-shift", buffered: true})"""
COUNTED = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(shift))))"
HEIGHTS = "[...document.querySelectorAll('.plate')].map(plate => plate.getBoundingClientRect().height)"
LOADED = "[...document.querySelectorAll('main img')].every(image => image.complete && image.naturalWidth)"

pytestmark = pytest.mark.browser


class Web:
    """Serves the sample site to one page; pictures wait while they are held. Fonts never come: they move lines."""

    def __init__(self, page: Page, site: Path) -> None:
        self.site, self.asked, self.held = site, list[str](), list[Route]()
        self.holds = False
        page.route(f"{SITE}/**", self.answer)

    def answer(self, route: Route) -> None:
        path = urlsplit(route.request.url).path
        if path.endswith(".woff2"):
            route.abort()
            return
        if path.startswith("/pictures/"):
            self.asked.append(path)
            if self.holds:
                self.held.append(route)
                return
        self.give(route)

    def give(self, route: Route) -> None:
        file = self.site / urlsplit(route.request.url).path.lstrip("/")
        route.fulfill(path=file / "index.html" if file.is_dir() else file)

    def let_go(self) -> None:
        self.holds = False
        for route in self.held:
            self.give(route)


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A page without a past."""
    context = chromium.new_context(viewport={"width": 1280, "height": 2000})
    yield context.new_page()
    context.close()


@pytest.mark.parametrize(("address", "width"), [(LED, 320), (DRAWN, 1280)])
def test_nothing_moves_when_pictures_arrive(page: Page, sample_site: Path, address: str, width: int) -> None:
    web = Web(page, sample_site)
    web.holds = True
    page.add_init_script(COUNT)
    page.set_viewport_size({"width": width, "height": 2500})
    page.goto(address, wait_until="domcontentloaded")
    page.wait_for_function("document.fonts.status == 'loaded'")
    before = page.evaluate(HEIGHTS)

    web.let_go()
    page.wait_for_function(LOADED)

    assert page.evaluate(HEIGHTS) == before
    assert min(before) > 100
    assert page.evaluate(COUNTED) == 0


def test_a_phone_takes_the_small_copy_and_a_fine_screen_a_large_one(chromium: Browser, sample_site: Path) -> None:
    taken = []
    for width, fineness in ((320, 1), (320, 3), (1280, 1), (1280, 2)):
        context = chromium.new_context(viewport={"width": width, "height": 900}, device_scale_factor=fineness)
        page = context.new_page()
        web = Web(page, sample_site)
        page.goto(LED)
        page.wait_for_function(LOADED)
        taken += [path.partition("/borders-")[2].partition(".")[0] for path in web.asked]
        context.close()

    assert taken == ["480", "960", "960", "1440"]


@pytest.mark.parametrize(("scheme", "paper"), [("light", (251, 251, 249)), ("dark", (20, 24, 30))])
def test_a_drawing_follows_the_scheme_of_the_page(page: Page, sample_site: Path, scheme: str, paper: object) -> None:
    Web(page, sample_site)
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.goto(DRAWN)
    page.wait_for_function(LOADED)

    seen = Image.open(io.BytesIO(page.locator(".plate img").screenshot())).convert("RGB")

    assert seen.getpixel((12, 12)) == paper


@pytest.mark.parametrize(("width", "columns"), [(320, 1), (390, 2), (1280, 3)])
def test_a_gallery_has_as_many_columns_as_there_is_room_for(page: Page, width: int, columns: int) -> None:
    styles = "".join((CSS / f"{name}.css").read_text(encoding="utf-8") for name in ("tokens", "reset", "block-reading"))
    room = "max-inline-size: var(--measure); margin-inline: 1.25rem"
    figure = '<figure class="plate"><img alt=""><figcaption>A caption of a picture</figcaption></figure>'
    page.set_viewport_size({"width": width, "height": 900})
    page.set_content(f'<style>{styles}</style><main style="{room}"><div class="gallery">{figure * 4}</div></main>')

    places = page.evaluate("[...document.querySelectorAll('figure')].map(figure => figure.offsetLeft)")
    assert len(set(places)) == columns
    assert page.evaluate("document.documentElement.scrollWidth") == width

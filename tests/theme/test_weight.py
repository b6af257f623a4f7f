"""What a reader has to download."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

STATIC = Path(__file__).parents[2] / "theme" / "static"


@pytest.mark.parametrize(("pattern", "limit"), [("css/*.css", 30_000), ("js/*.js", 15_000), ("fonts/*.woff2", 40_000)])
def test_what_the_theme_sends_stays_light(sample_site: Path, pattern: str, limit: int) -> None:
    sent = list((sample_site / "theme").glob(pattern))

    assert sent
    assert sum(file.stat().st_size for file in sent) <= limit


def test_fonts_come_with_their_licence() -> None:
    assert "SIL OPEN FONT LICENSE" in (STATIC / "fonts" / "OFL.txt").read_text()


@pytest.mark.browser
@pytest.mark.parametrize("path", ["/", "/resources/", "/2026/text-chat-video/"])
def test_a_phone_has_the_faces_of_a_page_that_is_no_long_thread(chromium: Browser, address: str, path: str) -> None:
    context = chromium.new_context(viewport={"width": 412, "height": 800}, is_mobile=True, has_touch=True)
    page = context.new_page()
    asked: set[str] = set()
    page.on("request", lambda request: asked.add(request.url) if request.resource_type == "font" else None)

    page.goto(address + path, wait_until="networkidle")
    context.close()

    assert len(asked) == 2

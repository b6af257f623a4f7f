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
@pytest.mark.parametrize(("touch", "faces"), [(True, 0), (False, 2)])
def test_a_phone_reads_in_its_own_serif(chromium: Browser, address: str, touch: bool, faces: int) -> None:
    context = chromium.new_context(viewport={"width": 412, "height": 800}, is_mobile=touch, has_touch=touch)
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    page.goto(f"{address}/2026/text-chat-video/")
    context.close()

    assert sum(url.endswith(".woff2") for url in asked) == faces

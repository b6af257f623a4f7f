"""What a reader has to download."""

from pathlib import Path

import pytest

STATIC = Path(__file__).parents[2] / "theme" / "static"


@pytest.mark.parametrize(("pattern", "limit"), [("css/*.css", 30_000), ("js/*.js", 15_000), ("fonts/*.woff2", 40_000)])
def test_what_the_theme_sends_stays_light(sample_site: Path, pattern: str, limit: int) -> None:
    sent = list((sample_site / "theme").glob(pattern))

    assert sent
    assert sum(file.stat().st_size for file in sent) <= limit


def test_fonts_come_with_their_licence() -> None:
    assert "SIL OPEN FONT LICENSE" in (STATIC / "fonts" / "OFL.txt").read_text()

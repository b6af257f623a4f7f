"""The sample site's hub in a browser."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.theme.hub import served


@pytest.fixture(scope="module")
def address(sample_site: Path) -> Iterator[str]:
    with served(sample_site) as found:
        yield found


@pytest.fixture(scope="module")
def rows(sample_site: Path) -> list[dict[str, Any]]:
    """Every resource with its words, by title."""
    found: list[dict[str, Any]] = json.loads((sample_site / "resources/hub.json").read_bytes())
    return found


@pytest.fixture
def tab(chromium: Browser, address: str) -> Iterator[Page]:
    """A page without a past; what the script or the policy complains of fails the test."""
    context = chromium.new_context(base_url=address, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda message: problems.append(message.text) if "Content Security" in message.text else None)
    yield page
    context.close()
    assert not problems

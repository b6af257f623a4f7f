"""What every room's tests share: the sample site, and a real browser."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

ROOT = Path(__file__).parent.parent
# Every site of a test finds the copies of the sample's pictures where the first one put them.
os.environ.setdefault("PN_PICTURE_CACHE", str(ROOT / "var" / "cache" / "pictures"))
BROWSER_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's folder."""
    return ROOT


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A headless Chromium, one for the whole run."""
    path = os.environ.get("PN_TEST_BROWSER")
    if not path:
        pytest.skip("no browser: `python3 tasks.py test` finds or installs one")
    # Long enough for a busy machine; a condition that holds is never waited for.
    expect.set_options(timeout=30_000)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=BROWSER_ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def sample_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample publication, built once by Pelican itself for http://localhost:8000. Read it only."""
    output = tmp_path_factory.mktemp("sample") / "output"
    command = [sys.executable, "-m", "pelican", "content", "-s", "pelicanconf.py", "-o", str(output), "-q"]
    environment = {**os.environ, "PN_SITE_URL": "http://localhost:8000", "PN_AS_OF": "2026-11-22T12:00:00+00:00"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return output

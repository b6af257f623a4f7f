"""While developing, a build that stopped is seen where one looks: at the top of the open page."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from comments.actions.release import publish_release
from comments.app import open_server
from tests.service.web.house import House, open_house

pytestmark = pytest.mark.browser


@pytest.fixture
def workbench(tmp_path: Path, sample_site: Path) -> Iterator[tuple[House, str]]:
    """The house while developing, and its address."""
    house = open_house(tmp_path, sample_site, development=True)
    server = open_server(house.app, "localhost", 0)
    running = threading.Thread(target=server.run, daemon=True)
    running.start()
    yield house, f"http://localhost:{port_of(server)}"
    server.close()
    running.join(10)
    house.runtime.close()


def port_of(server: object) -> int:
    # localhost may be two addresses: then waitress listens on each, at a port of its own.
    listens = getattr(server, "effective_listen", None)
    return int(listens[0][1] if listens else server.effective_port)  # type: ignore[attr-defined]  # one address


def test_a_problem_of_the_newest_change_stands_on_top_until_it_is_mended(
    workbench: tuple[House, str], chromium: Browser
) -> None:
    house, address = workbench
    page = chromium.new_page()
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text) if "Content Security" in message.text else None)
    page.goto(address)
    bar = page.get_by_role("alert")
    expect(bar).to_have_count(0)

    (house.runtime.var / "problems.txt").write_text("content/a.md:3: <b>title</b> is missing.", encoding="utf-8")
    expect(bar).to_contain_text("This is the last good version. The newest change has a problem:")
    expect(bar.locator("pre")).to_have_text("content/a.md:3: <b>title</b> is missing.")
    box = bar.bounding_box() or {}
    assert (box["x"], box["y"], box["width"]) == (0, 0, page.evaluate("document.documentElement.clientWidth"))

    (house.runtime.var / "problems.txt").write_text("", encoding="utf-8")
    expect(bar).to_have_count(0)
    assert not refused
    page.close()


def test_what_was_typed_into_the_form_comes_along_to_the_new_release(
    workbench: tuple[House, str], chromium: Browser
) -> None:
    house, address = workbench
    page = chromium.new_page()
    with page.expect_response("**/_dev/release"):
        page.goto(f"{address}/2026/text-chat-video/")
    typed = {"comment": "A long thought.", "name": "Robin Example", "email": "robin@example.org"}
    for name, value in typed.items():
        page.fill(f"form[data-reply] [name={name}]", value)

    with page.expect_navigation():
        publish_release(house.output, house.service.publisher, by="test")

    for name, value in typed.items():
        expect(page.locator(f"form[data-reply] [name={name}]")).to_have_value(value)
    page.close()

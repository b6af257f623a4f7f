"""Lighthouse on a phone's terms, through nginx: the pages that readers meet most. Five rounds, as figures wobble."""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any

import pytest

from comments import markup
from comments.actions.opening import installation_of
from comments.model import NewComment
from comments.runtime import open_runtime, read_settings
from tests.nginx.server import nginx
from tests.product.conftest import Installation, free_port

pytestmark = [pytest.mark.long, pytest.mark.browser, pytest.mark.nginx]

HERE = Path(__file__).parent
PROGRAM = HERE / "node_modules" / "lighthouse" / "cli" / "index.js"
ROUNDS = 5
COMMENTS = 200
ARTICLE, THREAD = "/2026/boundaries-response-times/", "boundaries-response-times"
PAGES = {"home": "/", "article": ARTICLE, "hub": "/resources/", "author": "/authors/mara-example/"}
FLAGS = "--headless=new --no-sandbox --disable-gpu --disable-background-networking --disable-component-update"
WORDS = (
    "A pause in a text is not empty. I tell clients on the first day how long mine may be, and they tell me theirs. "
    "What changed for me was to name it: *I am still here, I am thinking.*"
)


@dataclass
class Round:
    """What one run of Lighthouse found."""

    scores: dict[str, int]
    largest_paint: float  # ms
    shift: float
    weight: int  # bytes over the wire
    failed: list[str]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    if not PROGRAM.exists():
        pytest.skip("no Lighthouse: `python3 tasks.py test --long` installs it with npm")
    port = free_port()
    place = Installation(tmp_path_factory.mktemp("lighthouse"), {"PN_SITE_URL": f"http://localhost:{port}"})
    place.set_up()
    fill(place)
    place.release()
    with nginx(place.var, place.folder / "nginx", port) as url:
        yield url


def fill(place: Installation) -> None:
    """A long conversation, a third of it answers."""
    with open_runtime(read_settings(place.environment)) as runtime:
        store, start = installation_of(runtime).ctx.store, datetime.now(UTC) - timedelta(days=60)
        parent = None
        for number in range(COMMENTS):
            text = f"{WORDS}\n\nThat was number {number}."
            answer = parent if number % 3 == 2 else None
            made = start + timedelta(hours=number)
            comment = NewComment(
                THREAD, f"Reader {number}", text, markup.render(text), markup.VERSION, "approved", made, parent=answer
            )
            parent = store.add_comment(comment)
        store.mark_due(THREAD)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_as_light_and_as_open_as_promised(site: str, name: str, tmp_path: Path) -> None:
    rounds = [run(site + PAGES[name], tmp_path / f"{number}.json") for number in range(ROUNDS)]

    print(name, *rounds, sep="\n  ")
    for each in rounds:
        others = {kind: score for kind, score in each.scores.items() if kind != "performance"}
        assert set(others.values()) == {100}, each.failed
        assert each.shift == 0
    assert median(each.scores["performance"] for each in rounds) >= 99
    assert median(each.largest_paint for each in rounds) <= 1200


def test_an_article_without_pictures_weighs_little(site: str, tmp_path: Path) -> None:
    assert run(f"{site}/2026/when-the-connection-drops/", tmp_path / "report.json").weight <= 60_000


def run(url: str, report: Path) -> Round:
    """One visit, on a phone with a slow line as Lighthouse thinks of it."""
    node = shutil.which("node")
    assert node
    categories = "performance,accessibility,best-practices,seo"
    command = [node, str(PROGRAM), url, "--quiet", "--output=json", f"--output-path={report}"]
    command += [f"--only-categories={categories}", f"--chrome-flags={FLAGS}"]
    environment = {**os.environ, "CHROME_PATH": os.environ["PN_TEST_BROWSER"]}
    subprocess.run(command, check=True, env=environment, stdout=subprocess.DEVNULL)
    return read(json.loads(report.read_bytes()))


def read(found: dict[str, Any]) -> Round:
    audits = found["audits"]
    scores = {name: round(category["score"] * 100) for name, category in found["categories"].items()}
    wanted = {ref["id"] for category in found["categories"].values() for ref in category["auditRefs"] if ref["weight"]}
    failed = [f"{name}: {audits[name]['title']}" for name in sorted(wanted) if (audits[name]["score"] or 0) < 1]
    return Round(
        scores,
        audits["largest-contentful-paint"]["numericValue"],
        audits["cumulative-layout-shift"]["numericValue"],
        int(audits["total-byte-weight"]["numericValue"]),
        [
            each
            for each in failed
            if audits[each.split(":")[0]]["scoreDisplayMode"] in ("binary", "numeric", "metricSavings")
        ],
    )

"""What the build writes where no comment is, the service would write too: empty threads are the base page."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from comments import manifest
from comments.actions.threads import effective_policy
from comments.thread.render import REGIONS, Renderer
from comments.thread.splice import region, splice
from tests.contracts.tiny_site import THEME

BUILT = datetime(2026, 11, 22, 12, tzinfo=UTC)  # PN_AS_OF of the sample site


def test_the_empty_thread_of_every_article_is_what_the_build_wrote(sample_site: Path) -> None:
    published = manifest.read(sample_site / manifest.FILE)
    renderer = Renderer(THEME)
    assert published.renderer == renderer.version
    assert published.threads

    for entry in published.threads.values():
        if entry.policy != "off":
            page = (sample_site / entry.path.strip("/") / "index.html").read_bytes()
            shown = replace(entry, policy=effective_policy(entry, None, BUILT))
            regions = renderer.regions(published.site, shown, [])
            assert {name: region(page, name, entry.id) for name in REGIONS} == regions
            assert splice(page, entry.id, regions) == page


@pytest.mark.parametrize("name", ["title", "main"])
def test_the_shell_has_one_place_for_a_pages_title_and_one_for_its_contents(sample_site: Path, name: str) -> None:
    shell = (sample_site / manifest.SHELL).read_bytes()

    assert region(splice(shell, "shell", {name: b"ours"}), name, "shell") == b"ours"

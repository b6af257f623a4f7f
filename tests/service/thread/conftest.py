"""A tiny site of its own for each test, its first release published."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from comments.thread.render import Renderer
from tests.contracts.tiny_site import THEME, TinySite


@pytest.fixture(scope="session")
def renderer() -> Renderer:
    return Renderer(THEME)


@pytest.fixture
def site(tmp_path: Path, renderer: Renderer) -> Iterator[TinySite]:
    tiny = TinySite(tmp_path, renderer)
    tiny.build()
    tiny.release()
    yield tiny
    tiny.close()

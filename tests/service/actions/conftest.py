from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.service.actions.stage import Stage


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    """A small real installation with a published site."""
    stage = Stage(tmp_path)
    yield stage
    stage.runtime.close()


@pytest.fixture(params=[10_000, 128_000])
def hostile(request: pytest.FixtureRequest) -> str:
    """A letter under so many marks, in the order that takes Unicode's tables longest; the most a request may hold."""
    return "a" + "\u0301\u0323" * (request.param // 2)

from collections.abc import Iterator
from pathlib import Path

import pytest

from comments import words
from tests.service.actions.stage import Stage


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    """A small real installation with a published site."""
    stage = Stage(tmp_path)
    yield stage
    stage.runtime.close()
    words.fall_silent()  # a test may have spoken an article's language, and the next one runs in this context too

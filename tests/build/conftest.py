"""A newsroom for each test."""

from pathlib import Path

import pytest

from tests.build.newsroom import Newsroom


@pytest.fixture
def room(tmp_path: Path) -> Newsroom:
    """Two authors, three topics, and nothing written yet."""
    return Newsroom(tmp_path)

"""A new SQLite store for every test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from comments.store.sqlite import SQLiteStore, open_store

pytest.register_assert_rewrite("tests.service.store.contract")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the store lies."""
    return tmp_path / "var" / "store.db"


@pytest.fixture
def store(path: Path) -> Iterator[SQLiteStore]:
    """An empty store, closed after the test."""
    store = open_store(path, create=True)
    yield store
    store.close()

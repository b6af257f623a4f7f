"""The house and its visitor; see house.py."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.service.web.house import House, Visitor, make_output, open_house


@pytest.fixture(scope="session")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny build. Read it only."""
    return make_output(tmp_path_factory.mktemp("build") / "output")


@pytest.fixture
def house(tmp_path: Path, output: Path) -> Iterator[House]:
    """The installation, on its public address https://notes.example.org."""
    made = open_house(tmp_path, output)
    yield made
    made.runtime.close()


@pytest.fixture
def visitor(house: House) -> Visitor:
    return house.visitor()

"""A small installation and people at its desk; see desk.py."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.service.desk.desk import Desk, signed_in
from tests.service.web.house import House, make_output, open_house


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
def desk(house: House) -> Desk:
    """An administrator, signed in."""
    return signed_in(house)

"""Installations to be broken: copies of one that was built once."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.product.conftest import Installation


@pytest.fixture(scope="session")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the build, store, keys and release of a new installation. Copy it only."""
    folder = tmp_path_factory.mktemp("pristine")
    Installation(folder, {"PN_SITE_URL": "http://notes.example.org"}).set_up()
    return folder


@pytest.fixture
def make_place(pristine: Path, tmp_path: Path) -> Iterator[Callable[..., Installation]]:
    """Makes running installations that a test may break; ``var`` says where its state shall lie."""
    made: list[Installation] = []

    def make(var: Path | None = None, **environment: str) -> Installation:
        settings = {"PN_PROXIES": "1", **environment} | ({"PN_VAR": str(var)} if var else {})
        place = Installation(tmp_path, settings)
        place.var = var or place.var
        shutil.copytree(pristine / "var", place.var, symlinks=True, dirs_exist_ok=True)
        shutil.copytree(pristine / "output", place.output)
        made.append(place)
        place.start()
        return place

    yield make
    for place in made:
        place.stop()


@pytest.fixture
def place(make_place: Callable[..., Installation]) -> Installation:
    """One that runs."""
    return make_place()

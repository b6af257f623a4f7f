"""Keys that are missing or another installation's: no start, no new keys, and all as before with the old ones."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from comments.vault import create_keys
from tests.faults.steps import Writers, aside, problems, refused_start
from tests.product.conftest import Installation
from tests.product.pages import open_threads, published_page

pytestmark = pytest.mark.long


def other(keys: Path) -> None:
    """The keys of another installation."""
    shutil.rmtree(keys)
    create_keys(keys)


def one_other(keys: Path) -> None:
    """One of the keys was exchanged: what was signed until now would be worth nothing."""
    theirs = json.loads((create_folder(keys.parent / "others") / "keys.json").read_bytes())
    ours = json.loads((keys / "keys.json").read_bytes())
    (keys / "keys.json").write_text(json.dumps(ours | {"signing": theirs["signing"]}))


def create_folder(folder: Path) -> Path:
    create_keys(folder)
    return folder


@pytest.mark.parametrize(
    ("break_them", "told"),
    [
        (shutil.rmtree, "are missing. A backup of the store never holds them: put the folder back"),
        (other, "do not belong to this store"),
        (one_other, "do not belong to this store (signing)"),
        (lambda keys: (keys / "keys.json").write_text("{"), "are damaged. Put them back"),
    ],
    ids=["missing", "another installation's", "one of them", "damaged"],
)
def test_without_its_own_keys_it_does_not_start_and_makes_no_others(
    place: Installation, break_them: Callable[[Path], object], told: str
) -> None:
    writers, keys = Writers(place), place.var / "keys"
    assert writers.send(1).status == 303
    place.stop()
    copy = shutil.copytree(keys, place.folder / "copy")

    break_them(keys)
    left = sorted(path.name for path in keys.glob("*"))
    assert told in refused_start(place)
    assert any(told in problem for problem in problems(place))
    assert "Traceback" not in place.run("comments", "init").stderr
    assert sorted(path.name for path in keys.glob("*")) == left
    assert published_page(place, open_threads(place)[0])  # a web server in front goes on

    shutil.rmtree(keys, ignore_errors=True)
    shutil.copytree(copy, keys)
    place.start()
    assert writers.send(1).status == 303  # the same form, with the answer it had
    assert writers.send(2).status == 303
    writers.check()
    assert problems(place) == []


def test_keys_that_go_away_while_it_runs_are_needed_at_the_next_start_only(place: Installation) -> None:
    writers = Writers(place)

    with aside(place.var / "keys"):
        assert writers.send(1).status == 303
        assert any("keys" in problem for problem in problems(place))

    writers.check()
    assert problems(place) == []

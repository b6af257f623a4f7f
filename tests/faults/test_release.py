"""The folder of the release is gone, closed to us, or a file: what was decided is kept, and the pages follow."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from comments.actions.web_root import current_release
from tests.faults.steps import Writers, aside, assert_kept, assert_reads, assert_tells_nothing_of_itself, problems
from tests.product.conftest import Installation, wait_for
from tests.product.pages import list_wrong_files, opened_store, published_page
from tests.product.people import approve, desk_token, editor, writer

pytestmark = pytest.mark.long


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """Nobody, root included, may change anything below the folder: bound over itself, and mounted so."""
    if subprocess.run(["mount", "--bind", folder, folder], capture_output=True, check=False).returncode:
        pytest.skip("to take the right to write from root one must be allowed to mount")
    subprocess.run(["mount", "-o", "remount,ro,bind", folder, folder], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", folder], check=True)


def follows(place: Installation, writers: Writers, number: int) -> None:
    """The page shows the comment without anybody asking, and every page is what it must be."""
    text = writers.acknowledged[number].encode()
    wait_for(lambda: text in published_page(place, writers.thread), "the page to follow by itself")
    with opened_store(place) as store:
        wait_for(lambda: not store.list_due(), "nothing to be due")
        assert list_wrong_files(place, store) == []
    assert problems(place) == []
    assert_tells_nothing_of_itself(place)


def test_in_a_folder_that_may_only_be_read_the_approval_is_kept_and_the_page_follows(place: Installation) -> None:
    writers, desk = Writers(place), editor(place)
    token = desk_token(desk)

    with read_only(current_release(place.var).folder):
        assert writers.send(1).status == 303
        told = desk.follow(approve(desk, token, 1)).text
        assert "The page will follow" in told
        assert "may not write here" in told or "Read-only" in told
        assert any(writers.thread.id in problem for problem in problems(place))
        assert_reads(place)

    follows(place, writers, 1)


def test_without_the_folder_everything_waits_and_comes_back_with_it(place: Installation) -> None:
    writers, desk = Writers(place), editor(place)
    token = desk_token(desk)
    assert writers.send(1).status == 303
    writers.open_forms(2)

    with aside(place.var / "releases"):
        assert_kept(writers.send(2), writers.fields(2)["comment"])
        assert writer(place, 3).get("/").status == 503
        approve(desk, token, 1)
        assert any("publish" in problem.lower() for problem in problems(place))

    assert writers.send(2).status == 303
    assert approve(desk, token, 1).status == 303
    follows(place, writers, 1)


def test_a_file_in_the_place_of_the_release_is_cured_by_publishing_again(place: Installation) -> None:
    writers, desk = Writers(place), editor(place)
    token = desk_token(desk)
    assert writers.send(1).status == 303
    assert approve(desk, token, 1).status == 303
    writers.open_forms(2)
    folder = current_release(place.var).folder
    folder.rename(place.folder / "lost")
    folder.write_text("not a folder")

    assert_kept(writers.send(2), writers.fields(2)["comment"])
    (problem,) = (each for each in problems(place) if "python3 tasks.py publish" in each)
    assert "damaged" in problem or "No release" in problem

    place.release()  # what `publish` does with what it has built
    assert writers.send(2).status == 303
    assert_reads(place)
    follows(place, writers, 1)


def test_a_page_that_is_gone_is_named_and_publishing_again_brings_it_back(place: Installation) -> None:
    writers, desk = Writers(place), editor(place)
    token = desk_token(desk)
    assert writers.send(1).status == 303
    release = current_release(place.var)
    release.page(writers.thread).unlink()

    assert "Publish the site again" in desk.follow(approve(desk, token, 1)).text
    assert any(writers.thread.id in problem for problem in problems(place))
    place.release()

    follows(place, writers, 1)

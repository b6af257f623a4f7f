"""Previews are kept under an address that cannot be guessed, until they end."""

import os
import shutil
import threading
from datetime import timedelta
from pathlib import Path

import pytest

from comments.actions.previews import drop_over, end_previews, find_preview, keep_preview, list_previews
from comments.errors import NotFound, PublishProblem
from tests.contracts.tiny_site import START
from tests.service.web.reviewers import built, preview

DAY = timedelta(days=1)


def test_addresses_are_random_and_their_folder_is_nobody_elses(tmp_path: Path) -> None:
    kept = [preview(tmp_path, START, id=f"text-{number}") for number in range(30)]

    assert len({each.token for each in kept}) == 30
    assert {len(each.token) for each in kept} == {22}  # 128 bits
    assert {each.folder.stat().st_mode & 0o777 for each in kept} == {0o700}
    assert not list((tmp_path / "previews").glob(".new-*"))


def test_a_second_preview_of_a_text_shows_at_the_first_ones_address(tmp_path: Path) -> None:
    first = preview(tmp_path, START, "Old words.", days=1, picture="old")

    second = preview(tmp_path, START, "New words.", days=3, picture="new", mark="9876543210")

    assert second.path == first.path
    found = find_preview(tmp_path, first.token, START + 2 * DAY)
    names = {path.relative_to(found.public).as_posix() for path in found.public.rglob("*.*")}
    assert "New words." in (found.public / "index.html").read_text()
    assert names >= {"media/new.svg", "theme/css/site.0123456789.css", "theme/css/site.9876543210.css"}
    assert "media/old.svg" not in names
    assert len(list_previews(tmp_path, START)) == 1


def test_whoever_looks_while_it_is_made_anew_sees_a_whole_page_and_its_style(tmp_path: Path) -> None:
    kept = preview(tmp_path, START, "Words." * 5000, mark="0000000000")
    stop, wrong = threading.Event(), []

    def look() -> None:
        while not stop.is_set():
            page = (kept.public / "index.html").read_text()
            style = kept.public / page.split('href="')[1].split('"')[0]
            if not page.endswith("</main>") or not style.is_file():
                wrong.append(page[:99])

    looking = threading.Thread(target=look)
    looking.start()
    for number in range(1, 30):
        preview(tmp_path, START, "Words." * 5000, mark=f"{number:010}")
    stop.set()
    looking.join()

    assert wrong == []


@pytest.mark.parametrize("token", ["", ".", "..", "x" * 22, "../previews", "x" * 5000, "\0" * 22, ".new-" + "x" * 17])
def test_an_address_that_is_none_is_not_found(tmp_path: Path, token: str) -> None:
    preview(tmp_path, START)

    with pytest.raises(NotFound, match="is over, or its address is mistyped"):
        find_preview(tmp_path, token, START)


def test_it_ends_at_its_moment_and_is_deleted_then(tmp_path: Path) -> None:
    kept = preview(tmp_path, START, days=2)
    longer = preview(tmp_path, START, days=3, id="other")

    assert find_preview(tmp_path, kept.token, START + 2 * DAY - timedelta(seconds=1)) == kept
    with pytest.raises(NotFound):
        find_preview(tmp_path, kept.token, START + 2 * DAY)
    assert list_previews(tmp_path, START + 2 * DAY) == [longer]
    assert drop_over(tmp_path, START + 2 * DAY) == 1
    assert [folder.name for folder in (tmp_path / "previews").iterdir()] == [longer.token]


def test_an_ended_one_is_made_anew_at_another_address(tmp_path: Path) -> None:
    first = preview(tmp_path, START)

    assert [each.title for each in end_previews(tmp_path, "hidden")] == ["Hidden"]

    with pytest.raises(NotFound):
        find_preview(tmp_path, first.token, START)
    assert preview(tmp_path, START).token != first.token


@pytest.mark.parametrize("name", ["hidden", "hidden.md", "content/articles/2026/hidden.md", "/srv/x/hidden.md", "all"])
def test_it_is_ended_by_the_names_it_was_made_with(tmp_path: Path, name: str) -> None:
    preview(tmp_path, START)

    if name == "/srv/x/hidden.md":
        with pytest.raises(NotFound, match="no preview of"):
            end_previews(tmp_path, name)
    else:
        assert len(end_previews(tmp_path, name)) == 1
        assert list_previews(tmp_path, START) == []


def test_ending_all_where_there_is_none_is_no_problem(tmp_path: Path) -> None:
    assert end_previews(tmp_path, "all") == []
    assert drop_over(tmp_path, START) == 0


def test_a_folder_without_a_page_is_refused(tmp_path: Path) -> None:
    folder = built(tmp_path, START + DAY)
    (folder / "public/index.html").unlink()

    with pytest.raises(PublishProblem, match="no preview in"):
        keep_preview(tmp_path, folder, START)


def test_what_a_killed_build_left_goes_after_a_day(tmp_path: Path) -> None:
    left, damaged = built(tmp_path, START + 30 * DAY), preview(tmp_path, START).folder
    (damaged / "preview.json").write_text("{")
    os.utime(left, (START.timestamp(), START.timestamp()))
    os.utime(damaged, (START.timestamp(), START.timestamp()))

    assert drop_over(tmp_path, START + DAY / 2) == 0
    assert left.exists()
    drop_over(tmp_path, START + 2 * DAY)
    assert not left.exists()
    assert not damaged.exists()
    shutil.rmtree(tmp_path / "previews")

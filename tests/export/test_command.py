"""The command: one file, private, never half written, and a clear word about addresses."""

import json
import os
import tracemalloc
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from comments.model import NewComment
from migrate.command import migrate
from migrate.out import telling
from migrate.out.__main__ import OPEN, export
from migrate.own.lines import SHAPES
from tests.export.conftest import ADDRESSES, ARTICLE, NOW, House
from tests.migration.conftest import ROOT

Run = Callable[..., Result]


@pytest.fixture
def run(full: House, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The command in the installation that is full."""
    monkeypatch.setenv("PN_VAR", str(full.folder / "var"))
    monkeypatch.setenv("PN_THEME", str(ROOT / "theme"))

    def call(*words: str, typed: str = "") -> Result:
        where = ("--content", str(full.content), "--conf", str(ROOT / "pelicanconf.py"))
        return CliRunner().invoke(export, [*where, *words], input=typed)

    return call


@pytest.mark.parametrize("kind", ["jsonl", "wordpress", "disqus", "csv"])
def test_each_format_is_one_private_file_and_its_counts_are_told(run: Run, tmp_path: Path, kind: str) -> None:
    before = os.umask(0)
    try:
        done = run("--to", kind, "--json", str(tmp_path / "out"))
    finally:
        os.umask(before)
    told = json.loads(done.output)
    assert done.exit_code == 0
    assert told["written"]["comments"] == {"jsonl": 8, "wordpress": 6, "disqus": 5, "csv": 7}[kind]
    assert told["written"]["comments"] + sum(number for what, number in told["left"].items() if "comments" in what) == 8
    assert told["bytes"] == (tmp_path / "out").stat().st_size
    assert (tmp_path / "out").stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.glob(".*")) == []


def test_a_file_that_is_there_stays_unless_it_is_to_be_replaced(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "out"
    path.write_text("mine")
    path.chmod(0o644)
    done = run("--to", "csv", str(path))
    assert "Add --replace" in str(done.exception)
    assert path.read_text() == "mine"
    assert run("--to", "csv", "--replace", str(path)).exit_code == 0
    assert "number" in path.read_text(encoding="utf-8")
    assert path.stat().st_mode & 0o777 == 0o600
    assert "There is no folder" in str(run("--to", "csv", str(tmp_path / "no/out")).exception)


def test_addresses_are_asked_about_and_named_for_what_they_are(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "out"
    no = run("--to", "jsonl", "--with-addresses", str(path), typed="n\n")
    nobody = run("--to", "jsonl", "--with-addresses", str(path))
    assert "Nothing was written" in str(no.exception)
    assert "--yes" in str(nobody.exception)
    assert not path.exists()
    yes = run("--to", "jsonl", "--with-addresses", str(path), typed="y\n")
    assert OPEN in yes.output
    assert ADDRESSES[0] in path.read_text(encoding="utf-8")
    assert run("--to", "csv", "--with-addresses", "--yes", str(tmp_path / "table")).exit_code == 0


def test_texts_with_a_problem_stop_what_is_made_of_texts_and_nothing_else(
    run: Run, full: House, tmp_path: Path
) -> None:
    (full.content / "pages/broken.md").write_text("---\ntitle: Broken\n---\n")
    assert "broken.md" in str(run("--to", "wordpress", str(tmp_path / "out")).exception)
    assert not (tmp_path / "out").exists()
    assert run("--to", "jsonl", str(tmp_path / "lines")).exit_code == 0


def test_the_migrate_command_knows_each_of_our_files_by_what_is_in_it(
    run: Run, full: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for kind in ("jsonl", "disqus", "csv"):
        path = tmp_path / f"{kind}.dat"
        assert run("--to", kind, str(path)).exit_code == 0
        monkeypatch.setenv("PN_VAR", str(tmp_path / kind))
        where = ["--content", str(full.content), "--conf", str(ROOT / "pelicanconf.py")]
        for dry in (["--dry-run"], []):
            done = CliRunner().invoke(migrate, [str(path), *where, *dry, "--json"])
            assert done.exit_code == 0, done.exception
            told = json.loads(done.output)
            assert told["total"] == len(told["items"]) == sum(sum(each.values()) for each in told["counts"].values())
            assert sum(told["counts"]["comment"].values()) == {"jsonl": 8, "disqus": 5, "csv": 7}[kind]
        monkeypatch.setenv("PN_VAR", str(full.folder / "var"))


def test_the_page_about_the_format_names_every_row_and_every_field_and_nothing_else() -> None:
    page = (ROOT / "docs/export.md").read_text(encoding="utf-8")
    for kind, shape in SHAPES.items():
        line = next(line for line in page.splitlines() if line.startswith(f"| `{kind}` |"))
        named = [word.strip("`") for word in line.split("|")[2].replace(",", " ").split()]
        assert named == list(shape), kind


def test_memory_does_not_grow_with_the_conversation(houses: Callable[..., House]) -> None:
    house = houses(texts=False)
    one = NewComment(ARTICLE, "Reader", "Words. " * 40, "<p>Words.</p>", 2, "approved", NOW)
    peaks = []
    for number in (300, 2700):
        with house.store() as ctx, ctx.store.write():
            for at in range(number):
                ctx.store.add_comment(replace(one, created=NOW + timedelta(seconds=at)))
        for kind in ("jsonl", "csv"):  # what is loaded once
            house.write(kind, "warm")
        tracemalloc.start()
        house.write("jsonl", "out.jsonl")
        house.write("csv", "out.csv")
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 1.5 * peaks[0]


@pytest.mark.parametrize("kind", ["jsonl", "wordpress", "disqus", "csv"])
def test_one_of_a_kind_is_told_as_one(run: Run, tmp_path: Path, kind: str) -> None:
    told = json.loads(run("--to", kind, str(tmp_path / "a"), "--json").stdout)
    said = run("--to", kind, str(tmp_path / "b")).stdout

    for what, number in {**told["written"], **told["left"]}.items():
        assert what in telling.ONE or what == telling.ALONE
        assert telling.counted(number, what) in said
    assert telling.counted(1, "comments") == "1 comment"

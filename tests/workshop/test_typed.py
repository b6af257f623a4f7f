"""What is typed wrong is answered with a sentence that says what to type."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from migrate.command import migrate
from migrate.out.__main__ import export
from migrate.problems import Unusable
from tests.workshop.conftest import ROOT
from workshop import previewing
from workshop.typed import Tasks


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("migrate", "Which export? Type its file: python3 tasks.py migrate export.xml"),
        ("migrate a.xml b.xml", "migrate can do nothing with “b.xml”. Several files are typed with commas between"),
        ("migrate --meda x a.xml", "migrate has no option --meda. Its options: --dry-run, "),
        ("export out.jsonl", "Into which file, and in which format? Type both: python3 tasks.py export "),
        ("preview", "Which text? Type its file or its id"),
        ("new", "What is it called?"),
        ("migrat a.xml", "There is no task “migrat”. Did you mean migrate? python3 tasks.py --list shows all."),
        ("zzz", "There is no task “zzz”. python3 tasks.py --list shows all."),
        ("build all", "build can do nothing with “all”."),
        ("links --days soon", "“soon” is no number. Its options: --all, --days, --json, --strict."),
        ("links --days", "--days needs a value behind it."),
        ("--colour", "There is no option --colour."),
    ],
)
def test_the_tasks_say_what_to_type(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], typed: str, words: str
) -> None:
    monkeypatch.chdir(ROOT)
    with pytest.raises(SystemExit) as stop:
        Tasks(name="tasks", binary="tasks").run(["tasks", *typed.split()])
    said = capsys.readouterr().err
    assert (stop.value.code, said.startswith(words), said.count("\n")) == (1, True, 1), said


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        (["none.xml"], "There is no file none.xml. Give the file that the old system made"),
        (["."], ". is a folder. Give the file that the old system made; it may be in there."),
        (["here", "--media", "none"], "none is not there. Give the folder wp-content/uploads"),
        (["here", "--media", "here"], "here is a file. Give the folder wp-content/uploads"),
        (["here", "--urls", "none.csv"], "There is no file none.csv. Give a CSV file"),
        (["here", "--urls", "."], ". is a folder. Give a CSV file"),
    ],
)
def test_a_file_that_is_not_there_and_a_folder_are_two_things(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, typed: list[str], words: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("here").write_text("It.")
    with pytest.raises(Unusable) as problem:
        CliRunner().invoke(migrate, typed, catch_exceptions=False)
    assert str(problem.value).startswith(words)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ([".", "--to", "csv"], ". is a folder. Name the file that should be written in it."),
        (["none/out", "--to", "csv"], "There is no folder none."),
        (["out", "--to", "xml"], "“xml” is no format. Type one behind --to: jsonl, "),
    ],
)
def test_where_nothing_can_be_written_is_said_before_the_store_is_asked_for(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, typed: list[str], words: str
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(Unusable) as problem:
        CliRunner().invoke(export, typed, catch_exceptions=False)
    assert str(problem.value).startswith(words)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("content/articles", "content/articles is a folder. Type the file of one text in it"),
        ("content/articles/none.md", "There is no file content/articles/none.md."),
        ("none.md", "There is no file none.md."),
    ],
)
def test_a_preview_of_what_is_no_file_says_so(capsys: pytest.CaptureFixture[str], name: str, words: str) -> None:
    assert previewing.preview(name, "14") == 1
    assert capsys.readouterr().err.startswith(words)

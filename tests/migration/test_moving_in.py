"""docs/moving-in.md says what is so."""

import inspect
import re
import shlex
from pathlib import Path

import click
import pytest

import tasks
from migrate import report, url_map
from migrate.command import migrate
from migrate.sources.kinds import KINDS
from tests.migration.conftest import ROOT

PAGE = (ROOT / "docs/moving-in.md").read_text(encoding="utf-8")
COMMANDS = sorted(set(re.findall(r"python3 tasks\.py migrate [^\n`]+", PAGE)))


def test_every_system_of_comments_has_its_row() -> None:
    rows = [line.split("|")[1].strip() for line in PAGE.splitlines() if line.startswith("|")]
    systems = {"Disqus", "Isso", "Isso, JSON", "Remark42"}
    assert systems <= {kind.name for kind in KINDS}
    assert systems <= set(rows)


def test_every_outcome_is_called_as_in_the_report() -> None:
    assert [name for name in report.NAMES.values() if f"| {name} |" not in PAGE] == []


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_options_that_are_there(command: str) -> None:
    words = shlex.split(command.replace("FILE", "file").replace("FOLDER", "folder"))[3:]
    context = migrate.make_context("migrate", words)
    assert context.params["exports"]


def test_the_short_command_has_every_option_that_readers_may_know() -> None:
    taken = inspect.signature(tasks.migrate.body).parameters
    shown = [one.name for one in migrate.params if isinstance(one, click.Option) and not one.hidden]
    assert set(shown) - set(taken) == {"content", "conf", "as_json"}
    assert "json" in taken


def test_the_file_of_addresses_can_be_used(tmp_path: Path) -> None:
    (example,) = re.findall(r"```csv\n(.*?)```", PAGE, re.DOTALL)
    path = tmp_path / "urls.csv"
    path.write_text(example, encoding="utf-8")
    assert url_map.read(path, lambda new: new).unused() == [2, 3, 4]

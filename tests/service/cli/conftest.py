"""An installation in a folder of its own, and the commands run in it as from a shell."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from comments.__main__ import cli
from tests.service.web.house import THEME, House, make_output, open_house


@dataclass
class Shell:
    """Runs commands with the environment of one installation."""

    house: House
    environment: dict[str, str]

    def run(self, *arguments: str, input: str | bytes | None = None) -> Result:
        return CliRunner().invoke(cli, arguments, input=input, env=self.environment)

    def ok(self, *arguments: str, input: str | bytes | None = None) -> str:
        """What a command prints that succeeds."""
        done = self.run(*arguments, input=input)
        assert done.exit_code == 0, done.output
        assert done.stderr == ""
        return done.stdout

    def fails(self, *arguments: str, input: str | bytes | None = None) -> str:
        """What a command says on stderr that fails, in one go and without a traceback."""
        done = self.run(*arguments, input=input)
        assert done.exit_code == 1, done.output
        assert isinstance(done.exception, SystemExit)
        assert "Traceback" not in done.output
        return done.stderr

    def lines(self, *arguments: str) -> list[dict[str, Any]]:
        """Lines of JSON."""
        return [json.loads(line) for line in self.ok(*arguments).splitlines()]


@pytest.fixture(scope="session")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny build. Read it only."""
    return make_output(tmp_path_factory.mktemp("build") / "output")


@pytest.fixture
def house(tmp_path: Path, output: Path) -> Iterator[House]:
    made = open_house(tmp_path, output)
    yield made
    made.runtime.close()


@pytest.fixture
def shell(house: House) -> Shell:
    return Shell(house, {"PN_VAR": str(house.runtime.var), "PN_THEME": str(THEME), "PN_SITE_URL": ""})

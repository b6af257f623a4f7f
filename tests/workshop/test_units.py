"""The line of the systemd unit that publishes, run by the shell as systemd runs it."""

import re
import subprocess
from pathlib import Path

import pytest

UNIT = Path(__file__).parents[2] / "deploy" / "practice-notes-publish.service"


@pytest.mark.parametrize(
    ("due", "publish", "code", "said"),
    [(0, 0, 0, "due"), (1, 0, 0, "due publish"), (1, 1, 1, "due publish"), (2, 0, 2, "due"), (127, 0, 127, "due")],
)
def test_it_publishes_only_what_is_due_and_fails_where_that_cannot_be_told(
    tmp_path: Path, due: int, publish: int, code: int, said: str
) -> None:
    line = re.search(r"(?m)^ExecStart=/bin/sh -c '(.*)'$", UNIT.read_text())
    assert line
    python = tmp_path / "python3"
    python.write_text(f'#!/bin/sh\necho "$2"\ntest "$2" = due && exit {due}\nexit {publish}\n')
    python.chmod(0o755)

    done = subprocess.run(
        ["/bin/sh", "-c", line[1].replace("$$", "$")],
        env={"PATH": f"{tmp_path}:/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stdout.split()) == (code, said.split())

"""Whoever reads only the first lines of a task (``| head``) gets no traceback, and the task does its work."""

import subprocess

import pytest

from tests.workshop.conftest import Copy
from tests.workshop.test_begin import WISHES


def unread(copy: Copy, *arguments: str) -> str:
    """What a task says on standard error when nobody reads its output any more."""
    command = [copy.command()[0], "-m", "workshop.typed", *arguments]
    process = subprocess.Popen(
        command, cwd=copy.folder, env=copy.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    process.stdout.close()
    assert process.stderr is not None
    said = process.stderr.read()
    process.wait()
    process.stderr.close()
    return said


@pytest.mark.parametrize("arguments", [("--list",), ("begin", *WISHES)])
def test_no_traceback_where_nobody_reads(copy: Copy, arguments: tuple[str, ...]) -> None:
    said = unread(copy, *arguments)

    assert said == ""
    if arguments[0] == "begin":
        assert (copy.folder / "content-sample").is_dir()

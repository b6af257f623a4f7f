"""What stops a build: said in one line for each thing to mend, with its file."""

import sys
import traceback
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NoReturn

from jinja2 import TemplateSyntaxError

from publication import files
from publication.problems import Problem
from publication.records import Record

TEMPLATES = "templates"


class BuildStopped(SystemExit):
    """Content, settings or templates must be mended first. The reasons are printed."""

    def __init__(self, reasons: Sequence[str]) -> None:
        print(*reasons, sep="\n", file=sys.stderr)
        super().__init__(1)

    @classmethod
    def for_problems(cls, problems: Iterable[Problem]) -> "BuildStopped":
        """All of them, and how many they are."""
        lines = [str(problem) for problem in sorted(problems)]
        return cls([*lines, f"{len(lines)} problem{'' if len(lines) == 1 else 's'}. Nothing was built."])


def unrenderable(text: Record, error: Exception, content: Path) -> Problem:
    """The problem of a text that Markdown could not be made into a page."""
    file = files.shown(text.source, content)
    if isinstance(error, RecursionError):
        what = "Something in this text is nested too deeply to be shown, such as a list in a list in a list"
        return Problem(file, text.body_line, what, "Indent it less.", "rendering")
    what = f"This text cannot be made into a page ({type(error).__name__}: {error})"
    cure = "Halve the text until you have the part, and write that differently."
    return Problem(file, text.body_line, what, cure, "rendering")


def stop_at_template(error: Exception, theme: Path) -> NoReturn:
    """Stop the build with the line of the template that ``error`` comes from; any other error goes on as it is."""
    folder = theme.resolve() / TEMPLATES
    if isinstance(error, TemplateSyntaxError) and error.filename:
        places = [(error.filename, error.lineno)]
    else:
        places = [(frame.filename, frame.lineno or 1) for frame in traceback.extract_tb(error.__traceback__)]
    ours = [(Path(name).resolve(), line) for name, line in places if folder in Path(name).resolve().parents]
    if not ours:
        raise error
    file, line = ours[-1]
    what = " ".join((str(error) or type(error).__name__).split()).rstrip(".")
    shown = Path(theme.name, TEMPLATES, file.relative_to(folder))
    raise BuildStopped([f"{shown.as_posix()}:{line}: {what}. Mend the template."]) from None

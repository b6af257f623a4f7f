"""What every command shares: the installation it opens, how it prints, how it fails."""

import io
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import IO, Any

import click

from comments.actions.opening import Installation, installation_of
from comments.errors import CommentsError
from comments.model import Comment
from comments.runtime import open_runtime, read_settings

ACTOR = "command line"
NAMES = {"pending": "waiting", "approved": "published", "spam": "spam", "trash": "bin"}


class Failure(click.ClickException):
    """One sentence on stderr, exit code 1."""

    def show(self, file: IO[Any] | None = None) -> None:
        click.echo(self.message, err=True)


class Commands(click.Group):
    """A group whose commands tell what goes wrong in a sentence, never in a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except CommentsError as error:
            raise Failure(str(error)) from error
        except OSError as error:
            where = f"{error.filename}: " if error.filename else ""
            raise Failure(f"{where}{error.strerror or type(error).__name__}.") from error


@contextmanager
def opened(*, create: bool = False) -> Iterator[Installation]:
    """The installation that the environment names; closed at the end.

    :raise Misconfigured: it is not there, or not whole.
    """
    with open_runtime(read_settings(os.environ), create=create) as runtime:
        yield installation_of(runtime)


AS_JSON = click.option("--json", "as_json", is_flag=True, help="As JSON, one object a line.")


# For commands that print nothing but JSON anyway.
ALWAYS_JSON = click.option("--json", is_flag=True, expose_value=False, help="It always prints JSON.")


def say(sentence: str) -> None:
    """One line for people."""
    click.echo(sentence)


def say_either(sentence: str, record: Mapping[str, object], as_json: bool) -> None:
    """The same as a line for people, or as an object for machines."""
    if as_json:
        say_json({**record, "sentence": sentence})
    else:
        click.echo(sentence)


def confirmed(question: str, *, yes: bool) -> None:
    """Go on only with a yes.

    :raise Failure: nobody is there to be asked, or it was a no.
    """
    if yes:
        return
    try:
        sure = click.confirm(question)
    except click.Abort:
        raise Failure("Nothing was done. Add --yes to go on without being asked.") from None
    if not sure:
        raise Failure("Nothing was done.")


@contextmanager
def progress_bar(label: str, *, as_json: bool = False) -> Iterator[Callable[[int, int], None]]:
    """Tell the answer how many of how many are done. The bar is for a terminal only, and never in the output."""
    shown = sys.stderr.isatty() and not as_json
    with click.progressbar(length=1, label=label, file=sys.stderr if shown else io.StringIO()) as bar:

        def told(done: int, of: int) -> None:
            bar.length = max(of, 1)
            bar.update(done - bar.pos)

        yield told


def say_json(value: object) -> None:
    """One line of JSON."""
    click.echo(json.dumps(value, ensure_ascii=False, sort_keys=True))


def as_record(comment: Comment) -> dict[str, object]:
    """A comment for machines: all that the desk shows, no address."""
    return {
        "id": comment.id,
        "thread": comment.thread,
        "parent": comment.parent,
        "state": NAMES[comment.state],
        "name": comment.name,
        "website": comment.website,
        "text": comment.source,
        "change": comment.proposed,
        "reasons": [reason.sentence for reason in comment.reasons],
        "created": comment.created.isoformat(),
        "published": comment.approved and comment.approved.isoformat(),
        "edited": comment.edited and comment.edited.isoformat(),
        "erased": comment.erased,
    }


def indented(text: str) -> str:
    """Text that stands off from what we say. Control characters could play tricks on a terminal."""
    lines = "".join(sign for sign in text if sign.isprintable() or sign == "\n").splitlines()
    return "\n".join(f"    {line}" for line in lines)


def counted(number: int, noun: str, ending: str = "s") -> str:
    """A number of things: "1 comment", "2 comments"; ``ending`` is what makes them several."""
    return f"{number} {noun}{'' if number == 1 else ending}"


def say_lines(lines: Iterable[str]) -> None:
    for line in lines:
        click.echo(line)

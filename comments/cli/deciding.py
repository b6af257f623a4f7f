"""Deciding: the desk's verbs for whoever is at the server."""

import sys
from collections.abc import Sequence

import click

from comments.actions import moderate, privacy
from comments.actions.bulk import bulk
from comments.cli.frame import ACTOR, Failure, opened

IDS = click.argument("numbers", metavar="ID…", type=int, nargs=-1, required=True)


def act_on(verb: str, numbers: Sequence[int]) -> None:
    """Do one act to all of them; what fails is told on stderr, and the exit code says so."""
    with opened() as here:
        acted = bulk(here.ctx, ACTOR, verb, numbers)
        for one in acted.done:
            click.echo(f"{one.comment.id}  {one.sentence}")
        if acted.failed:
            raise Failure("\n".join(f"{number}: {why}" for number, why in acted.failed.items()))


@click.command()
@IDS
def approve(numbers: tuple[int, ...]) -> None:
    """Publish comments: each is on its page at once."""
    act_on("approve", numbers)


@click.command()
@IDS
def spam(numbers: tuple[int, ...]) -> None:
    """File comments under spam, off the page."""
    act_on("spam", numbers)


@click.command()
@IDS
def trash(numbers: tuple[int, ...]) -> None:
    """Put comments in the bin, off the page."""
    act_on("trash", numbers)


@click.command(name="put-back")
@IDS
def put_back(numbers: tuple[int, ...]) -> None:
    """Take comments back from spam or bin, to where they were."""
    act_on("restore", numbers)


@click.command()
@IDS
def undo(numbers: tuple[int, ...]) -> None:
    """Take back the last act on comments."""
    act_on("undo", numbers)


@click.command()
@click.argument("number", metavar="ID", type=int)
@click.argument("source", metavar="[-]", required=False, type=click.Choice(["-"]))
@click.option("--text", help="The new text, in Markdown. Without it, or with -, it is read from standard input.")
@click.option("--reason", default="", help="Why, in a few words: for the record.")
@click.option("--publish", is_flag=True, help="Publish it too.")
def edit(number: int, source: str | None, text: str | None, reason: str, publish: bool) -> None:
    """Put another text in place of a comment's. The old one stays in its history."""
    if source and text:
        raise Failure("Give the text either with --text or on standard input, not both.")
    if text in (None, "-"):
        text = read_text()
    with opened() as here:
        acted = moderate.edit(here.ctx, ACTOR, number, text or "", reason=reason, approve=publish)
        click.echo(acted.sentence)


def read_text() -> str:
    """Standard input as text.

    :raise Failure: it is not UTF-8.
    """
    try:
        return sys.stdin.buffer.read().decode()
    except UnicodeDecodeError:
        raise Failure("The text on standard input is not UTF-8.") from None


@click.command()
@click.argument("number", metavar="ID", type=int)
@click.option("--keep-text", is_flag=True, help="The text stays, without a name.")
@click.option("--yes", is_flag=True, help="Do not ask.")
def erase(number: int, keep_text: bool, yes: bool) -> None:
    """Forget who wrote a comment, and its text. There is no way back."""
    with opened() as here:
        comment = here.ctx.store.get_comment(number)
        what = "the name, the address and every trace" if keep_text else "the text, the name, the address, every trace"
        if not yes:
            click.confirm(f"Erase {what} of comment {number} by {comment.name}, for good?", abort=True)
        click.echo(privacy.erase(here.ctx, ACTOR, number, keep_text=keep_text).sentence)

"""Deciding: the desk's verbs for whoever is at the server."""

import sys
from collections.abc import Sequence

import click

from comments.actions import moderate, privacy
from comments.actions.bulk import bulk
from comments.cli.frame import ACTOR, AS_JSON, NAMES, Failure, confirmed, opened, say_json
from comments.model import Comment

IDS = click.argument("numbers", metavar="ID…", type=int, nargs=-1, required=True)


def act_on(verb: str, numbers: Sequence[int], as_json: bool) -> None:
    """Do one act to all of them; what fails is told on stderr, and the exit code says so."""
    with opened() as here:
        acted = bulk(here.ctx, ACTOR, verb, numbers)
        for one in acted.done:
            say_acted(one.comment, one.sentence, as_json)
        if acted.failed:
            raise Failure("\n".join(f"{number}: {why}" for number, why in acted.failed.items()))


@click.command()
@IDS
@AS_JSON
def approve(numbers: tuple[int, ...], as_json: bool) -> None:
    """Publish comments: each is on its page at once."""
    act_on("approve", numbers, as_json)


@click.command()
@IDS
@AS_JSON
def spam(numbers: tuple[int, ...], as_json: bool) -> None:
    """File comments under spam, off the page."""
    act_on("spam", numbers, as_json)


@click.command()
@IDS
@AS_JSON
def trash(numbers: tuple[int, ...], as_json: bool) -> None:
    """Put comments in the bin, off the page."""
    act_on("trash", numbers, as_json)


@click.command(name="put-back")
@IDS
@AS_JSON
def put_back(numbers: tuple[int, ...], as_json: bool) -> None:
    """Take comments back from spam or bin, to where they were."""
    act_on("restore", numbers, as_json)


@click.command()
@IDS
@AS_JSON
def undo(numbers: tuple[int, ...], as_json: bool) -> None:
    """Take back the last act on comments."""
    act_on("undo", numbers, as_json)


@click.command()
@click.argument("number", metavar="ID", type=int)
@click.argument("source", metavar="[-]", required=False, type=click.Choice(["-"]))
@click.option("--text", help="The new text, in Markdown. Without it, or with -, it is read from standard input.")
@click.option("--reason", default="", help="Why, in a few words: for the record.")
@click.option("--publish", is_flag=True, help="Publish it too.")
@AS_JSON
def edit(number: int, source: str | None, text: str | None, reason: str, publish: bool, as_json: bool) -> None:
    """Put another text in place of a comment's. The old one stays in its history."""
    if source and text:
        raise Failure("Give the text either with --text or on standard input, not both.")
    if text in (None, "-"):
        text = read_text()
    with opened() as here:
        acted = moderate.edit(here.ctx, ACTOR, number, text or "", reason=reason, approve=publish)
        say_acted(acted.comment, acted.sentence, as_json, brief=True)


def say_acted(comment: Comment, sentence: str, as_json: bool, *, brief: bool = False) -> None:
    """What became of a comment, as a line for people or for machines."""
    if as_json:
        say_json({"id": comment.id, "state": NAMES[comment.state], "sentence": sentence})
    else:
        click.echo(sentence if brief else f"{comment.id}  {sentence}")


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
@AS_JSON
def erase(number: int, keep_text: bool, yes: bool, as_json: bool) -> None:
    """Forget who wrote a comment, and its text. There is no way back."""
    with opened() as here:
        comment = here.ctx.store.get_comment(number)
        what = "the name, the address and every trace" if keep_text else "the text, the name, the address, every trace"
        confirmed(f"Erase {what} of comment {number} by {comment.name}, for good?", yes=yes)
        erased = privacy.erase(here.ctx, ACTOR, number, keep_text=keep_text)
        say_acted(erased.comment, erased.sentence, as_json, brief=True)

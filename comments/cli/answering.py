"""Answering, changes that wait, and whole threads: more of the desk's verbs."""

from collections.abc import Callable, Sequence
from typing import cast

import click

from comments.actions import moderate, threads
from comments.actions.context import Context
from comments.actions.permissions import Actor
from comments.cli.deciding import IDS, read_text, say_acted
from comments.cli.frame import ACTOR, AS_JSON, Failure, opened, say_json
from comments.model import Policy


@click.command()
@click.argument("number", metavar="ID", type=int)
@click.option("--text", help="The answer, in Markdown. Without it, or with -, it is read from standard input.")
@click.option("--as", "name", metavar="NAME", required=True, help="Whose answer it is: a name at the desk.")
@AS_JSON
def reply(number: int, text: str | None, name: str, as_json: bool) -> None:
    """Answer a comment in the name of somebody of the desk, and publish both."""
    with opened() as here:
        account = here.ctx.store.find_account(name)
        if account is None:
            raise Failure(f"Nobody at the desk is called {name}.")
        acted = moderate.reply_and_approve(
            here.ctx, account, number, read_text() if text in (None, "-") else text or ""
        )
        say_acted(acted.reply or acted.comment, acted.sentence, as_json, brief=True)


@click.command()
@IDS
@AS_JSON
def accept_change(numbers: tuple[int, ...], as_json: bool) -> None:
    """Publish the changes that writers made to published comments."""
    each_change(moderate.accept_edit, numbers, as_json)


@click.command()
@IDS
@AS_JSON
def keep_old(numbers: tuple[int, ...], as_json: bool) -> None:
    """Leave published comments as they are, and drop the changes that wait."""
    each_change(moderate.keep_old, numbers, as_json)


def each_change(act: Callable[[Context, Actor, int], moderate.Acted], numbers: Sequence[int], as_json: bool) -> None:
    """Do it to each; the first that cannot be done ends it."""
    with opened() as here:
        for number in numbers:
            acted = act(here.ctx, ACTOR, number)
            say_acted(acted.comment, acted.sentence, as_json)


@click.command()
@click.argument("article", metavar="ARTICLE")
@click.argument("policy", type=click.Choice(["open", "held", "closed", "file"]))
@AS_JSON
def thread(article: str, policy: str, as_json: bool) -> None:
    """Open, hold or close the thread of one article, whatever its file says; `file` follows the file again."""
    with opened() as here:
        done = threads.set_thread_policy(here.ctx, ACTOR, article, None if policy == "file" else cast(Policy, policy))
        if as_json:
            say_json({"article": article, "policy": done.policy, "late": done.why_late, "sentence": done.sentence})
        else:
            click.echo(done.sentence)

"""Looking: the queue, one comment."""

from collections.abc import Iterator

import click

from comments.cli.frame import NAMES, as_record, indented, opened, say_json, say_lines
from comments.model import STATES, Comment

CHOICES = {NAMES[state]: state for state in STATES}


@click.command()
@click.option("--state", type=click.Choice(list(CHOICES)), default="waiting", show_default=True, help="Which list.")
@click.option("--article", metavar="ID", default=None, help="Only the comments on this article.")
@click.option("--search", metavar="WORDS", default="", help="Only comments with these words in text or name.")
@click.option("--limit", type=click.IntRange(1, 1000), default=50, show_default=True, help="How many at most.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def queue(state: str, article: str | None, search: str, limit: int, as_json: bool) -> None:
    """List what waits, is published, is spam or is in the bin."""
    with opened() as here:
        store = here.ctx.store
        found = store.list_comments(
            state=CHOICES[state], thread=article, query=search, newest_first=state != "waiting", limit=limit
        )
        if as_json:
            for comment in found:
                say_json(as_record(comment))
            return
        for comment in found:
            say_lines(summary(comment))
        total = store.count_comments(state=CHOICES[state], thread=article, query=search)
        what = "in the bin" if state == "bin" else state
        click.echo(f"{total} {what}." if total <= limit else f"{len(found)} of {total} {what}.")


@click.command()
@click.argument("number", metavar="ID", type=int)
@click.option("--json", "as_json", is_flag=True, help="As a JSON object.")
def show(number: int, as_json: bool) -> None:
    """Show one comment whole, with what happened to it. Never its address."""
    with opened() as here:
        comment = here.ctx.store.get_comment(number)
        rows = here.ctx.store.list_audit(comment=number)
        if as_json:
            history = [{"at": row.at.isoformat(), "who": row.actor, "what": row.action} for row in rows]
            say_json(as_record(comment) | {"history": history})
            return
        say_lines(summary(comment, whole=True))
        say_lines(f"  {row.at:%Y-%m-%d %H:%M} UTC  {row.action}, {row.actor}" for row in rows)


def summary(comment: Comment, *, whole: bool = False) -> Iterator[str]:
    """A comment in a few lines; ``whole`` leaves nothing out."""
    answers = f", answers {comment.parent}" if comment.parent else ""
    yield f"{comment.id}  {comment.name}, {comment.created:%Y-%m-%d %H:%M} UTC, on {comment.thread}{answers}"
    if whole:
        yield f"    State: {NAMES[comment.state]}"
    for reason in comment.reasons:
        yield f"    {'Urgent: ' if reason.urgent else ''}{reason.sentence}"
    if comment.proposed is not None:
        yield "    Changed after publication; the new text:"
    text = comment.source if comment.proposed is None else comment.proposed
    yield indented(text if whole or len(text) <= 300 else f"{text[:300]} …")
    yield ""

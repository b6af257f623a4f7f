"""The outbox: what waits, what is tried again and why, what was given up."""

import click

from comments.actions import letters
from comments.cli.frame import ACTOR, AS_JSON, opened, say_either, say_json
from comments.model import Letter

MOST = 1000


@click.group(invoke_without_command=True)
@click.option("--all", "everything", is_flag=True, help="Sent letters too.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@click.pass_context
def outbox(context: click.Context, everything: bool, as_json: bool) -> None:
    """List the letters that were not sent yet. Never an address.

    \b
    outbox retry ID   has one of them tried again
    """
    if context.invoked_subcommand:
        return
    with opened() as here:
        found = [letter for letter in here.ctx.store.list_letters(limit=MOST) if everything or not letter.sent]
    for letter in found:
        if as_json:
            say_json(as_record(letter))
        else:
            click.echo(summary(letter))
    if not as_json:
        given_up = sum(letter.failed is not None for letter in found)
        click.echo(f"{sum(not letter.sent for letter in found)} not sent, {given_up} of them given up.")
        if given_up:
            click.echo("Once the reason is gone: python -m comments outbox retry ID")


@outbox.command()
@click.argument("number", metavar="ID", type=int)
@AS_JSON
def retry(number: int, as_json: bool) -> None:
    """Have a letter tried again, with all its tries before it."""
    with opened() as here:
        letters.retry(here.ctx, ACTOR, number)
    told = f"Letter {number} is due. The running service sends it within seconds; or: python -m comments send-mail"
    say_either(told, {"letter": number}, as_json)


def as_record(letter: Letter) -> dict[str, object]:
    """A letter for machines."""
    return {
        "id": letter.id,
        "kind": letter.kind,
        "to": "account" if letter.account is not None else "reader",
        "account": letter.account,
        "comments": list(letter.comments),
        "state": letters.way_of(letter),
        "tries": letter.attempts,
        "reason": "" if letter.sent else letter.error,
        "created": letter.created.isoformat(),
        "due": None if letter.sent or letter.failed else letter.due.isoformat(),
        "sent": letter.sent and letter.sent.isoformat(),
        "given_up": letter.failed and letter.failed.isoformat(),
    }


def summary(letter: Letter) -> str:
    """A letter in one line."""
    way = letters.way_of(letter)
    parts = [f"{letter.id}  {letter.kind}, {way}"]
    if way in ("waiting", "retried"):
        parts.append(f"due {letter.due:%Y-%m-%d %H:%M} UTC")
    if letter.attempts and not letter.sent:
        parts.append(f"tries: {letter.attempts}")
    if letter.error and not letter.sent:
        parts.append(letter.error)
    return ", ".join(parts)

"""WordPress's two lists, and the spam filter, from the command line."""

import click

from comments.actions.guard import learning, lists
from comments.actions.guard.lists import Entry
from comments.cli.frame import ACTOR, counted, opened, say_json
from comments.errors import Invalid

WHICH = click.Choice(list(lists.WHICH))
KIND = click.Choice(list(lists.KINDS))


@click.group("list")
def list_() -> None:
    """What makes a comment wait (moderation list) or goes to spam (disallowed list)."""


@list_.command()
@click.argument("which", metavar="LIST", type=WHICH)
@click.argument("value", metavar="VALUE")
@click.option("--kind", type=KIND, default="word", show_default=True, help="What VALUE is.")
@click.option("--days", type=click.IntRange(1, lists.DAYS_MOST), help="Until when; without it for good.")
@click.option("--json", "as_json", is_flag=True, help="As a JSON object.")
def add(which: str, value: str, kind: str, days: int | None, as_json: bool) -> None:
    """Put a word, a domain, an e-mail address or a network on a list: moderation or disallowed."""
    with opened() as here:
        try:
            added = lists.add(here.ctx, ACTOR, which, kind, value, days)
        except Invalid as wrong:
            raise click.UsageError(str(wrong)) from None
        _say([added], as_json=as_json)


@list_.command()
@click.argument("number", metavar="ID", type=int)
@click.option("--json", "as_json", is_flag=True, help="As a JSON object.")
def remove(number: int, as_json: bool) -> None:
    """Take an entry off its list."""
    with opened() as here:
        _say([lists.remove(here.ctx, ACTOR, number)], as_json=as_json)


@list_.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def show(as_json: bool) -> None:
    """Everything that is on the lists now. Addresses and networks are not told: only a code of them is kept."""
    with opened() as here:
        entries = lists.show(here.ctx, ACTOR)
        _say(entries, as_json=as_json)
        if not entries and not as_json:
            click.echo("The lists are empty.")


@click.command()
@click.option("--json", "as_json", is_flag=True, help="As a JSON object.")
def retrain(as_json: bool) -> None:
    """Have the spam filter forget all it learned, and learn anew from what moderators decided."""
    with opened() as here:
        found = learning.retrain(here.ctx, ACTOR)
    state = found.state
    if as_json:
        figures = {name: getattr(state, name) for name in ("ham", "spam", "caught", "alarms")}
        say_json(figures | {"needed": found.needed, "judging": found.judging})
        return
    click.echo(f"Learned from {state.ham} published and {state.spam} spam comments.")
    click.echo(f"It would have caught {state.caught} of the spam, with {counted(state.alarms, 'false alarm')}.")
    if not found.judging:
        click.echo(
            f"It judges once it has seen {found.needed} of each." if found.needed else "The settings switch it off."
        )


def _say(entries: list[Entry], *, as_json: bool) -> None:
    for entry in entries:
        listing = entry.listing
        until = f", until {listing.expires:%Y-%m-%d}" if listing.expires else ""
        if as_json:
            say_json(
                {
                    "id": listing.id,
                    "list": listing.list,
                    "kind": listing.kind,
                    "value": listing.value if listing.kind in ("word", "domain") else None,
                    "by": listing.by,
                    "added": listing.created.isoformat(),
                    "until": listing.expires and listing.expires.isoformat(),
                }
            )
        else:
            added = f"added by {listing.by} on {listing.created:%Y-%m-%d}{until}"
            click.echo(f"{listing.id}  {listing.list}: {entry.words}, {added}")

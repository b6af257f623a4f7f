"""Forgetting what is older than the privacy page promises."""

import click

from comments.actions import retention
from comments.cli.frame import ACTOR, opened, say_json

WORDS = {
    "comments": "Comments deleted from spam and bin",
    "places": "Comments emptied, because others answer them",
    "addresses": "Addresses dropped that were not used for long",
    "traces": "Counted events forgotten",
    "sessions": "Sign-ins forgotten that were over",
    "letters": "Letters forgotten that were sent or given up",
    "files": "Letters deleted from the folder mail",
    "previews": "Previews deleted that were over",
    "replaced": "Replaced stores deleted that lay aside",
    "listings": "Entries of the lists forgotten that were over",
    "subscriptions": "Subscriptions forgotten that nobody confirmed",
    "invitations": "Invitations forgotten that were over",
}


@click.command()
@click.option("--json", "as_json", is_flag=True, help="As a JSON object.")
def purge(as_json: bool) -> None:
    """Delete what is older than the settings allow. The service does it by itself, every hour."""
    with opened() as here:
        counts = retention.purge(here.ctx, ACTOR).counts()
        if as_json:
            say_json(counts)
            return
        for name, count in counts.items():
            click.echo(f"{WORDS[name]}: {count}.")
        if not counts:
            click.echo("There was nothing to delete.")

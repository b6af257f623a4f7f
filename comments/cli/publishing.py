"""Publishing: releases, and what a crash or a dead mail server has left to do."""

import os
from contextlib import suppress
from pathlib import Path

import click

from comments.actions import news
from comments.actions import release as releasing
from comments.actions.going_back import go_back
from comments.actions.publish import Publisher
from comments.actions.timer import UNLESS_CHANGED_FROM
from comments.cli.frame import ACTOR, AS_JSON, opened, say_either, say_json
from comments.errors import StoreProblem
from comments.mail.outbox import open_outbox


@click.command()
@click.argument("output", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--unless-changed-from",
    "expecting",
    metavar="N",
    type=int,
    envvar=UNLESS_CHANGED_FROM,
    help="Do it only if readers still see release N.",
)
@AS_JSON
def release(output: Path, expecting: int | None, as_json: bool) -> None:
    """Make the built site in OUTPUT what readers see, with all its comments."""
    with opened() as here:
        by = os.environ.get("PN_BY", "") or ACTOR
        keep = here.runtime.settings.keep_releases
        number = releasing.publish_release(output, here.publisher, keep=keep, by=by, expecting=expecting)
        with suppress(StoreProblem):  # readers have it, whether or not that can be written down
            here.ctx.store.add_audit(here.ctx.now(), by, "release", detail={"release": number})
        say_either(f"Release {number} is what readers see.", {"number": number}, as_json)


@click.command()
@click.argument("number", metavar="[N]", type=int, required=False)
@AS_JSON
def rollback(number: int | None, as_json: bool) -> None:
    """Show an earlier release again (default: the one before), with the comments of today."""
    with opened() as here:
        shown = go_back(here.ctx, ACTOR, here.publisher, number)
        sentence = f"Release {shown.number} is what readers see again." if shown.changed else shown.sentence
        say_either(sentence, {"number": shown.number, "changed": shown.changed}, as_json)
        if shown.changed and not as_json:
            click.echo("Nothing is published by itself now, until you publish.")


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def releases(as_json: bool) -> None:
    """List the releases that are kept, newest first."""
    with opened() as here:
        for each in releasing.list_releases(here.runtime.var):
            if as_json:
                made = each.made.isoformat()
                say_json({"number": each.number, "made": made, "current": each.current, "by": each.by})
            else:
                click.echo(f"{each.number}  {each.made:%Y-%m-%d %H:%M} UTC{'  current' if each.current else ''}")


@click.command()
@AS_JSON
def publish_due(as_json: bool) -> None:
    """Write every page that is behind. The service does it by itself, every few seconds."""
    with opened() as here:
        written = here.publisher.publish_due()
        late = late_pages(here.publisher)
        say_either(f"Pages written: {written}.", {"written": written, "late": late}, as_json)
        for sentence in late:
            click.echo(sentence, err=True)
        if late:
            raise SystemExit(1)


def late_pages(publisher: Publisher) -> list[str]:
    """A sentence for every page that is still behind."""
    late = ((state.id, publisher.why_late(state.id)) for state in publisher.store.list_due())
    return [f"The page of {thread} is behind: {why}" for thread, why in late if why]


@click.command()
@AS_JSON
def send_mail(as_json: bool) -> None:
    """Send the letters that are due. The service does it by itself, every few seconds."""
    with opened() as here:
        runtime = here.runtime
        outbox = open_outbox(
            store=runtime.store,
            vault=runtime.vault,
            tokens=runtime.tokens,
            settings=runtime.settings,
            var=runtime.var,
            manifest=here.ctx.manifest,
            clock=runtime.clock,
        )
        news.announce(here.ctx)
        handled = outbox.send_due()
        say_either(f"Letters handled: {handled}.", {"handled": handled}, as_json)

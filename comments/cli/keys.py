"""Keys: new ones, lost ones, stolen ones."""

import os
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path

import click

from comments.actions import rotation
from comments.cli.frame import ACTOR, AS_JSON, confirmed, opened, progress_bar, say, say_json
from comments.runtime import read_settings, utc_now

WHAT_TO_DO = (
    "A backup or the store alone: no address can be read, but names and comments can, those that wait too.",
    "The keys as well, or the whole server: everything can be read. Tell these people, and whoever the law names.",
    "Then: stop the service; rotate-keys --grace 0; let everybody at the desk set a new password; change the "
    "password of the mail server; start the service.",
    "For the addresses, in a file that only you can read: who-is-affected --write FILE",
)


@click.command()
@click.option(
    "--grace",
    metavar="DAYS",
    type=click.IntRange(0, 365),
    default=30,
    show_default=True,
    help="How long links that were sent keep working; 0 when the keys may be stolen.",
)
@AS_JSON
def rotate_keys(grace: int, as_json: bool) -> None:
    """Make new keys, and seal all addresses anew. Stop the service first.

    With --grace 0 every link that was sent ends, and what is listed or counted by network begins anew.

    It can be stopped at any moment and run again. Copy the keys anew afterwards; keep the copy of the old ones for as
    long as you keep backups from before.
    """
    var = read_settings(os.environ).var
    with progress_bar("Sealing anew", as_json=as_json) as progress:
        count = rotation.rotate(var, ACTOR, utc_now, grace=timedelta(days=grace), progress=progress)
    if as_json:
        say_json({"sealed_anew": count, "grace_days": grace})
        return
    say(f"New keys. Sealed anew: {count}.")
    say(f"Copy {var / 'keys'} to where you keep its copy, and keep the old copy while you keep older backups.")
    say("Start the service again: systemctl start practice-notes")


@click.command()
@click.option("--yes", is_flag=True, help="Do not ask.")
@AS_JSON
def drop_addresses(yes: bool, as_json: bool) -> None:
    """Go on without the keys, when they are lost for good: every comment stays, every address is forgotten.

    Stop the service first. It refuses while the keys are there and fit.
    """
    confirmed("Forget every address that is held, for good?", yes=yes)
    count = rotation.drop_addresses(read_settings(os.environ).var, ACTOR, utc_now)
    if as_json:
        say_json({"dropped": count})
        return
    say(f"Addresses forgotten: {count}. All comments are there, and there are new keys: keep a copy of them elsewhere.")
    say("People of the desk give their address again under Settings; passwords are as they were.")


@click.command()
@click.option(
    "--write",
    "file",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the addresses into this new file, for nobody but you. That is recorded.",
)
@AS_JSON
def who_is_affected(file: Path | None, as_json: bool) -> None:
    """Say whom a theft of keys, backup or server concerns, and what to do. Never prints an address."""
    with opened() as here:
        found = rotation.who_is_affected(here.ctx)
        written = None
        if file:
            with progress_bar("Opening", as_json=as_json) as progress:
                written = rotation.write_addresses(here.ctx, ACTOR, file, progress)
    if as_json:
        told = asdict(found)
        say_json(
            {
                "commenters_addresses": told["people"],
                "desk_addresses": told["accounts"],
                "hidden_comments": told["hidden"],
                "accounts": told["desk"],
                "written": written,
            }
        )
        return
    say(f"Commenters whose address is held: {found.people}.")
    say(f"People of the desk whose address is held: {found.accounts}, of {found.desk}.")
    say(f"Comments that readers never saw: {found.hidden}.")
    if file:
        addresses = "1 address is" if written == 1 else f"{written} addresses are"
        say(f"{addresses} in {file}. Delete it when everybody is told.")
        return
    for sentence in WHAT_TO_DO:
        say(sentence)

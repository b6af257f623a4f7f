"""Backups: make one, and put one back."""

import os
from pathlib import Path

import click

from comments.actions import backup as backups
from comments.actions import restoring, retention
from comments.cli.frame import ACTOR, AS_JSON, confirmed, counted, opened, progress_bar, say, say_json
from comments.errors import CommentsError
from comments.runtime import read_settings, utc_now


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--keep", metavar="N", type=click.IntRange(1, 10_000), help="Keep only the newest N backups there.")
@AS_JSON
def backup(folder: Path, keep: int | None, as_json: bool) -> None:
    """Copy the store into FOLDER, in one file, while the service goes on. The keys are left out.

    The file is opened and checked before it gets its name. Beside it lies the list of the erased, random marks only:
    keep it with the backups. Keep a copy of the keys (the folder keys in PN_VAR) somewhere else.
    """
    with opened() as here, progress_bar("Copying", as_json=as_json) as progress:
        made = backups.back_up(here.ctx, ACTOR, folder, keep=keep, progress=progress)
    if as_json:
        say_json(
            {
                "file": str(made.path),
                "made": made.made.isoformat(),
                "bytes": made.bytes,
                "sha256": made.sha256,
                "counts": made.counts,
            }
        )
    else:
        say(f"{made.path}: {counted(made.counts['comments'], 'comment')}, opened and whole. The keys are not in it.")


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--without-addresses", is_flag=True, help="Where the keys of that time are lost: all but the addresses.")
@click.option("--let-in", is_flag=True, help="Where the replaced store is lost: nobody was deactivated since.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@AS_JSON
def restore(file: Path, without_addresses: bool, let_in: bool, yes: bool, as_json: bool) -> None:
    """Put the backup FILE in place of the store. Stop the service first.

    Whoever and whatever was erased since the backup was made stays erased. Everybody is signed out; links that work
    once (sign-in, invitations, letters to moderators) are void; deactivated accounts, changed passwords and used
    recovery codes stay so. Where the replaced store cannot tell, nobody can sign in until you let them, and recovery
    codes are void. The replaced store is kept aside for some days. (To take comments back from spam or bin:
    put-back ID.)
    """
    if str(file).isdigit() and not file.exists():
        raise click.UsageError(f"restore puts back a backup's file. To take comment {file} back: put-back {file}")
    told = backups.read_backup(file)
    count = counted(told.counts["comments"], "comment")
    confirmed(f"Replace the store by the backup of {told.made:%Y-%m-%d %H:%M} UTC ({count})?", yes=yes)
    settings = read_settings(os.environ)
    done = restoring.restore(settings.var, ACTOR, file, utc_now, without_addresses=without_addresses, let_in=let_in)
    late = _finish()
    if as_json:
        say_json(
            {
                "file": str(file),
                "made": done.backup.made.isoformat(),
                "counts": done.counts,
                "erased_again": done.again,
                "shut_out": done.shut,
                "without_address": done.silent,
                "without_second_step": done.bare,
                "aside": str(done.aside) if done.aside else None,
                "late": late,
            }
        )
        return
    say(f"Restored: the store of {done.backup.made:%Y-%m-%d %H:%M} UTC, {counted(done.counts['comments'], 'comment')}.")
    if done.again:
        say(f"Erased again, as it was asked for since: {done.again}.")
    if done.aside:
        days = settings.keep_traces_days
        say(f"The replaced store is in {done.aside}. It is deleted after {days} days; delete it sooner if all is well.")
    say("Everybody is signed out. Links from before that work once are void, invitations too: send new ones.")
    if done.shut:
        say(
            f"The replaced store cannot tell who was deactivated since. Nobody can sign in now: {', '.join(done.shut)}."
        )
        say("Let in who may: python -m comments deactivate NAME --back. Recovery codes are void.")
    if done.silent:
        say(f"Sealed with other keys, so forgotten, are the addresses of: {', '.join(done.silent)}.")
        say("They get no letters until they give theirs again at the desk, under Settings.")
    if done.bare:
        say(f"Sealed with other keys is the second step of: {', '.join(done.bare)}. Nobody can sign in as them now.")
        say("Let in who may: python -m comments deactivate NAME --back. They set it up anew at the desk (Settings).")
    for sentence in late:
        say(sentence)
    say("Start the service again: systemctl start practice-notes")


def _finish() -> list[str]:
    """Apply the retention to what is old, and write the pages. What cannot be done now, the service does."""
    try:
        with opened() as here:
            retention.purge(here.ctx, ACTOR)
            here.publisher.publish_due()
            late = len(here.ctx.store.list_due())
    except CommentsError as problem:
        return [str(problem)]
    pages = "1 page is" if late == 1 else f"{late} pages are"
    return [f"{pages} written when the service runs again."] if late else []

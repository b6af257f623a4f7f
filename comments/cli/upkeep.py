"""Upkeep: a new installation, and whether an installation is well."""

import os
import re
from datetime import timedelta

import click

from comments.actions.due import standing
from comments.actions.opening import Installation
from comments.actions.timer import RECORD, read_attempt
from comments.actions.web_root import current_release
from comments.cli import findings
from comments.cli.frame import AS_JSON, opened, say_either, say_json
from comments.cli.publishing import late_pages
from comments.errors import CommentsError
from comments.runtime import open_runtime, read_settings

# These lose commits where a write and a checkpoint meet: https://sqlite.org/wal.html, section 11.
RESET_BUG_SINCE, RESET_BUG_UNTIL = (3, 7, 0), (3, 51, 3)
RESET_BUG_MENDED = {(3, 44): 6, (3, 50): 7}
# A letter that is due for so long was not even tried.
MAIL_PATIENCE = timedelta(hours=1)
LETTERS = 500
# The service publishes within a minute, and a large site takes some to build.
CLOCK_PATIENCE = timedelta(minutes=30)


@click.command()
@click.option("--quiet", is_flag=True, help="Say nothing when all is well.")
@AS_JSON
def init(quiet: bool, as_json: bool) -> None:
    """Make store and keys where there are none. Harmless where they are."""
    var = read_settings(os.environ).var
    there = (var / "store.db").exists()
    open_runtime(read_settings(os.environ), create=True).close()
    made = f"Made store and keys in {var}. Keep a copy of the keys elsewhere: no backup holds them."
    if not quiet:
        say_either(f"Store and keys are in {var}." if there else made, {"folder": str(var), "made": not there}, as_json)


@click.command()
@AS_JSON
def check(as_json: bool) -> None:
    """Say what is wrong with this installation, and what to do. Exit code 1 when something is.

    Looked at: settings, keys, who can open the files, SQLite's version, the store and its search, pages that are
    behind, letters, the release, the disk, proxies, leftovers.
    """
    problems, notes = examine()
    if as_json:
        say_json({"well": not problems, "problems": problems, "notes": notes})
    else:
        for sentence in (*problems, *notes):
            click.echo(sentence)
        click.echo(f"{len(problems)} to mend." if problems else "All is well.")
    raise SystemExit(1 if problems else 0)


@click.command()
@AS_JSON
def rebuild_search(as_json: bool) -> None:
    """Make the desk's full-text search anew from the comments, when `check` says that it is not in step."""
    with opened() as here:
        here.ctx.store.rebuild_search()
        say_either(
            "The search is in step with the comments again.", {"problems": here.ctx.store.check_search()}, as_json
        )


def examine() -> tuple[list[str], list[str]]:
    """What is wrong, and what is worth knowing."""
    try:
        with opened() as here:
            problems = [
                *here.runtime.list_problems(),
                *findings.search_problems(here),
                *findings.folder_problems(here),
                *findings.address_problems(here),
                *release_problems(here),
                *mail_problems(here),
            ]
            notes = [
                *notes_on_engine(here.runtime.store.version()),
                *notes_on_people(here),
                *findings.notes_on_leftovers(here),
            ]
            if here.has_release:
                notes += findings.notes_on_settings(here)
            return problems, notes
    except CommentsError as error:
        return [str(error)], []


def release_problems(here: Installation) -> list[str]:
    """No release, one of another theme, or pages that are behind."""
    try:
        release = current_release(here.runtime.var)
    except CommentsError as error:
        return [str(error)]
    problems = [*late_pages(here.publisher), *clock_problems(here)]
    if release.renderer != here.publisher.renderer.version:
        problems.append("The site was published with another version of the theme. Build and publish it again.")
    return problems


def clock_problems(here: Installation) -> list[str]:
    """What should have been published by now, and was not."""
    found = standing(here.runtime.var, here.ctx.now())
    if found.lost:
        return ["This machine's clock stands before any release was made. Set it."]
    since = found.next_event
    if not found.due or since is None or here.ctx.now() - since < CLOCK_PATIENCE:
        return []
    last = read_attempt(here.runtime.var)
    why = f" It was tried, and ended with code {last.code}: see {RECORD} there." if last and last.code else ""
    return [f"Something was to change on the site at {since:%Y-%m-%d %H:%M}, and has not.{why}"]


def mail_problems(here: Installation) -> list[str]:
    """Letters given up, and letters nobody tries to send."""
    letters, now = here.ctx.store.list_letters(limit=LETTERS), here.ctx.now()
    failed = sum(letter.failed is not None for letter in letters)
    stuck = sum(not letter.failed and not letter.sent and letter.due < now - MAIL_PATIENCE for letter in letters)
    problems = []
    if failed:
        problems.append(f"{failed} of the last letters could not be sent. The desk says why, under Mail.")
    if stuck:
        wait = "1 letter waits" if stuck == 1 else f"{stuck} letters wait"
        problems.append(f"{wait} since more than an hour. Is the service running? Or run: send-mail")
    return problems


def notes_on_engine(version: str) -> list[str]:
    """Which store engine, and whether it has the bug that our lock keeps harmless."""
    found = re.search(r"(\d+)\.(\d+)\.(\d+)", version)
    number = tuple(int(part) for part in found.groups()) if found else ()
    if "SQLite" not in version or not has_reset_bug(number):
        return [f"{version}."]
    return [
        f"{version}: this version can lose commits when a write and a checkpoint meet (mended in 3.51.3). "
        "Our lock keeps them apart. Let no other program write to the store or checkpoint it, Litestream included."
    ]


def has_reset_bug(version: tuple[int, ...]) -> bool:
    mended = any(version[:2] == line and version[2] >= least for line, least in RESET_BUG_MENDED.items())
    return RESET_BUG_SINCE <= version < RESET_BUG_UNTIL and not mended


def notes_on_people(here: Installation) -> list[str]:
    accounts = [account for account in here.ctx.store.list_accounts() if not account.disabled]
    if not any(account.role == "administrator" for account in accounts):
        return ["Nobody can sign in to the desk yet. Make a link: sign-in NAME --create"]
    if not any(account.has_address for account in accounts):
        return ["No moderator gave an e-mail address, so nobody is told when a comment waits: desk, Settings."]
    return []

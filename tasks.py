#!/usr/bin/env python3
"""Everything one does with a publication: ``python3 tasks.py TASK``. The first run sets itself up."""

import signal
import sys

if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # nothing has begun, so there is nothing to say
    if sys.version_info < (3, 11):  # noqa: UP036 - an older Python must get a sentence, not a traceback
        sys.exit("Practice Notes needs Python 3.11 or newer. This one is older; python3.11 or python3.12 may be there.")
    from workshop.bootstrap import enter

    sys.exit(enter(sys.argv[1:]))

from invoke.context import Context
from invoke.exceptions import Exit
from invoke.tasks import task

from workshop import stopping

stopping.hear()


@task
def build(_: Context) -> None:
    """Build the base pages into output/."""
    from workshop.building import build_site

    finish(build_site())


@task(help={"port": "the port to use (default 8000, or a free one)", "host": "0.0.0.0 to try it on a phone"})
def serve(_: Context, port: str = "", host: str = "localhost") -> None:
    """Show site, comment service and desk, and follow every change."""
    from workshop.serving import serve_all

    finish(serve_all(host, port))


@task(
    help={"long": "also fuzz, faults and load", "only": "a path, or words of a test's name"},
    auto_shortflags=False,
)
def test(_: Context, long: bool = False, only: str = "") -> None:
    """Run every check there is; what CI runs."""
    from workshop.testing import run_tests

    finish(run_tests(long=long, only=only))


@task
def lint(_: Context) -> None:
    """Check the style and the types of the code."""
    from workshop.testing import run_linters

    finish(run_linters())


@task(help={"write": "write addresses.yml where it is behind", "json": "for machines"}, auto_shortflags=False)
def check(_: Context, write: bool = False, json: bool = False) -> None:
    """Read all content and name every problem with file, line and cure."""
    from workshop.building import run_module

    options = ["--write"] * write + ["--json"] * json
    finish(run_module("publication", "check", *options))


@task(
    help={
        "all": "also links asked for lately",
        "days": "ask again after so many days",
        "strict": "exit 1 when a link fails",
        "json": "for machines",
    },
    auto_shortflags=False,
)
def links(_: Context, all: bool = False, days: int = 7, strict: bool = False, json: bool = False) -> None:
    """Ask for every outside link that is due, and remember which fail."""
    from workshop.building import run_module

    options = ["--all"] * all + ["--strict"] * strict + ["--json"] * json
    finish(run_module("publication", "links", "--days", str(days), *options))


@task(
    help={
        "name": "what it is called",
        "address": "where readers will find it, such as https://notes.example.org",
        "tagline": "one line under the name",
        "language": "en or fr",
        "zone": "the time zone of its dates, such as Europe/Paris",
    },
    auto_shortflags=False,
)
def begin(_: Context, name: str = "", address: str = "", tagline: str = "", language: str = "", zone: str = "") -> None:
    """Put the sample publication aside and begin your own; asks for what you do not say."""
    from workshop import beginning

    wishes = {"name": name, "address": address, "tagline": tagline, "language": language, "zone": zone}
    finish(beginning.begin(wishes))


@task(help={"title": "the article's title"}, auto_shortflags=False)
def new(_: Context, title: str) -> None:
    """Make a draft of an article, ready to write in."""
    from workshop.building import run_module

    finish(run_module("publication", "new", title))


@task(
    help={
        "export": "the file that the old system made; several with commas between them",
        "media": "the folder wp-content/uploads of the old site, or a copy of it",
        "urls": "a CSV file, old,new: where the old addresses are now",
        "fetch": "get files that are missing there from the old site itself",
        "dry-run": "say what would become of everything, and change nothing",
        "json": "print the report for machines",
    },
    auto_shortflags=False,
)
def migrate(
    _: Context,
    export: str,
    media: str = "",
    urls: str = "",
    fetch: bool = False,
    dry_run: bool = False,
    json: bool = False,
) -> None:
    """Bring a WordPress publication over, or the comments of Disqus, Isso or Remark42 (docs/moving-in.md)."""
    from workshop.building import run_stoppable

    options = (["--media", media] if media else []) + (["--urls", urls] if urls else [])
    options += ["--fetch"] * fetch + ["--dry-run"] * dry_run + ["--json"] * json
    finish(run_stoppable("migrate", *export.split(","), *options))


@task(
    help={
        "file": "the file to write; only you can read it",
        "to": "jsonl (all of the conversation), wordpress, disqus, or csv (spreadsheets)",
        "with-addresses": "e-mail addresses too, in the open",
        "replace": "write the file anew if it is there",
        "yes": "do not ask",
        "json": "for machines",
    },
    auto_shortflags=False,
)
def export(
    _: Context,
    file: str,
    to: str,
    with_addresses: bool = False,
    replace: bool = False,
    yes: bool = False,
    json: bool = False,
) -> None:
    """Move out: write the comments, and for WordPress the texts, into a file that others can read in."""
    from workshop.building import run_module

    options = ["--with-addresses"] * with_addresses + ["--replace"] * replace + ["--yes"] * yes + ["--json"] * json
    finish(run_module("migrate.out", "--to", to, *options, "--", file))


@task
def publish(_: Context) -> None:
    """Build, then make the result what readers see."""
    from workshop.building import publish_site

    finish(publish_site())


@task(
    help={
        "file": "the file of an article, page or resource, or its id",
        "days": "how long it can be seen (default 14)",
        "list": "list those that can be seen",
        "end": "end the one of this text, or all",
    },
    auto_shortflags=False,
)
def preview(_: Context, file: str, days: str = "14", list: bool = False, end: str = "") -> None:
    """Show reviewers a text that is not published, at an address that cannot be guessed."""
    from workshop import previewing

    if list:
        finish(previewing.list_previews())
    elif end:
        finish(previewing.end_preview(end))
    else:
        finish(previewing.preview(file, days))


@task(help={"json": "for machines", "as-of": "look at this moment instead of now"}, auto_shortflags=False)
def due(_: Context, json: bool = False, as_of: str = "") -> None:
    """Say whether something is to appear or to go that readers do not see yet: exit code 1 then."""
    from workshop.timing import say_due

    finish(say_due(json=json, as_of=as_of))


@task(help={"to": "the number of a release (default: the one before)"}, auto_shortflags=False)
def rollback(_: Context, to: str = "") -> None:
    """Show an earlier release again."""
    from workshop.building import roll_back

    finish(roll_back(to))


@task
def bench(_: Context) -> None:
    """Measure against peers and floors in one run."""
    from workshop.building import run_module

    finish(run_module("benchmarks"))


@task
def lock(_: Context) -> None:
    """Write the lock files anew from pyproject.toml (needs uv)."""
    from workshop.locking import write_locks

    finish(write_locks())


def finish(code: int) -> None:
    if code:
        raise Exit(code=code)

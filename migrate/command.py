"""The command behind ``python3 tasks.py migrate``."""

import os
import sqlite3
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import click
from click._termui_impl import ProgressBar

from comments.actions.context import Context
from comments.actions.opening import installation_of
from comments.errors import CommentsError
from comments.runtime import open_runtime, read_settings
from comments.runtime.rehearsing import open_copy, sweep
from migrate import report
from migrate.fetching import FOLDER, Fetching
from migrate.item_kinds import many_of
from migrate.media import Media
from migrate.outcomes import Ledger
from migrate.problems import Unusable
from migrate.run import Migration
from migrate.sources.job import Job, Told
from migrate.sources.kinds import kind_of
from migrate.stopping import STOPPED
from publication.settings import BadSettings, from_file

LOST_SOME = 3  # the exit code


@click.command()
@click.argument("exports", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--media", type=click.Path(path_type=Path), help="The old site's uploads folder.")
@click.option("--urls", type=click.Path(path_type=Path), help="A CSV file, old,new: where old addresses are now.")
@click.option("--fetch", is_flag=True, help="Fetch files that are missing there from the old site itself.")
@click.option("--allow-local", is_flag=True, hidden=True)  # for trying out --fetch
@click.option("--dry-run", is_flag=True, help="Say what would become of everything, and change nothing.")
@click.option("--content", type=click.Path(path_type=Path), default=Path("content"), show_default=True)
@click.option("--conf", type=click.Path(path_type=Path), default=Path("pelicanconf.py"), show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print the report for machines.")
def migrate(
    exports: tuple[Path, ...],
    media: Path | None,
    urls: Path | None,
    fetch: bool,
    allow_local: bool,
    dry_run: bool,
    content: Path,
    conf: Path,
    as_json: bool,
) -> int:
    """Bring what another system exported (one file or several) into this publication.

    Ends with 3 where a text could not come; everything else has come then.
    """
    for path in exports:
        refuse_no_file(path, "the file that the old system made")
    if urls is not None:
        refuse_no_file(urls, "a CSV file, old,new, for --urls")
    if media is not None and not media.is_dir():
        what = "is a file" if media.exists() else "is not there"
        raise Unusable(f"{media} {what}. Give the folder wp-content/uploads of the old site, or a copy of it.")
    settings = from_file(conf)
    var, now = read_settings(os.environ).var, datetime.now(UTC)
    bar = Bar(hidden=as_json or not sys.stderr.isatty())
    job = Job(exports, content, var, settings, now, opened, bar.show, dry_run, urls)
    fetching = Fetching(var / FOLDER, online=fetch and not dry_run)
    if allow_local:
        fetching.allowed = lambda _: True
    try:
        kind = kind_of(exports)
        if kind is None and urls is not None:
            raise Unusable(
                "--urls is for comments of Disqus, Isso and Remark42. WordPress says itself where its texts stood: "
                "leave it out."
            )
        told = kind.bring(job) if kind else bring_wordpress(job, Media(media, fetching))
    finally:
        bar.close()
    if fetch and dry_run:
        told.ledger.left.append("Nothing is fetched in a rehearsal: what is missing here may come with the run itself.")
    page = report.write(var, told.ledger, told.site, now, dry=dry_run, dropped=told.dropped)
    if as_json:
        sys.stdout.writelines(report.as_json(told.ledger, told.site, now, dry=dry_run, dropped=told.dropped))
    else:
        click.echo(summary(told.ledger, page, dry_run))
    lost = list(told.ledger.lost())
    click.echo("\n".join(lost), err=True, nl=bool(lost))
    return LOST_SOME if lost else 0


def refuse_no_file(path: Path, wanted: str) -> None:
    """Make sure that there is a file.

    :raise Unusable: there is none, or it is a folder.
    """
    if path.is_dir():
        raise Unusable(f"{path} is a folder. Give {wanted}; it may be in there.")
    if not path.exists():
        raise Unusable(f"There is no file {path}. Give {wanted}; look at the spelling and at the folder you are in.")


def bring_wordpress(job: Job, media: Media) -> Told:
    """Texts, pictures and comments of a WordPress site."""
    run = Migration(job.files, job.content, job.var, job.settings, job.now, media, job.open_store, job.progress)
    ledger = run.run(dry=job.dry)
    return Told(ledger, run.catalogue.site, run.dropped)


@contextmanager
def opened(rehearsal: bool) -> Iterator[Context]:
    """The installation's store, made with its keys where there is none yet; for a rehearsal a copy of it."""
    settings = read_settings(os.environ)
    if not rehearsal:
        sweep(settings.var)
    with open_copy(settings) if rehearsal else open_runtime(settings, create=True) as runtime:
        yield installation_of(runtime).ctx


class Bar:
    """A progress bar on stderr for each part of the way, with its rate and the time that is left."""

    def __init__(self, hidden: bool) -> None:
        self._hidden, self._what, self._began = hidden, "", 0.0
        self._bar: ProgressBar[int] | None = None

    def show(self, what: str, done: int, total: int) -> None:
        """Move on to ``done`` of ``total`` bytes."""
        if self._hidden:
            return
        if what != self._what or self._bar is None:
            self.close()
            self._what, self._began = what, time.monotonic()
            self._bar = click.progressbar(
                length=total, label=what.ljust(8), file=sys.stderr, item_show_func=self._rate, show_eta=True
            )
        self._bar.update(done - self._bar.pos, done)

    def _rate(self, done: int | None) -> str:
        took = time.monotonic() - self._began
        return f"{(done or 0) / took / 1e6:.1f} MB/s" if took > 0 else ""

    def close(self) -> None:
        """Leave the bar that is shown as it is."""
        if self._bar is not None:
            self._bar.render_finish()
            self._bar = None


def summary(ledger: Ledger, page: Path, dry: bool) -> str:
    """The numbers in a few lines, and where the whole account is."""
    lines = ["Rehearsal: nothing was changed."] if dry else []
    for kind, counts in ledger.counts().items():
        told = ", ".join(f"{number} {report.NAMES[name].lower()}" for name, number in counts.items())  # type: ignore[index]
        lines.append(f"{many_of(kind)}: {told}")
    lines += ledger.left
    unmatched = sum(finding.kind == "unmatched" for entry in ledger for finding in entry.findings)
    if unmatched:
        pages = "1 old page with comments matches" if unmatched == 1 else f"{unmatched} old pages with comments match"
        lines.append(f"{pages} no article here; the report says what to do.")
    named = f"{page}, and for machines in {page.with_suffix('.json').name}"
    items = "1 item" if len(ledger) == 1 else f"{len(ledger)} items, all"
    lines.append(f"{items} accounted for in {named}")
    if not dry:
        lines.append("Next: python3 tasks.py check, then python3 tasks.py serve to look at it.")
    return "\n".join(lines)


def run() -> int:
    """Run the command; what goes wrong is said in a sentence."""
    try:
        return int(migrate.main(standalone_mode=False) or 0)
    except (Unusable, BadSettings, CommentsError) as error:
        click.echo(str(error), err=True)
        return 1
    except OSError as error:
        click.echo(
            f"{error.filename or 'A file'}: {error.strerror or error}. Run it again when that is mended.",
            err=True,
        )
        return 1
    except sqlite3.Error as error:  # of the drawers: the store has errors of its own
        click.echo(f"The system's temporary folder: {error}. Run it again when that is mended.", err=True)
        return 1
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except click.Abort:
        click.echo(STOPPED, err=True)
        return 130

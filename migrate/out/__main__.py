"""``python -m migrate.out``: the command behind ``python3 tasks.py export``."""

import io
import json
import os
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import click
from click._termui_impl import ProgressBar

from comments.actions.opening import installation_of
from comments.errors import CommentsError
from comments.runtime import open_runtime, read_settings
from migrate.out import file
from migrate.out.formats import FORMATS, OF_TEXTS
from migrate.out.plan import Export
from migrate.out.telling import counted
from migrate.problems import Unusable
from publication.load import Publication, load
from publication.settings import BadSettings, Settings, from_file

OPEN = "The file holds e-mail addresses in the open: whoever has the file has them. Keep it where only you can read it."


@click.command()
@click.argument("path", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--to", "kind", required=True, metavar="FORMAT", help="The format: see docs/export.md.")
@click.option("--with-addresses", is_flag=True, help="E-mail addresses too, in the open: mind the file.")
@click.option("--replace", is_flag=True, help="Write the file anew if it is there.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--content", type=click.Path(path_type=Path), default=Path("content"), show_default=True)
@click.option("--conf", type=click.Path(path_type=Path), default=Path("pelicanconf.py"), show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Say what was written for machines.")
def export(
    path: Path,
    kind: str,
    with_addresses: bool,
    replace: bool,
    yes: bool,
    content: Path,
    conf: Path,
    as_json: bool,
) -> None:
    """Write the conversation, and for WordPress the texts as well, into FILE, which only you can read."""
    if kind not in FORMATS:
        raise Unusable(f"“{kind}” is no format. Type one behind --to: {', '.join(FORMATS)}.")
    file.refuse_place(path, replace=replace)
    settings, now = from_file(conf), datetime.now(UTC)
    if with_addresses:
        _agreed(yes)
    with open_runtime(read_settings(os.environ)) as runtime, _bar(as_json) as bar:
        texts = _texts(content, settings, now) if kind in OF_TEXTS else None
        found = Export(installation_of(runtime).ctx, settings, now, with_addresses, texts)
        found.progress = _told(bar)
        size = file.write(path, FORMATS[kind](found), replace=replace)
    if as_json:
        told = {"file": str(path), "format": kind, "bytes": size, "addresses": with_addresses}
        click.echo(json.dumps({**told, "written": dict(found.written), "left": dict(found.left)}))
        return
    click.echo(f"{path}: " + (", ".join(counted(number, what) for what, number in found.written.items()) or "nothing"))
    for what, number in found.left.items():
        click.echo(f"Not in it: {counted(number, what)}")


def _texts(content: Path, settings: Settings, now: datetime) -> Publication:
    """The publication as it is now.

    :raise Unusable: something is wrong with it.
    """
    found = load(content, settings, now)
    problems = [problem for problem in found.problems if problem is not found.behind]
    if problems:
        told = "\n".join(map(str, problems[:10]))
        raise Unusable(f"The publication has problems. Mend them first (python3 tasks.py check):\n{told}")
    return found


def _agreed(yes: bool) -> None:
    click.echo(OPEN, err=True)
    if yes:
        return
    try:
        sure = click.confirm("Write them?", err=True)
    except click.Abort:
        raise Unusable("Nothing was written. Add --yes to go on without being asked.") from None
    if not sure:
        raise Unusable("Nothing was written.")


def _bar(hidden: bool) -> ProgressBar[int]:
    shown = sys.stderr.isatty() and not hidden
    return click.progressbar(length=1, label="Writing", file=sys.stderr if shown else io.StringIO())


def _told(bar: ProgressBar[int]) -> Callable[[int, int], None]:
    def step(done: int, of: int) -> None:
        if done % 50 == 0 or done >= of:
            bar.length = max(of, 1)
            bar.update(done - bar.pos)

    return step


def main() -> int:
    """Run the command; what goes wrong is said in a sentence."""
    try:
        export.main(standalone_mode=False)
    except (Unusable, BadSettings, CommentsError) as error:
        click.echo(str(error), err=True)
        return 1
    except OSError as error:
        click.echo(f"{error.filename or 'A file'}: {error.strerror or error}. Nothing was written.", err=True)
        return 1
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except click.Abort:
        click.echo("Stopped. Nothing was written.", err=True)
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""``python -m publication``: check the content, look at outside links, or begin a new text."""

import argparse
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from publication import check, drafts, events
from publication.health import command as links
from publication.load import load
from publication.moments import read_moment
from publication.problems import Wrong
from publication.settings import BadSettings, Settings, from_file
from publication.status import tell_editors


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. 0: all is well, 1: something is to be mended, 2: the command was typed wrongly."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a terminal without our quotation marks must not end us
    typed = _parser().parse_args(arguments)
    try:
        settings = from_file(typed.conf)
        code: int = typed.run(typed, settings)
    except (BadSettings, drafts.CannotStart) as error:
        print(error, file=sys.stderr)
        return 1
    return code


def _check(typed: argparse.Namespace, settings: Settings) -> int:
    try:
        as_of = read_moment(typed.as_of, settings.timezone) if typed.as_of else datetime.now(UTC)
    except Wrong as wrong:
        raise BadSettings(f"--as-of: {wrong.what}. {wrong.cure}") from None
    publication = check.run(typed.content, settings, as_of, write=typed.write)
    if typed.status:
        tell_editors(publication, typed.status)
    print(check.as_json(publication) if typed.json else check.as_lines(publication, brief=typed.brief))
    return 1 if publication.problems else 0


def _new(typed: argparse.Namespace, settings: Settings) -> int:
    path = drafts.new(typed.title, typed.content, typed.author, settings=settings)
    print(f"Your draft is {path}. Fill in its top, write below, and set status: published when it is ready.")
    return 0


def _events(typed: argparse.Namespace, settings: Settings) -> int:
    print(events.as_json(load(typed.content, settings, typed.after), typed.until))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m publication", description=__doc__)
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("--content", type=Path, default=Path("content"), help="the folder of the texts")
    shared.add_argument("--conf", type=Path, default=Path("pelicanconf.py"), help="the settings of the site")
    commands = parser.add_subparsers(required=True, metavar="command")
    checking = commands.add_parser("check", parents=[shared], help="name every problem with file, line and cure")
    checking.add_argument("--write", action="store_true", help="write addresses.yml where it is behind")
    checking.add_argument("--json", action="store_true", help="answer for machines")
    checking.add_argument("--status", type=Path, metavar="FILE", help="write there what the editors' page shows")
    checking.add_argument("--brief", action="store_true", help="count the advice instead of printing it")
    checking.add_argument("--as-of", default="", help="look at this moment instead of now: 2026-03-14 09:30")
    checking.set_defaults(run=_check)
    telling = commands.add_parser("events", parents=[shared], help="what happens by itself, as JSON")
    telling.add_argument("--after", type=datetime.fromisoformat, required=True, help="a moment with its offset")
    telling.add_argument("--until", type=datetime.fromisoformat, required=True, help="a later one")
    telling.set_defaults(run=_events)
    starting = commands.add_parser("new", parents=[shared], help="make a draft of an article")
    starting.add_argument("title", help="the article's title, in quotation marks")
    starting.add_argument("--author", help="the author's key, a file name in content/authors")
    starting.set_defaults(run=_new)
    links.add(commands, shared)
    return parser


if __name__ == "__main__":
    sys.exit(main())

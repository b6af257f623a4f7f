"""``python -m publication links``: asks for every outside link that is due, and remembers the answers."""

import argparse
import shutil
import sys
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from publication.health import hosts, report, state
from publication.health.collect import collect
from publication.health.fetch import Fetcher, agent
from publication.health.pace import Pace
from publication.health.rounds import Outcome, Round
from publication.settings import BadSettings, Settings

USUAL_DAYS = 7
USUAL_PACE = 1.5  # seconds between two requests to one host


def add(commands: "argparse._SubParsersAction[Any]", shared: argparse.ArgumentParser) -> None:
    """Teach the command line its words."""
    parser = commands.add_parser("links", parents=[shared], help="ask for outside links, and remember which fail")
    parser.add_argument("--all", action="store_true", help="ask for every link, also those asked for lately")
    parser.add_argument("--days", type=int, default=USUAL_DAYS, help="ask again after so many days (default 7)")
    parser.add_argument("--strict", action="store_true", help="exit 1 when a link fails")
    parser.add_argument("--json", action="store_true", help="answer for machines")
    parser.add_argument("--pace", type=float, default=USUAL_PACE, help=argparse.SUPPRESS)
    parser.add_argument("--allow-local", action="store_true", help=argparse.SUPPRESS)  # for trying it out
    parser.set_defaults(run=run)


def run(
    typed: argparse.Namespace, settings: Settings, *, now: Callable[[], datetime] = lambda: datetime.now(UTC)
) -> int:
    """One round. 0, unless ``--strict`` was typed and a link fails."""
    path = settings.links_file
    if path is None:
        raise BadSettings('LINKS_FILE is missing in pelicanconf.py. Write LINKS_FILE = "var/links.json".')
    before, moment, stop = _remembered(path), now(), threading.Event()
    pace = Pace(typed.pace, wait=stop.wait)
    fetcher = Fetcher(agent(settings.name, settings.url), pace.turn)
    fetcher.allowed = (lambda _: True) if typed.allow_local else hosts.is_public
    outcome = Round(
        places=collect(typed.content, settings, moment, local=typed.allow_local),
        before=before,
        look=fetcher.look,
        pace=pace,
        now=moment,
        age=timedelta(0) if typed.all else timedelta(days=typed.days),
        always_ok=settings.links_always_ok,
        stop=stop,
    ).run()
    _keep(path, outcome)
    print(report.as_json(before, outcome) if typed.json else report.as_lines(before, outcome))
    failing = any(link.failures for link in outcome.links.values())
    return 1 if typed.strict and failing and not outcome.is_offline else 0


def _keep(path: Path, outcome: Outcome) -> None:
    try:
        state.write(path, outcome.links)
    except OSError as error:
        raise BadSettings(
            f"{path} cannot be written ({error.strerror or error}). Look at the folder's rights."
        ) from None


def _remembered(path: Path) -> dict[str, state.Link]:
    """What is in the file. A damaged one is put aside, so that whoever wants to can look at it."""
    if not path.exists():
        return {}
    try:
        return state.parse(path.read_bytes())
    except (OSError, ValueError) as error:
        copy = path.with_name(f"{path.name}.damaged")
        shutil.copyfile(path, copy)
        print(f"{path} cannot be read ({error}). It is kept as {copy.name}, and a new one begun.", file=sys.stderr)
        return {}

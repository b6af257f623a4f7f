"""What became of every item, as web pages and as JSON. No address is in either.

However much there is, it is written as it is read: long lists go to pages of their own.
"""

import json
import shutil
from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from migrate.memory import digest
from migrate.model import Site
from migrate.outcomes import Entry, Ledger, Outcome, by_importance
from publication.slugs import slug

NAMES: Final[dict[Outcome, str]] = {
    "imported": "Brought over",
    "changed": "Brought over with changes",
    "kept": "There already",
    "skipped": "Left out",
}
FOLDER = "migration"
_LOOK = 500  # texts in the list of what to look at; the JSON has them all
_PER_PAGE = 1000  # entries of a kind; more of them have pages of their own


def write(var: Path, ledger: Ledger, site: Site, now: datetime, *, dry: bool, dropped: int) -> Path:
    """Write ``report.html`` with its lists and ``report.json`` into ``var/migration/``; returns the page.

    Those of a rehearsal have names of their own: what was brought over stays accounted for.
    """
    folder = var / FOLDER
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    name = "rehearsal" if dry else "report"
    with (folder / f"{name}.json").open("w", encoding="utf-8") as file:
        file.writelines(as_json(ledger, site, now, dry=dry, dropped=dropped))
    lists = f"{name}-lists"
    shutil.rmtree(folder / lists, ignore_errors=True)  # of the run before
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"), autoescape=True, undefined=StrictUndefined
    )
    counts = ledger.counts()
    by_kind = {kind: sum(numbers.values()) for kind, numbers in counts.items()}
    page = folder / f"{name}.html"
    environment.get_template("report.html").stream(
        site=site,
        made=f"{now:%Y-%m-%d %H:%M} UTC",
        dry=dry,
        dropped=dropped,
        total=len(ledger),
        left=ledger.left,
        counts={kind: {name: numbers.get(name, 0) for name in NAMES} for kind, numbers in counts.items()},
        outcomes=list(NAMES),
        names=NAMES,
        reasons={name: ledger.reasons(name) for name in NAMES},
        look=[(entry, by_importance(entry.findings)) for entry in ledger.to_look_at(_LOOK)],
        short=[(kind, list(ledger.of_kind(kind))) for kind, number in by_kind.items() if number <= _PER_PAGE],
        long=[
            (kind, number, list(_write_lists(environment, page, lists, ledger, kind, number)))
            for kind, number in by_kind.items()
            if number > _PER_PAGE
        ],
    ).dump(str(page), encoding="utf-8", errors="replace")
    return page


def as_json(ledger: Ledger, site: Site, now: datetime, *, dry: bool, dropped: int) -> Iterator[str]:
    """Counts by kind and outcome, and every entry in the order of the source, piece by piece."""
    told = {
        "site": {"title": site.title, "url": site.url, "version": site.version},
        "made": now.isoformat(),
        "dry": dry,
        "control_characters": dropped,
        "total": len(ledger),
        "counts": ledger.counts(),
        "left": ledger.left,
    }
    yield json.dumps(told, ensure_ascii=False, indent=1).removesuffix("\n}") + ',\n "items": ['
    for at, entry in enumerate(ledger):
        yield f"{',' if at else ''}\n  {_sound(json.dumps(entry.told(), ensure_ascii=False))}"
    yield "\n ]\n}\n"


def _write_lists(
    environment: Environment, report: Path, lists: str, ledger: Ledger, kind: str, number: int
) -> Iterator[tuple[str, str]]:
    """The pages of one kind; gives the address and the name of each."""
    template, entries = environment.get_template("items.html"), ledger.of_kind(kind)
    (report.parent / lists).mkdir(exist_ok=True, mode=0o700)
    for first in range(1, number + 1, _PER_PAGE):
        last = min(first + _PER_PAGE - 1, number)
        name = f"{lists}/{slug(kind, longest=40)}-{digest(kind.encode())[:6]}-{first}.html"
        some: list[Entry] = list(islice(entries, _PER_PAGE))
        told = f"{kind}, {first} to {last} of {number}"
        page = template.render(title=told, report=report.name, kind=kind, entries=some, names=NAMES)
        (report.parent / name).write_text(_sound(page), encoding="utf-8")
        yield name, f"{first} to {last}"


def _sound(text: str) -> str:
    """Half a character, which JSON in an old text may hold, is none that can be written."""
    return text.encode("utf-8", "replace").decode("utf-8")

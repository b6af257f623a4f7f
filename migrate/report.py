"""What became of every item, as a web page and as JSON. No address is in either."""

import json
from dataclasses import asdict
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from migrate.model import Site
from migrate.outcomes import Entry, Ledger, Outcome, by_importance, weight

NAMES: Final[dict[Outcome, str]] = {
    "imported": "Brought over",
    "changed": "Brought over with changes",
    "kept": "There already",
    "skipped": "Left out",
}
FOLDER = "migration"
_LOOK = 500  # texts in the list of what to look at; the JSON has them all


def write(var: Path, ledger: Ledger, site: Site, now: datetime, *, dry: bool, dropped: int) -> Path:
    """Write ``report.html`` and ``report.json`` into ``var/migration/``; returns the page."""
    folder = var / FOLDER
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    (folder / "report.json").write_text(as_json(ledger, site, now, dry=dry, dropped=dropped), encoding="utf-8")
    page = folder / "report.html"
    page.write_text(as_page(ledger, site, now, dry=dry, dropped=dropped), encoding="utf-8")
    return page


def as_json(ledger: Ledger, site: Site, now: datetime, *, dry: bool, dropped: int) -> str:
    """Counts by kind and outcome, and every entry in the order of the source."""
    told = {
        "site": {"title": site.title, "url": site.url, "version": site.version},
        "made": now.isoformat(),
        "dry": dry,
        "control_characters": dropped,
        "total": len(ledger.entries),
        "counts": ledger.counts(),
        "left": ledger.left,
        "items": [asdict(entry) for entry in ledger.entries],
    }
    return json.dumps(told, ensure_ascii=False, indent=1)


def as_page(ledger: Ledger, site: Site, now: datetime, *, dry: bool, dropped: int) -> str:
    """The same for people: the most important first."""
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"), autoescape=True, undefined=StrictUndefined
    )
    ordered = sorted(ledger.entries, key=lambda entry: entry.kind)
    return environment.get_template("report.html").render(
        site=site,
        made=f"{now:%Y-%m-%d %H:%M} UTC",
        dry=dry,
        dropped=dropped,
        total=len(ledger.entries),
        left=ledger.left,
        counts={kind: {name: numbers.get(name, 0) for name in NAMES} for kind, numbers in ledger.counts().items()},
        outcomes=list(NAMES),
        names=NAMES,
        reasons={name: ledger.reasons(name) for name in NAMES},
        look=[(entry, by_importance(entry.findings)) for entry in to_look_at(ledger)[:_LOOK]],
        by_kind=[(kind, list(entries)) for kind, entries in groupby(ordered, key=lambda entry: entry.kind)],
    )


def to_look_at(ledger: Ledger) -> list[Entry]:
    """Entries with findings, those with the worst first."""
    return sorted(
        (entry for entry in ledger.entries if entry.findings), key=lambda entry: min(map(weight, entry.findings))
    )

"""What became of every item, as web pages and as JSON. No address is in either.

However much there is, it is written as it is read: long lists go to pages of their own.
"""

import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from migrate.item_kinds import many_of, one_of
from migrate.memory import digest
from migrate.model import Site
from migrate.outcomes import Entry, Ledger, Outcome
from publication.slugs import slug

NAMES: Final[dict[Outcome, str]] = {
    "imported": "Brought over",
    "changed": "Brought over with changes",
    "kept": "There already",
    "skipped": "Left out",
}
FOLDER = "migration"
_LOOK = 500  # sentences in the list of what to look at, and places of each; the JSON has them all
_PLACES = 200
_LISTS = "-lists"
_PER_PAGE = 1000  # entries of a kind; more of them have pages of their own


def write(var: Path, ledger: Ledger, site: Site, now: datetime, *, dry: bool, dropped: int) -> Path:
    """Write ``report.html`` with its lists and ``report.json`` into ``var/migration/``; returns the page.

    Those of a rehearsal have names of their own: what was brought over stays accounted for.
    """
    ledger.seal(at_once=True)
    folder = var / FOLDER
    fresh = folder / ".new"
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True, mode=0o700)
    try:
        page = _Report(ledger, fresh, "rehearsal" if dry else "report").write(site, now, dry=dry, dropped=dropped)
        for path in (page.with_name(page.stem + _LISTS), page.with_suffix(".json"), page):
            _replace(folder / path.name, path)
    finally:
        shutil.rmtree(fresh)
    return folder / page.name


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


@dataclass(frozen=True)
class _Report:
    """A page, its lists and the same for machines, in a folder where nobody looks yet."""

    ledger: Ledger
    folder: Path
    name: str

    def write(self, site: Site, now: datetime, *, dry: bool, dropped: int) -> Path:
        page, counts = self.folder / f"{self.name}.html", self.ledger.counts()
        with page.with_suffix(".json").open("w", encoding="utf-8") as file:
            file.writelines(as_json(self.ledger, site, now, dry=dry, dropped=dropped))
        by_kind = {kind: sum(numbers.values()) for kind, numbers in counts.items()}
        _templates().get_template("report.html").stream(
            site=site,
            made=f"{now:%Y-%m-%d %H:%M} UTC",
            dry=dry,
            dropped=dropped,
            total=len(self.ledger),
            left=self.ledger.left,
            counts={kind: {name: numbers.get(name, 0) for name in NAMES} for kind, numbers in counts.items()},
            outcomes=list(NAMES),
            names=NAMES,
            reasons={name: self.ledger.reasons(name) for name in NAMES},
            look=((remark, self.ledger.places_of(remark, _PLACES)) for remark in self.ledger.remarks(_LOOK)),
            unseen=max(0, self.ledger.count_remarks() - _LOOK),
            machines=page.with_suffix(".json").name,
            short=[(kind, list(self.ledger.of_kind(kind))) for kind, number in by_kind.items() if number <= _PER_PAGE],
            long=[
                (kind, number, list(self._lists(kind, number)))
                for kind, number in by_kind.items()
                if number > _PER_PAGE
            ],
        ).dump(str(page), encoding="utf-8", errors="replace")
        return page

    def _lists(self, kind: str, number: int) -> Iterator[tuple[str, str]]:
        """The pages of one kind; gives the address and the name of each."""
        template, entries = _templates().get_template("items.html"), self.ledger.of_kind(kind)
        folder = self.folder / (self.name + _LISTS)
        folder.mkdir(exist_ok=True, mode=0o700)
        for first in range(1, number + 1, _PER_PAGE):
            last = min(first + _PER_PAGE - 1, number)
            path = folder / f"{slug(kind, longest=40)}-{digest(kind.encode())[:6]}-{first}.html"
            some: list[Entry] = list(islice(entries, _PER_PAGE))
            told = f"{many_of(kind)}, {first} to {last} of {number}"
            page = template.render(title=told, report=f"{self.name}.html", kind=kind, entries=some, names=NAMES)
            path.write_text(_sound(page), encoding="utf-8")
            yield f"{folder.name}/{path.name}", f"{first} to {last}"


def _templates() -> Environment:
    folder = FileSystemLoader(Path(__file__).parent / "templates")
    environment = Environment(loader=folder, autoescape=True, undefined=StrictUndefined)
    environment.filters |= {"one_of": one_of, "many_of": many_of}
    return environment


def _replace(target: Path, fresh: Path) -> None:
    """Put what was written in the place of what a run before wrote; away with that where there is nothing now."""
    if target.is_dir():
        shutil.rmtree(target)
    if fresh.exists():
        os.replace(fresh, target)


def _sound(text: str) -> str:
    """Half a character, which JSON in an old text may hold, is none that can be written."""
    return text.encode("utf-8", "replace").decode("utf-8")

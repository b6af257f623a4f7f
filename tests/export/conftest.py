"""Installations with a conversation in them, and empty ones to move into."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from comments.actions.context import Context
from comments.model import NewComment, Reason
from migrate.media import Media
from migrate.out.file import write
from migrate.out.formats import FORMATS, OF_TEXTS
from migrate.out.plan import Export
from migrate.run import Migration
from migrate.sources.job import Job, Told
from migrate.sources.kinds import kind_of
from publication.load import load
from publication.settings import from_file
from tests.migration.conftest import ROOT, Desk

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
ARTICLE, OTHER = "silence-in-text", "informed-consent-online"
ADDRESSES = ("ada@secret.example", "Bob.Reader@secret.example", "mo@desk-secret.example", "word@listed.example")


class House(Desk):
    """A publication with a store, on its way out or in."""

    def write(self, kind: str, name: str, *, addresses: bool = False, now: datetime = NOW) -> Path:
        """Export into a file beside the publication."""
        path = self.folder / name
        settings = from_file(ROOT / "pelicanconf.py")
        texts = load(self.content, settings, now) if kind in OF_TEXTS else None
        with self.store() as ctx:
            export = Export(ctx, settings, now, addresses, texts)
            write(path, FORMATS[kind](export), replace=True)
        self.export = export
        return path

    def bring(self, *files: Path, media: Path | None = None, dry: bool = False) -> Told:
        """Import, as the command does."""
        settings = from_file(ROOT / "pelicanconf.py")
        job = Job(files, self.content, self.folder / "var", settings, NOW, self.store, dry=dry)
        kind = kind_of(files)
        if kind:
            return kind.bring(job)
        run = Migration(files, self.content, self.folder / "var", settings, NOW, Media(media), self.store)
        return Told(run.run(dry=dry), run.catalogue.site, run.dropped)


@pytest.fixture
def houses(tmp_path: Path) -> Callable[..., House]:
    """New installations: with the sample's texts, or with nothing but its settings."""
    made = 0

    def build(*, texts: bool = True) -> House:
        nonlocal made
        made += 1
        folder = tmp_path / str(made)
        folder.mkdir()
        if texts:
            shutil.copytree(ROOT / "content", folder / "content")
        else:
            (folder / "content").mkdir()
        return House(folder)

    return build


def fill(ctx: Context) -> None:
    """A conversation in which everything occurs that a store can hold."""
    store = ctx.store
    mo = store.add_account("Mo Example", "moderator", NOW)
    store.add_account("Ann Author", "author", NOW, "mara-example")
    store.set_password(mo, "$argon2-never-leaves")
    store.set_account_address(mo, ctx.vault.seal(f"account:{mo}", ADDRESSES[2]))
    store.set_second_step(mo, b"sealed", NOW)
    people = []
    for address in ADDRESSES[:2]:
        person = store.add_person(NOW, b"browser of " + address.encode())
        store.set_address(person, ctx.vault.seal(f"person:{person}", address), ctx.vault.lookup(address))
        people.append(person)
    store.prove_person(people[0], None, NOW)
    first = NewComment(ARTICLE, "Ada Reader", "First *words*.", "<p>First <em>words</em>.</p>", 2, "approved", NOW)
    ids = [
        store.add_comment(replace(first, person=people[0], website="https://ada.example/", digest="d", said="s")),
        store.add_comment(replace(first, person=people[1], name="Bob", state="pending", created=NOW + MINUTE)),
        store.add_comment(replace(first, thread=OTHER, name="Mo", account=mo, created=NOW + 2 * MINUTE)),
        store.add_comment(replace(first, state="spam", source="Buy.", html="<p>Buy.</p>", created=NOW + 3 * MINUTE)),
        store.add_comment(
            replace(first, name="Gone", created=NOW + 4 * MINUTE, token="form token", prefix=b"that network")
        ),
        store.add_comment(replace(first, name="Binned", created=NOW + 5 * MINUTE)),
        store.add_comment(replace(first, name="Deleted", created=NOW + 6 * MINUTE)),
    ]
    answer = replace(first, name="Élodie 🪴", parent=ids[4], created=NOW + 7 * MINUTE)
    store.add_comment(replace(answer, reasons=(Reason("first", "It is the first.", True),), language="fr"))
    store.set_text(ids[0], "Second words.", "<p>Second words.</p>", 2, NOW + 8 * MINUTE, moderated="Names removed.")
    store.set_proposed(ids[2], "Third words.", [Reason("changed", "It was changed.")], NOW + 9 * MINUTE)
    store.erase_comment(ids[4], text=True, at=NOW + 9 * MINUTE)
    store.set_state(ids[5], "trash", NOW + 9 * MINUTE)
    store.delete_comment(ids[6], NOW + 9 * MINUTE)
    store.mark_announced([ids[0]], NOW)
    store.set_override(OTHER, "held")
    store.add_subscription(people[0], ids[0], "replies", NOW, confirmed=NOW + MINUTE)
    store.add_listing("moderation", "word", "casino", "Mo Example", NOW)
    store.add_listing("moderation", "word", ADDRESSES[3], "Mo Example", NOW)
    store.add_listing("disallowed", "address", ctx.vault.bucket("listed", ADDRESSES[0]).hex(), "Mo Example", NOW)
    store.add_listing("disallowed", "domain", "spam.example", "Mo Example", NOW, NOW + MINUTE)
    store.add_audit(NOW, "Mo Example", "approve", comment=ids[0], thread=ARTICLE, detail={"reasons": ["first"]})
    store.add_audit(NOW, "Mo Example", "list", detail={"what": ADDRESSES[3], "kind": "word"})
    store.set_brake(NOW, "Very many came.")
    store.import_comment(replace(first, number=900, name="Imported", created=NOW - MINUTE), "wordpress:old", "900")


@pytest.fixture
def full(houses: Callable[..., House]) -> House:
    """The sample's texts with a conversation below them."""
    house = houses()
    with house.store() as ctx:
        fill(ctx)
    return house

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
from publication.load import Publication, load
from publication.settings import Settings, from_file
from tests.migration.conftest import ROOT, Desk

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
THEN = NOW - timedelta(days=1)
MINUTE = timedelta(minutes=1)
SETTINGS = replace(from_file(ROOT / "pelicanconf.py"), site_picture=None, links=(), texts=())
ARTICLE, OTHER = "silence-in-text", "informed-consent-online"
ADDRESSES = ("ada@secret.example", "Bob.Reader@secret.example", "mo@desk-secret.example", "word@listed.example")


class House(Desk):
    """A publication with a store, on its way out or in."""

    @property
    def settings(self) -> Settings:
        """Those of the sample, without what names its files."""
        return SETTINGS

    def load(self) -> Publication:
        return load(self.content, self.settings, NOW)

    def write(self, kind: str, name: str, *, addresses: bool = False, now: datetime = NOW) -> Path:
        """Export into a file beside the publication."""
        path = self.folder / name
        texts = load(self.content, self.settings, now) if kind in OF_TEXTS else None
        with self.store() as ctx:
            export = Export(ctx, self.settings, now, addresses, texts)
            write(path, FORMATS[kind](export), replace=True)
        self.export = export
        return path

    def bring(self, *files: Path, media: Path | None = None, dry: bool = False) -> Told:
        """Import, as the command does."""
        job = Job(files, self.content, self.folder / "var", self.settings, NOW, self.store, dry=dry)
        kind = kind_of(files)
        if kind:
            return kind.bring(job)
        run = Migration(files, self.content, self.folder / "var", self.settings, NOW, Media(media), self.store)
        return Told(run.run(dry=dry), run.catalogue.site, run.dropped)


@pytest.fixture
def houses(tmp_path: Path) -> Callable[..., House]:
    """New installations: with the sample's texts, or with nothing but its settings."""
    made = 0

    def build(*, texts: bool = True, small: bool = False) -> House:
        nonlocal made
        made += 1
        folder = tmp_path / str(made)
        folder.mkdir()
        if small:
            write_small(folder / "content")
        elif texts:
            shutil.copytree(ROOT / "content", folder / "content")
        else:
            (folder / "content").mkdir()
        return House(folder)

    return build


def write_small(content: Path) -> None:
    """One article, its author and topics, one picture."""
    (content / "articles/2026").mkdir(parents=True)
    (content / "media").mkdir()
    (content / "articles/2026/silence.md").write_text(
        f"---\nid: {ARTICLE}\ntitle: Silence\nsummary: A summary.\nauthors: [mara-example]\ntopics: [ethics]\n"
        "date: 2026-03-01 09:30\nstatus: published\n---\n\nWords.\n"
    )
    shutil.copy(ROOT / "content/media/silence.png", content / "media")
    shutil.copytree(ROOT / "content/authors", content / "authors")
    shutil.copy(ROOT / "content/topics.yml", content)


def fill(ctx: Context) -> None:
    """A conversation in which everything occurs that a store can hold."""
    store = ctx.store
    mo = store.add_account("Mo Example", "moderator", THEN)
    store.add_account("Ann Author", "author", THEN, "mara-example")
    store.set_password(mo, "$argon2-never-leaves")
    store.set_account_address(mo, ctx.vault.seal(f"account:{mo}", ADDRESSES[2]))
    store.set_second_step(mo, b"sealed", THEN)
    people = []
    for address in ADDRESSES[:2]:
        person = store.add_person(THEN, b"browser of " + address.encode())
        store.set_address(person, ctx.vault.seal(f"person:{person}", address), ctx.vault.lookup(address))
        people.append(person)
    store.prove_person(people[0], None, THEN)
    first = NewComment(ARTICLE, "Ada Reader", "First *words*.", "<p>First <em>words</em>.</p>", 2, "approved", THEN)
    ids = [
        store.add_comment(replace(first, person=people[0], website="https://ada.example/", digest="d", said="s")),
        store.add_comment(replace(first, person=people[1], name="Bob", state="pending", created=THEN + MINUTE)),
        store.add_comment(replace(first, thread=OTHER, name="Mo", account=mo, created=THEN + 2 * MINUTE)),
        store.add_comment(replace(first, state="spam", source="Buy.", html="<p>Buy.</p>", created=THEN + 3 * MINUTE)),
        store.add_comment(
            replace(first, name="Gone", created=THEN + 4 * MINUTE, token="form token", prefix=b"that network")
        ),
        store.add_comment(replace(first, name="Binned", created=THEN + 5 * MINUTE)),
        store.add_comment(replace(first, name="Deleted", created=THEN + 6 * MINUTE)),
    ]
    answer = replace(first, name="Élodie 🪴", parent=ids[4], created=THEN + 7 * MINUTE)
    store.add_comment(replace(answer, reasons=(Reason("first", "It is the first.", True),), language="fr"))
    store.set_text(ids[0], "Second words.", "<p>Second words.</p>", 2, THEN + 8 * MINUTE, moderated="Names removed.")
    store.set_proposed(ids[2], "Third words.", [Reason("changed", "It was changed.")], THEN + 9 * MINUTE)
    store.erase_comment(ids[4], text=True, at=THEN + 9 * MINUTE)
    store.set_state(ids[5], "trash", THEN + 9 * MINUTE)
    store.delete_comment(ids[6], THEN + 9 * MINUTE)
    store.mark_announced([ids[0]], THEN)
    store.set_override(OTHER, "held")
    store.set_muted(mo, ARTICLE, True)
    store.add_subscription(people[0], ids[0], "replies", THEN, confirmed=THEN + MINUTE)
    store.add_listing("moderation", "word", "casino", "Mo Example", THEN)
    store.add_listing("moderation", "word", ADDRESSES[3], "Mo Example", THEN)
    store.add_listing("disallowed", "address", ctx.vault.bucket("listed", ADDRESSES[0]).hex(), "Mo Example", THEN)
    store.add_listing("disallowed", "domain", "spam.example", "Mo Example", THEN, THEN + MINUTE)
    store.add_audit(THEN, "Mo Example", "approve", comment=ids[0], thread=ARTICLE, detail={"reasons": ["first"]})
    store.add_audit(THEN, "Mo Example", "list", detail={"what": ADDRESSES[3], "kind": "word"})
    store.set_brake(THEN, "Very many came.")
    store.import_comment(replace(first, number=900, name="Imported", created=THEN - MINUTE), "wordpress:old", "900")


@pytest.fixture
def full(houses: Callable[..., House]) -> House:
    """The sample's texts with a conversation below them."""
    house = houses()
    with house.store() as ctx:
        fill(ctx)
    return house

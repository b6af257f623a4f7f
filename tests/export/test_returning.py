"""An export of this publication, given to the publication itself: it is here already."""

from collections.abc import Callable

import pytest

from migrate.outcomes import ERASED
from tests.export.conftest import NOW, House
from tests.migration.test_second_run import files


@pytest.mark.parametrize("is_dry", [True, False])
def test_a_publication_knows_its_own_texts_files_and_comments(full: House, is_dry: bool) -> None:
    path, before = full.write("wordpress", "own.xml"), files(full)
    told = full.bring(path, media=full.content / "media", dry=is_dry)
    counts = told.ledger.counts()
    assert counts.keys() == {"post", "page", "attachment", "comment"}
    assert all(outcomes.keys() == {"kept"} for outcomes in counts.values())
    assert [entry.findings for entry in told.ledger if entry.findings] == []
    assert files(full) == before
    with full.store() as ctx:
        assert ctx.store.count_comments() == 8
    public = [text.path for text in full.load().articles]
    assert {entry.link for entry in told.ledger.of_kind("post") if entry.link} >= set(public)


def test_what_was_erased_here_does_not_come_back_with_it(full: House) -> None:
    path = full.write("wordpress", "own.xml")
    with full.store() as ctx:
        ctx.store.delete_comment(3, NOW)
        left = ctx.store.count_comments()
    told = full.bring(path)
    gone = [entry for entry in told.ledger.of_kind("comment") if entry.source == "3"]
    assert [(entry.outcome, entry.why) for entry in gone] == [("kept", [ERASED])]
    with full.store() as ctx:
        assert ctx.store.count_comments() == left


def test_a_draft_that_is_not_here_any_more_comes_in_again_alone(full: House) -> None:
    draft = full.content / "articles/2026/draft.md"
    front = "id: a-draft\ntitle: A draft\nsummary: One.\nauthors: [mara-example]\ntopics: [ethics]\nstatus: draft"
    draft.write_text(f"---\n{front}\n---\n\nWords.\n")
    path = full.write("wordpress", "own.xml")
    draft.unlink()
    before = files(full)
    told = full.bring(path)
    assert told.ledger.counts()["post"]["changed"] == 1
    assert {name for name, data in files(full).items() if before.get(name) != data} == {
        str(full.content / "articles/undated/a-draft.md")
    }
    assert "authors: [mara-example]" in full.text("articles/undated/a-draft.md")
    assert full.load().problems == ()


def test_elsewhere_it_is_an_export_like_any_other(full: House, houses: Callable[..., House]) -> None:
    told = houses(texts=False).bring(full.write("wordpress", "own.xml"), media=full.content / "media")
    assert set(told.ledger.counts()["post"]) <= {"imported", "changed"}

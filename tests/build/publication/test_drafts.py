"""`new` makes a draft that passes the check."""

from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from publication import drafts
from publication.__main__ import main
from tests.build.publication.desk import Desk


def new(desk: Desk, title: str, author: str | None = None) -> str:
    path = drafts.new(title, desk.content, author, settings=desk.settings, clock=lambda: desk.now)
    return path.relative_to(desk.content).as_posix()


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Consent, before the story", "consent-before-the-story"),
        ("L’été: où écrire?", "lete-ou-ecrire"),
        ("Größe & Łódź", "grosse-lodz"),
        ("Жизнь онлайн", "zhizn-onlain"),
        ("???", "draft"),
        ('A "quoted" \\ title: #1', "a-quoted-title-1"),
        ("{id} %s {", "id-s"),
        ("word " * 39, "word-" * 14 + "word"),
    ],
)
def test_the_id_comes_from_the_title_and_the_draft_passes(desk: Desk, title: str, name: str) -> None:
    assert new(desk, title) == f"articles/2026/{name}.md"

    publication = desk.load()
    assert publication.problems == ()
    (draft,) = publication.hidden
    assert draft.title == " ".join(title.split())
    assert draft.state == "draft"


def test_nothing_is_ever_overwritten(desk: Desk) -> None:
    desk.page("my-title")
    desk.write("articles/2026/my-title-2.md", "---\nid: other\ntitle: Other\n---\n")

    assert new(desk, "My title") == "articles/2026/my-title-3.md"
    assert new(desk, "My title") == "articles/2026/my-title-4.md"
    assert desk.load().problems == ()


def test_an_id_that_was_ever_published_is_not_used_again(desk: Desk) -> None:
    desk.write("addresses.yml", "articles:\n  my-title: [/2026/my-title/]\n")

    assert new(desk, "My title") == "articles/2026/my-title-2.md"


def test_the_author_can_be_named_and_must_exist(desk: Desk) -> None:
    new(desk, "Mine", "luc-exemple")
    (draft,) = desk.load().hidden
    assert getattr(draft, "authors") == ("luc-exemple",)  # noqa: B009 - hidden texts are of every kind

    with pytest.raises(drafts.CannotStart, match="Did you mean “luc-exemple”"):
        new(desk, "Mine", "luc")


@pytest.mark.parametrize("title", ["", "   ", "x" * 201, "a\0b", "a\u202eb", "<!--thread:x-->"])
def test_a_title_that_cannot_stand_is_refused(desk: Desk, title: str) -> None:
    with pytest.raises(drafts.CannotStart):
        new(desk, title)

    assert not (desk.content / "articles").exists()


def test_a_draft_begun_in_the_doubled_hour_passes_too(desk: Desk) -> None:
    desk.now = datetime(2026, 11, 1, 5, 30, tzinfo=UTC)

    new(desk, "In the night")

    assert desk.load().problems == ()


@pytest.mark.parametrize("title", ["Privacy", "prove", "Resources"])
def test_a_title_like_an_address_of_the_site_gets_an_id_of_its_own(desk: Desk, title: str) -> None:
    path = new(desk, title)

    assert path.endswith(f"{title.lower()}-2.md")
    assert desk.load().problems == ()


@given(title=st.text(min_size=1, max_size=60))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_title_gives_a_draft_that_passes_or_a_sentence(desk: Desk, title: str) -> None:
    with suppress(drafts.CannotStart):
        path = desk.content / new(desk, title)

        assert desk.load().problems == ()
        path.unlink()


def test_the_command_says_where_the_draft_is(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    conf = desk.write("../pelicanconf.py", 'TIMEZONE = "America/Toronto"\n')
    options = ["--content", str(desk.content), "--conf", str(conf)]

    assert main(["new", "My title", *options]) == 0
    assert "my-title.md" in capsys.readouterr().out
    assert main(["new", " ", *options]) == 1
    assert "The title is empty." in capsys.readouterr().err

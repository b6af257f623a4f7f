"""What an author never reads at the desk: what waits, what was taken away, and changes that nobody has read."""

import re
from collections.abc import Iterator

import pytest

from comments.actions import mine, moderate
from comments.model import Role
from tests.service.desk.desk import Desk, signed_in
from tests.service.web.house import OPEN, House

MARKS = ("waitingmark", "binnedmark", "spammark", "proposedmark", "formermark")
QUERIES = ("", f"article={OPEN}", "q=mark", *(f"article={OPEN}&q={mark}" for mark in MARKS))


@pytest.fixture
def marked(house: House) -> list[int]:
    """Comments of every kind under the author's article, each with its mark in text and name. The replies' numbers."""
    ctx, asked = house.ctx, []
    asked.append(house.approved(name="binnedmark", comment="binnedmark, asked first."))
    asked.append(house.approved(name="spammark", comment="spammark, asked too."))
    replies = [house.approved(comment=f"Answers number {parent}.", parent=str(parent)) for parent in asked]
    replies.append(house.approved(comment="Answers the answer.", parent=str(replies[0])))
    house.approved(name="binnedmark", comment="binnedmark, an answer.", parent=str(replies[0]))
    moderate.trash(ctx, "command line", house.newest())
    moderate.trash(ctx, "command line", asked[0])
    moderate.spam(ctx, "command line", asked[1])
    house.waiting(name="waitingmark", comment="waitingmark, a question.", parent=str(replies[0]))
    edited = house.approved(comment="formermark, before.")
    moderate.edit(ctx, "command line", edited, "What it says now.", reason="Mended")
    token = house.waiting(comment="Printed as it is.").rsplit("/", 1)[-1]
    changed = moderate.approve(ctx, "command line", house.newest()).comment
    mine.edit(ctx, token, "proposedmark, nobody has read it.", changed.version)
    return [*replies, edited, changed.id]


# One of each of what else an address can name.
USUAL = {"release": "1", "person": "1", "kind": "csv"}


def every_page(house: House) -> Iterator[str]:
    """The path of every page of the desk, for every comment there is, and with the filters of lists."""
    numbers = [comment.id for comment in house.ctx.store.list_comments(limit=1000)]
    for rule in house.app.url_map.iter_rules():
        if not rule.endpoint.startswith("desk.") or "GET" not in (rule.methods or ()):
            continue
        for tab in ("published", "spam", "bin") if "tab" in rule.arguments else ("",):
            for number in numbers if "number" in rule.arguments else (0,):
                values = {
                    "number": str(number),
                    "thread": OPEN,
                    "tab": tab,
                    "release": "1",
                    "person": "1",
                    "kind": "csv",
                }
                path = re.sub(r"<(?:[^:>]+:)?(\w+)>", lambda found, values=values: values[found[1]], rule.rule)  # type: ignore[misc]
                yield from (f"{path}?{query}" for query in (QUERIES if rule.endpoint == "desk.queue" else ("",)))


def marks_on(desk: Desk, path: str) -> list[str]:
    # What one searched for stands in the field again; that says nothing about what is there.
    text = re.sub(r'<input id="q"[^>]*>', "", desk.get(path).text)
    text = re.sub(r'value="[^"]*[?&;]q=\w+[^"]*"|href="[^"]*[?&;]q=\w+[^"]*"', "", text)
    return [mark for mark in MARKS if mark in text]


def test_an_author_reads_nothing_that_readers_do_not_read(house: House, marked: list[int]) -> None:
    author = signed_in(house, "Ada", "author", author="ada")

    found = {path: marks for path in every_page(house) if (marks := marks_on(author, path))}

    assert found == {}


def test_the_same_pages_show_a_moderator_all_of_it(house: House, marked: list[int], desk: Desk) -> None:
    assert {mark for path in every_page(house) for mark in marks_on(desk, path)} == set(MARKS)


def test_an_author_is_told_that_the_comment_above_is_not_on_the_page(house: House, marked: list[int]) -> None:
    author = signed_in(house, "Ada", "author", author="ada")

    for number in marked[:2]:
        author.get(f"/desk/comments/{number}/")
        assert author.words(".here") == "This comment answers one that is not on the page."
    assert "Answers number 1." in author.get(f"/desk/comments/{marked[2]}/").words(".thread")


def test_a_waiting_change_looks_to_an_author_as_if_it_was_not_there(house: House, marked: list[int]) -> None:
    author = signed_in(house, "Ada", "author", author="ada").get(f"/desk/comments/{marked[-1]}/")

    assert author.words("h1 + .state") == "On the page"
    assert author.words(".said") == "Printed as it is."
    assert not author.has("ins, del, .why")


@pytest.mark.parametrize("role", ["administrator", "moderator"])
def test_who_moderates_sees_the_comment_above_in_any_state(house: House, marked: list[int], role: Role) -> None:
    assert "binnedmark" in signed_in(house, "Jonas", role).get(f"/desk/comments/{marked[0]}/").words(".thread")

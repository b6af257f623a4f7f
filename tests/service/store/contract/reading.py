"""What every store promises about showing comments."""

from dataclasses import replace
from datetime import timedelta

import pytest

from comments.model import Comment, State
from comments.store.base import Store
from tests.service.store.contract.cast import APPROVED, MINUTE, NOW, PENDING, THREAD

HOSTILE = [
    '"', "'", '""', "(", ")", "*", "^", "-", "+", ":", "{a}", "a AND", "OR", "NOT", "NEAR(", "NEAR(a b, 2)", "name:",
    "source : x", "a*b*", "\\", "\0", "a\0b", "\ud800", "--", "; DROP TABLE comments", "% _", "'; --", "\n\t",
    "\u202e", "a" * 20_000, '" ' * 5_000, "( " * 5_000,
]  # fmt: skip


def ids(comments: list[Comment]) -> list[int]:
    return [comment.id for comment in comments]


class ReadingContract:
    def test_readers_see_approved_comments_only_oldest_first(self, store: Store) -> None:
        late = store.add_comment(replace(APPROVED, created=NOW + MINUTE))
        early = store.add_comment(APPROVED)
        for state in ("pending", "spam", "trash"):
            store.add_comment(replace(PENDING, state=state))
        store.add_comment(replace(APPROVED, thread="elsewhere"))

        shown = store.list_public(THREAD)

        assert [comment.id for comment in shown] == [early, late]
        assert (shown[0].name, shown[0].html, shown[0].created) == (APPROVED.name, APPROVED.html, NOW)
        assert not shown[0].gone

    @pytest.mark.parametrize("hidden", ["pending", "spam", "trash"])
    def test_a_hidden_comment_keeps_its_place_only_above_a_visible_one(self, store: Store, hidden: State) -> None:
        top = store.add_comment(replace(PENDING, website="https://example.org", language="fr"))
        middle = store.add_comment(replace(PENDING, parent=top))
        answer = store.add_comment(replace(APPROVED, parent=middle))
        beside = store.add_comment(replace(APPROVED, parent=top))
        below = store.add_comment(replace(APPROVED, parent=answer))
        store.set_state(below, "trash", NOW)
        for comment in (top, middle):
            store.set_state(comment, hidden, NOW)

        shown = {comment.id: comment for comment in store.list_public(THREAD)}

        assert {id: comment.parent for id, comment in shown.items()} == {
            top: None, middle: top, answer: middle, beside: top,
        }  # fmt: skip
        assert {id for id, comment in shown.items() if comment.gone} == {top, middle}
        gone = shown[top]
        assert (gone.name, gone.website, gone.html, gone.language, gone.badge) == ("", "", "", "", "")

    def test_a_removed_answer_takes_its_removed_parent_with_it(self, store: Store) -> None:
        top = store.add_comment(PENDING)
        answer = store.add_comment(replace(APPROVED, parent=top))
        store.set_state(answer, "spam", NOW)

        assert store.list_public(THREAD) == []

    @pytest.mark.parametrize(
        ("role", "badge"), [("author", "author"), ("moderator", "staff"), ("administrator", "staff")]
    )
    def test_comments_from_the_desk_wear_a_badge(self, store: Store, role: str, badge: str) -> None:
        account = store.add_account("Mo", role, NOW)
        comment = store.add_comment(replace(APPROVED, account=account))
        store.add_comment(replace(APPROVED, parent=comment))

        assert [shown.badge for shown in store.list_public(THREAD)] == [badge, ""]

    def test_an_edit_is_shown_with_its_moment(self, store: Store) -> None:
        comment = store.add_comment(APPROVED)
        store.set_text(comment, "New.", "<p>New.</p>", 1, NOW + MINUTE)

        (shown,) = store.list_public(THREAD)

        assert (shown.html, shown.edited) == ("<p>New.</p>", NOW + MINUTE)

    def test_recent_comments_come_from_all_threads_newest_first(self, store: Store) -> None:
        for number, thread in enumerate(["one", "two", "three"]):
            store.add_comment(replace(APPROVED, thread=thread, created=NOW + number * MINUTE))
        store.add_comment(replace(PENDING, created=NOW + 9 * MINUTE))

        recent = store.list_recent_public(2)

        assert [(thread, shown.created) for thread, shown in recent] == [
            ("three", NOW + 2 * MINUTE),
            ("two", NOW + MINUTE),
        ]

    def test_the_desk_lists_by_state_and_thread_in_either_order_page_by_page(self, store: Store) -> None:
        pending = [store.add_comment(replace(PENDING, created=NOW + n * MINUTE)) for n in range(5)]
        spam = store.add_comment(replace(PENDING, state="spam", thread="elsewhere"))

        assert ids(store.list_comments(state="pending")) == pending
        assert ids(store.list_comments(state="pending", newest_first=True, limit=2, offset=1)) == [
            pending[3],
            pending[2],
        ]
        assert ids(store.list_comments(thread="elsewhere")) == [spam]
        assert ids(store.list_comments(state="pending", thread="elsewhere")) == []
        assert store.count_comments() == 6
        assert store.count_comments(state="pending", thread=THREAD) == 5

    def test_a_proposed_edit_waits_in_the_queue_as_well(self, store: Store) -> None:
        waiting = store.add_comment(PENDING)
        edited = store.add_comment(APPROVED)
        thrown = store.add_comment(APPROVED)
        for comment in (edited, thrown):
            store.set_proposed(comment, "Better.", (), NOW)
        store.set_state(thrown, "trash", NOW)

        assert ids(store.list_comments(state="pending")) == [waiting, edited]
        assert ids(store.list_comments(state="approved")) == [edited]
        assert store.count_by_state() == {"pending": 2, "approved": 1, "spam": 0, "trash": 1}

    def test_an_empty_store_counts_nothing_in_every_state(self, store: Store) -> None:
        assert store.count_by_state() == {"pending": 0, "approved": 0, "spam": 0, "trash": 0}
        assert store.list_comments() == []
        assert store.list_public(THREAD) == []

    def test_what_came_is_counted_by_span_and_state(self, store: Store) -> None:
        edges = [NOW, NOW + MINUTE, NOW + 3 * MINUTE, NOW + 9 * MINUTE]
        store.add_comment(replace(APPROVED, created=NOW - MINUTE / 60))
        for created in (NOW, NOW, NOW + MINUTE, NOW + 3 * MINUTE - timedelta(microseconds=1)):
            store.add_comment(replace(APPROVED, created=created))
        for state in ("pending", "spam", "trash"):
            store.add_comment(replace(PENDING, state=state, thread="elsewhere", created=NOW + MINUTE))
        store.add_comment(replace(PENDING, created=NOW + 9 * MINUTE))

        assert store.count_by_span(edges) == [
            {"approved": 2},
            {"approved": 2, "pending": 1, "spam": 1, "trash": 1},
            {},
        ]
        assert store.count_by_span([NOW]) == store.count_by_span([]) == []

    @pytest.mark.parametrize(
        "query",
        ["sleeping", "SLEEP", "sle", "zoë", "zoe", "sleep well", "don't", '"sleeping', "sleep*", "well, sleep!"],
    )
    def test_the_search_finds_words_and_beginnings_in_text_and_name(self, store: Store, query: str) -> None:
        comment = store.add_comment(replace(PENDING, name="Zoë", source="Sleeping well? I don't."))
        store.add_comment(replace(PENDING, name="Bob", source="Nothing of the kind."))

        assert ids(store.list_comments(query=query)) == [comment]
        assert store.count_comments(query=query, state="pending") == 1
        assert store.count_comments(query=query, state="spam") == 0

    def test_the_search_wants_every_word(self, store: Store) -> None:
        store.add_comment(replace(PENDING, source="Sleeping well."))

        assert store.count_comments(query="sleeping badly") == 0

    def test_the_search_follows_an_edit(self, store: Store) -> None:
        comment = store.add_comment(replace(PENDING, source="Before."))
        store.set_text(comment, "After.", "<p>After.</p>", 1, NOW)

        assert store.count_comments(query="before") == 0
        assert store.count_comments(query="after") == 1

    def test_the_search_forgets_what_was_erased(self, store: Store) -> None:
        comment = store.add_comment(replace(PENDING, name="Zoë", source="Unmistakable."))

        store.erase_comment(comment, text=False, at=NOW)
        assert (store.count_comments(query="zoe"), store.count_comments(query="unmistakable")) == (0, 1)

        store.erase_comment(comment, text=True, at=NOW)
        assert store.count_comments(query="unmistakable") == 0

    @pytest.mark.parametrize("query", HOSTILE, ids=lambda query: ascii(query[:12]))
    def test_no_query_is_an_error(self, store: Store, query: str) -> None:
        store.add_comment(PENDING)

        assert len(store.list_comments(query=query)) == store.count_comments(query=query)

    def test_a_query_of_spaces_is_no_query(self, store: Store) -> None:
        store.add_comment(PENDING)

        assert store.count_comments(query="  \n") == 1

    def test_an_export_reads_all_comments_as_they_were_when_it_began(self, store: Store) -> None:
        before = [store.add_comment(PENDING) for _number in range(450)]

        export = store.iterate_comments()
        first = next(export)
        store.add_comment(PENDING)
        store.set_text(before[-1], "New.", "<p>New.</p>", 1, NOW)
        rest = list(export)

        assert ids([first, *rest]) == before
        assert rest[-1].source == PENDING.source

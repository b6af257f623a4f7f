"""What every store promises about changing comments."""

from dataclasses import replace

import pytest

from comments.errors import NotFound, Stale, TokenSpent
from comments.model import Reason
from comments.store.base import Store
from tests.service.store.contract.cast import APPROVED, MINUTE, NOW, PENDING, THREAD


class CommentContract:
    def test_a_new_comment_is_given_back_as_it_was_put_in(self, store: Store) -> None:
        person = store.add_person(NOW, None)
        store.set_address(person, b"sealed", b"lookup")
        reasons = (Reason("links", "It has three links.", urgent=True), Reason("first", "A first comment."))
        draft = replace(PENDING, person=person, website="https://example.org", reasons=reasons, token="form")

        comment = store.get_comment(store.add_comment(draft))

        assert (comment.thread, comment.name) == (draft.thread, draft.name)
        assert (comment.source, comment.html, comment.markup) == (draft.source, draft.html, draft.markup)
        assert (comment.website, comment.state, comment.token) == ("https://example.org", "pending", "form")
        assert (comment.reasons, comment.created, comment.person) == (reasons, NOW, person)
        assert comment.has_address
        assert (comment.approved, comment.edited, comment.former, comment.proposed) == (None, None, None, None)
        assert comment.version == 1

    def test_text_of_any_script_is_kept_as_it_is(self, store: Store) -> None:
        text = "ünïcödé 日本語 👩🏽‍⚕️ ' \" ; -- \\ % \t"

        comment = store.get_comment(store.add_comment(replace(PENDING, source=text, name=text)))

        assert (comment.source, comment.name) == (text, text)

    def test_a_comment_that_is_not_there_is_not_found(self, store: Store) -> None:
        with pytest.raises(NotFound):
            store.get_comment(1)
        with pytest.raises(NotFound):
            store.set_state(1, "approved", NOW)
        with pytest.raises(NotFound):
            store.set_text(1, "a", "a", 1, NOW)
        with pytest.raises(NotFound):
            store.set_proposed(1, "a", (), NOW)
        with pytest.raises(NotFound):
            store.erase_comment(1, text=True, at=NOW)

    def test_a_number_no_store_can_hold_is_not_found(self, store: Store) -> None:
        with pytest.raises(NotFound):
            store.get_comment(10**30)

    def test_an_answer_to_a_comment_of_another_thread_is_refused(self, store: Store) -> None:
        other = store.add_comment(replace(PENDING, thread="elsewhere"))

        with pytest.raises(NotFound):
            store.add_comment(replace(PENDING, parent=other))
        with pytest.raises(NotFound):
            store.add_comment(replace(PENDING, parent=999))

        assert store.count_comments() == 1

    def test_an_unknown_person_is_refused(self, store: Store) -> None:
        with pytest.raises(NotFound):
            store.add_comment(replace(PENDING, person=7))

    def test_a_form_token_is_good_for_one_comment(self, store: Store) -> None:
        first = store.add_comment(replace(PENDING, token="form"))

        with pytest.raises(TokenSpent):
            store.add_comment(replace(PENDING, token="form", source="Something else."))

        assert store.count_comments() == 1
        found = store.find_comment_by_token("form")
        assert found is not None
        assert found.id == first
        assert store.find_comment_by_token("other") is None

    def test_comments_without_a_token_do_not_get_in_each_others_way(self, store: Store) -> None:
        assert store.add_comment(PENDING) != store.add_comment(PENDING)

    def test_repeated_words_are_found_by_their_digest(self, store: Store) -> None:
        store.add_comment(replace(PENDING, digest="same"))
        newest = store.add_comment(replace(PENDING, digest="same", created=NOW + MINUTE))
        store.add_comment(replace(PENDING, digest="other", created=NOW + 2 * MINUTE))
        store.add_comment(PENDING)

        found = store.find_repeated("same", NOW)

        assert found is not None
        assert found.id == newest
        assert store.find_repeated("same", NOW + 2 * MINUTE) is None
        assert store.find_repeated("", NOW) is None

    def test_words_in_the_trash_may_be_said_again(self, store: Store) -> None:
        comment = store.add_comment(replace(PENDING, digest="same"))
        store.set_state(comment, "trash", NOW)

        assert store.find_repeated("same", NOW) is None

    def test_approving_is_dated_and_undone_without_a_trace(self, store: Store) -> None:
        comment = store.add_comment(PENDING)

        approved = store.set_state(comment, "approved", NOW + MINUTE)
        waiting = store.set_state(comment, "pending", NOW + 2 * MINUTE)

        assert (approved.state, approved.approved, approved.version) == ("approved", NOW + MINUTE, 2)
        assert (waiting.state, waiting.approved, waiting.version) == ("pending", None, 3)
        assert approved == replace(store.get_comment(comment), state="approved", approved=NOW + MINUTE, version=2)

    @pytest.mark.parametrize("bin", ["spam", "trash"])
    @pytest.mark.parametrize("start", ["pending", "approved"])
    def test_the_state_before_spam_or_trash_is_remembered(self, store: Store, start: str, bin: str) -> None:
        comment = store.add_comment(replace(PENDING, state=start))

        removed = store.set_state(comment, bin, NOW)
        restored = store.set_state(comment, start, NOW)

        assert removed.former == start
        assert (restored.state, restored.former) == (start, None)

    def test_spam_that_was_thrown_away_goes_back_to_spam_and_never_back_to_the_trash(self, store: Store) -> None:
        comment = store.add_comment(replace(PENDING, state="spam"))

        assert store.set_state(comment, "trash", NOW).former == "spam"
        assert store.set_state(comment, "spam", NOW).former is None

    def test_the_same_state_again_changes_nothing(self, store: Store) -> None:
        comment = store.add_comment(APPROVED)

        assert store.set_state(comment, "approved", NOW + MINUTE) == store.get_comment(comment)
        assert store.get_comment(comment).version == 1

    def test_who_saw_an_older_version_is_told_so(self, store: Store) -> None:
        comment = store.add_comment(PENDING)
        store.set_state(comment, "approved", NOW, version=1)

        with pytest.raises(Stale):
            store.set_state(comment, "spam", NOW, version=1)
        with pytest.raises(Stale):
            store.set_text(comment, "a", "a", 1, NOW, version=1)

        assert store.get_comment(comment).state == "approved"
        assert store.set_state(comment, "spam", NOW, version=2).version == 3

    def test_an_edit_keeps_the_former_texts_and_drops_the_proposed_one(self, store: Store) -> None:
        comment = store.add_comment(APPROVED)
        store.set_proposed(comment, "Proposed.", (), NOW)

        store.set_text(comment, "Second.", "<p>Second.</p>", 2, NOW + MINUTE)
        edited = store.set_text(comment, "Third.", "<p>Third.</p>", 2, NOW + 2 * MINUTE)

        assert (edited.source, edited.html, edited.markup) == ("Third.", "<p>Third.</p>", 2)
        assert (edited.edited, edited.proposed) == (NOW + 2 * MINUTE, None)
        assert store.list_edits(comment) == [(NOW + MINUTE, PENDING.source), (NOW + 2 * MINUTE, "Second.")]

    def test_a_proposed_edit_waits_beside_the_published_text(self, store: Store) -> None:
        comment = store.add_comment(APPROVED)
        reasons = (Reason("edited", "The text was changed."),)

        waiting = store.set_proposed(comment, "Proposed.", reasons, NOW)
        dropped = store.set_proposed(comment, None, (), NOW)

        assert (waiting.source, waiting.proposed) == (PENDING.source, "Proposed.")
        assert (waiting.reasons, waiting.version) == (reasons, 2)
        assert (dropped.proposed, dropped.reasons, dropped.version) == (None, (), 3)

    def test_erasing_forgets_who_wrote_it_and_keeps_the_text_when_asked(self, store: Store) -> None:
        person = store.add_person(NOW, b"browser")
        store.set_address(person, b"sealed", b"lookup")
        comment = store.add_comment(
            replace(APPROVED, person=person, website="https://example.org", prefix=b"net", digest="d")
        )
        store.set_text(comment, "Second.", "<p>Second.</p>", 1, NOW)
        store.set_proposed(comment, "Third.", (Reason("held", "It names Ann."),), NOW)

        store.erase_comment(comment, text=False, at=NOW)

        erased = store.get_comment(comment)
        assert erased.erased
        assert (erased.state, erased.source) == ("approved", "Second.")
        assert (erased.name, erased.website, erased.person, erased.has_address) == ("", "", None, False)
        assert (erased.proposed, erased.reasons) == (None, ())
        assert store.list_edits(comment) == []
        assert store.find_repeated("d", NOW) is None

    def test_erasing_the_text_too_removes_the_comment(self, store: Store) -> None:
        comment = store.add_comment(APPROVED)

        store.erase_comment(comment, text=True, at=NOW)

        erased = store.get_comment(comment)
        assert (erased.state, erased.source, erased.html, erased.former) == ("trash", "", "", None)
        assert store.list_public(THREAD) == []

    def test_a_person_goes_with_the_last_of_their_comments(self, store: Store) -> None:
        person = store.add_person(NOW, b"browser")
        store.set_address(person, b"sealed", b"lookup")
        first, second = (store.add_comment(replace(PENDING, person=person)) for _number in range(2))
        store.add_letter("prove", NOW, NOW, person=person)

        store.erase_comment(first, text=True, at=NOW)
        assert store.find_address(person) == (b"sealed", b"lookup")

        store.erase_comment(second, text=True, at=NOW)
        assert store.find_address(person) is None
        assert store.find_person_by_browser(b"browser") is None
        assert store.list_people_by_lookup(b"lookup") == []
        assert store.list_letters() == []

    def test_letters_forget_an_erased_comment_and_one_about_it_alone_is_not_sent(self, store: Store) -> None:
        account = store.add_account("Mo", "moderator", NOW)
        gone, stays = store.add_comment(PENDING), store.add_comment(PENDING)
        store.add_letter("moderate", NOW, NOW, account=account, comments=[gone])
        both = store.add_letter("moderate", NOW, NOW, account=account, comments=[gone, stays])

        store.erase_comment(gone, text=True, at=NOW)

        assert [(letter.id, letter.comments) for letter in store.list_letters()] == [(both, (stays,))]

"""What every store promises about accounts, sessions, letters and keys."""

import pytest

from comments.errors import NotFound, Refused
from comments.store.base import Store
from tests.service.store.contract.cast import MINUTE, NOW, PENDING


class AccountContract:
    def test_an_account_is_found_by_its_name_in_any_case(self, store: Store) -> None:
        account = store.add_account("Élise", "author", NOW, author="elise")

        found = store.find_account("ÉLISE")

        assert found == store.get_account(account)
        assert (found.name, found.role, found.author, found.password) == ("Élise", "author", "elise", None)
        assert (found.disabled, found.has_address) == (False, False)
        assert store.find_account("Elise") is None
        with pytest.raises(NotFound):
            store.get_account(99)

    def test_a_name_is_taken_once(self, store: Store) -> None:
        store.add_account("Mo", "moderator", NOW)

        with pytest.raises(Refused, match="mo"):
            store.add_account("mo", "administrator", NOW)

        assert [account.role for account in store.list_accounts()] == ["moderator"]

    def test_password_and_address_can_be_set_and_taken_away(self, store: Store) -> None:
        account = store.add_account("Mo", "moderator", NOW)
        store.set_password(account, "$argon2id$")
        store.set_account_address(account, b"sealed")
        assert store.get_account(account).password == "$argon2id$"
        assert store.get_account(account).has_address
        assert store.find_account_address(account) == b"sealed"

        store.set_password(account, None)
        store.set_account_address(account, None)
        assert store.get_account(account).password is None
        assert store.find_account_address(account) is None

    def test_a_session_lives_until_it_expires(self, store: Store) -> None:
        account = store.add_account("Mo", "moderator", NOW)
        session = store.add_session(account, b"digest", NOW, NOW + MINUTE)

        found = store.find_session(b"digest", NOW)
        assert found is not None
        assert (found.id, found.account.name, found.created, found.expires) == (session, "Mo", NOW, NOW + MINUTE)
        assert store.find_session(b"digest", NOW + MINUTE) is None
        assert store.find_session(b"other", NOW) is None

        store.touch_session(session, NOW + MINUTE, NOW + 3 * MINUTE)
        later = store.find_session(b"digest", NOW + 2 * MINUTE)
        assert later is not None
        assert later.seen == NOW + MINUTE

    def test_signing_out_ends_one_session_and_elsewhere_the_others(self, store: Store) -> None:
        account = store.add_account("Mo", "moderator", NOW)
        other = store.add_account("Ina", "moderator", NOW)
        sessions = [store.add_session(account, b"%d" % n, NOW, NOW + MINUTE) for n in range(3)]
        store.add_session(other, b"hers", NOW, NOW + MINUTE)

        store.end_session(sessions[0])
        assert store.find_session(b"0", NOW) is None

        assert store.end_sessions(account, but=sessions[1]) == 1
        assert store.find_session(b"1", NOW) is not None
        assert store.find_session(b"2", NOW) is None
        assert store.find_session(b"hers", NOW) is not None
        assert store.end_sessions(account) == 1

    def test_a_disabled_account_loses_its_sessions_for_good(self, store: Store) -> None:
        account = store.add_account("Mo", "moderator", NOW)
        store.add_session(account, b"before", NOW, NOW + MINUTE)

        store.set_disabled(account, True)
        store.add_session(account, b"meanwhile", NOW, NOW + MINUTE)
        assert store.get_account(account).disabled
        assert store.find_session(b"meanwhile", NOW) is None

        store.set_disabled(account, False)
        assert store.find_session(b"before", NOW) is None


class OutboxContract:
    def test_a_letter_is_claimed_by_one_sender_until_its_lease_ends(self, store: Store) -> None:
        account = store.add_account("Mo", "moderator", NOW)
        comment = store.add_comment(PENDING)
        letter = store.add_letter("moderate", NOW, NOW + MINUTE, account=account, comments=[comment])

        assert store.claim_letters(NOW, NOW + 2 * MINUTE) == []
        (claimed,) = store.claim_letters(NOW + MINUTE, NOW + 2 * MINUTE)
        assert (claimed.id, claimed.kind, claimed.account, claimed.comments) == (
            letter,
            "moderate",
            account,
            (comment,),
        )
        assert (claimed.created, claimed.due, claimed.attempts) == (NOW, NOW + MINUTE, 1)
        assert store.claim_letters(NOW + MINUTE, NOW + 2 * MINUTE) == []

        (again,) = store.claim_letters(NOW + 2 * MINUTE, NOW + 3 * MINUTE)
        assert again.attempts == 2

    def test_letters_are_claimed_in_the_order_they_are_due(self, store: Store) -> None:
        late = store.add_letter("prove", NOW, NOW + MINUTE)
        early = store.add_letter("prove", NOW, NOW)
        store.add_letter("prove", NOW, NOW + 2 * MINUTE)

        claimed = store.claim_letters(NOW + 5 * MINUTE, NOW + 6 * MINUTE, limit=2)

        assert [letter.id for letter in claimed] == [early, late]

    def test_a_sent_letter_is_done(self, store: Store) -> None:
        letter = store.add_letter("prove", NOW, NOW)
        store.claim_letters(NOW, NOW + MINUTE)

        store.mark_sent(letter, NOW)

        assert store.claim_letters(NOW + 5 * MINUTE, NOW + 6 * MINUTE) == []
        assert [found.sent for found in store.list_letters()] == [NOW]

    def test_a_failed_letter_is_tried_again_and_given_up_where_people_see_it(self, store: Store) -> None:
        letter = store.add_letter("prove", NOW, NOW)
        store.claim_letters(NOW, NOW + MINUTE)

        store.mark_failed(letter, "The mail server is away.", retry=NOW + 2 * MINUTE, at=NOW)
        assert store.claim_letters(NOW + MINUTE, NOW + 9 * MINUTE) == []
        (again,) = store.claim_letters(NOW + 2 * MINUTE, NOW + 9 * MINUTE)
        assert (again.due, again.error, again.failed) == (NOW + 2 * MINUTE, "The mail server is away.", None)

        store.mark_failed(letter, "The address is refused.", retry=None, at=NOW + 3 * MINUTE)
        assert store.claim_letters(NOW + 99 * MINUTE, NOW + 100 * MINUTE) == []
        (given_up,) = store.list_letters()
        assert (given_up.failed, given_up.error) == (NOW + 3 * MINUTE, "The address is refused.")

    def test_a_waiting_letter_takes_more_comments_until_it_is_claimed(self, store: Store) -> None:
        mo, ina = store.add_account("Mo", "moderator", NOW), store.add_account("Ina", "moderator", NOW)
        first, second = store.add_comment(PENDING), store.add_comment(PENDING)
        letter = store.add_letter("moderate", NOW, NOW, account=mo, comments=[first])

        store.extend_letter(letter, [first, second])

        waiting = store.find_waiting_letter("moderate", account=mo)
        assert waiting is not None
        assert waiting.comments == (first, second)
        assert store.find_waiting_letter("moderate", account=ina) is None
        assert store.find_waiting_letter("moderate") is None
        assert store.find_waiting_letter("prove", account=mo) is None
        store.claim_letters(NOW, NOW + MINUTE)
        assert store.find_waiting_letter("moderate", account=mo) is None

    def test_the_last_letter_to_a_reader_is_dated(self, store: Store) -> None:
        person = store.add_person(NOW, None)
        assert store.last_letter("prove", person=person) is None

        letter = store.add_letter("prove", NOW, NOW, person=person)
        assert store.last_letter("prove", person=person) == NOW

        store.mark_sent(letter, NOW + MINUTE)
        assert store.last_letter("prove", person=person) == NOW + MINUTE
        assert store.last_letter("moderate", person=person) is None


class KeyContract:
    def test_check_values_are_kept_by_key(self, store: Store) -> None:
        assert store.get_key_checks() == {}

        store.set_key_check("lookup", b"old")
        store.set_key_check("lookup", b"new")
        store.set_key_check("signing", b"other")

        assert store.get_key_checks() == {"lookup": b"new", "signing": b"other"}

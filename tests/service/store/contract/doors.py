"""What every store promises about who may come in, and about the record."""

from comments.model import AuditFilter
from comments.store.base import Store
from tests.service.store.contract.cast import MINUTE, NOW, PENDING


class DoorContract:
    def test_another_role_ends_the_sessions(self, store: Store) -> None:
        """ASVS 7.4.2, threat "fixation": a role begins with a session of its own."""
        account = store.add_account("Mo", "moderator", NOW)
        store.add_session(account, b"before", NOW, NOW + MINUTE)

        store.set_role(account, "author", "mo")

        assert (store.get_account(account).role, store.get_account(account).author) == ("author", "mo")
        assert store.find_session(b"before", NOW) is None

    def test_an_authors_accounts_that_want_letters_are_found(self, store: Store) -> None:
        wants = store.add_account("Mo", "author", NOW, author="mo")
        none = store.add_account("Mo without address", "author", NOW, author="mo")
        out = store.add_account("Mo, out", "author", NOW, author="mo")
        other = store.add_account("Ina", "author", NOW, author="ina")
        for account in (wants, out, other):
            store.set_account_address(account, b"sealed")
        store.set_disabled(out, True)

        assert [found.id for found in store.list_accounts_of_author("mo")] == [wants]
        assert store.list_accounts_of_author("nobody") == []
        assert none

    def test_sessions_are_listed_by_their_last_use_and_confirmed(self, store: Store) -> None:
        account, other = (store.add_account(name, "moderator", NOW) for name in ("Mo", "Ina"))
        first = store.add_session(account, b"1", NOW, NOW + 9 * MINUTE)
        second = store.add_session(account, b"2", NOW + MINUTE, NOW + 9 * MINUTE)
        store.add_session(account, b"over", NOW, NOW + MINUTE)
        store.add_session(other, b"hers", NOW, NOW + 9 * MINUTE)
        store.touch_session(first, NOW + 2 * MINUTE, NOW + 9 * MINUTE)

        listed = store.list_sessions(account, NOW + MINUTE)
        assert [session.id for session in listed] == [first, second]
        assert [session.confirmed for session in listed] == [NOW, NOW + MINUTE]

        store.confirm_session(first, NOW + 3 * MINUTE)
        assert store.list_sessions(account, NOW + MINUTE)[0].confirmed == NOW + 3 * MINUTE

    def test_links_are_void_up_to_the_latest_such_moment(self, store: Store) -> None:
        assert store.find_void() is None
        store.void_links(NOW + MINUTE)
        store.void_links(NOW)

        assert store.find_void() == NOW + MINUTE

    def test_a_time_step_is_accepted_once_and_none_before_it(self, store: Store) -> None:
        """ASVS 6.5.1, threat "TOTP replay"."""
        account = store.add_account("Mo", "moderator", NOW)
        assert not store.accept_step(account, 7)  # no second step yet
        store.set_second_step(account, b"sealed", NOW)

        assert store.accept_step(account, 7)
        assert not store.accept_step(account, 7)
        assert not store.accept_step(account, 6)
        store.reseal_second_step(account, b"anew")
        assert store.list_second_steps() == [(account, b"anew")]
        assert not store.accept_step(account, 7)
        assert store.accept_step(account, 8)

    def test_recovery_codes_are_used_once_and_go_with_the_secret(self, store: Store) -> None:
        account = store.add_account("Mo", "moderator", NOW)
        store.set_second_step(account, b"sealed", NOW)
        store.set_recovery_codes(account, ["b", "a"])

        assert store.list_recovery_codes(account) == ["a", "b"]
        assert store.spend_recovery_code(account, "a")
        assert not store.spend_recovery_code(account, "a")
        store.set_recovery_codes(account, ["c"])
        assert store.list_recovery_codes(account) == ["c"]

        store.set_second_step(account, None, NOW)
        assert store.find_second_step(account) is None
        assert store.list_recovery_codes(account) == []

    def test_an_invitation_is_used_once_and_leaves_no_letter(self, store: Store) -> None:
        """ASVS 6.4.1."""
        invitation = store.add_invitation("Mo", "author", "mo", "Marta", NOW, NOW + MINUTE)
        store.set_invitation_address(invitation, b"sealed")
        store.add_letter("invite", NOW, NOW, invitation=invitation)

        found = store.find_invitation(invitation)
        assert found is not None
        assert (found.name, found.role, found.author, found.sender) == ("Mo", "author", "mo", "Marta")
        assert (found.created, found.expires) == (NOW, NOW + MINUTE)
        assert store.find_invitation_address(invitation) == b"sealed"
        assert store.list_letters()[0].invitation == invitation
        assert store.list_invitations() == [found]

        assert store.delete_invitation(invitation)
        assert not store.delete_invitation(invitation)
        assert store.find_invitation(invitation) is None
        assert store.find_invitation_address(invitation) is None
        assert store.list_letters() == []

    def test_invitations_that_are_over_are_forgotten(self, store: Store) -> None:
        store.add_invitation("Old", "moderator", None, "Marta", NOW, NOW + MINUTE)
        fresh = store.add_invitation("Fresh", "moderator", None, "Marta", NOW, NOW + 3 * MINUTE)

        assert store.purge_invitations(NOW + 2 * MINUTE) == 1
        assert [left.id for left in store.list_invitations()] == [fresh]

    def test_the_record_is_found_by_who_what_about_what_and_when(self, store: Store) -> None:
        comment = store.add_comment(PENDING)
        first = store.add_audit(NOW, "Mo", "approve", comment=comment, thread=PENDING.thread)
        second = store.add_audit(NOW + MINUTE, "Ina", "approve")
        third = store.add_audit(NOW + 2 * MINUTE, "Mo", "sign in")

        def found(**wanted: object) -> list[int]:
            return [row.id for row in store.search_audit(AuditFilter(**wanted))]  # type: ignore[arg-type]  # any field

        assert found() == [third, second, first]
        assert found(actor="Mo") == [third, first]
        assert found(actor="Mo", action="approve") == [first]
        assert found(comment=comment) == [first]
        assert found(thread=PENDING.thread) == [first]
        assert found(since=NOW + MINUTE) == [third, second]
        assert found(until=NOW + MINUTE) == [first]
        assert [row.id for row in store.search_audit(AuditFilter(), limit=1, offset=1)] == [second]
        assert [row.id for row in store.iterate_audit(AuditFilter(actor="Mo"))] == [first, third]

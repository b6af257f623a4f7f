"""A restored backup lets nobody in who was shut out since: what was used up or ended stays so (ASVS 6.5.1, 7.4.2)."""

import shutil
from dataclasses import replace

import pytest

from comments.actions import accounts, from_mail, invitations, proof, reset, restoring, roles, second_step
from comments.actions.accounts import HalfWay, SignedIn
from comments.errors import BadToken, Invalid, Refused
from comments.model import Account
from tests.service.actions.apps import App, set_up
from tests.service.actions.stage import IP, Stage
from tests.service.actions.test_restoring import restored, saved

OLD, NEW = "three quiet herons wade", "seven loud geese wander"


def staff(stage: Stage, name: str = "Marta", role: str = "administrator") -> Account:
    account = stage.account(name, role)  # type: ignore[arg-type]  # a role
    accounts.set_password(stage.ctx, "command line", account.id, OLD)
    return stage.store.get_account(account.id)


def gone(stage: Stage) -> None:
    """The disk with the store is lost; the keys are put back from their copy."""
    (stage.runtime.var / "store.db").unlink()
    (stage.runtime.var / "store.db-wal").unlink(missing_ok=True)


def enter(stage: Stage, password: str = OLD) -> SignedIn | HalfWay:
    return accounts.sign_in(stage.ctx, "Marta", password, IP)


def test_links_that_were_used_since_do_not_work_again(stage: Stage) -> None:
    marta = staff(stage)
    comment = stage.sent().comment
    signing = accounts.sign_in_link(stage.ctx, "Marta").rsplit("/", 1)[1]
    bound: dict[str, str | int] = {"comment": comment.id, "account": marta.id, "version": comment.version}
    deciding = stage.ctx.tokens.sign("moderate", bound)
    proving = stage.ctx.tokens.sign("prove", {"person": comment.person or 0})
    unused = accounts.sign_in_link(stage.ctx, "Marta").rsplit("/", 1)[1]
    file = saved(stage)
    accounts.sign_in_by_link(stage.ctx, signing)
    from_mail.act_from_mail(stage.ctx, deciding, "approve")
    proof.prove(stage.ctx, proving)

    restored(stage, file)

    for token in (signing, unused):
        with pytest.raises(BadToken, match="Ask for a new one"):
            accounts.sign_in_by_link(stage.ctx, token)
    with pytest.raises(BadToken):
        from_mail.act_from_mail(stage.ctx, deciding, "trash")
    with pytest.raises(BadToken):
        proof.prove(stage.ctx, proving)
    stage.clock.pass_(seconds=1)
    assert accounts.sign_in_by_link(stage.ctx, accounts.sign_in_link(stage.ctx, "Marta").rsplit("/", 1)[1])


def test_a_password_link_and_an_invitation_of_before_are_void(stage: Stage) -> None:
    marta = staff(stage)
    mark = stage.ctx.vault.mark((marta.password or "").encode())
    link = stage.ctx.tokens.sign("reset", {"account": marta.id, "mark": mark})
    made = invitations.invite(stage.ctx, marta, "bo@mailbox.example", "moderator")
    token = invitations.path_of(stage.ctx, marta, made.id).rsplit("/", 1)[1]
    file = saved(stage)
    invitations.accept(stage.ctx, token, "Bo Example", NEW)

    restored(stage, file)

    with pytest.raises(BadToken):
        reset.look(stage.ctx, link)
    with pytest.raises(BadToken):
        invitations.look(stage.ctx, token)
    assert stage.store.list_invitations() == []


def test_whoever_lost_the_desk_since_does_not_get_it_back(stage: Stage) -> None:
    staff(stage)
    jonas, lea = staff(stage, "Jonas"), staff(stage, "Lea")
    file = saved(stage)
    accounts.set_disabled(stage.ctx, "command line", jonas.id, True)
    roles.set_role(stage.ctx, "command line", lea.id, "moderator", None)

    done = restored(stage, file)

    assert stage.store.get_account(jonas.id).disabled
    assert stage.store.get_account(lea.id).role == "moderator"
    assert isinstance(enter(stage), SignedIn)
    assert done.shut == ()


def test_whoever_rose_since_does_not_keep_it(stage: Stage) -> None:
    """The backup may be put back because somebody raised themselves."""
    jonas = staff(stage, "Jonas", "moderator")
    file = saved(stage)
    roles.set_role(stage.ctx, "command line", jonas.id, "administrator", None)

    restored(stage, file)

    assert stage.store.get_account(jonas.id).role == "moderator"


def test_a_password_that_was_changed_since_stays_changed(stage: Stage) -> None:
    marta = staff(stage)
    file = saved(stage)
    accounts.set_password(stage.ctx, "command line", marta.id, NEW)

    restored(stage, file)

    with pytest.raises(Refused):
        enter(stage)
    assert isinstance(enter(stage, NEW), SignedIn)


def test_an_address_that_was_given_up_since_gets_no_letters_again(stage: Stage) -> None:
    """A letter with a link for a new password would let its mailbox in."""
    marta, jonas = staff(stage), staff(stage, "Jonas")
    for account in (marta, jonas):
        accounts.set_address(stage.ctx, "command line", account.id, "stolen@mailbox.example")
    file = saved(stage)
    accounts.set_address(stage.ctx, "command line", marta.id, "marta@mailbox.example")
    accounts.set_address(stage.ctx, "command line", jonas.id, "")

    restored(stage, file)

    sealed = stage.store.find_account_address(marta.id)
    assert sealed is not None
    assert stage.ctx.vault.open(f"account:{marta.id}", sealed) == "marta@mailbox.example"
    assert stage.store.find_account_address(jonas.id) is None


def test_an_author_answers_for_nobody_they_no_longer_are(stage: Stage) -> None:
    mara = stage.account("Mara", "author", author="mara-example")
    file = saved(stage)
    stage.store.set_role(mara.id, "author", "somebody-else")

    restored(stage, file)

    assert stage.store.get_account(mara.id).author == "somebody-else"


def test_codes_that_were_used_since_do_not_work_again(stage: Stage) -> None:
    app, codes = set_up(stage.ctx, staff(stage))
    stage.clock.pass_(minutes=5)
    file = saved(stage)
    shown = app.code(stage.clock())
    for code in (shown, codes[0]):
        half = enter(stage)
        assert isinstance(half, HalfWay)
        accounts.finish_sign_in(stage.ctx, half.ticket, code)

    restored(stage, file)

    stage.clock.pass_(seconds=1)
    half = enter(stage)
    assert isinstance(half, HalfWay)
    for code in (shown, codes[0]):
        with pytest.raises(Invalid):
            accounts.finish_sign_in(stage.ctx, half.ticket, code)
    assert accounts.finish_sign_in(stage.ctx, half.ticket, codes[1])
    stage.clock.pass_(seconds=90)
    half = enter(stage)
    assert isinstance(half, HalfWay)
    assert accounts.finish_sign_in(stage.ctx, half.ticket, app.code(stage.clock()))


def test_a_second_step_that_was_set_up_anew_since_stays(stage: Stage) -> None:
    marta = staff(stage)
    lost, _codes = set_up(stage.ctx, marta)
    file = saved(stage)
    second_step.switch_off(stage.ctx, marta, marta.id)
    stage.clock.pass_(minutes=2)
    app, codes = set_up(stage.ctx, marta)

    restored(stage, file)

    stage.clock.pass_(minutes=2)
    half = enter(stage)
    assert isinstance(half, HalfWay)
    with pytest.raises(Invalid):
        accounts.finish_sign_in(stage.ctx, half.ticket, lost.code(stage.clock()))
    assert accounts.finish_sign_in(stage.ctx, half.ticket, codes[0])
    assert isinstance(app, App)


@pytest.mark.parametrize("damage", ["gone", "damaged"])
def test_where_nobody_knows_who_was_shut_out_everybody_is(stage: Stage, damage: str) -> None:
    marta = staff(stage)
    app, codes = set_up(stage.ctx, marta)
    file = saved(stage)
    stage.runtime.close()
    if damage == "gone":
        gone(stage)
    else:
        (stage.runtime.var / "store.db").write_bytes(b"SQLite format 3\0" + b"damage" * 5000)

    done = restored(stage, file)

    assert done.shut == ("Marta",)
    with pytest.raises(Refused):
        enter(stage)
    accounts.set_disabled(stage.ctx, "command line", marta.id, False)
    stage.clock.pass_(minutes=2)
    half = enter(stage)
    assert isinstance(half, HalfWay)
    with pytest.raises(Invalid):
        accounts.finish_sign_in(stage.ctx, half.ticket, codes[0])
    assert accounts.finish_sign_in(stage.ctx, half.ticket, app.code(stage.clock()))


def test_whoever_runs_it_can_say_that_nobody_was_shut_out(stage: Stage) -> None:
    staff(stage)
    file = saved(stage)
    stage.runtime.close()
    gone(stage)

    done = restored(stage, file, let_in=True)

    assert done.shut == ()
    assert isinstance(enter(stage), SignedIn)


def test_an_account_that_only_has_the_same_number_says_nothing(stage: Stage) -> None:
    staff(stage)
    file = saved(stage)
    stage.runtime.close()
    shutil.rmtree(stage.runtime.var)
    other = replace(stage)
    staff(other, "Somebody Else")
    other.runtime.close()

    done = restoring.restore(stage.runtime.var, "command line", file, stage.clock, without_addresses=True)

    assert done.shut == ("Marta",)

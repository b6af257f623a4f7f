"""Codes of an app and recovery codes: ASVS 6.3.3, 6.5.1, 6.5.3, 6.5.5; threat "TOTP replay" (TOB-26-9)."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from comments.actions import accounts, second_step
from comments.actions.accounts import HalfWay, SignedIn
from comments.errors import BadToken, Invalid, NotAllowed, Refused, TooFast
from comments.model import Account
from tests.service.actions.apps import App, set_up
from tests.service.actions.stage import IP, Stage

GOOD = "three quiet herons wade"


@pytest.fixture
def marta(stage: Stage) -> Account:
    account = stage.account(role="administrator")
    accounts.set_password(stage.ctx, "command line", account.id, GOOD)
    return stage.store.get_account(account.id)


@pytest.fixture
def set_(stage: Stage, marta: Account) -> tuple[App, list[str]]:
    return set_up(stage.ctx, marta)


def half_way(stage: Stage) -> str:
    entered = accounts.sign_in(stage.ctx, "Marta", GOOD, IP)
    assert isinstance(entered, HalfWay)
    return entered.ticket


def finish(stage: Stage, code: str) -> SignedIn:
    return accounts.finish_sign_in(stage.ctx, half_way(stage), code)


def acts(stage: Stage) -> list[str]:
    return [row.action for row in stage.store.list_audit()]


def test_the_codes_are_those_of_rfc_6238(stage: Stage) -> None:
    """Appendix B of the RFC, its last six digits: what every app computes."""
    key = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    for seconds, code in ((59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (20000000000, "353130")):
        assert second_step._app(b"12345678901234567890").generate(seconds).decode() == code
    assert (
        App(key).code(stage.clock())
        == second_step._app(b"12345678901234567890").generate(int(stage.clock().timestamp())).decode()
    )


def test_it_is_set_up_only_after_a_right_code(stage: Stage, marta: Account) -> None:
    offer = second_step.make_offer(stage.ctx, marta)
    app = App(offer.key)

    for wrong in ("", "000000" if app.code(stage.clock()) != "000000" else "111111", app.code(stage.clock(), 3), "x"):
        with pytest.raises(Invalid):
            second_step.switch_on(stage.ctx, marta, offer.token, wrong)
    assert not second_step.is_on(stage.ctx, marta.id)
    assert isinstance(accounts.sign_in(stage.ctx, "Marta", GOOD, IP), SignedIn)

    codes = second_step.switch_on(stage.ctx, marta, offer.token, app.code(stage.clock()))
    assert len(set(codes)) == 10
    assert second_step.is_on(stage.ctx, marta.id)
    assert offer.uri.startswith("otpauth://totp/Practice%20Notes:Marta?")
    assert len(offer.key.split()) == 8


def test_an_offer_is_for_one_account_and_for_half_an_hour(stage: Stage, marta: Account) -> None:
    offer = second_step.make_offer(stage.ctx, marta)
    code = App(offer.key).code(stage.clock())
    with pytest.raises(BadToken):
        second_step.switch_on(stage.ctx, stage.account("Jonas"), offer.token, code)
    stage.clock.pass_(minutes=31)
    with pytest.raises(BadToken):
        second_step.switch_on(stage.ctx, marta, offer.token, App(offer.key).code(stage.clock()))


def test_setting_it_up_ends_the_other_sessions(stage: Stage, marta: Account) -> None:
    """ASVS 7.4.3."""
    here, there = (accounts.sign_in(stage.ctx, "Marta", GOOD, IP) for _place in range(2))
    assert isinstance(here, SignedIn)
    assert isinstance(there, SignedIn)
    offer = second_step.make_offer(stage.ctx, marta)

    second_step.switch_on(stage.ctx, marta, offer.token, App(offer.key).code(stage.clock()), keep=here.session.id)

    assert accounts.session(stage.ctx, here.cookie)
    assert accounts.session(stage.ctx, there.cookie) is None


def test_a_password_alone_leads_half_way_and_a_code_the_rest(stage: Stage, set_: tuple[App, list[str]]) -> None:
    ticket = half_way(stage)
    assert accounts.session(stage.ctx, ticket) is None

    code = set_[0].code(stage.clock())
    entered = accounts.finish_sign_in(stage.ctx, ticket, f" {code[:3]} {code[3:]} ")

    assert accounts.session(stage.ctx, entered.cookie)
    assert stage.store.list_audit()[0].detail["how"] == "password and code"


@pytest.mark.parametrize("steps", [0, 1])
def test_a_code_works_once(stage: Stage, set_: tuple[App, list[str]], steps: int) -> None:
    code = set_[0].code(stage.clock(), steps)
    finish(stage, code)

    for typed in (code, f"{code[:3]} {code[3:]}", f" {code}", f"{code}\n"):
        with pytest.raises(Invalid, match="used already"):
            finish(stage, typed)
    stage.clock.pass_(seconds=90)
    finish(stage, set_[0].code(stage.clock()))


def test_an_older_code_is_worth_nothing_after_a_newer_one(stage: Stage, set_: tuple[App, list[str]]) -> None:
    finish(stage, set_[0].code(stage.clock(), 1))
    with pytest.raises(Invalid):
        finish(stage, set_[0].code(stage.clock(), 0))


@pytest.mark.parametrize(("steps", "right"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_telephones_clock_may_be_wrong_by_one_step(
    stage: Stage, set_: tuple[App, list[str]], steps: int, right: bool
) -> None:
    stage.clock.pass_(minutes=5)
    code = set_[0].code(stage.clock(), steps)
    if right:
        assert finish(stage, code)
    else:
        with pytest.raises(Invalid):
            finish(stage, code)


def test_of_one_code_sent_ten_times_at_once_one_gets_in(stage: Stage, set_: tuple[App, list[str]]) -> None:
    code = set_[0].code(stage.clock())
    tickets = [half_way(stage) for _time in range(5)]

    def send(ticket: str) -> bool:
        try:
            return bool(accounts.finish_sign_in(stage.ctx, ticket, code))
        except Refused:
            return False

    with ThreadPoolExecutor(5) as threads:
        assert sum(threads.map(send, tickets)) == 1


def test_digits_of_other_scripts_are_no_code(stage: Stage, set_: tuple[App, list[str]]) -> None:
    code = set_[0].code(stage.clock())
    arabic = code.translate({ord("0") + number: 0x660 + number for number in range(10)})
    with pytest.raises(Invalid):
        finish(stage, arabic)


def test_after_five_wrong_codes_the_account_rests(stage: Stage, set_: tuple[App, list[str]]) -> None:
    """ASVS 6.3.1, threat "login guessing"."""
    ticket = half_way(stage)
    for _try in range(5):
        with pytest.raises(Invalid):
            accounts.finish_sign_in(stage.ctx, ticket, "abc")

    with pytest.raises(TooFast):
        accounts.finish_sign_in(stage.ctx, ticket, set_[0].code(stage.clock()))
    assert acts(stage).count("refuse code") == 5


def test_a_recovery_code_works_once_however_it_is_typed(stage: Stage, set_: tuple[App, list[str]]) -> None:
    _app, codes = set_
    finish(stage, codes[0].upper().replace("-", " "))

    with pytest.raises(Invalid):
        finish(stage, codes[0])
    finish(stage, codes[1])
    assert len(stage.store.list_recovery_codes(1)) == 8
    assert "use recovery code" in acts(stage)


def test_new_recovery_codes_take_the_place_of_the_old_ones(
    stage: Stage, marta: Account, set_: tuple[App, list[str]]
) -> None:
    new = second_step.renew_codes(stage.ctx, marta)
    with pytest.raises(Invalid):
        finish(stage, set_[1][0])
    assert finish(stage, new[0])


def test_the_store_holds_neither_key_nor_codes(stage: Stage, set_: tuple[App, list[str]]) -> None:
    stage.store.checkpoint()
    raw = (stage.runtime.var / "store.db").read_bytes()

    for secret in (set_[0].key, set_[0].key.replace(" ", ""), *set_[1], *(code.replace("-", "") for code in set_[1])):
        assert secret.encode() not in raw
    assert set_[0].key not in str(stage.store.list_audit())


def test_a_ticket_ends_with_its_time_its_use_and_the_password(
    stage: Stage, marta: Account, set_: tuple[App, list[str]]
) -> None:
    used, old, changed = (half_way(stage) for _time in range(3))
    accounts.finish_sign_in(stage.ctx, used, set_[1][0])
    with pytest.raises(BadToken):
        accounts.finish_sign_in(stage.ctx, used, set_[1][1])
    accounts.set_password(stage.ctx, "command line", marta.id, "five slow otters float")
    with pytest.raises(BadToken):
        accounts.finish_sign_in(stage.ctx, changed, set_[1][1])
    stage.clock.pass_(minutes=11)
    with pytest.raises(BadToken):
        accounts.finish_sign_in(stage.ctx, old, set_[1][1])
    assert stage.store.list_recovery_codes(1)[8:]


def test_a_link_does_not_pass_the_second_step_by(stage: Stage, set_: tuple[App, list[str]]) -> None:
    """ASVS 6.4.3."""
    link = accounts.sign_in_link(stage.ctx, "Marta").rpartition("/")[2]
    assert isinstance(accounts.sign_in_by_link(stage.ctx, link), HalfWay)


def test_an_administrator_takes_a_lost_second_step_away_and_nobody_else_does(
    stage: Stage, marta: Account, set_: tuple[App, list[str]]
) -> None:
    with pytest.raises(NotAllowed):
        second_step.switch_off(stage.ctx, stage.account("Jonas"), marta.id)

    second_step.switch_off(stage.ctx, "command line", marta.id)

    assert isinstance(accounts.sign_in(stage.ctx, "Marta", GOOD, IP), SignedIn)
    with pytest.raises(Refused, match="already"):
        second_step.switch_off(stage.ctx, "command line", marta.id)
    assert "switch off second step" in acts(stage)

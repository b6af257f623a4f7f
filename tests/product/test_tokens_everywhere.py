"""Every signed token there is: refused for another purpose, with another subject, after its time, or cut and glued."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest

from comments.actions import accounts, from_mail, invitations, mine, own_data, proof, reset, submit, subscriptions
from comments.web.guard import SAFE
from tests.service.web.addresses import invitation, mark
from tests.service.web.house import FRENCH, OPEN, House, make_output, open_house

# Address, lifetime and maker of each kind of link, by its purpose.
Maker = Callable[[House], str]
KINDS: dict[str, tuple[str, timedelta, Maker]] = {}


def kind(purpose: str, address: str, lifetime: timedelta) -> Callable[[Maker], Maker]:
    def note(make: Maker) -> Maker:
        KINDS[purpose] = (address, lifetime, make)
        return make

    return note


@kind("mine", "/comments/mine/", mine.LIFETIME)
def waiting_page(house: House) -> str:
    return house.waiting().rsplit("/", 1)[-1]


@kind("prove", "/comments/prove/", proof.LIFETIME)
def prove(house: House) -> str:
    house.waiting()
    return house.ctx.tokens.sign("prove", {"person": house.ctx.store.get_comment(house.newest()).person or 0})


@kind("privacy", "/comments/privacy/", own_data.LIFETIME)
def own(house: House) -> str:
    house.waiting()
    person = house.ctx.store.get_comment(house.newest()).person or 0
    return house.ctx.tokens.sign("privacy", {"person": person, "mark": mark(house, person)})


def followed(house: House) -> int:
    """The person behind a comment that asked for letters."""
    house.waiting(notify="replies")
    return house.ctx.store.get_comment(house.newest()).person or 0


@kind("subscription", "/comments/subscription/", subscriptions.LIFETIME)
def subscription(house: House) -> str:
    followed(house)
    found = house.ctx.store.find_subscription(house.newest())
    assert found
    return subscriptions.token_of(house.ctx, found)


@kind("subscriptions", "/comments/subscriptions/", subscriptions.MANAGE_LIFETIME)
def all_subscriptions(house: House) -> str:
    return subscriptions.manage_token(house.ctx, followed(house))


@kind("moderate", "/comments/moderate/", from_mail.LIFETIME)
def moderate(house: House) -> str:
    house.waiting()
    account, comment = editor(house), house.ctx.store.get_comment(house.newest())
    return house.ctx.tokens.sign("moderate", {"comment": comment.id, "account": account, "version": comment.version})


@kind("sign-in", "/desk/link/", accounts.LINK_LIFETIME)
def sign_in(house: House) -> str:
    return accounts.sign_in_link(house.ctx, "Editor").rsplit("/", 1)[-1]


@kind("invite", "/desk/invitation/", invitations.LIFETIME)
def invite(house: House) -> str:
    return invitation(house)


@kind("reset", "/desk/reset/", reset.LIFETIME)
def new_password(house: House) -> str:
    return house.ctx.tokens.sign("reset", {"account": editor(house), "mark": house.ctx.vault.mark(b"")})


def editor(house: House) -> int:
    sign_in(house)
    account = house.ctx.store.find_account("Editor")
    assert account
    return account.id


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder = tmp_path_factory.mktemp("tokens")
    made = open_house(folder, make_output(folder / "output"))
    yield made
    made.runtime.close()


def opens(house: House, address: str) -> bool:
    return house.visitor().get(address).status_code == 200


def assert_refused(house: House, address: str) -> None:
    """Neither shows nor does anything."""
    assert house.visitor().get(address).status_code == 404, address
    before = [(row.action, row.detail) for row in house.ctx.store.list_audit(limit=1000)]
    for verb in ("", "edit", "delete", "prove", "approve", "download", "erase all", "confirm", "end", "end all"):
        told = house.visitor().post(address, data={"do": verb, "comment": "Mine now.", "version": "1"})
        assert told.status_code in (400, 403, 404), (address, verb)  # 400: the desk's form token is asked for first
    assert [(row.action, row.detail) for row in house.ctx.store.list_audit(limit=1000)] == before


def with_subject(token: str, **subject: object) -> str:
    """The token as a forger would make it, who sees what is in it but has no key."""
    body, signature = token.split(".")
    name, made, old = json.loads(urlsafe_b64decode(body + "=" * (-len(body) % 4)))
    return ".".join((encoded([name, made, old | subject]), signature))


def with_time(token: str, seconds: int) -> str:
    body, signature = token.split(".")
    name, made, subject = json.loads(urlsafe_b64decode(body + "=" * (-len(body) % 4)))
    return ".".join((encoded([name, made + seconds, subject]), signature))


def encoded(content: list[object]) -> str:
    return urlsafe_b64encode(json.dumps(content, separators=(",", ":")).encode()).rstrip(b"=").decode()


def test_every_address_with_a_token_is_in_the_table(house: House) -> None:
    rules = [rule for rule in house.app.url_map.iter_rules() if "token" in rule.arguments]
    # A preview's token is no signed word but the name of its folder (tests/service/web/test_preview.py).
    rules = [rule for rule in rules if not rule.rule.startswith("/preview/")]

    assert {rule.rule.removesuffix("<token>") for rule in rules} == {address for address, _age, _make in KINDS.values()}
    assert {rule.rule for rule in rules if set(rule.methods or ()) - SAFE} == {rule.rule for rule in rules}


@pytest.mark.parametrize("purpose", KINDS)
def test_it_opens_its_own_address_alone(house: House, purpose: str) -> None:
    token = KINDS[purpose][2](house)

    assert opens(house, KINDS[purpose][0] + token)
    for other, (address, _lifetime, _make) in KINDS.items():
        if other != purpose:
            assert_refused(house, address + token)
    assert_previewed(house, token)


@pytest.mark.parametrize("purpose", KINDS)
def test_altered_it_opens_nothing(house: House, purpose: str) -> None:
    address, _lifetime, make = KINDS[purpose]
    token, other = make(house), make(house)
    body, signature = token.split(".")
    forged = [
        *(
            with_subject(token, **{name: 1})
            for name in ("comment", "person", "account", "version", "subscription", "more")
        ),
        with_time(token, 1),
        with_time(token, -1),
        f"{body}.{other.split('.')[1]}",
        f"{other.split('.')[0]}.{signature}",
        f"{body}.{signature[:-1]}",
        f"{body}.{signature}A",
        f"{body}.{signature}.{signature}",
        f"{body}=.{signature}",
        f"{body}.",
        f".{signature}",
        body,
    ]

    for altered in forged:
        if altered != token:  # the first comment's number is 1 in truth
            assert_refused(house, address + altered)
    assert opens(house, address + token)


@pytest.mark.parametrize("purpose", KINDS)
def test_after_its_time_it_opens_nothing(house: House, purpose: str) -> None:
    address, lifetime, make = KINDS[purpose]
    token = make(house)
    started = house.clock.at
    try:
        house.clock.at = started + lifetime - timedelta(seconds=1)
        assert opens(house, address + token)
        house.clock.at = started + lifetime + timedelta(seconds=1)
        assert_refused(house, address + token)
    finally:
        house.clock.at = started


def assert_previewed(house: House, token: str, thread: str = OPEN) -> None:
    """With that form token nothing is stored: the writer is shown the comment once more."""
    before = house.ctx.store.count_comments()
    answer = house.visitor().post(f"/comments/{thread}", data=house.form(token=token))
    assert answer.status_code == 200
    assert house.ctx.store.count_comments() == before


def test_a_form_token_is_good_for_its_own_thread_alone_for_a_day(house: House) -> None:
    token = house.token()
    body, signature = token.split(".")

    for forged in (with_time(token, 3600), f"{body}.{signature[:-1]}", f"{body}.{signature}A", body):
        assert_previewed(house, forged)
    for foreign in (token, with_subject(token, thread=FRENCH)):
        assert_previewed(house, foreign, FRENCH)
    for address, _lifetime, _make in KINDS.values():
        assert_refused(house, address + token)
    house.clock.at += submit.FORM_LIFETIME + timedelta(seconds=1)
    assert_previewed(house, token)

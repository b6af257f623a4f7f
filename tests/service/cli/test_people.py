"""People from the command line: list, invite, role, deactivate, sign-in, reset-totp; and the record as a file."""

import json
import re

import pytest

from comments.actions.accounts import HalfWay, sign_in_by_link, sign_in_link
from comments.actions.second_step import is_on
from tests.service.actions.apps import set_up
from tests.service.cli.conftest import Shell
from tests.service.desk.desk import stranger
from tests.service.web.house import House

ADDRESS = "very.own.address@mailbox.example.net"


@pytest.fixture(autouse=True)
def people(house: House) -> None:
    for name, role in (("Marta", "administrator"), ("Jonas", "moderator")):
        sign_in_link(house.ctx, name, role)  # type: ignore[arg-type]  # both are roles


def test_people_and_invitations_are_listed_without_addresses(shell: Shell) -> None:
    shell.ok("invite", ADDRESS, "--name", "Wren", "--role", "author", "--author", "ada")

    told = shell.ok("people")
    assert "Marta  administrator" in told
    assert "Wren  author (ada), invited until" in told
    lines = shell.lines("people", "--json")
    assert [line["name"] for line in lines] == ["Jonas", "Marta", "Wren"]
    assert lines[0]["active"] is True
    assert "very.own" not in told + json.dumps(lines)


def test_an_invitation_s_link_is_printed_when_mail_is_dead(house: House, shell: Shell) -> None:
    (made,) = shell.lines("invite", ADDRESS, "--link", "--json")

    path = str(made["link"]).removeprefix("https://notes.example.org")
    assert stranger(house).get(path).status == 200
    assert "mailbox" not in path
    assert "Link" in shell.ok("invite", ADDRESS, "--link")
    assert "belong together" in shell.fails("invite", ADDRESS, "--role", "author")
    assert shell.fails("invite", "nowhere")


def test_roles_change_and_the_last_administrator_stays(house: House, shell: Shell) -> None:
    assert "Jonas is author (ada) now." in shell.ok("role", "jonas", "author", "--author", "ada")
    assert shell.lines("role", "Jonas", "moderator", "--json")[0]["role"] == "moderator"
    assert "last administrator" in shell.fails("role", "Marta", "moderator")
    assert "last administrator" in shell.fails("deactivate", "Marta")
    assert "python -m comments people" in shell.fails("role", "Nobody", "moderator")


def test_somebody_is_deactivated_and_comes_back(house: House, shell: Shell) -> None:
    assert "can no longer sign in" in shell.ok("deactivate", "Jonas")
    assert shell.lines("deactivate", "Jonas", "--back", "--json")[0]["active"] is True


def test_a_link_is_printed_when_mail_is_dead_and_a_lost_second_step_taken_away(house: House, shell: Shell) -> None:
    account = house.ctx.store.find_account("Marta")
    assert account
    set_up(house.ctx, account)

    token = re.search(r"/desk/link/(\S+)", shell.ok("sign-in", "Marta"))
    assert token
    assert isinstance(sign_in_by_link(house.ctx, token[1]), HalfWay)
    assert "/desk/link/" in str(shell.lines("sign-in", "Marta", "--json")[0]["link"])

    assert "without a code" in shell.ok("reset-totp", "Marta")
    assert not is_on(house.ctx, account.id)
    assert "already" in shell.fails("reset-totp", "Marta", "--json")


def test_the_record_is_printed_as_lines_or_as_a_table(house: House, shell: Shell) -> None:
    house.approved(email=ADDRESS)
    lines = shell.lines("record", "--who", "command line", "--what", "approve", "--json")
    assert [line["comment"] for line in lines] == [1]
    table = shell.ok("record", "--csv", "--comment", "1", "--since", "2026-01-01", "--until", "2099-01-01")
    assert table.startswith('"id","at","who"')
    assert "very.own" not in table + shell.ok("record")
    assert shell.ok("record", "--until", "2020-01-01") == ""

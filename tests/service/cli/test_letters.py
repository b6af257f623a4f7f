"""The outbox on the command line."""

from tests.service.cli.conftest import Shell
from tests.service.desk.test_letters import letter
from tests.service.web.house import House


def test_the_outbox_lists_what_was_not_sent_and_why(house: House, shell: Shell) -> None:
    letter(house)
    gone = letter(house, "The mail server does not take letters for this reader (550).", given_up=True)
    house.ctx.store.mark_sent(letter(house), house.clock())

    told = shell.ok("outbox")

    assert f"{gone}  reply, given up, tries: 1, The mail server does not take letters" in told
    assert "2 not sent, 1 of them given up." in told
    assert [record["state"] for record in shell.lines("outbox", "--json")] == ["given up", "waiting"]
    assert [record["state"] for record in shell.lines("outbox", "--all", "--json")] == ["sent", "given up", "waiting"]
    assert "mailbox.example" not in told + shell.ok("outbox", "--json")


def test_a_letter_is_tried_again_by_its_number(house: House, shell: Shell) -> None:
    number = letter(house, "The mail server cannot be reached, or hung up.", given_up=True)

    assert f"Letter {number} is due." in shell.ok("outbox", "retry", str(number))

    assert shell.lines("outbox", "--json")[0]["state"] == "retried"
    house.ctx.store.mark_sent(number, house.clock())
    assert shell.fails("outbox", "retry", str(number)) == "This letter was sent already.\n"
    assert shell.fails("outbox", "retry", "99") == "There is no such letter any more.\n"
    assert "0 not sent, 0 of them given up." in shell.ok("outbox")

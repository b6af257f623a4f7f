from tests.service.cli.conftest import Shell
from tests.service.web.house import House


def test_lists_are_kept_from_the_command_line(shell: Shell) -> None:
    (added,) = shell.lines("list", "add", "moderation", "Kettle", "--days", "7", "--json")
    shell.ok("list", "add", "disallowed", "ada@example.org", "--kind", "address")

    first, second = shell.lines("list", "show", "--json")
    assert first == added
    assert (first["list"], first["kind"], first["value"], first["by"]) == (
        "moderation",
        "word",
        "kettle",
        "command line",
    )
    assert (second["kind"], second["value"], second["until"]) == ("address", None, None)
    assert "an e-mail address, added by command line on " in shell.ok("list", "show")
    shell.ok("list", "remove", str(first["id"]))
    shell.ok("list", "remove", str(second["id"]))
    assert shell.ok("list", "show") == "The lists are empty.\n"


def test_a_mistake_is_told_in_a_sentence(shell: Shell) -> None:
    assert "Write a domain like example.org." in shell.run("list", "add", "moderation", "x", "--kind", "domain").output
    assert shell.fails("list", "remove", "99") == "The lists have no entry 99.\n"


def test_the_filter_learns_anew(shell: Shell, house: House) -> None:
    house.approved(comment="A quiet evening with many words.")

    assert "Learned from 1 published and 0 spam comments." in shell.ok("retrain")
    (figures,) = shell.lines("retrain", "--json")
    assert (figures["ham"], figures["judging"], figures["needed"]) == (1, False, 50)

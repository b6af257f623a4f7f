"""The command line: help, output for people and machines, exit codes."""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import click
import pytest

from comments.__main__ import cli
from comments.cli.upkeep import has_reset_bug
from tests.service.cli.conftest import Shell
from tests.service.desk.desk import public_page
from tests.service.web.house import OPEN, ROOT, SITE, House

ADDRESS = "very.own.address@mailbox.example.net"


@pytest.mark.parametrize("name", sorted(cli.commands))
def test_every_command_says_what_it_does(name: str, shell: Shell) -> None:
    command = cli.commands[name]

    assert command.help
    assert all(option.help for option in command.params if isinstance(option, click.Option)), name
    assert command.help.splitlines()[0] in shell.ok(name, "--help").replace("\n  ", " ")


def test_the_queue_shows_what_waits_and_why(house: House, shell: Shell) -> None:
    house.waiting(name="Olu Muster", email=ADDRESS)
    house.approved(name="Ada Specimen")

    text = shell.ok("queue")
    assert "Olu Muster" in text
    assert "First comment from this person." in text
    assert "1 waiting." in text
    assert "Ada" not in text
    (record,) = shell.lines("queue", "--state", "published", "--json")
    assert record["name"] == "Ada Specimen"
    assert record["state"] == "published"
    assert shell.lines("queue", "--search", "nowhere", "--json") == []
    assert "very.own" not in text + shell.ok("queue", "--json") + shell.ok("show", "1") + shell.ok(
        "show", "1", "--json"
    )


def test_the_verbs_act_and_say_what_became_of_it(house: House, shell: Shell) -> None:
    for _ in range(3):
        house.waiting()

    assert "1  Published. It is on the page." in shell.ok("approve", "1", "2")
    assert "#comment-" in public_page(house) or "comment-1" in public_page(house)
    assert "3  Filed under spam." in shell.ok("spam", "3")
    assert "3  It waits again." in shell.ok("put-back", "3")
    assert "In the bin." in shell.ok("trash", "1")
    assert "Undone." in shell.ok("undo", "1")
    assert house.ctx.store.list_audit(comment=1)[0].actor == "command line"


def test_what_fails_is_told_and_the_rest_is_done(house: House, shell: Shell) -> None:
    house.waiting()

    said = shell.fails("approve", "1", "99")

    assert said.startswith("99: ")
    assert house.ctx.store.get_comment(1).state == "approved"


def test_edit_takes_the_text_from_an_option_or_from_standard_input(house: House, shell: Shell) -> None:
    house.waiting()

    assert shell.ok("edit", "1", "--text", "From an option.", "--reason", "asked") == "Saved.\n"
    assert house.ctx.store.get_comment(1).source == "From an option."
    shell.ok("edit", "1", "-", "--publish", "--reason", "asked", input="De l’entrée standard.\n")
    assert "De l’entrée standard." in public_page(house)
    assert "UTF-8" in shell.fails("edit", "1", "-", input=b"\xff\xfe")
    assert "not both" in shell.fails("edit", "1", "-", "--text", "x")
    assert shell.fails("edit", "1", "--text", " ")


def test_show_tells_the_history(house: House, shell: Shell) -> None:
    house.approved()

    text = shell.ok("show", "1")

    assert "State: published" in text
    assert "approve, command line" in text
    assert shell.lines("show", "1", "--json")[0]["history"][0]["what"] == "approve"


def test_a_terminal_gets_no_control_characters(house: House, shell: Shell) -> None:
    with house.ctx.store.write():
        house.waiting(comment="plain")
        house.ctx.store.set_text(1, "red \x1b[31malarm\x07", "<p>x</p>", 1, house.clock())

    assert "\x1b" not in shell.ok("show", "1")


def test_erase_asks_and_forgets(house: House, shell: Shell) -> None:
    house.approved(name="Ada Specimen", email=ADDRESS)

    assert shell.run("erase", "1", "--keep-text", input="n\n").exit_code == 1
    assert house.ctx.store.get_comment(1).name == "Ada Specimen"
    assert "Erased" in shell.ok("erase", "1", "--keep-text", "--yes")
    assert "Ada Specimen" not in public_page(house)


def test_releases_are_made_listed_and_rolled_back(house: House, shell: Shell, output: Path) -> None:
    assert shell.ok("release", str(output)) == "Release 2 is what readers see.\n"
    assert [(each["number"], each["current"]) for each in shell.lines("releases", "--json")] == [(2, True), (1, False)]
    assert "Release 1 is what readers see again." in shell.ok("rollback")
    acts = [(row.actor, row.action, row.detail) for row in house.ctx.store.list_audit(limit=2)]
    assert acts[1] == ("command line", "release", {"release": 2})
    assert acts[0][1] == "rollback"
    assert "current" in shell.ok("releases").splitlines()[1]
    assert shell.fails("rollback", "7")


def test_a_folder_that_is_no_build_is_refused(shell: Shell, tmp_path: Path) -> None:
    assert "threads.json" in shell.fails("release", str(tmp_path))


def test_the_sign_in_line_leads_to_the_desk(house: House, shell: Shell) -> None:
    assert "--create" in shell.fails("sign-in", "Marta")

    line = shell.ok("sign-in", "Marta", "--create", "--brief")

    assert line.startswith(f"  Desk   {SITE}/desk/")
    assert len(line.splitlines()) == 1
    assert "works once" in shell.ok("sign-in", "Marta")
    assert house.ctx.store.list_accounts()[0].role == "administrator"
    shell.ok("sign-in", "Jonas", "--create", "--role", "moderator")
    assert "together" in shell.fails("sign-in", "Ada", "--create", "--role", "author")


def test_check_is_content_with_a_whole_installation(shell: Shell) -> None:
    text = shell.ok("check")

    assert "SQLite" in text
    assert "sign-in NAME --create" in text
    assert text.endswith("All is well.\n")
    assert shell.lines("check", "--json")[0]["well"] is True


def test_check_names_each_problem_with_its_cure(house: House, shell: Shell) -> None:
    house.runtime.var.joinpath("keys").chmod(0o755)
    store, long_ago = house.ctx.store, datetime(2026, 1, 1, tzinfo=UTC)
    store.add_letter("moderate", long_ago, long_ago, account=None, person=store.add_person(long_ago, None))
    done = shell.run("check", "--json")

    problems = " ".join(json.loads(done.stdout)["problems"])

    assert done.exit_code == 1
    assert "chmod" in problems
    assert "send-mail" in problems


def test_check_says_when_nothing_is_there(tmp_path: Path) -> None:
    shell = Shell(None, {"PN_VAR": str(tmp_path / "var")})  # type: ignore[arg-type]  # there is no house

    done = shell.run("check")

    assert done.exit_code == 1
    assert done.stdout.count("\n") == 2


@pytest.mark.parametrize("wrong", [{"PN_PROXIES": "many"}, {"PN_SMTP_SECURITY": "perhaps"}])
def test_a_setting_that_cannot_be_is_one_sentence(shell: Shell, wrong: dict[str, str]) -> None:
    shell.environment.update(wrong)

    said = shell.fails("queue")

    assert next(iter(wrong)) in said
    assert len(said.splitlines()) == 1


@pytest.mark.parametrize(
    ("version", "affected"),
    [
        ((3, 40, 1), True),
        ((3, 44, 6), False),
        ((3, 50, 6), True),
        ((3, 50, 7), False),
        ((3, 51, 3), False),
        ((3, 6, 9), False),
    ],
)
def test_the_versions_with_the_reset_bug_are_known(version: tuple[int, ...], affected: bool) -> None:
    assert has_reset_bug(version) is affected


def test_init_can_be_run_again(tmp_path: Path) -> None:
    shell = Shell(None, {"PN_VAR": str(tmp_path / "var")})  # type: ignore[arg-type]  # there is no house yet

    assert "Made store and keys" in shell.ok("init")
    assert "are in" in shell.ok("init")
    assert shell.ok("init", "--quiet") == ""
    assert (tmp_path / "var" / "store.db").stat().st_mode & 0o077 == 0


def test_pages_that_are_behind_are_written(house: House, shell: Shell) -> None:
    house.approved()
    house.ctx.store.mark_due(OPEN)

    assert shell.ok("publish-due") == "Pages written: 1.\n"


def test_letters_go_to_a_folder_where_no_server_is_set(house: House, shell: Shell) -> None:
    assert shell.ok("send-mail") == "Letters handled: 0.\n"


def test_examples_stay_outside_of_a_real_installation(shell: Shell) -> None:
    assert "built for the public" in shell.fails("load-examples")


def test_the_module_is_a_program(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "comments", "queue"],
        cwd=ROOT,
        env={**os.environ, "PN_VAR": str(tmp_path / "nowhere")},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_link_can_come_with_a_new_password(house: House, shell: Shell) -> None:
    shell.ok("sign-in", "Marta", "--create")
    marta = house.ctx.store.find_account("Marta")
    assert marta
    house.ctx.store.set_password(marta.id, "a hash")

    shell.ok("sign-in", "Marta", "--forget-password")

    assert house.ctx.store.get_account(marta.id).password is None


def test_a_current_release_that_is_no_link_is_told_in_a_sentence(house: House, shell: Shell) -> None:
    current = house.runtime.var / "current"
    current.unlink()
    current.mkdir()

    for command in ("releases", "check", "queue"):
        done = shell.run(command)
        assert "Traceback" not in done.output
        assert done.exception is None or isinstance(done.exception, SystemExit)
    assert len(shell.fails("releases").splitlines()) == 1

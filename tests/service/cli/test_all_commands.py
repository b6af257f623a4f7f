"""Every command there is: help, --json, and a sentence instead of a traceback, whatever is typed."""

import json
from pathlib import Path

import click
import pytest

from comments.__main__ import cli
from tests.service.cli.conftest import Shell
from tests.service.web.house import House

# Groups answer by their parts; `serve` answers until Ctrl-C.
COMMANDS = {
    name: command for name, command in cli.commands.items() if name != "serve" and not isinstance(command, click.Group)
}
PARTS = {
    f"{name} {part}": command
    for name, group in cli.commands.items()
    if isinstance(group, click.Group)
    for part, command in group.commands.items()
}
NONSENSE = ("", "-1", "99999999999999999999999", "no such thing", "\x1b[31m", "../../etc", "💥", "' OR 1=1 --")


def arguments(command: click.Command, value: str) -> list[str]:
    """The command's arguments and required options, all with this value."""
    given = []
    for each in command.params:
        if isinstance(each, click.Argument):
            given += [value]
        elif each.required:
            given += [each.opts[0], value]
    return given


@pytest.mark.parametrize("name", sorted(COMMANDS | PARTS))
def test_every_command_has_help_and_json(name: str) -> None:
    shell = Shell(None, {})  # type: ignore[arg-type]  # help needs no house
    command = (COMMANDS | PARTS)[name]
    options = [name for each in command.params for name in each.opts]

    assert "--json" in options
    assert command.help
    assert "Usage:" in shell.ok(*name.split(), "--help")


def test_nonsense_is_refused_with_a_sentence(shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name, command in COMMANDS.items():
        for value in NONSENSE:
            given = arguments(command, value)
            if name == "backup":
                given += ["--keep", "0"]  # any folder is a good one
            done = shell.run(name, *given) if given else shell.run(name, value or "nonsense")

            assert done.exit_code in (1, 2), (name, value, done.output)
            assert isinstance(done.exception, SystemExit), (name, value)
            assert done.stderr.strip(), (name, value)
            assert "Traceback" not in done.output


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_without_an_installation_every_command_says_what_to_do(name: str, tmp_path: Path) -> None:
    shell = Shell(None, {"PN_VAR": str(tmp_path / "nowhere")})  # type: ignore[arg-type]  # there is no house
    needs_none = {"init", "settings"}
    options = ["--yes"] if any("--yes" in each.opts for each in COMMANDS[name].params) else []

    done = shell.run(name, *arguments(COMMANDS[name], "1" if name != "thread" else "open"), *options)

    assert "Traceback" not in done.output
    assert done.exception is None or isinstance(done.exception, SystemExit)
    assert (done.exit_code == 0) is (name in needs_none), done.output


def test_what_a_json_answer_holds_stays(house: House, shell: Shell, output: Path, tmp_path: Path) -> None:
    """The names in what machines read. To take one away breaks somebody's script."""
    for _ in range(3):
        house.waiting()
    shell.ok("sign-in", "Marta", "--create", "--brief")
    calls: dict[str, tuple[str, ...]] = {
        "approve 1": ("id", "state", "sentence"),
        "spam 1": ("id", "state", "sentence"),
        "put-back 1": ("id", "state", "sentence"),
        "trash 1": ("id", "state", "sentence"),
        "undo 1": ("id", "state", "sentence"),
        "edit 1 --text New --reason Shorter": ("id", "state", "sentence"),
        "reply 2 --as Marta --text Yes": ("id", "state", "sentence"),
        "erase 3 --yes": ("id", "state", "sentence"),
        "thread ten-minutes closed": ("article", "policy", "late", "sentence"),
        "show 1": ("id", "thread", "state", "name", "text", "reasons", "history"),
        "queue --state bin": ("id", "thread", "state", "name", "text", "reasons"),
        "check": ("well", "problems", "notes"),
        "rebuild-search": ("problems", "sentence"),
        "publish-due": ("written", "late", "sentence"),
        "send-mail": ("handled", "sentence"),
        f"release {output}": ("number", "sentence"),
        "rollback": ("number", "changed", "sentence"),
        "releases": ("number", "made", "current", "by"),
        "who-is-affected": ("commenters_addresses", "desk_addresses", "hidden_comments", "accounts", "written"),
        f"backup {tmp_path / 'safe'}": ("file", "made", "bytes", "sha256", "counts"),
        "sign-in Marta": ("name", "link"),
        "init": ("folder", "made", "sentence"),
        "settings": ("name", "value", "default", "where", "help"),
        "due": ("due", "why", "next_event"),
    }
    for call, names in calls.items():
        done = shell.run(*call.split(), "--json")
        assert done.exit_code in (0, 1), (call, done.output)
        record = json.loads(done.stdout.splitlines()[0])
        assert set(names) <= set(record), call


def test_a_question_that_nobody_answers_is_a_no(house: House, shell: Shell) -> None:
    house.waiting()

    assert "--yes" in shell.fails("erase", "1")
    assert house.ctx.store.get_comment(1).name


def test_backup_and_restore_from_the_command_line(house: House, shell: Shell, tmp_path: Path) -> None:
    house.approved(name="Ada Specimen")
    assert "1 comment, opened and whole" in shell.ok("backup", str(tmp_path / "safe"), "--keep", "1")
    (file,) = (tmp_path / "safe").glob("*.zip")
    house.approved(name="Late Guest")
    assert "Stop the service first" in shell.fails("restore", str(file), "--yes")
    assert "put-back 1" in shell.run("restore", "1").stderr
    house.runtime.close()

    told = shell.ok("restore", str(file), "--yes")

    assert "Restored" in told
    page = (house.runtime.var / "current/public/2026/ten-minutes/index.html").read_text()
    assert "Ada Specimen" in page
    assert "Late Guest" not in page
    assert "is a store that was replaced" in shell.ok("check")


def test_new_keys_and_lost_keys_from_the_command_line(house: House, shell: Shell, tmp_path: Path) -> None:
    house.waiting(email="very.own@mailbox.example")
    told = shell.ok("who-is-affected", "--write", str(tmp_path / "whom"))
    assert "very.own" not in told
    assert (tmp_path / "whom").read_text() == "very.own@mailbox.example\n"
    assert "rotate-keys --grace 0" in shell.ok("who-is-affected")
    assert "Stop the service first" in shell.fails("rotate-keys")
    house.runtime.close()

    assert "Sealed anew: 1." in shell.ok("rotate-keys")
    assert "rotate-keys" in shell.fails("drop-addresses", "--yes")
    (house.runtime.var / "keys" / "keys.json").unlink()
    assert "drop-addresses" in shell.fails("queue")
    assert "Addresses forgotten: 1." in shell.ok("drop-addresses", "--yes")
    assert "1 waiting." in shell.ok("queue")


def test_check_finds_what_else_can_be_wrong(house: House, shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    house.waiting()
    store, var = house.runtime.store, house.runtime.var
    with store.write():
        store._run("INSERT INTO comments_search (comments_search) VALUES ('delete-all')")
    (var / "mail").mkdir(mode=0o755, exist_ok=True)
    (var / "mail").chmod(0o755)
    (var / "keys" / "erased").mkdir()
    monkeypatch.setattr("comments.cli.findings.LEAST_FREE", 10**18)

    done = shell.run("check")

    assert done.exit_code == 1
    for words in ("rebuild-search", f"chmod go= {var / 'mail'}", "nothing can be erased", "Free some space"):
        assert words in done.stdout
    assert "PN_PROXIES is 0" in done.stdout
    assert "PN_SMTP_HOST" in done.stdout
    shell.ok("rebuild-search")
    assert "rebuild-search" not in shell.run("check").stdout

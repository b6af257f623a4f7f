"""Settings: one table, one page, and a command that says where each value comes from."""

import re
from pathlib import Path

import pytest

from comments.cli.settings_page import environment, read_conf, settings_page
from tests.service.cli.conftest import Shell
from tests.service.web.house import ROOT

PAGE, CONF = ROOT / "docs" / "settings.md", ROOT / "pelicanconf.py"
CODE = ("comments", "publication", "plugins", "workshop", "deploy", "tasks.py", "pelicanconf.py", "publishconf.py")
# Between our own programs: nobody sets them.
BETWEEN_US = {"PN_BY", "PN_PREVIEW", "PN_PREVIEW_UNTIL", "PN_UNLESS_CHANGED_FROM"}


def test_the_page_is_what_the_code_says() -> None:
    assert PAGE.read_text(encoding="utf-8") == settings_page(CONF), "run: python -m comments settings --page"


def test_every_setting_is_on_the_page_with_words_and_nothing_else_is() -> None:
    rows = re.findall(r"^\| `([^`]+)` \| .* \| (.*) \|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    told = dict(rows)
    files = [path for name in CODE for path in ([ROOT / name] if (ROOT / name).is_file() else (ROOT / name).rglob("*"))]
    used = {
        name.removesuffix("_FILE")
        for path in files
        if path.suffix in (".py", ".service", ".timer", ".conf")
        for name in re.findall(r"\bPN_[A-Z]+(?:_[A-Z]+)*\b", path.read_text(encoding="utf-8"))
        if not name.startswith("PN_TEST_")
    }

    assert len(rows) == len(told), "a name stands twice"
    assert {name for name in told if name.startswith("PN_")} == used - BETWEEN_US
    assert {name for name in told if not name.startswith("PN_")} == {
        row.name for row in read_conf(CONF.read_text(encoding="utf-8"))
    }
    assert [name for name, words in rows if len(words) < 10] == [], "say in a comment above or behind it what it is"


def test_a_setting_that_is_added_needs_no_change_of_the_page_maker(monkeypatch: pytest.MonkeyPatch) -> None:
    source = 'NEW: list[str] = ["a"]  # what it is\nCOMMENTS = {\n    # two\n    # lines\n    "new": 1,\n}\n'

    assert [(row.name, row.default, row.help) for row in read_conf(source)] == [
        ("NEW", "['a']", "what it is"),
        ("COMMENTS", "{'new': 1}", ""),
        ('COMMENTS["new"]', "1", "two lines"),
    ]


def test_the_command_says_each_value_and_where_it_is_said_and_no_secret(shell: Shell, tmp_path: Path) -> None:
    secret = tmp_path / "password"
    secret.write_text("hunter2hunter2")
    shell.environment |= {"PN_SMTP_PASSWORD_FILE": str(secret), "PN_PROXIES": "1"}

    told = {each["name"]: each for each in shell.lines("settings", "--json")}

    assert list(told) == [each.name for each in environment()]
    assert (told["PN_PROXIES"]["value"], told["PN_PROXIES"]["where"]) == ("1", "environment")
    assert (told["PN_SMTP_PORT"]["value"], told["PN_SMTP_PORT"]["where"]) == ("587", "default")
    assert told["PN_SMTP_PASSWORD"]["where"] == f"file {secret}"
    assert "hunter2" not in shell.ok("settings") + shell.ok("settings", "--json")
    del shell.environment["PN_SMTP_PASSWORD_FILE"]
    shell.environment["PN_SMTP_PASSWORD"] = "hunter2hunter2"
    assert "hunter2" not in shell.ok("settings") + shell.ok("settings", "--json")


def test_the_page_can_be_printed(shell: Shell, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(ROOT)
    assert shell.ok("settings", "--page") == settings_page(CONF)
    monkeypatch.chdir(tmp_path)
    assert "folder of the publication" in shell.fails("settings", "--page")

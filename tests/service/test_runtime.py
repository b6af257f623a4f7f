"""Opening an installation: store and keys together, or a sentence that says what to do."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from comments.errors import Misconfigured
from comments.model import NewComment
from comments.runtime import SETTINGS, Settings, open_runtime, read_settings
from comments.vault import create_keys, load_keys

NOW = datetime(2026, 3, 14, 9, 30, tzinfo=UTC)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(var=tmp_path / "var")


@pytest.fixture
def installed(settings: Settings) -> Settings:
    """Settings of an installation that was made before and holds a sealed address."""
    with open_runtime(settings, create=True) as runtime:
        person = runtime.store.add_person(NOW, None)
        runtime.store.set_address(person, runtime.vault.seal(f"person:{person}", "a@example.org"), b"lookup")
    return settings


def test_a_new_installation_has_a_store_and_keys_that_only_its_owner_can_open(settings: Settings) -> None:
    with open_runtime(settings, create=True) as runtime:
        assert runtime.store.get_key_checks() == runtime.vault.check_values()
        assert runtime.list_problems() == []

    assert settings.var.stat().st_mode & 0o777 == 0o700
    assert {path.name for path in settings.var.iterdir()} == {"store.db", "store.lock", "keys"}


def test_an_installation_opens_again_with_what_it_held(installed: Settings) -> None:
    with open_runtime(installed, clock=lambda: NOW) as runtime:
        address = runtime.store.find_address(1)
        assert address is not None
        assert runtime.vault.open("person:1", address[0]) == "a@example.org"
        assert runtime.tokens.read("form", runtime.tokens.sign("form", {}), None).made == NOW
        assert runtime.clock() == NOW


def test_making_it_again_changes_nothing(installed: Settings) -> None:
    before = load_keys(installed.var / "keys")

    open_runtime(installed, create=True).close()

    assert load_keys(installed.var / "keys") == before


def test_without_create_nothing_is_made(settings: Settings) -> None:
    with pytest.raises(Misconfigured, match="There is no store"):
        open_runtime(settings)

    assert not settings.var.exists()


@pytest.mark.parametrize("create", [False, True])
def test_a_copy_of_the_store_without_its_keys_stops_the_start_and_makes_no_new_ones(
    installed: Settings, create: bool
) -> None:
    shutil.rmtree(installed.var / "keys")

    with pytest.raises(Misconfigured, match=r"The store is here, but its keys in .*keys are missing"):
        open_runtime(installed, create=create)

    assert not (installed.var / "keys").exists()


@pytest.mark.parametrize("create", [False, True])
def test_keys_of_another_installation_stop_the_start(installed: Settings, create: bool) -> None:
    shutil.rmtree(installed.var / "keys")
    create_keys(installed.var / "keys")

    with pytest.raises(Misconfigured, match=r"do not belong to this store \(data:.*lookup, signing\)"):
        open_runtime(installed, create=create)


def test_damaged_keys_stop_the_start(installed: Settings) -> None:
    (installed.var / "keys" / "keys.json").write_text("{}")

    with pytest.raises(Misconfigured, match="damaged"):
        open_runtime(installed)


def test_a_first_start_that_was_cut_short_is_finished_with_the_same_keys(settings: Settings) -> None:
    open_runtime(settings, create=True).close()
    keys = load_keys(settings.var / "keys")
    for path in settings.var.glob("store.*"):
        path.unlink()

    with open_runtime(settings, create=True) as runtime:
        assert runtime.store.get_key_checks() == keys.check_values()


def test_a_store_that_was_never_finished_is_told(installed: Settings) -> None:
    with open_runtime(installed) as runtime, runtime.store.write():
        runtime.store._run("DELETE FROM key_checks")

    with pytest.raises(Misconfigured, match="never finished"):
        open_runtime(installed)


def test_files_that_others_can_open_are_a_problem_to_report(installed: Settings) -> None:
    (installed.var / "keys" / "keys.json").chmod(0o644)

    with open_runtime(installed) as runtime:
        (problem,) = runtime.list_problems()

    assert "chmod go=" in problem
    assert "keys.json" in problem


def test_closing_the_runtime_closes_the_store(installed: Settings) -> None:
    runtime = open_runtime(installed)
    runtime.store.add_comment(NewComment("t", "Ann", "a", "a", 1, "pending", NOW))

    runtime.close()

    assert not (installed.var / "store.db-wal").exists()


def test_without_any_setting_the_defaults_hold() -> None:
    assert read_settings({}) == Settings()
    assert read_settings({setting.name: "" for setting in SETTINGS}) == Settings()


def test_an_empty_publish_command_is_none_to_run() -> None:
    assert read_settings({}).publish_command is None
    assert read_settings({"PN_PUBLISH_COMMAND": " "}).publish_command == ()
    assert read_settings({"PN_PUBLISH_COMMAND": "make 'my site'"}).publish_command == ("make", "my site")


def test_settings_are_read_from_the_environment(tmp_path: Path) -> None:
    (tmp_path / "password").write_text("secret\n")

    settings = read_settings(
        {
            "PN_VAR": "/srv/var",
            "PN_PROXIES": "1",
            "PN_SITE_URL": "https://notes.example.org/",
            "PN_SMTP_HOST": "mail.example.org",
            "PN_SMTP_PORT": "465",
            "PN_SMTP_SECURITY": "TLS",
            "PN_SMTP_USER": "notes",
            "PN_SMTP_PASSWORD_FILE": str(tmp_path / "password"),
            "PN_SMTP_FROM": "notes@example.org",
        }
    )

    assert settings == Settings(
        var=Path("/srv/var"),
        proxies=1,
        site_url="https://notes.example.org",
        smtp_host="mail.example.org",
        smtp_port=465,
        smtp_security="tls",
        smtp_user="notes",
        smtp_password="secret",
        smtp_from="notes@example.org",
    )
    assert "secret" not in repr(settings)


@pytest.mark.parametrize(
    ("environment", "named"),
    [
        ({"PN_PROXIES": "one"}, "PN_PROXIES"),
        ({"PN_PROXIES": "-1"}, "PN_PROXIES"),
        ({"PN_PROXIES": "99"}, "PN_PROXIES"),
        ({"PN_PROXIES": "1" * 5000}, "PN_PROXIES"),
        ({"PN_SMTP_PORT": "smtp"}, "PN_SMTP_PORT"),
        ({"PN_SMTP_SECURITY": "ssl"}, "PN_SMTP_SECURITY"),
        ({"PN_SMTP_HOST": "mail.example.org"}, "PN_SMTP_FROM"),
        ({"PN_SITE_URL": "notes.example.org"}, "PN_SITE_URL"),
        ({"PN_DESK_URL": "https://notes.example.org/desk"}, "PN_DESK_URL"),
        ({"PN_SITE_URL": "https://notes.example.org/blog"}, "PN_SITE_URL"),
        ({"PN_SITE_URL": "ftp://notes.example.org"}, "PN_SITE_URL"),
        ({"PN_SITE_URL": "https://notes.example.org?a=b"}, "PN_SITE_URL"),
        ({"PN_SITE_URL": "https://notes.example.org#top"}, "PN_SITE_URL"),
        ({"PN_SITE_URL": "https://notes .example.org"}, "PN_SITE_URL"),
        ({"PN_SITE_URL": "https://somebody@notes.example.org"}, "PN_SITE_URL"),
        ({"PN_SITE_URL": "https://:8443"}, "PN_SITE_URL"),
        ({"PN_DESK_URL": "https://[::1"}, "PN_DESK_URL"),
        ({"PN_DESK_URL": "https://desk.example.org:https"}, "PN_DESK_URL"),
        ({"PN_KEEP_RELEASES": "1"}, "PN_KEEP_RELEASES"),
        ({"PN_KEEP_RELEASES": "many"}, "PN_KEEP_RELEASES"),
        ({"PN_PUBLISH_COMMAND": "make 'site"}, "PN_PUBLISH_COMMAND"),
        ({"PN_SMTP_PASSWORD_FILE": "/nowhere/password"}, "PN_SMTP_PASSWORD_FILE"),
        ({"PN_SMTP_PASSWORD": "a", "PN_SMTP_PASSWORD_FILE": "b"}, "PN_SMTP_PASSWORD_FILE"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(environment: dict[str, str], named: str) -> None:
    with pytest.raises(Misconfigured, match=named):
        read_settings(environment)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("HTTPS://Notes.Example.ORG:443/", "https://notes.example.org"),
        ("http://notes.example.org:80", "http://notes.example.org"),
        ("https://notes.example.org:8443", "https://notes.example.org:8443"),
        ("http://[::1]:8000", "http://[::1]:8000"),
    ],
)
def test_an_address_is_read_as_browsers_say_it(typed: str, read: str) -> None:
    settings = read_settings({"PN_SITE_URL": typed, "PN_DESK_URL": typed})

    assert (settings.site_url, settings.desk_url) == (read, read)


def test_every_setting_is_explained() -> None:
    assert all(setting.help and setting.name.startswith("PN_") for setting in SETTINGS)
    assert not any(setting.default for setting in SETTINGS if setting.secret)

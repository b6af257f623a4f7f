"""The commands about time: what is due, and what reviewers see until when. Their clock is the machine's."""

import json
from datetime import datetime, timedelta
from pathlib import Path

from comments import manifest
from comments.manifest import Manifest
from comments.runtime import utc_now
from tests.service.cli.conftest import Shell
from tests.service.web.reviewers import built

HOUR = timedelta(hours=1)


def plan(shell: Shell, next_event: datetime | None) -> None:
    """Let the current release hold until then."""
    file = shell.house.runtime.var / "current" / manifest.FILE
    told = manifest.read(file)
    file.unlink()
    file.write_bytes(manifest.write(Manifest(told.site, told.renderer, told.threads, next_event)))


def test_due_says_by_its_exit_code_whether_to_publish(shell: Shell) -> None:
    assert shell.ok("due") == "Nothing is due, and nothing is planned.\n"
    plan(shell, datetime.fromisoformat("2226-12-01T14:00:00+00:00"))
    assert "next to change at 2226-12-01 09:00 (America/Toronto)" in shell.ok("due")

    plan(shell, datetime.fromisoformat("2026-04-01T13:00:00+00:00"))
    done = shell.run("due")
    assert done.exit_code == 1
    assert "Due: something was to change at 2026-04-01 09:00 (America/Toronto)" in done.stdout
    told = json.loads(shell.run("due", "--json").stdout)
    assert (told["due"], told["release"], told["why"]) == (True, 1, "passed")


def test_due_needs_neither_store_nor_keys(shell: Shell) -> None:
    (shell.house.runtime.var / "store.db").rename(shell.house.runtime.var / "elsewhere")

    assert shell.run("due").exit_code == 0


def test_due_without_a_release_or_with_a_damaged_one_is_trouble(shell: Shell, tmp_path: Path) -> None:
    shell.environment["PN_VAR"] = str(tmp_path / "nothing")
    nothing = shell.run("due")
    shell.environment["PN_VAR"] = str(shell.house.runtime.var)
    file = shell.house.runtime.var / "current" / manifest.FILE
    file.unlink()
    file.write_text("{")
    damaged = shell.run("due", "--json")
    shell.environment["PN_KEEP_RELEASES"] = "none"
    unusable = shell.run("due")

    assert (nothing.exit_code, damaged.exit_code, unusable.exit_code) == (2, 2, 2)
    assert "No release is published yet" in nothing.stderr
    assert "damaged" in json.loads(damaged.stdout)["trouble"]
    assert "PN_KEEP_RELEASES" in unusable.stderr


def test_after_a_rollback_it_is_said_that_nothing_goes_on_by_itself(shell: Shell) -> None:
    plan(shell, datetime.fromisoformat("2026-04-01T13:00:00+00:00"))
    shell.ok("release", str(shell.house.output))
    shell.ok("rollback")

    assert "Release 1 was put back, so nothing is published by itself" in shell.ok("due")


def test_so_many_releases_are_kept_as_the_setting_says(shell: Shell) -> None:
    shell.environment |= {"PN_KEEP_RELEASES": "2", "PN_BY": "service"}
    for _ in range(3):
        shell.ok("release", str(shell.house.output))

    kept = shell.lines("releases", "--json")

    assert [(each["number"], each["by"]) for each in kept] == [(4, "service"), (3, "service")]


def test_check_tells_what_should_have_been_published(shell: Shell) -> None:
    plan(shell, datetime.fromisoformat("2026-04-01T13:00:00+00:00"))
    failed = {"started": utc_now().isoformat(), "ended": utc_now().isoformat(), "code": 3, "said": "no"}
    (shell.house.runtime.var / "publishing.json").write_text(json.dumps(failed))

    said = shell.run("check").stdout

    assert "Something was to change on the site at 2026-04-01 13:00, and has not. It was tried" in said
    assert "code 3" in said


def test_previews_are_kept_listed_and_ended(shell: Shell) -> None:
    var = shell.house.runtime.var
    kept = json.loads(shell.ok("keep-preview", str(built(var, utc_now() + HOUR))))
    assert kept["address"].startswith("https://notes.example.org/preview/")

    assert kept["address"] in shell.ok("previews")
    assert [each["file"] for each in shell.lines("previews", "--json")] == ["content/articles/2026/hidden.md"]
    assert "no preview of “other”" in shell.fails("end-preview", "other")
    assert "Hidden" in shell.ok("end-preview", "hidden.md")
    assert shell.ok("previews") == "There is no preview.\n"
    assert shell.ok("end-preview", "all") == "There is no preview.\n"


def test_a_preview_that_is_over_is_purged(shell: Shell) -> None:
    shell.ok("keep-preview", str(built(shell.house.runtime.var, utc_now() - HOUR)))

    assert "Previews deleted that were over: 1." in shell.ok("purge")

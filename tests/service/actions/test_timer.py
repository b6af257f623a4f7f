"""The service publishes by itself: once, not twice, not too often, and it says how it went."""

import json
import re
import sys
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from comments.actions import running
from comments.actions import timer as timers
from comments.actions.release import rollback
from comments.actions.timer import Timer, make_timer, pause, read_attempt
from comments.actions.web_root import current_number
from comments.thread.render import Renderer
from tests.contracts.tiny_site import START, THEME
from tests.product.conftest import wait_for
from tests.service.actions.test_due import HOUR, Timed


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Timed]:
    """A site to which something is to happen in an hour; the clock stands two hours on."""
    timed = Timed(tmp_path, Renderer(THEME))
    timed.publish(until=START + HOUR)
    timed.clock.now = START + 2 * HOUR
    yield timed
    timed.close()


def timer(site: Timed, program: str, limit: timedelta = timers.LIMIT, **environment: str) -> Timer:
    return Timer(site.var, (sys.executable, "-c", program), site.folder, site.clock, environment, limit)


COUNT = "open('ran', 'a').write('x')"
FAIL = f"{COUNT}; print('content/a.md:3: wrong'); raise SystemExit(1)"


def ran(site: Timed) -> int:
    file = site.folder / "ran"
    return len(file.read_text()) if file.exists() else 0


def test_nothing_is_run_before_its_time(site: Timed) -> None:
    site.clock.now = START + HOUR - timedelta(seconds=1)

    assert timer(site, COUNT).look() is None

    assert ran(site) == 0
    assert read_attempt(site.var) is None


def test_what_is_due_is_published_at_once_also_right_after_a_start(site: Timed) -> None:
    # What the command does is done here: a new release comes while it runs.
    watch = timer(site, f"{COUNT}; import time, pathlib\nwhile not pathlib.Path('go').exists(): time.sleep(0.01)")
    looking = threading.Thread(target=watch.look)
    looking.start()
    wait_for(lambda: ran(site) == 1, "the command")
    running = read_attempt(site.var)
    assert running
    assert running.ended is None
    site.publish(until=START + 5 * HOUR)
    (site.folder / "go").touch()
    looking.join()

    attempt = read_attempt(site.var)
    assert attempt
    assert (attempt.code, attempt.failures) == (0, 0)
    assert watch.look() is None
    assert ran(site) == 1
    site.clock.now = START + 5 * HOUR
    assert watch.look() is not None


def test_the_record_is_as_the_desk_reads_it_and_nobody_elses(site: Timed) -> None:
    timer(site, FAIL).look()

    file = site.var / "publishing.json"
    told = json.loads(file.read_text())
    assert told["started"] == told["ended"] == site.clock.now.isoformat()
    assert told["code"] == 1
    assert told["said"] == "content/a.md:3: wrong"
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_failure_is_tried_again_ever_more_slowly_also_by_another_process(site: Timed) -> None:
    moments: list[datetime] = []
    for _ in range(2000):
        before = ran(site)
        timer(site, FAIL).look()
        if ran(site) > before:
            moments.append(site.clock.now)
        if len(moments) == 4:
            break
        site.clock.now += timedelta(seconds=5)

    waits = [(later - earlier).total_seconds() for earlier, later in pairwise(moments)]
    assert waits == [30, 60, 120]
    assert pause(50) == timedelta(minutes=15)


def test_a_clock_set_back_does_not_delay_the_next_try(site: Timed) -> None:
    timer(site, FAIL).look()
    site.clock.now -= timedelta(minutes=30)

    assert timer(site, FAIL).look() is not None


def test_after_somebody_published_a_failure_is_forgotten(site: Timed) -> None:
    timer(site, FAIL).look()
    site.publish(until=START + 2 * HOUR)

    assert timer(site, FAIL).look() is not None


def test_a_command_that_changes_nothing_is_a_failure_too(site: Timed) -> None:
    attempt = timer(site, COUNT).look()

    assert attempt
    assert attempt.code != 0
    assert "what was due still is" in attempt.said
    assert timer(site, COUNT).look() is None


def test_of_many_that_look_one_publishes(site: Timed) -> None:
    program = f"{COUNT}; import time, pathlib\nwhile not pathlib.Path('go').exists(): time.sleep(0.01)"
    looking = [threading.Thread(target=timer(site, program).look) for _ in range(4)]
    for thread in looking:
        thread.start()
    wait_for(lambda: sum(thread.is_alive() for thread in looking) == 1, "the others to leave it to one")
    (site.folder / "go").touch()
    for thread in looking:
        thread.join()

    assert ran(site) == 1


def test_what_takes_too_long_is_ended_with_all_it_started(site: Timed) -> None:
    program = (
        "import subprocess, sys, time\n"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])\n"
        "open('child', 'w').write(str(child.pid)); time.sleep(600)"
    )

    attempt = timer(site, program, limit=timedelta(seconds=2)).look()

    assert attempt
    assert attempt.code == 124
    assert "longer than 0:00:02" in attempt.said
    child = Path("/proc", (site.folder / "child").read_text(), "stat")
    wait_for(lambda: not child.exists() or ") Z " in child.read_text(), "the child's end")


def test_stopping_the_service_ends_it_and_costs_no_wait(site: Timed) -> None:
    watch = timer(site, f"{COUNT}; import time; time.sleep(600)")
    looking = threading.Thread(target=watch.look)
    looking.start()
    wait_for(lambda: ran(site) == 1, "the command")

    watch.stop()
    looking.join(20)

    assert not looking.is_alive()
    assert watch.look() is None
    assert timer(site, COUNT).look() is not None


def test_killed_with_the_service_it_is_tried_again_after_a_while(site: Timed) -> None:
    begun = {"started": site.clock.now.isoformat(), "ended": None, "code": None, "failures": 1, "release": 1}
    (site.var / "publishing.json").write_text(json.dumps(begun))

    assert timer(site, COUNT).look() is None
    site.clock.now += timedelta(seconds=30)
    assert timer(site, COUNT).look() is not None


def test_no_secret_and_no_address_is_kept_or_handed_on(site: Timed) -> None:
    program = (
        "import os; print(sorted(os.environ)); print('the password is hunter22, ask ada@example.org');"
        "print(os.environ.get('PN_SMTP_PASSWORD')); print('\\x1b[31mred'); raise SystemExit(3)"
    )

    secrets = {
        "PN_SMTP_PASSWORD": "hunter22",
        "PN_SMTP_HOST": "mail",
        "DB_TOKEN": "abc",
        "PN_AS_OF": "2020-01-01 09:00",
    }
    attempt = timer(site, program, PN_SITE_URL="https://notes.example.org", **secrets).look()

    assert attempt
    assert "PN_SITE_URL" in attempt.said
    assert not [word for word in ("hunter22", "ada@", "SMTP", "TOKEN", "AS_OF", "\x1b") if word in attempt.said]


def test_only_what_a_build_needs_is_handed_on(site: Timed) -> None:
    needed = {"PATH": "/usr/bin", "LC_ALL": "C.UTF-8", "TZ": "UTC", "PYTHONUTF8": "1", "PN_KEEP_RELEASES": "3"}
    other = {
        "PN_SMTP_PASSWORD_FILE": "/run/secret",
        "PN_MIRROR_TOKEN": "abcd",
        "PN_PREVIEW": "silence",
        "DATABASE_URL": "postgres://me:word@host/",
        "SSH_AUTH_SOCK": "/run/agent",
        "PYTHONSTARTUP": "/tmp/x.py",
        "PATH_OF_KEYS": "/k",
    }

    attempt = timer(site, "import os; print(*os.environ); raise SystemExit(1)", **needed, **other).look()

    assert attempt
    given = set(attempt.said.split())
    assert needed.keys() <= given
    assert not other.keys() & given


@pytest.mark.parametrize("padding", [0, 50_000])
@pytest.mark.parametrize("secret", ["hunter22hunter22", "ada.specimen@example.org"])
def test_where_it_is_cut_no_half_of_a_secret_stays(site: Timed, secret: str, padding: int) -> None:
    after = running.SAID - len(secret) // 2
    program = f"print('x ' * {padding} + {secret!r} + ' ' + '.' * {after}); raise SystemExit(1)"
    flood = f"print({(secret + ' ')!r} * {padding // 4}); raise SystemExit(1)"

    for said in (program, flood):
        attempt = timer(site, said, PN_SMTP_PASSWORD="hunter22hunter22").look()
        assert attempt
        assert not re.search("hunter|er22|ada|example|org", attempt.said)
        (site.var / "publishing.json").unlink()


def test_a_secret_that_begins_like_another_one_is_taken_out_whole(site: Timed) -> None:
    program = "print('it is hunter22-and-more'); raise SystemExit(1)"

    attempt = timer(site, program, A_TOKEN="hunter22", B_TOKEN="hunter22-and-more").look()

    assert attempt
    assert attempt.said == "it is ***"


def test_who_goes_back_while_it_builds_is_not_overruled(site: Timed) -> None:
    site.publish(until=START + HOUR)
    program = (
        "import os, pathlib, time\npathlib.Path('ran').write_text(os.environ['PN_UNLESS_CHANGED_FROM'])\n"
        "while not pathlib.Path('go').exists(): time.sleep(0.01)\n"
        "from comments.actions.release import publish_release\nfrom tests.contracts.tiny_site import TinySite\n"
        "site = TinySite(pathlib.Path())\n"
        "publish_release(site.output, site.publisher, expecting=int(os.environ['PN_UNLESS_CHANGED_FROM']))"
    )
    watch = timer(site, program, PYTHONPATH=str(THEME.parent))
    looking = threading.Thread(target=watch.look)
    looking.start()
    wait_for(lambda: ran(site) == 1, "the command")
    assert (site.folder / "ran").read_text() == "2"
    rollback(site.publisher)
    (site.folder / "go").touch()
    looking.join()

    assert current_number(site.var) == 1
    attempt = read_attempt(site.var)
    assert attempt
    assert attempt.code == 1
    assert attempt.failures == 0
    assert "Somebody put release 1 before readers meanwhile, so it stays" in attempt.said
    assert watch.look() is None
    rollback(site.publisher, 2)
    (site.folder / "ran").unlink()
    assert timer(site, COUNT).look() is not None


def test_what_cannot_be_started_is_said(site: Timed) -> None:
    attempt = Timer(site.var, ("/no/such/program",), site.folder, site.clock, {}).look()

    assert attempt
    assert "/no/such/program cannot be started: No such file" in attempt.said


@pytest.mark.parametrize("text", ["", "{", "[]", '{"started": 3}', '{"started": "x", "ended": null}', '{"a": 1}'])
def test_a_damaged_record_is_as_good_as_none(site: Timed, text: str) -> None:
    (site.var / "publishing.json").write_text(text)

    assert read_attempt(site.var) is None
    assert timer(site, COUNT).look() is not None


def test_without_a_word_the_projects_own_task_is_run(site: Timed, root: Path) -> None:
    own = make_timer(site.var, None, site.clock, {}, "python")
    assert own
    assert own.command == ("python", "-m", "invoke", "publish")
    assert own.folder == root
    assert make_timer(site.var, (), site.clock, {}, "python") is None
    given = make_timer(site.var, ("make", "site"), site.clock, {}, "python")
    assert given
    assert given.command == ("make", "site")

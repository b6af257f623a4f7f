"""Publishes by itself when the clock has made something of the site: an article appears, another one goes.

What is run is the publication's own build, a process of its own. How the last one went stands in
``var/publishing.json``: ``{"started": moment, "ended": moment or null, "code": number or null, "said": text}``.
"""

import json
import logging
import re
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from comments.actions import files
from comments.actions.due import Standing, standing
from comments.actions.running import STOPPED, run
from comments.actions.web_root import current_number
from comments.locks import FileLock

log = logging.getLogger(__name__)

RECORD = "publishing.json"
LOCK = "timer.lock"
BY = "service"  # made the release
# Tells the release step, whatever command leads to it, which release the clock was held against.
UNLESS_CHANGED_FROM = "PN_UNLESS_CHANGED_FROM"
LIMIT = timedelta(minutes=20)  # a build of ten thousand articles takes some
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=30), timedelta(minutes=15)
IN_VAIN = 1
SECRET = re.compile(r"PASSWORD|SECRET|TOKEN|_KEY|CREDENTIAL")
# All that a build is told of our environment: where things are, how to speak, and our own settings; but no mail, no
# secret, no file with one, and no moment: it is made for the moment it is made at.
HANDED_ON = re.compile(
    r"PATH|HOME|USER|LOGNAME|SHELL|LANG|LANGUAGE|LC_[A-Z]+|TZ|TZDIR|TMPDIR|VIRTUAL_ENV|LD_LIBRARY_PATH"
    r"|PYTHON(PATH|HOME|UTF8|IOENCODING|UNBUFFERED|HASHSEED|NOUSERSITE|DONTWRITEBYTECODE|PYCACHEPREFIX|WARNINGS)"
    rf"|PN_(?!SMTP_|AS_OF$|PREVIEW|.*_FILE$|.*({SECRET.pattern}))[A-Z_]+"
)
ADDRESS = re.compile(r"[^\s@<>\"']{1,64}@[^\s@<>\"']{1,200}")


@dataclass(frozen=True)
class Attempt:
    """One publishing by the clock.

    :ivar failures: how many have failed in a row, this one included.
    :ivar release: the one that readers saw when it began.
    """

    started: datetime
    ended: datetime | None = None
    code: int | None = None
    said: str = ""
    failures: int = 0
    release: int = 0


def read_attempt(var: Path) -> Attempt | None:
    """The last one; None where there was none, or its record is damaged."""
    try:
        raw = json.loads((var / RECORD).read_bytes())
        moments = {key: datetime.fromisoformat(raw[key]) if raw[key] else None for key in ("started", "ended")}
        return Attempt(**(raw | moments))
    except (OSError, ValueError, KeyError, TypeError):
        return None


class Timer:
    """Looks at the clock each time it is told to; call ``look`` every few seconds.

    However many processes look, one publishes. After a failure it waits, each time twice as long, also over a restart.
    """

    def __init__(
        self,
        var: Path,
        command: Sequence[str],
        folder: Path,
        clock: Callable[[], datetime],
        environment: Mapping[str, str],
        limit: timedelta = LIMIT,
    ) -> None:
        self.var, self.command, self.folder = var, command, folder
        self.clock, self.limit = clock, limit
        secrets = (_printable(value) for name, value in environment.items() if SECRET.search(name) and len(value) > 3)
        # The longest first, so that of one that begins like another nothing is left.
        self._secrets = sorted(secrets, key=len, reverse=True)
        self._environment = {name: value for name, value in environment.items() if HANDED_ON.fullmatch(name)}
        self._environment |= {"PN_VAR": str(var), "PN_BY": BY}
        self._lock = FileLock(var / LOCK, timeout=0)
        self._stopping = threading.Event()

    def look(self) -> Attempt | None:
        """Publish if it is time to; how that went, or None where nothing was to be done.

        :raise Misconfigured: there is no release, or it is damaged.
        :raise OSError: the record cannot be written; nothing was run then.
        """
        if self._stopping.is_set() or not self._is_time(standing(self.var, self.clock())):
            return None
        try:
            with self._lock:
                here = standing(self.var, self.clock())
                return self._publish(here) if self._is_time(here) else None  # another process was faster
        except TimeoutError:
            return None  # another process is at it

    def stop(self) -> None:
        """End what is being run, soon; nothing is begun any more."""
        self._stopping.set()

    def _is_time(self, here: Standing) -> bool:
        if not here.due:
            return False
        last = self._last(here)
        if last is None or not last.failures:
            return True
        now = self.clock()
        # Where the clock was set back, what it said before is no reason to wait.
        return now >= (last.ended or last.started) + pause(last.failures) or now < last.started

    def _last(self, here: Standing) -> Attempt | None:
        """The last attempt, unless the site was published since."""
        last = read_attempt(self.var)
        return last if last and last.release == here.release.number else None

    def _publish(self, here: Standing) -> Attempt:
        last = self._last(here)
        failed_before = last.failures if last else 0
        # Until it has ended it counts as failed: killed with the service, it is not tried again at once.
        attempt = Attempt(self.clock(), failures=failed_before + 1, release=here.release.number)
        self._record(attempt)
        log.info("Something is due, so the site is published.")
        told = self._environment | {UNLESS_CHANGED_FROM: str(here.release.number)}
        ran = run(self.command, self.folder, told, self.limit, self._stopping, self._clean)
        code, said = ran.code, ran.said
        if code == 0 and standing(self.var, self.clock()).due:
            code, said = IN_VAIN, f"{said}\nThe command ended well, but what was due still is.".strip()
        failures = {0: 0, STOPPED: failed_before}.get(code, attempt.failures)
        if current_number(self.var) != here.release.number:
            failures = 0  # somebody was faster, with a release or with an earlier one: nothing to wait for
        attempt = replace(attempt, ended=self.clock(), code=code, said=self._clean(said), failures=failures)
        if failures:
            log.warning("Publishing failed (code %d). The next try is in %s.", code, pause(failures))
        self._record(attempt)
        return attempt

    def _clean(self, said: str) -> str:
        """What may be kept and shown: nobody's address, and none of the secrets we were given."""
        said = _printable(said)
        for secret in self._secrets:
            said = said.replace(secret, "***")
        return ADDRESS.sub("***", said)

    def _record(self, attempt: Attempt) -> None:
        data = json.dumps(asdict(attempt), default=datetime.isoformat, ensure_ascii=False).encode()
        files.replace(self.var / RECORD, data, self.var / f".{RECORD}", mode=0o600)


def _printable(text: str) -> str:
    return "".join(sign for sign in text if sign.isprintable() or sign == "\n")


def pause(failures: int) -> timedelta:
    """How long to wait after so many failures in a row."""
    return min(FIRST_PAUSE * (1 << min(failures - 1, 10)), LONGEST_PAUSE)


def make_timer(
    var: Path,
    command: Sequence[str] | None,
    clock: Callable[[], datetime],
    environment: Mapping[str, str],
    python: str,
) -> Timer | None:
    """The timer of an installation; None where nothing is to be run.

    Without a ``command`` it runs this project's own task, where its tasks lie beside our package.
    """
    own = Path(__file__).resolve().parents[2]
    if command is None and (own / "tasks.py").is_file():
        return Timer(var, (python, "-m", "invoke", "publish"), own, clock, environment)
    return Timer(var, command, Path.cwd(), clock, environment) if command else None

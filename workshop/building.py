"""Builds and publishes, each step in a process of its own, so that it always runs the code as it is now."""

import fcntl
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from workshop import stopping
from workshop.bootstrap import ROOT
from workshop.installation import var

OUTPUT = ROOT / "output"
# What the editors' page at the desk shows; it names texts that are not public, so it is no part of the output.
STATUS = "editors.json"
# Before the name of a module that speaks to whoever typed the task.
PIPED = (sys.executable, "-m", "workshop.piped")


@dataclass(frozen=True)
class Done:
    """How a step ended: its exit code, and what it said, standard error included."""

    code: int
    said: str


def run_module(*arguments: str) -> int:
    """Run ``python -m ARGUMENTS`` in the project's folder; returns its exit code."""
    return subprocess.call([*PIPED, *arguments], cwd=ROOT)


def run_stoppable(*arguments: str) -> int:
    """As ``run_module``, for a module that says itself how it ended when it is stopped."""
    return stopping.call([*PIPED, *arguments], ROOT)


def ask_module(*arguments: str) -> Done:
    """Run ``python -m ARGUMENTS`` in the project's folder and keep its answer; what goes wrong is said at once."""
    command = [sys.executable, "-m", *arguments]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, errors="replace", check=False)
    return Done(done.returncode, done.stdout)


def hear_module(*arguments: str, environment: Mapping[str, str] | None = None) -> Done:
    """Run ``python -m ARGUMENTS`` in the project's folder and keep what it says."""
    done = subprocess.run(
        [sys.executable, "-m", *arguments],
        cwd=ROOT,
        env={**os.environ, **(environment or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )
    return Done(done.returncode, done.stdout)


def build_pages(url: str | None = None, *, settings: str = "pelicanconf.py") -> Done:
    """Check the content, note new addresses, tell the desk's editors' page, and build the base pages for the site's
    address ``url`` (default: what the settings say). A build itself never writes into ``content/``."""
    var = ROOT / (os.environ.get("PN_VAR") or "var")
    checked = hear_module("publication", "check", "--write", "--brief", "--status", str(var / STATUS))
    if checked.code:
        return checked
    arguments = ["pelican", str(ROOT / "content"), "-s", str(ROOT / settings), "-o", str(OUTPUT), "-q"]
    return hear_module(*arguments, environment={"PN_SITE_URL": url} if url else {})


def build_site(*, settings: str = "pelicanconf.py") -> int:
    """Build, and say how it went. Returns an exit code."""
    done = build_pages(settings=settings)
    print(done.said.strip() if done.code else f"The pages are in {OUTPUT.relative_to(ROOT)}/.", flush=True)
    return done.code


def release_site(expecting: int | None = None) -> int:
    """Make the built pages what readers see; a first release makes store and keys too.

    ``expecting``: only if readers still see the release with this number.
    """
    unless = [] if expecting is None else ["--unless-changed-from", str(expecting)]
    return run_module("comments", "init", "--quiet") or run_module("comments", "release", str(OUTPUT), *unless)


def publish_site() -> int:
    """Build with the server's settings, then release. A build with problems releases nothing."""
    with one_at_a_time():
        return build_site(settings="publishconf.py") or release_site()


def roll_back(to: str) -> int:
    """Show the release with the number ``to`` again, or the one before. Returns an exit code."""
    if to and not (to.isascii() and to.isdigit()):
        print(f"“{to}” is no release's number. These are kept:", file=sys.stderr)
        run_module("comments", "releases")
        return 1
    return run_module("comments", "rollback", *([to] if to else []))


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Nobody else builds into ``output/`` meanwhile: not the service's timer, not a second window."""
    var().mkdir(mode=0o700, parents=True, exist_ok=True)
    with (var() / "publish.lock").open("w") as place:
        try:
            fcntl.flock(place, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            print("Somebody else is publishing just now; this waits until that is done.", flush=True)
            fcntl.flock(place, fcntl.LOCK_EX)
        yield

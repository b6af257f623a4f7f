"""Builds and publishes, each step in a process of its own, so that it always runs the code as it is now."""

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass

from workshop.bootstrap import ROOT

OUTPUT = ROOT / "output"


@dataclass(frozen=True)
class Done:
    """How a step ended: its exit code, and what it said, standard error included."""

    code: int
    said: str


def run_module(*arguments: str) -> int:
    """Run ``python -m ARGUMENTS`` in the project's folder; returns its exit code."""
    return subprocess.call([sys.executable, "-m", *arguments], cwd=ROOT)


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
    """Check the content, note new addresses, and build the base pages for the site's address ``url`` (default: what
    the settings say). A build itself never writes into ``content/``."""
    checked = hear_module("publication", "check", "--write", "--brief")
    if checked.code:
        return checked
    arguments = ["pelican", str(ROOT / "content"), "-s", str(ROOT / settings), "-o", str(OUTPUT), "-q"]
    return hear_module(*arguments, environment={"PN_SITE_URL": url} if url else {})


def build_site(*, settings: str = "pelicanconf.py") -> int:
    """Build, and say how it went. Returns an exit code."""
    done = build_pages(settings=settings)
    print(done.said.strip() if done.code else f"The pages are in {OUTPUT.relative_to(ROOT)}/.", flush=True)
    return done.code


def release_site() -> int:
    """Make the built pages what readers see; a first release makes store and keys too."""
    return run_module("comments", "init", "--quiet") or run_module("comments", "release", str(OUTPUT))


def publish_site() -> int:
    """Build with the server's settings, then release. A build with problems releases nothing."""
    return build_site(settings="publishconf.py") or release_site()

"""Builds and publishes, each step in a process of its own, so that it always runs the code as it is now."""

import os
import subprocess
import sys
from collections.abc import Mapping

from workshop.bootstrap import ROOT

OUTPUT = ROOT / "output"


def run_module(*arguments: str, environment: Mapping[str, str] | None = None) -> int:
    """Run ``python -m ARGUMENTS`` in the project's folder; returns its exit code."""
    command = [sys.executable, "-m", *arguments]
    return subprocess.call(command, cwd=ROOT, env={**os.environ, **(environment or {})})


def build_site(url: str | None = None, *, settings: str = "pelicanconf.py") -> int:
    """Build the base pages for the site's address ``url`` (default: what the settings say).

    What Pelican has to tell is shown where the build stopped: then it names the problems.
    """
    command = [sys.executable, "-m", "pelican", str(ROOT / "content"), "-s", str(ROOT / settings), "-o", str(OUTPUT)]
    environment = {**os.environ, "PN_SITE_URL": url} if url else dict(os.environ)
    done = subprocess.run(
        [*command, "-q"], cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
    )
    if done.returncode:
        sys.stdout.buffer.write(done.stdout)
        sys.stdout.flush()
    return done.returncode


def release_site() -> int:
    """Make the built pages what readers see; a first release makes store and keys too."""
    return run_module("comments", "init", "--quiet") or run_module("comments", "release", str(OUTPUT))


def publish_site() -> int:
    """Build with the server's settings, then release. A build with problems releases nothing."""
    return build_site(settings="publishconf.py") or release_site()

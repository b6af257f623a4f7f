"""The sample publication, built and released into a folder, for benchmarks of the service."""

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
URL = "http://localhost:{port}"


def install(folder: Path, port: int = 8000) -> dict[str, str]:
    """Build, make store and keys, release; the environment that commands need to use it."""
    environment = {**os.environ, "PN_VAR": str(folder / "var"), "PN_SITE_URL": URL.format(port=port)}
    output = folder / "output"
    run(environment, "pelican", "content", "-s", "pelicanconf.py", "-o", str(output), "-q")
    manifest = output / "threads.json"
    content = json.loads(manifest.read_bytes())
    content["site"]["flood_seconds"] = 0  # the load comes from one address
    manifest.unlink()
    manifest.write_text(json.dumps(content))
    run(environment, "comments", "init", "--quiet")
    run(environment, "comments", "release", str(output))
    return environment


def run(environment: dict[str, str], *arguments: str) -> None:
    command = [sys.executable, "-m", *arguments]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stdout + done.stderr)

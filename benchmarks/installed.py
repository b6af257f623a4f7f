"""The sample publication, built and released into a folder, for benchmarks of the service."""

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
URL = "http://localhost:{port}"


def install(folder: Path, port: int = 8000, *, articles: int = 0) -> dict[str, str]:
    """Build, make store and keys, release; the environment that commands need to use it.

    ``articles``: so many copies of one article come on top of the sample, each with its page and its thread.
    """
    environment = {**os.environ, "PN_VAR": str(folder / "var"), "PN_SITE_URL": URL.format(port=port)}
    output = folder / "output"
    run(environment, "pelican", "content", "-s", "pelicanconf.py", "-o", str(output), "-q")
    manifest = output / "threads.json"
    content = json.loads(manifest.read_bytes())
    # The load comes from one address, and all at once.
    content["site"] |= {"flood_seconds": 0, "brake_comments": 0}
    copy_article(output, content["threads"], articles)
    manifest.unlink()
    manifest.write_text(json.dumps(content))
    run(environment, "comments", "init", "--quiet")
    run(environment, "comments", "release", str(output))
    return environment


def copy_article(output: Path, threads: dict[str, dict[str, object]], count: int) -> None:
    """Pages like that of the first article, and their threads."""
    name, first = next(iter(threads.items()))
    page = (output / str(first["path"]).strip("/") / "index.html").read_bytes()
    for number in range(count):
        path = f"/2020/copy-{number}/"
        threads[f"copy-{number}"] = {**first, "id": f"copy-{number}", "path": path}
        copy = output / path.strip("/") / "index.html"
        copy.parent.mkdir(parents=True)
        copy.write_bytes(page.replace(f":{name}-->".encode(), f":copy-{number}-->".encode()))


def run(environment: dict[str, str], *arguments: str) -> None:
    command = [sys.executable, "-m", *arguments]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stdout + done.stderr)

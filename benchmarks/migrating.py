"""A whole old site in one command: ours beside pelican-import on the same file (CPU seconds for each item)."""

import os
import resource
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks import old_site
from benchmarks.accepting import verdict

ROOT = Path(__file__).parent.parent
WHOLE = 1.0  # 60,000 items and 200,000 comments
BESIDE = 0.02  # of that, for both: pelican-import starts pandoc for each text
MOST_MEMORY = 150


@dataclass(frozen=True)
class Cost:
    """What a process took: seconds on the clock, seconds of CPU with its children, megabytes at its peak."""

    wall: float
    cpu: float
    peak: float


def measure(folder: Path) -> Iterator[str]:
    """Lines with time and memory for the whole; then the ratio on a part. ``PN_BENCH_SCALE`` makes the whole less."""
    scale = float(os.environ.get("PN_BENCH_SCALE", WHOLE))
    yield from _whole(folder, scale)
    yield from _beside(folder, min(scale, BESIDE))


def _whole(folder: Path, scale: float) -> Iterator[str]:
    export = folder / "whole.xml"
    old_site.write(export, scale)
    items, replies = int(old_site.ITEMS * scale), int(old_site.REPLIES * scale)
    cost = ours(folder / "whole", export)
    yield (
        f"{items:,} items and {replies:,} comments in {export.stat().st_size / 1e6:.0f} MB: {cost.wall:.0f} s, "
        f"{cost.cpu:.0f} s of CPU, {items / cost.cpu:,.0f} items a second of CPU, {load()}"
    )
    kept = "kept" if cost.peak < MOST_MEMORY else "BROKEN"
    yield f"memory at its peak: {cost.peak:.0f} MB (at most {MOST_MEMORY}: {kept})"


def _beside(folder: Path, scale: float) -> Iterator[str]:
    program = os.environ.get("PN_PELICAN_IMPORT") or str(Path(sys.executable).with_name("pelican-import"))
    export, target = folder / "part.xml", folder / "stock"
    old_site.write(export, scale)
    items = int(old_site.ITEMS * scale)
    mine = ours(folder / "part", export)
    theirs = run([program, "--wpfile", "-m", "markdown", "-o", str(target), str(export)], {})
    texts = len(list(target.rglob("*.md"))) if target.exists() else 0
    if theirs is None or not texts:
        yield "pelican-import cannot run here: it needs pandoc, beautifulsoup4, lxml (PN_PELICAN_IMPORT names another)"
        return
    yield (
        f"{items:,} items: ours {mine.cpu / items * 1000:.2f} ms of CPU for each, with comments; "
        f"pelican-import -m markdown {theirs.cpu / items * 1000:.2f} ms, without ({texts} texts), {load()}"
    )
    yield verdict("ours beside pelican-import, CPU for each item", mine.cpu / theirs.cpu, most=1.0)


def ours(folder: Path, export: Path) -> Cost:
    """Our migration of ``export`` into a small publication."""
    content = folder / "content"
    shutil.copytree(ROOT / "content" / "media", content / "media")
    (content / "topics.yml").write_text("practice:\n  name: Practice\n", encoding="utf-8")
    environment = {"PN_VAR": str(folder / "var"), "PN_THEME": str(ROOT / "theme")}
    cost = run([sys.executable, "-m", "migrate", str(export), "--content", str(content)], environment)
    if cost is None:
        raise SystemExit("The migration failed.")
    return cost


def run(command: list[str], environment: dict[str, str]) -> Cost | None:
    """What ``command`` cost; None when it failed."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    try:
        process = subprocess.Popen(
            command, cwd=ROOT, env={**os.environ, **environment}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
    except OSError:
        return None
    peak, done = [0.0], threading.Event()
    watcher = threading.Thread(target=_watch, args=(process.pid, peak, done))
    watcher.start()
    failed = process.wait()
    done.set()
    watcher.join()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return None if failed else Cost(time.perf_counter() - start, cpu, peak[0])


def _watch(process: int, peak: list[float], done: threading.Event) -> None:
    """The high-water mark of a process, looked at until it ends."""
    while not done.wait(0.05):
        try:
            lines = Path(f"/proc/{process}/status").read_text(encoding="ascii").splitlines()
        except OSError:
            return
        found = [line.split()[1] for line in lines if line.startswith("VmHWM:")]
        peak[0] = max(peak[0], int(found[0]) / 1024) if found else peak[0]


def load() -> str:
    """How busy the machine is besides."""
    return f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"

"""All figures in one run: what we do beside what a peer or a bare floor does, as ratios. ``python3 tasks.py bench``."""

import platform
import sqlite3
import tempfile
from pathlib import Path

from benchmarks import accepting, building, deciding, growing, migrating, publishing, searching


def main() -> None:
    """Print a table per subject; a ratio is ours divided by theirs."""
    print(f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {platform.machine()}\n")
    for subject in (building, deciding, publishing, accepting, growing, searching, migrating):
        print(subject.__doc__)
        with tempfile.TemporaryDirectory() as folder:
            for line in subject.measure(Path(folder)):
                print(f"  {line}", flush=True)
        print()


if __name__ == "__main__":
    main()

"""A release's own copy of the index: the build goes on writing into its file."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path


def copy(source: Path, target: Path) -> None:
    """Copy the index as it is between two changes; what a killed build left half done is undone first.

    What is no index is copied as it is, and what is not there is not copied: search says so by itself, and the site
    can be read all the same.
    """
    if not source.exists():
        return
    try:
        with closing(sqlite3.connect(source, timeout=30)) as old, closing(sqlite3.connect(target)) as new:
            new.execute("PRAGMA synchronous = OFF")  # a release is brought to the disk as a whole
            old.backup(new)
    except sqlite3.DatabaseError:
        shutil.copyfile(source, target)
    target.touch(0o644)

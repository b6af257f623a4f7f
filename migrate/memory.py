"""What earlier runs brought over, so that running again changes nothing and keeps what editors did since.

One JSON file beside the installation's state. It holds ids, names of files and hashes of their bytes, no text.
"""

import hashlib
import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

NAME = "migrated.json"


@dataclass
class Memory:
    """``texts`` maps ``<site>/<kind>/<number>`` to id and file; ``files`` names of files to the hash we wrote.

    ``made`` has the hash of what each file was made as, before anything in it was settled; ``media`` what files are
    called here, by their places below the uploads. ``pending`` are files that a run was putting in place and may have
    been stopped at, with the hash of what stood there, empty where nothing did.
    """

    path: Path
    texts: dict[str, dict[str, str]] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    made: dict[str, str] = field(default_factory=dict)
    media: dict[str, str] = field(default_factory=dict)
    pending: dict[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, var: Path) -> "Memory":
        """What is remembered in ``var``; nothing where there was no run."""
        path = var / NAME
        try:
            found: dict[str, Any] = json.loads(path.read_bytes())
        except FileNotFoundError:
            return cls(path)
        return cls(
            path, found["texts"], found["files"], *(found.get(part, {}) for part in ("made", "media", "pending"))
        )

    def known_id(self, key: str) -> str:
        """The id that an earlier run gave to an item; empty for a new one."""
        return self.texts.get(key, {}).get("id", "")

    def forget(self) -> None:
        """Let go of what stands in the file: nobody asks for it any more in this run."""
        self.texts.clear()
        self.files.clear()
        self.made.clear()
        self.media.clear()
        self.pending.clear()

    def write(self) -> None:
        """Replace the file in one step, on the disk before anything rests on it."""
        self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        fresh = self.path.with_name(f".{NAME}.new")
        try:
            self._write(fresh)
            os.replace(fresh, self.path)
        finally:
            fresh.unlink(missing_ok=True)

    def _write(self, fresh: Path) -> None:
        with fresh.open("w", encoding="utf-8") as file:
            told = {
                "texts": self.texts,
                "files": self.files,
                "made": self.made,
                "media": self.media,
                "pending": self.pending,
            }
            json.dump(told, file, ensure_ascii=False, indent=0, sort_keys=True)
            file.flush()
            os.fsync(file.fileno())


def digest(data: bytes) -> str:
    """What the bytes of a file are remembered by."""
    return hashlib.sha256(data).hexdigest()

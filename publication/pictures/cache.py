"""What was found out or made of pictures, kept between runs. Nothing depends on it: whatever is lost is made again."""

import hashlib
import os
import tempfile
import time
from pathlib import Path

DAY = 24 * 3600
REFRESHED_AFTER = 10 * DAY
KEPT = 30 * DAY

_SEAL = hashlib.sha256().digest_size


class Cache:
    """Bytes under names, each file sealed by a checksum. Without a folder, or without permission, it forgets."""

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder

    def get(self, name: str) -> bytes | None:
        """What was put under ``name``; None when it is not there, or damaged."""
        if self.folder is None:
            return None
        path = self.folder / name
        try:
            sealed = path.read_bytes()
            if sealed[:_SEAL] != hashlib.sha256(sealed[_SEAL:]).digest():
                return None
            self._refresh(path)
        except OSError:
            return None
        return sealed[_SEAL:]

    def put(self, name: str, data: bytes) -> bool:
        """Keep ``data`` under ``name``, whole or not at all; whether that worked."""
        if self.folder is None:
            return False
        try:
            _make_private(self.folder)
            with tempfile.NamedTemporaryFile(dir=self.folder, prefix=".part-", delete=False) as part:
                try:
                    part.write(hashlib.sha256(data).digest() + data)
                    part.close()
                    os.replace(part.name, self.folder / name)
                except BaseException:
                    os.unlink(part.name)
                    raise
        except OSError:  # read-only, full: the next run makes it again
            return False
        return True

    def sweep(self) -> None:
        """Remove what no run has asked for in a month, and what a killed one left half written."""
        if self.folder is None or not self.folder.is_dir():
            return
        now = time.time()
        for path in self.folder.iterdir():
            try:
                age = now - path.stat().st_mtime
                if age > (DAY if path.name.startswith(".part-") else KEPT):
                    path.unlink()
            except OSError:  # somebody else was quicker, or it is not ours to remove
                continue

    def _refresh(self, path: Path) -> None:
        """Note that it is still in use; seldom, so that a run that makes nothing writes nothing."""
        if time.time() - path.stat().st_mtime > REFRESHED_AFTER:
            try:
                os.utime(path)
            except OSError:
                return


def _make_private(folder: Path) -> None:
    """Make a folder and those above it, closed to others: the state of an installation may begin here."""
    if not folder.is_dir():
        _make_private(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)

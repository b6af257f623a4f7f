"""Writes only what changed, by replacing files: releases hold hard links to them, so none may be truncated."""

import io
import os
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any

from pelican.plugins import signals
from pelican.writers import FileOverwriteFailedError, Writer

from comments.manifest import WRITTEN


class SiteWriter(Writer):  # type: ignore[misc]  # Pelican carries no types
    """Pelican's writer, with every file compared before it is replaced, and old files of ours removed at the end."""

    def __init__(self, output_path: str, settings: dict[str, Any] | None = None) -> None:
        super().__init__(output_path, settings=settings)
        self.output = Path(output_path)
        self.names: set[str] = set()  # what this build made, changed or not
        self.changed: set[str] = set()
        self._known = self._read_list()

    def put(self, name: str, data: bytes) -> None:
        """Make ``data`` the content of the file ``name`` in the output.

        :raise FileOverwriteFailedError: this build made that file already.
        :raise ValueError: the name leads out of the output.
        """
        target = self._claim(name)
        if not _holds(target, data):
            self._remember(name)
            self.changed.add(name)
            target.parent.mkdir(parents=True, exist_ok=True)
            self._replace(target, data)

    def update(self, name: str, change: Callable[[Path], bool]) -> None:
        """Let ``change`` bring a file up to date that is more than its bytes; it says whether it wrote anything.

        :raise FileOverwriteFailedError: as ``put``.
        :raise ValueError: as ``put``.
        """
        target = self._claim(name)
        self._remember(name)
        target.parent.mkdir(parents=True, exist_ok=True)
        if change(target):
            self.changed.add(name)

    def finish(self) -> set[str]:
        """Remove the files of earlier builds that no page makes any more; their names."""
        old = self._known - self.names - {WRITTEN}
        for name in old:
            _remove(self.output, name)
        for part in self.output.glob(".part-*"):  # a build was killed
            part.unlink()
        self.put(WRITTEN, "".join(f"{name}\n" for name in sorted(self.names | {WRITTEN})).encode())
        return old

    def _claim(self, name: str) -> Path:
        if name.startswith("/") or ".." in Path(name).parts:
            raise ValueError(f"The file {name!r} would be outside the output.")
        if name in self.names:
            raise FileOverwriteFailedError(f"Two pages want the file {name}.")
        self.names.add(name)
        return self.output / name

    def _open_w(self, filename: str, encoding: str, override: bool = False) -> "_Page":
        """Pelican's hook: a buffer that is put in place when its block ends well."""
        return _Page(self, str(Path(filename).relative_to(self.output)))

    def _replace(self, target: Path, data: bytes) -> None:
        part = self.output / f".part-{os.getpid()}"
        part.write_bytes(data)
        part.chmod(0o644)
        part.replace(target)

    def _remember(self, name: str) -> None:
        """List a new name before its file is there: a killed build leaves nothing that is forgotten."""
        if name in self._known or name == WRITTEN:
            return
        self._known.add(name)
        self.output.mkdir(parents=True, exist_ok=True)
        with (self.output / WRITTEN).open("a", encoding="utf-8") as names:
            names.write(name + "\n")

    def _read_list(self) -> set[str]:
        file = self.output / WRITTEN
        return set(file.read_text(encoding="utf-8").splitlines()) if file.exists() else set()


class _Page(io.StringIO):
    def __init__(self, writer: SiteWriter, name: str) -> None:
        super().__init__()
        self._writer = writer
        self._name = name

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self._writer.put(self._name, self.getvalue().encode())
        super().__exit__(kind, error, trace)


def _holds(path: Path, data: bytes) -> bool:
    try:
        return path.stat().st_size == len(data) and path.read_bytes() == data
    except OSError:
        return False


def _remove(output: Path, name: str) -> None:
    """Remove a file and the folders it leaves empty."""
    path = output / name
    if output.resolve() not in path.resolve().parents:  # the list was edited by hand
        return
    path.unlink(missing_ok=True)
    for folder in path.relative_to(output).parents:
        try:
            (output / folder).rmdir()
        except OSError:
            return


def choose(sender: object) -> type[SiteWriter]:
    """Tell Pelican which writer to use."""
    return SiteWriter


def register() -> None:
    """Called by Pelican. Receivers are module functions: the signals hold them weakly."""
    signals.get_writer.connect(choose)

"""Pictures and other files that editors put beside their texts."""

from functools import cache
from pathlib import Path

from plugins.images import Size, size
from plugins.writer import SiteWriter

FOLDER = "media"


class Media:
    """The files under ``media/`` of the content folder."""

    def __init__(self, content: Path) -> None:
        self.content = content
        self.size = cache(self._size)

    def address(self, source: str) -> str:
        """Where ``media/x.svg`` stands on the site; empty for an empty source."""
        return f"/{source}" if source else ""

    def copy(self, writer: SiteWriter) -> None:
        """Put every file into the output, hidden ones excepted."""
        for file in sorted((self.content / FOLDER).rglob("*")):
            name = file.relative_to(self.content).as_posix()
            if file.is_file() and "/." not in name:
                writer.put(name, file.read_bytes())

    def _size(self, source: str) -> Size | None:
        path = self.content / source
        return size(path) if source.startswith(FOLDER + "/") and path.is_file() else None

"""Smaller copies of pictures, made once: the next build finds them in the cache."""

import json
from collections.abc import Callable, Sequence

from plugins import renditions
from plugins.renditions import Rendition
from publication.pictures.cache import Cache
from publication.pictures.kinds import PNG
from publication.pictures.reading import Picture


class Darkroom:
    """Gives the renditions of a picture. They depend on its bytes and on the code that makes them, on nothing else."""

    def __init__(self, cache: Cache) -> None:
        self.cache = cache
        self._held: dict[str, bytes] = {}  # what the cache could not take

    def shown(self, picture: Picture, read: Callable[[], bytes]) -> list[Rendition]:
        """What a page shows, the plain one last."""
        return self._kept(picture, "shown", lambda: renditions.shown(read(), is_drawn=picture.kind == PNG))

    def shared(self, picture: Picture, read: Callable[[], bytes]) -> list[Rendition]:
        """The one that stands beside links from elsewhere."""
        return self._kept(picture, "shared", lambda: [renditions.shared(read())])

    def _kept(self, picture: Picture, purpose: str, make: Callable[[], Sequence[Rendition]]) -> list[Rendition]:
        name = f"{picture.digest[:32]}-{purpose}-{renditions.VERSION}"
        packed = self._held.get(name) or self.cache.get(name)
        if packed is None:
            packed = pack(make())
            if not self.cache.put(name, packed):
                self._held[name] = packed
        return unpack(packed)


def pack(made: Sequence[Rendition]) -> bytes:
    """Renditions as one file: a line that says what there is, then their bytes."""
    index = [(one.ending, one.width, one.height, len(one.data)) for one in made]
    return json.dumps(index).encode() + b"\n" + b"".join(one.data for one in made)


def unpack(packed: bytes) -> list[Rendition]:
    """What ``pack`` was given."""
    index, _, rest = packed.partition(b"\n")
    made, at = [], 0
    for ending, width, height, length in json.loads(index):
        made.append(Rendition(ending, width, height, rest[at : at + length]))
        at += length
    return made

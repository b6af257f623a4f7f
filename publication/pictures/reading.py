"""One picture file: what it is and how large, or what is wrong with it."""

import hashlib
import json
import warnings
from dataclasses import asdict, dataclass
from io import BytesIO
from pathlib import Path

from publication.pictures import kinds, metadata, svg
from publication.pictures.cache import Cache
from publication.pictures.kinds import ENDINGS, SVG, Kind
from publication.problems import Wrong

MOST_PIXELS = 40_000_000
LONGEST_SIDE = 16_000  # WebP ends there
LARGEST = 50_000_000

# What may be offered for download besides pictures. Others might run, or be shown as pages, under our own address.
_DOCUMENTS = (".pdf", ".zip", ".txt", ".csv", ".docx", ".odt", ".xlsx", ".ods", ".pptx", ".odp", ".epub")
_RECORDINGS = (".mp3", ".m4a", ".ogg", ".wav", ".mp4", ".webm", ".vtt", ".srt")
DOWNLOADS = (*_DOCUMENTS, *_RECORDINGS)

_SMALLER = "Save it with at most 6000 pixels on its longer side."
# Changes whenever facts are told in another way.
_FORMAT = "facts-1"


@dataclass(frozen=True)
class Picture:
    """A picture that can be published. Width and height are as it is seen, right side up."""

    kind: Kind
    width: int
    height: int
    digest: str  # of the file
    orientation: int = 1  # as cameras count them
    is_animated: bool = False
    adapts: bool = False  # a drawing that knows of dark screens itself

    @property
    def is_raster(self) -> bool:
        """Whether smaller copies of it can be made."""
        return self.kind not in (SVG, kinds.GIF) and not self.is_animated


def read(path: Path, cache: Cache) -> Picture | None:
    """The picture in ``path``; None for any other file that may be offered for download.

    :raise Wrong: it cannot be published. What is wrong continues a sentence that begins with the file's name.
    """
    kind = _kind(path)
    if kind is None:
        return None
    stat = path.stat()
    if stat.st_size > LARGEST:
        raise Wrong("is larger than 50 MB", _SMALLER)
    known = f"{path.resolve()} {stat.st_size} {stat.st_mtime_ns} {stat.st_ctime_ns} {stat.st_ino}"
    name = f"{_FORMAT}-{hashlib.sha256(known.encode('utf-8', 'surrogateescape')).hexdigest()[:32]}"
    remembered = cache.get(name)
    if remembered is not None:
        facts = json.loads(remembered)
        return Picture(**(facts | {"kind": kind}))
    picture = examine(path.read_bytes(), kind)
    facts = {key: value for key, value in asdict(picture).items() if key != "kind"}
    cache.put(name, json.dumps(facts).encode())
    return picture


def examine(data: bytes, kind: Kind) -> Picture:
    """The facts of a picture, every pixel of it read.

    :raise Wrong: it is damaged, too large, or holds what must not be published.
    """
    digest = hashlib.sha256(data).hexdigest()
    if kind == SVG:
        drawing = svg.read(data)
        return Picture(kind, drawing.width, drawing.height, digest, adapts=drawing.adapts)
    return _examine_pixels(data, kind, digest)


def _kind(path: Path) -> Kind | None:
    with path.open("rb") as file:
        head = file.read(kinds.HEAD)
    ending = path.suffix.lower()
    expected, found = ENDINGS.get(ending), kinds.kind_of(head)
    if expected and not head:
        raise Wrong("is empty", "Put the picture there again.")
    if not found and (foreign := kinds.foreign_kind(head)):
        raise Wrong(f"is of a kind that browsers do not show ({foreign})", "Save it as JPEG or PNG.")
    if found and found != expected:
        better = f"{path.stem}{found.endings[0]}"
        raise Wrong(f"is a {found.name}, whatever its name says", f"Rename it to {better}, also where it is used.")
    if expected and not found:
        what = "is no SVG" if expected == SVG else f"is {kinds.other_kind(head)}, whatever its name says"
        raise Wrong(what, "Put the picture itself there.")
    if not found and ending not in DOWNLOADS:
        cure = "Save it as PDF, make it a text of the publication, or put it into a ZIP file."
        raise Wrong("is of a kind that is not offered for download", cure)
    return found


def _examine_pixels(data: bytes, kind: Kind, digest: str) -> Picture:
    from PIL import Image  # slow to load, and most runs meet no new picture

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Pillow remarks on harmless oddities
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            with Image.open(BytesIO(data), formats=[kind.name]) as picture:
                _refuse_giants(picture.size)
                picture.load()
                orientation = picture.getexif().get(metadata.ORIENTATION, 1)
                animated = kind != kinds.JPEG and bool(getattr(picture, "is_animated", False))
                width, height = picture.size
            orientation = orientation if orientation in range(2, 9) else 1
            metadata.strip(data, kind, orientation)
        except (Image.DecompressionBombError, Image.DecompressionBombWarning):
            raise _giant() from None
        except Wrong:
            raise
        except Exception:  # what Pillow raises for a damaged file depends on where the damage is
            raise Wrong("is damaged or was cut short", "Copy or export it again.") from None
    if orientation > 4:
        width, height = height, width
    return Picture(kind, width, height, digest, orientation, animated)


def _refuse_giants(size: tuple[int, int]) -> None:
    if size[0] * size[1] > MOST_PIXELS or max(size) > LONGEST_SIDE:
        raise _giant()


def _giant() -> Wrong:
    return Wrong(f"has more than {MOST_PIXELS // 1_000_000} megapixels", _SMALLER)

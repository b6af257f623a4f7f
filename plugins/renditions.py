"""Smaller copies of a picture: upright, in sRGB, without metadata, in the formats of today and of ten years ago."""

import hashlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import PIL
from PIL import Image, ImageCms, ImageOps, features

WIDTHS = (480, 960, 1440)
FALLBACK_WIDTH = 960
SHARED = (1200, 630)
# A copy that is hardly smaller than the next one is not worth a file.
NEARLY = 0.85
# Behind what is transparent or does not fill a shared picture: the paper of the theme.
PAPER = (251, 251, 249)

_CODECS = [features.version(name) for name in ("avif", "webp", "jpg", "libjpeg_turbo", "zlib", "littlecms2")]
# Whatever was made by other code, or by another Pillow, is made again.
VERSION = hashlib.sha256(Path(__file__).read_bytes() + f"{PIL.__version__} {_CODECS}".encode()).hexdigest()[:12]


@dataclass(frozen=True)
class Rendition:
    """One file to be published. ``ending`` is ``avif``, ``webp``, ``jpg`` or ``png``."""

    ending: str
    width: int
    height: int
    data: bytes


def shown(data: bytes, *, is_drawn: bool) -> list[Rendition]:
    """Copies for a page: AVIF and WebP in up to three widths, the lighter kind first, and one JPEG or PNG for others.

    ``is_drawn`` says that lines and letters matter more than soft colours, as in most PNGs.
    """
    picture = _prepare(data)
    scaled = [_scale(picture, width) for width in _widths(picture.width)]
    avif = [_rendition(one, _avif(one, is_drawn), "avif") for one in scaled]
    webp = list(_webps(scaled, is_drawn))
    fallback = _plain(_scale(picture, min(FALLBACK_WIDTH, picture.width)))
    # Browsers take the first kind they know; flat drawings can be lighter as WebP.
    return [*avif, *webp, fallback] if _weight(avif) <= _weight(webp) else [*webp, *avif, fallback]


def shared(data: bytes) -> Rendition:
    """The copy that is shown with links to a page elsewhere: JPEG or PNG, near to 1200 × 630, never enlarged.

    Wide pictures are cut to that shape at their edges; others stand whole on paper.
    """
    picture = _on_paper(_prepare(data))
    width = min(SHARED[0], picture.width)
    size = width, max(1, round(width * SHARED[1] / SHARED[0]))
    is_wide = 1.2 <= picture.width / picture.height <= 3
    if is_wide and picture.height >= size[1]:
        return _plain(ImageOps.fit(picture, size, Image.Resampling.LANCZOS))
    picture.thumbnail(size, Image.Resampling.LANCZOS)
    return _plain(ImageOps.pad(picture, size, color=PAPER))


def _weight(made: list[Rendition]) -> int:
    return sum(len(one.data) for one in made)


def _widths(width: int) -> list[int]:
    widest = min(width, WIDTHS[-1])
    return [*(each for each in WIDTHS if each < widest * NEARLY), widest]


# -- reading -----------------------------------------------------------------------------------------------------------
def _prepare(data: bytes) -> Image.Image:
    """The picture as RGB or RGBA, nothing but pixels."""
    with Image.open(BytesIO(data)) as source:
        picture = ImageOps.exif_transpose(source)
    profile = picture.info.get("icc_profile")
    picture = _to_eight_bits(picture)
    if picture.has_transparency_data:
        picture = picture.convert("RGBA")
    elif picture.mode not in ("RGB", "L", "CMYK"):
        picture = picture.convert("RGB")
    picture = _to_srgb(picture, profile)
    if picture.mode == "RGBA" and picture.getchannel("A").getextrema() == (255, 255):
        picture = picture.convert("RGB")
    clean = Image.new(picture.mode, picture.size)
    clean.paste(picture)
    return clean


def _to_eight_bits(picture: Image.Image) -> Image.Image:
    """Pillow cuts the values of 16-bit grey off instead of dividing them."""
    if picture.mode.startswith("I;16"):
        picture = picture.convert("I")
    if picture.mode == "I":
        return picture.point(lambda value: value / 256).convert("L")
    return picture


def _to_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    alpha = picture.getchannel("A") if picture.mode == "RGBA" else None
    colours = picture.convert("RGB") if alpha else picture
    if profile:
        with suppress(ImageCms.PyCMSError, OSError, ValueError):  # a broken profile, or one of another kind
            converted = ImageCms.profileToProfile(
                colours, BytesIO(profile), ImageCms.createProfile("sRGB"), outputMode="RGB"
            )
            colours = converted or colours
    colours = colours.convert("RGB")
    if alpha:
        colours.putalpha(alpha)
    return colours


def _scale(picture: Image.Image, width: int) -> Image.Image:
    if width == picture.width:
        return picture
    height = max(1, round(picture.height * width / picture.width))
    return picture.resize((width, height), Image.Resampling.LANCZOS)


def _on_paper(picture: Image.Image) -> Image.Image:
    if picture.mode != "RGBA":
        return picture
    paper = Image.new("RGB", picture.size, PAPER)
    paper.paste(picture, mask=picture.getchannel("A"))
    return paper


# -- writing -----------------------------------------------------------------------------------------------------------
def _rendition(picture: Image.Image, data: bytes, ending: str) -> Rendition:
    return Rendition(ending, picture.width, picture.height, data)


def _avif(picture: Image.Image, is_drawn: bool) -> bytes:
    # One thread: the number of threads changes the bytes.
    sampling, quality = ("4:4:4", 65) if is_drawn else ("4:2:0", 58)
    return _saved(picture, "AVIF", quality=quality, speed=8, subsampling=sampling, max_threads=1, autotiling=False)


def _webps(pictures: list[Image.Image], is_drawn: bool) -> Iterator[Rendition]:
    for picture in pictures:
        data = _saved(picture, "WEBP", quality=85 if is_drawn else 78, method=4)
        if is_drawn:
            data = min(data, _saved(picture, "WEBP", lossless=True, method=3), key=len)
        yield _rendition(picture, data, "webp")


def _plain(picture: Image.Image) -> Rendition:
    """As PNG what is transparent, and what is not much larger so; as JPEG everything else."""
    # A drawing of few colours needs a byte for each of its pixels, or less.
    is_flat = picture.mode == "RGB" and picture.getcolors(256) is not None
    png = _saved(picture.quantize(256, dither=Image.Dither.NONE) if is_flat else picture, "PNG", optimize=True)
    if picture.mode == "RGBA":
        return _rendition(picture, png, "png")
    jpeg = _saved(picture, "JPEG", quality=82, optimize=True, progressive=True)
    if len(png) <= 1.25 * len(jpeg):
        return _rendition(picture, png, "png")
    return _rendition(picture, jpeg, "jpg")


def _saved(picture: Image.Image, form: str, **options: object) -> bytes:
    made = BytesIO()
    picture.save(made, form, **options)
    return made.getvalue()

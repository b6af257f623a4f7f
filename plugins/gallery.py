"""Pictures as pages show them: in the best format and size that a browser can use, under names that never change."""

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from pathlib import PurePosixPath

from markupsafe import Markup

from plugins.darkroom import Darkroom
from plugins.media import Media
from plugins.renditions import Rendition
from plugins.views import File, Image, Shared
from plugins.writer import SiteWriter
from publication import records
from publication.addresses import PICTURES
from publication.pictures.cache import Cache
from publication.pictures.kinds import ENDINGS, SVG
from publication.pictures.reading import Picture
from publication.settings import Settings
from publication.slugs import slug

_BETTER = re.compile(r'</?picture>|<source(?: [a-z]+="[^"]*")*>')
# How wide a picture stands in the text, by the theme's measure and margins; and a portrait.
IN_TEXT = "(min-width: 40.5rem) 38rem, calc(100vw - 2.5rem)"
PORTRAIT = "10.5rem"
# Smaller ones are not taken by those who show links.
LEAST_SHARED = 200


class Gallery:
    """All pictures of a build. Only those that were asked for are made, and written in the end."""

    def __init__(self, media: Media, cache: Cache) -> None:
        self.media, self.cache, self.darkroom = media, cache, Darkroom(cache)
        self._prints: dict[tuple[str, str], tuple[_Prints, list[File]]] = {}

    def lead(self, image: records.Image) -> Image:
        """The picture that opens an article; browsers fetch it before others."""
        return self._image(image, IN_TEXT, "u-photo", {"fetchpriority": "high"})

    def portrait(self, image: records.Image) -> Image:
        """The picture of an author."""
        return self._image(image, PORTRAIT, "portrait u-photo", {})

    def show(self, address: str, alt: str, first: bool) -> Markup | None:
        """The element that shows the picture ``/media/x.jpg`` of a text; None for a file that is none.

        ``first`` is for what readers see at once; everything else waits until it is near.
        """
        source, hurry = address.removeprefix("/"), {} if first else {"loading": "lazy", "decoding": "async"}
        picture = self.media.pictures.found.get(source)
        return self._html(source, picture, alt, IN_TEXT, "", hurry) if picture else None

    def of_site(self, settings: Settings) -> Shared | None:
        """The picture for pages that have none of their own."""
        image = settings.site_picture
        return self.shared(image) if image else None

    def shared(self, image: records.Image) -> Shared | None:
        """The copy for those who show links to a page; None where the picture is not fit for them."""
        source, picture = image.src, self.media.pictures.found[image.src]
        if picture.kind == SVG or min(picture.width, picture.height) < LEAST_SHARED:
            return None
        make = partial(self.darkroom.shared, picture, partial(self.media.read, source))
        return Shared(self._made(source, "shared", make)[0], image.alt)

    def write(self, writer: SiteWriter) -> None:
        """Put everything that was asked for into the output, and forget what nobody has asked for in a long time."""
        for prints, _ in self._prints.values():
            for url, one in prints.named():
                if url[1:] not in writer.names:  # one picture under two names
                    writer.put(url[1:], one.data)
        self.cache.sweep()

    def _image(self, image: records.Image, sizes: str, style: str, hurry: Mapping[str, str]) -> Image:
        picture = self.media.pictures.found[image.src]
        return Image(
            src=self._shown(image.src, picture)[-1].url,
            alt=image.alt,
            caption=image.caption,
            credit=image.credit,
            width=picture.width,
            height=picture.height,
            html=self._html(image.src, picture, image.alt, sizes, style, hurry),
            shared=self.shared(image),
        )

    def _html(
        self, source: str, picture: Picture, alt: str, sizes: str, style: str, hurry: Mapping[str, str]
    ) -> Markup:
        *better, plain = self._shown(source, picture)
        names = " ".join(name for name in (style, "adapts" if picture.adapts else "") if name)
        given = {"src": plain.url, "alt": alt, "width": str(picture.width), "height": str(picture.height), **hurry}
        image = _tag("img", ({"class": names} if names else {}) | given)
        if not better:
            return image
        sources = [_tag("source", {"type": kind, "srcset": which, "sizes": sizes}) for kind, which in _sets(better)]
        return Markup("<picture>{}{}</picture>").format(Markup().join(sources), image)

    def _shown(self, source: str, picture: Picture) -> list[File]:
        if picture.is_raster:
            return self._made(source, "", partial(self.darkroom.shown, picture, partial(self.media.read, source)))
        return self._made(source, "", partial(self._as_it_is, source, picture))

    def _as_it_is(self, source: str, picture: Picture) -> list[Rendition]:
        ending = PurePosixPath(source).suffix.lower().lstrip(".")
        return [Rendition(ending, picture.width, picture.height, self.media.clean(source))]

    def _made(self, source: str, purpose: str, make: Callable[[], list[Rendition]]) -> list[File]:
        key = source, purpose
        if key not in self._prints:
            stem = slug(PurePosixPath(source).stem) or "picture"
            prints = _Prints(f"{stem}-{purpose}" if purpose else stem, make)
            self._prints[key] = prints, [_file(name, one) for name, one in prints.named()]
        return self._prints[key][1]


@dataclass(frozen=True)
class _Prints:
    """What is made of one picture for one purpose: made or fetched each time, as all together need much room."""

    stem: str
    make: Callable[[], list[Rendition]]

    def named(self) -> Iterator[tuple[str, Rendition]]:
        """Each with its path on the site, which carries a fingerprint: caches may keep it for ever."""
        for one in self.make():
            mark = hashlib.sha256(one.data).hexdigest()[:10]
            yield f"{PICTURES}{self.stem}-{one.width}.{mark}.{one.ending}", one


def plain_pictures(html: str) -> str:
    """HTML of ours with one file for each picture: readers of feeds know no better, and need whole addresses."""
    return _BETTER.sub("", html)


def _file(url: str, one: Rendition) -> File:
    return File(url, ENDINGS[f".{one.ending}"].type, one.width, one.height)


def _sets(files: list[File]) -> Iterator[tuple[str, str]]:
    """Files by type, as ``srcset`` lists them."""
    for kind, group in groupby(files, lambda file: file.type):
        yield kind, ", ".join(f"{file.url} {file.width}w" for file in group)


def _tag(name: str, attributes: Mapping[str, str]) -> Markup:
    pairs = Markup("").join(Markup(' {}="{}"').format(*pair) for pair in attributes.items())
    return Markup("<{}{}>").format(name, pairs)

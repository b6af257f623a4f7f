"""SVG drawings: read strictly and written anew, so that only what was understood reaches a browser.

What could run or fetch something is refused with its line. Notes of drawing programs, such as who saved the file in
which folder, are left out.
"""

import base64
import binascii
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NoReturn
from xml.parsers import expat
from xml.sax.saxutils import escape

from publication.pictures import metadata
from publication.pictures.kinds import GIF, JPEG, PNG, WEBP, kind_of
from publication.pictures.svg_attributes import ATTRIBUTES
from publication.problems import Wrong, quoted

LARGEST = 5_000_000
DEEPEST = 200

_SVG, _XHTML = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xhtml"
_XLINK, _XML = "http://www.w3.org/1999/xlink", "http://www.w3.org/XML/1998/namespace"

_SHOWN = """
a animate animateMotion animateTransform circle clipPath defs desc ellipse feBlend feColorMatrix feComponentTransfer
feComposite feConvolveMatrix feDiffuseLighting feDisplacementMap feDistantLight feDropShadow feFlood feFuncA feFuncB
feFuncG feFuncR feGaussianBlur feImage feMerge feMergeNode feMorphology feOffset fePointLight feSpecularLighting
feSpotLight feTile feTurbulence filter g image line linearGradient marker mask mpath path pattern polygon polyline
radialGradient rect set stop style svg switch symbol text textPath title tspan use view
"""
_REFUSED = {
    "script": "a script",
    "handler": "a script",
    "listener": "a script",
    "foreignObject": "a part of a web page (foreignObject)",
}
_KNOWN = set(_SHOWN.split())
_ARIA = re.compile(r"aria-[a-z]+")
_HANDLER = re.compile(r"on", re.IGNORECASE)
_DATA = re.compile(r"data:image/(?:png|jpeg|jpg|gif|webp);base64,(.*)", re.DOTALL | re.IGNORECASE)
# What style may fetch, and the signs that could hide it. Only parts of the drawing itself may be named: url(#a).
_FETCHES = re.compile(
    r"@import|\\|url\(\s*+[\"']?+(?!#)|\b(?:image|image-set|cross-fade|element|paint|src|expression)\("
    r"|-moz-binding|javascript:",
    re.IGNORECASE,
)
_LENGTH = re.compile(r"\s*+(\d{1,6}(?:\.\d*)?|\.\d+)\s*+(px|pt|pc|mm|cm|in|)\s*+")
_PIXELS = {"": 1.0, "px": 1.0, "pt": 96 / 72, "pc": 16.0, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0}

_PLAIN_CURE = "Export it again as plain SVG, without scripts and links; or save it as PNG."


@dataclass(frozen=True)
class Drawing:
    """An SVG that may be published. ``adapts`` says that it knows of dark screens itself."""

    data: bytes
    width: int
    height: int
    adapts: bool


def read(data: bytes) -> Drawing:
    """The drawing in an SVG file.

    :raise Wrong: it cannot be read, has no size, or holds what could run or fetch something.
    """
    if len(data) > LARGEST:
        raise Wrong("is larger than 5 MB", "Simplify it, or save it as JPEG.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Wrong("is not UTF-8 text", "Save it again with the encoding UTF-8.") from None
    return _Copy().of(text)


class _Copy:
    """Writes what expat reads."""

    def __init__(self) -> None:
        self.parser = parser = expat.ParserCreate("utf-8", namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._words
        parser.StartDoctypeDeclHandler = self._doctype
        parser.ProcessingInstructionHandler = self._instruction
        self.out: list[str] = []
        self.open: list[str] = []  # what is written of the elements that are open; empty: nothing of it
        self.left_out = 0  # how many of them stand in something that is left out
        self.style: list[str] = []
        self.root: Mapping[str, str] = {}

    def of(self, text: str) -> Drawing:
        try:
            self.parser.Parse(text.encode(), True)
        except expat.ExpatError as error:
            what = f"is no SVG that can be read ({expat.ErrorString(error.code)}, in its line {error.lineno})"
            raise Wrong(what, "Export it again.") from None
        width, height = _size(self.root)
        return Drawing("".join(self.out).encode(), width, height, "prefers-color-scheme" in "".join(self.style))

    # -- what expat calls ----------------------------------------------------------------------------------------------
    def _start(self, full: str, attributes: dict[str, str]) -> None:
        space, _, name = full.rpartition(" ")
        if not self.open and (space, name) != (_SVG, "svg"):
            raise Wrong("is no SVG", 'Export it again; it begins with <svg xmlns="http://www.w3.org/2000/svg" …>.')
        if name in _REFUSED or space == _XHTML:
            self._refuse(_REFUSED.get(name, "a part of a web page"))
        if self.open[-1:] == ["style"]:
            self._refuse("an element inside a style")
        if len(self.open) > DEEPEST:
            self._refuse("groups in groups without end")
        written = {key: value for key, value in map(self._attribute, attributes, attributes.values()) if key}
        if not self.open:
            self.root, written = written, {"xmlns": _SVG} | written
        known = space == _SVG and name in _KNOWN and not self.left_out
        # A picture is no place for links.
        tag = ("g" if name == "a" else name) if known else ""
        self.left_out += not known
        self.open.append(tag)
        if tag:
            pairs = "".join(f" {key}={_quote(value)}" for key, value in written.items())
            self.out.append(f"<{tag}{pairs}>")

    def _end(self, full: str) -> None:
        tag = self.open.pop()
        if tag == "style" and _FETCHES.search("".join(self.style)):
            self._refuse("a style that fetches something")
        if tag:
            self.out.append(f"</{tag}>")
        else:
            self.left_out -= 1

    def _words(self, words: str) -> None:
        if self.left_out or not self.open:
            return
        if self.open[-1] == "style":
            self.style.append(words)
        self.out.append(escape(words))

    def _doctype(self, name: str, system: str | None, public: str | None, has_subset: bool) -> None:
        if has_subset:
            self._refuse("declarations of its own (<!DOCTYPE … [)")

    def _instruction(self, target: str, data: str) -> None:
        if target == "xml-stylesheet":
            self._refuse("a style sheet that stands elsewhere")

    # -- attributes ----------------------------------------------------------------------------------------------------
    def _attribute(self, full: str, value: str) -> tuple[str, str]:
        """Name and value as they are written; an empty name leaves it out."""
        space, _, name = full.rpartition(" ")
        if _HANDLER.match(name) and not space:
            self._refuse(f"a script ({name})")
        if name == "href" and space in ("", _XLINK):
            return "href", self._target(value)
        if name == "attributeName" and ("href" in value.lower() or _HANDLER.match(value.strip())):
            self._refuse("an animation that changes where something leads")
        if space:
            return (f"xml:{name}", value) if space == _XML and name in ("lang", "space") else ("", "")
        if not name.startswith("aria-") and _FETCHES.search(value):
            self._refuse(f"something that fetches a file ({name})")
        return (name, value) if name in ATTRIBUTES or _ARIA.fullmatch(name) else ("", "")

    def _target(self, value: str) -> str:
        target = value.strip()
        if target.startswith("#"):
            return target
        inside = _DATA.fullmatch(target)
        if inside is None:
            self._refuse(f"a link that leads out of it ({quoted(target)})")
        try:
            data = base64.b64decode("".join(inside[1].split()), validate=True)
            kind = kind_of(data)
            if kind not in (JPEG, PNG, GIF, WEBP):
                raise ValueError(kind)
            clean = metadata.strip(data, kind)
        except (ValueError, binascii.Error):
            self._refuse("a picture inside that is damaged")
        return f"data:{kind.type};base64,{base64.b64encode(clean).decode()}"

    def _refuse(self, what: str) -> NoReturn:
        raise Wrong(f"holds {what}, in its line {self.parser.CurrentLineNumber}", _PLAIN_CURE)


def _quote(value: str) -> str:
    return '"' + escape(value, {'"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}) + '"'


def _size(root: Mapping[str, str]) -> tuple[int, int]:
    sides = [_length(root.get(name, "")) for name in ("width", "height")]
    box = [_length(part) for part in root.get("viewBox", "").replace(",", " ").split()[2:]]
    if not all(sides):
        sides = box if len(box) == 2 else []
    if not sides or not all(sides):
        raise Wrong("does not say how large it is", 'Write viewBox="0 0 WIDTH HEIGHT" into its first element.')
    return sides[0], sides[1]


def _length(text: str) -> int:
    """A length in pixels; 0 when it is none, or depends on the page."""
    found = _LENGTH.fullmatch(text)
    return round(float(found[1]) * _PIXELS[found[2]]) if found else 0

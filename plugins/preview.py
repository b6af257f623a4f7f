"""One text as it will be once it is published, in a folder of its own: a page with all it needs to be looked at.

Pelican runs it in place of ``plugins.generators``; ``workshop.previewing`` says which text and where to.
"""

import json
import re
from collections.abc import Iterable
from dataclasses import replace
from html import unescape
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from pelican.plugins import signals

from plugins import exports, options
from plugins.failures import BuildStopped, stop_at_template
from plugins.generators import SiteGenerator, all_sheets, prepare
from plugins.head import Head
from plugins.sheets import Sheet
from plugins.writer import SiteWriter
from publication import files
from publication.lifting import CannotLift
from publication.load import Publication, load
from publication.records import Text

PUBLIC = "public"  # what the service sends; beside it lies the record
RECORD = "preview.json"
ROBOTS = "noindex, nofollow"
# What is taken along, so that the page looks as it will whatever the site has by now. Other addresses are the site's.
TAKEN = ("theme/", "media/", "pictures/", "cite/")

_TAG = re.compile(r"""<[a-zA-Z](?:[^<>"']|"[^"]*"|'[^']*')*>""")
_ADDRESS = re.compile(r"""(?<=["'\s,=])/[^"'\s,]+""")  # in a tag; of several in one attribute each one
_QUOTED = re.compile(rb"""(?<=["'])/[^"']+(?=["'])""")  # in a style sheet or a script of ours


class Picker(SiteWriter):
    """Takes what a page needs of all that a build would write, and keeps it in memory."""

    def __init__(self, output_path: str, wanted: Iterable[str]) -> None:
        super().__init__(output_path)
        self.wanted = set(wanted)
        self.kept: dict[str, bytes] = {}

    def put(self, name: str, data: bytes) -> None:
        if name in self.wanted or name.startswith("theme/"):
            self.kept[name] = data


class PreviewGenerator(SiteGenerator):
    """Makes the page of one text."""

    def _load(self) -> Publication:
        name, self.until = options.preview()
        try:
            pub = load(Path(self.path), self.site_settings, self.as_of, lift=name)
        except CannotLift as error:
            raise BuildStopped([str(error)]) from None
        problems = [problem for problem in pub.problems if problem != pub.behind]  # nothing gets an address by this
        if problems or pub.lifted is None:
            raise BuildStopped.for_problems(problems)
        self.text = pub.lifted
        return _without_other_words(pub, self.text)

    def generate_output(self, writer: SiteWriter) -> None:
        """Write the page, its style sheets, scripts, fonts and pictures, and what the service is to know."""
        html = self._page(next(sheet for sheet in all_sheets(self._press()) if sheet.page.url == self.text.url))
        picker = Picker(writer.output_path, _addresses(html))
        self.assets.write(picker)
        self.media.copy(picker)
        self.gallery.write(picker)
        for name, data in exports.texts(self._alone()):
            picker.put(name, data)
        for name, data in self._needed(html, picker.kept).items():
            writer.put(f"{PUBLIC}/{name}", _relative_in_file(name, data, picker.kept))
        writer.put(f"{PUBLIC}/index.html", _relative(html, picker.kept).encode())
        record = {
            "id": self.text.id,
            "file": files.shown(self.text.source, self.pub.content),
            "title": self.text.title,
            "until": self.until.isoformat(),
        }
        writer.put(RECORD, json.dumps(record, ensure_ascii=False).encode())

    def _page(self, sheet: Sheet) -> str:
        head = sheet.page
        # Nothing that says to machines where it is, or that it is public.
        bare = Head(head.kind, head.title, head.description, head.url, "", head.language, robots=ROBOTS)
        thread = sheet.values.get("thread")
        values = dict(sheet.values) | {"page": bare, "under": f"{sheet.template}.html", "until": self.until}
        values |= {"thread": None, "replies": thread is not None and thread.policy in ("open", "held")}
        self.voice.speak(head.language)
        try:
            html: str = self.get_template("preview").render({**self.context, **values})
        except Exception as error:  # templates can raise anything
            stop_at_template(error, Path(self.theme))
        return html

    def _alone(self) -> Publication:
        """The publication as though there were no other text to refer to."""
        only = [self.text]
        articles = tuple(one for one in self.pub.articles if one in only)
        return replace(self.pub, articles=articles, resources=tuple(one for one in self.pub.resources if one in only))

    def _needed(self, html: str, there: dict[str, bytes]) -> dict[str, bytes]:
        """What the page names, and what that names."""
        found: dict[str, bytes] = {}
        names = _addresses(html)
        while names:
            name = names.pop()
            if name in there and name not in found:
                found[name] = there[name]
                names += _addresses_in_file(name, there[name])
        return found


def _without_other_words(pub: Publication, text: Text) -> Publication:
    """The publication with the words of this text alone: of the others the page shows titles, which take no time."""
    return replace(
        pub,
        articles=tuple(one if one.id == text.id else replace(one, body="") for one in pub.articles),
        pages=tuple(one if one.id == text.id else replace(one, body="") for one in pub.pages),
        resources=tuple(one if one.id == text.id else replace(one, body="") for one in pub.resources),
    )


def _name(address: str) -> str:
    """The file at an address of the site."""
    try:
        return unquote(urlsplit(unescape(address)).path).lstrip("/")
    except ValueError:
        return ""


def _addresses(html: str) -> list[str]:
    found = (_name(match[0]) for tag in _TAG.finditer(html) for match in _ADDRESS.finditer(tag[0]))
    return [name for name in found if name.startswith(TAKEN)]


def _addresses_in_file(name: str, data: bytes) -> list[str]:
    return [_name(match[0].decode()) for match in _QUOTED.finditer(data)] if name.endswith((".css", ".js")) else []


def _relative(html: str, there: dict[str, bytes]) -> str:
    """The page with the addresses of what lies beside it made relative; so it does not matter where it stands."""

    def point(match: re.Match[str]) -> str:
        name = _name(match[0])
        return match[0][1:] if name.startswith(TAKEN) and name in there else match[0]

    return _TAG.sub(lambda tag: _ADDRESS.sub(point, tag[0]), html)


def _relative_in_file(name: str, data: bytes, there: dict[str, bytes]) -> bytes:
    if not name.endswith((".css", ".js")):
        return data
    up = b"../" * (len(PurePosixPath(name).parts) - 1)

    def point(match: re.Match[bytes]) -> bytes:
        return up + match[0][1:] if _name(match[0].decode()) in there else match[0]

    return _QUOTED.sub(point, data)


def choose(sender: object) -> type[PreviewGenerator]:
    """Tell Pelican which generator to run besides its own."""
    return PreviewGenerator


def register() -> None:
    """Called by Pelican. Receivers are module functions: the signals hold them weakly."""
    prepare()
    signals.get_generators.connect(choose)

"""The one contract between the build and the service: what the built site says about its threads.

The build writes ``threads.json`` beside its pages; the service reads the one of the current release.
"""

import hashlib
import json
from dataclasses import asdict, dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from comments.errors import Misconfigured
from comments.words import _

FORMAT = 1
FILE = "threads.json"
SHELL = "shell.html"  # in the site's language
SHELLS = {"en": "shell.en.html", "fr": "shell.fr.html"}  # in the others
INDEX = "search.db"
WRITTEN = "files.txt"  # the build's own list of what it wrote
# Files the build leaves in its output that a release keeps out of the web root.
PRIVATE = (FILE, SHELL, *SHELLS.values(), INDEX, "redirects.map", WRITTEN)


@dataclass(frozen=True)
class Author:
    key: str
    name: str


@dataclass(frozen=True)
class Thread:
    """One article's thread. ``path`` is absolute and ends with a slash or ``.html`` (``/2026/slug/``)."""

    id: str
    path: str
    title: str
    language: str
    policy: str  # a model.Policy
    published: datetime
    closes: datetime | None = None
    authors: tuple[Author, ...] = ()
    hold: str = ""  # "first": a first comment waits under this article, whatever holds for the site

    @property
    def feed(self) -> str:
        """The address of its feed: in the folder of the page, whichever form the path has."""
        if self.path.endswith(".html"):
            return f"{self.path.removesuffix('.html')}.comments.atom"
        return f"{self.path}comments.atom"


@dataclass(frozen=True)
class Silent:
    """A text below which no comments stand: a page, or an article whose comments are off. It may have had some."""

    path: str
    title: str
    language: str


@dataclass(frozen=True)
class HelpLines:
    """Where somebody in danger can turn, in one language. ``html`` is the build's own."""

    language: str
    title: str
    html: str


@dataclass(frozen=True)
class Site:
    """What the pages and the service must agree on. Set in ``pelicanconf.py``."""

    name: str
    url: str  # scheme and host, no slash at the end
    zone: str
    language: str
    require_name_email: bool = True
    comment_limit: int = 10_000
    # "first": a first comment waits; "all": everything; "none": only what a check holds; "closed": no replies
    hold: str = "first"
    max_links: int = 2  # from so many links on, a comment waits
    held_words: tuple[str, ...] = ()
    disallowed_words: tuple[str, ...] = ()
    flood_seconds: int = 15
    brake_comments: int = 30  # so many on the whole site within the next minutes, and everything waits; 0: never
    brake_minutes: int = 10
    brake_quiet_minutes: int = 30  # until fewer than that came within so many minutes
    bayes: int = 50  # decisions of each kind the filter needs before it judges; 0 switches it off
    bayes_hold: float = 0.9  # from this likelihood on a comment waits …
    bayes_spam: float = 0.999  # … and from this on it is filed under spam
    help_lines: tuple[HelpLines, ...] = ()
    letters: bool = True  # whether readers may ask for letters about answers and about their own comment
    policy_path: str = "/comment-policy/"
    privacy_path: str = "/privacy/"
    authority: str = ""  # the name and year in the ids of all feeds of the site, for good


@dataclass(frozen=True)
class Manifest:
    """The build holds from ``since``, the last event before the moment it was made for, until ``next_event``.

    The moment itself is not told: two builds with no event between them are the same, byte for byte.
    """

    site: Site
    renderer: str
    threads: dict[str, Thread] = field(default_factory=dict)
    next_event: datetime | None = None
    since: datetime | None = None
    silent: dict[str, Silent] = field(default_factory=dict)  # by id

    def find(self, text: str) -> Thread | Silent | None:
        """The public text with this id, whether it takes comments or not."""
        return self.threads.get(text) or self.silent.get(text)

    @cached_property
    def names(self) -> frozenset[str]:
        """The names of all authors, and the site's own."""
        return frozenset(author.name for thread in self.threads.values() for author in thread.authors) | {
            self.site.name
        }


def write(manifest: Manifest) -> bytes:
    """The manifest as stable JSON bytes: equal manifests give equal bytes."""
    raw = asdict(manifest) | {"format": FORMAT}
    return json.dumps(raw, default=datetime.isoformat, ensure_ascii=False, indent=1, sort_keys=True).encode()


def read(path: Path) -> Manifest:
    """The manifest in ``path``.

    :raise Misconfigured: the file is missing, damaged or of another format.
    """
    try:
        raw = json.loads(path.read_bytes())
        if raw["format"] != FORMAT:
            raise Misconfigured(_("%s was written by another version. Build and publish the site again.") % path)
        return _manifest(raw)
    except FileNotFoundError:
        raise Misconfigured(
            _("%s is missing. Build the site, then publish it: python3 tasks.py publish") % path
        ) from None
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Misconfigured(_("%s is damaged (%s). Build and publish the site again.") % (path, error)) from None


def _manifest(raw: dict[str, Any]) -> Manifest:
    site = raw["site"]
    lists: dict[str, Any] = {key: tuple(site[key]) for key in ("held_words", "disallowed_words")}
    lists["help_lines"] = tuple(HelpLines(**lines) for lines in site.get("help_lines", ()))
    threads = {key: _thread(value) for key, value in raw["threads"].items()}
    since = _moment(raw.get("since"))  # which builds of earlier versions do not tell
    silent = {key: Silent(**value) for key, value in raw.get("silent", {}).items()}
    return Manifest(Site(**(site | lists)), raw["renderer"], threads, _moment(raw["next_event"]), since, silent)


def _thread(raw: dict[str, Any]) -> Thread:
    authors = tuple(Author(**author) for author in raw["authors"])
    published = datetime.fromisoformat(raw["published"])
    return Thread(**(raw | {"authors": authors, "closes": _moment(raw["closes"]), "published": published}))


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def renderer_version(theme: Path) -> str:
    """A fingerprint of everything that decides what a thread looks like: our renderer and its templates.

    The build and the service compute it alike; where they differ the service must be restarted.
    """
    own = Path(__file__).parent
    files = [*sorted((own / "thread").glob("*.py")), own / "manifest.py"]
    files += sorted((theme / "templates" / "comments").rglob("*.*")) + sorted((theme / "locale").rglob("*.mo"))
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()[:16]

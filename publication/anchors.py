"""The parts of a page that a link may lead to: ids of headings, footnotes and HTML, as the build will make them."""

import re
from functools import lru_cache

from markdown import Markdown
from markdown.extensions.smarty import SmartyExtension
from markdown.extensions.toc import TocExtension

from publication.bodies import Body
from publication.footnotes import Footnotes
from publication.slugs import slug

# Ids that pages and threads use themselves.
_TAKEN = re.compile(r"(?:main|notes|refs|references|cite|author|help|more|replies|respond|comment|name|email|website)")
_TAKEN_NUMBERED = re.compile(r"(?:fn|r|table|comment|ref)-?\d+(?:-\d+)?")

# What pages have besides their texts, by kind, and what the comment service and the lists on them add.
OF_PAGES = {
    "article": frozenset({"main", "notes", "references", "cite", "author", "more", "replies", "respond"}),
    "page": frozenset({"main", "notes"}),
    "resource": frozenset({"main", "cite", "used"}),
}
_NUMBERED = re.compile(r"(?:comment-[0-9]+|ref-[a-z0-9-]+|notice-[a-z0-9-]+)")
_ID = re.compile(r"\sid=[\"']?([a-z][a-z0-9_-]{0,99})[\"'\s>]")


def name_of(heading: str, _separator: str = "-") -> str:
    """The id of a heading with these words; one that a page uses itself gets another."""
    name = slug(heading) or "part"
    taken = _TAKEN.fullmatch(name) or _TAKEN_NUMBERED.fullmatch(name) or not name[0].isalpha()
    return f"part-{name}" if taken else name


def is_of_page(kind: str, part: str) -> bool:
    """Whether every page of ``kind`` may have such a part, whatever its text."""
    return part in OF_PAGES.get(kind, ()) or (kind == "article" and _NUMBERED.fullmatch(part) is not None)


@lru_cache(maxsize=20_000)
def of_headings(source: str) -> frozenset[str]:
    """The ids of headings as they can be told without making a page: found here, no page need be made."""
    return frozenset(name_of(heading.words) for heading in Body(source).headings() if heading.level > 1)


@lru_cache(maxsize=512)
def of_text(source: str) -> frozenset[str] | None:
    """Every id in the text ``source`` once it is a page; None where Markdown stumbles over it: the build says so."""
    notes = Footnotes()
    markdown = Markdown(
        extensions=[
            "tables",
            "fenced_code",
            "sane_lists",
            SmartyExtension(smart_dashes=False),
            TocExtension(marker="", slugify=name_of),
            notes,
        ]
    )
    try:
        html = markdown.convert(source)
    except Exception:  # whatever Markdown or an extension of it stumbles over
        return None
    written = {f"fn-{number}" for number in range(1, len(notes.footnotes) + 1)}
    tables = {f"table-{number}" for number in range(1, html.count("<table") + 1)}
    return frozenset(_ID.findall(html)) | written | tables

"""An old post or page as a file of content: its front matter and its Markdown."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from html import escape
from itertools import count
from zoneinfo import ZoneInfo

from migrate.catalogue import UNSORTED, Catalogue, Place
from migrate.media import Media, is_picture
from migrate.model import Item, Term
from migrate.outcomes import Entry
from migrate.summaries import summary
from migrate.surroundings import OldSite
from migrate.text.changes import changes
from migrate.text.convert import Library, convert
from migrate.text.findings import Finding
from migrate.text.inline import is_file_name
from migrate.text.letters import one_line
from publication.addresses import NO_YEAR, is_fixed
from publication.claims import file_of
from publication.files import MARKER
from publication.moments import write_moment
from publication.plain import plain
from publication.slugs import slug

_STATES = {"publish": "published", "future": "published", "pending": "review"}


@dataclass(frozen=True)
class Names:
    """What logins, categories and tags are called now: old name → key, and slug → how the tag is written."""

    authors: Mapping[str, str]
    topics: Mapping[str, str]
    tags: Mapping[str, str]


@dataclass(frozen=True)
class Sheet:
    """A file to be: its place below ``content/`` and its text."""

    file: str
    text: str
    id: str
    topics: tuple[str, ...] = ()


def write(
    item: Item, place: Place, catalogue: Catalogue, media: Media, names: Names, zone: ZoneInfo, entry: Entry
) -> Sheet:
    """The sheet of ``item``. Whatever an editor should know goes to ``entry``."""
    status = _status(item, entry)
    around = OldSite(catalogue, media, entry, status == "published", dict(names.authors), dict(names.topics), item.link)
    made = convert(item.content, around, _library(item, catalogue), item.meta.get("footnotes", ""))
    entry.findings.extend(made.findings)
    body = MARKER.sub("", made.markdown)
    title = _title(item, entry)
    front: dict[str, object] = {"id": place.id, "title": title, "summary": summary(item.excerpt, body, title)}
    if place.kind == "article":
        front |= _about_article(item, names, zone, around)
    elif item.order:
        entry.change(f"its place among the pages ({item.order}) was left behind: the menu is in pelicanconf.py here")
    if status == "published" and _is_empty(body):
        body = _instead(item, front, around) or body
    status = _sound(status, front, body, entry)
    front["status"] = status
    front |= _address(place, item, catalogue, zone)
    for what in changes(entry.findings):
        entry.change(what)
    text = f"---\n{_yaml(front)}---\n\n{body}"
    topics = front.get("topics", ())
    return Sheet(_file(place, item), text, place.id, tuple(topics) if isinstance(topics, list) else ())


def _address(place: Place, item: Item, catalogue: Catalogue, zone: ZoneInfo) -> dict[str, str]:
    """Where it stands, when not where its id says: at its old address, or beside whoever stands there already."""
    if place.url:
        return {"url": place.url}
    folder = "/" if place.kind == "page" else f"/{item.made.astimezone(zone).year if item.made else NO_YEAR}/"
    for number in count(1):
        name = place.id if number == 1 else f"{place.id}-{number}"
        if not is_fixed(f"{folder}{name}/") and catalogue.taken.holder([file_of(f"{folder}{name}/")]) in (
            None,
            place.id,
        ):
            catalogue.taken.take(place.id, [file_of(f"{folder}{name}/")])
            return {"slug": name} if number > 1 else {}
    raise AssertionError("numbers never end")


def _about_article(item: Item, names: Names, zone: ZoneInfo, around: OldSite) -> dict[str, object]:
    """Keys that only articles have."""
    topics = _keys(item.terms, "category", names.topics) or [names.topics[UNSORTED.slug]]
    tags = list(
        dict.fromkeys(
            names.tags[slug(term.name)]
            for term in item.terms
            if term.kind == "post_tag" and slug(term.name) in names.tags
        )
    )
    author = names.authors.get(item.creator.casefold())
    found: dict[str, object] = {"authors": [author] if author else [], "topics": topics, "tags": tags}
    if item.made:
        found["date"] = write_moment(item.made, zone)
    if (
        item.made
        and item.modified
        and item.modified > item.made
        and _days(item.made, item.modified)
        and item.status != "future"
    ):
        found["updated"] = write_moment(item.modified, zone)
    if item.sticky:
        found["featured"] = "yes"
    picture = _featured(item, around)
    if picture:
        found["image"] = picture
    if item.comment_status == "closed":
        found["comments"] = "closed"
    return found


def _days(made: datetime, modified: datetime) -> bool:
    return (modified - made).total_seconds() > 86_400


def _status(item: Item, entry: Entry) -> str:
    """The state on the new site. What was not open to everybody is not open here."""
    if item.password:
        entry.change("it was protected by a password, so it is a draft here, and nobody sees it")
        return "draft"
    if item.status == "private":
        entry.change("it was private, so it is a draft here, and nobody sees it")
        return "draft"
    status = _STATES.get(item.status, "draft")
    if status == "review":
        entry.change("it waited for review, and does so here")
    elif status == "draft":
        entry.change("it was a draft, and is one here")
    elif item.status == "future":
        entry.change("it was scheduled, and appears here at its moment")
    return status


def _is_empty(body: str) -> bool:
    return not plain(body).strip() and "](media/" not in body


def _instead(item: Item, front: dict[str, object], around: OldSite) -> str:
    """What readers saw of a text without words: its excerpt, else its picture; nothing where it has neither."""
    place = _picture(item, around.catalogue)
    shown = f'<img src="{escape(place.file)}" alt="{escape(place.alt)}" />' if place else ""
    for html, what in ((item.excerpt, "excerpt"), (shown, "picture")):
        body = MARKER.sub("", convert(html, around, Library()).markdown)
        if not _is_empty(body):
            around.entry.change(f"it had no text of its own; its {what} stands for it")
            if what == "picture":
                front.pop("image", None)
            return body
    return ""


def _sound(status: str, front: Mapping[str, object], body: str, entry: Entry) -> str:
    """A text that cannot be published stays a draft, with the reason told."""
    if status != "published":
        return status
    why = ""
    if _is_empty(body):
        why = "it has no text"
    elif "date" in front or "authors" not in front:
        why = ""
    else:
        why = "its date cannot be read"
    if not why:
        return status
    entry.change(f"{why}, so it is a draft here")
    entry.findings.append(Finding("draft", f"this was public, and is a draft now: {why}"))
    return "draft"


def _title(item: Item, entry: Entry) -> str:
    title = one_line(MARKER.sub("", item.title))
    if not title:
        entry.change("it had no title; its number is its title now")
        return f"Untitled {item.id}"
    if len(title) > 200:
        entry.change("its title had more than 200 characters and was shortened")
        return title[:199].rsplit(" ", 1)[0] + "…"
    return title


def _featured(item: Item, around: OldSite) -> dict[str, str] | None:
    place = _picture(item, around.catalogue)
    file = around.picture(place.file) if place else None
    if not file or not place:
        return None
    alt = "" if is_file_name(place.alt) else one_line(place.alt)[:1000]
    if not alt:
        around.entry.findings.append(
            Finding("alt-text", f"the picture {file} has no words for those who do not see it")
        )
    return {"src": file, "alt": alt} | ({"caption": one_line(place.caption)[:500]} if place.caption else {})


def _picture(item: Item, catalogue: Catalogue) -> Place | None:
    """The picture that was chosen to stand for a text."""
    number = item.meta.get("_thumbnail_id", "")
    place = catalogue.places.get(int(number)) if number.isdigit() and len(number) < 16 else None
    return place if place and is_picture(place.file) else None


def _library(item: Item, catalogue: Catalogue) -> Library:
    def pictures(numbers: object) -> list[tuple[str, str, str]]:
        places = [catalogue.places.get(number) for number in numbers]  # type: ignore[attr-defined]
        return [(place.file, place.alt, place.caption) for place in places if place and is_picture(place.file)]

    return Library(
        lambda number: catalogue.reusable.get(number, ""), pictures, lambda: catalogue.attached.get(item.id, [])
    )


def _keys(terms: tuple[Term, ...], kind: str, known: Mapping[str, str]) -> list[str]:
    return list(
        dict.fromkeys(
            known[term.slug.casefold()] for term in terms if term.kind == kind and term.slug.casefold() in known
        )
    )


def _file(place: Place, item: Item) -> str:
    if place.kind == "page":
        return f"pages/{place.id}.md"
    return f"articles/{item.made.year if item.made else 'undated'}/{place.id}.md"


def _yaml(front: Mapping[str, object]) -> str:
    return "".join(f"{key}: {_value(key, value)}\n" for key, value in front.items() if value not in ("", [], None))


def _value(key: str, value: object) -> str:
    if isinstance(value, list):
        plain_keys = key in ("authors", "topics")
        return f"[{', '.join(one if plain_keys else json.dumps(one, ensure_ascii=False) for one in value)}]"
    if isinstance(value, dict):
        return (
            "{"
            + ", ".join(
                f"{name}: {one if name == 'src' else json.dumps(one, ensure_ascii=False)}"
                for name, one in value.items()
            )
            + "}"
        )
    return json.dumps(value, ensure_ascii=False) if key in ("title", "summary") else str(value)

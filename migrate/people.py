"""Authors, topics and tags of an export, and the files they become."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from migrate.catalogue import Catalogue
from migrate.mail_addresses import name_of
from migrate.model import Term
from migrate.text.letters import one_line
from migrate.text.prose import as_prose
from publication.files import MARKER
from publication.slugs import slug

_LONGEST_NAME = 200  # of an author


@dataclass(frozen=True)
class Signature:
    """How somebody with an account on the old site signs here: by their name and not by their login."""

    login: str
    key: str
    name: str


def signatures(catalogue: Catalogue, authors: Mapping[str, str]) -> dict[int, Signature]:
    """Those of the old accounts, by number. ``authors`` is what ``name_authors`` gives."""
    return {
        writer.number: Signature(login.casefold(), authors.get(login.casefold(), ""), writer.name)
        for login, writer in catalogue.writers.items()
        if writer.number
    }


def name_authors(catalogue: Catalogue) -> dict[str, str]:
    """Login, in small letters → key of the author. One whom the publication has under that key is the same person."""
    found: dict[str, str] = {}
    given: set[str] = set()
    for login, writer in catalogue.writers.items():
        if login.casefold() in found:  # one account, written in two ways
            continue
        first = slug(writer.name, longest=70) or slug(name_of(login)[0], longest=70) or "author"
        key, number = first, 2
        while key in given:
            key, number = f"{first}-{number}", number + 1
        given.add(key)
        found[login.casefold()] = key
    return found


def author_sheet(name: str, bio: str) -> str:
    """The file of an author. No address goes into it."""
    lines = [f"name: {_quoted(name[:_LONGEST_NAME].strip())}"]
    about = as_prose(bio)
    if about:
        lines.append(f"bio: {_quoted(about)}")
    return "\n".join(lines) + "\n"


def name_topics(catalogue: Catalogue) -> dict[str, str]:
    """Slug of the category, in small letters → key of the topic."""
    found: dict[str, str] = {}
    for (kind, name), term in catalogue.terms.items():
        if kind == "category":
            key, number = slug(name, longest=70) or slug(term.name, longest=70) or "topic", 2
            first = key
            while key in found.values():
                key, number = f"{first}-{number}", number + 1
            found[name.casefold()] = key
    return found


def topic_lines(catalogue: Catalogue, topics: Mapping[str, str], known: Iterable[str], used: Iterable[str]) -> str:
    """Lines for ``topics.yml``: categories that texts use, with those above them, that are not there yet."""
    wanted = _with_parents(catalogue, topics, used)
    lines = []
    for (kind, name), term in catalogue.terms.items():
        key = topics.get(name.casefold(), "")
        if kind != "category" or key not in wanted or key in set(known):
            continue
        lines.append(f"{key}:")
        lines.append(f"  name: {_quoted(term.name[:100] or key)}")
        parent = _parent(catalogue, topics, term)
        if parent:
            lines.append(f"  parent: {parent}")
        introduction = as_prose(term.description)
        if introduction:
            lines.append(f"  introduction: {_quoted(introduction)}")
    return "\n".join(lines) + "\n" if lines else ""


def note_tags(found: dict[str, Counter[str]], terms: Iterable[Term]) -> None:
    """Count in ``found`` how the tags among ``terms`` are written, by their slugs."""
    for term in terms:
        name = one_line(MARKER.sub("", term.name))[:50].strip()
        if term.kind == "post_tag" and slug(name):
            found.setdefault(slug(name), Counter())[name] += 1


def name_tags(of_export: Mapping[str, Counter[str]], here: Iterable[str]) -> dict[str, str]:
    """Slug of a tag → how it is written: as ``here``, the tags of all articles there are, else as most often."""
    own: dict[str, Counter[str]] = {}
    for name in here:
        own.setdefault(slug(name), Counter())[name] += 1
    return {key: ways.most_common(1)[0][0] for key, ways in (*of_export.items(), *own.items())}


def read_keys(folder: Path) -> set[str]:
    """The keys of the authors a publication has."""
    return {path.stem for path in (folder / "authors").glob("*.yml")}


def _with_parents(catalogue: Catalogue, topics: Mapping[str, str], used: Iterable[str]) -> set[str]:
    wanted = set(used)
    for (kind, name), term in catalogue.terms.items():
        if kind == "category" and topics.get(name.casefold()) in wanted:
            for higher in above(catalogue, term):
                wanted.add(topics[higher.slug.casefold()])
    return wanted


def _parent(catalogue: Catalogue, topics: Mapping[str, str], term: Term) -> str:
    found = above(catalogue, term)
    return topics[found[0].slug.casefold()] if found else ""


def above(catalogue: Catalogue, term: Term) -> list[Term]:
    """The categories above, nearest first; a circle ends where it closes, as though it had no parent."""
    found: list[Term] = []
    seen = {term.slug}
    while term.parent:
        parent = _category(catalogue, term.parent)
        if parent is None:
            break
        if parent.slug in seen:
            return []
        seen.add(parent.slug)
        found.append(parent)
        term = parent
    return found


def _category(catalogue: Catalogue, name: str) -> Term | None:
    """By slug; older exports name the parent by its name."""
    found = catalogue.terms.get(("category", name))
    return found or next(
        (term for (kind, _), term in catalogue.terms.items() if kind == "category" and term.name == name), None
    )


def _quoted(text: str) -> str:
    return json.dumps(one_line(MARKER.sub("", text)), ensure_ascii=False)

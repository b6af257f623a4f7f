"""Every content file, read and checked by its schema, before anything is compared with anything else."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from publication import fields, files, nodes, schema
from publication.fields import Place, Values
from publication.problems import Problem, Problems, quoted
from publication.settings import Settings
from publication.slugs import is_id, slug

FOLDERS = {"articles": "article", "pages": "page", "resources": "resource"}


@dataclass
class Item:
    """One article, page, resource, author or topic as read. ``id`` is a key for authors and topics."""

    kind: str
    id: str
    source: Path
    fields: Values
    problems: Problems
    body: str = ""
    body_line: int = 1
    is_readable: bool = True  # its front matter could be parsed; its values may still be wrong

    def get(self, key: str) -> Any:
        """The value of ``key``, or its default where it is missing or wrong."""
        return self.fields.values.get(key)

    def line_of(self, *keys: str) -> int:
        return self.fields.line_of(*keys)

    @property
    def where(self) -> str:
        """File and line, as problems of other files name this one."""
        return f"{self.problems.file}:{self.line_of('slug', 'id')}"

    @property
    def is_public_some_time(self) -> bool:
        """Whether its address is, was or will be public."""
        return self.get("status") in ("published", "withdrawn")


@dataclass
class Shelf:
    """All items of a content folder, in a stable order."""

    content: Path
    settings: Settings
    texts: list[Item] = field(default_factory=list)
    authors: dict[str, Item] = field(default_factory=dict)
    topics: dict[str, Item] = field(default_factory=dict)
    strays: list[Problem] = field(default_factory=list)
    unsure: set[str] = field(default_factory=set)  # "author" or "topic": there are some that could not be read

    def of(self, kind: str) -> Iterator[Item]:
        return (item for item in self.texts if item.kind == kind)

    def by_id(self) -> Mapping[str, Item]:
        """The first text of every id."""
        return {item.id: item for item in reversed(self.texts)}

    @property
    def has_unreadable(self) -> bool:
        """Whether some text could not be read, so that nobody knows its id."""
        return any(not item.is_readable for item in self.texts)

    def names(self) -> Mapping[str, Mapping[str, str]]:
        """The keys of authors and topics by their names: what editors may write by mistake."""
        kinds = {"authors": self.authors, "topics": self.topics}
        return {
            field: {str(item.get("name")).casefold(): key for key, item in items.items()}
            for field, items in kinds.items()
        }

    def everything(self) -> list[Item]:
        return [*self.texts, *self.authors.values(), *self.topics.values()]

    def problems(self) -> set[Problem]:
        return {problem for item in self.everything() for problem in item.problems.found} | set(self.strays)


def read_all(content: Path, settings: Settings, *, keep: Callable[[Item], Item] = lambda item: item) -> Shelf:
    """Every file under ``content`` that the publication consists of. ``keep`` may put another item for each text."""
    shelf = Shelf(content, settings)
    for path in _files(content / "authors", ".yml", shelf):
        author = _author(path, shelf)
        shelf.authors[author.id] = author
    if shelf.strays or not all(is_id(key) for key in shelf.authors):
        shelf.unsure.add("author")
    for topic in _topics(shelf):
        shelf.topics[topic.id] = topic
    for folder, kind in FOLDERS.items():
        for path in _files(content / folder, ".md", shelf):
            shelf.texts.append(keep(_text(path, kind, shelf)))
    _find_strays(shelf)
    return shelf


def read_topics(content: Path, settings: Settings) -> dict[str, Item]:
    """The topics alone, by their keys."""
    return {topic.id: topic for topic in _topics(Shelf(content, settings))}


def _files(folder: Path, ending: str, shelf: Shelf) -> Iterator[Path]:
    for path in files.find(folder):
        if path.suffix == ending:
            yield path
        else:
            name = files.shown(path, shelf.content)
            shelf.strays.append(
                Problem(name, 1, f"This file is not read; here they end in {ending}", "Rename or move it.", "file")
            )


def _find_strays(shelf: Shelf) -> None:
    """A text beside the folders would be passed over in silence."""
    if not shelf.content.is_dir():
        shelf.strays.append(
            Problem(shelf.content.name, 1, "The content folder is missing", "Make it, or name another.", "file")
        )
        return
    for path in files.find_links_out(shelf.content):
        cure = "Delete the link, and put the file itself here."
        shelf.strays.append(
            Problem(files.shown(path, shelf.content), 1, "This link leads out of the content", cure, "file")
        )
    for path in sorted(shelf.content.glob("*.md")):
        name = files.shown(path, shelf.content)
        cure = "Move it to content/articles, content/pages or content/resources."
        shelf.strays.append(Problem(name, 1, "This file is not read", cure, "file"))


def _text(path: Path, kind: str, shelf: Shelf) -> Item:
    problems = Problems(files.shown(path, shelf.content))
    shape = schema.TEXTS[kind]
    name = slug(path.stem) or "text"
    text = files.read_text(path, problems)
    source = files.split(text, problems) if text is not None else None
    front = nodes.parse(source.front, source.front_line, problems) if source else None
    if source is None or front is None:
        nothing = Values(1, {key: one.default for key, one in shape.items()})
        return Item(kind, name, path, nothing, problems, is_readable=False)
    found = fields.read(front, shape, Place(kind, problems, shelf.settings.timezone, shelf.names()))
    found.line = source.front_line - 1
    if found.values["status"] == "published" or "status" in found.wrong:
        fields.require_to_publish(found, shape, problems)
    return Item(kind, found.values["id"] or name, path, found, problems, source.body, source.body_line)


def _author(path: Path, shelf: Shelf) -> Item:
    problems = Problems(files.shown(path, shelf.content))
    if not is_id(path.stem):
        better = f"{slug(path.stem) or 'name'}.yml"
        problems.add(1, f"{quoted(path.stem)} cannot be an author's key", f"Rename the file to {better}.", "file")
    front = _yaml(path, problems)
    if front is None:
        nothing = Values(1, {key: one.default for key, one in schema.AUTHOR.items()})
        return Item("author", path.stem, path, nothing, problems, is_readable=False)
    found = fields.read(front, schema.AUTHOR, Place("author", problems, shelf.settings.timezone))
    bio = str(found.values["bio"])
    return Item("author", path.stem, path, found, problems, bio, found.line_of("bio"))


def _topics(shelf: Shelf) -> Iterator[Item]:
    path = shelf.content / "topics.yml"
    problems = Problems(files.shown(path, shelf.content))
    text = files.read_text(path, problems) if path.exists() else ""
    front = None if text is None or files.says_nothing(text) else nodes.parse(text, 1, problems)
    if problems.found and front is None:
        shelf.unsure.add("topic")
    for key, node in front.entries if front else ():
        if not is_id(key.value):
            shelf.unsure.add("topic")
            problems.add(
                key.line, f"{quoted(key.value)} cannot be a topic's key", f"Write {slug(key.value) or 'topic'}:"
            )
        elif not isinstance(node, nodes.Mapping):
            shelf.unsure.add("topic")
            problems.add(key.line, f"The topic {quoted(key.value)} has no name", "Write name: … below it, indented.")
        else:
            found = fields.read(node, schema.TOPIC, Place("topic", problems, shelf.settings.timezone))
            found.line = key.line
            introduction = str(found.values["introduction"])
            yield Item("topic", key.value, path, found, problems, introduction, found.line_of("introduction"))
    shelf.strays += problems.found  # also where there is no topic to carry them


def _yaml(path: Path, problems: Problems) -> nodes.Mapping | None:
    text = files.read_text(path, problems)
    return nodes.parse(text, 1, problems) if text is not None else None

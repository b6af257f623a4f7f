"""What one file says about another: authors, topics, references, notices, pictures, series."""

from publication.items import Item, Shelf
from publication.problems import MOST, NEAREST, Nearest, choose_from, quoted
from publication.records import Image, Review, Series
from publication.targets import Targets


def check(shelf: Shelf, targets: Targets) -> None:
    """Report every mention of something that is not there, and dates that contradict each other."""
    resources = {item.id for item in shelf.of("resource")} | (targets.known - targets.texts.keys())
    authors = Nearest(shelf.authors, "There is no file in content/authors yet.", most=MOST)
    topics = Nearest(shelf.topics, "There is no content/topics.yml yet.", most=MOST)
    references = Nearest(resources, "There is no file in content/resources yet.", most=NEAREST)
    notices = Nearest(shelf.settings.notices, "There is none in pelicanconf.py yet.", most=MOST)
    for item in shelf.texts:
        if "author" not in shelf.unsure:
            _names(item, "authors", authors, "author")
            _reviewer(item, shelf)
        if "topic" not in shelf.unsure:
            _names(item, "topics", topics, "topic")
        _names(item, "references", references, "resource")
        _names(item, "notices", notices, "notice")
        _dates(item)
        _has_words(item)
    for item in shelf.everything():
        _pictures(item, targets)
    for author in shelf.authors.values():
        _family_name(author)
    for item in shelf.of("resource"):
        _leads_somewhere(item)
    _topic_tree(shelf)
    _series(shelf)


def _names(item: Item, field: str, known: Nearest, noun: str) -> None:
    for key in item.get(field) or ():
        if key not in known.names:
            what = f"There is no {noun} {quoted(key)}"
            item.problems.add(item.line_of(field), what, known.to(key), "unknown-name")


def _reviewer(item: Item, shelf: Shelf) -> None:
    review: Review | None = item.get("reviewed")
    if review and review.by not in shelf.authors:
        what = f"There is no author {quoted(review.by)} who could have reviewed this"
        item.problems.add(item.line_of("reviewed"), what, choose_from(review.by, shelf.authors), "unknown-name")


def _dates(item: Item) -> None:
    date = item.get("date")
    for field, meaning in (("updated", "updated"), ("expires", "to expire")):
        later = item.get(field)
        if date and later and later < date:
            what = f"The text is {meaning} before its date of publication"
            item.problems.add(item.line_of(field), what, f"Write a later date, or leave {field} out.", "date")


def _has_words(item: Item) -> None:
    """A resource says it all in its front matter; an article or a page does not."""
    if item.is_readable and item.kind != "resource" and item.get("status") == "published" and not item.body.strip():
        cure = "Write it below the second ---, or set status: draft."
        item.problems.add(item.body_line, "There is no text", cure, "no-text")


def _pictures(item: Item, targets: Targets) -> None:
    image: Image | None = item.get("image")
    for field, path in (("image", image.src if image else ""), ("photo", item.get("photo"))):
        if path and not targets.has_media(path):
            what = f"There is no file {quoted(path)} in the content folder"
            item.problems.add(item.line_of(field), what, "Put it there, or mend its name.", "missing-file")


def _family_name(author: Item) -> None:
    name, family = author.get("name"), author.get("family")
    if name and family and family not in name:
        what = f"The family name {quoted(family)} is not a part of the name {quoted(name)}"
        author.problems.add(author.line_of("family"), what, "Write it as it stands there, or leave family out.")


def _leads_somewhere(item: Item) -> None:
    tried = {"link", "doi", "isbn"} & (item.fields.lines.keys() | item.fields.wrong)
    if item.is_readable and not tried and item.get("status") == "published":
        what = "The resource says nowhere where to find it"
        item.problems.add(item.line_of("id"), what, "Add link: https://… or doi: … or isbn: …", "no-source")


def _topic_tree(shelf: Shelf) -> None:
    for topic in shelf.topics.values():
        parent = topic.get("parent")
        if parent and parent not in shelf.topics:
            what = f"There is no topic {quoted(parent)} above {quoted(topic.id)}"
            topic.problems.add(topic.line_of("parent"), what, choose_from(parent, shelf.topics), "unknown-name")
        elif parent and _is_circle(topic.id, shelf):
            what = f"The topic {quoted(topic.id)} is above itself"
            cure = "Leave parent out of one of the topics in the circle."
            topic.problems.add(topic.line_of("parent"), what, cure, "topic-tree")


def _is_circle(key: str, shelf: Shelf) -> bool:
    seen: set[str] = set()
    above = shelf.topics[key].get("parent")
    while above in shelf.topics and above not in seen:
        if above == key:
            return True
        seen.add(above)
        above = shelf.topics[above].get("parent")
    return False


def _series(shelf: Shelf) -> None:
    first: dict[Series, Item] = {}
    for item in shelf.of("article"):
        series: Series | None = item.get("series")
        other = first.setdefault(series, item) if series else item
        if series and other is not item:
            place = f"{other.problems.file}:{other.line_of('series')}"
            what = f"Part {series.part} of the series {quoted(series.name)} is also {place}"
            item.problems.add(item.line_of("series"), what, "Give one of the two another part.", "series")

"""The closed list of keys of every kind of file. What is not here cannot be written in front matter."""

from publication import places, values, vocabulary
from publication.fields import Field, Shape
from publication.problems import Wrong
from publication.records import Citation, Credential, Image, Link, Name, Review, Series

_text = values.text()
_keys = values.keys


def _name(family: str, literal: str, **more: str) -> Name:
    if not family and not literal:
        raise Wrong("This name is empty", "Write {family: …, given: …} or {literal: …}.")
    return Name(family=family, literal=literal, **more)


IMAGE: Shape = {
    "src": Field(places.media, required=True, example="media/picture.jpg"),
    "alt": Field(values.alt, required=True, example='"…", or "" when it is decoration', may_be_empty=True),
    "caption": Field(values.text(500)),
    "credit": Field(_text),
}
SERIES: Shape = {"name": Field(_text, required=True), "part": Field(values.number, required=True, example="1")}
REVIEW: Shape = {
    "on": Field(values.day, required=True, example="2026-03-14"),
    "by": Field(values.key, required=True, example="an author's key"),
    "every": Field(values.duration, default=None),
}
CREDENTIAL: Shape = {"name": Field(_text, required=True), "by": Field(_text), "number": Field(values.text(50))}
LINK: Shape = {"name": Field(_text, required=True), "url": Field(places.web_address, required=True)}
NAME: Shape = {key: Field(_text) for key in ("family", "given", "literal", "suffix", "non-dropping-particle")}

_names = values.list_of(values.record(NAME, _name))

CSL: Shape = {
    "type": Field(values.one_of(dict.fromkeys(vocabulary.CSL_TYPES)), required=True, example="article-journal"),
    "author": Field(_names, default=()),
    "editor": Field(_names, default=()),
    "translator": Field(_names, default=()),
    "issued": Field(places.issued),
    "original-date": Field(places.issued),
    "issn": Field(places.issn),
    **{
        key: Field(_text)
        for key in (
            "container-title",
            "volume",
            "issue",
            "page",
            "number",
            "edition",
            "publisher",
            "publisher-place",
            "collection-title",
            "collection-number",
            "event",
            "genre",
            "version",
        )
    },
}

_status = Field(values.one_of(vocabulary.STATUSES), default="draft")
_language = Field(values.one_of(vocabulary.LANGUAGES))
_reviewed = Field(values.record(REVIEW, Review), default=None)
_id = Field(values.key, required=True, example="my-text")
_title = Field(_text, required=True, example='"…"')
_summary = Field(values.text(300), to_publish=True, example='"…" (one or two sentences)')
_topics = Field(_keys, default=(), to_publish=True, example="[…] (keys of topics.yml)")

ARTICLE: Shape = {
    "id": _id,
    "title": _title,
    "summary": _summary,
    "authors": Field(_keys, default=(), to_publish=True, example="[…] (names of files in content/authors)"),
    "topics": _topics,
    "date": Field(values.moment, default=None, to_publish=True, example="2026-03-14 09:30"),
    "status": _status,
    "slug": Field(values.key),
    "updated": Field(values.moment, default=None),
    "expires": Field(values.moment, default=None),
    "tags": Field(values.list_of(values.tag), default=()),
    "language": _language,
    "series": Field(values.record(SERIES, Series), default=None),
    "featured": Field(values.flag, default=False),
    "canonical": Field(places.web_address),
    "image": Field(values.record(IMAGE, Image), default=None),
    "comments": Field(values.one_of(vocabulary.COMMENTS), default="open"),
    "closes": Field(values.duration_or_never, default=None),
    "notices": Field(_keys, default=None),
    "references": Field(_keys, default=()),
    "reviewed": _reviewed,
    "url": Field(places.site_path),
}

PAGE: Shape = {
    "id": _id,
    "title": _title,
    "summary": _summary,
    "status": _status,
    "slug": Field(values.key),
    "language": _language,
    "url": Field(places.site_path),
}

RESOURCE: Shape = {
    "id": _id,
    "title": _title,
    "kind": Field(values.one_of(vocabulary.KINDS), to_publish=True, example="book"),
    "why": Field(values.text(500), to_publish=True, example='"…" (why it matters to a practitioner)'),
    "topics": _topics,
    "audience": Field(
        values.list_of(values.one_of(vocabulary.AUDIENCES)), default=(), to_publish=True, example="[practitioners]"
    ),
    "language": _language,
    "access": Field(values.one_of(vocabulary.ACCESS), to_publish=True, example="free"),
    "link": Field(places.web_address),
    "doi": Field(places.doi),
    "isbn": Field(places.isbn),
    "csl": Field(values.record(CSL, Citation), default=None),
    "reviewed": _reviewed,
    "status": _status,
    "slug": Field(values.key),
    "url": Field(places.site_path),
}

AUTHOR: Shape = {
    "name": Field(_text, required=True, example='"…"'),
    "family": Field(_text),
    "organisation": Field(values.flag, default=False),
    "suffix": Field(values.text(100)),
    "credentials": Field(values.list_of(values.record(CREDENTIAL, Credential)), default=()),
    "bio": Field(values.prose),
    "photo": Field(places.media),
    "links": Field(values.list_of(values.record(LINK, Link)), default=()),
    "example": Field(values.flag, default=False),
}

TOPIC: Shape = {
    "name": Field(values.text(100), required=True, example="…"),
    "parent": Field(values.key),
    "introduction": Field(values.prose),
}

TEXTS: dict[str, Shape] = {"article": ARTICLE, "page": PAGE, "resource": RESOURCE}

"""The shape of CSL-JSON (citationstyles.org, csl-data.json 1.0.2), as far as we use it, and no key beside it."""

from typing import Any

NAME: dict[str, Any] = {
    "type": "object",
    "properties": {
        key: {"type": "string", "minLength": 1}
        for key in ("family", "given", "dropping-particle", "non-dropping-particle", "suffix", "literal")
    },
    "minProperties": 1,
    "additionalProperties": False,
}
DATE: dict[str, Any] = {
    "type": "object",
    "properties": {
        "date-parts": {
            "type": "array",
            "items": {"type": "array", "items": {"type": "integer"}, "minItems": 1, "maxItems": 3},
            "minItems": 1,
            "maxItems": 2,
        },
        "edtf": {"type": "string"},
    },
    "required": ["date-parts"],
    "additionalProperties": False,
}
TYPES = (
    *("article", "article-journal", "article-magazine", "article-newspaper", "book", "broadcast", "chapter"),
    *("document", "entry", "legislation", "motion_picture", "paper-conference", "post-weblog", "report"),
    *("software", "song", "standard", "thesis", "webpage"),
)
TEXTS = (
    *("id", "language", "title", "container-title", "collection-title", "collection-number", "publisher"),
    *("publisher-place", "volume", "issue", "page", "number", "edition", "version", "event", "genre"),
    *("DOI", "ISBN", "ISSN", "URL"),
)
SCHEMA: dict[str, Any] = {
    "$schema": "http://json-schema.org/draft-07/schema#",
    "type": "array",
    "items": {
        "type": "object",
        "properties": {
            "type": {"enum": list(TYPES)},
            **{key: {"type": "string", "minLength": 1} for key in TEXTS},
            **{key: {"type": "array", "items": NAME, "minItems": 1} for key in ("author", "editor", "translator")},
            **dict.fromkeys(("issued", "original-date"), DATE),
        },
        "required": ["type", "id"],
        "additionalProperties": False,
    },
}

"""A question to the index, and what was found."""

from dataclasses import dataclass

KINDS = ("article", "resource", "author")
PAGE = 20


@dataclass(frozen=True)
class Question:
    """``words`` is what was typed. An empty filter lets everything through; an unknown one is as if empty.

    Texts in the language ``first`` come first.
    """

    words: str
    kind: str = ""
    topic: str = ""
    language: str = ""
    first: str = ""
    page: int = 1
    size: int = PAGE


@dataclass(frozen=True)
class Piece:
    """A run of text; ``match`` where it is what was looked for."""

    text: str
    match: bool


@dataclass(frozen=True)
class Hit:
    """Something found. ``kind`` is one of KINDS; ``byline`` and ``year`` may be empty."""

    kind: str
    url: str
    language: str
    byline: str
    year: str
    title: tuple[Piece, ...]
    extract: tuple[Piece, ...]


@dataclass(frozen=True)
class Choice:
    """A value of a filter, and how many there are with it and the other filters."""

    key: str
    name: str
    count: int


@dataclass(frozen=True)
class Found:
    """One page of hits. ``question`` is as it was understood: known filters only, a page that exists.

    ``everything`` counts without filters. ``suggestion`` are other words that find something, where these do not.
    """

    question: Question
    total: int
    everything: int
    hits: tuple[Hit, ...]
    kinds: tuple[Choice, ...]
    topics: tuple[Choice, ...]
    languages: tuple[Choice, ...]
    suggestion: str = ""

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // self.question.size))

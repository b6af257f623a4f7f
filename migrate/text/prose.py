"""What an old site said of a person or a topic, as one paragraph of Markdown."""

from dataclasses import dataclass

from migrate.text import escaping
from migrate.text.findings import Findings
from migrate.text.inline import Inline
from migrate.text.tree import parse
from publication.places import is_web_address


def as_prose(html: str) -> str:
    """``html`` with its emphasis and its links to the web; everything else by its words."""
    written = Inline(_Nothing(), Findings()).line(parse(html).children)
    return escaping.line_start(written)


@dataclass(frozen=True)
class _Nothing:
    """A site without texts and pictures of its own."""

    def link(self, address: str, words: str = "") -> str | None:
        return address if is_web_address(address) else None

    def picture(self, address: str) -> str | None:
        return None

    def is_picture(self, address: str) -> bool:
        return False

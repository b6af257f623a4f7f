"""XML as WordPress writes its exports: elements by hand, so that texts stand in CDATA and nothing is kept in memory."""

import re
from datetime import UTC, datetime
from xml.sax.saxutils import escape, quoteattr

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def plain(name: str, text: object) -> str:
    """An element with a text that has no markup."""
    return f"<{name}>{escape(_legible(str(text)))}</{name}>"


def cdata(name: str, text: str, **attributes: str) -> str:
    """An element whose text may hold anything, the end of CDATA included."""
    given = "".join(f" {key}={quoteattr(_legible(value))}" for key, value in attributes.items())
    # XML reads CR LF as LF, so only a reference can carry a CR; none of our texts holds one.
    whole = _legible(text).replace("]]>", "]]]]><![CDATA[>")
    return f"<{name}{given}><![CDATA[{whole}]]></{name}>"


def universal(moment: datetime) -> str:
    """A date as WordPress keeps it, GMT."""
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M:%S}"


def _legible(text: str) -> str:
    return _FORBIDDEN.sub("", text)

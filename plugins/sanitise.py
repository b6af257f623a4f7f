"""What HTML the text of an article, page, resource or biography may hold. Everything else becomes inert."""

import re

import nh3

_ID = re.compile(r"[a-z][a-z0-9_-]{0,99}")
_ADDRESS = re.compile(r"(?:https?://|mailto:|tel:|sms:|/(?![/\\])|#)[^\s<>\"]*", re.IGNORECASE)
_PICTURE = re.compile(r"/media/[^\s<>\"]+")

_TAGS = """
a abbr b blockquote br caption cite code dd del details div dl dt em figcaption figure h2 h3 h4 h5 h6 hr i img ins
kbd li mark ol p pre q s small span strong sub summary sup table tbody td tfoot th thead time tr ul var
"""
_ATTRIBUTES = {
    "*": {"id", "lang", "dir"},
    "a": {"href", "hreflang", "rel", "aria-label"},
    "abbr": {"title"},
    "div": {"aria-label", "aria-labelledby"},
    "img": {"src", "alt"},
    "li": {"value"},
    "ol": {"start", "type"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "time": {"datetime"},
}
_VALUES = {
    "div": {"class": {"scroll", "gallery"}, "role": {"region"}, "tabindex": {"0"}},
    "figure": {"class": {"plate"}},
    "td": {"class": {"n"}},
    "th": {"class": {"n"}},
}


def _filter(tag: str, name: str, value: str) -> str | None:
    if name == "href":
        return value if _ADDRESS.fullmatch(value) else None
    if name == "src":
        return value if _PICTURE.fullmatch(value) else None
    if name in ("id", "aria-labelledby"):
        return value if _ID.fullmatch(value) else None
    return value


_cleaner = nh3.Cleaner(
    tags=set(_TAGS.split()),
    attributes=_ATTRIBUTES,
    tag_attribute_values=_VALUES,
    attribute_filter=_filter,
    url_schemes={"http", "https", "mailto", "tel", "sms"},
    link_rel=None,
)


def sanitise(html: str) -> str:
    """The safe part of ``html``: no script, style, frame, form, comment, handler or foreign picture."""
    return _cleaner.clean(html)

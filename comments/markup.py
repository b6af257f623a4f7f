"""Comment text: what a visitor typed becomes safe HTML here and nowhere else.

The same pipeline serves preview, store, edit and import: tidy the characters, Markdown without HTML, sanitiser, tidy
again. Whatever the text, it takes well under a second for 10 000 characters.
"""

import html as entities
import re
import unicodedata
from collections.abc import Callable, Iterator

import nh3
from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, blockquote, list_block
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

# Stored beside the HTML; raise it when the same source would give other HTML.
VERSION = 2

REL = "nofollow ugc noopener"

# Quotes and lists nest so deep; further signs stay as typed. (The parser's own limit would drop the text.)
DEEPEST = 10
# Accents and joiners that may follow one letter.
MARKS = 8
# As many are handed to Unicode's tables: some of them join with the letter. Its ordering takes quadratic time for a
# longer row, so it never sees one.
ROW = 4 * MARKS

_JOINERS = "\u200c\u200d"  # needed in Persian, Indic scripts and emoji
_FORMATS = frozenset("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd" + _JOINERS)
_BLANKS = frozenset("\u115f\u1160\u2800\u3164\uffa0")  # letters that show nothing
# Text of these alone stays as it is: most of what is written here. No mark, nothing invisible, nothing that reorders.
_ORDINARY = re.compile("[\n\t\x20-\x7e\xa0-\xac\xae-\u02ff\u2010-\u2027\u202f-\u205e\u20a0-\u20bf]*")
_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_BREAKS = re.compile(r"<br>|</(?:p|li|blockquote|pre)>")
_TAGS = {"p", "br", "a", "em", "strong", "s", "code", "pre", "blockquote", "ul", "ol", "li"}
# Imported HTML says these otherwise.
_SYNONYMS = re.compile(r"<(/?)(b|i|del|strike)(?=[\s/>])", re.IGNORECASE)
_MEANT = {"b": "strong", "i": "em", "del": "s", "strike": "s"}
# A name before the host (user@host) only ever hides where a link leads.
_ADDRESS = re.compile(
    r"https?://[^\s/?#@:\\<>\"]+(?::\d{1,5})?(?:[/?#][^\s\\<>\"]*)?|mailto:[^\s/?#@:\\<>\"]+@[^\s/?#@:\\<>\"]+",
    re.IGNORECASE,
)
_BARE = re.compile(r"https?://[^\s<>\"“”«»]+", re.IGNORECASE)
_AFTER_BARE = ".,;:!?'’…*_~)]}"


def render(source: str) -> str:
    """Safe HTML of a comment's Markdown."""
    return sanitise(_MARKDOWN.render(normalise(source)))


def sanitise(html: str) -> str:
    """Any HTML, reduced to what a comment may hold: for the renderer and for imported comments."""
    html = _SYNONYMS.sub(lambda tag: f"<{tag[1]}{_MEANT[tag[2].lower()]}", html)
    clean = _visible(_CLEANER.clean(_visible(html)))  # again: character references may have brought some back
    return clean.replace(f'<a rel="{REL}">', "<a>")  # ``rel`` without ``href`` is not valid


def normalise(text: str) -> str:
    """Text in one Unicode form, with plain line ends and without characters that hide, reorder or pile up."""
    # Twice: the first round takes apart what Unicode wants apart, the second joins what the tidying brought together.
    tidy = _visible(unicodedata.normalize("NFC", thinned(_LINE_ENDS.sub("\n", text))))
    return unicodedata.normalize("NFC", tidy).strip("\n").rstrip()


def thinned(text: str) -> str:
    """The text without what follows the first marks in a row of them; in linear time. Do this before normalising."""
    return text if text.isascii() else "".join(_thinned(text))


def line(text: str) -> str:
    """As ``normalise``, for names and other single lines: every run of white space becomes one space."""
    return " ".join(normalise(text).split())


def count_links(html: str) -> int:
    """How many links our HTML holds, addresses typed without markup included."""
    return html.count("<a href=")


def plain(html: str) -> str:
    """The words of our HTML, for places where no markup goes."""
    text = _BARE_CLEANER.clean(_BREAKS.sub(lambda end: f"{end[0]}\n", html))
    return re.sub(r"\n{2,}", "\n", entities.unescape(text)).strip()


def _visible(text: str) -> str:
    # Removing characters from sanitised HTML is safe: every "&" and "<" left in it is complete. Composing is not:
    # ">" and U+0338 would become one character and eat the end of a tag.
    if _ORDINARY.fullmatch(text):
        return text
    return "".join(_kept(text))


def _thinned(text: str) -> Iterator[str]:
    row = 0
    for sign in text:
        row = row + 1 if _is_mark(sign, unicodedata.category(sign)) else 0
        if row <= ROW:
            yield sign


def _is_mark(sign: str, kind: str) -> bool:
    return kind in ("Mn", "Me") or unicodedata.combining(sign) != 0


def _kept(text: str) -> Iterator[str]:
    marks = MARKS  # nothing stands here yet that could carry a mark
    for sign in text:
        kind = unicodedata.category(sign)
        if _is_mark(sign, kind) or sign in _JOINERS:
            marks += 1
            if marks <= MARKS:
                yield sign
        elif _is_seen(sign, kind):
            marks = MARKS if sign.isspace() or sign == ">" else 0
            yield sign


def _is_seen(sign: str, kind: str) -> bool:
    if kind == "Cc":
        return sign in "\n\t"
    if kind == "Cf":
        return sign in _FORMATS
    nothing = ord(sign) & 0xFFFE == 0xFFFE or 0xFDD0 <= ord(sign) <= 0xFDEF  # never a character, and no XML
    return kind != "Cs" and sign not in _BLANKS and not nothing


def is_address(address: str) -> bool:
    """May a link lead there? Only to the open web, or to a mailbox."""
    return bool(_ADDRESS.fullmatch(address)) and address.isprintable()


class _Markdown(MarkdownIt):
    def validateLink(self, url: str) -> bool:
        """A link elsewhere than to the open web or a mailbox stays as typed."""
        return is_address(url)


Rule = Callable[[StateBlock, int, int, bool], bool]


def _bounded(rule: Rule) -> Rule:
    def bounded(state: StateBlock, first: int, last: int, silent: bool) -> bool:
        return state.level < DEEPEST and rule(state, first, last, silent)

    return bounded


def _ends_quotation(_state: StateBlock, _first: int, _last: int, silent: bool) -> bool:
    return silent  # asked about a line without ">": as in e-mail, it is no longer quoted


def _link_bare_addresses(state: StateCore) -> None:
    for token in state.tokens:
        if token.children and "://" in token.content:
            token.children = list(_linked(token.children, state.md))


def _linked(tokens: list[Token], md: MarkdownIt) -> Iterator[Token]:
    inside = 0
    for token in tokens:
        inside += (token.type == "link_open") - (token.type == "link_close")
        if token.type == "text" and not inside and "://" in token.content:
            yield from _split(token.content, md)
        else:
            yield token


def _split(text: str, md: MarkdownIt) -> Iterator[Token]:
    done = 0
    for found in _BARE.finditer(text):
        shown = _without_stop(found[0])
        href = md.normalizeLink(shown)
        if md.validateLink(href):
            yield Token("text", "", 0, content=text[done : found.start()])
            yield Token("link_open", "a", 1, attrs={"href": href})
            yield Token("text", "", 0, content=shown)
            yield Token("link_close", "a", -1)
            done = found.start() + len(shown)
    yield Token("text", "", 0, content=text[done:])


def _without_stop(address: str) -> str:
    """The address without the sentence's own punctuation; a bracket stays where one was opened in it."""
    opened = {closing: address.count(opening) for opening, closing in ("()", "[]", "{}")}
    closed = {closing: address.count(closing) for closing in opened}
    end = len(address)
    while end and address[end - 1] in _AFTER_BARE:
        closing = address[end - 1]
        if closing in opened:
            if closed[closing] <= opened[closing]:
                break
            closed[closing] -= 1
        end -= 1
    return address[:end]


def _only_good_links(tag: str, name: str, value: str) -> str | None:
    if name == "href":
        return value if is_address(value) else None
    if name == "start":
        return value if value.isascii() and value.isdigit() and len(value) < 10 else None
    return value


def _markdown() -> MarkdownIt:
    md = _Markdown("commonmark", {"html": False, "breaks": True, "maxNesting": 20})
    md.enable("strikethrough")
    # No headings or rules: the article owns its outline. No pictures: they would tell on readers.
    md.disable(["image", "html_block", "html_inline", "heading", "lheading", "hr", "reference"])
    md.block.ruler.at("blockquote", _bounded(blockquote), {"alt": ["paragraph", "blockquote", "list"]})
    md.block.ruler.at("list", _bounded(list_block), {"alt": ["paragraph", "blockquote"]})
    md.block.ruler.before("paragraph", "end_of_quotation", _ends_quotation, {"alt": ["blockquote"]})
    md.core.ruler.push("bare_addresses", _link_bare_addresses)
    return md


_MARKDOWN = _markdown()
_CLEANER = nh3.Cleaner(
    tags=_TAGS,
    attributes={"a": {"href"}, "ol": {"start"}, "*": set()},  # else nh3 allows "lang" and "title" everywhere
    attribute_filter=_only_good_links,
    url_schemes={"http", "https", "mailto"},
    url_relative="deny",
    link_rel=REL,
)
_BARE_CLEANER = nh3.Cleaner(tags=set())

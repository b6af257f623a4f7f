"""May this comment go to the page at once? Holds it or files it under spam, each time saying why in words."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from comments import markup
from comments.checks.names import passes_for
from comments.manifest import Site
from comments.model import Draft, Kind, Policy, Reason, Verdict
from comments.words import _, ngettext

# Only ever run over HTML that our own sanitiser wrote.
LINKED_HOST = re.compile(r'href="https?://([^/"?#]+)')


@dataclass(frozen=True)
class Standing:
    """The facts about writer and thread that the words alone do not tell.

    :ivar known: this browser's person has an approved comment, and the address typed is that person's.
    :ivar stranger: the address typed is stored, but for somebody else.
    :ivar reserved: names of staff, authors and the site.
    :ivar hold: the article's own degree, as ``Thread.hold``.
    """

    known: bool
    stranger: bool
    policy: Policy
    reserved: frozenset[str]
    hold: str = ""


def judge(draft: Draft, html: str, site: Site, standing: Standing) -> Verdict:
    """The verdict over a checked draft and the HTML made of it, with every reason there is."""
    spam = tuple(_spam_reasons(draft, html, site))
    if spam:
        return Verdict("spam", spam)
    held = (*_standing_reasons(draft, site, standing), *_text_reasons(draft, html, site))
    kind: Kind = "hold" if held else "approve"
    return Verdict(kind, held)


def fold(name: str) -> str:
    """What remains of a name when case, accents, spaces and punctuation are gone: equal folds read alike."""
    decomposed = unicodedata.normalize("NFKD", markup.thinned(name)).casefold()
    return "".join(sign for sign in unicodedata.normalize("NFKD", decomposed) if sign.isalnum())


def _spam_reasons(draft: Draft, html: str, site: Site) -> Iterator[Reason]:
    if draft.trapped:
        yield Reason("trap", _("A field was filled in that people do not see."))
    for sentence in _listed(draft, html, site.disallowed_words, _("On the list of refused words: {word}.")):
        yield Reason("disallowed-word", sentence)


def _standing_reasons(draft: Draft, site: Site, standing: Standing) -> Iterator[Reason]:
    if site.hold == "all":
        yield Reason("all-held", _("On this site every comment waits."))
    elif standing.policy == "held":
        yield Reason("thread-held", _("Under this article every comment waits."))
    if standing.stranger:
        yield Reason(
            "stranger", _("The address typed belongs to somebody who wrote here before, from another browser.")
        )
    elif _holds_first(site, standing) and not standing.known:
        yield Reason("first", _("First comment from this person."))
    if passes_for(draft.name, standing.reserved):
        yield Reason("reserved-name", _("The name is, or looks like, that of an author, an editor or this site."))


def _holds_first(site: Site, standing: Standing) -> bool:
    # A thread that the desk opened on a closed site is no reason to be less careful.
    return site.hold in ("first", "closed") or standing.hold == "first"


def _text_reasons(draft: Draft, html: str, site: Site) -> Iterator[Reason]:
    links = markup.count_links(html)
    if site.max_links and links >= site.max_links:  # 0 switches it off, as in WordPress
        counted = ngettext("{count} link", "{count} links", links).format(count=links)
        rule = _("{links}; from {limit} on a comment waits.").format(links=counted, limit=site.max_links)
        yield Reason("links", f"{rule} {_leading_to(html)}".strip())
    for sentence in _listed(draft, html, site.held_words, _("On the list of words to look at: {word}.")):
        yield Reason("held-word", sentence)


def _leading_to(html: str) -> str:
    hosts = list(dict.fromkeys(LINKED_HOST.findall(html)))
    if not hosts:
        return ""
    return _("They lead to: {hosts}.").format(hosts=", ".join(hosts[:5]) + (" …" if hosts[5:] else ""))


def _listed(draft: Draft, html: str, words: Iterable[str], sentence: str) -> Iterator[str]:
    """As WordPress matches: anywhere, in any case; in the text as typed and as readers would see it."""
    words = tuple(words)
    if not words:
        return
    shown = searchable(draft.name, draft.website, draft.comment, markup.plain(html))
    address = searchable(draft.email)
    for word in words:
        wanted = searchable(markup.line(word))
        if wanted and wanted in shown:
            yield sentence.format(word=f"“{word.strip()}”")
        elif wanted and wanted in address:
            # Reasons are read in lists and letters, where nothing of an address may stand.
            yield sentence.format(word=_("one that stands in the e-mail address"))


def searchable(*texts: str) -> str:
    """The texts as words of a list are looked for in them."""
    return "\n".join(unicodedata.normalize("NFC", markup.thinned(text)).casefold() for text in texts)

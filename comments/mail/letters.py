"""What letters say, and how they are put into an envelope that nothing can be smuggled into."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path
from textwrap import shorten

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from comments.errors import CommentsError
from comments.manifest import Site
from comments.model import Comment
from comments.words import _, gettext, ngettext, spoken

# A moderators' letter shows so many comments; the desk shows them all.
SHOWN = 20
# Characters shown of a comment that another one answers.
FIRST_WORDS = 120
# Line ends in the eyes of Python, mail servers or mail programs, and encoded words: on Python 3.11 one of these can
# carry a second header within the first (CVE-2024-6923).
_UNFIT = ("\n", "\r", "\0", "\x0b", "\x0c", "\x85", "\u2028", "\u2029", "=?")
_BODY_HEADERS = ("Content-Type", "MIME-Version")
# What mail programs send to end a subscription (RFC 8058).
ONE_CLICK = "List-Unsubscribe=One-Click"
# Folded, a long link would become an encoded word, which no mail program takes for a link.
_POLICY = SMTP.clone(max_line_length=990)


class UnfitHeader(CommentsError):
    """A header would have held what must not stand in one."""


@dataclass(frozen=True)
class Item:
    """One comment as the moderators' letter shows it. There is no field for an address.

    :ivar answers: name and first words of the comment it answers, in one line.
    """

    name: str
    title: str
    when: str
    text: str
    reasons: tuple[str, ...]
    link: str
    answers: str = ""


@dataclass(frozen=True)
class Written:
    """A letter's words, as text and as simple HTML. The subject never holds a visitor's.

    :ivar unsubscribe: the link by which mail programs end the subscription it comes from, where it does.
    """

    subject: str
    text: str
    html: str
    unsubscribe: str = ""


@dataclass(frozen=True)
class Reply:
    """One comment as its readers' letter shows it: a name and a text, nothing else of its writer."""

    name: str
    text: str
    link: str


@dataclass(frozen=True)
class Wanted:
    """What somebody asked letters about: answers to one comment, or the whole thread of an article."""

    scope: str
    title: str
    link: str


def mark_of(comment: Comment) -> str:
    """What binds a letter's link to the text that the letter shows, whatever else becomes of the comment."""
    shown = "\0".join(("" if comment.proposed is None else "change", comment.proposed or "", comment.source))
    return hashlib.sha256(shown.encode()).hexdigest()[:32]


def first_words(comment: Comment) -> str:
    """Name and beginning of a comment, in one line."""
    words = shorten(comment.source, FIRST_WORDS, placeholder=" …")
    return f"{comment.name or _('Anonymous')}: “{words}”"


def moderate(site: Site, items: Sequence[Item], desk: str, *, urgent: bool = False) -> Written:
    """The letter to a moderator about comments that wait."""
    subject = _("{site}: please read this comment first") if urgent else _("{site}: comments wait to be read")
    facts: dict[str, object] = {"items": items[:SHOWN], "waiting": len(items), "urgent": urgent, "desk": desk}
    return _written("moderate", subject, site, facts)


def prove(site: Site, link: str, privacy: str) -> Written:
    """The letter with the link that proves a mailbox. It says nothing of what was written."""
    return _written("prove", _("{site}: is this your email address?"), site, {"link": link, "privacy": privacy})


def own_data(site: Site, link: str, policy: str) -> Written:
    """The letter with the link to everything that is held under its reader's address."""
    return _written("privacy", _("{site}: what we hold under your address"), site, {"link": link, "policy": policy})


def confirm(site: Site, wanted: Sequence[Wanted], privacy: str) -> Written:
    """The letter that asks whether its reader wants others. It says nothing of what was written."""
    return _written("confirm", _("{site}: do you want these letters?"), site, {"wanted": wanted, "privacy": privacy})


def reply(site: Site, items: Sequence[Reply], wanted: Wanted, asked: str, manage: str) -> Written:
    """The letter to somebody who follows. ``wanted.link`` ends it; ``manage`` shows all there is to end."""
    subject = _("{site}: new comments") if wanted.scope == "thread" else _("{site}: somebody answered you")
    facts: dict[str, object] = {"items": items[:SHOWN], "wanted": wanted, "asked": asked, "manage": manage}
    return replace(_written("reply", subject, site, facts), unsubscribe=wanted.link)


def published(site: Site, title: str, link: str) -> Written:
    """The letter to a comment's writer who wanted to be told. It says nothing of what was written."""
    return _written("published", _("{site}: your comment is published"), site, {"title": title, "link": link})


def article(site: Site, items: Sequence[Item], settings: str) -> Written:
    """The letter to an author about comments under own articles; each item's link leads to where one answers."""
    facts: dict[str, object] = {"items": items[:SHOWN], "number": len(items), "settings": settings}
    return _written("article", _("{site}: comments on your articles"), site, facts)


def invite(site: Site, link: str, sender: str, role: str) -> Written:
    """The letter that asks somebody to come to the desk. ``role`` is what they may do there, in a sentence."""
    facts: dict[str, object] = {"link": link, "sender": sender, "role": role}
    return _written("invite", _("{site}: you are asked to the desk"), site, facts)


def reset(site: Site, link: str, name: str) -> Written:
    """The letter with the link to a new password."""
    return _written("reset", _("{site}: a new password"), site, {"link": link, "name": name})


def envelope(written: Written, *, sender: str, reader: str, message_id: str, at: datetime) -> bytes:
    """The letter as it goes over the wire.

    :raise UnfitHeader: a header holds a line end or an encoded word, or more headers came out than were put in.
    """
    headers = {
        "From": sender,
        "To": reader,
        "Subject": written.subject,
        "Date": format_datetime(at),
        "Message-ID": message_id,
        "Auto-Submitted": "auto-generated",
    }
    if written.unsubscribe:
        headers |= {"List-Unsubscribe": f"<{written.unsubscribe}>", "List-Unsubscribe-Post": ONE_CLICK}
    if any(sign in value for value in headers.values() for sign in _UNFIT):
        raise UnfitHeader(_("A header of this letter holds signs that are not allowed there."))
    message = EmailMessage(policy=_POLICY)
    for name, value in headers.items():
        message[name] = value
    message.set_content(written.text)
    message.add_alternative(written.html, subtype="html")
    raw = message.as_bytes()
    if sorted(header_names(raw)) != sorted([*headers, *_BODY_HEADERS]):
        raise UnfitHeader(_("This letter came out with other headers than were meant."))
    return raw


def header_names(raw: bytes) -> list[str]:
    """The names of all headers in a finished message, as a mail server would see them."""
    head = raw.partition(b"\r\n\r\n")[0]
    lines = head.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
    return [line.partition(b":")[0].decode("latin-1") for line in lines if not line.startswith((b" ", b"\t"))]


def _written(name: str, subject: str, site: Site, facts: dict[str, object]) -> Written:
    subject = subject.format(site=site.name)
    shared = {"site": site, "subject": subject, "language": spoken() or "en"} | facts
    text, html = (_ENVIRONMENT.get_template(f"{name}.{ending}").render(shared) for ending in ("txt", "html"))
    return Written(subject, text, html)


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent.parent / "templates" / "mail"),
        autoescape=select_autoescape(),  # by the file's ending: letters are plain text
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        extensions=["jinja2.ext.i18n"],
    )
    environment.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]  # by i18n
    return environment


_ENVIRONMENT = _environment()

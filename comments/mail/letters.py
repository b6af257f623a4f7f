"""What letters say, and how they are put into an envelope that nothing can be smuggled into."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
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
from comments.words import _, gettext, ngettext

# A moderators' letter shows so many comments; the desk shows them all.
SHOWN = 20
# Characters shown of a comment that another one answers.
FIRST_WORDS = 120
# Line ends in the eyes of Python, mail servers or mail programs, and encoded words: on Python 3.11 one of these can
# carry a second header within the first (CVE-2024-6923).
_UNFIT = ("\n", "\r", "\0", "\x0b", "\x0c", "\x85", "\u2028", "\u2029", "=?")
_BODY_HEADERS = ("Content-Type", "Content-Transfer-Encoding", "MIME-Version")


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
    """A letter's words. The subject never holds a visitor's."""

    subject: str
    text: str


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
    text = _render("moderate.txt", site=site, items=items[:SHOWN], waiting=len(items), urgent=urgent, desk=desk)
    return Written(subject.format(site=site.name), text)


def prove(site: Site, link: str, privacy: str) -> Written:
    """The letter with the link that proves a mailbox. It says nothing of what was written."""
    subject = _("{site}: is this your email address?").format(site=site.name)
    return Written(subject, _render("prove.txt", site=site, link=link, privacy=privacy))


def own_data(site: Site, link: str, policy: str) -> Written:
    """The letter with the link to everything that is held under its reader's address."""
    subject = _("{site}: what we hold under your address").format(site=site.name)
    return Written(subject, _render("privacy.txt", site=site, link=link, policy=policy))


def invite(site: Site, link: str, sender: str, role: str) -> Written:
    """The letter that asks somebody to come to the desk. ``role`` is what they may do there, in a sentence."""
    subject = _("{site}: you are asked to the desk").format(site=site.name)
    return Written(subject, _render("invite.txt", site=site, link=link, sender=sender, role=role))


def reset(site: Site, link: str, name: str) -> Written:
    """The letter with the link to a new password."""
    subject = _("{site}: a new password").format(site=site.name)
    return Written(subject, _render("reset.txt", site=site, link=link, name=name))


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
    if any(sign in value for value in headers.values() for sign in _UNFIT):
        raise UnfitHeader(_("A header of this letter holds signs that are not allowed there."))
    message = EmailMessage(policy=SMTP)
    for name, value in headers.items():
        message[name] = value
    message.set_content(written.text)
    raw = message.as_bytes()
    if sorted(header_names(raw)) != sorted([*headers, *_BODY_HEADERS]):
        raise UnfitHeader(_("This letter came out with other headers than were meant."))
    return raw


def header_names(raw: bytes) -> list[str]:
    """The names of all headers in a finished message, as a mail server would see them."""
    head = raw.partition(b"\r\n\r\n")[0]
    lines = head.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
    return [line.partition(b":")[0].decode("latin-1") for line in lines if not line.startswith((b" ", b"\t"))]


def _render(template: str, **facts: object) -> str:
    return _ENVIRONMENT.get_template(template).render(facts)


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

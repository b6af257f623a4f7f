"""Is this a comment at all? Refuses what is missing, too long or malformed, with a sentence at each field.

Nothing is cut and nothing is guessed, but for a website typed without its ``https://``.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import replace
from urllib.parse import SplitResult, urlsplit

from email_validator import EmailNotValidError, validate_email

from comments import markup
from comments.errors import Invalid
from comments.manifest import Site
from comments.model import SCOPES, Comment, Draft
from comments.words import _

COMMENT_LIMIT = 10_000  # characters; the site's setting may only lower it
NAME_LIMIT = 245  # bytes, as WordPress has it, and so for the next two
EMAIL_LIMIT = 100
WEBSITE_LIMIT = 200
TRAP = "leave_empty"
# Tidying may shorten a text, so that it fits: but what is longer than so many times the limit is not even read.
RAW = 4

# The line ends that Python, mail or a browser may see where the eye sees none.
_LINE_ENDS = "\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
_HOST = re.compile(r"[^\s/?#@:.]+(\.[^\s/?#@:.]+)+(:\d+)?([/?#]\S*)?")
_UNFIT_IN_ADDRESS = re.compile(r"[\s\"'<>\\^`{|}]")


def read(thread: str, fields: Mapping[str, str]) -> Draft:
    """The draft as it was typed, not yet checked. ``parent`` is the only field that must parse.

    :raise Invalid: the parent is not a number.
    """
    parent = fields.get("parent", "").strip()
    # Longer numbers are no id of ours, and would not fit the store's integers.
    if parent and not (parent.isascii() and parent.isdigit() and len(parent) <= 15):
        raise Invalid({"parent": _parent_missing()})
    return Draft(
        thread=thread,
        comment=fields.get("comment", ""),
        name=fields.get("name", ""),
        email=fields.get("email", ""),
        website=fields.get("website", ""),
        parent=int(parent) if parent else None,
        notify=fields.get("notify", ""),
        tell=bool(fields.get("tell")),
        trapped=bool(fields.get(TRAP)),
    )


def check(draft: Draft, site: Site, parent: Comment | None) -> Draft:
    """The draft normalised and within all limits. ``parent`` is the comment it answers, if that exists.

    :raise Invalid: with a sentence for each wrong field, in the form's order.
    """
    problems: dict[str, str] = {}

    def field(name: str, read_field: Callable[[], str]) -> str:
        try:
            return read_field()
        except _Wrong as wrong:
            problems[name] = str(wrong)
            return ""

    checked = replace(
        draft,
        comment=field("comment", lambda: _text(draft.comment, site)),
        name=field("name", lambda: _name(draft.name, required=site.require_name_email)),
        email=field("email", lambda: _email(draft.email, required=site.require_name_email)),
        website=field("website", lambda: _website(draft.website)),
    )
    if not site.letters:
        checked = replace(checked, notify="", tell=False)
    elif problem := _letters_problem(draft):
        problems.setdefault(*problem)
    if draft.parent is not None and not _answerable(parent, draft):
        problems["parent"] = _parent_missing()
    if problems:
        raise Invalid(problems)
    return checked


def check_text(text: str, site: Site) -> str:
    """A comment's text alone, normalised: for edits.

    :raise Invalid: with the sentence under ``comment``.
    """
    try:
        return _text(text, site)
    except _Wrong as wrong:
        raise Invalid({"comment": str(wrong)}) from None


def check_address(address: str) -> str:
    """An e-mail address alone, normalised: for accounts.

    :raise Invalid: with the sentence under ``email``.
    """
    try:
        return _email(address, required=True)
    except _Wrong as wrong:
        raise Invalid({"email": str(wrong)}) from None


class _Wrong(Exception):
    pass


def _letters_problem(draft: Draft) -> tuple[str, str] | None:
    """The field that is wrong with the wish for letters, and why."""
    if draft.notify not in ("", *SCOPES):
        return "notify", _("Choose one of the three.")
    if (draft.notify or draft.tell) and not draft.email.strip():
        return "email", _("Letters need an address: write yours, or choose no letters.")
    return None


def _answerable(parent: Comment | None, draft: Draft) -> bool:
    return parent is not None and parent.state == "approved" and parent.thread == draft.thread


def _parent_missing() -> str:
    return _("The comment you answer is no longer on the page. You can send your text as a comment of its own.")


def _text(raw: str, site: Site) -> str:
    limit = min(site.comment_limit, COMMENT_LIMIT)
    _check_length(raw, limit * RAW, limit)
    _encodable(raw)
    text = markup.normalise(raw)
    if not any(_visible(character) for character in text):
        raise _Wrong(_("Write your comment first."))
    _check_length(text, limit, limit)
    return text


def _check_length(text: str, most: int, limit: int) -> None:
    if len(text) > most:
        raise _Wrong(
            _("Your comment has {length} characters. {limit} fit: please shorten it.").format(
                length=len(text), limit=limit
            )
        )


def _name(raw: str, *, required: bool) -> str:
    raw = raw.strip()
    _encodable(raw)
    if not raw:
        if required:
            raise _Wrong(_("Write your name, or the one you go by here."))
        return _("Anonymous")
    if len(raw) > NAME_LIMIT * RAW:
        raise _Wrong(_name_too_long())
    name = markup.line(raw)
    # On Python 3.11 an encoded word in a mail header can smuggle in another header (CVE-2024-6923). Tidying drops
    # invisible signs, so one may only then appear.
    if "=?" in name or _has_controls(raw):
        raise _Wrong(_("This name holds signs that cannot be shown. Please type it anew."))
    if not any(_visible(character) for character in name):
        raise _Wrong(_("Write your name, or the one you go by here."))
    if len(name.encode()) > NAME_LIMIT:
        raise _Wrong(_name_too_long())
    return name


def _name_too_long() -> str:
    return _("This name is too long. Up to {limit} characters fit.").format(limit=NAME_LIMIT)


def _email(raw: str, *, required: bool) -> str:
    raw = raw.strip()
    _encodable(raw)
    if not raw:
        if required:
            raise _Wrong(_("Write your email address. It will not be published."))
        return ""
    # The length comes first: the validator need never see a long one.
    if len(raw.encode()) > EMAIL_LIMIT:
        raise _Wrong(_("This address is too long. Up to {limit} characters fit.").format(limit=EMAIL_LIMIT))
    if "=?" in raw or _has_controls(raw):
        raise _Wrong(_not_an_address())
    if problem := _slip(raw):
        raise _Wrong(problem)
    try:
        # Our letters go out through servers that may not know letters beyond ASCII before the “@”.
        found = validate_email(raw, check_deliverability=False, strict=True, allow_smtputf8=False)
    except EmailNotValidError:
        raise _Wrong(_not_an_address()) from None
    return found.normalized


def _slip(address: str) -> str:
    """What is wrong, for the slips that people make most."""
    if "@" not in address:
        return _("This address has no “@”. Write it like name@example.org.")
    if "<" in address or ">" in address:
        return _("Write the address alone, without the name and without “<” and “>”.")
    if "," in address:
        return _("An address has no comma. Write one address, like name@example.org.")
    if any(sign.isspace() for sign in address):
        return _("An address has no spaces. Write it like name@example.org.")
    return ""


def _not_an_address() -> str:
    return _("This does not look like an email address. Write it like name@example.org.")


def _website(raw: str) -> str:
    raw = raw.strip()
    _encodable(raw)
    if not raw:
        return ""
    if len(raw) > WEBSITE_LIMIT:
        raise _Wrong(_website_too_long())
    website = f"https://{raw}" if _HOST.fullmatch(raw) else raw
    if len(website.encode()) > WEBSITE_LIMIT:
        raise _Wrong(_website_too_long())
    if _UNFIT_IN_ADDRESS.search(website) or not website.isprintable() or not _is_web_address(website):
        raise _Wrong(_("Write the web address like https://example.org, or leave this field empty."))
    return website


def _website_too_long() -> str:
    return _("This web address is too long. Up to {limit} characters fit.").format(limit=WEBSITE_LIMIT)


def _is_web_address(website: str) -> bool:
    try:
        parts: SplitResult = urlsplit(website)
        host = parts.hostname or ""
        parts.port  # noqa: B018 - raises ValueError where the port is none
    except ValueError:
        return False
    # A user's name before the host only ever hides where the link leads.
    return parts.scheme.lower() in ("http", "https") and "." in host.strip(".") and "@" not in parts.netloc


def _encodable(text: str) -> None:
    try:
        text.encode()
    except UnicodeEncodeError:
        raise _Wrong(_("This holds half a character that cannot be stored. Please type it anew.")) from None


def _has_controls(text: str) -> bool:
    return any(unicodedata.category(sign) == "Cc" or sign in _LINE_ENDS for sign in text)


def _visible(character: str) -> bool:
    return unicodedata.category(character)[0] in "LNPS"

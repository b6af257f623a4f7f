"""The record's and the outbox's keys in words."""

from gettext import gettext as _

from comments.model import AuditRow, Letter

# Marked for translation where they are read.
_ACTS = {
    "submit": "Sent",
    "approve": "Published",
    "spam": "Filed under spam",
    "trash": "Put in the bin",
    "restore": "Taken back",
    "edit": "Edited",
    "change": "Changed by its writer",
    "accept_edit": "Change published",
    "keep_old": "Old text kept",
    "reply": "Replied and published",
    "undo": "Undone",
    "delete": "Deleted by its writer",
    "erase": "Erased",
    "show address": "Opened the e-mail address",
    "set policy": "Set who may comment",
    "sign in": "Signed in",
    "sign out": "Signed out",
    "release": "Published a release",
    "rollback": "Went back to a release",
}
_LETTERS = {
    "moderate": "Comments wait",
    "urgent": "Urgent comment",
    "prove": "Confirm your address",
}
_TONES = {"approved": "published", "pending": "waiting", "spam": "spam", "trash": "bin"}
_ACTORS = {"commenter": "The writer", "service": "The service", "command line": "The command line"}
_POLICIES = {"open": "open", "held": "every comment waits", "closed": "closed", "None": "as the article’s file says"}


def act(row: AuditRow) -> str:
    """What was done: "Edited and published"."""
    words = _(_ACTS[row.action]) if row.action in _ACTS else row.action.replace("_", " ").capitalize()
    if row.action == "edit" and row.detail.get("from") != "approved" and row.detail.get("to") == "approved":
        return _("{act} and published").format(act=words)
    return words


def tone(row: AuditRow) -> str:
    """The look of the state it led to, or nothing."""
    return _TONES.get(str(row.detail.get("to", row.detail.get("state"))), "") if row.action != "submit" else ""


def actor(row: AuditRow) -> str:
    """Who did it."""
    return _(_ACTORS[row.actor]) if row.actor in _ACTORS else row.actor


def note(row: AuditRow) -> str:
    """The reason given, or what was set."""
    if row.action == "set policy":
        return _(_POLICIES.get(str(row.detail.get("policy")), ""))
    reasons = row.detail.get("reasons")
    if isinstance(reasons, list):
        return " ".join(str(reason) for reason in reasons)
    return str(row.detail.get("reason", ""))


def letter(sent: Letter) -> str:
    """What the letter is about: "Comments wait (2)"."""
    name = _(_LETTERS[sent.kind]) if sent.kind in _LETTERS else sent.kind.replace("_", " ").capitalize()
    return f"{name} ({len(sent.comments)})" if len(sent.comments) > 1 else name

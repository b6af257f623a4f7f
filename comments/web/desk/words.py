"""The record's and the outbox's keys in words."""

from comments.model import AuditRow, Letter, Reason
from comments.words import _

# Marked for translation where they are read.
ACTS = {
    "submit": "Sent",
    "approve": "Published",
    "spam": "Filed under spam",
    "trash": "Put in the bin",
    "restore": "Taken back",
    "edit": "Edited",
    "revise": "Changed by its writer while it waited",
    "propose": "Changed by its writer after it was published",
    "accept_edit": "Change published",
    "keep_old": "Old text kept",
    "reply": "Replied and published",
    "undo": "Undone",
    "delete": "Deleted by its writer",
    "erase": "Erased",
    "show address": "E-mail address opened",
    "set policy": "Set who may comment",
    "prove": "Confirmed an e-mail address",
    "subscribe": "Confirmed letters about answers",
    "unsubscribe": "Ended letters about answers",
    "choose letters": "Chose when letters come",
    "mute letters": "Wanted no letters about an article",
    "unmute letters": "Wanted letters about an article again",
    "retry letter": "Had a letter tried again",
    "sign in": "Signed in",
    "refuse sign-in": "Sign-in refused: wrong password",
    "refuse code": "Sign-in refused: wrong code",
    "refuse confirmation": "Dangerous step refused: wrong password",
    "confirm": "Confirmed with password or code",
    "switch on second step": "Set up the second step",
    "switch off second step": "Switched the second step off",
    "make recovery codes": "Made new recovery codes",
    "use recovery code": "Used a recovery code",
    "set role": "Gave somebody another role",
    "invite": "Invited somebody",
    "withdraw invitation": "Withdrew an invitation",
    "accept invitation": "Accepted an invitation",
    "ask for a new password": "A new password was asked for",
    "reset password": "Set a new password by a mailed link",
    "sign out": "Signed out",
    "sign out elsewhere": "Signed out everywhere else",
    "make sign-in link": "Made a sign-in link",
    "add account": "Gave somebody a desk",
    "note author": "Noted the author of brought-over comments",
    "import": "Brought comments over",
    "disable account": "Locked somebody out",
    "enable account": "Let somebody in again",
    "set password": "Set a password",
    "forget password": "Removed a password",
    "set address": "Set an address for letters",
    "remove address": "Removed an address for letters",
    "purge": "Deleted what was old",
    "rollback": "Showed another release",
    "release": "Published a release",
    "restore backup": "Put a backup back",
    "rotate keys": "Made new keys",
    "refuse act": "Turned away: not this role’s to do",
    "ask for own data": "A link to own data was asked for",
    "brake on": "Brake on: every comment waits",
    "brake off": "Brake off again",
    "list add": "Added to a list",
    "list remove": "Removed from a list",
    "retrain": "Had the spam filter learn anew",
}
_LETTERS = {
    "moderate": "Comments wait",
    "urgent": "Urgent comment",
    "prove": "Confirm your address",
    "privacy": "Link to own data",
    "confirm": "Are letters wanted?",
    "reply": "Somebody answered",
    "published": "Comment is published",
    "article": "Comments on own articles",
    "invite": "Invitation",
    "reset": "Link to a new password",
}
# Keys that are not here are shown as they are: a new check needs no new word.
_REASONS = {
    "first": "First comment",
    "links": "Links",
    "held-word": "Word to look at",
    "disallowed-word": "Refused word",
    "all-held": "Every comment waits",
    "thread-held": "Held article",
    "stranger": "Somebody else’s address",
    "reserved-name": "Name of the desk",
    "changed": "Changed after publication",
    "trap": "Hidden field filled in",
    "old-site": "Waited on the old site",
}
_TONES = {"approved": "published", "pending": "waiting", "spam": "spam", "trash": "bin"}
ACTORS = {
    "commenter": "the writer",
    "service": "the service",
    "command line": "the command line",
    "import": "the import",
}
_POLICIES = {"open": "Open", "held": "Every comment waits", "closed": "Closed", "None": "As the article’s file says"}


def act(row: AuditRow) -> str:
    """What was done: "Edited and published"."""
    words = _(ACTS[row.action]) if row.action in ACTS else row.action.replace("_", " ").capitalize()
    if row.action == "edit" and row.detail.get("from") != "approved" and row.detail.get("to") == "approved":
        return _("{act} and published").format(act=words)
    return words


def taken(row: AuditRow) -> str:
    """Who put it into the bin: "Binned by Marta"."""
    if row.action == "delete":
        return _("Deleted by its writer")
    words = _("Erased by {name}") if row.action == "erase" else _("Binned by {name}")
    return words.format(name=by(row))


def tone(row: AuditRow) -> str:
    """The look of the state it led to, or nothing."""
    return _TONES.get(str(row.detail.get("to")), "")


def by(row: AuditRow) -> str:
    """Who did it, within a sentence."""
    return person(row.actor)


def person(name: str) -> str:
    """Whoever the record means by this name, within a sentence."""
    return _(ACTORS[name]) if name in ACTORS else name


def actor(row: AuditRow) -> str:
    """Who did it, standing alone."""
    name = by(row)
    return name[:1].upper() + name[1:] if row.actor in ACTORS else name


def account(row: AuditRow) -> str:
    """Whose account it was about, where it was somebody else's."""
    name = str(row.detail.get("account", ""))
    return name if name != row.actor else ""


def note(row: AuditRow) -> str:
    """The reason given, or what was set."""
    if row.action == "set policy":
        return _(_POLICIES.get(str(row.detail.get("policy")), ""))
    if row.action == "rollback":
        return _("From release {before} to release {after}").format(
            before=row.detail.get("from"), after=row.detail.get("to")
        )
    if row.action == "release":
        return _("Release {number}").format(number=row.detail.get("release"))
    if row.action == "brake on":
        return _("{comments} comments came within {minutes} minutes.").format(**row.detail)
    if row.action in ("list add", "list remove"):
        return str(row.detail.get("what", ""))
    if row.action == "set role":
        return _("From {before} to {after}").format(
            before=_(str(row.detail.get("from"))), after=_(str(row.detail.get("to")))
        )
    return str(row.detail.get("reason", ""))


def reason(key: str) -> str:
    """Why a comment waits, in a few words, for lists and figures: "First comment"."""
    return _(_REASONS[key]) if key in _REASONS else key.replace("-", " ").replace("_", " ").capitalize()


def sentence(why: Reason) -> str:
    """Why a comment waits. What was noted where no language was spoken, as by the command line, is translated now."""
    return _(why.sentence) if why.sentence else ""


def letter(sent: Letter) -> str:
    """What the letter is about: "Comments wait (2)"."""
    name = _(_LETTERS[sent.kind]) if sent.kind in _LETTERS else sent.kind.replace("_", " ").capitalize()
    return f"{name} ({len(sent.comments)})" if len(sent.comments) > 1 else name

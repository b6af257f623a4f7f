"""Everything the service raises on purpose.

CommentsError
├── NotFound            a comment, thread, account or release that is not there
├── Refused             a visitor's or moderator's request that cannot be done as asked
│   ├── Invalid         fields are wrong; carries a sentence per field
│   ├── Closed          the thread takes no comments
│   ├── Repeated        the same words were said before
│   ├── TooFast         flood; carries the seconds to wait
│   ├── Stale           somebody was faster; carries what is there now
│   ├── TooLate         the time for it (edit, undo, link) is over
│   ├── NotAllowed      the role of this account does not allow it
│   └── BadToken        a signed token that is altered, spent, expired or for something else
├── TokenSpent          (store only) a comment with this form token exists
├── Misconfigured       settings, keys or files that stop the start; says what to do
├── StoreProblem        the store cannot be read or written now
└── PublishProblem      the page could not be written now; the approval itself is kept

Messages are for people: what happened and what to do next. Only ``web/errors.py`` knows status codes.
"""


class CommentsError(Exception):
    """Base of all. ``str(error)`` is a sentence for people."""


class NotFound(CommentsError):
    pass


class Refused(CommentsError):
    pass


class Invalid(Refused):
    """``fields`` maps a field's name to the sentence shown at it, in the form's order."""

    def __init__(self, fields: dict[str, str]) -> None:
        super().__init__(" ".join(fields.values()))
        self.fields = fields


class Closed(Refused):
    pass


class Repeated(Refused):
    """``comment`` is the id of the earlier one."""

    def __init__(self, message: str, comment: int) -> None:
        super().__init__(message)
        self.comment = comment


class TooFast(Refused):
    def __init__(self, message: str, wait: int) -> None:
        super().__init__(message)
        self.wait = wait


class Stale(Refused):
    pass


class TooLate(Refused):
    pass


class NotAllowed(Refused):
    pass


class BadToken(Refused):
    pass


class TokenSpent(CommentsError):
    pass


class Misconfigured(CommentsError):
    pass


class StoreProblem(CommentsError):
    pass


class PublishProblem(CommentsError):
    pass

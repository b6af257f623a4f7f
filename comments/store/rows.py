"""Rows to records, and moments to the whole microseconds they are stored as."""

import json
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from sqlite3 import Row
from typing import overload

from comments.model import (
    Account,
    AuditRow,
    Comment,
    Invitation,
    Letter,
    Person,
    PublicComment,
    Reason,
    Session,
    Subscription,
    ThreadState,
)

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


def stamp(moment: datetime) -> int:
    """The stored form of an aware moment.

    :raise TypeError: the moment is naive.
    """
    return (moment - EPOCH) // MICROSECOND


@overload
def moment(stored: int) -> datetime: ...
@overload
def moment(stored: None) -> None: ...
def moment(stored: int | None) -> datetime | None:
    """The moment, in UTC, of what ``stamp`` gave."""
    return None if stored is None else EPOCH + stored * MICROSECOND


def pack_reasons(reasons: Iterable[Reason]) -> str:
    """Reasons as stored text."""
    return json.dumps([[reason.key, reason.sentence, reason.urgent] for reason in reasons], ensure_ascii=False)


def comment(row: Row) -> Comment:
    return Comment(
        id=row["id"],
        thread=row["thread"],
        parent=row["parent"],
        person=row["person"],
        account=row["account"],
        name=row["name"],
        website=row["website"],
        source=row["source"],
        html=row["html"],
        markup=row["markup"],
        state=row["state"],
        reasons=tuple(Reason(*reason) for reason in json.loads(row["reasons"])),
        created=moment(row["created"]),
        approved=moment(row["approved"]),
        edited=moment(row["edited"]),
        version=row["version"],
        former=row["former"],
        proposed=row["proposed"],
        erased=bool(row["erased"]),
        has_address=bool(row["has_address"]),
        token=row["token"],
        moderated=row["moderated"],
        tell=bool(row["tell"]),
    )


def public_comment(row: Row, number: int | None = None) -> PublicComment:
    """What readers may see of it; of a removed comment, only where it stood. ``number`` is the one it had before."""
    if row["state"] != "approved":
        return PublicComment(row["id"], row["parent"], "", "", "", moment(row["created"]), gone=True, number=number)
    return PublicComment(
        id=row["id"],
        parent=row["parent"],
        name=row["name"],
        website=row["website"],
        html=row["html"],
        created=moment(row["created"]),
        edited=moment(row["edited"]),
        badge=_badge(row["role"]),
        language=row["language"],
        moderated=row["moderated"],
        number=number,
    )


def _badge(role: str | None) -> str:
    if role is None:
        return ""
    return "author" if role == "author" else "staff"


def thread(row: Row) -> ThreadState:
    return ThreadState(row["id"], row["revision"], row["shown"], row["override"])


def person(row: Row) -> Person:
    return Person(row["id"], moment(row["created"]), moment(row["proven"]), bool(row["has_address"]))


def account(row: Row) -> Account:
    return Account(
        id=row["id"],
        name=row["name"],
        role=row["role"],
        author=row["author"],
        password=row["password"],
        disabled=bool(row["disabled"]),
        has_address=bool(row["has_address"]),
    )


def session(row: Row, owner: Account) -> Session:
    return Session(
        row["id"],
        owner,
        created=moment(row["created"]),
        seen=moment(row["seen"]),
        expires=moment(row["expires"]),
        confirmed=moment(row["confirmed"]),
    )


def invitation(row: Row) -> Invitation:
    return Invitation(
        id=row["id"],
        name=row["name"],
        role=row["role"],
        author=row["author"],
        sender=row["sender"],
        created=moment(row["created"]),
        expires=moment(row["expires"]),
    )


def audit_row(row: Row) -> AuditRow:
    return AuditRow(
        id=row["id"],
        at=moment(row["at"]),
        actor=row["actor"],
        action=row["action"],
        comment=row["comment"],
        thread=row["thread"],
        detail=json.loads(row["detail"]),
    )


def letter(row: Row, comments: tuple[int, ...]) -> Letter:
    return Letter(
        id=row["id"],
        kind=row["kind"],
        account=row["account"],
        person=row["person"],
        comments=comments,
        created=moment(row["created"]),
        due=moment(row["due"]),
        attempts=row["attempts"],
        sent=moment(row["sent"]),
        failed=moment(row["failed"]),
        error=row["error"],
        invitation=row["invitation"],
        subscription=row["subscription"],
    )


def subscription(row: Row) -> Subscription:
    return Subscription(
        id=row["id"],
        person=row["person"],
        comment=row["comment"],
        thread=row["thread"],
        scope=row["scope"],
        asked=moment(row["asked"]),
        confirmed=moment(row["confirmed"]),
    )

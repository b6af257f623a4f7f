"""Who wants letters, and of what nobody was told yet."""

from collections.abc import Sequence
from datetime import datetime

from comments.errors import NotFound
from comments.model import Comment, LetterChoice, Scope, Subscription
from comments.store import rows
from comments.store.engine import Engine, writing
from comments.words import _

# A page that is behind does not show the comment yet, so nobody is sent there.
NEWS = """SELECT c.* FROM comment_rows c CROSS JOIN threads t ON t.id = c.thread
    WHERE c.state = 'approved' AND c.announced IS NULL AND c.approved <= :before AND t.shown >= t.revision
    ORDER BY c.approved LIMIT :limit"""

FOLLOWERS = """SELECT s.* FROM comments c JOIN subscriptions s ON s.comment = c.parent
        WHERE c.id = :comment AND s.confirmed IS NOT NULL AND s.scope = 'replies'
    UNION ALL SELECT s.* FROM comments c JOIN subscriptions s ON s.thread = c.thread
        WHERE c.id = :comment AND s.confirmed IS NOT NULL AND s.scope = 'thread' AND s.comment <> c.id"""

# What waits is not sent any more. What was sent stays known as its reader's: it may lie in the folder for letters, and
# erasing must find it there.
UNSENT = """DELETE FROM letters WHERE sent IS NULL AND subscription IN
    (SELECT id FROM subscriptions WHERE id = :subscription OR comment = :comment)"""
RELEASED = """UPDATE letters SET subscription = NULL WHERE subscription IN
    (SELECT id FROM subscriptions WHERE id = :subscription OR comment = :comment)"""
ENDED = "DELETE FROM subscriptions WHERE id = :subscription OR comment = :comment"
END = (UNSENT, RELEASED, ENDED)


class SubscriptionVerbs(Engine):
    """See ``base.Store`` for the promises."""

    @writing
    def add_subscription(
        self, person: int, comment: int, scope: Scope, at: datetime, *, confirmed: datetime | None = None
    ) -> int:
        added = self._run(
            """INSERT INTO subscriptions (person, comment, thread, scope, asked, confirmed)
            SELECT :person, id, thread, :scope, :at, :confirmed FROM comments WHERE id = :comment RETURNING id""",
            person=person,
            comment=comment,
            scope=scope,
            at=rows.stamp(at),
            confirmed=rows.stamp(confirmed) if confirmed else None,
        )
        return int(added[0]["id"])

    def get_subscription(self, subscription: int) -> Subscription:
        row = self._row("SELECT * FROM subscriptions WHERE id = :subscription", subscription=subscription)
        if row is None:
            raise NotFound(_("This subscription has ended."))
        return rows.subscription(row)

    def find_subscription(self, comment: int) -> Subscription | None:
        row = self._row("SELECT * FROM subscriptions WHERE comment = :comment", comment=comment)
        return rows.subscription(row) if row else None

    def list_subscriptions(self, lookup: bytes) -> list[Subscription]:
        found = self._rows(
            """SELECT s.* FROM subscriptions s JOIN addresses a ON a.person = s.person
            WHERE a.lookup = :lookup""",
            lookup=lookup,
        )
        return sorted(map(rows.subscription, found), key=lambda each: each.id)

    def list_followers(self, comment: int) -> list[Subscription]:
        found = map(rows.subscription, self._rows(FOLLOWERS, comment=comment))
        return sorted(found, key=lambda each: (each.scope, each.id))

    @writing
    def confirm_subscription(self, subscription: int, at: datetime) -> None:
        self._run(
            "UPDATE subscriptions SET confirmed = coalesce(confirmed, :at) WHERE id = :subscription",
            subscription=subscription,
            at=rows.stamp(at),
        )

    @writing
    def end_subscription(self, subscription: int) -> None:
        for statement in END:
            self._run(statement, subscription=subscription, comment=None)

    @writing
    def purge_subscriptions(self, before: datetime) -> int:
        purged = self._run(
            "DELETE FROM subscriptions WHERE confirmed IS NULL AND asked < :before RETURNING 1",
            before=rows.stamp(before),
        )
        return len(purged)

    @writing
    def set_tell(self, comment: int) -> None:
        self._run("UPDATE comments SET tell = 1 WHERE id = :comment", comment=comment)

    def list_news(self, before: datetime, limit: int = 50) -> list[Comment]:
        return [rows.comment(row) for row in self._rows(NEWS, before=rows.stamp(before), limit=limit)]

    @writing
    def mark_announced(self, comments: Sequence[int], at: datetime) -> None:
        for comment in comments:
            self._run(
                "UPDATE comments SET announced = :at, tell = 0 WHERE id = :comment",
                comment=comment,
                at=rows.stamp(at),
            )

    def get_letter_choice(self, account: int) -> LetterChoice:
        row = self._row("SELECT chosen, hour FROM letter_choices WHERE account = :account", account=account)
        return LetterChoice(row["chosen"], row["hour"]) if row else LetterChoice()

    @writing
    def set_letter_choice(self, account: int, choice: LetterChoice) -> None:
        self._run(
            """INSERT INTO letter_choices (account, chosen, hour) VALUES (:account, :chosen, :hour)
            ON CONFLICT (account) DO UPDATE SET chosen = excluded.chosen, hour = excluded.hour""",
            account=account,
            chosen=choice.when,
            hour=choice.hour,
        )

    @writing
    def set_muted(self, account: int, thread: str, muted: bool) -> None:
        self._run("DELETE FROM muted WHERE account = :account AND thread = :thread", account=account, thread=thread)
        if muted:
            self._run("INSERT INTO threads (id) VALUES (:thread) ON CONFLICT (id) DO NOTHING", thread=thread)
            self._run("INSERT INTO muted (account, thread) VALUES (:account, :thread)", account=account, thread=thread)

    def list_muted(self, account: int) -> list[str]:
        found = self._rows("SELECT thread FROM muted WHERE account = :account ORDER BY thread", account=account)
        return [row["thread"] for row in found]

    def list_muting(self, comment: int) -> list[int]:
        found = self._rows(
            """SELECT m.account FROM comments c JOIN muted m ON m.thread = c.thread
            WHERE c.id = :comment ORDER BY m.account""",
            comment=comment,
        )
        return [row["account"] for row in found]

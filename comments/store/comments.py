"""Comments: everything that changes one."""

from collections.abc import Sequence
from datetime import datetime
from sqlite3 import Row

from comments.errors import NotFound, Stale, TokenSpent
from comments.model import Comment, NewComment, Reason, State
from comments.store import rows
from comments.store.engine import writing
from comments.store.learning import LearningVerbs
from comments.store.subscriptions import END
from comments.words import _

GROW = """INSERT INTO threads (id, revision) VALUES (:thread, 1)
    ON CONFLICT (id) DO UPDATE SET revision = revision + 1"""

INSERT = """INSERT INTO comments (id, thread, parent, person, account, name, website, source, html, markup, state,
        reasons, created, approved, token, digest, prefix, language, said, mark)
    VALUES (:id, :thread, :parent, :person, :account, :name, :website, :source, :html, :markup, :state, :reasons,
        :created, :approved, :token, :digest, :prefix, :language, :said,
        lower(hex(randomblob(16))))
    ON CONFLICT (token) DO NOTHING RETURNING id"""


class CommentVerbs(LearningVerbs):
    """See ``base.Store`` for the promises."""

    @writing
    def add_comment(self, comment: NewComment) -> int:
        self._run("INSERT INTO threads (id) VALUES (:thread) ON CONFLICT (id) DO NOTHING", thread=comment.thread)
        if comment.parent is not None and self._stored(comment.parent)["thread"] != comment.thread:
            raise NotFound(_("The comment you answer is not in this thread."))
        approved = rows.stamp(comment.created) if comment.state == "approved" else None
        inserted = self._run(
            INSERT,
            id=comment.number,
            thread=comment.thread,
            parent=comment.parent,
            person=comment.person,
            account=comment.account,
            name=comment.name,
            website=comment.website,
            source=comment.source,
            html=comment.html,
            markup=comment.markup,
            state=comment.state,
            reasons=rows.pack_reasons(comment.reasons),
            created=rows.stamp(comment.created),
            approved=approved,
            token=comment.token,
            digest=comment.digest,
            prefix=comment.prefix,
            language=comment.language,
            said=comment.said,
        )
        if not inserted:
            raise TokenSpent(_("This comment was sent before."))
        if comment.state == "approved":
            self._run(GROW, thread=comment.thread)
        return int(inserted[0]["id"])

    def get_comment(self, comment: int) -> Comment:
        return rows.comment(self._stored(comment))

    def find_comment_by_token(self, token: str) -> Comment | None:
        row = self._row("SELECT * FROM comment_rows WHERE token = :token", token=token)
        return rows.comment(row) if row else None

    def find_repeated(self, digest: str, since: datetime) -> Comment | None:
        row = self._row(
            """SELECT * FROM comment_rows
            WHERE digest = :digest AND digest <> '' AND created >= :since AND state <> 'trash'
            ORDER BY created DESC, id DESC LIMIT 1""",
            digest=digest,
            since=rows.stamp(since),
        )
        return rows.comment(row) if row else None

    def list_said(self, said: str, limit: int = 5) -> list[Comment]:
        found = self._rows(
            """SELECT * FROM comment_rows WHERE said = :said AND said <> '' AND state <> 'trash'
            ORDER BY created DESC, id DESC LIMIT :limit""",
            said=said,
            limit=limit,
        )
        return [rows.comment(row) for row in found]

    @writing
    def set_said(self, comment: int, said: str) -> None:
        self._run("UPDATE comments SET said = :said WHERE id = :comment", said=said, comment=comment)

    @writing
    def set_state(self, comment: int, state: State, at: datetime, *, version: int | None = None) -> Comment:
        stored = self._stored(comment, version)
        if stored["state"] == state:
            return rows.comment(stored)
        self._run(
            """UPDATE comments SET state = :state, former = :former, approved = :approved, version = version + 1
            WHERE id = :comment""",
            comment=comment,
            state=state,
            former=_former(stored["state"], state),
            approved=rows.stamp(at) if state == "approved" else None,
        )
        # A comment that was hidden and stays hidden looks the same to readers, as a placeholder too.
        if "approved" in (stored["state"], state):
            self._run(GROW, thread=stored["thread"])
        return self.get_comment(comment)

    @writing
    def set_text(
        self,
        comment: int,
        source: str,
        html: str,
        markup: int,
        at: datetime,
        *,
        version: int | None = None,
        moderated: str = "",
    ) -> Comment:
        stored = self._stored(comment, version)
        self._run(
            "INSERT INTO edits (comment, at, source, moderated) VALUES (:comment, :at, :source, :moderated)",
            comment=comment,
            at=rows.stamp(at),
            source=stored["source"],
            moderated=stored["moderated"],
        )
        self._run(
            """UPDATE comments SET source = :source, html = :html, markup = :markup, edited = :at, proposed = NULL,
                moderated = :moderated, version = version + 1 WHERE id = :comment""",
            moderated=moderated,
            comment=comment,
            source=source,
            html=html,
            markup=markup,
            at=rows.stamp(at),
        )
        if stored["state"] == "approved":
            self._run(GROW, thread=stored["thread"])
        return self.get_comment(comment)

    @writing
    def set_proposed(self, comment: int, source: str | None, reasons: Sequence[Reason], at: datetime) -> Comment:
        self._stored(comment)
        self._run(
            """UPDATE comments SET proposed = :source, reasons = :reasons, version = version + 1
            WHERE id = :comment""",
            comment=comment,
            source=source,
            reasons=rows.pack_reasons(reasons),
        )
        return self.get_comment(comment)

    @writing
    def erase_comment(self, comment: int, *, text: bool, at: datetime) -> None:
        stored = self._stored(comment)
        if text:
            self.unlearn(comment)
        self._mark_erased(searched=True)
        self._run(
            """UPDATE comments SET name = '', website = '', person = NULL, account = NULL, prefix = NULL, digest = '',
                said = '', proposed = NULL, reasons = '[]', moderated = '', erased = 1, version = version + 1
            WHERE id = :comment""",
            comment=comment,
        )
        if text:
            self._run(
                """UPDATE comments SET source = '', html = '', language = '', state = 'trash', former = NULL,
                    approved = NULL WHERE id = :comment""",
                comment=comment,
            )
        self._run("DELETE FROM edits WHERE comment = :comment", comment=comment)
        self._clear_outbox(comment)
        self._end_wishes(comment)
        # Nobody is kept whom no comment needs.
        if stored["person"] is not None:
            self.forget_unused(stored["person"])
        if stored["state"] == "approved":
            self._run(GROW, thread=stored["thread"])

    @writing
    def delete_comment(self, comment: int, at: datetime) -> bool:
        self.erase_comment(comment, text=True, at=at)
        self._run("DELETE FROM audit WHERE comment = :comment", comment=comment)
        if self._row("SELECT 1 FROM comments WHERE parent = :comment", comment=comment):
            return False
        self._run("DELETE FROM comments WHERE id = :comment", comment=comment)
        return True

    @writing
    def forget_unused(self, person: int) -> None:
        self._mark_erased(searched=False)
        self._run(
            """DELETE FROM people WHERE id = :person
                AND NOT EXISTS (SELECT 1 FROM comments WHERE comments.person = people.id)""",
            person=person,
        )

    def list_edits(self, comment: int) -> list[tuple[datetime, str]]:
        edits = self._rows("SELECT at, source FROM edits WHERE comment = :comment ORDER BY id", comment=comment)
        return [(rows.moment(edit["at"]), edit["source"]) for edit in edits]

    def find_former_text(self, comment: int) -> tuple[str, str] | None:
        row = self._row(
            "SELECT source, moderated FROM edits WHERE comment = :comment ORDER BY id DESC LIMIT 1", comment=comment
        )
        return (row["source"], row["moderated"]) if row else None

    def _stored(self, comment: int, version: int | None = None) -> Row:
        row = self._row("SELECT * FROM comment_rows WHERE id = :comment", comment=comment)
        if row is None:
            raise NotFound(_("There is no comment %d.") % comment)
        if version is not None and row["version"] != version:
            raise Stale(_("Somebody changed this comment meanwhile. Look at it again, then decide."))
        return row

    def _end_wishes(self, comment: int) -> None:
        self._run("UPDATE comments SET tell = 0 WHERE id = :comment", comment=comment)
        for statement in END:
            self._run(statement, subscription=None, comment=comment)

    def _clear_outbox(self, comment: int) -> None:
        # A letter that was only about this comment has nothing left to say.
        self._run(
            """DELETE FROM letters WHERE sent IS NULL
                AND id IN (SELECT letter FROM letter_comments WHERE comment = :comment)
                AND (SELECT count(*) FROM letter_comments l WHERE l.letter = letters.id) = 1""",
            comment=comment,
        )
        self._run("DELETE FROM letter_comments WHERE comment = :comment", comment=comment)


def _former(old: State, new: State) -> State | None:
    """What ``restore`` goes back to. Out of the trash nothing leads back in."""
    return old if new in ("spam", "trash") and old != "trash" else None

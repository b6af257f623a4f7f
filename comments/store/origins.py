"""Where imported comments came from: so that a second import adds nothing, and nothing erased comes back."""

from comments.model import NewComment
from comments.store.engine import Engine, writing


class OriginVerbs(Engine):
    """See ``base.Store`` for the promises."""

    def has_origin(self, source: str, key: str) -> bool:
        return self._row("SELECT 1 FROM origins WHERE source = :source AND key = :key", source=source, key=key) is not None

    def find_by_origin(self, source: str, key: str) -> int | None:
        return self._value(
            """SELECT comments.id FROM origins JOIN comments ON comments.id = origins.comment
            WHERE origins.source = :source AND origins.key = :key""",
            source=source,
            key=key,
        )

    @writing
    def import_comment(self, comment: NewComment, source: str, key: str, number: int | None = None) -> int:
        wanted = number if number and self._is_free(number) else None
        if wanted is None:
            given = self.add_comment(comment)  # type: ignore[attr-defined]  # a verb of the store this is part of
        else:
            given = self._add_with_number(comment, wanted)
        self._run(
            "INSERT INTO origins (source, key, comment) VALUES (:source, :key, :comment)",
            source=source,
            key=key,
            comment=given,
        )
        return int(given)

    def _is_free(self, number: int) -> bool:
        """Never given before: above all that visitors were given, and not that of another import, even an erased one."""
        if number >= 1 << 53:
            return False
        floor = self._value("SELECT max(floor) FROM import_floor")
        if floor is None:
            floor = self._value("SELECT seq FROM sqlite_sequence WHERE name = 'comments'") or 0
            self._run("INSERT INTO import_floor (floor) VALUES (:floor)", floor=floor)
        used = self._row(
            """SELECT 1 WHERE EXISTS (SELECT 1 FROM comments WHERE id = :number)
            OR EXISTS (SELECT 1 FROM origins WHERE comment = :number)
            OR EXISTS (SELECT 1 FROM audit WHERE comment = :number)""",
            number=number,
        )
        return number > int(floor) and used is None

    def _add_with_number(self, comment: NewComment, number: int) -> int:
        """The next number is this one; afterwards they go on above the highest."""
        last = self._value("SELECT seq FROM sqlite_sequence WHERE name = 'comments'") or 0
        self._run("DELETE FROM sqlite_sequence WHERE name = 'comments'")
        self._run("INSERT INTO sqlite_sequence (name, seq) VALUES ('comments', :seq)", seq=number - 1)
        given = int(self.add_comment(comment))  # type: ignore[attr-defined]  # as above
        highest = max(last, given)
        self._run("UPDATE sqlite_sequence SET seq = :seq WHERE name = 'comments'", seq=highest)
        return given



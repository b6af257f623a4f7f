"""Where imported comments came from: so that a second import adds nothing, and nothing erased comes back."""

from dataclasses import replace

from comments.model import NewComment
from comments.store.comments import CommentVerbs
from comments.store.engine import writing

FLOOR = "INSERT INTO import_floor (floor) SELECT :floor WHERE NOT EXISTS (SELECT 1 FROM import_floor)"


class OriginVerbs(CommentVerbs):
    """See ``base.Store`` for the promises."""

    def has_origin(self, source: str, key: str) -> bool:
        return (
            self._row("SELECT 1 FROM origins WHERE source = :source AND key = :key", source=source, key=key) is not None
        )

    def find_by_origin(self, source: str, key: str) -> int | None:
        row = self._row(
            """SELECT comments.id FROM origins JOIN comments ON comments.id = origins.comment
            WHERE origins.source = :source AND origins.key = :key""",
            source=source,
            key=key,
        )
        return int(row["id"]) if row else None

    @writing
    def import_comment(self, comment: NewComment, source: str, key: str) -> int:
        free = comment.number is not None and self._is_free(comment.number)
        given = self.add_comment(comment if free else replace(comment, number=None))
        self._run(
            "INSERT INTO origins (source, key, comment, number) VALUES (:source, :key, :comment, :number)",
            source=source,
            key=key,
            comment=given,
            number=_former(comment.number, given),
        )
        return given

    def get_own_numbers(self) -> int:
        return int(
            self._value(
                """SELECT coalesce((SELECT max(floor) FROM import_floor),
                (SELECT max(seq) FROM sqlite_sequence WHERE name = 'comments'), 0)"""
            )
        )

    def _is_free(self, number: int) -> bool:
        """Never given before: above all that visitors were given, and of no other import, even if erased."""
        if number >= 1 << 53:
            return False
        floor = self.get_own_numbers()
        self._run(FLOOR, floor=floor)
        used = self._row(
            """SELECT 1 WHERE EXISTS (SELECT 1 FROM comments WHERE id = :number)
            OR EXISTS (SELECT 1 FROM origins WHERE comment = :number)
            OR EXISTS (SELECT 1 FROM audit WHERE comment = :number)""",
            number=number,
        )
        return number > floor and used is None


def _former(number: int | None, given: int) -> int | None:
    """The number a comment had before, as far as a page can hold an anchor of it."""
    return number if number is not None and number != given and 0 < number < 1 << 53 else None

"""What the filter learned: how often each word, as a keyed hash, stood in good comments and in spam."""

import json
from collections.abc import Collection

from comments.store.engine import Engine, writing

# So many words are kept; of more, those seen least are forgotten, down to the second number.
TOKENS_MOST, TOKENS_LEFT = 20_000, 18_000

COUNT = """INSERT INTO tokens (token, ham, spam) SELECT value, 1 - :spam, :spam FROM json_each(:tokens) WHERE TRUE
    ON CONFLICT (token) DO UPDATE SET ham = ham + excluded.ham, spam = spam + excluded.spam"""

# A word that was forgotten meanwhile stays so.
DISCOUNT = """UPDATE tokens SET ham = max(0, ham - 1 + :spam), spam = max(0, spam - :spam)
    WHERE token IN (SELECT value FROM json_each(:tokens))"""

FORGET = """DELETE FROM tokens WHERE ham = 0 AND spam = 0 AND token IN (SELECT value FROM json_each(:tokens))"""

FIGURES = """UPDATE guard SET ham = ham + :step * (1 - :spam), spam = spam + :step * :spam,
    ham_tokens = ham_tokens + :size * (1 - :spam), spam_tokens = spam_tokens + :size * :spam,
    alarms = alarms + :step * :caught * (1 - :spam), caught = caught + :step * :caught * :spam"""


class LearningVerbs(Engine):
    """See ``base.Store`` for the promises."""

    @writing
    def learn(self, comment: int, *, spam: bool, tokens: Collection[bytes], caught: bool = False) -> None:
        self.unlearn(comment)
        packed = json.dumps(sorted(token.hex() for token in tokens))
        self._run(
            "INSERT INTO learned (comment, spam, caught, tokens) VALUES (:comment, :spam, :caught, :tokens)",
            comment=comment,
            spam=int(spam),
            caught=int(caught),
            tokens=packed,
        )
        self._run(COUNT, spam=int(spam), tokens=packed)
        self._run(FIGURES, step=1, size=len(tokens), spam=int(spam), caught=int(caught))
        self._bound()

    @writing
    def unlearn(self, comment: int) -> None:
        found = self._run("DELETE FROM learned WHERE comment = :comment RETURNING *", comment=comment)
        for row in found:
            size = len(json.loads(row["tokens"]))
            self._run(DISCOUNT, spam=row["spam"], tokens=row["tokens"])
            self._run(FORGET, tokens=row["tokens"])
            self._run(FIGURES, step=-1, size=-size, spam=row["spam"], caught=row["caught"])

    @writing
    def unlearn_all(self) -> None:
        self._run("DELETE FROM learned")
        self._run("DELETE FROM tokens")
        self._run("UPDATE guard SET ham = 0, spam = 0, ham_tokens = 0, spam_tokens = 0, caught = 0, alarms = 0")

    def is_learned(self, comment: int) -> bool | None:
        row = self._row("SELECT spam FROM learned WHERE comment = :comment", comment=comment)
        return bool(row["spam"]) if row else None

    @writing
    def keep_learned(self, comment: int) -> None:
        self._run("DELETE FROM learned WHERE comment = :comment", comment=comment)

    def count_tokens(self, tokens: Collection[bytes]) -> dict[bytes, tuple[int, int]]:
        found = self._rows(
            "SELECT token, ham, spam FROM tokens WHERE token IN (SELECT value FROM json_each(:tokens))",
            tokens=json.dumps([token.hex() for token in tokens]),
        )
        return {bytes.fromhex(row["token"]): (row["ham"], row["spam"]) for row in found}

    def _bound(self) -> None:
        if self._value("SELECT count(*) FROM tokens") <= TOKENS_MOST:
            return
        self._run(
            """DELETE FROM tokens WHERE token IN
                (SELECT token FROM tokens ORDER BY ham + spam DESC, token LIMIT -1 OFFSET :left)""",
            left=TOKENS_LEFT,
        )

"""Exports of comments damaged anywhere: they are read, or a sentence says why not."""

import random
from pathlib import Path

import pytest

from migrate.problems import Unusable
from migrate.sources.kinds import kind_of
from tests.migration.conftest import Desk
from tests.migration.old_talk import bring, disqus, isso, post, remark42, row, said, thread

pytestmark = pytest.mark.long
ROUNDS = 100


def sound(folder: Path) -> list[Path]:
    """One export of every kind."""
    posts = [post(number, parent=number - 1 if number % 3 else 0) for number in range(1, 20)]
    rows = [row(number, parent=number - 1 or None) for number in range(1, 20)]
    lines = [said(str(number), pid=str(number - 1)) for number in range(1, 20)]
    return [
        disqus(folder / "a.xml", thread(1), *posts),
        disqus(folder / "b.xml.gz", thread(1), *posts),
        isso(folder / "c.db", *rows),
        isso(folder / "d.db", *rows, version=0),
        remark42(folder / "e.json", *lines),
        remark42(folder / "f.gz", *lines),
    ]


def damaged(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data))
    to = min(len(data), at + chance.choice((1, 1, 4, 100)))
    piece = bytes(chance.randrange(256) for _ in range(to - at))
    return chance.choice((data[:at], data[:at] + data[to:], data[:at] + piece + data[to:], data[:to] + data[at:]))


def counted(desk: Desk, path: Path) -> str:
    """What is said of a file; empty when it was read, and its numbers add up."""
    try:
        if kind_of([path]) is None:
            return path.name  # nobody knows it any more: it goes the way of WordPress's exports
        told = bring(desk, path)
    except Unusable as error:
        return str(error)
    assert sum(sum(kind.values()) for kind in told.ledger.counts().values()) == len(told.ledger.entries)
    return ""


def test_whatever_is_wrong_with_a_file_it_is_read_or_a_sentence_says_why_not(small_desk: Desk, tmp_path: Path) -> None:
    chance = random.Random(42)
    path = tmp_path / "damaged"
    heard: list[str] = []
    for original in sound(tmp_path):
        data = original.read_bytes()
        for _ in range(ROUNDS):
            path.write_bytes(damaged(data, chance))
            heard.append(counted(small_desk, path))
    assert all("damaged" in sentence for sentence in heard if sentence)
    assert heard.count("") > ROUNDS

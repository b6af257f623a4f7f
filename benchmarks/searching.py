"""Searching 10,000 articles: a page of results beside the bare FTS5 query that it needs, and keeping the index."""

import itertools
import json
import os
import random
import sqlite3
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path

from benchmarks.timing import median
from comments.search import asking
from comments.search.find import find
from comments.search.model import Question
from publication.search import index
from publication.search.rows import Row

ARTICLES, WORDS, VOCABULARY = 10_000, 800, 40_000
TOPICS = [f"topic-{number}" for number in range(24)]
LANGUAGES = ("en", "fr")
ROUNDS = 3
EDITS = 2 * index.SWEEP_AFTER - 1  # one of them sweeps
FLOOR = "SELECT rowid FROM found_{} WHERE found_{} MATCH ? ORDER BY rank LIMIT 20"
# The most memory a process had, which Linux alone tells.
MEMORY = r"""
import json, re, sys
from pathlib import Path
from comments.search.find import find
from comments.search.model import Question
def most():
    return int(re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())[1])
find(Path(sys.argv[1]), Question("nothing of the kind"))
before = most()
for question in json.load(sys.stdin):
    find(Path(sys.argv[1]), Question(**question))
print((most() - before) / 1024)
"""


def measure(folder: Path) -> Iterator[str]:
    """Lines with milliseconds and ratios, the memory of a query, and what one changed article costs."""
    source = random.Random(3)
    vocabulary = {language: words(language) for language in LANGUAGES}
    rows = [row(number, vocabulary, source) for number in range(ARTICLES)]
    topics = [(key, key, place) for place, key in enumerate(TOPICS)]
    path = folder / "search.db"
    index.build(path, rows, topics)
    asked = list(questions(vocabulary, source))
    yield from asking_it(path, asked)
    yield from keeping_it(path, rows, topics)


def asking_it(path: Path, asked: Sequence[Question]) -> Iterator[str]:
    times = sorted(median(partial(find, path, question), ROUNDS) for question in asked)
    with closing(sqlite3.connect(path)) as database:
        floor = sorted(median(partial(bare, database, question), ROUNDS) for question in asked)
    start = time.process_time()
    for question in asked:
        find(path, question)
    busy = (time.process_time() - start) * 1000 / len(asked)
    quick = sum(taken < 30 for taken in times)
    yield f"{len(times)} queries: {quick} under 30 ms; median {times[50]:.1f} ms, 95th {times[94]:.1f} ms"
    yield f"processor time of one: {busy:.1f} ms on average, whatever else the machine does"
    ratio = sum(times) / sum(floor)
    yield f"bare FTS5: median {floor[50]:.1f} ms, 95th {floor[94]:.1f} ms; ratio of the sums {ratio:.1f}"
    text = json.dumps([{"words": each.words, "kind": each.kind, "topic": each.topic} for each in asked])
    command = [sys.executable, "-c", MEMORY, str(path)]
    grown = subprocess.run(command, input=text, capture_output=True, text=True, check=True, env={**os.environ}).stdout
    yield f"all of them take {float(grown):.1f} MB of memory; the index has {path.stat().st_size / 2**20:.0f} MB"


def bare(database: sqlite3.Connection, question: Question) -> None:
    for language in LANGUAGES:
        match = " ".join(f'"{word}"' for word in asking.typed(question.words))
        database.execute(FLOOR.format(language, language), (match,)).fetchall()


def keeping_it(path: Path, rows: list[Row], topics: index.Topics) -> Iterator[str]:
    """An edit, each time of another article."""
    taken, looking = [], []
    for number in range(EDITS):
        rows[number * 7] = replace(rows[number * 7], body=f"{rows[number * 7].body} And one more sentence {number}.")
        start = time.perf_counter()
        changes = index.compare(path, rows, topics)
        looking.append(time.perf_counter() - start)
        start = time.perf_counter()
        index.apply(path, changes)
        taken.append(time.perf_counter() - start)
    start = time.perf_counter()
    index.apply(path, index.Changes((), (rows[1].key,), None))
    hidden = time.perf_counter() - start
    floor = median(lambda: bare_edit(path.with_name("floor.db"), rows[0]), ROUNDS)
    ours = statistics.median(taken) * 1000
    yield (
        f"one changed article: {ours:.1f} ms (slowest {max(taken) * 1000:.1f}); one row into bare FTS5 {floor:.1f} ms, "
        f"ratio {ours / floor:.1f}"
    )
    yield f"finding it among {len(rows)}: {statistics.median(looking) * 1000:.0f} ms"
    yield f"one article hidden, without a trace: {hidden * 1000:.0f} ms"


def bare_edit(path: Path, text: Row) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        database.execute("CREATE VIRTUAL TABLE IF NOT EXISTS found USING fts5(title, names, summary, body)")
        database.execute("BEGIN")
        database.execute("DELETE FROM found WHERE rowid = 1")
        database.execute("INSERT INTO found (rowid, title, names, summary, body) VALUES (1, ?, ?, ?, ?)", text.columns)
        database.execute("COMMIT")


# -- an invented publication -------------------------------------------------------------------------------------


def words(language: str) -> list[str]:
    """Words that can be pronounced, the most frequent first; accents in one of the languages."""
    source = random.Random(language)
    vowels = "aeiou" if language == "en" else "aéeiouèô"
    starts = [*"bcdfghlmnprst", "st", "tr", "w", ""]
    parts = [f"{a}{b}{c}" for a in starts for b in vowels for c in ("", "n", "r", "s", "l", "t")]
    found: dict[str, None] = {}
    while len(found) < VOCABULARY:
        word = "".join(source.choices(parts, k=source.choice((1, 2, 2, 3, 3, 3, 4))))
        if 2 <= len(word) <= 16:
            found[word] = None
    return sorted(list(found)[:200], key=len) + list(found)[200:]


# Zipf: the n-th word occurs 1/n times as often as the first.
WEIGHTS = list(itertools.accumulate(1 / (place + 2.7) for place in range(VOCABULARY)))


def row(number: int, vocabulary: dict[str, list[str]], source: random.Random) -> Row:
    language = LANGUAGES[number % 2]

    def text(length: int) -> str:
        return " ".join(source.choices(vocabulary[language], cum_weights=WEIGHTS, k=length))

    topics = tuple(sorted(source.sample(TOPICS, 2)))
    names = f"Author {number % 40} · {' · '.join(topics)}"
    title, summary, body = text(7).capitalize(), text(25), "\n\n".join(text(WORDS // 8) for _ in range(8))
    return Row(f"article {number}", "article", language, f"/2026/{number}/", title, names, summary, body, topics)


def questions(vocabulary: dict[str, list[str]], source: random.Random) -> Iterator[Question]:
    """A hundred: common and rare words, two and three of them, beginnings, misspelt ones, with filters."""
    for number in range(10):
        known = vocabulary[LANGUAGES[number % 2]]
        common, usual = source.choice(known[:40]), source.choice(known[40:1000])
        rare, longer = source.choice(known[5000:]), source.choice([word for word in known[1000:9000] if len(word) > 6])
        yield Question(common)
        yield Question(f"{usual} ")
        yield Question(rare)
        yield Question(f"{common} {usual}")
        yield Question(f"{usual} {source.choice(known[40:1000])}")
        yield Question(f"{common} {usual} {source.choice(known[:300])}")
        yield Question(longer[: 2 + number % 4])
        yield Question(longer[:2] + longer[3] + longer[2] + longer[4:])
        yield Question(usual, topic=source.choice(TOPICS), first=LANGUAGES[number % 2])
        yield Question(common, kind="article", page=1 + number)

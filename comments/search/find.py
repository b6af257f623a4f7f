"""Answers a question: which texts, how many of each sort, and what was perhaps meant."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from pathlib import Path

from comments.search import asking
from comments.search.index import END, START, Group, Index, Shown, opened
from comments.search.model import KINDS, Choice, Found, Hit, Piece, Question
from comments.search.suggest import suggest

Groups = dict[str, list[Group]]
_MARKS = re.compile(f"[{START}{END}]")


def find(path: Path, question: Question) -> Found:
    """The page of the best texts that hold all words of the question. Any text is a fair question.

    :raise StoreProblem: the index is missing, damaged or of another version.
    """
    with opened(path) as index:
        question = _understood(index, question)
        words = asking.typed(question.words)
        if not words:
            return Found(replace(question, page=1), 0, 0, (), (), (), ())
        begun = asking.is_begun(question.words)
        matches = {language: asking.expression(words, language, begun=begun) for language in _order(index, question)}
        groups = {language: index.groups(language, match) for language, match in matches.items()}
        found = _counted(index, question, groups)
        suggestion = "" if found.everything else suggest(index, words, list(matches), begun=begun)
        return replace(found, hits=tuple(_hits(index, found, matches, groups)), suggestion=suggestion)


def _understood(index: Index, question: Question) -> Question:
    return replace(
        question,
        kind=question.kind if question.kind in KINDS else "",
        topic=question.topic if question.topic in index.topics else "",
        language=question.language if question.language in index.languages else "",
        first=question.first if question.first in index.languages else "",
    )


def _order(index: Index, question: Question) -> list[str]:
    """The languages, the one whose texts come first before the others."""
    return sorted(index.languages, key=lambda code: code != (question.language or question.first))


def _counted(index: Index, question: Question, groups: Groups) -> Found:
    """The answer without its hits."""
    found = Found(
        question=question,
        total=_count(_through(groups, question)),
        everything=_count(_through(groups, Question(question.words))),
        hits=(),
        kinds=tuple(_kinds(_through(groups, replace(question, kind="")))),
        topics=tuple(_topics(index, _through(groups, replace(question, topic="")))),
        languages=tuple(_languages(index, groups, question)),
    )
    return replace(found, question=replace(question, page=max(1, min(question.page, found.pages))))


def _through(groups: Groups, question: Question) -> Groups:
    """What gets through the question's filters. Authors, who are in every language, come with the first alone."""
    through: Groups = {}
    for language in [question.language] if question.language else groups:
        passed = [group for group in groups[language] if _passes(group, question)]
        through[language] = [group for group in passed if group.kind != "author"] if through else passed
    return through


def _passes(group: Group, question: Question) -> bool:
    return question.kind in ("", group.kind) and (not question.topic or question.topic in group.topics)


def _count(groups: Groups) -> int:
    return sum(group.count for found in groups.values() for group in found)


def _kinds(groups: Groups) -> Iterator[Choice]:
    counts = Counter[str]()
    for group in chain(*groups.values()):
        counts[group.kind] += group.count
    return (Choice(kind, kind, counts[kind]) for kind in KINDS if counts[kind])


def _topics(index: Index, groups: Groups) -> list[Choice]:
    counts = Counter[str]()
    for group in chain(*groups.values()):
        counts.update(dict.fromkeys(group.topics, group.count))
    found = (Choice(key, name, counts[key]) for key, name in index.topics.items() if counts[key])
    return sorted(found, key=lambda choice: -choice.count)


def _languages(index: Index, groups: Groups, question: Question) -> Iterator[Choice]:
    for code, name in index.languages.items():
        if count := _count(_through(groups, replace(question, language=code))):
            yield Choice(code, name, count)


def _hits(index: Index, found: Found, matches: dict[str, str], groups: Groups) -> Iterator[Hit]:
    """The page, taken from the first language as far as that goes, then from the next."""
    wanted = found.question.size
    skip = (found.question.page - 1) * wanted
    for language, through in _through(groups, found.question).items():
        count = sum(group.count for group in through)
        if wanted and skip < count:
            numbers = index.ranked(language, matches[language], through, skip=skip, limit=wanted)
            yield from map(_hit, index.shown(language, matches[language], numbers))
            wanted -= len(numbers)
        skip = max(0, skip - count)


def _hit(shown: Shown) -> Hit:
    # Where the title or a name alone matched, the summary says more than the text's beginning.
    extract = shown.body if START in shown.body else shown.summary
    facts = (shown.kind, shown.url, shown.language, shown.byline, shown.year)
    return Hit(*facts, title=tuple(_pieces(shown.title)), extract=tuple(_pieces(extract)))


def _pieces(marked: str) -> Iterator[Piece]:
    return (Piece(run, match=place % 2 == 1) for place, run in enumerate(_MARKS.split(marked)) if run)

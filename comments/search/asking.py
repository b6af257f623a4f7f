"""From what was typed to words, and from words to what the index understands. Any text is fair."""

import re
from collections.abc import Iterator

from comments.search.spelling import LIGATURES, without_accents

MOST_WORDS = 12
LONGEST = 300
SHORTEST_BEGINNING = 2

_RUN = re.compile(r"[^\W_]+(?:['’ʼ][^\W_]+)*")
_LATIN = re.compile(r"[a-zœæ]{3,}")
# What stands before or behind an apostrophe and is no word to look for: l'éthique, qu'il, don't, we'll.
_CLITICS = {*"ldjmnstc", "qu", "lorsqu", "puisqu", "jusqu", "quoiqu", "ll", "re", "ve"}


def typed(text: str) -> list[str]:
    """The words of a query in lower case, each once, without accents and elided articles."""
    text = text[:LONGEST].encode("utf-8", "ignore").decode()  # half a surrogate pair is no sign
    parts = (part for run in _RUN.findall(without_accents(text).lower()) for part in _parts(run))
    return list(dict.fromkeys(parts))[:MOST_WORDS]


def is_begun(text: str) -> bool:
    """Whether the last word may be the beginning of one: nothing stands behind it."""
    return text[:LONGEST][-1:].isalnum()


def expression(words: list[str], language: str, *, begun: bool) -> str:
    """An FTS5 expression for texts that hold all of the words, the last perhaps only ``begun``.

    It holds nothing but quoted words. A word that is there as it was typed counts more than what begins with it.
    """
    parts = []
    for place, word in enumerate(words, 1):
        forms = [f'"{form}"' for form in forms_of(word, language)]
        if begun and place == len(words) and len(word) >= SHORTEST_BEGINNING:
            forms += [f'"{form}"*' for form in _spellings(word)]
        parts.append(f"({' OR '.join(forms)})")
    return " AND ".join(parts)


def forms_of(word: str, language: str) -> list[str]:
    """The word, its plural or singular, each with and without ligature."""
    others = (_french(word) if language == "fr" else _english(word)) if _LATIN.fullmatch(word) else ()
    return list(dict.fromkeys(spelling for form in (word, *others) for spelling in _spellings(form)))


def _english(word: str) -> Iterator[str]:
    if word.endswith("ies") and len(word) > 4:
        yield f"{word[:-3]}y"
    if word.endswith(("ses", "xes", "ches", "shes")):
        yield word[:-2]
    if word.endswith("s"):
        if not word.endswith(("ss", "us", "is")) and len(word) > 3:
            yield word[:-1]
    elif word.endswith("y") and word[-2] not in "aeiou":
        yield f"{word[:-1]}ies"
    else:
        yield f"{word}es" if word.endswith(("x", "ch", "sh")) else f"{word}s"


def _french(word: str) -> Iterator[str]:
    if word.endswith("aux"):
        yield f"{word[:-3]}al"
    if word.endswith(("s", "x")):
        if len(word) > 3 and not word.endswith("ss"):
            yield word[:-1]
    elif word.endswith("al"):
        yield f"{word[:-2]}aux"
    else:
        yield f"{word}x" if word.endswith(("au", "eu")) else f"{word}s"


def _spellings(word: str) -> Iterator[str]:
    yield word
    for two, one in LIGATURES:
        if two in word:
            yield word.replace(two, one)
        if one in word:
            yield word.replace(one, two)


def _parts(run: str) -> list[str]:
    parts = re.split("['’ʼ]", run)
    return [part for part in parts if part not in _CLITICS] or parts if len(parts) > 1 else parts

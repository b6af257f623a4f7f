"""“Did you mean …?”: other words that do find something, where those that were typed find nothing."""

from itertools import islice, product

from comments.search import asking
from comments.search.index import Index
from comments.search.spelling import distance, fold, grams

SHORTEST = 4  # so short a word is like too many others
MOST_UNKNOWN = 3  # where nothing knows so many words, it is another language or no language
CHOICES = 3  # other words that are tried for one that nothing holds
TRIES = 6  # combinations of them


def suggest(index: Index, words: list[str], languages: list[str], *, begun: bool) -> str:
    """What was perhaps meant, or nothing. What is offered finds at least one text of one language."""
    for language in languages:
        choices = _choices(index, words, language, begun=begun)
        for chosen in islice(product(*choices), TRIES):
            other = list(map(fold, chosen))
            if other != words and index.has_any(language, asking.expression(other, language, begun=begun)):
                return " ".join(chosen)
    return ""


def _choices(index: Index, words: list[str], language: str, *, begun: bool) -> list[list[str]]:
    """For each word itself if a text holds it, else the most likely others."""
    known = [
        index.has_any(language, asking.expression([word], language, begun=begun and word == words[-1]))
        for word in words
    ]
    if known.count(False) > MOST_UNKNOWN:
        return [[]]
    return [[word] if is_known else _others(index, word, language) for word, is_known in zip(words, known, strict=True)]


def _others(index: Index, word: str, language: str) -> list[str]:
    """Words that are written nearly like this one, the likeliest first."""
    folded = fold(word)
    if len(folded) < SHORTEST:
        return []
    most = 1 if len(folded) < 6 else 2
    near = []
    # A ligature makes a word one sign shorter than it is folded.
    for form, texts in index.alike(language, grams(folded), len(folded) - most - 1, len(folded) + most):
        other = fold(form)
        away = distance(folded, other, most)
        if away <= most:
            near.append((away, other[:1] != folded[:1], -texts, form))
    return [form for *_, form in sorted(near)[:CHOICES]]

"""How alike two words are, whatever their accents. ``fold`` and ``grams`` do what the build does to what it counts."""

import unicodedata

LIGATURES = (("oe", "œ"), ("ae", "æ"))


def fold(word: str) -> str:
    """Lower case, without accents and ligatures."""
    folded = without_accents(word.lower())
    for two, one in LIGATURES:
        folded = folded.replace(one, two)
    return folded


def without_accents(text: str) -> str:
    """Each sign without the strokes over and under it."""
    signs = (sign for sign in unicodedata.normalize("NFD", text) if not "\u0300" <= sign <= "\u036f")
    return unicodedata.normalize("NFC", "".join(signs))


def grams(folded: str) -> set[str]:
    """Every three signs in a row; the word's beginning counts more than its end, and that more than its middle."""
    padded = f"  {folded} "
    return {padded[start : start + 3] for start in range(len(padded) - 2)}


def distance(one: str, other: str, most: int) -> int:
    """How many signs to add, leave out, change or swap with their neighbour (Damerau, Levenshtein).

    ``most + 1`` stands for anything beyond ``most``.
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, sign in enumerate(one, 1):
        now = [row]
        for column, seen in enumerate(other, 1):
            cost = min(last[column] + 1, now[-1] + 1, last[column - 1] + (sign != seen))
            if row > 1 and column > 1 and sign == other[column - 2] and one[row - 2] == seen:
                cost = min(cost, before[column - 2] + 1)
            now.append(cost)
        if min(*now, *last) > most:
            return most + 1
        before, last = last, now
    return min(last[-1], most + 1)

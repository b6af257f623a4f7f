"""How much a text looks like what was called spam here before: a small multinomial filter. It never deletes."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass

from comments import markup
from comments.checks import content
from comments.manifest import Site
from comments.model import Draft, GuardState, Reason
from comments.words import _

# A text's first so many different words are looked at.
WORDS_MOST = 200
SHORTEST, LONGEST = 3, 30
# Laplace's smoothing with a vocabulary of this size, so that rare words decide nothing alone.
VOCABULARY = 2_000
# Addresses are personal, and so may any number be.
_ADDRESS = re.compile(r"\S+@\S+")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")


@dataclass(frozen=True)
class Filter:
    """The filter's settings, and what it learned by now."""

    needed: int
    hold: float
    spam: float
    state: GuardState

    @property
    def switched_on(self) -> bool:
        return self.needed > 0

    @property
    def ready(self) -> bool:
        """It judges only once it has seen enough of both kinds."""
        return self.switched_on and min(self.state.ham, self.state.spam) >= self.needed


def filter_of(site: Site, state: GuardState) -> Filter:
    """The filter as the site's settings have it."""
    return Filter(site.bayes, site.bayes_hold, site.bayes_spam, state)


def words(draft: Draft, html: str) -> list[str]:
    """The different words that count, in the text's order: small letters, no accents, no address, numbers as one.

    Of links and of the website, the host alone; neither name nor address of the writer.
    """
    text = _ADDRESS.sub(" ", markup.plain(html))
    hosts = [f"link:{host.casefold()}" for host in content.LINKED_HOST.findall(html)]
    if draft.website:
        hosts.append("website")
    found = (_word(match[0]) for match in _WORD.finditer(text))
    return list(dict.fromkeys([*hosts, *filter(None, found)]))[:WORDS_MOST]


def likelihood(counts: Mapping[bytes, tuple[int, int]], state: GuardState) -> float:
    """How likely spam is, from 0 to 1, by the counts of the text's known words in good comments and in spam."""
    ham_size, spam_size = state.ham_tokens + VOCABULARY, state.spam_tokens + VOCABULARY
    # Both kinds count as equally frequent beforehand: what moderators had to do lately says little about this one.
    weight = sum(math.log((spam + 1) / spam_size) - math.log((ham + 1) / ham_size) for ham, spam in counts.values())
    return 1 / (1 + math.exp(-max(-500.0, min(500.0, weight))))


def reason(score: float, settings: Filter) -> Reason | None:
    """Why it is filed or held, or None. ``score`` is rounded down, so that 100 % is never said."""
    if score < settings.hold:
        return None
    percent = math.floor(min(score, 0.999) * 1000) / 10
    key = "bayes-spam" if score >= settings.spam else "bayes"
    return Reason(key, _("Its words are like those of earlier spam ({percent} %).").format(percent=percent))


def _word(word: str) -> str:
    if any(sign.isdigit() for sign in word):
        return "0"
    folded = content.fold(word)
    return folded if SHORTEST <= len(folded) <= LONGEST else ""

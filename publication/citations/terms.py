"""The words a reference list is held together by, in each language, as its style guides have them.

They belong to the style, not to the site: a publication may translate "Copy", but not "pp.".
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Terms:
    """Pairs are for one and for several."""

    joint: str
    comma: bool  # before the last of several names
    no_date: str
    present: str
    day_first: bool
    first_day: str
    months: tuple[str, ...]
    editor: tuple[str, str]
    host: tuple[str, str]
    translator: str
    within: str
    page: tuple[str, str]
    volume: str
    number: str
    version: str
    article: str
    edition: str
    ordinals: tuple[str, str, str, str]  # of 1, 2, 3 and all others
    original: str
    dissertation: str
    media: Mapping[str, str]

    def nth_edition(self, edition: str) -> str:
        """``2`` → ``2nd ed.``; what is no number stays as it was written."""
        if not (edition.isascii() and edition.isdigit()):
            return edition
        number = int(edition)
        plain = number % 100 not in (11, 12, 13) and 1 <= number % 10 <= 3
        ending = self.ordinals[number % 10 - 1] if plain else self.ordinals[3]
        return f"{number}{ending} {self.edition}"


ENGLISH: Final = Terms(
    joint="&",
    comma=True,
    no_date="n.d.",
    present="present",
    day_first=False,
    first_day="1",
    months=(
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
    editor=("Ed.", "Eds."),
    host=("Host", "Hosts"),
    translator="Trans.",
    within="In",
    page=("p.", "pp."),
    volume="Vol.",
    number="No.",
    version="Version",
    article="Article",
    edition="ed.",
    ordinals=("st", "nd", "rd", "th"),
    original="Original work published",
    dissertation="Doctoral dissertation",
    media={
        "website": "Website",
        "video": "Video",
        "podcast": "Audio podcast",
        "episode": "Audio podcast episode",
        "course": "Online course",
        "software": "Computer software",
        "paper": "Paper presentation",
    },
)
FRENCH: Final = Terms(
    joint="et",
    comma=False,
    no_date="s. d.",
    present="présent",
    day_first=True,
    first_day="1er",
    months=(
        *("janvier", "février", "mars", "avril", "mai", "juin"),
        *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
    ),
    editor=("dir.", "dir."),
    host=("animation", "animation"),
    translator="trad.",
    within="Dans",
    page=("p.", "p."),
    volume="vol.",
    number="n°",
    version="version",
    article="article",
    edition="éd.",
    ordinals=("re", "e", "e", "e"),
    original="Ouvrage original publié en",
    dissertation="Thèse de doctorat",
    media={
        "website": "Site Web",
        "video": "Vidéo",
        "podcast": "Balado audio",
        "episode": "Épisode de balado audio",
        "course": "Cours en ligne",
        "software": "Logiciel",
        "paper": "Communication orale",
    },
)
TERMS: Final[Mapping[str, Terms]] = {"en": ENGLISH, "fr": FRENCH}

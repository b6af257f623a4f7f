"""Sentences in the language of whoever reads them: the article's where there is one, else the site's.

The language belongs to the running context, not to the process: two threads answer in two languages at once.
Until somebody says which language to speak, sentences stay as they are written in the code.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from gettext import NullTranslations, translation
from pathlib import Path

DOMAIN = "practice-notes"

_AS_WRITTEN = ("", NullTranslations())
_spoken: ContextVar[tuple[str, NullTranslations]] = ContextVar("spoken", default=_AS_WRITTEN)


@cache
def catalogue(folder: Path, language: str) -> NullTranslations:
    """The theme's catalogue for a language, or for the one it is a variety of; an empty one where there is neither."""
    return translation(DOMAIN, folder, languages=[language.replace("-", "_")], fallback=True)


def speak(language: str, folder: Path) -> None:
    """From here on in this context, sentences are in this language; ``folder`` holds the catalogues."""
    _spoken.set((language, catalogue(folder, language)))


def fall_silent() -> None:
    """No language any more: the context, or the thread it belongs to, goes on to something else."""
    _spoken.set(_AS_WRITTEN)


@contextmanager
def speaking(language: str, folder: Path) -> Iterator[None]:
    """As ``speak``, until the end of the block."""
    former = _spoken.set((language, catalogue(folder, language)))
    try:
        yield
    finally:
        _spoken.reset(former)


def spoken() -> str:
    """The language of this context; empty where nobody has said it."""
    return _spoken.get()[0]


def gettext(message: str) -> str:
    """The sentence in the language of this context."""
    return _spoken.get()[1].gettext(message)


def ngettext(one: str, many: str, count: int) -> str:
    """The sentence for so many, in the language of this context."""
    return _spoken.get()[1].ngettext(one, many, count)


_ = gettext

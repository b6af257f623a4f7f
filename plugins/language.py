"""How a page speaks: its catalogue, and dates and times as its language writes them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date as Day
from datetime import datetime
from functools import cache
from gettext import NullTranslations, translation
from pathlib import Path
from zoneinfo import ZoneInfo

from jinja2 import Environment

DOMAIN = "practice-notes"


def _(message: str) -> str:
    """Marks a message for the catalogues; the language is known only when it is shown."""
    return message


MONTHS = (
    _("January"),
    _("February"),
    _("March"),
    _("April"),
    _("May"),
    _("June"),
    _("July"),
    _("August"),
    _("September"),
    _("October"),
    _("November"),
    _("December"),
)
FIRST = _("1")  # French writes 1er mars
DAY = _("{day} {month} {year}")
MOMENT = _("{day} {month} {year} {hour12}:{minute:02} {half}")


class Voice:
    """The language in which pages are being rendered now.

    Jinja keeps imported macros compiled with the functions they first saw, so the functions stay and only the
    language behind them changes.
    """

    def __init__(self, theme: Path, zone: str, language: str) -> None:
        self.zone = ZoneInfo(zone)
        self.language = language
        self._catalogue = cache(lambda code: _catalogue(theme / "locale", code))

    def speak(self, language: str) -> None:
        """Render in this language from now on."""
        self.language = language

    @contextmanager
    def speaking(self, language: str) -> Iterator[None]:
        """Render in this language for a while."""
        before, self.language = self.language, language
        yield
        self.language = before

    def gettext(self, message: str) -> str:
        """The message in the language of now."""
        return self._catalogue(self.language).gettext(message)

    def ngettext(self, one: str, many: str, number: int) -> str:
        """The message for this number in the language of now."""
        return self._catalogue(self.language).ngettext(one, many, number)

    def install(self, env: Environment) -> None:
        """Give ``env`` translations and the filters for dates and times."""
        env.install_gettext_callables(self.gettext, self.ngettext, newstyle=True)  # type: ignore[attr-defined]  # by jinja2.ext.i18n
        filters: dict[str, Callable[..., str]] = {
            "date": self.date,
            "moment": self.moment,
            "iso": self.iso,
            "minutes": self.minutes,
        }
        env.filters.update(filters)

    def date(self, when: Day) -> str:
        """14 March 2026; 14 mars 2026."""
        return self.gettext(DAY).format(**self._words(self._local(when)))

    def moment(self, when: datetime) -> str:
        """14 March 2026 9:30 am; 14 mars 2026 à 9 h 30."""
        local = when.astimezone(self.zone)
        half = "am" if local.hour < 12 else "pm"
        clock = {"hour": local.hour, "hour12": local.hour % 12 or 12, "minute": local.minute, "half": half}
        return self.gettext(MOMENT).format(**self._words(local), **clock)

    def iso(self, when: Day) -> str:
        """For the ``datetime`` attribute: 2026-03-14T09:30-04:00, or 2026-03-14 for a day."""
        local = self._local(when)
        return local.isoformat(timespec="minutes") if isinstance(local, datetime) else local.isoformat()

    def minutes(self, number: int) -> str:
        """8 minutes."""
        return self.ngettext("%(num)s minute", "%(num)s minutes", number) % {"num": number}

    def _words(self, day: Day) -> dict[str, object]:
        number = self.gettext(FIRST) if day.day == 1 else day.day
        return {"day": number, "month": self.gettext(MONTHS[day.month - 1]), "year": day.year}

    def _local(self, when: Day) -> Day:
        return when.astimezone(self.zone) if isinstance(when, datetime) else when


def _catalogue(folder: Path, language: str) -> NullTranslations:
    return translation(DOMAIN, folder, [language], fallback=True)

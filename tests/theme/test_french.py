"""Every word of the theme exists in French."""

import gettext
import re
from pathlib import Path

import pytest
from jinja2 import Environment

THEME = Path(__file__).parents[2] / "theme"
CATALOGUE = THEME / "locale" / "fr" / "LC_MESSAGES" / "practice-notes.po"
ENVIRONMENT = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True, extensions=["jinja2.ext.i18n"])

PLACE = re.compile(r"%\(\w+\)[sd]|\{\w+\}")


def unquoted(text: str) -> str:
    return text.replace('\\"', '"').replace("\\\\", "\\")


def entries() -> dict[str, str]:
    """Message → translation (of the plural, where there is one), as written in the source of the catalogue."""
    blocks = CATALOGUE.read_text().split("\n\n")[1:]
    found = {}
    for block in blocks:
        lines = dict(re.findall(r'^(msgid|msgstr(?:\[\d\])?) "(.*)"$', block, re.MULTILINE))
        found[unquoted(lines["msgid"])] = unquoted(lines.get("msgstr", lines.get("msgstr[0]", "")))
    return found


def messages(file: Path) -> set[str]:
    """What a template says, first forms only."""
    found = (message for _, _, message in ENVIRONMENT.extract_translations(file.read_text()))
    return {message[0] if isinstance(message, tuple) else message for message in found} - {None}


@pytest.mark.parametrize("file", sorted((THEME / "templates").glob("*.html")), ids=lambda file: file.name)
def test_a_template_says_nothing_that_has_no_french(file: Path) -> None:
    french = entries()

    assert [message for message in messages(file) if not french.get(message)] == []


def test_translations_keep_the_places_of_their_messages() -> None:
    wrong = [one for one, other in entries().items() if not set(PLACE.findall(one)) <= set(PLACE.findall(other))]

    assert wrong in ([], ["{day} {month} {year} {hour12}:{minute:02} {half}"])


def test_the_compiled_catalogue_is_that_of_the_source() -> None:
    with CATALOGUE.with_suffix(".mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)

    assert [
        one for one, other in entries().items() if other not in (compiled.gettext(one), compiled.ngettext(one, one, 1))
    ] == []


def test_messages_are_sorted() -> None:
    listed = list(entries())

    assert listed == sorted(listed)

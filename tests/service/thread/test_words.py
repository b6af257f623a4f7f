"""Every sentence of a thread exists in French."""

from pathlib import Path

import pytest
from jinja2 import Environment

from comments.thread import dates, view
from tests.contracts.tiny_site import THEME

TEMPLATES = sorted(path for path in (THEME / "templates/comments").iterdir() if path.is_file())


def french() -> set[str]:
    catalogue = (THEME / "locale/fr/LC_MESSAGES/practice-notes.po").read_text(encoding="utf-8")
    lines = (line for line in catalogue.splitlines() if line.startswith("msgid "))
    return {line[7:-1].replace('\\"', '"') for line in lines}


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_a_template_of_the_thread_says_nothing_that_has_no_french(template: Path) -> None:
    environment = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True, extensions=["jinja2.ext.i18n"])
    found = environment.extract_translations(template.read_text(encoding="utf-8"))  # type: ignore[attr-defined]

    said = {message[0] if isinstance(message, tuple) else message for _, _, message in found}

    assert said - french() == set()


def test_so_do_dates_and_names() -> None:
    assert {*dates.MONTHS, dates.PATTERN, dates.FIRST, view.ANONYMOUS} <= french()

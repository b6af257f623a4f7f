"""House rules of the templates, read from their source."""

import re
from pathlib import Path

import pytest
from jinja2 import Environment, meta

TEMPLATES = Path(__file__).parents[2] / "theme" / "templates"
OWN = sorted(TEMPLATES.glob("*.html"))
ALL = sorted(TEMPLATES.rglob("*.html"))
PARTIALS = [file for file in ALL if file.name.startswith("_")]

# Given to every template by the environment.
GIVEN = {"_", "gettext", "ngettext", "asset"}

ENVIRONMENT = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True, extensions=["jinja2.ext.i18n"])
ENVIRONMENT.filters |= dict.fromkeys(("date", "moment", "iso", "minutes"), str)

ATTRIBUTE = re.compile(r"<[a-z][^>]*?\s(style|on[a-z]+)\s*=", re.IGNORECASE)
SCRIPT = re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*application/ld\+json)", re.IGNORECASE)
LOADED = re.compile(r"""<(?:script|link|img|iframe|source|video|audio)\b[^>]*?(?:src|href)=["'](?:https?:)?//""")


def name(file: Path) -> str:
    return file.relative_to(TEMPLATES).as_posix()


def first_line(file: Path) -> str:
    return file.read_text().partition("\n")[0]


@pytest.mark.parametrize("file", ALL, ids=name)
def test_no_inline_style_or_script_and_nothing_from_elsewhere(file: Path) -> None:
    source = file.read_text()

    assert not ATTRIBUTE.search(source)
    assert "<style" not in source
    assert not SCRIPT.search(source)
    assert not LOADED.search(source)


@pytest.mark.parametrize("file", ALL, ids=name)
def test_nothing_is_declared_safe_in_a_template(file: Path) -> None:
    source = file.read_text()

    assert not re.search(r"\|\s*safe\b", source)
    assert "autoescape false" not in source


@pytest.mark.parametrize("file", ALL, ids=name)
def test_line_one_says_what_it_is_and_what_it_needs(file: Path) -> None:
    line = first_line(file)

    assert line.startswith("{# ")
    assert line.endswith(" #}")
    assert "ariables" in line


@pytest.mark.parametrize("file", [file for file in PARTIALS if file.parent == TEMPLATES], ids=name)
def test_a_partial_names_every_variable_it_uses(file: Path) -> None:
    source = file.read_text()
    own = set(re.findall(r"{% set (\w+)", source))
    used = meta.find_undeclared_variables(ENVIRONMENT.parse(source)) - GIVEN - own
    named = set(re.findall(r"\w+", first_line(file)))

    assert used <= named


@pytest.mark.parametrize("file", [file for file in PARTIALS if file.parent == TEMPLATES], ids=name)
def test_every_partial_is_used(file: Path) -> None:
    assert any(f'"{name(file)}"' in other.read_text() for other in ALL if other != file)


def test_only_partials_and_the_base_extend_nothing() -> None:
    alone = {file.name for file in OWN if "{% extends" not in file.read_text()}

    assert {each for each in alone if not each.startswith("_")} == {"base.html"}

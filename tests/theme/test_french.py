"""Every word of the theme, and every sentence the service says to visitors, exists in French."""

import ast
import gettext
import re
from pathlib import Path

import pytest
from jinja2 import Environment

ROOT = Path(__file__).parents[2]
THEME = ROOT / "theme"
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


# What visitors can get to read: the checks of what they sent, the answers to it, the pages of the service.
SPEAKERS = [
    "checks/shape.py",
    "checks/pace.py",
    *(
        f"actions/{name}.py"
        for name in ("context", "decide", "from_mail", "mine", "own_data", "proof", "submit", "subscriptions")
    ),
    "tokens.py",
    *(f"web/{path.name}" for path in sorted((ROOT / "comments" / "web").glob("*.py")) if path.name != "login.py"),
]
CALLS = {"_", "gettext", "ngettext"}


def sentences(file: Path) -> set[str]:
    """What a module says, first forms only."""
    calls = (node for node in ast.walk(ast.parse(file.read_text())) if isinstance(node, ast.Call) and node.args)
    named = (call for call in calls if isinstance(call.func, ast.Name) and call.func.id in CALLS)
    return {call.args[0].value for call in named if isinstance(call.args[0], ast.Constant)}


@pytest.mark.parametrize("name", SPEAKERS)
def test_the_service_says_nothing_to_visitors_that_has_no_french(name: str) -> None:
    french = entries()

    assert [said for said in sentences(ROOT / "comments" / name) if not french.get(said)] == []


@pytest.mark.parametrize(
    "file",
    sorted((THEME / "templates").rglob("*.html")),
    ids=lambda file: file.relative_to(THEME / "templates").as_posix(),
)
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

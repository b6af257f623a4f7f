"""The rooms of the house: what may import what. Imports go down only, and siblings leave each other alone."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

# The highest matching prefix decides. A module may import modules of lower levels, and its own room.
LEVELS = {
    "comments.app": 6,
    "comments.__main__": 7,  # the command line starts the app
    "comments.web": 5,
    "comments.cli": 5,
    "comments.actions": 4,
    "comments.runtime": 3,
    "comments.mail.outbox": 3,
    "comments.store": 2,
    "comments.thread": 2,
    "comments.checks": 2,
    "comments.search": 2,
    "comments.mail.letters": 2,
    "comments.manifest": 1,
    "comments.markup": 1,
    "comments.tokens": 1,
    "comments.vault": 1,
    "comments.locks": 1,
    "comments.model": 0,
    "comments.words": 0,
    "comments.errors": 0,
}
OUTSIDE = {
    "plugins": ("plugins", "publication", "comments.manifest"),
    "publication": ("publication",),
    "workshop": ("workshop",),
    "migrate": ("migrate", "publication", "comments.actions", "comments.runtime", "comments.model", "comments.errors"),
}
OURS = ("comments", "publication", "plugins", "workshop", "migrate", "benchmarks")


def modules() -> Iterator[tuple[str, Path]]:
    for room in OURS:
        for path in sorted((ROOT / room).rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            yield ".".join(parts[:-1] if parts[-1] == "__init__" else parts), path


def imports(path: Path) -> Iterator[str]:
    """Every imported module as ``package.module``, names of ``from`` imports included: they may be modules."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield from (f"{node.module}.{name.name}" for name in node.names)


def within(name: str, room: str) -> bool:
    return name == room or name.startswith(room + ".")


def place(name: str) -> tuple[int, str] | None:
    """The level and the room of a module of the service."""
    rooms = [room for room in LEVELS if within(name, room)]
    return (LEVELS[max(rooms, key=len)], max(rooms, key=len)) if rooms else None


ALL = list(modules())


@pytest.mark.parametrize(("name", "path"), [each for each in ALL if each[0].startswith("comments.")], ids=str)
def test_the_service_imports_downwards_only(name: str, path: Path) -> None:
    own = place(name)
    if own is None:
        assert not list(imports(path)), f"{name} has no place in the table, so it may import nothing"
        return

    wrong = []
    for imported in imports(path):
        if within(imported, "comments"):
            other = place(imported)
            if other and other[1] != own[1] and other[0] >= own[0]:
                wrong.append(imported)
        elif imported.split(".")[0] in OURS:
            wrong.append(imported)

    assert not wrong, f"{name} (level {own[0]}) may not import {wrong}"


@pytest.mark.parametrize(("name", "path"), [e for e in ALL if e[0].split(".")[0] in OUTSIDE], ids=str)
def test_the_other_rooms_import_what_the_design_allows(name: str, path: Path) -> None:
    allowed = OUTSIDE[name.split(".")[0]]

    wrong = [i for i in imports(path) if i.split(".")[0] in OURS and not any(within(i, room) for room in allowed)]

    assert not wrong


@pytest.mark.parametrize(("name", "path"), ALL, ids=str)
def test_flask_and_pelican_stay_in_their_rooms(name: str, path: Path) -> None:
    used = {imported.split(".")[0] for imported in imports(path)}

    # The least service is no part of ours: it is measured beside it.
    if used & {"flask", "flask_wtf", "wtforms", "werkzeug"} and name != "benchmarks.least":
        assert (place(name) or (0, ""))[0] >= 5, f"{name} may not know HTTP"
    if "pelican" in used:
        assert within(name, "plugins"), f"{name} may not know Pelican"


def test_the_empty_package_files_import_nothing() -> None:
    assert (ROOT / "comments" / "__init__.py").read_text() == ""

"""The page of all settings, made from where they are read: nothing on it is written twice."""

import ast
import io
import tokenize
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from comments.runtime import SETTINGS, Setting
from comments.runtime.settings import PUBLISH_COMMAND

# Read by the build, from the environment too.
BUILD = (
    Setting("PN_AS_OF", "", "The moment to build the site for, instead of now: 2026-12-01T09:00"),
    Setting("PN_PICTURE_CACHE", "", "Folder of the smaller pictures kept between builds; by default in PN_VAR"),
)
# Names in capitals that set nothing.
NO_SETTINGS = {"HERE"}
LONGEST = 60  # characters of a default that is shown

HEAD = """# Settings

Made by `python -m comments settings --page`; a test compares. What an installation uses, and whether that is a default:
`python -m comments settings`.
"""
ENVIRONMENT = """
## In the environment

Secrets, mail and paths; on a server in `/etc/practice-notes.env`. An empty one counts as not set, except where noted. A
secret can stand in a file: `NAME_FILE=/path`.
"""
PUBLICATION = """
## In `pelicanconf.py`

What pages show, and how comments are taken. It reaches readers and the comment service with the next
`python3 tasks.py publish`. Articles have settings of their own in their front matter: `comments`, `notices`
and `language`.
"""


class Row(NamedTuple):
    """A line of a table."""

    name: str
    default: str
    help: str


def environment() -> tuple[Setting, ...]:
    """Every setting that is read from the environment."""
    return (*SETTINGS, PUBLISH_COMMAND, *BUILD)


def settings_page(conf: Path) -> str:
    """The page in Markdown; ``conf`` is ``pelicanconf.py``."""
    given = [Row(each.name, each.default, _whole(each)) for each in environment()]
    return HEAD + ENVIRONMENT + _table(given) + PUBLICATION + _table(list(read_conf(conf.read_text("utf-8"))))


def read_conf(source: str) -> Iterator[Row]:
    """The settings of a Pelican configuration, each with the comment above or behind it."""
    comments = {
        token.start[0]: (token.string.lstrip("# "), token.line.lstrip().startswith("#"))
        for token in tokenize.generate_tokens(io.StringIO(source).readline)
        if token.type == tokenize.COMMENT
    }
    for node in ast.parse(source).body:
        target = node.targets[0] if isinstance(node, ast.Assign) else getattr(node, "target", None)
        value = node.value if isinstance(node, (ast.Assign, ast.AnnAssign)) else None
        if not isinstance(target, ast.Name) or not target.id.isupper() or value is None or target.id in NO_SETTINGS:
            continue
        yield Row(target.id, _shown(value), _said(comments, node.lineno))
        if target.id == "COMMENTS" and isinstance(value, ast.Dict):
            for key, each in zip(value.keys, value.values, strict=True):
                if isinstance(key, ast.Constant) and isinstance(key.value, str):
                    yield Row(f'COMMENTS["{key.value}"]', _shown(each), _said(comments, key.lineno))


def _said(comments: dict[int, tuple[str, bool]], line: int) -> str:
    behind, alone = comments.get(line, ("", True))
    if not alone:
        return behind
    above: list[str] = []
    while (found := comments.get(line - 1 - len(above))) and found[1]:
        above.insert(0, found[0])
    return " ".join(above)


def _shown(value: ast.expr) -> str:
    text = ast.unparse(value)
    return text if len(text) <= LONGEST and "environ" not in text else "see the file"


def _whole(setting: Setting) -> str:
    return f"{setting.help}. A secret: `{setting.name}_FILE` works too" if setting.secret else setting.help


def _table(rows: Sequence[Row]) -> str:
    lines = ["", "| name | default | what it is |", "|---|---|---|"]
    for row in rows:
        default = f"`{row.default}`" if row.default and row.default != "see the file" else row.default
        lines.append(f"| `{row.name}` | {default} | {_cell(row.help)} |")
    return "\n".join(lines) + "\n"


def _cell(text: str) -> str:
    text = text.replace("|", "\\|")
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "?", "`")) or not text else ".")

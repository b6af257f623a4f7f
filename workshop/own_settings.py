"""``pelicanconf.py`` of the sample publication, made into that of another one."""

import ast
import json
import re
from collections.abc import Callable
from dataclasses import dataclass

SAMPLE_NAME = "Practice Notes"
_PAGES = "about|write-for-us|comment-policy|privacy|accessibility"
_MENU_LINE = re.compile(rf'^ *\{{"title": "[^"]*", "url": "/(?:{_PAGES})/"\}},\n', re.MULTILINE)
_PAGE_OF_RULES = re.compile(rf'("(?:policy|privacy)_path": )"/(?:{_PAGES})/"')
_LINK = re.compile(r"\(id:([\w-]+)\)")
_FRENCH = {
    "HUB_INTRODUCTION": (
        "Des lignes directrices, des outils et des lectures que des praticiens ont utilisés et donneraient à un "
        "collègue. Chaque fiche dit pourquoi."
    ),
    "DISCLAIMER": (
        "Les articles n’engagent que leurs auteurs et ne remplacent ni la supervision, ni un avis juridique, ni des "
        "soins."
    ),
}
_FRENCH_MENU = {"Resources": "Ressources", "Topics": "Sujets", "Authors": "Auteurs", "Feed": "Flux"}


@dataclass(frozen=True)
class Wishes:
    """What somebody wants of their own publication. ``host`` is that of its address; ``year`` is when they had it."""

    name: str
    tagline: str
    host: str
    year: int
    language: str
    zone: str

    @property
    def address(self) -> str:
        """Where readers will find it."""
        return f"https://{self.host}"


def own_settings(sample: str, wishes: Wishes, link_of: Callable[[str], str]) -> str:
    """``sample`` with the wishes in it and without what only the sample's content has.

    ``link_of`` answers where a resource of the sample leads. Whatever else was changed in the file stays.
    """
    text = _MENU_LINE.sub("", sample)
    text = _PAGE_OF_RULES.sub(r'\1""', text)
    text = _LINK.sub(lambda found: f"({link_of(found[1])})", text)
    text = text.replace(SAMPLE_NAME, _quoted(wishes.name)[1:-1])
    values = {
        "SITENAME": wishes.name,
        "SITESUBTITLE": wishes.tagline,
        "TIMEZONE": wishes.zone,
        "DEFAULT_LANG": wishes.language,
        "FEED_AUTHORITY": f"{wishes.host},{wishes.year}",
    }
    if wishes.language == "fr":
        values |= _FRENCH
        for english, french in _FRENCH_MENU.items():
            text = text.replace(f'"title": "{english}"', f'"title": "{french}"')
    for name, value in values.items():
        text = _with_statement(text, name, f"{name} = {_quoted(value)}")
    address = f'SITEURL = os.environ.get("PN_SITE_URL", {_quoted(wishes.address)})'
    text = _with_statement(text, "SITEURL", address)
    return _with_statement(text, "SITE_PICTURE", "SITE_PICTURE: dict[str, str] = {}")


def _with_statement(source: str, name: str, statement: str) -> str:
    """``source`` with ``statement`` where ``name`` gets its value, or at its end."""
    lines = source.split("\n")
    for node in ast.parse(source).body:
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        if any(isinstance(target, ast.Name) and target.id == name for target in targets):
            return "\n".join([*lines[: node.lineno - 1], statement, *lines[node.end_lineno :]])
    return f"{source}{statement}\n"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)

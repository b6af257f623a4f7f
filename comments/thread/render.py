"""Comments become the bytes of a page's regions and of feeds, through the theme's own templates."""

from collections.abc import Iterable, Mapping, Sequence
from gettext import NullTranslations, translation
from pathlib import Path

from jinja2 import DictLoader, Environment

from comments.manifest import Site, Thread, renderer_version
from comments.model import PublicComment
from comments.thread import data
from comments.thread.view import Answered, Shown, show, tree, with_own_anchors

REGIONS = ("count", "thread", "comments-ld")
DOMAIN = "practice-notes"


class Renderer:
    """Renders threads with the theme as it was when this object was made.

    Templates and catalogues are read once: what ``version`` says stays true while the files change.
    """

    def __init__(self, theme: Path) -> None:
        self.version = renderer_version(theme)
        self._sources = _sources(theme / "templates")
        self._languages = {folder.name: _catalogue(theme / "locale", folder.name) for folder in _folders(theme)}
        self._environments: dict[str, Environment] = {}

    def regions(self, site: Site, entry: Thread, comments: Sequence[PublicComment]) -> dict[str, bytes]:
        """The regions of one article's page by name. Without comments they are what the base page holds."""
        translate = self._catalogue(entry.language).gettext

        def show_one(comment: PublicComment, answers: Answered | None) -> Shown:
            return show(comment, site, translate, answers)

        count = sum(not comment.gone for comment in comments)
        shown = tree(with_own_anchors(comments), show_one)
        variables = {"site": site, "thread": entry, "comments": shown, "count": count}
        linked = data.linked(site, entry, comments, shown, translate)
        return {
            "count": self._render("count.html", entry.language, variables),
            "thread": self._render("thread.html", entry.language, variables),
            "comments-ld": self._render("ld.html", entry.language, variables | {"linked": linked}),
        }

    def feed(self, site: Site, entry: Thread, comments: Sequence[PublicComment]) -> bytes | None:
        """One thread's Atom feed; None where there is nothing to read."""
        if entry.policy == "off" or all(comment.gone for comment in comments):
            return None
        return self._feed(site, entry, [(entry, comment) for comment in comments], entry.language)

    def site_feed(self, site: Site, comments: Iterable[tuple[Thread, PublicComment]]) -> bytes:
        """The Atom feed of the whole site's newest comments."""
        return self._feed(site, None, list(comments), site.language)

    def _feed(self, site: Site, thread: Thread | None, comments: list[data.Placed], language: str) -> bytes:
        entries = data.entries(site, comments, self._catalogue(language).gettext)
        # An empty feed must have a date too, and the same one each time.
        updated = max((entry.updated for entry in entries), default="1970-01-01T00:00:00Z")
        name = data.name_of_feed(site, thread)
        variables = {"site": site, "thread": thread, "name": name, "entries": entries, "updated": updated}
        return self._render("feed.xml", language, variables)

    def _render(self, template: str, language: str, variables: Mapping[str, object]) -> bytes:
        text = self._environment(language).get_template(f"comments/{template}").render(variables)
        return text.encode()

    def _catalogue(self, language: str) -> NullTranslations:
        return self._languages.get(language) or self._languages.get(language.split("-")[0]) or NullTranslations()

    def _environment(self, language: str) -> Environment:
        if language not in self._environments:
            self._environments[language] = self._make_environment(self._catalogue(language))
        return self._environments[language]

    def _make_environment(self, catalogue: NullTranslations) -> Environment:
        # The build's environment has the same options: what both render must be the same to the byte.
        environment = Environment(
            loader=DictLoader(self._sources),
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=False,
            extensions=["jinja2.ext.i18n"],
        )
        install = environment.install_gettext_translations  # type: ignore[attr-defined]  # added by the extension
        install(catalogue, newstyle=True)
        return environment


def _sources(templates: Path) -> dict[str, str]:
    files = (file for file in (templates / "comments").rglob("*") if file.suffix in (".html", ".xml"))
    return {file.relative_to(templates).as_posix(): file.read_text(encoding="utf-8") for file in files}


def _folders(theme: Path) -> list[Path]:
    return [folder for folder in sorted((theme / "locale").glob("*")) if folder.is_dir()]


def _catalogue(folder: Path, language: str) -> NullTranslations:
    return translation(DOMAIN, folder, languages=[language], fallback=True)

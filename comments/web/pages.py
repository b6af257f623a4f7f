"""Service pages: the inner HTML of ``<main>`` from the theme's templates, worn by the release's empty page in
the same language, ``shell.html`` or ``shell.fr.html``.
"""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from gettext import NullTranslations
from pathlib import Path

from flask import Response
from jinja2 import Environment, FileSystemLoader, pass_context
from jinja2.runtime import Context
from markupsafe import escape

from comments import words
from comments.errors import Misconfigured
from comments.manifest import SHELL, SHELLS, Manifest, Site
from comments.thread import dates
from comments.thread.splice import MarkerError, splice

# Worn where no release is there to be asked, so that even then an answer is a page.
BARE = b"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<!--title:shell--><!--/title:shell-->
</head>
<body>
<main id="main">
<!--main:shell--><!--/main:shell-->
</main>
</body>
</html>
"""


class Pages:
    """Renders ``theme/templates/comments/pages/NAME.html``. Each gets ``site`` and what the view gives."""

    def __init__(self, theme: Path, var: Path, manifest: Callable[[], Manifest], *, reload: bool = False) -> None:
        """``reload``: templates that change while the service runs are read again."""
        self.catalogues = theme / "locale"
        self._templates = theme / "templates"
        self._release = var / "current"
        self._manifest = manifest
        self._reload = reload
        self._environments: dict[str, Environment] = {}

    def page(
        self, template: str, title: str, /, *, language: str = "", status: int = 200, **variables: object
    ) -> Response:
        """The whole page as an answer, in ``language`` (default: the one that is spoken, see ``words``).

        ``title`` is translated; where there is a ``problem`` among the variables it starts with "Error: ".
        """
        site = self.site()
        language = language or words.spoken() or site.language
        translate = self._catalogue(language).gettext
        title = translate(title)
        inner = self.fragment(template, language=language, title=title, **variables)
        if variables.get("problem"):  # what a screen reader says first is that it did not work
            title = translate("Error: {title}").format(title=title)
        shell = self._shell(language)
        if shell is None and language != site.language:
            inner = f'<div class="rows" lang="{escape(language)}">\n{inner}\n</div>'
        regions = {"title": f"<title>{escape(title)} | {escape(site.name)}</title>".encode(), "main": inner.encode()}
        return Response(self._wear(shell, regions), status, mimetype="text/html")

    def fragment(self, name: str, /, *, language: str = "", **variables: object) -> str:
        """The template's HTML alone."""
        site = self.site()
        template = self._environment(language or site.language).get_template(f"comments/pages/{name}.html")
        return template.render(site=site, **variables)

    def _shell(self, language: str) -> bytes | None:
        """The empty page in another language than the site's, where the release has one."""
        if language == self.site().language or language not in SHELLS:
            return None
        with suppress(OSError):
            return (self._release / SHELLS[language]).read_bytes()
        return None

    def _wear(self, shell: bytes | None, regions: dict[str, bytes]) -> bytes:
        try:
            return splice(shell or (self._release / SHELL).read_bytes(), "shell", regions)
        except (OSError, MarkerError):
            return splice(BARE, "shell", regions)

    def site(self) -> Site:
        """The site as the current release has it; a bare one where none was published."""
        try:
            return self._manifest().site
        except Misconfigured:
            return Site(name="Practice Notes", url="", zone="UTC", language="en")

    def _catalogue(self, language: str) -> NullTranslations:
        return words.catalogue(self.catalogues, language)

    def _environment(self, language: str) -> Environment:
        if language not in self._environments:
            self._environments[language] = self._made_environment(language)
        return self._environments[language]

    def _made_environment(self, language: str) -> Environment:
        # The same options as the renderer's: both include the form's template.
        catalogue = self._catalogue(language)
        environment = Environment(
            loader=FileSystemLoader(self._templates),
            autoescape=True,
            auto_reload=self._reload,
            trim_blocks=True,
            lstrip_blocks=True,
            extensions=["jinja2.ext.i18n"],
        )
        install = environment.install_gettext_translations  # type: ignore[attr-defined]  # added by the extension
        install(catalogue, newstyle=True)

        @pass_context
        def moment(context: Context, at: datetime) -> str:
            return dates.moment(at, context["site"].zone, catalogue.gettext)

        @pass_context
        def machine(context: Context, at: datetime) -> str:
            return dates.machine(at, context["site"].zone)

        environment.filters |= {"moment": moment, "machine": machine}
        return environment

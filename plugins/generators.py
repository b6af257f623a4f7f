"""The build: content in, the whole site out, through Pelican's own run."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

from jinja2 import StrictUndefined, TemplateSyntaxError
from pelican import Pelican
from pelican.generators import ArticlesGenerator, Generator, PagesGenerator
from pelican.plugins import signals

from comments import manifest
from plugins import article_sheets, atom, hub, jsonfeed, options, other_sheets, redirects, site, sitemap, threads
from plugins.assets import Assets
from plugins.exports import references
from plugins.failures import BuildStopped, stop_at_template
from plugins.feeds import Feeds
from plugins.gallery import Gallery
from plugins.head import Heads
from plugins.jsonld import Graph
from plugins.language import Voice
from plugins.library import Librarian
from plugins.media import Media
from plugins.reader import Reader
from plugins.sheets import Press, Sheet
from plugins.writer import SiteWriter
from publication import links
from publication.claims import file_of
from publication.health import state as health
from publication.load import Publication, load
from publication.pictures.cache import Cache
from publication.search import index

# What Pelican would do by itself and we do otherwise.
OFF: dict[str, Any] = {
    "ARTICLE_PATHS": [],
    "PAGE_PATHS": [],
    "STATIC_PATHS": [],
    "THEME_STATIC_PATHS": [],
    "DIRECT_TEMPLATES": [],
    "FEED_ALL_ATOM": None,
    "CATEGORY_FEED_ATOM": None,
    "AUTHOR_FEED_ATOM": None,
    "AUTHOR_FEED_RSS": None,
    "TRANSLATION_FEED_ATOM": None,
    "CACHE_CONTENT": False,
    "LOAD_CONTENT_CACHE": False,
}
# Safe and strict whatever the settings say: text is escaped, and a name that a template mistypes is an error.
TEMPLATES: dict[str, Any] = {
    "autoescape": True,
    "trim_blocks": True,
    "lstrip_blocks": True,
    "undefined": StrictUndefined,
    "extensions": ["jinja2.ext.i18n"],
}


class SiteGenerator(Generator):  # type: ignore[misc]  # Pelican carries no types
    """Makes every page and file of the site."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.site_settings = options.settings(self.settings)
        self.comments = options.comment_site(self.site_settings, self.settings)
        self.authority = options.authority(self.settings)
        self.as_of = options.as_of(self.site_settings)
        self.voice: Voice = self.env.voice
        self.assets = Assets(Path(self.theme) / "static")
        self.counted: list[Generator] = []
        self.env.globals["asset"] = self.assets.url
        self.env.globals["site"] = site.describe(self.site_settings, self.settings)

    def generate_context(self) -> None:
        """Read and render all content. Any problem stops the build here, before anything is written."""
        self._compile_templates()
        self.pub = self._load()
        self.media = Media(self.pub.content, self.pub.pictures)
        self.gallery = Gallery(self.media, Cache(self.site_settings.picture_cache))
        gone = health.gone(self.site_settings.links_file)
        reader = Reader(self.voice, partial(links.resolve, self.pub), self.gallery.show, gone)
        self.library = Librarian(self.pub, reader, self.gallery, self.voice.gettext, self.settings).make()

    def _load(self) -> Publication:
        pub = load(Path(self.path), self.site_settings, self.as_of)
        if pub.problems:
            raise BuildStopped.for_problems(pub.problems)
        return pub

    def _compile_templates(self) -> None:
        """Find what cannot be read in a template here: Pelican's own generators would meet it before ours writes."""
        for file in sorted((Path(self.theme) / "templates").glob("*.html")):
            try:
                self.get_template(file.stem)
            except TemplateSyntaxError as error:
                stop_at_template(error, Path(self.theme))

    def generate_output(self, writer: SiteWriter) -> None:
        """Write what changed, and remove what no page makes any more."""
        press = self._press()
        sheets = list(all_sheets(press))
        for sheet in sheets:
            self._render(writer, sheet)
        self.voice.speak(self.site_settings.language)
        for name, data in self._files(press, sheets):
            writer.put(name, data)
        writer.update(manifest.INDEX, partial(index.update, self.pub))
        titles = {sheet.page.url: (sheet.page.title, sheet.page.language) for sheet in sheets}
        redirects.write(writer, self.pub.redirects, self.site_settings.url, titles)
        self.media.copy(writer)
        self.gallery.write(writer)
        self.assets.write(writer)
        writer.finish()
        self._report()

    def _press(self) -> Press:
        settings, conf, picture = self.site_settings, self.settings, self.gallery.of_site(self.site_settings)
        return Press(
            library=self.library,
            heads=Heads(settings, picture, locales=conf.get("OPENGRAPH_LOCALES"), licence=options.licence(conf)),
            graph=Graph(settings, conf.get("SITESUBTITLE", ""), picture, licence=options.licence(conf)),
            maker=Feeds(settings, self.authority, conf["FEED_MAX_ITEMS"]),
            voice=self.voice,
            comments=self.comments,
            as_of=self.as_of,
            conf=conf,
        )

    def _render(self, writer: SiteWriter, sheet: Sheet) -> None:
        self.voice.speak(sheet.page.language)
        try:
            template = self.get_template(sheet.template)
            writer.write_file(sheet.file, template, self.context, page=sheet.page, **sheet.values)
        except Exception as error:  # templates can raise anything
            stop_at_template(error, Path(self.theme))

    def _files(self, press: Press, sheets: list[Sheet]) -> Iterator[tuple[str, bytes]]:
        """Everything that is not a page."""
        url = self.site_settings.url
        for feed in press.feeds:
            yield file_of(feed.path), atom.write(feed, self.site_settings)
            yield file_of(feed.json), jsonfeed.write(feed, self.site_settings)
        yield from sitemap.files(url, [(sheet.page.url, sheet.changed) for sheet in sheets if sheet.listed])
        yield "robots.txt", sitemap.robots(url)
        yield from references(self.pub, press)
        described = replace(self.comments, help_lines=self.library.help_lines)
        told = threads.manifest(self.pub, Path(self.theme), described, self.library.articles)
        yield manifest.FILE, manifest.write(told)
        yield file_of(hub.DATA), hub.data(press, self.get_template("_resource_entry").render)

    def _report(self) -> None:
        """Pelican's closing line counts what its own generators hold; they have done their (empty) work."""
        for generator in self.counted:
            if isinstance(generator, ArticlesGenerator):
                generator.articles = self.library.articles
            elif isinstance(generator, PagesGenerator):
                generator.pages = self.library.pages


def all_sheets(press: Press) -> Iterator[Sheet]:
    """Every page of the site."""
    return chain(article_sheets.sheets(press), other_sheets.sheets(press))


def switch_off(pelican: Pelican) -> None:
    """Leave the content, the theme's files and the feeds to us, and templates safe."""
    pelican.settings.update(OFF, JINJA_ENVIRONMENT=TEMPLATES)


def dress(generator: Generator) -> None:
    """Give a generator's templates their language. Pelican's own compile some of ours, though they render none."""
    settings = options.settings(generator.settings)
    voice = Voice(Path(generator.theme), settings.zone, settings.language)
    voice.install(generator.env)
    generator.env.extend(voice=voice)


def choose(sender: object) -> type[SiteGenerator]:
    """Tell Pelican which generator to run besides its own."""
    return SiteGenerator


def share(generators: list[Generator]) -> None:
    """Let ours know the others, for the closing line."""
    for generator in generators:
        if isinstance(generator, SiteGenerator):
            generator.counted = generators


def prepare() -> None:
    """What any generator of ours needs of Pelican. Receivers are module functions: the signals hold them weakly."""
    signals.initialized.connect(switch_off)
    signals.generator_init.connect(dress)


def register() -> None:
    """Called by Pelican."""
    prepare()
    signals.get_generators.connect(choose)
    signals.all_generators_finalized.connect(share)

"""What the publication needs to know about the site, taken from ``pelicanconf.py``."""

import runpy
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from publication.moments import Duration, read_duration
from publication.places import is_media
from publication.problems import Wrong
from publication.records import Image
from publication.vocabulary import LANGUAGES

# What pages show of the settings, and what may thus name files of content/media.
_SHOWN = ("NOTICES", "HUB_INTRODUCTION", "DISCLAIMER", "NAVIGATION", "FOOTER", "LICENCE", "COMMENTS")


class BadSettings(Exception):
    """``pelicanconf.py`` cannot be used. ``str(error)`` says what to change."""


@dataclass(frozen=True)
class Notice:
    """A standing notice an article can carry. ``text`` is Markdown."""

    key: str
    title: str
    text: str


@dataclass(frozen=True)
class Settings:
    """The site's facts that decide what is valid content and where it stands."""

    name: str = "Practice Notes"
    url: str = "http://localhost:8000"  # scheme and host, no slash at the end
    zone: str = "UTC"
    language: str = "en"
    notices: Mapping[str, Notice] = field(default_factory=dict)
    default_notices: tuple[str, ...] = ()
    fixed_paths: tuple[str, ...] = ()  # further addresses that no text may claim
    close_comments_after: Duration | None = None
    site_picture: Image | None = None  # shown with links to pages that have no picture of their own
    picture_cache: Path | None = None
    texts: tuple[str, ...] = ()  # words and addresses of the settings that pages show: they may name files
    public_files: tuple[str, ...] = ()  # files and folders under media/ that are published though no text uses them
    links: tuple[tuple[str, str], ...] = ()  # name of the setting, address: menus, and pages the comment form names
    links_file: Path | None = None  # what the link check remembers
    links_always_ok: tuple[str, ...] = ()  # hosts whose answers say nothing
    links_exclude: tuple[str, ...] = ()  # hosts, or beginnings of addresses, that are never asked

    @property
    def timezone(self) -> ZoneInfo:
        return ZoneInfo(self.zone)


def from_conf(conf: Mapping[str, Any]) -> Settings:
    """The settings in Pelican's upper case names.

    Read are ``SITENAME SITEURL TIMEZONE DEFAULT_LANG``, ``NOTICES`` (key → ``{"title", "text"}``),
    ``DEFAULT_NOTICES`` (keys), ``FIXED_PATHS``, ``CLOSE_COMMENTS_AFTER`` (such as ``"90 days"``, or empty),
    ``SITE_PICTURE`` (``{"src": "media/…", "alt": "…"}``, or empty) and ``PICTURE_CACHE`` (a folder, or empty),
    ``PUBLIC_FILES`` (paths and folders that begin with ``media/``);
    of links, ``NAVIGATION``, ``FOOTER``, ``LINKS_FILE``, ``LINKS_ALWAYS_OK`` and ``LINKS_EXCLUDE``.

    :raise BadSettings: a value cannot be used.
    """
    notices = {
        key: Notice(key, str(value.get("title", "")), str(value.get("text", "")))
        for key, value in dict(conf.get("NOTICES", {})).items()
    }
    settings = Settings(
        name=str(conf.get("SITENAME") or Settings.name),
        url=str(conf.get("SITEURL") or Settings.url).rstrip("/"),
        zone=str(conf.get("TIMEZONE") or Settings.zone),
        language=str(conf.get("DEFAULT_LANG") or Settings.language),
        notices=notices,
        default_notices=tuple(conf.get("DEFAULT_NOTICES", ())),
        fixed_paths=tuple(conf.get("FIXED_PATHS", ())),
        close_comments_after=_duration(str(conf.get("CLOSE_COMMENTS_AFTER") or "")),
        site_picture=_picture(conf.get("SITE_PICTURE") or {}),
        picture_cache=Path(conf["PICTURE_CACHE"]) if conf.get("PICTURE_CACHE") else None,
        texts=tuple(_strings([conf.get(name) for name in _SHOWN])),
        public_files=_public_files(conf.get("PUBLIC_FILES", ())),
        links=_links(conf),
        links_file=Path(conf["LINKS_FILE"]) if conf.get("LINKS_FILE") else None,
        links_always_ok=tuple(conf.get("LINKS_ALWAYS_OK", ())),
        links_exclude=tuple(conf.get("LINKS_EXCLUDE", ())),
    )
    _verify(settings)
    return settings


def from_file(path: Path) -> Settings:
    """The settings in the Pelican configuration ``path``, which is run as plain data.

    :raise BadSettings: the file is missing or cannot be used.
    """
    if not path.is_file():
        raise BadSettings(f"{path} is missing. Run the command in the folder of the site, or name it with --conf.")
    try:
        return from_conf(runpy.run_path(str(path)))
    except BadSettings:
        raise
    except Exception as error:  # whatever an editor's configuration may raise
        raise BadSettings(f"{path} cannot be run ({type(error).__name__}: {error}). Mend it first.") from error


def _links(conf: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    menus = [(name, str(one.get("url", ""))) for name in ("NAVIGATION", "FOOTER") for one in conf.get(name, ())]
    paths = [(f"COMMENTS {key}", str(path)) for key, path in conf.get("COMMENTS", {}).items() if key.endswith("_path")]
    return tuple((name, url) for name, url in (*menus, *paths) if url)


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, (Mapping, list, tuple)):
        for one in value.values() if isinstance(value, Mapping) else value:
            yield from _strings(one)


def _public_files(given: object) -> tuple[str, ...]:
    names = tuple(given) if isinstance(given, (list, tuple)) else ("",)
    if not all(isinstance(name, str) and is_media(name.rstrip("/")) for name in names):
        example = 'PUBLIC_FILES = ["media/handout.pdf", "media/forms/"]'
        raise BadSettings(f"PUBLIC_FILES is a list of files and folders under media/. Write it as in {example}.")
    return names


def _duration(text: str) -> Duration | None:
    try:
        return read_duration(text) if text else None
    except Wrong as wrong:
        raise BadSettings(f"CLOSE_COMMENTS_AFTER: {wrong.what}. {wrong.cure}") from None


def _picture(given: object) -> Image | None:
    if not given:
        return None
    if not isinstance(given, dict) or set(given) != {"src", "alt"} or not all(map(str.strip, map(str, given.values()))):
        example = 'SITE_PICTURE = {"src": "media/site.png", "alt": "What is to be seen"}'
        raise BadSettings(f"SITE_PICTURE needs a file and its alt text. Write it as in {example}.")
    return Image(str(given["src"]), str(given["alt"]))


def _verify(settings: Settings) -> None:
    try:
        settings.timezone  # noqa: B018 - looking it up is the test
    except (ZoneInfoNotFoundError, ValueError):
        raise BadSettings(
            f"TIMEZONE {settings.zone!r} is not a time zone. Write one such as America/Toronto."
        ) from None
    if settings.language not in LANGUAGES:
        raise BadSettings(f"DEFAULT_LANG {settings.language!r} is unknown. Write one of {', '.join(LANGUAGES)}.")
    unknown = [key for key in settings.default_notices if key not in settings.notices]
    if unknown:
        raise BadSettings(f"DEFAULT_NOTICES names {unknown[0]!r}, which is not in NOTICES. Add it there.")

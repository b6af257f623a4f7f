"""The template variable ``site``, from the settings."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from publication.settings import Settings


@dataclass(frozen=True)
class Site:
    """What every page may say about the site. ``nav`` and ``footer`` are links with ``title`` and ``url``."""

    name: str
    tagline: str
    url: str
    zone: str
    language: str
    nav: list[dict[str, str]]
    footer: list[dict[str, str]]
    disclaimer: str


def describe(settings: Settings, conf: Mapping[str, Any]) -> Site:
    """The site of these settings."""
    return Site(
        name=settings.name,
        tagline=conf.get("SITESUBTITLE", ""),
        url=settings.url,
        zone=settings.zone,
        language=settings.language,
        nav=conf.get("NAVIGATION", []),
        footer=conf.get("FOOTER", []),
        disclaimer=conf.get("DISCLAIMER", ""),
    )

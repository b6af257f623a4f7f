"""What a build is told: settings, moment, how replies are taken. Anything unusable stops it with a sentence."""

import os
import re
from collections.abc import Mapping
from dataclasses import fields
from datetime import UTC, datetime
from typing import Any

from comments.manifest import Site as CommentSite
from plugins import threads
from plugins.failures import BuildStopped
from publication.moments import read_moment
from publication.places import is_web_address
from publication.problems import Wrong, choose_from, quoted
from publication.settings import BadSettings, Settings, from_conf

# RFC 4151: a host or an address of mail, and a date.
_AUTHORITY = re.compile(r"(?:[A-Za-z0-9._-]+@)?[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?,\d{4}(?:-\d\d){0,2}")

HOLDS = ("first", "all", "none", "closed")
# What COMMENTS may say; the rest of the service's view of the site are facts of the site.
OPTIONS = {field.name for field in fields(CommentSite)} - {
    "name",
    "url",
    "zone",
    "language",
    "authority",
    "help_lines",
}


def settings(conf: Mapping[str, Any]) -> Settings:
    """The site's facts."""
    try:
        return from_conf(conf)
    except BadSettings as error:
        raise BuildStopped([str(error)]) from None


def preview() -> tuple[str, datetime]:
    """Which text a preview shows, by id or file, and until when: ``PN_PREVIEW`` and ``PN_PREVIEW_UNTIL``."""
    name, until = os.environ.get("PN_PREVIEW", ""), os.environ.get("PN_PREVIEW_UNTIL", "")
    try:
        moment = datetime.fromisoformat(until)
    except ValueError:
        moment = None
    if not name or moment is None or moment.tzinfo is None:
        raise BuildStopped(["A preview is made by python3 tasks.py preview FILE."])
    return name, moment


def as_of(site: Settings) -> datetime:
    """The moment of the build: now, or what ``PN_AS_OF`` says."""
    given = os.environ.get("PN_AS_OF", "")
    try:
        return read_moment(given, site.timezone) if given else datetime.now(UTC)
    except Wrong as wrong:
        raise BuildStopped([f"PN_AS_OF: {wrong.what}. {wrong.cure}"]) from None


def authority(conf: Mapping[str, Any]) -> str:
    """The name and year in the ids of feeds."""
    cure = 'Write the name of the site and a year, such as FEED_AUTHORITY = "notes.example.org,2026", and keep it.'
    if not conf.get("FEED_AUTHORITY"):
        raise BuildStopped([f"FEED_AUTHORITY is missing in the settings. {cure}"])
    given = str(conf["FEED_AUTHORITY"])
    if not _AUTHORITY.fullmatch(given):
        raise BuildStopped([f"FEED_AUTHORITY {quoted(given)} is no name with a year. {cure}"])
    return given


def licence(conf: Mapping[str, Any]) -> str:
    """The address of the terms under which articles may be passed on; empty where nothing is said."""
    given = str(conf.get("LICENCE") or "")
    if given and not is_web_address(given):
        cure = 'Write the whole address: LICENCE = "https://creativecommons.org/licenses/by/4.0/".'
        raise BuildStopped([f"LICENCE {quoted(given)} in the settings is not a web address. {cure}"])
    return given


def comment_site(site: Settings, conf: Mapping[str, Any]) -> CommentSite:
    """How replies are taken, for the manifest."""
    given = conf.get("COMMENTS", {})
    for name in given.keys() - OPTIONS:
        raise BuildStopped([f"COMMENTS in the settings has {quoted(name)}. {choose_from(name, OPTIONS)}"])
    if given.get("hold", "first") not in HOLDS:
        raise BuildStopped([f"COMMENTS in the settings: hold is one of {', '.join(HOLDS)}."])
    return threads.site(site, {**given, "authority": authority(conf)})

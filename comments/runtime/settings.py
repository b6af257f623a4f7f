"""What the environment says: paths, mail, proxies, how long things are kept.

What a page shows is set in ``pelicanconf.py``, never here.
"""

import re
import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from comments.errors import Misconfigured
from comments.words import _


class Setting(NamedTuple):
    """A row of SETTINGS. A secret may also be given as the path of a file, in ``NAME_FILE``."""

    name: str
    default: str
    help: str
    secret: bool = False


SETTINGS = (
    Setting("PN_VAR", "var", "Folder of this installation's store, keys and releases"),
    Setting("PN_THEME", "theme", "Folder of the theme"),
    Setting("PN_SITE_URL", "", "Address of the site, where it is not the one the site was built with"),
    Setting("PN_DESK_URL", "", "Address of the desk, where it has a host name of its own (deploy/nginx-desk.conf)"),
    Setting("PN_PROXIES", "0", "Number of proxies in front of the service whose X-Forwarded-For is believed"),
    Setting("PN_SMTP_HOST", "", "Mail server; without one, letters are written to the folder mail in PN_VAR"),
    Setting("PN_SMTP_PORT", "587", "Port of the mail server"),
    Setting("PN_SMTP_SECURITY", "starttls", "Encryption: starttls, tls, or none for a server on this machine"),
    Setting("PN_SMTP_USER", "", "User name at the mail server, if it asks for one"),
    Setting("PN_SMTP_PASSWORD", "", "Password at the mail server", secret=True),
    Setting("PN_SMTP_FROM", "", "Address letters come from; needed with a mail server"),
    Setting("PN_CARE_WORDS", "", "File of the phrases that may be a cry for help; by default the one that comes along"),
    Setting("PN_KEEP_DISCARDED_DAYS", "30", "Days after which comments in spam or bin are deleted for good"),
    Setting("PN_KEEP_ADDRESS_DAYS", "365", "Days after its last use for which a commenter's address is kept"),
    Setting("PN_KEEP_TRACES_DAYS", "7", "Days for which hashed network prefixes and counters are kept"),
    Setting("PN_KEEP_LETTERS_DAYS", "30", "Days for which it is kept that a letter was sent"),
    Setting("PN_KEEP_RELEASES", "5", "Number of releases that are kept, for rollback; at least two"),
)
# An empty one counts here: it says that nothing is to be run.
PUBLISH_COMMAND = Setting(
    "PN_PUBLISH_COMMAND", "", "Run when an article is due to appear or to go; by default this project's own publish"
)
# Longer would be no retention; and no day at all would delete what somebody still wants to undo.
MOST_DAYS = 3650
LEAST_RELEASES, MOST_RELEASES = 2, 1000
SECURITY = ("starttls", "tls", "none")
_HOST = re.compile(r"https?://[^\s/?#@\\]*[^\s/?#@\\:]")


@dataclass(frozen=True)
class Settings:
    """The settings, typed. ``smtp_host`` is empty where letters go to a folder.

    ``publish_command`` is None where nothing was said, empty where nothing is to be run.
    """

    var: Path = Path("var")
    theme: Path = Path("theme")
    site_url: str = ""
    desk_url: str = ""
    proxies: int = 0
    smtp_host: str = ""
    smtp_port: int = 587
    smtp_security: str = "starttls"
    smtp_user: str = ""
    smtp_password: str = ""
    smtp_from: str = ""
    care_words: Path | None = None
    keep_discarded_days: int = 30
    keep_address_days: int = 365
    keep_traces_days: int = 7
    keep_letters_days: int = 30
    keep_releases: int = 5
    publish_command: tuple[str, ...] | None = None

    def __repr__(self) -> str:
        # Never a password in a log or a traceback.
        return f"Settings(var={str(self.var)!r})"


def read_settings(environment: Mapping[str, str]) -> Settings:
    """The settings an environment gives.

    :raise Misconfigured: a value cannot be used; names the setting and says what it must be.
    """
    values = {setting.name: _value(setting, environment) for setting in SETTINGS}
    settings = Settings(
        var=Path(values["PN_VAR"]),
        theme=Path(values["PN_THEME"]),
        site_url=_address("PN_SITE_URL", values),
        desk_url=_address("PN_DESK_URL", values),
        proxies=_number("PN_PROXIES", values["PN_PROXIES"], 10),
        smtp_host=values["PN_SMTP_HOST"],
        smtp_port=_number("PN_SMTP_PORT", values["PN_SMTP_PORT"], 65535),
        smtp_security=values["PN_SMTP_SECURITY"].lower(),
        smtp_user=values["PN_SMTP_USER"],
        smtp_password=values["PN_SMTP_PASSWORD"],
        smtp_from=values["PN_SMTP_FROM"],
        care_words=Path(values["PN_CARE_WORDS"]) if values["PN_CARE_WORDS"] else None,
        keep_discarded_days=_days("PN_KEEP_DISCARDED_DAYS", values),
        keep_address_days=_days("PN_KEEP_ADDRESS_DAYS", values),
        keep_traces_days=_days("PN_KEEP_TRACES_DAYS", values),
        keep_letters_days=_days("PN_KEEP_LETTERS_DAYS", values),
        keep_releases=_number("PN_KEEP_RELEASES", values["PN_KEEP_RELEASES"], MOST_RELEASES),
        publish_command=_command(PUBLISH_COMMAND.name, environment),
    )
    if settings.keep_releases < LEAST_RELEASES:
        raise Misconfigured(_("PN_KEEP_RELEASES must be at least %d.") % LEAST_RELEASES)
    if settings.smtp_security not in SECURITY:
        raise Misconfigured(_("PN_SMTP_SECURITY must be one of: %s.") % ", ".join(SECURITY))
    if settings.smtp_host and "@" not in settings.smtp_from:
        raise Misconfigured(_("PN_SMTP_HOST is set, so set PN_SMTP_FROM too: the address letters come from."))
    return settings


def _value(setting: Setting, environment: Mapping[str, str]) -> str:
    """An empty value counts as not set, as in a unit file or a compose file that leaves it blank."""
    value = environment.get(setting.name, "").strip()
    path = environment.get(f"{setting.name}_FILE", "") if setting.secret else ""
    if value and path:
        raise Misconfigured(_("%s and %s_FILE are both set. Keep one.") % (setting.name, setting.name))
    if path:
        return _secret(setting.name, Path(path))
    return value or setting.default


def _secret(name: str, path: Path) -> str:
    try:
        return path.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError):
        raise Misconfigured(_("%s_FILE names %s, which cannot be read.") % (name, path)) from None


def _number(name: str, text: str, most: int) -> int:
    # Python refuses to read a number of thousands of digits.
    if not (text.isascii() and text.isdigit() and len(text) <= 10 and int(text) <= most):
        raise Misconfigured(_("%s must be a whole number from 0 to %d.") % (name, most))
    return int(text)


def _command(name: str, environment: Mapping[str, str]) -> tuple[str, ...] | None:
    if name not in environment:
        return None
    try:
        return tuple(shlex.split(environment[name]))
    except ValueError:
        raise Misconfigured(_("%s has a quotation mark without its twin.") % name) from None


def _days(name: str, values: Mapping[str, str]) -> int:
    days = _number(name, values[name], MOST_DAYS)
    if not days:
        raise Misconfigured(_("%s must be at least one day.") % name)
    return days


def desk_url_of(settings: Settings, site_url: str) -> str:
    """The desk's address: the one it was given, or that of the site.

    :raise Misconfigured: it was given one that shares its cookies with the site, or shows them on the way.
    """
    if not settings.desk_url:
        return site_url
    desk, site = urlsplit(settings.desk_url), urlsplit(site_url)
    if desk.hostname == site.hostname:
        raise Misconfigured(_("PN_DESK_URL needs a host name of its own: browsers do not tell ports apart."))
    if desk.scheme != site.scheme:
        raise Misconfigured(_("PN_DESK_URL must begin with %s://, as the site's address does.") % site.scheme)
    return settings.desk_url


def _address(name: str, values: Mapping[str, str]) -> str:
    """As browsers say it of their own pages: in small letters, without the port that is meant anyhow."""
    url = values[name].rstrip("/").lower()
    if url and not _is_host(url):
        raise Misconfigured(_("%s must be a scheme and a host, such as https://notes.example.org.") % name)
    return url.removesuffix(":443" if url.startswith("https:") else ":80")


def _is_host(url: str) -> bool:
    """Whether it is a scheme and a host, perhaps with a port, and nothing else."""
    try:
        parts = urlsplit(url)
        return _HOST.fullmatch(url) is not None and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False

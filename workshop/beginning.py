"""``begin``: puts the sample publication aside and leaves an empty one, with a name and an address of its own."""

import hashlib
import os
import re
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from workshop.bootstrap import ROOT
from workshop.building import run_module
from workshop.installation import var
from workshop.own_settings import Wishes, own_settings
from workshop.serving import AlreadyServing, only_one

CONTENT, ASIDE, FRESH = ROOT / "content", ROOT / "content-sample", ROOT / ".content-new"
CONF = ROOT / "pelicanconf.py"
# Made by `sha256sum`: every file of the sample publication.
SAMPLE = ROOT / "workshop" / "sample.sha256"
_OURS = "addresses.yml"  # which building writes
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]")
_LINK = re.compile(r"^link: (\S+)$", re.MULTILINE)
TOPICS = """# What articles are about. One topic looks like this, without the # and with a name of yours:
#
# practice:
#   name: Practice
#   introduction: What happens in the hour itself.
"""
NEXT = """
The sample is in {aside} now: its pages on privacy, comments and accessibility are worth reading before
you write your own. Name yours in NAVIGATION, FOOTER and COMMENTS of pelicanconf.py, and read the NOTICES there: the
help lines are those of Canada. Its address, {address}, is SITEURL there: exports and published pages carry it,
while `serve` shows everything on this computer.

From WordPress:   python3 tasks.py migrate export.xml --media uploads --dry-run
From nothing:     a file content/authors/your-name.yml with the line name: Your Name, a topic in content/topics.yml,
                  then python3 tasks.py new "Your first title"
See it:           python3 tasks.py serve
"""


class CannotBegin(Exception):
    """Nothing was changed. ``str(error)`` says why and what to do."""


def begin(typed: Mapping[str, str]) -> int:
    """Ask for what was not typed as an option, then begin. Returns an exit code."""
    try:
        refuse_other_content()
        wishes = read_wishes(typed, ask if sys.stdin.isatty() else None)
        with only_one():
            kept = put_aside(wishes)
    except (CannotBegin, AlreadyServing) as error:
        print(error, file=sys.stderr)
        return 1
    code = run_module("publication", "check")
    print(f"\n“{wishes.name}” is ready, and empty.")
    if kept:
        print(f"The comments and accounts that you tried out are in {kept.name}/; delete it when you like.")
    print(NEXT.format(aside=f"{ASIDE.name}/", address=wishes.address))
    return code


def refuse_other_content() -> None:
    """Make sure that nothing but the sample is there.

    :raise CannotBegin: some file is somebody's own work, or the sample was put aside before.
    """
    lines = [line.split(maxsplit=1) for line in SAMPLE.read_text(encoding="utf-8").splitlines()]
    known = {name: mark for mark, name in lines}
    for path in _files():
        name = path.relative_to(ROOT).as_posix()
        if name != f"{CONTENT.name}/{_OURS}" and known.get(name) != digest(path):
            raise CannotBegin(
                f"{name} is not of the sample publication, so there is work of yours in {CONTENT.name}/ and nothing "
                "was changed. `begin` is for a fresh copy. To begin all the same, move that file to another place."
            )
    if CONTENT.exists() and ASIDE.exists():
        raise CannotBegin(f"{ASIDE.name}/ is there already, from an earlier time. Move it to another place.")


def digest(path: Path) -> str:
    """The mark of a file in the list of the sample; line ends of other systems make no difference in texts."""
    data = path.read_bytes()
    return hashlib.sha256(data if b"\0" in data else data.replace(b"\r\n", b"\n")).hexdigest()


def read_wishes(typed: Mapping[str, str], answer: Callable[[str, str], str] | None) -> Wishes:
    """The wishes; what is not ``typed`` is asked for by ``answer``, where there is somebody to ask.

    :raise CannotBegin: a value is missing or cannot be used.
    """

    def wish(key: str, question: str, default: str = "") -> str:
        told = typed.get(key) or (answer(question, default) if answer else "") or default
        return " ".join(told.split())

    name = wish("name", "What is the name of your publication?")
    address = wish("address", "At what address will it be, such as https://notes.example.org?")
    tagline = wish("tagline", "One line to stand under the name, or nothing:")
    language = wish("language", "In which language, en or fr?", "en")
    zone = wish("zone", "In which time zone are its dates?", zone_here())
    if not name or not address:
        example = 'python3 tasks.py begin --name "Our Notes" --address https://notes.example.org'
        raise CannotBegin(f"A publication needs a name and an address. Type both: {example}")
    if not (name + tagline).isprintable() or len(name) > 100 or len(tagline) > 200:
        raise CannotBegin("The name has up to 100 printable characters, the line under it up to 200. Type it again.")
    if language not in ("en", "fr"):
        raise CannotBegin(f"“{language}” is no language of the pages. Type en or fr.")
    if not _is_zone(zone):
        raise CannotBegin(f"“{zone}” is no time zone. Type one such as America/Toronto or Europe/Paris.")
    return Wishes(name, tagline, read_host(address), datetime.now(UTC).year, language, zone)


def read_host(address: str) -> str:
    """The host of an address, however it was typed.

    :raise CannotBegin: it is none that readers could use.
    """
    try:
        parts = urlsplit(address if "//" in address else f"//{address}")
        host = (parts.hostname or "").encode("idna").decode()
    except ValueError:
        host = ""
    if not _HOST.fullmatch(host):
        raise CannotBegin(f"“{address}” is no address of a site. Type one such as https://notes.example.org")
    if parts.path not in ("", "/"):
        raise CannotBegin(f"The publication needs a host of its own, without “{parts.path}”. Type https://{host}")
    return host


def put_aside(wishes: Wishes) -> Path | None:
    """Move the sample and what was tried out with it, and leave the new publication; where the latter is now.

    Stopped anywhere, it can be done again.
    """
    shutil.rmtree(FRESH, ignore_errors=True)
    FRESH.mkdir()
    (FRESH / "topics.yml").write_text(TOPICS, encoding="utf-8")
    settings = own_settings(CONF.read_text(encoding="utf-8"), wishes, _link_of)
    _replace(CONF, settings)
    kept = _free_name(var()) if (var() / "store.db").exists() else None
    if kept:
        var().rename(kept)
    if CONTENT.exists():
        CONTENT.rename(ASIDE)
    FRESH.rename(CONTENT)
    return kept


def ask(question: str, default: str) -> str:
    """What somebody answers at the keyboard."""
    try:
        return input(f"{question} {f'[{default}] ' if default else ''}").strip()
    except (EOFError, KeyboardInterrupt):
        raise CannotBegin("\nNothing was changed.") from None


def zone_here() -> str:
    """The time zone of this machine where it says so."""
    named = os.environ.get("TZ") or os.path.realpath("/etc/localtime").partition("/zoneinfo/")[2]
    return named if named and _is_zone(named) else "UTC"


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ValueError, OSError, KeyError):
        return False
    return True


def _link_of(key: str) -> str:
    """Where a resource of the sample leads."""
    folder = CONTENT if CONTENT.exists() else ASIDE
    found = _LINK.search((folder / "resources" / f"{key}.md").read_text(encoding="utf-8"))
    return found[1] if found else "/resources/"


def _files() -> Iterator[Path]:
    return (path for path in sorted(CONTENT.rglob("*")) if path.is_file() and not path.name.startswith("."))


def _free_name(folder: Path) -> Path:
    names = (folder.with_name(f"{folder.name}-sample{number or ''}") for number in range(1000))
    return next(name for name in names if not name.exists())


def _replace(path: Path, text: str) -> None:
    fresh = path.with_name(f".{path.name}.new")
    fresh.write_text(text, encoding="utf-8", newline="\n")
    os.replace(fresh, path)

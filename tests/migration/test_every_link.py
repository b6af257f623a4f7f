"""Every address of a real export is answered after the move, asked of a real nginx and of the service."""

import http.client
import os
import xml.etree.ElementTree as etree
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from comments.actions.opening import installation_of
from comments.actions.release import publish_release
from comments.runtime import open_runtime, read_settings
from migrate.outcomes import Entry
from migrate.run import Migration
from tests.build.newsroom import Newsroom
from tests.migration.conftest import NOW, ROOT, Desk
from tests.nginx.server import nginx
from tests.service.web.house import open_house
from workshop.testing import find_nginx

NAME = "themeunittestdata.wordpress.xml"
WP = "{http://wordpress.org/export/1.2/}"
# Guids, older addresses than the links, of a text with a password and of one without words, which are drafts here.
UNANSWERED_GUIDS = {"/2007/09/04/test-with-secret-password/", "/2007/09/04/this-post-has-no-body/"}
LOST = {  # what stands nowhere here: a password, no text at all (twice), and files that were not given
    "/2012/01/04/template-password-protected/",
    "/2009/08/06/edge-case-no-content/",
    "/greek/%ce%b5%cf%80%ce%af%cf%80%ce%b5%ce%b4%ce%bf-2/%ce%b5%cf%80%ce%af%cf%80%ce%b5%ce%b4%ce%bf-3/",
    "/?attachment_id=1686",
    "/?attachment_id=1690",
}


def given_export() -> Path | None:
    """Where PN_TEST_EXPORT says, or beside the checkout."""
    named = os.environ.get("PN_TEST_EXPORT")
    places = [Path(named)] if named else [above / "shared" / "data" / NAME for above in ROOT.parents]
    return next((place for place in places if place.is_file()), None)


@dataclass
class Moved:
    """The publication that export became."""

    run: Migration
    var: Path
    output: Path
    export: Path

    def published(self) -> Iterator[etree.Element]:
        """Every item that readers of the old site had."""
        for item in etree.parse(self.export).iter("item"):
            kind, status = item.findtext(f"{WP}post_type"), item.findtext(f"{WP}status")
            if kind in ("post", "page", "attachment") and status in ("publish", "inherit"):
                yield item


@pytest.fixture(scope="module")
def moved(tmp_path_factory: pytest.TempPathFactory) -> Moved:
    export = given_export()
    if export is None:
        pytest.skip(f"no {NAME} beside the checkout; PN_TEST_EXPORT names it")
    folder = tmp_path_factory.mktemp("moved")
    room = Newsroom(folder)
    for name in ("authors/mara-example.yml", "authors/luc-exemple.yml", "topics.yml"):
        (room.content / name).unlink()
    desk = Desk(folder)
    run = desk.migrate(export)
    assert desk.load().problems == ()
    assert room.build_only(PN_AS_OF=NOW.isoformat()) == 0
    environment = {"PN_VAR": str(folder / "var"), "PN_THEME": str(ROOT / "theme")}
    with open_runtime(read_settings(environment)) as runtime:
        publish_release(room.output, installation_of(runtime).publisher)
    return Moved(run, folder / "var", room.output, export)


Ask = Callable[[str], tuple[int, str]]


def follow(ask: Ask, address: str) -> int:
    """The status at the end of the way."""
    for _ in range(3):
        status, address_then = ask(address)
        if status not in (301, 308):
            return status
        assert address_then.startswith("/")
        assert not address_then.startswith("//")
        address = address_then.partition("#")[0]
    raise AssertionError(f"no end of redirects at {address}")


def own(address: str) -> str:
    parts = urlsplit(address)
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def ask_all(moved: Moved, ask: Ask) -> None:
    for item in moved.published():
        link, guid = own(item.findtext("link", "")), own(item.findtext("guid", ""))
        assert follow(ask, link) == 200, link
        if link in LOST:
            assert ask(link) == (301, "/archive/"), link
        if item.findtext(f"{WP}post_type") != "attachment":
            for address in (guid, f"{guid}&preview=true&utm_source=letter" if "?" in guid else f"{guid}?utm_source=x"):
                assert follow(ask, address) == (404 if guid in UNANSWERED_GUIDS and "?" not in guid else 200), address
            number = f"/?p={item.findtext(f'{WP}post_id')}"
            if link not in LOST:
                assert ask(number)[0] == 301, number
                assert ask(f"/?utm_source=a&page_id={number[4:]}&replytocom=5")[1] == ask(number)[1]
    for path in (
        "/category/parent/child-1/",
        "/author/themedemos/",
        "/tag/content/",
        "/feed/",
        "/2010/09/",
        "/page/2/",
    ):
        assert follow(ask, path) == 200, path
    assert follow(ask, "/nothing/of/the/kind/") == 404
    assert ask("/?p=999999")[0] == 404


@pytest.mark.nginx
def test_a_server_answers_every_link_and_every_guid_of_the_given_export(moved: Moved) -> None:
    if not find_nginx():
        pytest.skip("no nginx: `python3 tasks.py test` installs it where it may")
    with nginx(moved.var, moved.var.parent / "nginx") as url:
        place = urlsplit(url).netloc
        connection = http.client.HTTPConnection(place, timeout=30)

        def ask(address: str) -> tuple[int, str]:
            connection.request("GET", address)
            answer = connection.getresponse()
            answer.read()
            return answer.status, answer.headers.get("Location", "")

        ask_all(moved, ask)
        connection.close()


def test_the_service_answers_them_alike_where_no_server_stands_before_it(moved: Moved, tmp_path: Path) -> None:
    house = open_house(tmp_path, moved.output)
    visitor = house.visitor()

    def ask(address: str) -> tuple[int, str]:
        answer = visitor.get(address, follow_redirects=False)
        return answer.status_code, answer.headers.get("Location", "")

    ask_all(moved, ask)
    house.runtime.close()


def test_what_leads_to_the_archive_is_named_among_what_to_look_at(moved: Moved) -> None:
    told = {entry.source: one.what for entry in looked_at(moved.run) for one in entry.findings if one.kind == "address"}

    assert {what.removeprefix("its old address ").split()[0] for what in told.values()} == LOST
    assert all(entry.link for entry in moved.run.ledger.entries if entry.kind == "post" and entry.outcome == "imported")


def looked_at(run: Migration) -> list[Entry]:
    return [entry for entry in run.ledger.entries if entry.findings]

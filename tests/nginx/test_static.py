"""The static part of deploy/ on a real nginx: every file of a release arrives as it should."""

import gzip
import http.client
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from comments.web.headers import ALWAYS
from tests.nginx.old_site import FRONT, LEADS, NOWHERE
from tests.nginx.server import nginx
from tests.product.conftest import Installation
from workshop.testing import find_nginx

pytestmark = pytest.mark.nginx

ARTICLE = "/2026/text-chat-video/"
KINDS = {
    "/": "text/html; charset=utf-8",
    "/feeds/articles.atom": "application/atom+xml; charset=utf-8",
    "/sitemap.xml": "application/xml; charset=utf-8",
    "/robots.txt": "text/plain; charset=utf-8",
}


class Answer:
    def __init__(self, response: http.client.HTTPResponse) -> None:
        self.status, self.headers, self.body = response.status, response.headers, response.read()

    @property
    def text(self) -> str:
        plain = gzip.decompress(self.body) if self.headers["Content-Encoding"] == "gzip" else self.body
        return plain.decode()


class Reader:
    """Asks as a browser does, one request a connection."""

    def __init__(self, url: str, var: Path) -> None:
        self.place, self.public = urlsplit(url).netloc, var / "current" / "public"

    def get(self, path: str, **headers: str) -> Answer:
        connection = http.client.HTTPConnection(self.place, timeout=30)
        try:
            connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
            return Answer(connection.getresponse())
        finally:
            connection.close()


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    if not find_nginx():
        pytest.skip("no nginx: `python3 tasks.py test` installs it where it may")
    place = Installation(tmp_path_factory.mktemp("nginx"))
    place.set_up()
    moved = place.var / "current" / "redirects.map"
    moved.write_text(moved.read_text() + "/old-place/ /about/;\n")
    with nginx(place.var, place.folder / "nginx") as url:
        yield Reader(url, place.var)


@pytest.mark.parametrize(("path", "kind"), KINDS.items())
def test_every_kind_of_file_says_what_it_is_and_what_it_may_do(reader: Reader, path: str, kind: str) -> None:
    answer = reader.get(path)

    assert answer.status == 200
    assert answer.headers["Content-Type"] == kind
    assert answer.headers["Cache-Control"] == "no-cache"
    for name, value in ALWAYS.items():
        assert answer.headers.get_all(name) == [value], name


def test_pages_travel_compressed_and_are_asked_for_again_only_when_they_changed(reader: Reader) -> None:
    answer = reader.get(ARTICLE, Accept_Encoding="gzip")

    assert answer.headers["Content-Encoding"] == "gzip"
    assert "</html>" in answer.text
    again = reader.get(ARTICLE, Accept_Encoding="gzip", If_None_Match=answer.headers["ETag"])
    assert again.status == 304
    assert again.body == b""


def test_assets_come_as_the_release_compressed_them_and_are_kept_for_ever(reader: Reader) -> None:
    page = reader.get(ARTICLE).text
    assets = set(re.findall(r'(?:href|src)="(/theme/[^"]+)"', page))
    assert len(assets) >= 3

    for asset in assets:
        answer = reader.get(asset, Accept_Encoding="gzip")
        assert answer.status == 200
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert answer.headers.get_all("X-Content-Type-Options") == ["nosniff"]
        compressed = reader.public / f"{asset[1:]}.gz"
        if compressed.exists():
            assert answer.body == compressed.read_bytes()


def test_an_address_without_its_slash_and_a_former_one_lead_on(reader: Reader) -> None:
    bare, moved = reader.get("/about"), reader.get("/old-place/?q=1")

    assert (bare.status, bare.headers["Location"]) == (301, "/about/")
    assert (moved.status, moved.headers["Location"]) == (301, "/about/?q=1")


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        (f"{ARTICLE}feed/", ARTICLE),
        (f"{ARTICLE}feed/rss2", ARTICLE),
        (f"{ARTICLE}comment-page-2/", ARTICLE),
        (f"{ARTICLE}2/", ARTICLE),
        ("/topics/ethics/page/99/", "/topics/ethics/"),
        ("/page/2/", "/archive/"),
        ("/2026/", "/archive/#y2026"),
        ("/2019/05/02/", "/archive/#y2019"),
        ("//evil.example/feed/", "/evil.example/"),
    ],
)
def test_what_older_systems_had_beside_a_text_leads_to_it(reader: Reader, asked: str, answered: str) -> None:
    answer = reader.get(asked)

    assert (answer.status, answer.headers["Location"]) == (301, answered)
    assert answer.headers["X"] is None


def test_what_was_asked_of_any_older_system_leads_to_ours_or_to_the_page_for_what_is_not_there(
    reader: Reader,
) -> None:
    for path, target in LEADS.items():
        answer = reader.get(path)
        assert (answer.status, answer.headers["Location"]) == (301, target), path
        assert reader.get(target.partition("#")[0]).status == 200, target
    for path in NOWHERE:
        answer = reader.get(path)
        assert (answer.status, 'id="main"' in answer.text) == (404, True), path
        assert answer.headers["Content-Security-Policy"] == ALWAYS["Content-Security-Policy"]
    front = reader.get("/")
    for path in FRONT:
        answer = reader.get(path)
        assert (answer.status, answer.body) == (200, front.body), path


@pytest.mark.parametrize(
    "path",
    ["/nowhere/", "/%0d%0aX:%20y/feed/", "/.hidden", "/../store.db", "/%2e%2e/threads.json", "/threads.json"],
)
def test_what_is_not_public_is_answered_with_the_sites_own_page(reader: Reader, path: str) -> None:
    answer = reader.get(path)

    assert answer.status in (400, 404)
    assert answer.headers["X"] is None
    if answer.status == 404:
        assert 'id="main"' in answer.text
        assert answer.headers["Content-Security-Policy"] == ALWAYS["Content-Security-Policy"]


def test_the_policy_of_the_static_part_is_the_policy_of_the_service() -> None:
    headers = Path("deploy/nginx-headers.conf").read_text(encoding="utf-8")
    given = dict(re.findall(r'^add_header (\S+) "?(.+?)"? always;$', headers, re.MULTILINE))

    assert given == ALWAYS

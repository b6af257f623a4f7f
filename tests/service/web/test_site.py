"""The published files as the service sends them."""

from pathlib import Path

import pytest

from comments.actions.release import publish_release
from tests.nginx.old_site import FRONT, LEADS, NOWHERE
from tests.service.web.house import OPEN, House, Visitor, open_house


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "text/html; charset=utf-8"),
        (f"/2026/{OPEN}/", "text/html; charset=utf-8"),
        ("/theme/css/site.0123456789.css", "text/css; charset=utf-8"),
        ("/feeds/all.atom", "application/atom+xml; charset=utf-8"),
        ("/media/drawing.svg", "image/svg+xml; charset=utf-8"),
        ("/cite/suler-2004.bib", "application/x-bibtex; charset=utf-8"),
        ("/cite/resources/kind/book.ris", "application/x-research-info-systems"),
        ("/cite/suler-2004.json", "application/vnd.citationstyles.csl+json"),
    ],
)
def test_files_have_their_type_and_can_be_checked_again(visitor: Visitor, path: str, kind: str) -> None:
    answer = visitor.get(path)
    again = visitor.get(path, headers={"If-None-Match": answer.headers["ETag"]})

    assert (answer.status_code, answer.headers["Content-Type"]) == (200, kind)
    assert answer.headers["Last-Modified"]
    assert again.status_code == 304


def test_only_what_carries_a_fingerprint_is_kept_for_good(visitor: Visitor) -> None:
    assert "immutable" in visitor.get("/theme/css/site.0123456789.css").headers["Cache-Control"]
    assert visitor.get("/").headers["Cache-Control"] == "no-cache"
    assert visitor.get("/media/drawing.svg").headers["Cache-Control"] == "no-cache"


def test_a_missing_slash_is_added_and_a_former_address_leads_on(visitor: Visitor) -> None:
    slash = visitor.get(f"/2026/{OPEN}?page=2")
    former = visitor.get("/old/")

    assert (slash.status_code, slash.headers["Location"]) == (301, f"/2026/{OPEN}/?page=2")
    assert (former.status_code, former.headers["Location"]) == (301, f"/2026/{OPEN}/")


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        ("/?p=17", f"/2026/{OPEN}/"),
        ("/?p=17&preview=true&utm_source=a%0d%0ab", f"/2026/{OPEN}/"),
        ("/?post_type=talk&P=17", f"/2026/{OPEN}/"),
        ("/?page_id=17", f"/2026/{OPEN}/"),
        ("/?tag=caf%C3%A9", "/tags/cafe/"),
        ("/shop.php?b=2&a=1", "/about/"),
        ("/wp-content/uploads/2019/Desk-300x200.png", "/media/desk.png"),
        ("/old/?page=2", f"/2026/{OPEN}/?page=2"),
        ("/old/feed/", f"/2026/{OPEN}/"),
        (f"/2026/{OPEN}/feed/atom/", f"/2026/{OPEN}/"),
        (f"/2026/{OPEN}/comment-page-2/", f"/2026/{OPEN}/"),
        (f"/2026/{OPEN}/3", f"/2026/{OPEN}/"),
        (f"/2026/{OPEN}/page/2/", f"/2026/{OPEN}/"),
        ("/comments/feed/", "/feeds/comments.atom"),
        ("/comments/feed/rss2/", "/feeds/comments.atom"),
    ],
)
def test_addresses_of_an_older_system_lead_on_whatever_else_they_ask(
    visitor: Visitor, asked: str, answered: str
) -> None:
    for method in ("GET", "HEAD"):
        answer = visitor.open(asked, method=method, follow_redirects=False)
        assert (answer.status_code, answer.headers["Location"]) == (301, answered)


@pytest.mark.parametrize(("asked", "answered"), LEADS.items())
def test_what_was_asked_of_any_older_system_leads_to_ours(visitor: Visitor, asked: str, answered: str) -> None:
    answer = visitor.get(asked, follow_redirects=False)
    assert (answer.status_code, answer.headers["Location"]) == (301, answered)


@pytest.mark.parametrize("asked", NOWHERE)
def test_what_never_came_is_not_answered_with_the_front_page(visitor: Visitor, asked: str) -> None:
    answer = visitor.get(asked, follow_redirects=False)
    assert answer.status_code == 404
    assert "This page has left the room" in answer.text


@pytest.mark.parametrize("asked", [*FRONT, f"/2026/{OPEN}/?p=17"])
def test_a_page_that_is_there_does_not_mind_a_query_nobody_knows(visitor: Visitor, asked: str) -> None:
    assert visitor.get(asked, follow_redirects=False).status_code == 200


@pytest.mark.parametrize(
    "asked",
    [
        "/nowhere/feed/",
        "/%0d%0aX: y/feed/",
        "//evil.example/amp/",
        "/\\evil.example/feed/",
        "/out/",
        "/away/",
        "/desk/x/?p=17",
    ],
)
def test_nothing_leads_to_another_site_or_to_nowhere(visitor: Visitor, asked: str) -> None:
    answer = visitor.get(asked, follow_redirects=False)

    assert answer.status_code in (308, 404)
    assert "X" not in answer.headers
    assert answer.headers.get("Location", "/").startswith("/")
    assert not answer.headers.get("Location", "/").startswith("//")


def test_a_former_address_answers_readers_only(visitor: Visitor) -> None:
    assert visitor.post("/?p=17", data={"a": "b"}).status_code in (403, 405)


@pytest.mark.parametrize(
    "path",
    [
        "/nowhere/",
        "/../threads.json",
        "/%2e%2e/threads.json",
        "/..%2fthreads.json",
        "/2026/..%2f..%2f..%2fthreads.json",
        "/%2fetc/passwd",
        "//etc/passwd",
        "/theme/..\\..\\search.db",
        "/index.html%00",
        "/.hidden",
        "/" + "x" * 300,
        "/threads.json",
        "/shell.html",
        "/search.db",
        "/redirects.map",
    ],
)
def test_nothing_else_is_ever_served(visitor: Visitor, path: str) -> None:
    answer = visitor.get(path, follow_redirects=False)

    assert answer.status_code in (301, 308, 404)
    assert "evil" not in answer.headers.get("Location", "")
    if answer.status_code == 404:
        assert "This page has left the room" in answer.text
        assert "no-cache" in answer.headers["Cache-Control"]
    else:
        assert answer.headers["Location"].startswith("/")
        assert not answer.headers["Location"].startswith("//")


def test_while_developing_the_open_page_follows_the_releases(tmp_path: Path, output: Path) -> None:
    house = open_house(tmp_path, output, development=True)
    visitor = house.visitor()

    shown = visitor.get("/").text
    before = visitor.get("/_dev/release").json
    publish_release(output, house.service.publisher, by="test")
    after = visitor.get("/_dev/release").json

    assert '<script src="/_dev/reload.js" defer></script></body>' in shown
    assert visitor.get("/_dev/reload.js").headers["Content-Type"].startswith("text/javascript")
    assert before != after
    house.runtime.close()


def test_while_developing_a_build_with_problems_is_told(tmp_path: Path, output: Path) -> None:
    house = open_house(tmp_path, output, development=True)
    visitor, file = house.visitor(), house.runtime.var / "problems.txt"

    none = visitor.get("/_dev/release").json
    file.write_text("content/a.md:3: title is missing.\n", encoding="utf-8")
    some = visitor.get("/_dev/release").json
    file.write_text("", encoding="utf-8")
    mended = visitor.get("/_dev/release").json

    assert [told and told["problems"] for told in (none, some, mended)] == ["", "content/a.md:3: title is missing.", ""]
    house.runtime.close()


def test_while_developing_only_what_changes_or_fails_is_logged(
    tmp_path: Path, output: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    house = open_house(tmp_path, output, development=True)

    house.visitor().get("/")
    house.visitor().get("/nowhere/")
    house.visitor().post(f"/comments/{OPEN}", data={"comment": ""})
    lines = [record.getMessage() for record in caplog.records if record.name == "comments.access"]

    assert [line.rpartition(" ms")[0].rpartition(" ")[0] for line in lines] == [
        "GET /nowhere/ 404",
        f"POST /comments/{OPEN} 422",
    ]
    house.runtime.close()


def test_outside_of_development_there_is_no_such_script(visitor: Visitor) -> None:
    assert "_dev" not in visitor.get("/").text
    assert visitor.get("/_dev/release").status_code == 404


def test_where_the_whole_release_is_gone_no_page_is_called_missing(house: House, visitor: Visitor) -> None:
    releases = house.runtime.var / "releases"

    releases.rename(releases.with_name("aside"))
    answer = visitor.get("/2026/ten-minutes/")
    releases.with_name("aside").rename(releases)

    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
    assert visitor.get("/2026/ten-minutes/").status_code == 200

"""Which article comments of an old address go below."""

import json
from pathlib import Path

import pytest

from migrate import old_addresses
from migrate.mail_addresses import without_addresses
from migrate.matching import Matcher
from migrate.problems import Unusable
from migrate.sources.kinds import kind_of
from publication.settings import Settings
from tests.migration.conftest import Desk
from tests.migration.old_talk import bring, disqus, outcomes, post, remark42, said, stored, thread

SETTINGS = Settings(url="https://notes.example", zone="Europe/Berlin")


@pytest.fixture
def texts(tmp_path: Path) -> Desk:
    """Articles with addresses of every kind, and a page."""
    desk = Desk(tmp_path)
    desk.put("first", "/2019/05/first/")
    desk.put("cafe", "/2019/05/café/")
    desk.put("old-style", "/blog/old-style.html")
    desk.put("elsewhere", "/2020/elsewhere/", canonical="https://journal.example/articles/7?x=1")
    (desk.content / "pages").mkdir()
    (desk.content / "pages/about.md").write_text(
        "---\nid: about\ntitle: About\nsummary: A summary.\nstatus: published\n---\n\nWords.\n", encoding="utf-8"
    )
    (desk.content / "addresses.yml").write_text(
        "articles:\n  first: [/2019/05/first/, /2018/first-draft/, /archive/1.html]\n", encoding="utf-8"
    )
    (desk.folder / "var").mkdir()
    known = {"old-1a2b3c/post/17/first": "first", "old-1a2b3c/page/2/about": "about", "b/post/9/x": "first"}
    known |= {"c/post/9/x": "cafe", "c/attachment/5/x": "cafe"}
    told = {"texts": {key: {"id": name, "file": ""} for key, name in known.items()}, "files": {}}
    (desk.folder / "var/migrated.json").write_text(json.dumps(told), encoding="utf-8")
    return desk


def matcher(desk: Desk, lines: str | bytes | None = None) -> Matcher:
    path = desk.folder / "urls.csv"
    if lines is not None:
        path.write_bytes(lines.encode() if isinstance(lines, str) else lines)
    return Matcher.read(desk.content, SETTINGS, desk.folder / "var", None if lines is None else path)


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("https://notes.example/2019/05/first/", "first"),
        ("http://www.old.example/2019/05/first", "first"),
        ("//OLD.example:8080/2019/05/First/", "first"),
        ("/2019/05/first/index.html", "first"),
        ("2019/05//first/./", "first"),
        ("https://old.example/2019/05/first/?utm_source=a&fbclid=b#disqus_thread", "first"),
        ("https://old.example/2019/05/first/?unknown=1", "first"),
        ("https://old.example/2019/05/first/comment-page-2/#comment-7", "first"),
        ("https://old.example/2019/05/first/amp/", "first"),
        ("https://old.example/amp/2019/05/first/", "first"),
        ("https://old-example.cdn.ampproject.org/c/s/old.example/2019/05/first/amp/", "first"),
        ("https://old.example/2019/05/first.html", "first"),
        ("http://localhost:4000/2019/05/first/", "first"),
        ("https://old-example.translate.goog/2019/05/first/?_x_tr_sl=auto&_x_tr_tl=ja", "first"),
        (
            "https://webcache.googleusercontent.com/search?q=cache:51nl:https://old.example/2019/05/first/&gl=us",
            "first",
        ),
        ("https://webcache.googleusercontent.com/search?q=cache:https://old.example/2019/05/first/+x", "first"),
        ("https://old.example/2018/first-draft/", "first"),
        ("https://old.example/archive/1", "first"),
        ("https://old.example/?p=17", "first"),
        ("https://old.example/index.php?page_id=2&preview=true", "about"),
        ("https://old.example/2019/05/caf%C3%A9/", "cafe"),
        ("https://old.example/2019/05/caf%c3%a9/", "cafe"),
        ("https://old.example/2019/05/cafe%CC%81/", "cafe"),
        ("https://old.example/2019/05/caf%E9/", "cafe"),
        ("https://old.example/2019/05/CAFÉ/", "cafe"),
        ("https://old.example/blog/old-style", "old-style"),
        ("https://old.example/blog/old-style.amp.html?m=1", "old-style"),
        ("http://www.journal.example/articles/7/", "elsewhere"),
        ("https://old.example/about/", "about"),
        ("elsewhere", "elsewhere"),
        ("https://old.example/", None),
        ("https://old.example/?p=99", None),
        ("https://old.example/?p=9", None),
        ("https://old.example/?p=5", None),
        ("https://other.example/articles/7/", None),
        ("https://old.example/2019/05/second/", None),
        ("https://[broken/", None),
        ("https://old.example/?p=" + "9" * 400, None),
        ("", None),
    ],
)
def test_an_old_address_finds_its_article(texts: Desk, address: str, name: str | None) -> None:
    found = matcher(texts).find([address])
    assert (found.id if found else None) == name


def test_the_number_of_a_text_is_read_from_a_query_with_noise() -> None:
    read = old_addresses.read("https://old.example/?p=4&utm_source=x")
    assert read is not None
    assert (read.path, read.number) == ("/", 4)


def test_the_second_address_counts_where_the_first_says_nothing(texts: Desk) -> None:
    found = matcher(texts).find(["http://localhost:4000/x/", "https://old.example/?p=17"])
    assert found is not None
    assert found.id == "first"


@pytest.mark.parametrize(
    "lines",
    [
        "/gone/,/2019/05/first/\n",
        "old,new\nhttps://old.example/gone/,https://notes.example/2019/05/first/\n",
        "\ufeffOld URL;New\r\n\r\nold.example/x;about\r\n/gone;first\r\n",
        '"/gone/",/2018/first-draft/,,\n',
        "/gone\tfirst\n",
    ],
)
def test_a_map_says_where_addresses_are_now(texts: Desk, lines: str) -> None:
    found = matcher(texts, lines).find(["https://www.old.example/gone/index.html?utm_medium=mail"])
    assert found is not None
    assert found.id == "first"


def test_the_map_goes_before_everything_else_and_the_nearer_line_before_the_other(texts: Desk) -> None:
    lines = "/2019/05/first/,about\n/i.php?id=5,first\n/i.php,cafe\nhttps://a.example/x,first\n/x,cafe\n#!/two,about\n"
    found = matcher(texts, lines)
    asked = ("/2019/05/first/", "/i.php?id=5&fbclid=1", "/i.php", "http://a.example/x", "http://b.example/x", "/#!/two")
    assert [text.id if text else None for text in (found.find([one]) for one in asked)] == [
        "about",
        "first",
        "cafe",
        "first",
        "cafe",
        "about",
    ]
    assert found.find(["/i.php?id=6"]) is None
    assert found.urls.unused() == []


def test_every_bad_line_of_a_map_is_named_with_its_number(texts: Desk) -> None:
    lines = "old,new\n/a/,/nowhere/\n/b/\n/c/,first\n\n/c/,about\n,first\n/d/,\n/e/,first,more\n"
    with pytest.raises(Unusable) as told:
        matcher(texts, lines)
    assert str(told.value).splitlines() == [
        "urls.csv, line 2: there is no article or page at /nowhere/.",
        "urls.csv, line 3: there is 1 of the two addresses.",
        "urls.csv, line 6: /c/ was sent elsewhere in line 4 already.",
        "urls.csv, line 7: the old address is missing.",
        "urls.csv, line 8: the new address is missing.",
        "urls.csv, line 9: there are 3 of the two addresses.",
        "A line is: old address,new address",
    ]


def test_a_map_in_another_encoding_is_told(texts: Desk) -> None:
    with pytest.raises(Unusable, match=r"urls\.csv, line 2: it is not in UTF-8"):
        matcher(texts, b"/a/,first\n/caf\xe9/,first\n")


def test_what_matches_nothing_is_told_and_a_second_run_with_a_map_takes_just_that(
    small_desk: Desk, tmp_path: Path
) -> None:
    gone = "https://old.example/2017/First/?utm_source=x"
    path = disqus(tmp_path / "export.xml", thread(1), thread(2, gone), post(1), post(2, below=2), post(3, below=2))
    told = bring(small_desk, path)
    assert [one.name for one in stored(small_desk)] == ["Reader 1"]
    (finding,) = [finding for entry in told.ledger.entries for finding in entry.findings]
    assert finding.what == (
        f"2 comments left out, as no article was at {gone}. "
        "To bring over what stood there, write into a file, and give it with --urls: "
        f"{gone},/2019/05/first/ (if that is the one)"
    )

    urls = tmp_path / "urls.csv"
    urls.write_text(f"{gone},/2019/05/first/\n/never/,first\n", encoding="utf-8")
    again = bring(small_desk, path, urls=urls)

    assert [one.name for one in stored(small_desk)] == ["Reader 1", "Reader 2", "Reader 3"]
    assert {key: outcome for key, (outcome, _) in outcomes(again.ledger).items()} == {
        "1": "kept",
        "2": "imported",
        "3": "imported",
    }
    assert "Lines of urls.csv whose old address nobody asked for: 2." in again.ledger.left


def test_comments_of_a_page_are_kept_though_it_shows_none(texts: Desk, tmp_path: Path) -> None:
    told = bring(texts, remark42(tmp_path / "backup", said("a", url="https://old.example/about/")))
    assert stored(texts)[0].thread == "about"
    assert outcomes(told.ledger)["a"][0] == "changed"


def test_without_any_article_nothing_is_read(tmp_path: Path) -> None:
    with pytest.raises(Unusable, match="Bring the texts over first"):
        bring(Desk(tmp_path), disqus(tmp_path / "export.xml", thread(1), post(1)))


def test_files_of_several_systems_are_not_mixed(small_desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(Unusable, match=r"a\.xml \(Disqus\), b \(Remark42\)"):
        bring(small_desk, disqus(tmp_path / "a.xml", thread(1)), remark42(tmp_path / "b", said("a")))


def test_json_of_another_system_is_told(tmp_path: Path) -> None:
    path = tmp_path / "comments.json"
    path.write_text('{"version": 1, "comments": [{"commentHex": "a"}]}', encoding="utf-8")
    with pytest.raises(Unusable, match=r"comments\.json is JSON, but of no system"):
        kind_of([path])


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Ann <ann@secret.example>, a", "Ann <(address)>, a"),
        ("https://x.example/@ann/post", "https://x.example/@ann/post"),
        ("https://x.example/?mail=ann@secret.example&a=1", "https://x.example/?mail=(address)&a=1"),
    ],
)
def test_a_report_shows_no_address(text: str, shown: str) -> None:
    assert without_addresses(text) == shown

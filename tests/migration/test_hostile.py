"""Broken and hostile exports, given to the real command: a sentence and no trace, or a whole run with the thing named.

Those that need longest, or are like another, are in the long run; ``test_export`` holds their reasons one by one.
"""

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.migration.command import Place
from tests.migration.conftest import FOOT, HEAD, Desk, comment, post

LONG = pytest.mark.long


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place.make(tmp_path / "place")


def whole(*items: str, head: str = HEAD) -> str:
    return head + "".join(items or (post(1),)) + FOOT


def with_type(entities: str, word: str) -> bytes:
    declared = whole().replace("?>", f"?><!DOCTYPE rss [{entities}]>", 1)
    return declared.replace("<![CDATA[Words.]]>", word).encode()


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
LOGIN = '<!DOCTYPE html>\n<html lang="en"><head><title>Log In</title></head><body><form></form></body></html>'

REFUSED = {
    "empty": (b"", "is empty"),
    "blank": (b" \n\n", "is empty"),
    "truncated": (whole(post(1), post(2)).encode()[:-400], "line"),
    "truncated in the middle of a letter": (whole(post(1, "é" * 50)).encode().partition(b"\xa9")[0], "do not fit"),
    "malformed in the middle": (whole(post(1), "<item><title>x</wrong></item>", post(3)).encode(), "line"),
    "a sign that is none": (whole(post(1, more="<b>1 & 2</b>")).encode(), "not well-formed"),
    "another encoding than it says": (whole(post(1, "Café")).encode("latin-1"), "do not fit the encoding"),
    "half a letter": (whole(post(1, "a")).encode().replace(b"[a]", b"[\xc3\x28]"), "do not fit the encoding"),
    "an encoding nobody knows": (whole().replace("UTF-8", "ebcdic-x", 1).encode(), "nobody knows"),
    "an encoding that is none of letters": (whole().replace("UTF-8", "base64", 1).encode(), "nobody knows"),
    "UTF-16 by name only": (whole().replace("UTF-8", "UTF-16", 1).encode(), "export.xml"),
    "entity bomb": (with_type('<!ENTITY l0 "ha">' + LAUGHS, "&l9;"), "document type"),
    "external entity": (with_type('<!ENTITY x SYSTEM "file:///etc/passwd">', "&x;"), "document type"),
    "external document type": (
        whole().replace("?>", '?><!DOCTYPE rss SYSTEM "http://127.0.0.1:9/x.dtd">', 1).encode(),
        "document type",
    ),
    "parameter entity": (with_type('<!ENTITY % x SYSTEM "http://127.0.0.1:9/"> %x;', "y"), "document type"),
    "gzip bomb": (gzip.compress(bytes(50_000_000)), "packed (gzip)"),
    "zip": (b"PK\x03\x04" + bytes(200), "packed (zip)"),
    "login page": (LOGIN.encode(), "a web page"),
    "login page of the XML kind": (b"<html><body/></html>", "a web page"),
    "picture": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "export.xml"),
    "nothing but NUL": (bytes(5000), "breaks off"),
    "no item": (whole().replace(post(1), "").encode(), "holds no item"),
    "a feed": (b"<rss><channel><item><title>y</title></item></channel></rss>", "this is a feed"),
    "an attribute of a megabyte": (
        whole(post(1, more=f'<category domain="{"x" * 9_000_000}" nicename="y">z</category>')).encode(),
        "attribute",
    ),
    "too many tags on one text": (
        whole(post(1, more='<category domain="post_tag" nicename="t">t</category>' * 20_001)).encode(),
        "more than 10,000 categories and tags",
    ),
}
USUAL = ("truncated", "entity bomb", "another encoding than it says")


@pytest.mark.parametrize("name", [pytest.param(name, marks=() if name in USUAL else LONG) for name in REFUSED])
def test_a_file_that_cannot_be_used_is_answered_with_a_sentence_and_leaves_no_trace(
    place: Place, tmp_path: Path, name: str
) -> None:
    data, words = REFUSED[name]
    path = tmp_path / "export.xml"
    path.write_bytes(data)
    before = place.files()

    done = place.run(path)

    assert done.returncode == 1
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    assert "export.xml" in done.stderr
    assert words in done.stderr
    assert done.stderr.count("\n") == 1, done.stderr
    assert place.files() == before
    assert not place.var.exists()


OUT = ("../../etc/passwd", "%2e%2e%2f%2e%2e%2fetc", "/etc/x", "..", "con", "a\\..\\b")
NEVER = "0000-00-00 00:00:00"
DATES = (NEVER, "99999-01-01 00:00:00", "-2019-05-02 09:30:00", "2019-13-45 99:99:99", "yesterday", "1" * 5000)
ACCEPTED: dict[str, Callable[[], str]] = {
    "no version": lambda: whole(head=HEAD.replace("<wp:wxr_version>1.2</wp:wxr_version>", "")),
    "a version of the future": lambda: whole(head=HEAD.replace("1.2", "7.0")),
    "circles of pages": lambda: whole(
        post(1, kind="page", wp__post_parent="2"),
        post(2, kind="page", wp__post_parent="1"),
        post(3, wp__post_parent="3"),
    ),
    "circles of categories": lambda: whole(
        head=HEAD
        + "".join(
            f"<wp:category><wp:category_nicename>{one}</wp:category_nicename><wp:category_parent>{other}"
            f"</wp:category_parent><wp:cat_name>{one}</wp:cat_name></wp:category>"
            for one, other in (("a", "b"), ("b", "c"), ("c", "a"), ("d", "d"))
        )
        + "",
    ).replace('nicename="ethics"', 'nicename="a"'),
    "circles of comments": lambda: whole(
        post(1, more=comment(1, parent="2") + comment(2, parent="3") + comment(3, parent="1") + comment(4, parent="4"))
    ),
    "2,000 answers in a row": lambda: whole(
        post(1, more="".join(comment(number, parent=str(number - 1)) for number in range(1, 2001)))
    ),
    "numbers twice": lambda: whole(post(1, more=comment(1) + comment(1)), post(1), post(1, slug="other")),
    "absurd dates": lambda: whole(
        *(
            post(number, wp__post_date=date, wp__post_date_gmt=date, pubDate=date, more=comment(number, date_gmt=date))
            for number, date in enumerate(DATES, 1)
        )
    ),
    "a title of ten megabytes": lambda: whole(post(1, title="Long " * 2_000_000), post(2, slug="x" * 1_000_000)),
    "many tags": lambda: whole(
        *(
            post(
                number,
                more="".join(
                    f'<category domain="post_tag" nicename="t{number}-{n}">t{number} {n}</category>' for n in range(500)
                ),
            )
            for number in range(1, 21)
        ),
        head=HEAD
        + "".join(
            f"<wp:tag><wp:tag_slug>t{n}</wp:tag_slug><wp:tag_name>T{n}</wp:tag_name></wp:tag>" for n in range(50_000)
        ),
    ),
    "slugs that lead out": lambda: whole(
        *(
            post(number, slug=slug, link=f"https://old.example/{slug}/")
            for number, slug in enumerate(
                ("../../etc/passwd", "%2e%2e%2f%2e%2e%2fetc", "/etc/x", "..", "con", "a\\..\\b"), 1
            )
        )
    ),
    "files that lead out": lambda: whole(
        *(
            post(number, "", kind="attachment", wp__attachment_url=f"https://old.example/wp-content/uploads/{name}")
            for number, name in enumerate(("../../../../etc/passwd", "%2e%2e/%2e%2e/etc/shadow", "/etc/hosts"), 1)
        ),
        post(9, '<img src="https://old.example/wp-content/uploads/../../../etc/passwd.png" alt="x">'),
    ),
    "slugs that meet": lambda: whole(
        *(
            post(number, slug=slug, link=f"https://old.example/?p={number}")
            for number, slug in enumerate(("Text", "text", "TEXT", "t-e-x-t", "té xt", "te-xt", "Te Xt"), 1)
        )
    ),
    "addresses that meet": lambda: whole(
        post(1, link="https://old.example/About/"),
        post(2, link="https://old.example/about/"),
        post(3, link="https://old.example/about/index.html"),
        post(4, link="https://old.example/about"),
        post(5, link="https://old.example/about/comments.atom"),
        post(6, link="https://old.example/desk/"),
    ),
    "control characters": lambda: whole(post(1, "a\x00b\x08c\x1bd")).replace("Title of 1", "Ti\x00tle"),
    "halves of characters": lambda: whole(
        post(1, '<!-- wp:social-link {"url":"https://x.example/\\ud800","service":"\\udfff"} /--><p>Words &#xD800;</p>')
    ),
}


@pytest.mark.long
@pytest.mark.parametrize("name", ACCEPTED)
def test_what_is_odd_but_readable_comes_over_whole_and_every_item_is_accounted_for(
    place: Place, tmp_path: Path, name: str
) -> None:
    path = tmp_path / "export.xml"
    text = ACCEPTED[name]()
    path.write_text(text, encoding="utf-8")

    done = place.run(path)

    assert done.returncode == 0, done.stderr[-2000:]
    assert done.stderr == ""
    told = place.report()
    assert told["total"] == text.count("<item>") + text.count("<wp:comment>") == len(told["items"])
    assert Desk(place.folder).load().problems == ()
    assert not (place.var / "migrating").exists()
    assert {path.name for path in place.folder.iterdir()} == {"content", "var"}
    names = [file.relative_to(place.content).as_posix().casefold() for file in place.content.rglob("*")]
    assert len(set(names)) == len(names)
    assert all(len(name) < 150 for name in names)

    before = place.files()
    assert place.run(path).returncode == 0
    after = place.files()
    volatile = ("var/store.db", "var/migration/", "var/keys/", "var/cache")
    assert {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)} <= {
        name for name in before.keys() | after.keys() if name.startswith(volatile)
    }


def test_a_map_of_addresses_is_not_taken_for_wordpress_without_a_word(place: Place, tmp_path: Path) -> None:
    export, urls = tmp_path / "export.xml", tmp_path / "urls.csv"
    export.write_text(whole(post(1)), encoding="utf-8")
    urls.write_text("/old/,/new/\n", encoding="utf-8")
    done = place.run(export, "--urls", urls)
    assert (done.returncode, done.stdout) == (1, "")
    assert "--urls is for comments of Disqus, Isso and Remark42" in done.stderr

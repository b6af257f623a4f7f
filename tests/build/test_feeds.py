"""Feeds, each as Atom and as JSON Feed: ids that never change, every author, and dates that are the content's own."""

import json
import xml.etree.ElementTree as etree
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import feedparser
import pytest
from selectolax.lexbor import LexborHTMLParser

from plugins import atom, jsonfeed, options
from plugins.absolute import absolute
from plugins.failures import BuildStopped
from plugins.feeds import Entry, Feed
from publication.settings import Settings
from tests.build.newsroom import URL, Newsroom, snapshot
from tests.build.shapes import is_address, is_moment

AUTHORITY = "tag:practice-notes.example.org,2026"
ATOM = "{http://www.w3.org/2005/Atom}"


def feed(room: Newsroom, name: str = "articles") -> Any:
    found = feedparser.parse((room.output / f"feeds/{name}.atom").read_bytes())
    assert not found.bozo
    return found


def json_feed(room: Newsroom, name: str = "articles") -> Any:
    return json.loads(room.read(f"feeds/{name}.json"))


def test_an_entry_keeps_its_id_when_address_title_and_host_change(room: Newsroom) -> None:
    room.article("one")
    room.build()
    before, before_in_json = feed(room), json_feed(room)["items"][0]

    room.article("one", slug="another", title='"Another"')
    room.build(PN_SITE_URL="https://moved.example.org")

    after, after_in_json = feed(room), json_feed(room)["items"][0]
    old, new = before.entries[0], after.entries[0]
    assert "/2026/another/" in room.read("2026/one/index.html")  # the old address leads on
    assert before.feed.id == after.feed.id == f"{AUTHORITY}:articles"
    assert old.id == new.id == before_in_json["id"] == after_in_json["id"] == f"{AUTHORITY}:one"
    assert (old.link, new.link) == (f"{URL}/2026/one/", "https://moved.example.org/2026/another/")
    assert (before_in_json["url"], after_in_json["url"]) == (old.link, new.link)
    assert (old.published, old.updated) == (new.published, new.updated)
    told = json.loads(room.read("threads.json"))  # so that the feeds of replies answer these ids
    assert f"tag:{told['site']['authority']}" == AUTHORITY


FEEDS = ("articles", "topics/consent", "topics/ethics", "tags/brief", "authors/mara-example", "authors/luc-exemple")


def test_all_authors_are_named_in_order(room: Newsroom) -> None:
    room.article(authors="[luc-exemple, mara-example]", tags="[brief]")
    room.build()

    for name in FEEDS:
        (entry,) = feed(room, name).entries
        assert [(author.name, author.href) for author in entry.authors] == [
            ("Luc Exemple", f"{URL}/authors/luc-exemple/"),
            ("Mara Example", f"{URL}/authors/mara-example/"),
        ]
        (item,) = json_feed(room, name)["items"]
        assert item["authors"] == [
            {"name": "Luc Exemple", "url": f"{URL}/authors/luc-exemple/"},
            {"name": "Mara Example", "url": f"{URL}/authors/mara-example/"},
        ]


def test_a_feed_is_dated_by_its_newest_change_and_never_by_the_build(room: Newsroom) -> None:
    room.article("old", updated="2026-05-01 10:00")
    room.article("new", date="2026-04-01 09:30", language="fr")
    room.build()

    found = feed(room)

    assert found.feed.updated == "2026-05-01T10:00:00-04:00"
    assert [entry.published for entry in found.entries] == ["2026-04-01T09:30:00-04:00", "2026-03-14T09:30:00-04:00"]
    assert [entry.content[0].language for entry in found.entries] == ["fr", "en"]
    told = [(item["date_published"], item["date_modified"], item["language"]) for item in json_feed(room)["items"]]
    assert told == [
        ("2026-04-01T09:30:00-04:00", "2026-04-01T09:30:00-04:00", "fr"),
        ("2026-03-14T09:30:00-04:00", "2026-05-01T10:00:00-04:00", "en"),
    ]


def test_feeds_are_the_same_bytes_on_another_day(room: Newsroom) -> None:
    room.article(tags="[brief]")
    room.resource()
    room.build()
    before = snapshot(room.output / "feeds")

    room.build(room.output, PN_AS_OF="2026-06-20T12:00:00Z")

    assert snapshot(room.output / "feeds") == before


def test_a_site_without_articles_has_a_feed_that_stays_the_same(room: Newsroom) -> None:
    room.page()
    room.build()

    assert feed(room).feed.updated == "1970-01-01T00:00:00+00:00"
    assert json_feed(room)["items"] == []
    assert not (room.output / "feeds/authors").exists()


def test_a_feed_holds_as_many_as_the_settings_say_and_the_newest(room: Newsroom) -> None:
    for number in range(1, 6):
        room.article(f"note-{number}", date=f"2026-03-0{number} 09:30")
    room.build()
    room.build_only(settings={"FEED_MAX_ITEMS": 2})

    for name in ("articles", "topics/consent", "authors/mara-example"):
        assert [entry.id for entry in feed(room, name).entries] == [f"{AUTHORITY}:note-5", f"{AUTHORITY}:note-4"]
        assert len(json_feed(room, name)["items"]) == 2


def test_addresses_in_a_feed_work_elsewhere(room: Newsroom) -> None:
    room.write("media/a.svg", "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 4 3'/>")
    room.article("two")
    room.article(
        body='[Two](id:two), note[^1], ![a > b](media/a.svg), `<a href="/x">`\n\n[^1]: *Noted.* [Two](id:two)',
        image='{src: media/a.svg, alt: "Lead \\"here\\"", caption: "Words <b>", credit: "Ada"}',
    )
    room.build()

    html = next(entry.content[0].value for entry in feed(room).entries if entry.id.endswith(":first-note"))
    item = next(item for item in json_feed(room)["items"] if item["id"].endswith(":first-note"))

    assert item["image"].startswith(f"{URL}/pictures/a-4.")
    for found in (html, item["content_html"]):
        assert found.count(f'href="{URL}/2026/two/"') == 2
        assert found.count(f'src="{URL}/pictures/a-4.') == 2
        assert f'href="{URL}/2026/first-note/#fn-1"' in found
        assert '<li id="fn-1"><p><em>Noted.</em>' in found
        assert '&lt;a href="/x"&gt;' in found
        lead = LexborHTMLParser(found).css_first("figure")
        assert lead.css_first("img").attributes["alt"] == "Lead “here”"
        assert lead.css_first("figcaption").text() == "Words <b> Ada"
        assert no_address_is_relative(found)


def no_address_is_relative(html: str) -> bool:
    nodes = LexborHTMLParser(html).css("[href], [src], [srcset]")
    values = [node.attributes.get(name) for node in nodes for name in ("href", "src")]
    parts = [one.split()[0] for node in nodes for one in (node.attributes.get("srcset") or "").split(", ") if one]
    return all(is_address(value) or value.startswith("mailto:") for value in [*values, *parts] if value)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<a href="/a/">x</a>', '<a href="https://s/a/">x</a>'),
        ('<a href="#fn-1">x</a>', '<a href="https://s/p/#fn-1">x</a>'),
        ('<a href="//other/">x</a>', '<a href="//other/">x</a>'),
        ('<a href="mailto:a@b">x</a>', '<a href="mailto:a@b">x</a>'),
        ('<p>src="/x" href="/y"</p>', '<p>src="/x" href="/y"</p>'),
        ('<img alt="a > b, href=/x" src="/m.png">', '<img alt="a > b, href=/x" src="https://s/m.png">'),
        ('<img data-src="/m.png" alt=\' src="/x"\'>', '<img data-src="/m.png" alt=\' src="/x"\'>'),
        (
            '<picture><source type="image/avif" srcset="/m-1.avif 480w, /m-2.avif 960w" sizes="100vw">'
            '<img srcset="/m-1.png,/m-2.png 2x" src="/m-1.png" loading="lazy"></picture>',
            '<picture><source type="image/avif" srcset="https://s/m-1.avif 480w, https://s/m-2.avif 960w" '
            'sizes="100vw">'
            '<img srcset="https://s/m-1.png,https://s/m-2.png 2x" src="https://s/m-1.png" loading="lazy"></picture>',
        ),
        (
            '<img srcset="https://o/1.png 1x" src="https://o/1.png">',
            '<img srcset="https://o/1.png 1x" src="https://o/1.png">',
        ),
    ],
)
def test_addresses_of_ours_get_the_site_and_nothing_else_changes(html: str, expected: str) -> None:
    assert absolute(html, "https://s", "https://s/p/") == expected


HOSTILE = r'''"]]> <b>&amp; </title><!-- 𝄞 \" ' é -- %s {x}"'''


def test_hostile_words_stay_words_and_no_reader_stumbles(room: Newsroom) -> None:
    room.article(
        title=HOSTILE, summary=HOSTILE, tags='["]]> <b>"]', body="]]> `]]>` &#7;&#xd800; é 𝄞 <![CDATA[ x ]]>\n"
    )
    assert room.build() == 0

    for path in sorted((room.output / "feeds").rglob("*.atom")):
        root = etree.fromstring(path.read_bytes())
        parsed = feedparser.parse(path.read_bytes())
        assert not parsed.bozo, path
        told = json.loads(path.with_suffix(".json").read_text())
        for entry, item in zip(root.iter(f"{ATOM}entry"), told["items"], strict=True):
            assert entry.findtext(f"{ATOM}title") == entry.findtext(f"{ATOM}summary") == item["title"]
            assert item["title"].startswith("]]> <b>&amp; </title><!-- 𝄞 ")
            assert entry.findtext(f"{ATOM}content") == item["content_html"]
            assert not [sign for sign in item["content_html"] if ord(sign) < 32 and sign not in "\n\t"]


def test_signs_that_no_feed_can_carry_are_left_out() -> None:
    words = "a\x00b\x07c\x0bd\ufffee\ud800f\tg"
    when = datetime(2026, 3, 14, tzinfo=UTC)
    entry = Entry("tag:x,2026:a", words, "https://x.example/", "en", when, when, words, words, (), (words,))
    made = Feed("tag:x,2026:f", words, "/f.atom", "/", "en", (entry,))

    parsed = feedparser.parse(atom.write(made, Settings()))
    told = json.loads(jsonfeed.write(made, Settings()))

    assert not parsed.bozo
    assert parsed.feed.title == parsed.entries[0].title == told["title"] == told["items"][0]["title"] == "abcdef\tg"
    assert told["items"][0]["tags"] == ["abcdef\tg"]


def test_the_hub_has_a_feed_by_review(room: Newsroom) -> None:
    room.resource("one")
    room.resource("two", reviewed="{on: 2026-05-05, by: mara-example}", body="More [here](id:one).")
    room.resource("never", reviewed=None)
    room.build()

    entries = feed(room, "resources").entries

    assert [entry.id for entry in entries] == [f"{AUTHORITY}:two", f"{AUTHORITY}:one"]
    assert entries[0].updated == "2026-05-05T00:00:00-04:00"
    assert entries[0].summary == "Why it matters."
    assert [link.href for link in entries[0].links if link.rel == "related"] == ["https://example.org/work"]
    item = json_feed(room, "resources")["items"][0]
    assert item["external_url"] == "https://example.org/work"
    assert item["content_html"] == f'<p>Why it matters.</p><p>More <a href="{URL}/resources/one/">here</a>.</p>'
    assert "date_published" not in item


def test_languages_have_feeds_where_there_is_more_than_one(room: Newsroom) -> None:
    room.article("one")
    room.build()
    assert not (room.output / "feeds/languages").exists()

    room.article("deux", language="fr", date="2026-04-01 09:30", body="« Oui »")
    room.build()

    french = feed(room, "languages/fr")
    assert (french.feed.title, french.feed.id) == ("Practice Notes: Français", f"{AUTHORITY}:language:fr")
    assert 'xml:lang="fr"' in room.read("feeds/languages/fr.atom").partition("<entry")[0]
    assert [entry.id for entry in french.entries] == [f"{AUTHORITY}:deux"]
    assert json_feed(room, "languages/fr")["language"] == "fr"


def alternates(room: Newsroom, path: str) -> list[tuple[str | None, str | None]]:
    nodes = LexborHTMLParser(room.read(path)).css("link[rel=alternate]")
    return [(node.attributes["type"], node.attributes["href"]) for node in nodes]


def both(*names: str) -> list[tuple[str, str]]:
    kinds = {"atom": "application/atom+xml", "json": "application/feed+json"}
    return [(kind, f"/feeds/{name}.{ending}") for name in names for ending, kind in kinds.items()]


def test_pages_tell_of_their_feeds_and_lists_offer_to_follow_them(room: Newsroom) -> None:
    room.article("one", tags="[brief]")
    room.article("deux", language="fr", date="2026-04-01 09:30")
    room.resource()
    room.build()
    expected = {
        "index.html": (both("articles", "resources"), True),
        "archive/index.html": (both("articles", "languages/en", "languages/fr"), True),
        "2026/one/index.html": (both("articles"), False),
        "2026/deux/index.html": (both("articles", "languages/fr"), False),
        "topics/consent/index.html": (both("topics/consent"), True),
        "topics/care/index.html": (both("articles"), False),
        "tags/brief/index.html": (both("tags/brief"), True),
        "authors/mara-example/index.html": (both("authors/mara-example"), True),
        "authors/luc-exemple/index.html": (both("articles"), False),
        "resources/index.html": (both("resources"), True),
        "resources/kind/article/index.html": (both("resources"), False),
        "resources/suler-2004/index.html": (both("resources"), False),
        "404.html": ([], False),
    }

    for path, (feeds, follow) in expected.items():
        assert alternates(room, path) == feeds, path
        offered = LexborHTMLParser(room.read(path)).css(
            'main a[type="application/atom+xml"], main a[type$="feed+json"]'
        )
        assert [node.attributes["href"] for node in offered] == ([href for _, href in feeds[:2]] if follow else []), (
            path
        )


def test_every_feed_of_the_sample_site_is_in_order(sample_site: Path) -> None:
    files = sorted((sample_site / "feeds").rglob("*.atom"))
    assert len(files) > 30
    for path in files:
        parsed = feedparser.parse(path.read_bytes())
        told = json.loads(path.with_suffix(".json").read_text())
        assert not parsed.bozo, path
        assert parsed.feed.id.startswith("tag:")
        address = f"http://localhost:8000/{path.relative_to(sample_site).as_posix()}"
        assert [link.href for link in parsed.feed.links if link.rel == "self"] == [address]
        check_json_feed(told, address.replace(".atom", ".json"))
        assert [entry.id for entry in parsed.entries] == [item["id"] for item in told["items"]]
        assert parsed.feed.updated == max((entry.updated for entry in parsed.entries), default=parsed.feed.updated)
        for entry in parsed.entries:
            assert no_address_is_relative(entry.content[0].value), (path, entry.id)


def check_json_feed(told: dict[str, Any], address: str) -> None:
    """What https://jsonfeed.org/version/1.1 demands, and what we promise beyond it."""
    assert told["version"] == "https://jsonfeed.org/version/1.1"
    assert told["feed_url"] == address
    assert is_address(told["home_page_url"])
    assert told["language"] in ("en", "fr")
    assert told.keys() == {"version", "title", "home_page_url", "feed_url", "language", "authors", "items"}
    for item in told["items"]:
        required = {"id", "url", "title", "content_html", "summary", "date_modified", "language", "tags"}
        assert required <= item.keys() <= required | {"date_published", "authors", "image", "external_url"}
        assert is_address(item["url"])
        assert is_moment(item["date_modified"])
        assert is_moment(item.get("date_published", item["date_modified"]))
        for author in item.get("authors", []):
            assert author["name"]
            assert is_address(author["url"])


@pytest.mark.parametrize("name", ["notes.example.org", "notes example,2026", "notes.example.org,26", ",2026"])
def test_a_name_that_is_none_for_ids_is_refused(capsys: pytest.CaptureFixture[str], name: str) -> None:
    with pytest.raises(BuildStopped):
        options.authority({"FEED_AUTHORITY": name})

    assert "is no name with a year. Write the name of the site and a year, such as" in capsys.readouterr().err

"""Exports for WordPress and Disqus: what they hold, and that they come back as they went."""

import re
import xml.etree.ElementTree as etree
from collections.abc import Callable
from pathlib import Path

from comments.model import NewComment
from tests.export.conftest import ADDRESSES, ARTICLE, OTHER, THEN, House
from tests.migration.conftest import FOOT, HEAD, comment, post

WP = "{http://wordpress.org/export/1.2/}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"


def items(path: Path) -> dict[str, etree.Element]:
    root = etree.fromstring(path.read_bytes())  # our own file
    return {item.findtext(f"{WP}post_name") or "": item for item in root.iter("item")}


def test_wordpress_gets_texts_with_their_facts_and_comments_inside_them(full: House) -> None:
    draft = full.content / "articles/2026/draft.md"
    draft.write_text(
        "---\nid: a-draft\ntitle: Draft\nsummary: S.\nauthors: [mara-example]\ntopics: [ethics]\n---\n\nX.\n"
    )
    path = full.write("wordpress", "out.xml")
    found = items(path)

    article = found[ARTICLE]
    assert article.findtext("title")
    assert article.findtext("link", "").startswith("http://localhost:8000/2026/")
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", article.findtext(f"{WP}post_date_gmt", ""))
    assert article.findtext(f"{WP}post_date_gmt") != article.findtext(f"{WP}post_date")
    assert {node.get("domain") for node in article.findall("category")} == {"category", "post_tag"}
    assert found["a-draft"].findtext(f"{WP}status") == "draft"
    assert found["a-draft"].findtext(f"{WP}post_date_gmt", "").startswith("0000")
    assert found["about"].findtext(f"{WP}post_type") == "page"
    body = article.findtext(CONTENT, "")
    assert "<p>" in body
    assert 'href="id:' not in body
    comments = {one.findtext(f"{WP}comment_id"): one for one in article.iter(f"{WP}comment")}
    assert {number: one.findtext(f"{WP}comment_approved") for number, one in comments.items()} == {
        "1": "1",
        "2": "0",
        "6": "trash",
        "8": "1",
        "900": "1",
    }
    assert comments["1"].findtext(f"{WP}comment_content") == "Second words."
    assert full.export.left["comments in spam, which WordPress's own exports leave out too"] == 1
    assert "secret.example" not in path.read_text(encoding="utf-8")
    assert ADDRESSES[0] in full.write("wordpress", "with.xml", addresses=True).read_text(encoding="utf-8")


def test_out_to_wordpress_and_back_the_conversation_is_the_same_and_from_then_on_the_file_to_the_byte(
    full: House, houses: Callable[..., House]
) -> None:
    first = full.write("wordpress", "first.xml")
    there, further = houses(texts=False), houses(texts=False)
    told = there.bring(first, media=full.content / "media")
    assert there.load().problems == ()
    second = there.write("wordpress", "second.xml")
    further.bring(second, media=there.content / "media")
    third = further.write("wordpress", "third.xml")

    assert third.read_text(encoding="utf-8") == second.read_text(encoding="utf-8")
    assert told.ledger.counts()["comment"] == {"changed": 1, "imported": 5}  # one answered a comment that was erased
    before, after = texts(first), texts(second)
    assert before.keys() == after.keys()
    for link, item in before.items():
        assert words(item) == words(after[link]), link
        assert said(item) == said(after[link])
        for field in ("title", f"{WP}post_date_gmt", f"{WP}status", f"{WP}post_type"):
            assert item.findtext(field) == after[link].findtext(field)


def texts(path: Path) -> dict[str, etree.Element]:
    """Posts and pages by their addresses."""
    return {item.findtext("link", ""): item for item in items(path).values() if item.find(CONTENT) is not None}


def words(item: etree.Element) -> list[str]:
    """The words of a text, without its markup."""
    plain = re.sub(r"<[^>]*>|&#?\w+;|\W", " ", item.findtext(CONTENT, ""))
    return plain.split()


def said(item: etree.Element) -> list[tuple[str | None, ...]]:
    fields = ("comment_id", "comment_author", "comment_author_url", "comment_date_gmt", "comment_content")
    return [tuple(one.findtext(f"{WP}{name}") for name in fields) for one in item.iter(f"{WP}comment")]


def test_a_second_import_of_it_and_one_into_the_store_it_came_from_add_no_comment(
    full: House, houses: Callable[..., House]
) -> None:
    path = full.write("disqus", "first.xml")
    for house in (full, full):
        told = house.bring(path)
        assert {entry.outcome for entry in told.ledger.entries} == {"kept"}
    with full.store() as ctx:
        assert ctx.store.count_comments() == 8


def test_disqus_gets_what_it_can_show_under_its_identifiers_and_it_comes_back_to_the_byte(
    full: House, houses: Callable[..., House]
) -> None:
    first = full.write("disqus", "first.xml")
    text = first.read_text(encoding="utf-8")
    assert text.count("<item>") == 2
    assert f"<dsq:thread_identifier><![CDATA[{ARTICLE}]]></dsq:thread_identifier>" in text
    assert f"<dsq:thread_identifier><![CDATA[{OTHER}]]></dsq:thread_identifier>" in text
    assert re.findall(r"comment_id>(\d+)<", text) == ["3", "900", "1", "2", "8"]
    assert "secret.example" not in text
    there, further = houses(), houses()
    there.bring(first)
    second = there.write("disqus", "second.xml")
    further.bring(second)
    assert further.write("disqus", "third.xml").read_bytes() == second.read_bytes()
    for path in (first, second):
        assert len(re.findall("<wp:comment>", path.read_text(encoding="utf-8"))) == 5


def test_wordpress_gets_what_readers_once_wrote_below_pages(full: House, houses: Callable[..., House]) -> None:
    """Pages show no comments here. Where they came from, they did."""
    old = full.folder / "old.xml"
    old.write_text(HEAD + post(1, kind="page", more=comment(4000, "Below a page.")) + FOOT, encoding="utf-8")
    full.bring(old)
    path = full.write("wordpress", "out.xml")
    said = items(path)["text-1"].findtext(f"{WP}comment/{WP}comment_content", "")
    assert "Below a page." in said
    there = houses(texts=False)
    there.bring(path, media=full.content / "media")
    assert "Below a page." in there.write("wordpress", "again.xml").read_text(encoding="utf-8")


def test_what_an_author_wrote_below_the_own_article_bears_the_authors_mark_wherever_it_goes(
    houses: Callable[..., House],
) -> None:
    house, there = houses(small=True), houses(texts=False)
    with house.store() as ctx:
        mara = ctx.store.add_account("Mara Example", "author", THEN, "mara-example")
        other = ctx.store.add_account("Another name", "author", THEN, "mara-example")
        for name, account in (("Mara Example", mara), ("Another name", other), ("Mara Example", None)):
            said = NewComment(ARTICLE, name, "Words.", "<p>Words.</p>", 2, "approved", THEN, account=account)
            ctx.store.add_comment(said)
    path = house.write("wordpress", "out.xml")
    there.bring(path, media=house.content / "media")
    with there.store() as ctx:
        shown = [(one.name, one.badge) for one in ctx.store.list_public(ARTICLE)]
    assert shown == [("Mara Example", "author"), ("Another name", ""), ("Mara Example", "")]

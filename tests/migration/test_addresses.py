"""Old addresses after a move: numbers, files, lists, attachments; and comments whose number was taken."""

import re
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from comments.model import NewComment
from comments.thread.render import Renderer
from migrate.run import Migration
from tests.contracts.tiny_site import SITE, THREADS
from tests.migration.conftest import HEAD, NOW, ROOT, Desk, Export, comment, post

FILE = "https://old.example/wp-content/uploads/2019/05/{}"


def told(run: Migration) -> dict[str, list[str]]:
    """What the report says of addresses and comments, by number of the item."""
    found = {
        entry.source: [one.what for one in entry.findings if one.kind in ("address", "comments")]
        for entry in run.ledger.entries
        if entry.kind != "comment"
    }
    return {number: what for number, what in found.items() if what}


def file(number: int, name: str, **fields: str) -> str:
    link = fields.pop("link", f"https://old.example/?attachment_id={number}")
    return post(
        number, "", kind="attachment", link=link, wp__status="inherit", wp__attachment_url=FILE.format(name), **fields
    )


def test_numbers_and_older_links_lead_to_the_text_and_a_stranger_never_takes_a_number(
    desk: Desk, export: Export
) -> None:
    run = desk.migrate(
        export(
            post(17, guid="https://old.example/?p=18"),
            post(18, guid="https://older.example/blog/?p=3"),
            post(2, kind="page", link="https://old.example/about-us/team", guid="https://old.example/?page_id=2"),
            post(5, guid="https://old.example/?p=900", wp__status="draft"),
        )
    )

    found = desk.load()
    assert found.problems == ()
    assert {old: new for old, new in found.redirects.items() if "p=" in old} == {
        "/?p=17": "/2019/05/text-17/",
        "/?p=18": "/2019/05/text-18/",
        "/blog/?p=3": "/2019/05/text-18/",
        "/?p=2": "/about-us/team/",
    }
    assert told(run) == {}


def test_a_site_in_a_folder_keeps_its_addresses_there(desk: Desk, export: Export) -> None:
    head = HEAD.replace("base_blog_url>https://old.example<", "base_blog_url>https://old.example/blog<")
    desk.migrate(export(post(7, link="https://old.example/blog/7/", guid="https://old.example/blog/?p=7"), head=head))

    redirects = desk.load().redirects
    assert redirects["/blog/?p=7"] == "/blog/7/"
    assert redirects["/blog/category/ethics/"] == "/topics/ethics/"
    assert redirects["/blog/author/ada/"] == "/authors/ada-example/"
    assert redirects["/blog/feed/"] == "/feeds/articles.atom"


def test_categories_under_one_another_tags_and_authors_lead_to_their_lists(desk: Desk, export: Export) -> None:
    head = HEAD.replace("</wp:author>", "<wp:author_id>4</wp:author_id></wp:author>") + (
        "<wp:category><wp:term_id>31</wp:term_id><wp:category_nicename>Trust</wp:category_nicename>"
        "<wp:category_parent>ethics</wp:category_parent><wp:cat_name>Trust</wp:cat_name></wp:category>"
    )
    terms = (
        '<category domain="category" nicename="Trust">Trust</category>'
        '<category domain="post_tag" nicename="old-notes">Old notes</category>'
    )
    desk.migrate(export(post(1, more=terms), head=head))

    found = desk.load()
    assert found.problems == ()
    for old, new in {
        "/category/Trust/": "/topics/trust/",
        "/category/ethics/Trust/": "/topics/trust/",
        "/category/ethics/Trust/feed/": "/feeds/topics/trust.atom",
        "/?cat=31": "/topics/trust/",
        "/tag/old-notes/": "/tags/old-notes/",
        "/?tag=old-notes": "/tags/old-notes/",
        "/author/ada/": "/authors/ada-example/",
        "/?author=4": "/authors/ada-example/",
    }.items():
        assert found.redirects[old] == new


def test_a_file_is_found_where_it_was_and_its_page_leads_to_its_text_or_to_the_file(
    desk: Desk, export: Export, tmp_path: Path
) -> None:
    media = tmp_path / "uploads" / "2019" / "05"
    media.mkdir(parents=True)
    for name in ("Desk.png", "Room.png", "Unseen.png"):
        (media / name).write_bytes((desk.content / "media/silence.png").read_bytes())
    shown = "".join(f'<img src="{FILE.format(name)}" alt="It" />\n\n' for name in ("Desk-300x200.png", "Room.png"))
    run = desk.migrate(
        export(
            post(1, shown),
            file(3, "Desk.png", link="https://old.example/2019/05/text-1/desk/", wp__post_parent="1"),
            file(4, "Room.png"),
            file(5, "Unseen.png"),
            file(6, "Gone.png"),
        ),
        media=tmp_path / "uploads",
    )

    found = desk.load()
    assert found.problems == ()
    for old, new in {
        "/wp-content/uploads/2019/05/Desk.png": "/media/old-site/2019/05/desk.png",
        "/2019/05/text-1/desk/": "/2019/05/text-1/",
        "/?p=3": "/2019/05/text-1/",
        "/?p=4": "/media/old-site/2019/05/room.png",
    }.items():
        assert found.redirects[old] == new
    assert not [old for old in found.redirects if "Unseen" in old]
    assert (found.redirects["/?p=5"], found.redirects["/?p=6"]) == ("/archive/", "/archive/")
    nothing = "leads to /archive/ as it belongs to no public text, and its file is not public"
    assert told(run) == {number: [f"its old address /?attachment_id={number} {nothing}"] for number in ("5", "6")}


def test_what_no_page_answers_is_named_and_answered_once_the_draft_is_mended(desk: Desk, export: Export) -> None:
    items = (
        post(1, ""),
        post(2, wp__post_password="x"),
        post(3, link="https://old.example/about/"),
        post(4, link="https://old.example/desk/"),
    )
    run = desk.migrate(export(*items))

    assert told(run) == {
        "1": ["its old address /2019/05/text-1/ leads to /archive/ while it is a draft"],
        "2": ["its old address /2019/05/text-2/ leads to /archive/ while it is a draft"],
        "3": ["its old address /about/ belongs to something else here: about"],
        "4": ["its old address /desk/ is answered by nothing: it belongs to the site itself"],
    }
    before = desk.load().redirects
    assert "/?p=1" not in before
    assert before["/2019/05/text-1/"] == before["/2019/05/text-2/"] == "/archive/"
    draft = desk.content / "articles/2019/text-1.md"
    draft.write_text(draft.read_text().replace("status: draft", "status: published") + "Words now.\n")
    found = desk.load()
    assert found.problems == ()
    assert found.redirects["/?p=1"] == "/2019/05/text-1/"
    assert "/2019/05/text-1/" not in found.redirects


HOSTILE = (
    "https://old.example/?p=9%0d%0aX:y",
    "https://old.example/a;}b/",
    "https://old.example/$uri/",
    'https://old.example/"quoted"/',
    "https://old.example//evil.example/",
    "https://old.example/\\evil.example/",
    "https://old.example/%2e%2e/secret/",
    "https://old.example/a%0ab/",
    "https://old.example/comments/privacy/",
    "https://evil.example/?a={b}",
    "http://[broken/",
    "javascript:alert(1)",
)


def test_an_export_cannot_lead_readers_away_nor_write_into_the_servers_settings(desk: Desk, export: Export) -> None:
    posts = [post(number, link=link, guid=link) for number, link in enumerate(HOSTILE, 1)]
    files = [file(100 + number, f"{number}.png", link=link) for number, link in enumerate(HOSTILE, 1)]
    desk.migrate(export(*posts, *files, post(200)))

    found = desk.load()
    assert found.problems == ()
    assert "/?p=1" in found.redirects
    for old, new in found.redirects.items():
        assert re.fullmatch(r"/(?!/)[\w/.~?=&%+-]*", old), old
        assert re.fullmatch(r"/(?!/)[\w/.~-]*", new), new
        assert not old.startswith(("/comments", "/desk"))


def test_a_text_without_words_shows_what_it_had_its_excerpt_or_its_picture(
    desk: Desk, export: Export, tmp_path: Path
) -> None:
    media = tmp_path / "uploads" / "2019" / "05"
    media.mkdir(parents=True)
    (media / "Desk.png").write_bytes((desk.content / "media/silence.png").read_bytes())
    chosen = "<wp:postmeta><wp:meta_key>_thumbnail_id</wp:meta_key><wp:meta_value>9</wp:meta_value></wp:postmeta>"
    run = desk.migrate(
        export(
            post(1, "", excerpt__encoded="In a *nutshell*."),
            post(2, "<!-- wp:spacer --><!-- /wp:spacer -->", more=chosen),
            post(3, " "),
            file(9, "Desk.png"),
        ),
        media=tmp_path / "uploads",
    )

    found = desk.load()
    assert found.problems == ()
    assert desk.text("articles/2019/text-1.md").endswith("---\n\nIn a \\*nutshell\\*.\n")
    assert "](media/old-site/2019/05/desk.png" in desk.text("articles/2019/text-2.md")
    assert [text.id for text in found.hidden if text.id.startswith("text-")] == ["text-3"]
    assert [entry.why[:1] for entry in run.ledger.entries[:3]] == [
        ["it had no text of its own; its excerpt stands for it"],
        ["it had no text of its own; its picture stands for it"],
        ["it has no text, so it is a draft here"],
    ]


def test_a_second_run_adds_no_address(desk: Desk, export: Export) -> None:
    path = export(post(1), post(2, kind="page"), post(3, ""))
    desk.migrate(path)
    before = desk.text("addresses.yml")
    desk.migrate(path)
    assert desk.text("addresses.yml") == before


def test_the_place_of_a_page_in_the_old_menu_is_told_as_left_behind(desk: Desk, export: Export) -> None:
    run = desk.migrate(export(post(1, kind="page", wp__menu_order="7"), post(2, kind="page")))
    assert [entry.why for entry in run.ledger.entries] == [
        ["its place among the pages (7) was left behind: the menu is in pelicanconf.py here"],
        [],
    ]


def test_comments_of_pages_stay_at_the_desk_and_are_told_at_their_page(desk: Desk, export: Export) -> None:
    run = desk.migrate(
        export(post(1, kind="page", more=comment(4) + comment(5, approved="0")), post(2, more=comment(6)))
    )

    (what,) = told(run)["1"]
    assert what.startswith("its 2 comments are kept and can be read at the desk; readers do not see them")
    with desk.store() as ctx:
        assert {one.id: one.state for one in ctx.store.list_comments(thread="text-1")} == {4: "approved", 5: "pending"}
    assert told(run).keys() == {"1"}
    (what,) = told(desk.migrate(export(post(7, kind="page", more=comment(8)))))["7"]
    assert what.startswith("its comment is kept and can be read at the desk; readers do not see it, because")


def test_a_comment_whose_number_is_taken_is_found_under_its_old_one_where_no_other_stands(
    desk: Desk, export: Export
) -> None:
    new = NewComment("here", "Ann", "Hello.", "<p>Hello.</p>", 1, "approved", NOW)
    with desk.store() as ctx:
        taken = ctx.store.add_comment(new)
    run = desk.migrate(export(post(1, more=comment(taken) + comment(taken + 40, parent=str(taken)))))

    with desk.store() as ctx:
        shown = ctx.store.list_public("text-1")
    (page,) = [Renderer(ROOT / "theme").regions(SITE, THREADS["first"], shown)["thread"].decode()]
    tree = LexborHTMLParser(page)
    anchor = tree.css_first(f"#comment-{taken}")
    assert anchor.tag == "a"
    (moved,) = [entry for entry in run.ledger.entries if entry.kind == "comment" and entry.source == str(taken)]
    assert moved.link == f"/2019/05/text-1/#comment-{shown[0].id}"
    assert anchor.parent is not None
    assert anchor.parent.css_first(f"article#comment-{shown[0].id}") is not None
    assert moved.why == [
        f"its number {taken} was taken, so it is {shown[0].id} now; links to the old one still lead to it"
    ]


def test_one_comment_of_a_page_is_spoken_of_as_one(desk: Desk, export: Export) -> None:
    (what,) = told(desk.migrate(export(post(1, kind="page", more=comment(4)))))["1"]

    assert what.startswith("its comment is kept and can be read at the desk; readers do not see it, because")

"""A whole export, from the file to the publication and the store."""

import json
from collections import Counter
from pathlib import Path

import pytest

from migrate import report
from tests.migration.conftest import NOW, Desk, Export, comment, post

ODD = ("", "0", "-3", "abc", "1e3", "9" * 24)


def snapshot(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_texts_come_over_with_their_addresses_authors_topics_and_moments(desk: Desk, export: Export) -> None:
    run = desk.migrate(export(post(17, "First line.\n\nSecond <strong>one</strong>.")))

    found = desk.load()
    text = found.find("text-17")
    assert found.problems == ()
    assert text is not None
    assert (text.path, text.title) == ("/2019/05/text-17/", "Title of 17")
    assert (text.authors, text.topics) == (("ada-example",), ("ethics",))
    assert desk.text("articles/2019/text-17.md").endswith("First line.\n\nSecond **one**.\n")
    assert "date: 2019-05-02 09:30" in desk.text("articles/2019/text-17.md")
    assert run.ledger.counts() == {"post": {"imported": 1}}


def test_a_topic_the_publication_has_already_keeps_its_name(desk: Desk, export: Export) -> None:
    before = desk.load().topics["ethics"].name
    desk.migrate(export(post(1)))
    assert desk.load().topics["ethics"].name == before


@pytest.mark.parametrize(
    ("fields", "state"),
    [
        ({"wp__post_password": "enter"}, "draft"),
        ({"wp__status": "private"}, "draft"),
        ({"wp__status": "draft"}, "draft"),
        ({"wp__status": "pending"}, "review"),
        ({"wp__status": "future", "wp__post_date_gmt": "2030-01-02 10:00:00"}, "scheduled"),
    ],
)
def test_what_was_not_open_to_everybody_is_not_open_here(
    desk: Desk, export: Export, fields: dict[str, str], state: str
) -> None:
    run = desk.migrate(export(post(5, **fields)))
    found = desk.load()
    assert found.problems == ()
    assert found.find("text-5") is None
    assert [text.state for text in found.hidden if text.id == "text-5"] == [state]
    assert run.ledger.entries[0].why


def test_items_no_reader_ever_saw_are_counted_and_left_out(desk: Desk, export: Export) -> None:
    kinds = ("nav_menu_item", "revision", "custom_css", "product")
    run = desk.migrate(
        export(*(post(number, kind=kind) for number, kind in enumerate(kinds, 1)), post(9, wp__status="trash"))
    )
    assert [entry.outcome for entry in run.ledger.entries] == ["skipped"] * 5
    assert all(entry.why for entry in run.ledger.entries)


def test_two_items_with_one_number_and_two_with_one_slug_all_come_over(desk: Desk, export: Export) -> None:
    desk.migrate(
        export(
            post(7, kind="nav_menu_item"),
            post(7, slug="same"),
            post(8, slug="same", link="https://old.example/2020/01/same/"),
        )
    )
    found = desk.load()
    assert found.problems == ()
    assert {text.id for text in found.articles} >= {"same", "same-2"}
    assert found.find("same-2").path == "/2020/01/same/"  # type: ignore[union-attr]  # it is there, says the line above


def test_comments_without_a_number_of_their_own_are_counted_and_stop_nothing(desk: Desk, export: Export) -> None:
    """Threat "half imports": Isso keeps half of such a file."""
    odd = [comment(2).replace("<wp:comment_id><![CDATA[2]]>", f"<wp:comment_id>{number}") for number in ODD]
    run = desk.migrate(export(post(1, more=comment(1) + comment(1, "Again.") + "".join(odd)), post(1, "Again.")))

    assert run.ledger.counts() == {
        "post": {"imported": 1, "skipped": 1},
        "comment": {"imported": 1, "skipped": 1 + len(ODD)},
    }
    with desk.store() as ctx:
        assert [(one.id, one.source) for one in ctx.store.iterate_comments()] == [(1, "A reply.")]
    assert desk.load().problems == ()


def test_links_between_texts_become_ids_and_lost_ones_are_told(desk: Desk, export: Export) -> None:
    text = (
        '<a href="https://old.example/2019/05/text-2/#comment-4">two</a> <a href="/?p=2">again</a> '
        '<a href="https://old.example/shop/">shop</a> <a href="https://elsewhere.example/x">out</a>'
    )
    run = desk.migrate(export(post(1, text), post(2)))
    body = desk.text("articles/2019/text-1.md").partition("---\n\n")[2]
    assert body == "[two](id:text-2#comment-4) [again](id:text-2) shop [out](https://elsewhere.example/x)\n"
    assert [finding.kind for finding in run.ledger.entries[0].findings] == ["link"]
    assert desk.load().problems == ()


def test_links_that_lead_nowhere_here_or_still_to_the_old_site_are_told_with_words_and_address(
    desk: Desk, export: Export, tmp_path: Path
) -> None:
    files = "https://files.example/2019/05"
    text = (
        '<a href="/wp-content/uploads/talk.mp3">The talk</a> <a href="/shop/">https://old.example/shop/</a> '
        f'<a href="{files}/form.pdf">The form</a> <a href="{files}/here.pdf">The other</a> '
        f'<audio src="{files}/a.mp3"></audio>'
    )
    media = tmp_path / "uploads"
    (media / "2019/05").mkdir(parents=True)
    (media / "2019/05/here.pdf").write_bytes(b"%PDF-1.4 of ours")
    attachment = post(2, "", kind="attachment", wp__attachment_url=f"{files}/here.pdf")
    run = desk.migrate(export(post(1, text), attachment), media=media)

    assert desk.text("articles/2019/text-1.md").partition("---\n\n")[2] == (
        f"[The talk](https://old.example/wp-content/uploads/talk.mp3) https://old.example/shop/ "
        f"[The form]({files}/form.pdf) [The other](media/old-site/2019/05/here.pdf)\n\n[a.mp3]({files}/a.mp3)\n"
    )
    found = [(one.kind, one.what) for one in run.ledger.entries[0].findings if one.kind != "frame"]
    old, told = "https://old.example", "is not in the media folder"
    assert found == [
        (
            "old-site",
            f"a link still leads to the old site: “The talk” leads to {old}/wp-content/uploads/talk.mp3, which {told}",
        ),
        ("link", f"a link became words: {old}/shop/ has no page on the new site"),
        ("old-site", f"a link still leads to the old site: “The form” leads to {files}/form.pdf, which {told}"),
        ("old-site", f"a link still leads to the old site: “a.mp3” leads to {files}/a.mp3, which {told}"),
    ]
    assert run.ledger.left == ["3 links still lead to files on the old site; each is named at its text."]


def test_pictures_come_from_the_folder_whatever_size_the_text_shows(desk: Desk, export: Export, tmp_path: Path) -> None:
    media = tmp_path / "uploads"
    (media / "2019/05").mkdir(parents=True)
    (media / "2019/05/Desk.png").write_bytes((desk.content / "media/silence.png").read_bytes())
    (media / "2019/05/Paper.txt").write_text("No text shows it.")
    source = "https://old.example/wp-content/uploads/2019/05/Desk-300x200.png"
    shown = f'[caption id="a" align="none"]<img src="{source}" alt="A desk" /> My desk[/caption]'
    shown += '\n\n<img src="/wp-content/uploads/2019/05/gone.png" alt="Gone" />'
    file = "https://old.example/wp-content/uploads/2019/05/Desk.png"
    paper = post(3, "", kind="attachment", wp__attachment_url=file.replace("Desk.png", "Paper.txt"))
    items = (post(1, shown), post(2, "", kind="attachment", wp__attachment_url=file), paper)
    run = desk.migrate(export(*items), media=media)

    body = desk.text("articles/2019/text-1.md")
    assert '![A desk](media/old-site/2019/05/desk.png "My desk")' in body
    assert "*Picture not brought over: Gone.*" in body
    assert (desk.content / "media/old-site/2019/05/desk.png").exists()
    assert (desk.content / "media/old-site/2019/05/paper.txt").read_text() == "No text shows it."
    assert [entry.outcome for entry in run.ledger.entries] == ["changed", "imported", "imported"]
    assert [finding.what for finding in run.ledger.entries[0].findings] == [
        "the picture gone.png is not in the media folder"
    ]
    assert desk.load().problems == ()


def test_comments_keep_thread_parent_moment_state_number_and_their_addresses_stay_in_the_vault(
    desk: Desk, export: Export
) -> None:
    replies = comment(31) + comment(32, parent="31") + comment(33, approved="0") + comment(34, approved="trash")
    run = desk.migrate(export(post(1, more=replies)))
    with desk.store() as ctx:
        found = {one.id: one for one in ctx.store.iterate_comments()}
        assert {number: (one.state, one.parent) for number, one in found.items()} == {
            31: ("approved", None),
            32: ("approved", 31),
            33: ("pending", None),
            34: ("trash", None),
        }
        assert all(one.thread == "text-1" and one.has_address for one in found.values())
        assert found[31].created.isoformat() == "2019-05-03T10:31:00+00:00"
        sealed = ctx.store.find_address(found[31].person or 0)
        assert sealed is not None
        assert ctx.vault.open(f"person:{found[31].person}", sealed[0]) == "reader31@secret.example"
    assert run.ledger.counts()["comment"] == {"imported": 4}
    assert b"secret.example" not in b"".join(snapshot(desk.content).values())
    assert b"secret.example" not in b"".join(data for name, data in snapshot(desk.folder / "var").items())


def test_pingbacks_and_editorial_notes_are_counted_never_shown(desk: Desk, export: Export) -> None:
    replies = (
        comment(1, type="pingback")
        + comment(2, type="trackback")
        + comment(3, type="note")
        + comment(4, type="comment")
    )
    run = desk.migrate(export(post(1, more=replies)))
    assert run.ledger.counts()["comment"] == {"imported": 1, "skipped": 3}
    with desk.store() as ctx:
        assert [one.id for one in ctx.store.iterate_comments()] == [4]


def test_orphans_circles_and_parents_that_follow_find_a_place(desk: Desk, export: Export) -> None:
    replies = (
        comment(1, parent="99")
        + comment(2, parent="3")
        + comment(3, parent="2")
        + comment(10, parent="11")
        + comment(11)
    )
    run = desk.migrate(export(post(1, more=replies)))
    with desk.store() as ctx:
        parents = {one.id: one.parent for one in ctx.store.iterate_comments()}
    assert parents == {1: None, 2: None, 3: 2, 10: 11, 11: None}
    assert run.ledger.counts()["comment"] == {"changed": 2, "imported": 3}


def test_a_thread_of_two_thousand_answers_in_a_row_comes_over(desk: Desk, export: Export) -> None:
    replies = "".join(comment(number, parent=str(number - 1)) for number in range(1, 2001))
    desk.migrate(export(post(1, more=replies)))
    with desk.store() as ctx:
        assert ctx.store.get_comment(2000).parent == 1999


def test_a_comment_is_shown_as_it_was_without_what_could_harm(desk: Desk, export: Export) -> None:
    text = (
        'One.\nTwo <b>bold</b> <script>alert(1)</script><img src=x onerror=alert(1)>\n\n<a href="javascript:x">no</a>'
    )
    desk.migrate(export(post(1, more=comment(1, text))))
    with desk.store() as ctx:
        html = ctx.store.get_comment(1).html
    assert "<strong>bold</strong>" in html
    assert "<br>" in html
    assert not any(word in html for word in ("script", "onerror", "<img"))


def test_a_second_run_writes_nothing(desk: Desk, export: Export) -> None:
    path = export(post(1, more=comment(1)), post(2, kind="page"))
    desk.migrate(path)
    before = snapshot(desk.content)
    with desk.store() as ctx:
        audit = len(ctx.store.list_audit())

    again = desk.migrate(path)

    assert snapshot(desk.content) == before
    with desk.store() as ctx:
        assert ctx.store.count_comments() == 1
        assert len(ctx.store.list_audit()) == audit
    assert {entry.outcome for entry in again.ledger.entries} == {"kept"}


def test_what_editors_changed_or_deleted_since_stays_as_they_left_it(desk: Desk, export: Export) -> None:
    path = export(post(1), post(2, wp__status="draft"))
    desk.migrate(path)
    edited = desk.content / "articles/2019/text-1.md"
    edited.write_text(edited.read_text(encoding="utf-8") + "\nAnd more.\n", encoding="utf-8")
    (desk.content / "articles/2019/text-2.md").unlink()

    again = desk.migrate(path)

    assert edited.read_text(encoding="utf-8").endswith("And more.\n")
    assert not (desk.content / "articles/2019/text-2.md").exists()
    assert [entry.outcome for entry in again.ledger.entries] == ["kept", "kept"]
    assert all("since it was brought over" in entry.why[0] for entry in again.ledger.entries)


def test_an_erased_comment_does_not_come_back(desk: Desk, export: Export) -> None:
    path = export(post(1, more=comment(1) + comment(2)))
    desk.migrate(path)
    with desk.store() as ctx:
        ctx.store.delete_comment(2, NOW)
    desk.migrate(path)
    with desk.store() as ctx:
        assert [one.id for one in ctx.store.iterate_comments()] == [1]


def test_a_rehearsal_changes_nothing_and_tells_the_same(desk: Desk, export: Export) -> None:
    path = export(post(1, more=comment(1)), post(2, wp__post_password="x"))
    before = snapshot(desk.folder)
    told = desk.migrate(path, dry=True).ledger.counts()
    assert snapshot(desk.folder) == before
    assert desk.migrate(path).ledger.counts() == told


def test_the_report_accounts_for_every_item_once_and_shows_no_address(desk: Desk, export: Export) -> None:
    items = (
        post(1, more=comment(1) + comment(2, type="pingback")),
        post(2, kind="nav_menu_item"),
        post(3, "[form_7 id=1] <script>x</script>"),
    )
    run = desk.migrate(export(*items))
    page = report.write(desk.folder / "var", run.ledger, run.catalogue.site, NOW, dry=False, dropped=0)
    told = json.loads((page.parent / "report.json").read_bytes())
    assert told["total"] == 5 == sum(sum(kind.values()) for kind in told["counts"].values()) == len(told["items"])
    assert Counter(item["kind"] for item in told["items"]) == {"post": 2, "comment": 2, "nav_menu_item": 1}
    text = page.read_text(encoding="utf-8") + json.dumps(told)
    assert "secret.example" not in text
    assert "192.0.2" not in text
    assert "shortcode [form_7]" in text


def test_a_damaged_text_cannot_stop_the_rest(desk: Desk, export: Export) -> None:
    """Whatever a text turns into, the publication passes its own checker afterwards."""
    odd = (
        '<h1></h1><h4>Deep</h4>[^1] <a href="#nowhere">there</a> <img src="x.png"> <a href=""></a> `a '
        "<!--thread:x--> [b][c] {x} ![" + "*" * 50
    )
    run = desk.migrate(export(post(1, odd), post(2, ""), post(3, "fine", title="")))
    assert desk.load().problems == ()
    assert run.ledger.counts()["post"] == {"changed": 3}, [e.findings for e in run.ledger.entries]


def test_files_that_cannot_be_published_are_left_out_and_told(desk: Desk, export: Export, tmp_path: Path) -> None:
    media = tmp_path / "uploads"
    media.mkdir()
    (media / "fake.png").write_bytes(b"no picture at all")
    (media / "active.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')
    (media / "good.png").write_bytes((desk.content / "media/silence.png").read_bytes())
    names = ("fake.png", "active.svg", "good.png")
    shown = "\n\n".join(f'<img src="/wp-content/uploads/{name}" alt="{name[:-4]}" />' for name in names)
    files = [
        post(number, "", kind="attachment", wp__attachment_url=f"https://old.example/wp-content/uploads/{name}")
        for number, name in enumerate(names, 10)
    ]

    run = desk.migrate(export(post(1, shown), *files), media=media)

    assert desk.load().problems == ()
    body = desk.text("articles/2019/text-1.md")
    assert "*Picture not brought over: fake.*" in body
    assert "![good](media/old-site/good.png)" in body
    assert [entry.outcome for entry in run.ledger.entries[1:]] == ["skipped", "skipped", "imported"]


def test_a_text_that_is_far_too_long_is_left_out_and_the_rest_comes_over(desk: Desk, export: Export) -> None:
    run = desk.migrate(export(post(1, "word " * 250_000), post(2)))
    assert [entry.outcome for entry in run.ledger.entries] == ["skipped", "imported"]
    assert desk.load().problems == ()

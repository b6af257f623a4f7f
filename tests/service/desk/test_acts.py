"""Deciding: what the buttons do, and the receipt that stands where the comment stood."""

import os
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from comments.actions import mine, moderate, privacy
from comments.actions.release import publish_release
from comments.manifest import FILE, write
from tests.service.desk.desk import Desk, public_page, signed_in
from tests.service.web.house import OPEN, House


def texts(desk: Desk) -> list[str]:
    """The list from top to bottom: names, and where the receipt stands."""
    rows = desk.page.css(".list > ol > li")
    return ["receipt" if row.attributes.get("id") == "receipt" else row.css_first("h2").text() for row in rows]  # type: ignore[union-attr]


def three(house: House) -> None:
    for name in ("First", "Second", "Third"):
        house.waiting(name=name)


def test_publishing_puts_it_on_the_page_and_a_receipt_where_it_stood(house: House, desk: Desk) -> None:
    three(house)

    desk.get("/desk/").press("Publish", within="#c-2")

    assert desk.answer is not None
    assert desk.status == 303
    assert desk.answer.headers["Location"].endswith("#receipt")
    desk.follow()
    assert texts(desk) == ["First", "receipt", "Third"]
    assert desk.words("#receipt p").startswith("Published. It is on the page.")
    assert "Second" in desk.words("#receipt")
    assert desk.title.startswith("Published. It is on the page. 2 waiting")
    assert "Second" in public_page(house)


def test_undo_takes_it_back_to_its_place(house: House, desk: Desk) -> None:
    three(house)
    desk.get("/desk/").press("Publish", within="#c-2").follow()

    desk.press("Undo", within="#receipt").follow()

    assert texts(desk) == ["First", "receipt", "Second", "Third"]
    assert desk.words("#receipt p").startswith("Undone.")
    assert "Second" not in public_page(house)


@pytest.mark.parametrize(("label", "path", "state"), [("Spam", "/desk/spam/", "spam"), ("Bin", "/desk/bin/", "trash")])
def test_what_was_taken_away_can_be_brought_back(house: House, desk: Desk, label: str, path: str, state: str) -> None:
    house.waiting()

    desk.get("/desk/").press(label, within="#c-1")
    assert house.ctx.store.get_comment(1).state == state
    back = desk.get(path).words(".acts .button")
    desk.press(back, within="#c-1")

    assert back in ("Not spam, let it wait", "Take out, let it wait")
    assert house.ctx.store.get_comment(1).state == "pending"


def test_the_filter_and_the_page_are_kept_after_an_act(house: House, desk: Desk) -> None:
    house.waiting(comment="The kettle sings.")

    desk.get("/desk/?q=kettle").press("Spam", within="#c-1")

    assert desk.location.startswith("/desk/?q=kettle&done=")
    assert desk.follow().words(".empty h2") == "Nothing was found."
    assert desk.has("#receipt")


def test_somebody_was_faster(house: House, desk: Desk) -> None:
    house.waiting()
    other = signed_in(house, "Jonas").get("/desk/")
    desk.get("/desk/").press("Publish", within="#c-1")

    other.press("Publish", within="#c-1").follow()

    receipt = other.words("#receipt p")
    assert receipt.startswith("Already published by Marta at ")
    assert "Your click changed nothing." in receipt
    assert not other.has("#receipt form")
    assert len([row for row in house.ctx.store.list_audit(comment=1) if row.action == "approve"]) == 1


def test_a_text_that_was_changed_meanwhile_is_not_published_unread(house: House, desk: Desk) -> None:
    house.waiting()
    desk.get("/desk/")
    moderate.edit(house.ctx, "command line", 1, "Another text altogether.", reason="Mended")

    desk.press("Publish", within="#c-1").follow()

    assert house.ctx.store.get_comment(1).state == "pending"
    assert "changed" in desk.words("#receipt p")


def test_when_the_page_cannot_be_written_the_receipt_says_why(house: House, desk: Desk) -> None:
    house.waiting()
    public = (house.ctx.settings.var / "current" / "public").resolve()
    os.rename(public, public.with_name("away"))

    desk.get("/desk/").press("Publish", within="#c-1").follow()

    receipt = desk.words("#receipt p")
    assert receipt.startswith("Approved. The page will follow.")
    assert Path(public.with_name("away")).exists()


def test_many_at_once_with_one_undo(house: House, desk: Desk) -> None:
    three(house)

    desk.get("/desk/").press("Publish", within=".list", comment=["1", "3"])
    # The first button that says Publish belongs to the first comment; the bulk bar has its own.
    desk.get("/desk/")
    desk.post(
        "/desk/bulk", csrf_token=desk.token(), act="spam", comment=["2", "3"], versions="2.1,3.1", back="/desk/"
    ).follow()

    assert desk.words("#receipt p").startswith("2 filed under spam.")
    assert house.ctx.store.count_by_state()["spam"] == 2
    desk.press("Undo all", within="#receipt").follow()
    assert house.ctx.store.count_by_state()["spam"] == 0
    assert desk.words("#receipt p").startswith("2 undone.")


def test_nothing_selected(house: House, desk: Desk) -> None:
    house.waiting()
    desk.get("/desk/")

    desk.post("/desk/bulk", csrf_token=desk.token(), act="spam", back="/desk/").follow()

    assert desk.words("#receipt p") == "Nothing was selected. Tick comments first."
    assert house.ctx.store.count_by_state()["pending"] == 1


@pytest.mark.parametrize(
    ("label", "shown"), [("Publish the change", "afterwards"), ("Keep the old text", "beforehand")]
)
def test_a_change_of_a_published_text_is_shown_word_by_word_and_decided(
    house: House, desk: Desk, label: str, shown: str
) -> None:
    waiting = house.waiting(comment="What I knew beforehand.")
    moderate.approve(house.ctx, "command line", 1)
    version = house.ctx.store.get_comment(1).version
    mine.edit(house.ctx, waiting.rsplit("/", 1)[-1], "What I knew afterwards.", version)

    desk.get("/desk/")
    assert desk.words("del") == "beforehand."
    assert desk.words("ins") == "afterwards."
    desk.press(label, within="#c-1")

    assert shown in public_page(house)
    assert house.ctx.store.count_by_state()["pending"] == 0


def test_one_by_one_goes_on_by_itself_and_leaves_for_later(house: House, desk: Desk) -> None:
    three(house)

    desk.get("/desk/one-by-one/").press("Later").follow()
    assert desk.title.startswith("2 of 3, Second")
    desk.press("Publish").follow()
    assert desk.words("h1") == "Third"
    assert desk.words("#receipt p").startswith("Published.")
    desk.press("Later").follow()

    assert desk.words(".empty h2") == "That was the last."
    assert "2 still wait." in desk.text


def without_a_page(house: House, folder: Path, how: str) -> None:
    """From now on the article's file says ``comments: off``, or the article is gone."""
    manifest = house.ctx.manifest()
    threads = {key: entry for key, entry in manifest.threads.items() if key != OPEN}
    if how == "off":
        threads[OPEN] = replace(manifest.threads[OPEN], policy="off")
    shutil.copytree(house.output, folder)
    (folder / FILE).write_bytes(write(replace(manifest, threads=threads)))
    if how == "withdrawn":
        shutil.rmtree(folder / manifest.threads[OPEN].path.strip("/"))
    publish_release(folder, house.service.publisher, by="test")


@pytest.mark.parametrize("how", ["off", "withdrawn"])
def test_where_no_comments_are_shown_a_receipt_promises_no_page(
    house: House, desk: Desk, tmp_path: Path, how: str
) -> None:
    house.waiting()
    house.approved()
    house.waiting()
    without_a_page(house, tmp_path / "next", how)

    for number, label, told in (
        (1, "Publish", "Approved. The article shows no comments now."),
        (2, "Bin", "In the bin. The article shows no comments now."),
    ):
        desk.get(f"/desk/comments/{number}/").press(label, within=".thumb").follow()
        assert desk.words("#receipt .state") == told
    desk.press("Undo").follow()
    assert desk.words("#receipt .state") == "Undone. Approved. The article shows no comments now."
    desk.post(
        "/desk/bulk", csrf_token=desk.token(), act="approve", comment=["3"], versions="3.1", back="/desk/"
    ).follow()
    assert "1 published. 1 of them stands under an article that shows no comments now." in desk.words("#receipt")


def test_what_its_writer_deleted_does_not_offer_to_come_back(house: House, desk: Desk) -> None:
    address = house.waiting(name="Gone")
    mine.delete(house.ctx, address.rsplit("/", 1)[-1])

    assert desk.get("/desk/bin/").words(".why").endswith("Deleted by its writer")
    assert not desk.has(".acts")
    assert not desk.get("/desk/comments/1/").has(".acts")
    assert "Deleted by its writer" in desk.words(".why")


def test_what_was_erased_does_not_offer_to_come_back(house: House, desk: Desk) -> None:
    house.waiting()
    privacy.erase(house.ctx, "command line", 1, keep_text=False)

    assert desk.get("/desk/bin/").words(".why").endswith("Erased by the command line")
    assert not desk.has(".acts")


def test_the_bin_says_who_put_a_comment_there_and_takes_it_out(house: House, desk: Desk) -> None:
    house.waiting()
    other = signed_in(house, "Jonas", "moderator")
    other.get("/desk/").press("Bin", within="#c-1")
    privacy.erase(house.ctx, "command line", 1, keep_text=True)

    assert desk.get("/desk/bin/").words(".why").endswith("Binned by Jonas")
    desk.press("Take out, let it wait", within="#c-1").follow()
    assert house.ctx.store.get_comment(1).state == "pending"


def test_an_act_we_do_not_know_changes_nothing(house: House, desk: Desk) -> None:
    house.waiting()
    desk.get("/desk/")

    desk.post("/desk/comments/1/decide", csrf_token=desk.token(), act="explode")

    assert desk.status == 303
    assert house.ctx.store.get_comment(1).state == "pending"


@pytest.mark.parametrize(
    "back", ["https://evil.example/", "//evil.example", "/desk/..//x", "/elsewhere", "/desk/\r\nX: y"]
)
def test_an_act_leads_back_to_the_desk_only(house: House, desk: Desk, back: str) -> None:
    house.waiting()
    desk.get("/desk/")

    desk.post("/desk/comments/1/decide", csrf_token=desk.token(), act="approve", version="1", back=back)

    assert desk.location.startswith("/desk/comments/1/?done=")


def test_a_comment_that_is_not_there_is_a_page_of_the_desk(desk: Desk) -> None:
    for path in ("/desk/comments/99/", "/desk/comments/99/edit", "/desk/articles/nowhere/"):
        assert desk.get(path).status == 404
        assert desk.has("nav.menu")

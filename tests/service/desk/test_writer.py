"""One person's comments, by the person's number."""

from comments.actions import moderate
from tests.service.desk.desk import Desk
from tests.service.desk.test_queue import names
from tests.service.web.house import House

SECRET = "very.own@mailbox.example.net"


def write(house: House, count: int) -> None:
    """One browser sends some, of which the first is published; another browser sends one."""
    browser = house.visitor()
    house.waiting(browser, name="Ada Specimen", email=SECRET)
    moderate.approve(house.ctx, "command line", 1)
    for number in range(1, count):
        house.waiting(
            browser, name="A. Specimen", email=SECRET, comment=f"https://a.example https://b.example {number}"
        )
    house.waiting(house.visitor(), name="Ada Specimen", email="somebody@example.org")


def test_all_comments_of_a_person_stand_together_whatever_the_name(house: House, desk: Desk) -> None:
    write(house, 3)
    moderate.spam(house.ctx, "command line", 2)

    desk.get("/desk/comments/1/")
    assert 'href="/desk/writers/1/"' in desk.text
    desk.get("/desk/writers/1/")

    assert names(desk) == ["A. Specimen", "A. Specimen", "Ada Specimen"]
    assert [node.text() for node in desk.page.css(".tabs b")] == ["1", "1", "1", "0"]
    assert "Names givenA. Specimen, Ada Specimen" in desk.words(".facts")
    assert "First seen09:30 today" in desk.words(".facts")
    assert "Known person" in desk.words("main")
    assert "Not known yet" in desk.get("/desk/writers/2/").words("main")
    assert desk.get("/desk/writers/99/").status == 404


def test_no_address_stands_there_before_the_click_that_is_recorded(house: House, desk: Desk) -> None:
    write(house, 2)

    desk.get("/desk/writers/1/")
    assert "mailbox.example" not in desk.text
    desk.press("Show address")

    assert SECRET in desk.words("#address")
    assert [row.action for row in house.ctx.store.list_audit(limit=1)] == ["show address"]


def test_all_that_a_person_has_open_goes_to_spam_at_once_and_comes_back(house: House, desk: Desk) -> None:
    write(house, 4)

    desk.get("/desk/writers/1/").press("All 4 to spam").follow()

    assert desk.words("#receipt").startswith("4 filed under spam.")
    assert [comment.state for comment in house.ctx.store.list_written_by(1)] == ["spam"] * 4
    assert house.ctx.store.count_by_state()["pending"] == 1
    desk.press("Undo all").follow()
    assert sorted(comment.state for comment in house.ctx.store.list_written_by(1)) == ["approved"] + ["pending"] * 3


def test_ticked_ones_are_acted_on_from_there_too(house: House, desk: Desk) -> None:
    write(house, 3)

    desk.get("/desk/writers/1/?select=all")
    assert desk.title.startswith("3 selected, All by A. Specimen")
    desk.press("Bin", within=".list >", comment=["2", "3"]).follow()

    assert desk.words("#receipt").startswith("2 in the bin.")
    assert [comment.state for comment in house.ctx.store.list_written_by(1)] == ["approved", "trash", "trash"]


def test_what_somebody_changed_meanwhile_is_not_overrun(house: House, desk: Desk) -> None:
    write(house, 3)

    desk.get("/desk/writers/1/")
    moderate.edit(house.ctx, "command line", 2, "Without links.", reason="Links taken out")
    desk.press("All 3 to the bin").follow()

    assert house.ctx.store.get_comment(2).state == "pending"
    assert "2 in the bin." in desk.words("#receipt")
    assert "Already changed by command line at 09:31. Your click changed nothing." in desk.words("#receipt")

"""One comment's page, and the texts that are written there."""

from comments.actions import moderate
from comments.web.desk.change import pieces
from tests.service.desk.desk import Desk, public_page, signed_in
from tests.service.web.house import House

ADDRESS = "very.own.address@mailbox.example.net"


def test_edit_puts_another_text_in_place_and_publishes_it(house: House, desk: Desk) -> None:
    house.waiting(comment="Ring me on 555-0142.")
    desk.get("/desk/comments/1/edit?back=/desk/&at=0")
    assert desk.words("textarea") == "Ring me on 555-0142."

    desk.press("Save and publish", text="Ask the editors.", reason="Personal data taken out").follow()

    assert desk.answer is not None
    assert desk.answer.request.path == "/desk/"
    assert desk.words("#receipt p").startswith("Published.")
    assert "Ask the editors." in public_page(house)
    item = desk.get("/desk/comments/1/")
    assert "Edited and published by Marta. Personal data taken out" in item.words(".log")
    assert "Ring me on 555-0142." in item.words("details.fold")


def test_edit_can_leave_it_waiting(house: House, desk: Desk) -> None:
    house.waiting()

    desk.get("/desk/comments/1/edit").press("Save, let it wait", text="Shorter.", reason="Too long").follow()

    assert house.ctx.store.get_comment(1).state == "pending"
    assert desk.words(".said") == "Shorter."


def test_while_a_text_is_being_written_there_is_one_way_to_send_it(house: House, desk: Desk) -> None:
    house.waiting()

    for path in ("edit", "reply"):
        assert not desk.get(f"/desk/comments/1/{path}").has(".acts")


def test_an_edit_with_a_mistake_keeps_the_text(house: House, desk: Desk) -> None:
    house.waiting()
    long = "word " * 3_000

    for text in ("", long):
        desk.get("/desk/comments/1/edit").press("Save and publish", text=text)
        assert desk.status == 422
        assert desk.title.startswith("Not saved.")
        assert desk.page.css_first("textarea").text().strip() == text.strip()  # type: ignore[union-attr]
        assert desk.page.css_first("textarea").attributes["aria-invalid"] == "true"  # type: ignore[union-attr]
    assert house.ctx.store.get_comment(1).state == "pending"


def test_a_text_changed_while_one_edited_shows_both_and_keeps_yours(house: House, desk: Desk) -> None:
    house.waiting(comment="As it was.")
    desk.get("/desk/comments/1/edit")
    moderate.edit(house.ctx, "command line", 1, "As somebody else has it.", reason="Mended")

    desk.press("Save and publish", text="As I want it.", reason="Clearer")

    assert desk.status == 409
    assert "As somebody else has it." in desk.words("#problem")
    assert desk.words("textarea") == "As I want it."
    desk.press("Save and publish").follow()
    assert house.ctx.store.get_comment(1).source == "As I want it."


def test_reply_and_publish_puts_both_on_the_page(house: House, desk: Desk) -> None:
    house.waiting(comment="A question.")

    desk.get("/desk/comments/1/reply?back=/desk/").press("Publish both", text="An *answer*.").follow()

    html = public_page(house)
    assert "A question." in html
    assert "<em>answer</em>" in html
    assert "The comment and your reply are on the page." in desk.words("#receipt")
    assert "This comment answers" in desk.get("/desk/comments/2/").text


def test_an_empty_reply_publishes_nothing(house: House, desk: Desk) -> None:
    house.waiting()

    desk.get("/desk/comments/1/reply").press("Publish both", text=" ")

    assert desk.status == 422
    assert house.ctx.store.get_comment(1).state == "pending"


def test_a_shown_address_is_in_the_record_and_gone_on_the_next_page(house: House, desk: Desk) -> None:
    house.waiting(email=ADDRESS)
    assert ADDRESS not in desk.get("/desk/comments/1/").text

    desk.press("Show address")

    assert desk.words("#address") == ADDRESS
    assert desk.answer is not None
    assert desk.answer.headers["Cache-Control"] == "no-store"
    assert ADDRESS not in desk.get("/desk/comments/1/").text
    assert "E-mail address opened by Marta" in desk.words(".log")


def test_erasing_asks_first_and_forgets_for_good(house: House, desk: Desk) -> None:
    house.approved(name="Ada Specimen", email=ADDRESS)
    number = house.newest()
    desk.get(f"/desk/comments/{number}/erase")
    assert house.ctx.store.get_comment(number).name == "Ada Specimen"

    desk.press("Erase for good", text="keep").follow()

    assert "Erased" in desk.words("#receipt")
    assert "Ada Specimen" not in public_page(house)
    assert not desk.has("[href$=erase]")
    assert "None is kept." in desk.text


def test_a_name_that_is_erased_still_has_a_heading(house: House, desk: Desk) -> None:
    house.approved()
    desk.get(f"/desk/comments/{house.newest()}/erase").press("Erase for good", text="erase")

    assert desk.get("/desk/bin/").status == 200
    assert desk.words(".item h2")


def test_the_thread_stands_around_the_comment(house: House, desk: Desk) -> None:
    first = house.approved(name="Olu Muster", comment="The question.")
    second = house.approved(name="Aino Esimerkki", comment="The answer.", parent=str(first))

    assert "The question." in desk.get(f"/desk/comments/{second}/").words(".thread")
    assert "Aino Esimerkki" in desk.get(f"/desk/comments/{first}/").words(".thread")


def test_two_people_at_the_desk_have_each_their_own_receipts(house: House, desk: Desk) -> None:
    house.waiting()
    desk.get("/desk/").press("Publish", within="#c-1")

    other = signed_in(house, "Jonas").get(desk.location)

    assert not other.has("#receipt")


def test_the_way_from_one_text_to_another_is_whole() -> None:
    for old, new in (("a b c", "a x c"), ("", "new"), ("old", ""), ("same", "same"), ("a\n\nb", "a b\n")):
        steps = pieces(old, new)
        assert "".join(step.text for step in steps if step.kind != "removed") == new
        assert "".join(step.text for step in steps if step.kind != "added") == old


def test_comparing_hostile_texts_takes_no_time() -> None:
    words = [f"w{number % 40}" for number in range(5_000)]

    steps = pieces(" ".join(words), " ".join(reversed(words)))

    assert [step.kind for step in steps if step.kind != "same"] == ["removed", "added"]


def test_an_edit_of_anothers_text_needs_a_reason_and_keeps_what_was_typed(house: House, desk: Desk) -> None:
    house.waiting(comment="Ring me on 555-0142.")

    desk.get("/desk/comments/1/edit")
    assert "readers see them below the text" in desk.words("#reason-h")
    desk.press("Save and publish", text="Ask the editors.", reason=" ")

    assert desk.status == 422
    assert "Say why in a few words" in desk.words("#problem")
    assert desk.words("textarea") == "Ask the editors."
    assert desk.page.css_first("#reason").attributes["aria-invalid"] == "true"  # type: ignore[union-attr]
    desk.press("Save and publish", reason="A number <taken> out").follow()
    assert "Edited by a moderator: A number &lt;taken&gt; out" in public_page(house)
    assert "Ring me on 555-0142." in desk.get("/desk/comments/1/").text

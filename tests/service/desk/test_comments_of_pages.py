"""Comments that came over with a page: pages show none, so the desk is where they can be read."""

from dataclasses import replace

from comments.actions.transfer import Foreign, take_in
from comments.web.desk import words
from tests.service.desk.desk import Desk
from tests.service.web.house import OPEN, House, page


def test_they_are_in_the_list_and_can_be_opened_and_answer_to_the_search(house: House, desk: Desk) -> None:
    text = "Is the form still open?"
    came = Foreign("7", "Ada", f"<p>{text}</p>", text, "approved", house.clock(), number=7)
    take_in(house.ctx, "wordpress:old", "a-page", [came])

    assert text in desk.get("/desk/published/").text
    shown = page(desk.get("/desk/comments/7/"))
    assert text in shown.text()
    assert "on À propos, where no comments are shown" in " ".join(shown.css_first("main .meta").text().split())
    link = shown.css_first("main .meta a").attributes
    assert (link["href"], link["lang"]) == ("/a-page/", "fr")
    assert text in desk.get("/desk/published/?q=still+open").text


def test_what_waited_on_the_old_site_says_so(house: House, desk: Desk) -> None:
    came = Foreign("7", "Ada", "<p>Yes.</p>", "Yes.", "pending", house.clock(), number=7)
    take_in(house.ctx, "wordpress:old", OPEN, [came, replace(came, key="8", number=8, state="approved")])

    (reason,) = house.ctx.store.get_comment(7).reasons
    assert house.ctx.store.get_comment(8).reasons == ()
    assert desk.get("/desk/").words("#c-7 .why li") == "It waited on the old site."
    assert words.reason(reason.key) == "Waited on the old site"

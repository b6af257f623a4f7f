"""Comments that came over with a page: pages show none, so the desk is where they can be read."""

from comments.actions.transfer import Foreign, take_in
from tests.service.desk.desk import Desk
from tests.service.web.house import House, page


def test_they_are_in_the_list_and_can_be_opened_and_answer_to_the_search(house: House, desk: Desk) -> None:
    words = "Is the form still open?"
    came = Foreign("7", "Ada", f"<p>{words}</p>", words, "approved", house.clock(), number=7)
    take_in(house.ctx, "wordpress:old", "a-page", [came])

    assert words in desk.get("/desk/published/").text
    shown = page(desk.get("/desk/comments/7/"))
    assert words in shown.text()
    assert "on À propos, where no comments are shown" in " ".join(shown.css_first("main .meta").text().split())
    link = shown.css_first("main .meta a").attributes
    assert (link["href"], link["lang"]) == ("/a-page/", "fr")
    assert words in desk.get("/desk/published/?q=still+open").text

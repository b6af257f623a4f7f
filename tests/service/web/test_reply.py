"""Sending a reply, without the script: what comes back for each thing that may go right or wrong."""

import pytest

from tests.service.web.house import CLOSED, FRENCH, OFF, OPEN, House, Visitor, page


def test_without_a_token_the_writer_sees_a_preview_that_carries_one(house: House, visitor: Visitor) -> None:
    fields = house.form(comment="So *true*, and <b>bold</b>.", token="")

    answer = visitor.post(f"/comments/{OPEN}", data=fields)

    shown = page(answer)
    assert answer.status_code == 200
    assert shown.css_first(".said em").text() == "true"
    assert shown.css_first(".said b") is None
    assert [button.text() for button in shown.css("main form button")] == ["Post comment", "Change it"]
    assert house.ctx.store.count_comments() == 0


def test_the_preview_posts_what_it_shows(house: House, visitor: Visitor) -> None:
    preview = page(visitor.post(f"/comments/{OPEN}", data=house.form(token="")))
    carried = {field.attributes["name"]: field.attributes["value"] or "" for field in preview.css("form.acts input")}

    answer = visitor.post(f"/comments/{OPEN}", data=carried)

    assert answer.status_code == 303
    assert answer.headers["Location"].startswith("/comments/mine/")
    assert house.ctx.store.count_comments(state="pending") == 1


def test_change_it_shows_the_form_with_the_text(house: House, visitor: Visitor) -> None:
    answer = visitor.post(f"/comments/{OPEN}", data=house.form(comment="Not yet.", change="yes"))

    assert answer.status_code == 200
    assert page(answer).css_first("textarea#comment").text().strip() == "Not yet."
    assert house.ctx.store.count_comments() == 0


def test_back_may_show_again_what_was_typed_but_no_other_cache_keeps_it(house: House, visitor: Visitor) -> None:
    wrong = visitor.post(f"/comments/{OPEN}", data=house.form(name=""))
    preview = visitor.post(f"/comments/{OPEN}", data=house.form(token=""))
    sent = house.send()
    waiting = visitor.get(sent.headers["Location"])

    assert [answer.headers["Cache-Control"] for answer in (wrong, preview)] == ["private, no-cache"] * 2
    assert [answer.headers["Cache-Control"] for answer in (sent, waiting)] == ["no-store"] * 2


def test_every_mistake_is_told_on_top_and_at_its_field(house: House, visitor: Visitor) -> None:
    fields = house.form(comment="", name="", email="ada.example.org", website="javascript:alert(1)")

    answer = visitor.post(f"/comments/{OPEN}", data=fields)

    shown = page(answer)
    summary = shown.css_first(".summary")
    assert answer.status_code == 422
    assert shown.css_first("title").text() == "Error: Leave a Reply | Notes"
    assert "autofocus" in summary.attributes
    assert summary.attributes["tabindex"] == "-1"
    assert summary.css_first("h2").text() == "There is a problem"
    links = [link.attributes["href"] for link in summary.css("a")]
    assert links == ["#comment", "#name", "#email", "#website"]
    for link in links:
        control = shown.css_first(link or "")
        assert control.attributes["aria-invalid"] == "true"
        assert shown.css_first(f"{link}-error") is not None
    assert shown.css_first("#email").attributes["value"] == "ada.example.org"
    assert shown.css_first("#website").attributes["value"] == "javascript:alert(1)"


def test_what_is_typed_is_shown_as_text_in_the_form(house: House, visitor: Visitor) -> None:
    fields = house.form(comment="</textarea><script>alert(1)</script>", name='"><script>', email="x")

    answer = visitor.post(f"/comments/{OPEN}", data=fields)

    assert page(answer).css_first("main script") is None
    assert page(answer).css_first("textarea#comment").text().strip() == fields["comment"]
    assert page(answer).css_first("#name").attributes["value"] == fields["name"]


def test_the_same_form_sent_twice_gives_the_same_answer_and_one_comment(house: House, visitor: Visitor) -> None:
    fields = house.form()

    answers = [visitor.post(f"/comments/{OPEN}", data=fields) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert house.ctx.store.count_comments() == 1


def test_a_used_form_with_another_text_is_previewed_again(house: House, visitor: Visitor) -> None:
    fields = house.form()
    visitor.post(f"/comments/{OPEN}", data=fields)

    answer = visitor.post(f"/comments/{OPEN}", data=fields | {"comment": "Something else."})

    carried = page(answer).css_first("form.acts input[name=token]").attributes["value"]
    assert answer.status_code == 200
    assert carried not in ("", fields["token"])
    assert "Something else." in answer.text


def test_an_expired_form_is_previewed_again(house: House, visitor: Visitor) -> None:
    fields = house.form()
    house.clock.move(hours=25)

    answer = visitor.post(f"/comments/{OPEN}", data=fields)

    assert answer.status_code == 200
    assert fields["comment"] in answer.text


def test_saying_the_same_again_is_409_and_keeps_the_text(house: House, visitor: Visitor) -> None:
    house.send(comment="Twice.")

    answer = house.send(comment="Twice.")

    assert answer.status_code == 409
    assert page(answer).css_first("textarea#comment").text().strip() == "Twice."
    assert page(answer).css_first(".summary") is not None


def test_too_fast_is_429_with_the_wait_and_keeps_the_text(house: House, visitor: Visitor) -> None:
    first, second = house.form(), house.form()
    visitor.post(f"/comments/{OPEN}", data=first)

    answer = visitor.post(f"/comments/{OPEN}", data=second)

    assert answer.status_code == 429
    assert 1 <= int(answer.headers["Retry-After"]) <= 15
    assert page(answer).css_first("textarea#comment").text().strip() == second["comment"]


@pytest.mark.parametrize("thread", [CLOSED, OFF])
def test_a_closed_thread_is_403_and_hands_the_text_back(house: House, visitor: Visitor, thread: str) -> None:
    answer = visitor.post(f"/comments/{thread}", data=house.form(comment="Too late?"))

    assert answer.status_code == 403
    assert page(answer).css_first("textarea[readonly]").text().strip() == "Too late?"
    assert page(answer).css_first(f'main a[href="/2026/{thread}/"]') is not None
    assert page(answer).css_first("title").text().startswith("Error: ")


def test_an_unknown_thread_is_404_and_hands_the_text_back(house: House, visitor: Visitor) -> None:
    answer = visitor.post("/comments/nowhere", data=house.form(comment="Hello?"))

    assert answer.status_code == 404
    assert page(answer).css_first("textarea[readonly]").text().strip() == "Hello?"


def test_a_store_that_cannot_write_is_503_and_keeps_the_text(house: House, visitor: Visitor) -> None:
    fields = house.form()
    store, aside = house.runtime.var / "store.db", house.runtime.var / "aside.db"

    store.rename(aside)
    answer = visitor.post(f"/comments/{OPEN}", data=fields)
    aside.rename(store)
    later = visitor.post(f"/comments/{OPEN}", data=fields)

    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
    assert page(answer).css_first("textarea#comment").text().strip() == fields["comment"]
    assert page(answer).css_first("input[name=token]").attributes["value"] == fields["token"]
    assert later.status_code == 303


def test_a_store_that_cannot_even_be_read_keeps_the_text(house: House, visitor: Visitor) -> None:
    fields = house.form(parent="1")

    house.ctx.store.close()
    answer = visitor.post(f"/comments/{OPEN}", data=fields)

    assert answer.status_code == 503
    assert fields["comment"] in answer.text
    assert visitor.get(f"/2026/{OPEN}/").status_code == 200


def test_far_too_long_is_413_and_over_the_limit_is_422_with_the_text(house: House, visitor: Visitor) -> None:
    over = visitor.post(f"/comments/{OPEN}", data=house.form(comment="é" * 10_001))
    far = visitor.post(f"/comments/{OPEN}", data=house.form(comment="x" * 300_000))

    assert over.status_code == 422
    assert page(over).css_first("textarea#comment").text().strip() == "é" * 10_001
    assert far.status_code == 413


def test_text_that_runs_from_right_to_left_is_shown_so(house: House, visitor: Visitor) -> None:
    comment = house.approved(comment="\u0634\u0643\u0631\u0627", name="\u0623\u062f\u0627")

    shown = page(visitor.get(f"/2026/{OPEN}/"))
    preview = page(visitor.post(f"/comments/{OPEN}", data=house.form(token="")))

    assert shown.css_first(f"#comment-{comment} > [dir=auto]").text().strip() == "\u0634\u0643\u0631\u0627"
    assert shown.css_first(f"#comment-{comment} bdi") is not None
    for field in ("#comment", "#name"):
        assert shown.css_first(field).attributes["dir"] == "auto"
    assert preview.css_first(".said > [dir=auto]") is not None


def test_an_answer_to_one_comment_has_a_form_of_its_own(house: House, visitor: Visitor) -> None:
    parent = house.approved(name="Robin Example")

    answer = visitor.get(f"/comments/{OPEN}/reply/{parent}")

    shown = page(answer)
    assert answer.status_code == 200
    assert shown.css_first("h1").text() == "Leave a Reply to Robin Example"
    assert shown.css_first("input[name=parent]").attributes["value"] == str(parent)
    assert visitor.get(f"/comments/{OPEN}/reply/{parent + 1}").status_code == 404
    assert visitor.get(f"/comments/{FRENCH}/reply/{parent}").status_code == 404
    assert visitor.get(f"/comments/{CLOSED}/reply/{parent}").status_code == 403


def test_a_waiting_comment_cannot_be_answered(house: House, visitor: Visitor) -> None:
    house.waiting()

    assert visitor.get(f"/comments/{OPEN}/reply/{house.newest()}").status_code == 404
    assert house.send(parent=str(house.newest())).status_code == 422


def test_pages_about_a_french_article_say_so(house: House, visitor: Visitor) -> None:
    answer = visitor.post(f"/comments/{FRENCH}", data=house.form(comment="", token=house.token(FRENCH)))

    assert page(answer).css_first("main > div[lang=fr] form") is not None


def test_only_writers_get_a_cookie_and_it_is_locked_down(house: House, visitor: Visitor) -> None:
    readers = [visitor.get(path) for path in ("/", f"/2026/{OPEN}/", f"/comments/{OPEN}", f"/comments/{OPEN}/token")]

    cookie = house.send(visitor).headers["Set-Cookie"]

    assert all("Set-Cookie" not in answer.headers for answer in readers)
    assert cookie.startswith("__Host-person=")
    for part in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=31536000"):
        assert part in cookie
    assert "Set-Cookie" not in house.send(visitor).headers


def test_a_comment_answered_by_a_letter_of_its_waiting_page_shows_its_state(house: House, visitor: Visitor) -> None:
    waiting = house.waiting(visitor, comment="Read me *later*.")

    shown = page(visitor.get(waiting))

    assert shown.css_first(".waiting em").text() == "later"
    assert "moderator" in shown.css_first(".waiting .state").text()

"""The preview is what will be published, to the byte; and the help beside the form says only what is true."""

import re
from html import unescape

import pytest

from comments import markup
from comments.actions import moderate
from tests.service.web.house import CLOSED, OPEN, THEME, House, Visitor, page

TEXTS = (
    "So *true*, **very**, ~~not~~ and `code`.",
    "One line\nand another\n\nAnother paragraph",
    "> quoted\n\n- a\n- b\n\n1. one\n2. two",
    "[a link](https://example.org/?a=1&b=2), https://example.org/x_(y). <b>bold</b> & <script>alert(1)</script>",
    "[bad](javascript:alert(1)) # no heading\n---\n![no](https://example.org/x.png)",
    "\u202eevil e\u0301\u0301 \u0634\u0643\u0631\u0627 caf\u00e9 “quoted” \U0001f642",
    "    indented\n\n```\n<pre>\n```",
)


def between(html: str, opening: str, closing: str) -> str:
    return html.split(opening, 1)[1].split(closing, 1)[0]


def published(html: str, comment: int) -> tuple[str, str]:
    """The bytes of the name and of the text, as readers get them."""
    own = between(html, f'id="comment-{comment}"', "</article>")
    name = re.search(r"<h3[^>]*>(.*?)</h3>", own, re.DOTALL)
    text = re.search(r'<div class="e-content" dir="auto">(.*?)</div>', own, re.DOTALL)
    assert name
    assert text
    return name[1], text[1]


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("website", ["", "https://ada.example/?a=1&b=2"])
def test_the_preview_is_what_is_published_to_the_byte(house: House, text: str, website: str) -> None:
    fields = house.form(comment=text, name=" Ada  <b>O’Hara</b> ", website=website)

    asked = house.visitor().post(f"/comments/{OPEN}", data=fields | {"preview": "yes"})
    script = house.visitor().post(f"/comments/{OPEN}", json=fields | {"preview": "yes"})
    assert house.ctx.store.count_comments() == 0
    carried = {
        each.attributes["name"] or "": each.attributes["value"] or "" for each in page(asked).css("form.acts input")
    }
    waiting = house.visitor().post(f"/comments/{OPEN}", data=carried).headers["Location"]
    own = between(house.visitor().get(waiting).text, 'class="comment waiting"', "</article>")
    moderate.approve(house.ctx, "command line", house.newest())

    name, html = published(house.visitor().get(f"/2026/{OPEN}/").text, house.newest())
    shown = between(asked.text, '<article class="comment said"', "</article>")
    assert between(shown, '<div dir="auto">', "</div>") == html
    assert between(shown, '<h2 id="by-you">', "</h2>") == name
    assert between(own, '<div dir="auto">', "</div>") == html
    assert script.json
    assert script.json["preview"]["html"] == html


def test_a_preview_keeps_a_token_that_is_still_good_and_replaces_one_that_is_not(house: House) -> None:
    fields = house.form(preview="yes")

    def carried() -> str:
        answer = house.visitor().post(f"/comments/{OPEN}", json=fields)
        assert answer.json
        return str(answer.json["preview"]["token"])

    assert carried() == fields["token"]
    house.clock.move(hours=25)
    assert carried() not in ("", fields["token"])


def test_a_preview_tells_mistakes_and_that_a_thread_was_closed(house: House, visitor: Visitor) -> None:
    wrong = visitor.post(f"/comments/{OPEN}", data=house.form(preview="yes", email="ada"))
    closed = visitor.post(f"/comments/{CLOSED}", data=house.form(preview="yes", comment="Kept words."))

    assert wrong.status_code == 422
    assert page(wrong).css_first("#email-error") is not None
    assert closed.status_code == 403
    assert page(closed).css_first("textarea[readonly]").text().strip() == "Kept words."


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_line_of_the_help_is_what_the_renderer_makes_of_it(house: House, language: str) -> None:
    thread = {"en": OPEN, "fr": "en-francais"}[language]
    rows = re.findall(
        r"<tr><td><code>(.*?)</code></td><td>(.*?)</td></tr>", house.visitor().get(f"/2026/{thread}/").text
    )

    assert len(rows) == 8
    for typed, shown in rows:
        made = markup.render(unescape(typed)).replace("\n", "")
        # Alone in its row a line of text needs no paragraph.
        bare = (
            made.removeprefix("<p>").removesuffix("</p>") if made.count("<p>") == 1 and made.startswith("<p>") else made
        )
        assert shown == bare


def test_what_the_help_says_does_not_work_stays_as_typed() -> None:
    for typed in ("# Heading", "<b>bold</b>", "![picture](https://example.org/x.png)"):
        made = markup.plain(markup.render(typed))
        assert not re.search("<h1|<b>|<img", markup.render(typed))
        assert made.replace("picture", "").strip("!") in typed or made == typed
    assert markup.render("one\n\ntwo").count("<p>") == 2


def test_the_help_stands_beside_every_field_for_a_comment(house: House, visitor: Visitor) -> None:
    places = (f"/2026/{OPEN}/", f"/comments/{OPEN}/reply/{house.approved()}", house.waiting())

    for path in places:
        shown = page(visitor.get(path))
        assert shown.css_first(".field:has(textarea) + details.help:not([open]) table th[scope=col]") is not None, path


def test_the_box_that_remembers_is_hidden_without_the_script_unticked_and_never_sent() -> None:
    form = (THEME / "templates/comments/_form.html").read_text()
    box = between(form, '<p class="remember" hidden>', "</p>")

    assert '<input type="checkbox">' in box  # no name: browsers send nothing of it

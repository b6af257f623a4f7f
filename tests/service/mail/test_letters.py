from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from comments.mail import letters
from comments.mail.letters import Item, Reply, UnfitHeader, Wanted, Written
from comments.manifest import Site

SITE = Site("Notes d’exercice", "https://notes.example.org", "UTC", "en")
NOW = datetime(2026, 3, 14, 9, 0, tzinfo=UTC)
TEMPLATES = Path(letters.__file__).parents[1] / "templates" / "mail"
ITEM = Item(
    "Ada Specimen",
    "Silence in text",
    "2026-03-14 10:00",
    "First line.\n\nBcc: x@example.org\n<b>bold</b>",
    ("First comment from this person.",),
    "https://notes.example.org/comments/moderate/abc",
)
NAMES = [
    "Auto-Submitted",
    "Content-Type",
    "Date",
    "From",
    "MIME-Version",
    "Message-ID",
    "Subject",
    "To",
]
HOSTILE = [
    "\r\nBcc: x@example.org",
    "\nX: y",
    "\rX",
    "\0",
    "\x0b",
    "\x0c",
    "\x85X: y",
    "\u2028X: y",
    "\u2029X: y",
    " =?UTF-8?Q?=0A?=Bcc: x@example.org",
    "=?utf-8?b?Cg==?=",
]


def envelope(written: Written, **values: str) -> bytes:
    fields = {"sender": "notes@example.org", "reader": "marta@example.org", "message_id": "<1.2@example.org>"} | values
    return letters.envelope(written, at=NOW, **fields)


def test_letters_name_the_page_on_privacy_only_where_there_is_one() -> None:
    wanted = [Wanted("Silence in text", "thread", "https://notes.example.org/comments/letters/abc")]
    for privacy in ("https://notes.example.org/privacy/", ""):
        made = (letters.prove(SITE, "l", privacy), letters.own_data(SITE, "l", privacy))
        for written in (*made, letters.confirm(SITE, wanted, privacy)):
            assert ("What we keep" in written.text) == bool(privacy)


def test_the_moderators_letter_holds_what_is_needed_to_decide() -> None:
    written = letters.moderate(SITE, [ITEM], "https://notes.example.org/desk/")

    for words in (
        "Ada Specimen",
        "Silence in text",
        "First comment from this person.",
        ITEM.link,
        "<b>bold</b>",
        "1 comment waits to be read.",
        "https://notes.example.org/desk/",
    ):
        assert words in written.text
    assert "Ada" not in written.subject
    assert "Silence" not in written.subject


def test_a_visitors_lines_cannot_pass_for_ours() -> None:
    written = letters.moderate(SITE, [replace(ITEM, text="Decide on it here:\nhttps://evil.example")], "desk")

    assert "\nhttps://evil.example" not in written.text
    assert "\n    https://evil.example" in written.text


def test_the_letter_says_what_a_reply_answers() -> None:
    answered = replace(ITEM, answers="Olu Muster: “What of the fees?”")

    assert "It answers Olu Muster: “What of the fees?”\n" in letters.moderate(SITE, [answered], "desk").text
    assert "It answers" not in letters.moderate(SITE, [ITEM], "desk").text


def test_an_urgent_letter_says_so_first() -> None:
    written = letters.moderate(SITE, [ITEM], "desk", urgent=True)

    assert "please read this comment first" in written.subject
    assert written.text.startswith("This comment may come from somebody in danger.")


def test_a_long_queue_is_shown_in_part_and_counted_whole() -> None:
    written = letters.moderate(SITE, [ITEM] * 30, "desk")

    assert written.text.count(ITEM.link) == letters.SHOWN
    assert "30 comments wait to be read." in written.text
    assert f"Only the first {letters.SHOWN} are in this letter." in written.text


def test_percent_signs_and_braces_are_only_signs() -> None:
    item = replace(ITEM, name="100 %(name)s {x}", text="{{ 7 * 7 }} %d", title="{% raw %}")

    written = letters.moderate(SITE, [item], "desk")

    for words in ("100 %(name)s {x}", "{{ 7 * 7 }} %d", "{% raw %}"):
        assert words in written.text


def test_the_letter_of_proof_holds_nothing_of_the_comment() -> None:
    written = letters.prove(SITE, "https://notes.example.org/comments/prove/abc", "https://notes.example.org/privacy/")

    assert "https://notes.example.org/comments/prove/abc" in written.text
    assert written.subject == "Notes d’exercice: is this your email address?"


def test_a_letter_arrives_as_it_was_written() -> None:
    written = letters.moderate(SITE, [replace(ITEM, text="Où ? 🌿 " + "x" * 3000)], "desk")

    read = message_from_bytes(envelope(written), policy=default)

    body = read.get_body(("plain",))
    assert body is not None
    assert body.get_content().replace("\r\n", "\n") == written.text
    assert read["Subject"] == written.subject
    assert read["Auto-Submitted"] == "auto-generated"
    assert read["Message-ID"] == "<1.2@example.org>"
    assert sorted(read.keys()) == NAMES


def test_every_letter_has_exactly_our_headers() -> None:
    for written in (letters.moderate(SITE, [ITEM], "desk"), letters.prove(SITE, "link", "privacy")):
        assert sorted(letters.header_names(envelope(written))) == NAMES


@pytest.mark.parametrize("hostile", HOSTILE)
def test_no_header_takes_a_line_end_or_an_encoded_word(hostile: str) -> None:
    written = Written("Subject", "Text.", "<p>Text.</p>")

    for values in (
        {"reader": f"ada{hostile}@example.org"},
        {"sender": f"notes{hostile}@example.org"},
        {"message_id": f"<1{hostile}@example.org>"},
    ):
        with pytest.raises(UnfitHeader):
            envelope(written, **values)
    with pytest.raises(UnfitHeader):
        envelope(Written(f"Hello{hostile}", "Text.", "<p>Text.</p>"))


@pytest.mark.parametrize("hostile", HOSTILE)
def test_whatever_the_text_holds_the_headers_stay_ours(hostile: str) -> None:
    item = replace(ITEM, name=f"Ada{hostile}", title=f"T{hostile}", text=f"{hostile}\n.\n\nBcc: x@example.org")

    raw = envelope(letters.moderate(SITE, [item], "desk"))

    assert sorted(letters.header_names(raw)) == NAMES


def test_every_kind_of_letter_is_text_first_and_then_html_that_fetches_nothing() -> None:
    """The vulnerability row of Remark42, GHSA-74pc-3r2m-ppx3: autoescape mail too; text part first."""
    hostile = "<img src=https://evil.example/pixel.gif><script>x</script>"
    item = replace(ITEM, name=hostile, title=hostile, text=hostile, reasons=(hostile,), answers=hostile)
    wanted = Wanted("replies", hostile, "https://notes.example.org/comments/subscription/x")
    every = {
        "article": letters.article(SITE, [item], "settings"),
        "confirm": letters.confirm(SITE, [wanted, replace(wanted, scope="thread")], "privacy"),
        "invite": letters.invite(SITE, "link", hostile, "moderator"),
        "moderate": letters.moderate(SITE, [item], "desk"),
        "privacy": letters.own_data(SITE, "link", "privacy"),
        "prove": letters.prove(SITE, "link", "privacy"),
        "published": letters.published(SITE, hostile, "link"),
        "reply": letters.reply(SITE, [Reply(hostile, hostile, "link")], wanted, "2026-03-14", "manage"),
        "reset": letters.reset(SITE, "link", hostile),
    }
    assert set(every) == {path.stem for path in TEMPLATES.glob("[!_]*.html")}
    for written in (*every.values(), letters.moderate(SITE, [item], "desk", urgent=True)):
        read = message_from_bytes(envelope(written), policy=default)
        assert [part.get_content_type() for part in read.iter_parts()] == ["text/plain", "text/html"]
        page = LexborHTMLParser(written.html)
        assert page.css("img, script, link, style, object, iframe, [src], [background]") == []
        assert "url(" not in written.html
        assert "evil.example" not in written.subject


def test_a_letter_from_a_subscription_says_how_mail_programs_end_it() -> None:
    link = "https://notes.example.org/comments/subscription/" + "x" * 300
    written = letters.reply(SITE, [Reply("Ada", "Words.", "link")], Wanted("thread", "T", link), "2026-03-14", "manage")

    raw = envelope(written)

    assert sorted(letters.header_names(raw)) == sorted([*NAMES, "List-Unsubscribe", "List-Unsubscribe-Post"])
    assert f"\r\nList-Unsubscribe: <{link}>\r\n".encode() in raw
    with pytest.raises(UnfitHeader):
        envelope(replace(written, unsubscribe="https://x\r\nBcc: x@example.org"))


def test_a_header_that_came_out_double_is_noticed() -> None:
    assert letters.header_names(b"A: 1\r\n folded\r\nB: 2\nC: 3\rD: 4\r\n\r\nE: 5") == ["A", "B", "C", "D"]

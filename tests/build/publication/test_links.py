"""Links, pictures, headings and footnotes in the text."""

from time import process_time

import pytest

from publication.bodies import Body, without_code
from publication.links import resolve
from publication.plain import plain
from tests.build.publication.desk import Desk


@pytest.mark.parametrize(
    ("body", "what", "cure"),
    [
        ("[a](id:secnd)", "The link “id:secnd” leads to nothing", "Did you mean “second”?"),
        ("[a](author:luc)", "The link “author:luc” leads to nothing", "Did you mean “luc-exemple”?"),
        ("[a](topic:concent)", "The link “topic:concent” leads to nothing", "Did you mean “consent”?"),
        ("[a][r]\n\n[r]: id:none\n", "The link “id:none” leads to nothing", "Choose from"),
        ('<a href="id:none">a</a>', "The link “id:none” leads to nothing", "Choose from"),
        ("[a](second.md)", "The link “second.md” leads nowhere", "Did you mean id:second?"),
        ("[a](../x)", "The link “../x” leads nowhere", "Write id:…"),
        ("[a](javascript:alert(1))", "The link “javascript:alert” leads nowhere", "Write id:…"),
        ("[a](https://)", "is not a web address", "Copy it again"),
        ("[a](//example.org/)", "leads nowhere", "a whole address with https://"),
        ("[a](/nowhere/)", "There is no page at “/nowhere/”", "Link to texts by their id"),
        ("[a](/resources/kind/boook/)", "There is no page at", "Link to texts by their id"),
        ("![A](media/gone.svg)", "There is no file “media/gone.svg” in the content folder", "Put it there"),
        ("![A](media/Drawing.svg)", "There is no file “media/Drawing.svg”", "Put it there, or mend its name."),
        ("![A](picture.svg)", "The link “picture.svg” leads nowhere", "media/"),
        ("![](media/drawing.svg)", "The picture “![]” has no alt text", "Say between [ and ] what is to be seen."),
        ('<img src="media/drawing.svg">', "has no alt text", "Say between"),
        ("# Title", "“# Title” is a heading of the first level", "Begin the line with ##"),
        ("#1 reason", "“#1 reason” is a heading of the first level", "write \\#"),
        ("Title\n=====", "“Title” is a heading of the first level", "Begin the line with ##"),
        ("<h1>Title</h1>", "is a heading of the first level", "Begin the line with ##"),
        ("Words.[^1]", "The footnote “1” has no text", "Write it in a line of its own: [^1]: …"),
    ],
)
def test_what_leads_nowhere_is_named_at_its_line(desk: Desk, body: str, what: str, cure: str) -> None:
    desk.article("second")
    desk.article("first-note", body=f"Words.\n\n{body}\n")

    complaint = desk.complaint()

    line = 14 if "[r]:" in body else 12
    assert complaint.startswith(f"content/articles/2026/first-note.md:{line}: ")
    assert what in complaint
    assert cure in complaint


@pytest.mark.parametrize(
    "body",
    [
        "[a](id:second) [b](id:second#part) [c](author:luc-exemple) [d](topic:consent)",
        "[a](https://example.org/x_(y)) <https://example.org> [b](mailto:a@example.org) [c](tel:988) [d](#part)",
        "[a](/archive/) [b](/resources/kind/book/) [c](/2026/second/) [d](/feeds/articles.atom) [e](/search/?q=x)",
        '![A drawing](media/drawing.svg "Caption") [b](/media/drawing.svg)',
        "```\n# no heading [a](id:none) ![](x)\n```\n\nand `[a](id:none)` and ``[`a`](id:none)``",
        "Words.[^1]\n\n[^1]: A note with a [link](id:second).\n",
        "## Heading\n\n\\# no heading\n\n- # no heading either\n",
        "Words\n-----\n",
    ],
)
def test_what_is_right_is_left_alone(desk: Desk, body: str) -> None:
    desk.article("second")
    desk.article("first-note", body=body)

    assert desk.complaints() == []


def test_of_many_ids_the_nearest_three_are_named(desk: Desk) -> None:
    for number in range(12):
        desk.page(f"page-number-{number}")
    desk.article(body="[a](id:pge)\n")

    assert "leads to nothing. The nearest are: page-number-" in desk.complaint()
    assert desk.complaint().count("page-number-") == 3


def test_authors_and_topics_are_looked_at_too(desk: Desk) -> None:
    desk.write("authors/luc-exemple.yml", "name: Luc\nbio: >-\n  See\n  [a](id:none).\n")
    desk.write("topics.yml", "consent:\n  name: C\n  introduction: See [a](id:none).\n")

    assert [one.partition(": ")[0] for one in desk.complaints()] == [
        "content/authors/luc-exemple.yml:2",
        "content/topics.yml:3",
    ]


def test_a_published_text_does_not_lead_to_a_draft(desk: Desk) -> None:
    desk.article("first-note", body="[a](id:second)")
    desk.article("second", status="draft")
    assert "leads to a text that is not published (content/articles/2026/second.md)" in desk.complaint()

    desk.article("first-note", body="[a](id:second)", status="draft")
    assert desk.complaints() == []


@pytest.mark.parametrize(
    "changes", [{"status": "withdrawn"}, {"date": "2027-01-01 10:00"}, {"expires": "2026-05-01 10:00"}]
)
def test_the_clock_never_breaks_a_build_because_of_a_link(desk: Desk, changes: dict[str, str]) -> None:
    desk.article("first-note", body="[a](id:second)")
    desk.article("second", **changes)

    publication = desk.load()

    assert publication.problems == ()
    assert resolve(publication, "id:second") is None


@pytest.mark.parametrize(
    ("href", "leads_to"),
    [
        ("id:second", "/2026/second/"),
        ("id:second#part", "/2026/second/#part"),
        ("id:suler-2004", "/resources/suler-2004/"),
        ("author:luc-exemple", "/authors/luc-exemple/"),
        ("topic:consent", "/topics/consent/"),
        ("media/drawing.svg", "/media/drawing.svg"),
        ("https://example.org/", "https://example.org/"),
        ("#part", "#part"),
        ("id:none", None),
    ],
)
def test_links_are_resolved_for_the_build(desk: Desk, href: str, leads_to: str | None) -> None:
    desk.article("second")
    desk.resource()

    assert resolve(desk.load(), href) == leads_to


def test_blanking_out_code_moves_nothing() -> None:
    text = "a `b` c\n\n~~~ py\n[x](y)\n~~~\n``d`` `e\n\n`f\n"

    blanked = without_code(text)

    assert len(blanked) == len(text)
    assert blanked.split() == ["a", "c", "`e", "`f"]


HOSTILE = {
    **{sign: sign * (800_000 // len(sign)) for sign in ("[", "![", "](", "`", "```a\n", "<img ", "x\n=", "[^", "href")},
    "runs of backticks": " ".join("`" * length for length in range(900)),
    "one long line": "a" * 900_000 + "\n=",
    "spaces": " " * 900_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_megabyte_is_read_in_a_moment(name: str) -> None:
    body = Body(HOSTILE[name])

    started = process_time()
    found = [body.links(), body.pictures_without_alt(), body.titles(), body.notes_without_text()]

    assert all(isinstance(each, list) for each in found)
    assert process_time() - started < 10
    assert len(plain(HOSTILE[name])) <= len(HOSTILE[name])

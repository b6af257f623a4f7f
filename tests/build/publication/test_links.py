"""Links, pictures, headings and footnotes in the text."""

from time import process_time

import pytest

from publication.blanking import without_code
from publication.bodies import Body
from publication.links import resolve
from publication.plain import plain
from tests.build.publication.desk import Desk


@pytest.mark.parametrize(
    ("body", "what", "cure"),
    [
        ("[a](id:second#prat)", "no part “#prat” in content/articles/2026/second.md", "Did you mean “part”?"),
        ("[a](#prt)\n\n## Prat", "There is no part “#prt” in this text", "Did you mean “prat”?"),
        ("[a](#fn-2) b[^1]\n\n[^1]: N.", "There is no part “#fn-2” in this text", "Did you mean “fn-1”?"),
        ("[a](/2026/second/#prat)", "no part “#prat” in content/articles/2026/second.md", "Did you mean “part”?"),
        ("[a](/2026/second)", "There is no page at “/2026/second”", "Did you mean id:second?"),
        ("[a](/2025/second/)", "There is no page at “/2025/second/”", "Did you mean id:second?"),
        (
            "[a](https://notes.example.org/2026/scond/)",
            "There is no page at “/2026/scond/”",
            "Link to texts by their id",
        ),
        ("[a](/archive/nothing/page/2/)", "There is no page at", "Link to texts by their id"),
        ("[a](http://localhost:8000/2026/second/)", "leads to your own computer", "Did you mean id:second?"),
        ("[a](http://192.168.0.7/x)", "leads to your own computer", "Write the address that readers use."),
        ("[a]()", "This link leads nowhere", "[words](id:my-text)"),
        ("[a](#)", "This link leads nowhere", "[words](id:my-text)"),
        ("[a](mailto:)", "The link “mailto:” leads nowhere", "Write what comes after mailto:"),
        ("[a](my file.pdf)", "The link “my file.pdf” has a blank", "Write %20 for a blank."),
        ("[a](<https://example.org/my file>)", "has a blank", "Write %20 for a blank."),
        ("[a][none]", "Nothing says where the link “[none]” leads", "[none]: https://…"),
        ("![A][none]", "Nothing says where the link “[none]” leads", "[none]: https://…"),
        ("[](id:second)", "The link to “id:second” has no words", "Write between [ and ]"),
        ('<a href="id:second"> </a>', "The link to “id:second” has no words", "Write between [ and ]"),
        ("### Third", "The heading “Third” is of level 3, and it is the first of the text", "Begin the line with ##."),
        ("## Two\n#### Four", "The heading “Four” is of level 4, and it is below one of level 2", "with ###."),
        ("##", "This heading has no words", "Write them behind the #"),
        ("A[^1]\n\n[^1]: One.\n[^1]: Two.", "There are two footnotes “1”", "another name"),
        ('<b id="x">a</b> <i id="x">b</i>', "The id “x” is here twice", "Give one of them another."),
        ("[a](id:secnd)", "The link “id:secnd” leads to nothing", "Did you mean “second”?"),
        ("[a](author:luc)", "The link “author:luc” leads to nothing", "Did you mean “luc-exemple”?"),
        ("[a](topic:concent)", "The link “topic:concent” leads to nothing", "Did you mean “consent”?"),
        ("[a][r]\n\n[r]: id:none\n", "The link “id:none” leads to nothing", "Choose from"),
        ('<a href="id:none">a</a>', "The link “id:none” leads to nothing", "Choose from"),
        ("[a](second.md)", "The link “second.md” leads nowhere", "Did you mean id:second?"),
        ("[a](../x)", "The link “../x” leads nowhere", "Write id:…"),
        ("[a](javascript:alert(1))", "The link “javascript:alert(1)” leads nowhere", "Write id:…"),
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
    desk.article("second", body="## Part\n")
    desk.article("first-note", body=f"Words.\n\n{body}\n")

    complaint = desk.complaint()

    line = 15 if "Two." in body else 14 if "[r]:" in body else 13 if "####" in body else 12
    assert complaint.startswith(f"content/articles/2026/first-note.md:{line}: ")
    assert what in complaint
    assert cure in complaint


@pytest.mark.parametrize(
    "body",
    [
        "[a](id:second) [b](id:second#part) [c](author:luc-exemple) [d](topic:consent)",
        "[a](https://example.org/x_(y)) <https://example.org> [b](mailto:a@example.org) [c](tel:988) [d](#top)",
        "[a](/archive/) [b](/resources/kind/book/) [c](/2026/second/) [d](/feeds/articles.atom) [e](/search/?q=x)",
        '![A drawing](media/drawing.svg "Caption") [b](/media/drawing.svg)',
        "```\n# no heading [a](id:none) ![](x)\n```\n\nand `[a](id:none)` and ``[`a`](id:none)``",
        "Words.[^1]\n\n[^1]: A note with a [link](id:second).\n",
        "## Heading\n\n\\# no heading\n\n- # no heading either\n",
        "Words\n-----\n",
        "## Two\n\n### Three\n\n#### Four\n\n## Two again\n",
        "[a](#two-words) [b](#top) [c](#respond) [d](#ref-suler-2004) [e](#comment-12)\n\n## Two *words*\n",
        "[a](#it-s_1) [b](#fn-1) [c](#r-1)[^n]\n\n## It’s\n\n## It – s\n\n### It, s\n\n[^n]: A note.\n",
        '[a](#own) [b](#lead1)\n\n<h2 id="own">Own</h2>\n\n### Lead[^n]\n\n[^n]: N.\n',
        "[a](/tags/e-mail/) [b](/archive/page/2/) [c](/2026/second/comments.atom) [d](/topics/consent/page/1/)",
        "[a](/2026/s%65cond/) [b](/2026/second/?x=1#part)",
        "[![A drawing](media/drawing.svg)](id:second) [`code`](id:second)",
        "list[0][1], [Suler][s] and [s][] and [^1][^2]\n\n[s]: https://example.org/\n[^1]: A.\n[^2]: B.\n",
        "<!-- [x](id:none) -->\n\n<pre>\n# x [a](id:none)\n</pre>\n",
        "![](media/drawing.svg){.decorative}",
    ],
)
def test_what_is_right_is_left_alone(desk: Desk, body: str) -> None:
    desk.article("second", body="## Part\n")
    desk.article("first-note", body=body, tags="[e-mail]")

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


def test_a_published_text_does_not_lead_to_the_address_of_a_draft_either(desk: Desk) -> None:
    desk.article("first-note", body="[a](/2026/second/)")
    desk.article("second", status="draft")

    assert "leads to a text that is not published (content/articles/2026/second.md)" in desk.complaint()


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
        ("/2026/second/?x=1#part", "/2026/second/?x=1#part"),
        ("https://notes.example.org/2026/second/#part", "/2026/second/#part"),
        ("https://notes.example.org//evil.example/", "/evil.example/"),
        ("/2026/hidden/", None),
        ("https://notes.example.org/2026/hidden/#part", None),
    ],
)
def test_links_are_resolved_for_the_build(desk: Desk, href: str, leads_to: str | None) -> None:
    desk.article("second")
    desk.article("hidden", status="draft")
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
    **{
        sign: sign * (800_000 // len(sign))
        for sign in (
            "[](",
            "[a](",
            "[](a" * 5,
            "[a][",
            "![a][b]",
            "<a href=x ",
            "<h2",
            "<!--",
            "<pre>",
            "<x id=a>",
            "[^a]: ",
        )
    },
    "one long address": "[a](" + "b" * 900_000,
    "brackets that never end": "[" * 400_000 + "](a)" * 100_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_megabyte_is_read_in_a_moment(name: str) -> None:
    body = Body(HOSTILE[name])

    started = process_time()
    found: list[object] = [body.links(), body.pictures_without_alt(), body.headings(), body.notes_without_text()]
    found += [body.notes_written_twice(), body.notes_never_used(), body.doubled_ids()]

    assert all(isinstance(each, list) for each in found)
    assert process_time() - started < 10
    assert len(plain(HOSTILE[name])) <= len(HOSTILE[name])

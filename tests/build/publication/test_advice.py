"""Advice is printed and stops nothing."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from publication.__main__ import main
from publication.health.state import Link, write
from publication.links import resolve
from publication.rules import ADVICE, PROBLEMS
from tests.build.publication.desk import NOW, Desk


def advice(desk: Desk) -> list[str]:
    publication = desk.load()
    assert publication.problems == ()
    return [str(one) for one in publication.advice]


@pytest.mark.parametrize(
    ("body", "what", "cure"),
    [
        ("[here](id:second)", "The link “here” does not say where it leads", "Make the name"),
        ("[Click **here**!](id:second)", "The link “Click here!” does not say", "Make the name"),
        ("[Cliquez ici](id:second)", "The link “Cliquez ici” does not say", "Make the name"),
        ('<a href="https://example.org/">read more</a>', "The link “read more” does not say", "Make the name"),
        ("<https://example.org/x>", "The words of the link “https://example.org/x” are its address", "Give it a name"),
        ("[www.example.org](https://example.org)", "The words of the link “www.example.org” are", "Give it a name"),
        (
            "[a](https://notes.example.org/2026/second/)",
            "The link “https://notes.example.org/2026/second/” leads to",
            "Write id:second alone",
        ),
        (
            "[a](https://notes.example.org/archive/#x)",
            "The link “https://notes.example.org/archive/#x” leads to",
            "Write /archive/#x alone",
        ),
        (
            r"Words.\n\n*Picture not brought over: Our \[old\] desk.* At work.".replace(r"\n", "\n"),
            "The picture “Our [old] desk” was not brought over from the old site",
            "Put it into content/media and write ![what is to be seen](media/name.jpg) here",
        ),
        ("Words.\n\n[^1]: Forgotten.", "Nothing refers to the footnote “1”", "Write [^1] in the text"),
    ],
)
def test_what_could_be_better_in_a_text_is_advice(desk: Desk, body: str, what: str, cure: str) -> None:
    desk.article("second")
    desk.article("first-note", body=body)

    (found,) = advice(desk)

    assert found.startswith("content/articles/2026/first-note.md:")
    assert f"Advice: {what}" in found
    assert cure in found


def test_a_link_to_a_former_address_is_told_the_new_one_and_led_there(desk: Desk) -> None:
    desk.article("second", slug="old")
    desk.load()
    desk.article("second", slug="new")
    desk.article("first-note", body="[a](/2026/old/#x)\n\n## X\n")

    complaint = desk.complaint()
    assert "There is no part “#x” in content/articles/2026/second.md" in complaint

    desk.article("first-note", body="[a](/2026/old/)")
    assert advice(desk) == [
        "content/articles/2026/first-note.md:10: Advice: The link “/2026/old/” leads to a former address. "
        "Write id:second: it is at /2026/new/ now."
    ]
    assert resolve(desk.load(), "/2026/old/#x") == "/2026/new/#x"


def test_a_review_that_is_due_is_named_from_its_day_on(desk: Desk) -> None:
    desk.article(reviewed="{on: 2025-06-02, by: luc-exemple, every: 12 months}")
    assert advice(desk) == []

    desk.now = NOW + timedelta(days=1)
    assert advice(desk) == [
        "content/articles/2026/first-note.md:9: Advice: The review of 2025-06-02 fell due on 2026-06-02. "
        "Look at the text again, then write on: 2026-06-02 and by whom."
    ]

    desk.article(reviewed="{on: 2025-06-02, by: luc-exemple, every: 12 months}", status="draft")
    assert advice(desk) == []


def test_long_titles_and_summaries_that_say_nothing_are_named(desk: Desk) -> None:
    desk.article(title=f'"{"long " * 25}"', summary=f'"{"Long " * 25}!"')

    found = advice(desk)

    assert any("content/articles/2026/first-note.md:3: Advice: The title has 124 characters" in one for one in found)
    assert any("content/articles/2026/first-note.md:4: Advice: The summary says what the title" in one for one in found)


def test_a_resource_listed_twice_is_named(desk: Desk) -> None:
    desk.resource("a", title='"One"', doi="10.1000/X")
    desk.resource("b", title='"Other"', doi="10.1000/x", link="https://example.org/b")
    desk.resource("c", title='"Third"', link="http://www.example.org/b/")

    assert [one.partition(". ")[0] for one in advice(desk)] == [
        "content/resources/b.md:11: Advice: The doi “10.1000/x” is also that of content/resources/a.md:2",
        "content/resources/c.md:9: Advice: The link “example.org/b” is also that of content/resources/b.md:2",
    ]


def test_links_of_the_settings_are_looked_at(desk: Desk) -> None:
    desk.article()
    notice = replace(desk.settings.notices["help-lines"], text="[call](id:nowhere)")
    desk.settings = replace(
        desk.settings, links=(("FOOTER", "/gone/"), ("FOOTER", "/feeds/a.atom")), notices={"help-lines": notice}
    )
    desk.settings = replace(desk.settings, default_notices=())

    assert [one.rpartition(". ")[0] for one in advice(desk)] == [
        "pelicanconf.py:1: Advice: In FOOTER: There is no page at “/gone/”",
        "pelicanconf.py:1: Advice: In NOTICES help-lines: The link “id:nowhere” leads to nothing",
    ]


def test_what_the_link_check_remembers_is_advice(desk: Desk) -> None:
    failures = tuple(f"2026-05-{day}T10:00:00+00:00" for day in (10, 12, 14))
    file = desk.content.parent / "links.json"
    gone = Link(failures[-1], 404, "not found", failures, True)
    moved = Link(failures[-1], 200, "ok", moved="https://example.org/new")
    write(file, {"https://example.org/gone": gone, "https://example.org/old": moved})
    desk.settings = replace(desk.settings, links_file=file)
    desk.resource(link="https://example.org/gone")
    desk.article(body="Words.\n\n[a](https://example.org/old#x) [b](https://example.org/fine)\n")

    assert advice(desk) == [
        "content/articles/2026/first-note.md:12: Advice: The link “https://example.org/old#x” leads on for good. "
        "Write https://example.org/new",
        "content/resources/suler-2004.md:9: Advice: The link “https://example.org/gone” has not answered well since "
        "2026-05-10 (not found). Look for its new address or a copy at "
        "https://web.archive.org/web/*/https://example.org/gone",
    ]


def test_advice_exits_with_nothing_wrong_and_is_there_for_machines(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.article("second")
    desk.article(body="[here](id:second)\n\n<https://example.org/>\n")
    conf = desk.write(
        "../pelicanconf.py", 'TIMEZONE = "America/Toronto"\nNOTICES = {}\nPUBLIC_FILES = ["media/drawing.svg"]\n'
    )
    arguments = ["check", "--content", str(desk.content), "--conf", str(conf), "--as-of", "2026-06-01 12:00"]

    assert main([*arguments, "--write"]) == 0
    printed = capsys.readouterr().out.splitlines()
    assert [line.partition(" Advice: ")[0] for line in printed[:2]] == [
        "content/articles/2026/first-note.md:10:",
        "content/articles/2026/first-note.md:12:",
    ]
    assert printed[2].endswith("2 pieces of advice, which stop nothing.")

    assert main([*arguments, "--brief"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 1

    assert main([*arguments, "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["problems"] == []
    assert [(one["rule"], one["severity"], one["line"]) for one in answer["advice"]] == [
        ("vague-link-text", "advice", 10),
        ("address-as-link-text", "advice", 12),
    ]


def test_every_rule_has_one_severity() -> None:
    assert not PROBLEMS.keys() & ADVICE.keys()

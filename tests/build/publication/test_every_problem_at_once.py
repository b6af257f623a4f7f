"""One run names everything that is wrong, with file, line and cure."""

import json
from pathlib import Path

import pytest

from publication.__main__ import main
from tests.build.publication.desk import Desk


@pytest.fixture
def spoilt(desk: Desk) -> Desk:
    """A bad date, an unknown author, a misspelt key, and two texts with one address."""
    desk.article("bad-date", date="14 March 2026")
    desk.article("no-such-author", authors="[mara-exampel]")
    desk.article("misspelt-key", summry='"x"')
    desk.article("first-of-two", slug="same-place")
    desk.article("second-of-two", slug="same-place")
    desk.write("../pelicanconf.py", 'TIMEZONE = "America/Toronto"\nDEFAULT_LANG = "en"\nNOTICES = {}\n')
    return desk


def run(desk: Desk, *more: str) -> int:
    conf = desk.content.parent / "pelicanconf.py"
    return main(["check", "--content", str(desk.content), "--conf", str(conf), *more])


def test_all_are_named_in_one_run_with_file_line_and_cure(spoilt: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    code = run(spoilt)

    printed = capsys.readouterr().out
    folder = "content/articles/2026"
    assert code == 1
    for line in (
        f"{folder}/bad-date.md:7: “14 March 2026” is not a date and time. "
        "Write year, month, day, hour and minute: 2026-03-14 09:30.",
        f"{folder}/misspelt-key.md:9: There is no key “summry”. Did you mean “summary”?",
        f"{folder}/no-such-author.md:5: There is no author “mara-exampel”. Did you mean “mara-example”?",
        f"{folder}/second-of-two.md:9: The address /2026/same-place/ is also the address of "
        f"{folder}/first-of-two.md:9. Give one of the two another slug.",
    ):
        assert line in printed.splitlines()
    assert "Nothing is published until they are mended." in printed


def test_the_problems_come_sorted_and_as_json_too(spoilt: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    code = run(spoilt, "--json")

    problems = json.loads(capsys.readouterr().out)["problems"]
    assert code == 1
    assert problems == sorted(problems, key=lambda one: (one["file"], one["line"], one["what"]))
    assert set(problems[0]) == {"file", "line", "what", "cure", "rule", "severity"}
    assert {one["severity"] for one in problems} == {"problem"}
    assert {one["rule"] for one in problems} == {"front-matter", "unknown-name", "address"}


def test_nothing_is_written_while_something_is_wrong(spoilt: Desk) -> None:
    assert run(spoilt, "--write") == 1

    assert not (spoilt.content / "addresses.yml").exists()


def test_a_file_that_cannot_be_read_does_not_accuse_the_others(desk: Desk) -> None:
    desk.resource("suler-2004")
    desk.article("fine", body="[a](id:broken) [b](id:suler-2004)\n", references="[suler-2004]")
    desk.article("broken")
    desk.load()
    desk.write("articles/2026/broken.md", b"\xff\xfe")
    desk.write("resources/suler-2004.md", "no front matter")

    assert [one.partition(": ")[0] for one in desk.complaints()] == [
        "content/articles/2026/broken.md:1",
        "content/resources/suler-2004.md:1",
    ]


def test_topics_that_cannot_be_read_are_the_one_problem(desk: Desk) -> None:
    desk.article(body="[a](topic:ethics) [b](/topics/ethics/) [c](/resources/topic/ethics/)\n")
    desk.resource()
    desk.write("topics.yml", "ethics:\n  name: [Ethics\n")

    assert desk.complaint().startswith("content/topics.yml:2: A bracket that opens here is not closed")


@pytest.mark.parametrize("name", ["authors/mara-example.yaml", "authors/Mara Example.yml"])
def test_an_author_whose_file_has_the_wrong_name_is_the_one_problem(desk: Desk, name: str) -> None:
    (desk.content / "authors/mara-example.yml").rename(desk.content / name)
    desk.article(body="[a](author:mara-example)\n", reviewed="{on: 2026-05-01, by: mara-example}")

    assert desk.complaint().startswith(f"content/{name}:1: ")


def test_addresses_to_write_down_are_not_named_beside_other_problems(
    spoilt: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(spoilt, "--write") == 1

    assert "check --write" not in capsys.readouterr().out


def test_the_sample_publication_has_no_problems(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    conf, content = str(root / "pelicanconf.py"), str(root / "content")

    code = main(["check", "--conf", conf, "--content", content, "--as-of", "2026-11-22 12:00"])

    assert code == 0, capsys.readouterr().out

"""What an editor must mend is said all at once, and nothing is built of it."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.build.newsroom import Newsroom, snapshot, stamps


def test_every_problem_is_named_with_its_cure_and_the_output_stays(
    room: Newsroom, capsys: pytest.CaptureFixture[str]
) -> None:
    room.article("fine")
    room.build()
    before = stamps(room.output), snapshot(room.output)
    room.article("bad-date", date="2026-13-01 09:00")
    room.article("bad-author", authors="[mara-exampel]")
    room.article("bad-key", sumary='"Typo."')
    room.article("bad-link", body="See [that](id:nothing-here).")
    room.article("same-place", slug="fine")

    code = room.build()

    said = capsys.readouterr().err
    assert code == 1
    for name in ("bad-date.md:", "bad-author.md:", "bad-key.md:", "bad-link.md:", "same-place.md:"):
        assert name in said
    assert "Did you mean “mara-example”?" in said
    assert said.rstrip().endswith("Nothing was built.")
    assert (stamps(room.output), snapshot(room.output)) == before


def test_a_first_build_with_a_problem_makes_no_output_at_all(room: Newsroom) -> None:
    room.article(date="soon")

    assert room.build() == 1
    assert not room.output.exists()


@pytest.mark.parametrize("given", ["yesterday", "2026-06-01", "2026-13-40 10:00"])
def test_a_moment_that_is_none_stops_the_build(room: Newsroom, capsys: pytest.CaptureFixture[str], given: str) -> None:
    room.article()

    assert room.build(PN_AS_OF=given) == 1
    assert "PN_AS_OF" in capsys.readouterr().err
    assert not room.output.exists()


def test_an_address_that_moved_without_its_record_stops_the_build(
    room: Newsroom, capsys: pytest.CaptureFixture[str]
) -> None:
    room.article("one")
    room.build()
    (room.content / "addresses.yml").unlink()

    # The newsroom records addresses before it builds; here the build is alone.
    code = room.build_only()

    assert code == 1
    assert "addresses.yml" in capsys.readouterr().err


def test_public_settings_want_a_public_address(room: Newsroom, capsys: pytest.CaptureFixture[str], root: Path) -> None:
    room.article()

    assert room.build(conf=root / "publishconf.py", PN_SITE_URL="http://localhost:8000") == 1
    assert "Set PN_SITE_URL" in capsys.readouterr().err
    assert not room.output.exists()
    assert room.build(conf=root / "publishconf.py") == 0


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"COMMENTS": {"hodl": "all"}}, "COMMENTS in the settings has “hodl”. Did you mean “hold”?"),
        ({"COMMENTS": {"hold": "some"}}, "hold is one of first, all, none, closed."),
        ({"FEED_AUTHORITY": ""}, "FEED_AUTHORITY is missing"),
        ({"TIMEZONE": "Atlantis"}, "is not a time zone"),
        ({"DEFAULT_NOTICES": ["nothing"]}, "which is not in NOTICES"),
    ],
)
def test_settings_that_cannot_be_used_are_named(
    room: Newsroom, capsys: pytest.CaptureFixture[str], settings: dict[str, Any], sentence: str
) -> None:
    room.article()

    assert room.build_only(settings=settings) == 1
    assert sentence in capsys.readouterr().err
    assert not room.output.exists()


def test_a_text_that_cannot_be_rendered_is_named(room: Newsroom, capsys: pytest.CaptureFixture[str]) -> None:
    room.article("fine")
    deep = "\n".join("    " * level + "- x" for level in range(300))
    room.article("deep", body=deep)
    room.page("deep-too", body=deep)

    code = room.build()

    said = capsys.readouterr().err
    assert code == 1
    assert "content/articles/2026/deep.md:10: Something in this text is nested too deeply" in said
    assert "content/pages/deep-too.md:7: Something in this text is nested too deeply" in said
    assert "Traceback" not in said
    assert "fine.md" not in said
    assert not room.output.exists()


@pytest.mark.parametrize(
    ("template", "wrong", "what"),
    [
        ("article.html", "{{ artcle.title }}", "'artcle' is undefined"),
        ("article.html", "{{ article.titel }}", "has no attribute 'titel'"),
        ("tag.html", "{% if %}", "Expected an expression"),
        ("base.html", "{% if %}", "Expected an expression"),
        ("article.html", '{{ asset("css/none.css") }}', "css/none.css"),
        ("article.html", "{{ 1 / 0 }}", "division by zero"),
        ("article.html", '{% include "none.html" %}', "none.html"),
    ],
)
def test_a_mistake_in_a_template_is_one_line(
    room: Newsroom, capsys: pytest.CaptureFixture[str], root: Path, template: str, wrong: str, what: str
) -> None:
    shutil.copytree(root / "theme", room.folder / "theme")
    file = room.folder / "theme" / "templates" / template
    lines = file.read_text(encoding="utf-8").split("\n")
    at = next(number for number, line in enumerate(lines) if "{% block" in line or "<body" in line) + 1
    file.write_text("\n".join([*lines[:at], wrong, *lines[at:]]), encoding="utf-8")
    room.article("one", tags="[law]")
    room.build()
    capsys.readouterr()

    code = room.build_only(settings={"THEME": str(room.folder / "theme")})

    said = capsys.readouterr().err.strip()
    assert code == 1
    assert said.startswith(f"theme/templates/{template}:{at + 1}: ")
    assert what in said
    assert said.endswith("Mend the template.")
    assert "\n" not in said

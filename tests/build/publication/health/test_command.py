"""``python -m publication links``: from the content to the file, the sentences and the exit code."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from publication.__main__ import main
from publication.health import state
from publication.health.collect import collect
from tests.build.publication.desk import NOW, Desk
from tests.build.publication.health.misbehaving import OK, Server, serving, status


@pytest.fixture
def server() -> Iterator[Server]:
    with serving({"/fine": OK, "/gone": status("404 Not Found"), "/doi": OK}) as server:
        yield server


def conf(desk: Desk, *more: str) -> Path:
    lines = ['TIMEZONE = "America/Toronto"', f"LINKS_FILE = {str(desk.content.parent / 'links.json')!r}", *more]
    return desk.write("../pelicanconf.py", "\n".join(lines))


def run(desk: Desk, *more: str) -> int:
    arguments = ["links", "--content", str(desk.content), "--conf", str(desk.content.parent / "pelicanconf.py")]
    return main([*arguments, "--allow-local", "--pace", "0", *more])


def remembered(desk: Desk) -> dict[str, state.Link]:
    return state.read(desk.content.parent / "links.json")


def test_every_outside_link_of_what_is_public_is_found_with_its_places(desk: Desk) -> None:
    desk.write("authors/luc-exemple.yml", 'name: Luc\nlinks:\n  - {name: S, url: "https://luc.example/"}\n')
    desk.write("topics.yml", "consent:\n  name: C\n  introduction: See [a](https://topic.example/).\n")
    desk.resource(link="https://work.example/#part", doi="10.1000/182", body="[a](https://x.example/(y))\n")
    desk.article("one", body="[a][r] [a](https://work.example/)\n\n[r]: https://ref.example/?a=1&amp;b=2\n")
    desk.article(
        "two", canonical="https://first.example/two/", body="`[a](https://code.example/)` <https://auto.example>\n"
    )
    desk.article("three", body='[a](https://notes.example.org/2026/one/) <a href="https://html.example/é">b</a>\n')
    desk.article("draft", status="draft", body="[a](https://draft.example/)")
    desk.article("later", date="2027-01-01 10:00", body="[a](https://later.example/)")
    desk.article(
        "ours", body="[a](http://localhost:8000/) [b](http://10.0.0.1/) [c](mailto:a@b.example) [d](https://[x/)"
    )

    found = collect(desk.content, desk.settings, NOW)

    assert found == {
        "https://auto.example": ("content/articles/2026/two.md:11",),
        "https://doi.org/10.1000/182": ("content/resources/suler-2004.md:11",),
        "https://first.example/two/": ("content/articles/2026/two.md:9",),
        "https://html.example/é": ("content/articles/2026/three.md:10",),
        "https://luc.example/": ("content/authors/luc-exemple.yml:2",),
        "https://ref.example/?a=1&b=2": ("content/articles/2026/one.md:12",),
        "https://topic.example/": ("content/topics.yml:3",),
        "https://work.example/": ("content/articles/2026/one.md:10", "content/resources/suler-2004.md:9"),
        "https://x.example/(y)": ("content/resources/suler-2004.md:13",),
    }


def test_what_the_settings_exclude_is_never_asked(desk: Desk, server: Server) -> None:
    conf(desk, 'LINKS_EXCLUDE = ["private.example", "https://part.example/login"]')
    desk.article(
        body="[a](https://www.private.example/x) [b](https://part.example/login?x) [c](" + server.url + "/fine)\n"
    )

    assert run(desk) == 0

    assert list(remembered(desk)) == [server.url + "/fine"]


def test_a_round_says_what_is_new_and_remembers_it(
    desk: Desk, server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    conf(desk)
    desk.article(body=f"[a]({server.url}/gone) [b]({server.url}/fine)\n")

    assert run(desk) == 0

    said = capsys.readouterr().out
    assert said == (
        f"content/articles/2026/first-note.md:10: The link “{server.url}/gone” did not answer well (404 not found). "
        "It is asked for again daily; after three failures over three days readers are told.\n"
        "2 outside links, 2 asked for now. Answering: 1. Failing, but not for long: 1. Perhaps gone: 0. "
        "Cannot be told: 0.\n"
    )
    assert {url: (link.status, len(link.failures)) for url, link in remembered(desk).items()} == {
        f"{server.url}/gone": (404, 1),
        f"{server.url}/fine": (200, 0),
    }

    assert run(desk) == 0
    assert capsys.readouterr().out.startswith("2 outside links, 0 asked for now.")
    assert run(desk, "--strict") == 1


def test_machines_get_the_same(desk: Desk, server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    conf(desk)
    desk.article(body=f"[a]({server.url}/gone)\n")

    assert run(desk, "--json") == 0

    answer = json.loads(capsys.readouterr().out)
    assert answer["failing"] == [f"{server.url}/gone"]
    assert answer["news"][0]["rule"] == "link-failing"
    assert answer["offline"] is False


def test_a_damaged_memory_is_kept_aside_and_begun_anew(
    desk: Desk, server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    conf(desk)
    desk.article(body=f"[a]({server.url}/fine)\n")
    desk.write("../links.json", "{damaged")

    assert run(desk) == 0

    assert "It is kept as links.json.damaged, and a new one begun." in capsys.readouterr().err
    assert (desk.content.parent / "links.json.damaged").read_text() == "{damaged"
    assert list(remembered(desk)) == [f"{server.url}/fine"]


def test_offline_it_says_so_and_nothing_counts(desk: Desk, server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    conf(desk)
    server.close()
    desk.article(body=f"[a]({server.url.replace(str(server.port), '9')}/x)\n")

    assert run(desk, "--strict") == 0

    assert "this machine seems to be offline" in capsys.readouterr().out
    assert remembered(desk)[server.url.replace(str(server.port), "9") + "/x"].failures == ()


def test_content_with_problems_is_no_hindrance(desk: Desk, server: Server) -> None:
    conf(desk)
    desk.article("broken", date="soon", body=f"[a]({server.url}/fine) [b](id:none)\n")
    desk.write("articles/2026/odd.md", b"\xff")
    desk.article("fine", body=f"[a]({server.url}/doi)\n")

    assert run(desk) == 0
    assert f"{server.url}/doi" in remembered(desk)


def test_without_a_file_to_remember_in_it_says_what_to_set(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    desk.write("../pelicanconf.py", 'TIMEZONE = "America/Toronto"\n')

    assert run(desk) == 1
    assert "LINKS_FILE is missing in pelicanconf.py" in capsys.readouterr().err


def test_without_leave_this_computer_is_never_asked(desk: Desk, server: Server) -> None:
    conf(desk)
    desk.article(body=f"[a]({server.url}/fine)\n")
    arguments = ["links", "--content", str(desk.content), "--conf", str(desk.content.parent / "pelicanconf.py")]

    assert main(arguments) == 0
    assert server.asked == []
    assert remembered(desk) == {}

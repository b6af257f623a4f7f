"""Files of the old site, fetched when that is asked for: from there alone, within limits, and each once."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from migrate.fetching import FOLDER, Fetching
from migrate.media import Media
from publication.health import hosts
from publication.health.pace import Pace
from tests.build.publication.health import misbehaving as bad
from tests.build.publication.health.misbehaving import Server, serving, status
from tests.migration.command import Place
from tests.migration.conftest import FOOT, HEAD, ROOT, post

PICTURE = (ROOT / "content/media/silence.png").read_bytes()
UPLOADS = "/wp-content/uploads"
SECONDS = 0.4


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    answers: dict[str, object] = {
        f"{UPLOADS}/a.png": status("200 OK", "Content-Type: image/png", "Connection: close", body=PICTURE),
        f"{UPLOADS}/moved.png": status("301 Moved Permanently", f"Location: {UPLOADS}/a.png"),
        f"{UPLOADS}/away.png": status("302 Found", "Location: http://elsewhere.example/a.png"),
        f"{UPLOADS}/inside.png": status("302 Found", "Location: http://169.254.169.254/latest/meta-data.png"),
        f"{UPLOADS}/to-file.png": status("302 Found", "Location: file:///etc/passwd"),
        f"{UPLOADS}/circle.png": status("302 Found", f"Location: {UPLOADS}/circle.png"),
        f"{UPLOADS}/page.png": status("200 OK", "Content-Type: text/html", body=b"<html>Log in</html>"),
        f"{UPLOADS}/error.png": status("500 Internal Server Error"),
        f"{UPLOADS}/empty.png": status("200 OK"),
        f"{UPLOADS}/large.png": status("200 OK", body=b"x" * 200_000),
        f"{UPLOADS}/short.png": b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nx",
        f"{UPLOADS}/endless.png": bad.endless_body,
        f"{UPLOADS}/slow.png": bad.slow_body,
        f"{UPLOADS}/never.png": bad.never,
        f"{UPLOADS}/headers.png": bad.endless_headers,
        f"{UPLOADS}/hang-up.png": bad.hang_up,
        f"{UPLOADS}/bomb.png": bad.BOMB,
        f"{UPLOADS}/nonsense.png": bad.INVALID,
    }
    with serving(answers) as server:
        yield server


@pytest.fixture
def fetching(tmp_path: Path, server: Server) -> Fetching:
    made = Fetching(tmp_path / "fetched", allowed=lambda address: address == "127.0.0.1", pace=Pace(0))
    made.seconds, made.largest = SECONDS, 100_000
    made.add_host(server.url)
    server.asked.clear()
    return made


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("gone.png", "not found"),
        ("away.png", "not at the old site"),
        ("inside.png", "not at the old site"),
        ("to-file.png", "no web address"),
        ("circle.png", "more than 5 times"),
        ("page.png", "a page is there"),
        ("error.png", "internal server error"),
        ("empty.png", "empty"),
        ("large.png", "more than"),
        ("short.png", "broke"),
        ("endless.png", "more than"),
        ("slow.png", "too long"),
        ("never.png", "too long"),
        ("headers.png", "too much"),
        ("hang-up.png", "breaks the connection off"),
        ("bomb.png", "packed"),
        ("nonsense.png", "not HTTP"),
        ("script.php", "none of the kinds"),
        ("../../../etc/passwd.png", "no file"),
        ("%2e%2e/%2e%2e/etc/passwd.png", "no file"),
        (".htaccess.png", "no file"),
        ("a%0a.png", "none that a file can have"),
        (f"{'x' * 300}.png", "none that a file can have"),
    ],
)
def test_what_cannot_be_fetched_is_named_and_leaves_nothing(
    fetching: Fetching, server: Server, name: str, why: str
) -> None:
    address = f"{server.url}{UPLOADS}/{name}"
    assert fetching.get(address) is None
    assert why in fetching.failures[address]
    assert not [path for path in fetching.folder.rglob("*") if path.is_file()]


def test_a_file_is_fetched_once_also_by_a_later_run(fetching: Fetching, server: Server) -> None:
    for name in ("a.png", "moved.png"):
        found = fetching.get(f"{server.url}{UPLOADS}/{name}")
        assert found is not None
        assert found.read_bytes() == PICTURE
    asked = len(server.asked)
    later = Fetching(fetching.folder, online=False)
    assert (
        fetching.get(f"{server.url}{UPLOADS}/a.png")
        == later.get(f"{server.url}{UPLOADS}/a.png")
        == found.parent / "a.png"
    )
    assert len(server.asked) == asked


def test_nobody_but_the_old_site_is_asked_and_no_private_network(fetching: Fetching, server: Server) -> None:
    for address in (
        "http://elsewhere.example/a.png",
        "ftp://127.0.0.1/a.png",
        "http://a:b@127.0.0.1/a.png",
        "http://[/a.png",
    ):
        assert fetching.get(address) is None
    inside: list[hosts.Place] = [(socket.AF_INET, ("127.0.0.1", server.port))]
    usual = Fetching(fetching.folder, find=lambda host, port: inside, own={"old.example"})
    assert usual.get(f"http://old.example{UPLOADS}/a.png") is None
    assert list(usual.failures.values()) == ["it is in a private network, where nothing is fetched from"]
    assert server.asked == []


def test_a_host_that_never_answers_is_left_alone(fetching: Fetching) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        for number in range(30):
            fetching.get(f"http://127.0.0.1:{closed.getsockname()[1]}{UPLOADS}/{number}.png")
    reasons = list(fetching.failures.values())
    assert reasons[:20] == ["it refuses the connection"] * 20
    assert all("left alone" in reason for reason in reasons[20:])


def test_the_original_is_asked_for_before_a_smaller_size(fetching: Fetching, server: Server) -> None:
    media = Media(None, fetching)
    assert media.find(f"{server.url}{UPLOADS}/a-300x200.png") == "media/old-site/a.png"
    assert media.find(f"{server.url}{UPLOADS}/b-300x200.png") is None
    assert media.why(f"{server.url}{UPLOADS}/b-300x200.png") == "could not be fetched: not found"
    assert [path for _, path, _ in server.asked] == [
        f"{UPLOADS}/{name}" for name in ("a.png", "b.png", "b-300x200.png")
    ]


@pytest.mark.long
def test_the_command_fetches_only_when_told_to_and_not_again(tmp_path: Path, server: Server) -> None:
    place = Place.make(tmp_path / "place")
    shown = f'<img src="{server.url}{UPLOADS}/a.png" alt="A desk"> <img src="{server.url}{UPLOADS}/page.png" alt="B">'
    files = [
        post(number, "", kind="attachment", wp__attachment_url=f"{server.url}{UPLOADS}/{name}")
        for number, name in enumerate(("a.png", "page.png"), 10)
    ]
    export = tmp_path / "export.xml"
    export.write_text(HEAD + post(1, shown) + "".join(files) + FOOT, encoding="utf-8")
    server.asked.clear()

    assert place.run(export, "--dry-run").returncode == place.run(export, "--fetch", "--dry-run").returncode == 0
    assert server.asked == []
    assert place.run(export, "--fetch").returncode == 0  # but this computer is none of the public internet
    assert server.asked == []
    assert "private network" in str(place.report())


def test_the_command_brings_what_it_fetched(tmp_path: Path, server: Server) -> None:
    place = Place.make(tmp_path / "place")
    shown = f'<img src="{server.url}{UPLOADS}/a.png" alt="A desk"> <img src="{server.url}{UPLOADS}/page.png" alt="B">'
    picture = post(10, "", kind="attachment", wp__attachment_url=f"{server.url}{UPLOADS}/a.png")
    export = tmp_path / "export.xml"
    export.write_text(HEAD + post(1, shown) + picture + FOOT, encoding="utf-8")
    server.asked.clear()

    assert place.run(export, "--fetch", "--allow-local").returncode == 0
    assert (place.content / "media/old-site/a.png").read_bytes() == PICTURE
    assert (place.var / FOLDER).is_dir()
    items = place.report()["items"]
    assert [item["outcome"] for item in items] == ["changed", "imported"]
    assert (
        items[0]["findings"][0]["what"]
        == "the picture page.png could not be fetched: a page is there instead of the file"
    )
    before = place.files()
    assert place.run(export).returncode == 0
    assert [path for _, path, _ in server.asked] == [f"{UPLOADS}/a.png", f"{UPLOADS}/page.png"]
    assert {
        name for name, data in place.files().items() if name.startswith("content") and before.get(name) != data
    } == set()

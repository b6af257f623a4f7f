"""``serve`` as somebody at home runs it: it comes up, follows what is saved, survives mistakes, and ends cleanly."""

import os
import re
import signal
import socket
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.product.conftest import free_port, wait_for
from tests.workshop.conftest import Copy
from workshop.serving import USUAL_PORT, address, choose_port


class Serving:
    def __init__(self, copy: Copy, port: int) -> None:
        self.copy, self.port = copy, port
        self.url = f"http://localhost:{port}"
        self.said: Path = copy.folder / "said.txt"
        with self.said.open("wb") as file:
            self.process = subprocess.Popen(
                copy.command("serve", "--port", str(port)),
                cwd=copy.folder,
                env=copy.environment | {"PYTHONUNBUFFERED": "1"},
                stdout=file,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def wait_for(self, words: str) -> None:
        wait_for(lambda: words in self.said.read_text(), f"“{words}” in:\n{self.said.read_text()}")

    def get(self, path: str) -> str:
        try:
            with urllib.request.urlopen(self.url + path, timeout=10) as answer:
                return str(answer.read().decode())
        except (urllib.error.URLError, OSError):
            return ""

    def stop(self) -> int:
        """Ctrl-C, as the terminal sends it: to all of its processes."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGINT)
        return self.process.wait(30)


@pytest.fixture
def serving(copy: Copy) -> Iterator[Serving]:
    serving = Serving(copy, free_port())
    yield serving
    serving.stop()


def test_it_follows_what_is_saved_survives_mistakes_and_ends_cleanly(serving: Serving) -> None:
    serving.wait_for("Ctrl-C stops")
    link = re.search(r"http\S+/desk/link/\S+", serving.said.read_text())
    assert link
    assert "Sign in" in serving.get(link[0].removeprefix(serving.url))
    assert 'class="comment"' in serving.get("/2026/text-chat-video/")

    article = serving.copy.article("silence-in-text")
    good = article.read_text()
    article.write_text(good + "\n\nA thought added while it runs.\n")
    wait_for(lambda: "A thought added while it runs" in serving.get("/2026/silence-in-text/"), "the change on the page")

    soon = (datetime.now(UTC) + timedelta(seconds=5)).strftime("%Y-%m-%d %H:%M:%S +0000")
    planned = re.sub(r"(?m)^date: .*$", f"date: {soon}", re.sub(r"(?m)^id: .*$", "id: soon", good, count=1), count=1)
    planned = re.sub(r"(?m)^title: .*$", 'title: "Soon to be read"', planned, count=1)
    serving.copy.article("soon").write_text(re.sub(r"(?m)^(slug|featured|series|url): .*\n", "", planned))
    wait_for(lambda: "Soon to be read" in serving.get("/2026/soon/"), "the planned article")

    article.write_text(good.replace("authors:", "autors:", 1))
    serving.wait_for("autors")
    serving.wait_for("Readers keep the last good version")
    assert "A thought added while it runs" in serving.get("/2026/silence-in-text/")

    second = copy_runs_again(serving)
    assert second.returncode == 1
    assert "served already" in second.stderr

    assert serving.stop() == 0
    assert "Traceback" not in serving.said.read_text()
    assert "Stopped" in serving.said.read_text()


def copy_runs_again(serving: Serving) -> subprocess.CompletedProcess[str]:
    return serving.copy.run("serve")


@pytest.mark.parametrize("typed", ["abc", "99999", "-1"])
def test_a_port_that_is_none_is_told(copy: Copy, typed: str) -> None:
    done = copy.run("serve", f"--port={typed}")

    assert done.returncode == 1
    assert "is no port" in done.stderr


def test_a_broken_start_waits_for_the_cure(copy: Copy) -> None:
    article = copy.article("silence-in-text")
    good = article.read_text()
    article.write_text(good.replace("authors:", "autors:", 1))
    serving = Serving(copy, free_port())
    try:
        serving.wait_for("Nothing can be shown yet")
        article.write_text(good)
        serving.wait_for("Ctrl-C stops")
        assert "nothing is being typed" in serving.get("/2026/silence-in-text/")
    finally:
        assert serving.stop() == 0
    assert "Traceback" not in serving.said.read_text()


def test_a_taken_port_is_replaced_unless_it_was_asked_for() -> None:
    with socket.socket() as taken:
        taken.bind(("localhost", 0))
        taken.listen()
        port = taken.getsockname()[1]

        with pytest.raises(OSError, match="in use"):
            choose_port("localhost", port)

    assert choose_port("localhost", 0) in range(USUAL_PORT, 65536)


def test_a_phone_gets_an_address_it_can_reach() -> None:
    assert address("localhost", 8000) == "http://localhost:8000"
    assert address("::1", 8000) == "http://[::1]:8000"
    assert address("0.0.0.0", 8000) != "http://0.0.0.0:8000"

"""A whole installation as a user would run it: built site, release, service and desk in processes of their own."""

import http.client
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

ROOT = Path(__file__).parent.parent.parent
PATIENCE = 30.0


def wait_for(condition: Callable[[], object], what: str, patience: float = PATIENCE) -> object:
    """The condition's first true value; fails with ``what`` when it does not come."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        if value := condition():
            return value
        time.sleep(0.02)
    raise AssertionError(f"waited {patience:.0f} s in vain for {what}")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Installation:
    """The sample publication with its service, in a folder of its own.

    ``url`` is the site's address as the public knows it: the service's own, or PN_SITE_URL of ``environment``.
    """

    # What Python is told, so that it runs the service and its commands.
    program: tuple[str, ...] = ("-m", "comments")

    def __init__(self, folder: Path, environment: dict[str, str] | None = None) -> None:
        self.folder = folder
        self.port = free_port()
        self.url = (environment or {}).get("PN_SITE_URL", f"http://localhost:{self.port}")
        self.var, self.output, self.log = folder / "var", folder / "output", folder / "service.log"
        own = {"PN_VAR": str(self.var), "PN_SITE_URL": self.url, "PYTHONWARNINGS": "default"}
        own["PN_PUBLISH_COMMAND"] = ""  # whatever the sample's articles say of the time, this one stays as it was built
        self.environment = {**os.environ, **own, **(environment or {})}
        self.process: subprocess.Popen[bytes] | None = None

    def command(self, *arguments: str, text: str | None = None) -> str:
        """What a command of the product prints."""
        done = self.run(*arguments, text=text)
        assert done.returncode == 0, f"{arguments}: {done.stdout}{done.stderr}"
        return done.stdout

    def run(self, *arguments: str, text: str | None = None) -> subprocess.CompletedProcess[str]:
        module, *words = arguments
        program = self.program if module == "comments" else ("-m", module)
        command = [sys.executable, *program, *words]
        return subprocess.run(
            command, cwd=ROOT, env=self.environment, input=text, capture_output=True, text=True, check=False
        )

    def build(self) -> None:
        self.command("pelican", "content", "-s", "pelicanconf.py", "-o", str(self.output), "-q")

    def set_up(self) -> None:
        self.build()
        self.set_rules(flood_seconds=0)  # all visitors of a test share one network address
        self.command("comments", "init", "--quiet")
        self.release()

    def set_rules(self, **rules: object) -> None:
        """Change what ``pelicanconf.py`` says of comments, for the next release."""
        manifest = self.output / "threads.json"
        content = json.loads(manifest.read_bytes())
        content["site"] |= rules
        replacement = manifest.with_suffix(".new")
        replacement.write_text(json.dumps(content))
        replacement.replace(manifest)

    def release(self) -> None:
        self.command("comments", "release", str(self.output))

    def start(self) -> None:
        self.process = self.start_process(self.port)
        wait_for(self.answers, "the service to start")

    def start_process(self, port: int) -> subprocess.Popen[bytes]:
        """One process of the service, on its way to listening there."""
        command = [sys.executable, *self.program, "serve", "--host", "localhost", "--port", str(port)]
        with self.log.open("ab") as log:
            return subprocess.Popen(command, cwd=ROOT, env=self.environment, stdout=log, stderr=log)

    def answers(self) -> bool:
        assert self.process is not None
        assert self.process.poll() is None, f"the service ended: {self.log.read_text()[-2000:]}"
        return self.answers_at(self.port)

    def answers_at(self, port: int) -> bool:
        """Whether a process of the service sends the first page there."""
        connection = http.client.HTTPConnection("localhost", port, timeout=5)
        try:
            connection.request("GET", "/", headers={"Host": urlsplit(self.url).netloc})
            return connection.getresponse().status == 200
        except OSError:
            return False
        finally:
            connection.close()

    def stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                self.process.kill()
                raise
        self.process = None

    def kill(self) -> None:
        assert self.process is not None
        self.process.kill()
        self.process.wait()
        self.process = None

    def sign_in_link(self) -> str:
        """A one-time link to the desk for an administrator."""
        printed = self.command("comments", "sign-in", "Editor", "--create")
        return next(word for word in printed.split() if word.startswith(self.url))

    def page(self, path: str) -> str:
        """A file of the current release, as a web server without the service would send it."""
        file = self.var / "current" / "public" / path.strip("/") / "index.html"
        return file.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """A running installation, shared by the tests of one file."""
    place = Installation(tmp_path_factory.mktemp("installation"))
    place.set_up()
    place.start()
    yield place
    place.stop()


@pytest.fixture
def make_installation(tmp_path: Path) -> Iterator[Callable[..., Installation]]:
    """Makes installations that a test may break; they are set up, not started."""
    made: list[Installation] = []

    def make(**environment: str) -> Installation:
        folder = tmp_path / f"installation-{len(made)}"
        folder.mkdir()
        made.append(Installation(folder, environment))
        made[-1].set_up()
        return made[-1]

    yield make
    for place in made:
        place.stop()

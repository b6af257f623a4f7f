"""The clock, as an editor meets it: what is due is said, and done by the running service; reviewers see what comes."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from http.client import HTTPConnection

import pytest

from tests.product.conftest import free_port, wait_for
from tests.workshop.conftest import Copy
from workshop.bootstrap import with_file
from workshop.previewing import preview

SITE = {"PN_SITE_URL": "https://notes.example.org"}
ARTICLE = """---
id: {name}-note
title: "A {name} note"
summary: "What it says."
authors: [mara-example]
topics: [first-contact]
date: 2026-10-30 09:00
status: {status}
---
Words that were planned.
"""


class Service:
    """The comment service of the copy, on a port of its own."""

    def __init__(self, copy: Copy) -> None:
        self.port, self.log = free_port(), copy.folder / "service.log"
        command = [sys.executable, "-m", "comments", "serve", "--host", "127.0.0.1", "--port", str(self.port)]
        with self.log.open("wb") as log:
            environment = copy.environment | SITE
            self.process = subprocess.Popen(command, cwd=copy.folder, env=environment, stdout=log, stderr=log)
        wait_for(lambda: self.get("/")[0] == 200, "the service")

    def get(self, path: str) -> tuple[int, str]:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("GET", path, headers={"Host": "notes.example.org"})
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        except OSError:
            return 0, ""
        finally:
            connection.close()

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(30)


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    """A site that was published the day before an article was to appear."""
    copy = Copy(tmp_path_factory.mktemp("planned") / "project")
    copy.article("planned-note").write_text(ARTICLE.format(name="planned", status="published"))
    done = copy.run("publish", **SITE, PN_AS_OF="2026-10-29 09:00")
    assert done.returncode == 0, done.stdout + done.stderr
    return copy


@pytest.fixture(scope="module")
def service(planned: Copy) -> Iterator[Service]:
    service = Service(planned)
    yield service
    service.stop()
    assert "Traceback" not in service.log.read_text()


def test_what_is_due_is_named(planned: Copy) -> None:
    due = planned.run("due")

    assert due.returncode == 1
    assert "2026-10-30 09:00 (America/Toronto)" in due.stdout
    assert "“A planned note” was to appear (content/articles/2026/planned-note.md)" in due.stdout
    assert not (planned.folder / "var/current/public/2026/planned-note").exists()


@pytest.mark.parametrize(
    ("moment", "code", "ids"), [("2026-10-30T08:59", 0, []), ("2026-10-30T09:00", 1, ["planned-note"])]
)
def test_due_is_told_to_machines(planned: Copy, moment: str, code: int, ids: list[str]) -> None:
    done = planned.run("due", "--json", PN_AS_OF=moment)

    told = json.loads(done.stdout)
    assert done.returncode == code
    assert told["due"] is bool(code)
    assert [event["id"] for event in told["events"]] == ids


def test_without_a_release_it_is_trouble(planned: Copy) -> None:
    nowhere = planned.run("due", PN_VAR=str(planned.folder / "nowhere"))

    assert nowhere.returncode == 2
    assert "No release is published yet" in nowhere.stdout + nowhere.stderr


def test_the_service_publishes_by_itself_what_was_due_before_it_started(planned: Copy, service: Service) -> None:
    wait_for(lambda: "Words that were planned." in service.get("/2026/planned-note/")[1], "the article")

    record = planned.folder / "var/publishing.json"
    wait_for(lambda: json.loads(record.read_text())["ended"], "the record")
    assert json.loads(record.read_text())["code"] == 0
    assert json.loads((planned.folder / "var/current/release.json").read_text())["by"] == "service"
    assert "planned-note" in service.get("/sitemap.xml")[1]


def test_a_reviewer_sees_a_draft_until_it_is_ended(planned: Copy, service: Service) -> None:
    draft = planned.article("draft-note")
    draft.write_text(ARTICLE.format(name="draft", status="draft"))
    made = planned.run("preview", "content/articles/2026/draft-note.md", "--days", "3", **SITE)
    assert made.returncode == 0, made.stdout + made.stderr
    found = re.search(r"https://notes\.example\.org(/preview/[\w-]{22}/)", made.stdout)
    assert found
    assert "nothing answers at https://notes.example.org" in made.stdout
    seen = service.get(found[1])
    assert (seen[0], "Words that were planned." in seen[1]) == (200, True)
    assert found[0] in planned.run("preview", "", "--list").stdout

    draft.write_text(draft.read_text().replace("summary:", "sumary:"))
    wrong = planned.run("preview", "draft-note", **SITE)
    assert wrong.returncode == 1
    assert "draft-note.md:4: There is no key “sumary”" in wrong.stdout + wrong.stderr
    assert service.get(found[1]) == seen

    assert planned.run("preview", "", "--end", "draft-note").returncode == 0
    assert service.get(found[1])[0] == 404
    assert found[1] not in service.log.read_text()
    assert not list((planned.folder / "var/previews").iterdir())


def test_a_file_is_needed_only_where_something_is_to_be_shown() -> None:
    assert with_file(["preview", "x.md"]) == ["preview", "x.md"]
    assert with_file(["preview", "--list"]) == ["preview", "", "--list"]
    assert with_file(["preview", "--end", "all"]) == ["preview", "", "--end", "all"]
    assert with_file(["check"]) == ["check"]
    with pytest.raises(SystemExit, match="Which text"):
        with_file(["preview"])


@pytest.mark.parametrize("days", ["0", "-1", "366", "x", "٣", "9" * 5000])
def test_days_that_are_none_are_told(days: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert preview("planned-note", days) == 1
    assert "no number of days" in capsys.readouterr().err

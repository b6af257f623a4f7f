"""What everybody does to an installation in trouble: read, write, try again, look whether anything was lost."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from tests.product.conftest import Installation
from tests.product.pages import open_threads, opened_store, published_page
from tests.product.people import draft, writer
from tests.product.visitor import Answer

# Seconds after which a reader or writer would rather go away.
READS_WITHIN, ANSWERS_WITHIN = 3.0, 20.0


@dataclass
class Writers:
    """Sends forms without scripts, as browsers do, and remembers what the service said yes to."""

    place: Installation
    acknowledged: dict[int, str] = field(default_factory=dict)
    _tokens: dict[int, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.thread = open_threads(self.place)[0]

    def open_forms(self, *numbers: int) -> None:
        """Fetch the token of each form while the service is well."""
        for number in numbers:
            told = writer(self.place, number).get_json(f"/comments/{self.thread.id}/token")
            self._tokens[number] = told.json["token"]

    def send(self, number: int, length: int = 0) -> Answer:
        """Send that writer's form; every yes is remembered."""
        if number not in self._tokens:
            self.open_forms(number)
        visitor = writer(self.place, number)
        own = {"Origin": visitor.site, "Sec-Fetch-Site": "same-origin"}
        fields = self.fields(number, length) | {"token": self._tokens[number]}
        answer = visitor.post(f"/comments/{self.thread.id}", fields, own)
        if answer.status in (201, 303):
            self.acknowledged[number] = fields["comment"]
        return answer

    @staticmethod
    def fields(number: int, length: int = 0) -> dict[str, str]:
        fields = draft(number)
        return fields | {"comment": fields["comment"] + " And so on." * (length // 11)}

    def check(self) -> None:
        """Everything acknowledged is in the store, once, and the store is whole."""
        with opened_store(self.place) as store:
            stored = [comment.source for comment in store.iterate_comments()]
            assert store.check_integrity() == []
        for text in self.acknowledged.values():
            assert stored.count(text) == 1, text


def assert_kept(answer: Answer, text: str) -> None:
    """503, when to try again, and the text in its field."""
    assert answer.status == 503, (answer.status, answer.text)
    assert int(answer.header("Retry-After")) > 0
    page = LexborHTMLParser(answer.text)
    kept = page.css_first("textarea#comment") or page.css_first("textarea")
    assert kept is not None, answer.text
    assert kept.text().strip() == text
    assert "Traceback" not in answer.text


def assert_reads(place: Installation) -> None:
    """Readers get the first page and an article, from the service and from the files that a web server sends."""
    article, reader = open_threads(place)[0], writer(place, 9_999)
    for path in ("/", article.path):
        answer = reader.get(path)
        assert answer.status == 200, (path, answer.text)
    assert published_page(place, article)


def assert_tells_nothing_of_itself(place: Installation) -> None:
    """No trace in the log, and no address."""
    log = place.log.read_text()
    for secret in ("Traceback", "Unforeseen", "@example.org"):
        assert secret not in log, log[-3000:]


def refused_start(place: Installation) -> str:
    """What the service says when it will not start: one sentence, exit code 1."""
    done = place.run("comments", "serve", "--host", "localhost", "--port", str(place.port))
    assert done.returncode == 1, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr
    return done.stderr


def problems(place: Installation) -> list[str]:
    """What ``check`` finds, besides that the little disk of a test is little."""
    done = place.run("comments", "check", "--json")
    told: list[str] = json.loads(done.stdout)["problems"]
    assert (done.returncode == 0) == (not told)
    return [each for each in told if not each.startswith("The disk has ")]


@contextmanager
def aside(path: Path) -> Iterator[Path]:
    """The file or folder is away for as long as the block lasts."""
    away = path.with_name(f"{path.name}.aside")
    path.rename(away)
    try:
        yield away
    finally:
        away.rename(path)

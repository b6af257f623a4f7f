"""The whole life of one comment, told to everybody who has a part in it, in an installation as talkative as can be."""

import json
import re
import subprocess
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

from comments.manifest import Thread
from tests.product.conftest import Installation, wait_for
from tests.product.pages import open_threads, opened_store
from tests.product.people import editor, writer
from tests.product.visitor import Answer, Visitor, origin_headers

ADDRESS = "Zyxquill.Ferment+pn7@Quokkavine.Example.Org"
PARTS = ("zyxquill", "ferment+pn7", "quokkavine")
TEXT = "The corridor test, which nobody taught me."
DESK_PAGES = 200
LOUD = """
import logging, sys
logging.basicConfig(level=logging.DEBUG, stream=sys.stderr, format="%(name)s %(levelname)s %(message)s")
logging.debug("as loud as it gets")
from comments.__main__ import cli
cli(prog_name="comments")
"""


class LoudInstallation(Installation):
    """Logs all there is to log, and remembers what its commands print."""

    program = ("-c", LOUD)

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, {"PN_PROXIES": "1"})
        self.said: list[tuple[str, bytes]] = []

    def run(self, *arguments: str, text: str | None = None) -> subprocess.CompletedProcess[str]:
        done = super().run(*arguments, text=text)
        printed = done.stderr if "--with-addresses" in arguments else done.stdout + done.stderr
        self.said.append((" ".join(arguments), printed.encode()))
        return done


@dataclass
class Story:
    """Who is in it, and what came of it. ``echoes`` are answers that hand back what was just typed."""

    place: LoudInstallation
    article: Thread
    people: list[Visitor] = field(default_factory=list)
    echoes: list[Answer] = field(default_factory=list)
    running_store: list[tuple[str, bytes]] = field(default_factory=list)
    comments: dict[str, dict[str, Any]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.writer, self.reader, self.stranger, self.letter_opener = (self.somebody() for _ in range(4))
        self.editor, self.second = editor(self.place), self.somebody()
        self.people.append(self.editor)
        self.preview: Answer
        self.shown_address: Answer
        self.strangers_page: Answer
        self.letters_to_writer: list[Path] = []
        self.export_with_addresses: str
        self.exports: dict[str, bytes]

    def somebody(self) -> Visitor:
        self.people.append(writer(self.place, len(self.people) + 1))
        return self.people[-1]

    def answers(self) -> list[tuple[Answer, bytes]]:
        """Every answer with what of it must not tell anything: of an echo only its headers."""
        found = []
        for visitor in self.people:
            for answer in visitor.answers:
                head = "\n".join(f"{name}: {value}" for name, value in answer.headers).encode()
                own = any(answer is echo for echo in self.echoes)
                found.append((answer, head if own else head + b"\n\n" + answer.body))
        return found

    def echo(self, answer: Answer) -> Answer:
        self.echoes.append(answer)
        return answer

    # -- verbs --------------------------------------------------------------------------------------------------------
    def send(self, visitor: Visitor, page: Answer, **typed: str) -> Answer:
        """Fill in the form on the page, look at the preview, send it, and see the waiting page."""
        preview = self.echo(visitor.press(page.form(f"/comments/{self.article.id}"), **typed))
        assert preview.status == 200, preview.text
        sent = visitor.press(preview.form())
        assert sent.status == 303, sent.text
        return visitor.follow(sent)

    def letters(self, reader: str, count: int = 1) -> list[Path]:
        """The first letters to one reader, in their order, after all that are due have left."""
        self.place.command("comments", "send-mail")
        head = f"\r\nTo: {reader}\r\n".lower().encode()

        def found() -> list[Path]:
            everything = sorted((self.place.var / "mail").glob("*.eml"))
            return [path for path in everything if head in path.read_bytes().lower()]

        wait_for(lambda: len(found()) == count, f"letter {count} to {reader}")
        return found()

    def link(self, letter: Path, purpose: str) -> str:
        text = message_from_bytes(letter.read_bytes(), policy=policy.default).get_body(("plain",)).get_content()
        found = re.search(rf"/comments/{purpose}/\S+", text)
        assert found, text
        return found[0]

    def set_address(self, visitor: Visitor, address: str) -> None:
        settings = visitor.get("/desk/settings/")
        assert visitor.press(settings.form("/settings/email"), email=address).status == 303

    def done(self, answer: Answer) -> Answer:
        assert answer.status == 303, answer.text
        return answer

    def number(self, name: str) -> int:
        """The id of the newest comment by that name."""
        with opened_store(self.place) as store:
            return max(comment.id for comment in store.iterate_comments() if comment.name == name)


def tell(place: LoudInstallation) -> Story:
    """Set the place up and tell it to the end; the service is stopped then."""
    place.set_up()
    place.start()
    story = Story(place, open_threads(place)[0])
    write(story)
    stumble(story)
    publish(story)
    prove(story)
    reply(story)
    change(story)
    ask_for_data(story)
    look_around(story)
    close(story)
    return story


def write(story: Story) -> None:
    """The comment is sent, first with a mistake; somebody else sends one as well."""
    story.set_address(story.editor, "editor@desk.example.net")
    page = story.writer.get(story.article.path)
    form = page.form(f"/comments/{story.article.id}")
    own = {"name": "Zelda Writer", "email": ADDRESS, "website": "https://writer.example.com/about"}
    assert story.echo(story.writer.press(form, comment="", **own)).status == 422
    story.preview = story.echo(story.writer.press(form, comment=TEXT, **own))
    story.waiting = story.writer.follow(story.writer.press(story.preview.form()))
    story.writer.press(story.preview.form())  # once more by mistake
    story.writer.get_json(story.waiting.url)
    other = story.reader.get(story.article.path).form(f"/comments/{story.article.id}")
    story.reader.press(other, comment="Only a look.", name="Rae Reader", email="rae@reader.example.com")


def stumble(story: Story) -> None:
    """All that goes wrong with the address in hand: in forms, in addresses, in headers."""
    visitor, home = story.writer, f"/comments/{story.article.id}"
    form = visitor.get(story.article.path).form(home)
    typed = form.fields(comment=TEXT, name="Zelda Writer", email=ADDRESS)
    headers = origin_headers(form)
    assert story.echo(visitor.post(home, typed, headers | {"Sec-Fetch-Site": "cross-site"})).status == 403
    assert visitor.post(home, [*typed, ("email", ADDRESS)], headers).status == 400
    assert visitor.post(home, [*typed, ("more", ADDRESS * 9000)], headers).status == 413
    assert visitor.post("/comments/no-such-article", typed, headers).status == 404
    assert visitor.post_json(home, {"comment": "", "name": "", "email": ADDRESS}).status == 422
    assert visitor.post_json(home, {"comment": TEXT, "name": "Zelda", "email": f"{ADDRESS}, {ADDRESS}"}).status == 422
    story.echo(visitor.post(f"/desk/link/{quote(ADDRESS)}", typed, headers))
    for path in (f"/comments/mine/{ADDRESS}", f"/comments/{quote(ADDRESS)}", f"/nowhere/{quote(ADDRESS)}/"):
        assert visitor.get(path).status == 404
    for path in ("/search/?q=", "/?email=", "/comments/subscription/?address="):
        story.echo(visitor.get(path + quote(ADDRESS)))
    visitor.get("/", Referer=f"{visitor.site}/?email={ADDRESS}", User_Agent=ADDRESS, Cookie=f"person={ADDRESS}")


def publish(story: Story) -> None:
    """The editor publishes it from the letter."""
    link = story.link(story.letters("editor@desk.example.net")[0], "moderate")
    opened = story.letter_opener.get(link)
    assert story.letter_opener.press(opened.form(), "approve").status == 200
    story.waiting = story.writer.get(story.waiting.url)
    assert "#comment-" in story.waiting.text


def prove(story: Story) -> None:
    """The writer proves the mailbox; then a stranger types the same address."""
    visitor = story.writer
    assert visitor.press(story.waiting.form(), "prove").status == 200
    opened = visitor.get(story.link(story.letters(ADDRESS)[0], "prove"))
    assert visitor.press(opened.form()).status == 200
    page = story.stranger.get(story.article.path)
    story.strangers_page = story.send(story.stranger, page, comment="I am you.", name="Nobody", email=ADDRESS.lower())
    story.stranger.get_json(story.strangers_page.url)


def reply(story: Story) -> None:
    """Another reader answers it and is published at the desk, where the editor answers too."""
    number = story.number("Zelda Writer")
    page = story.reader.get(f"/comments/{story.article.id}/reply/{number}")
    story.send(story.reader, page, comment="You are right.", name="Rae Reader", email="rae@reader.example.com")
    desk = story.editor
    queue = desk.get("/desk/")
    bulk = queue.form("/desk/bulk")
    chosen = [*bulk.fields("approve"), ("comment", str(story.number("Rae Reader")))]
    desk.follow(story.done(desk.post(bulk.action, chosen, origin_headers(bulk))))
    desk.follow(story.done(desk.press(desk.get(f"/desk/comments/{number}/reply").form("/reply"), text="Thank you.")))


def change(story: Story) -> None:
    """The writer changes the text; a second moderator gets a letter; the editor takes the change, and edits."""
    desk, number = story.editor, story.number("Zelda Writer")
    people = desk.press(desk.get("/desk/people/").form("/desk/people/"), name="Second", role="moderator")
    link = re.search(r'/desk/link/[^<"\s]+', people.text)
    assert link
    story.done(story.second.press(story.second.get(link[0]).form()))
    story.set_address(story.second, "second@desk.example.net")
    waiting = story.writer.get(story.waiting.url)
    story.writer.follow(story.writer.press(waiting.form(), "edit", comment=f"{TEXT} Or did they?"))
    story.letters("second@desk.example.net")
    comment = desk.get(f"/desk/comments/{number}/")
    desk.follow(story.done(desk.press(comment.form("/decide"), "accept_edit")))
    edit = desk.get(f"/desk/comments/{number}/edit").form("/edit")
    desk.follow(story.done(desk.press(edit, "save", text=f"{TEXT} (Shortened.)", reason="Personal data taken out")))


def ask_for_data(story: Story) -> None:
    """The writer asks what is held, looks at it and takes it along."""
    visitor = story.writer
    form = visitor.get("/comments/privacy").form()
    assert story.echo(visitor.press(form, email=f"{ADDRESS}@")).status == 422
    assert visitor.press(form, email=ADDRESS).status == 200
    story.letters_to_writer = story.letters(ADDRESS, 2)
    held = visitor.get(story.link(next(path for path in story.letters_to_writer if "privacy" in path.name), "privacy"))
    assert "corridor" in held.text
    assert visitor.press(held.form(), "download").json["comments"]


def look_around(story: Story) -> None:
    """The editor opens the address, once; then everything there is to see is looked at."""
    desk, number = story.editor, story.number("Zelda Writer")
    comment = desk.get(f"/desk/comments/{number}/")
    story.shown_address = story.echo(desk.press(comment.form("/address")))
    refused = story.echo(desk.get(f"/desk/published/?q={quote(ADDRESS)}"))
    assert "E-mail addresses are not searched for" in refused.text
    for part in PARTS:
        assert "Zelda" not in story.echo(desk.get(f"/desk/published/?q={quote(part)}")).text
    crawl(desk)
    visitor, home = story.somebody(), f"/comments/{story.article.id}"
    for path in (story.article.path, f"{story.article.path}comments.atom", "/feeds/comments.atom", home):
        assert "Shortened" in visitor.get(path).text, path
    assert visitor.get_json(home).json["comments"]
    visitor.get(f"{home}/reply/{number}")
    visitor.get_json("/search/?q=corridor")


def crawl(desk: Visitor) -> None:
    """Open every page of the desk that a link leads to."""
    seen, queue = {"/desk/"}, ["/desk/"]
    while queue and len(seen) < DESK_PAGES:
        answer = desk.get(queue.pop())
        assert answer.status in (200, 303), answer.url
        for node in answer.page.css("a[href]") if answer.status == 200 else ():
            parts = urlsplit(urljoin(answer.url, node.attributes["href"]))
            path = parts.path + (f"?{parts.query}" if parts.query else "")
            if parts.path.startswith("/desk/") and path not in seen:
                seen.add(path)
                queue.append(path)


def exported(place: Installation, kind: str, *options: str) -> bytes:
    """What an export holds; its file is gone again."""
    path = place.folder / "export"
    place.command("migrate.out", "--to", kind, *options, str(path))
    data = path.read_bytes()
    path.unlink()
    return data


def close(story: Story) -> None:
    """A second release, a step back, all commands that print comments; and the end."""
    place, number = story.place, str(story.number("Zelda Writer"))
    place.release()
    place.command("comments", "rollback")
    for words in (("queue",), ("queue", "--state", "published", "--json"), ("show", number), ("check",)):
        place.run("comments", *words)
    story.export_with_addresses = exported(place, "jsonl", "--with-addresses", "--yes").decode()
    story.exports = {kind: exported(place, kind) for kind in ("jsonl", "wordpress", "disqus", "csv")}
    rows = map(json.loads, story.exports["jsonl"].splitlines())
    records = [row for row in rows if row.get("row") == "comment"]
    story.comments = {"stranger" if one["name"] == "Nobody" else one["name"]: one for one in records}
    story.running_store = [(path.name, path.read_bytes()) for path in place.var.glob("store.db*")]
    place.stop()

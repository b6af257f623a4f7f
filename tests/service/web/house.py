"""A whole service over a tiny released site: real store, keys, templates, renderer; only the clock is ours."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser, Page
from selectolax.lexbor import LexborHTMLParser
from waitress import create_server
from werkzeug.test import TestResponse

from comments import manifest
from comments.actions import moderate
from comments.actions.context import Context
from comments.actions.publish import Publisher
from comments.actions.release import publish_release
from comments.app import create_app
from comments.manifest import Author, HelpLines, Manifest, Silent, Site, Thread
from comments.runtime import Runtime, Settings, open_runtime
from comments.thread.render import Renderer
from comments.web.service import KEY, Service
from publication.search import index
from publication.search.rows import Row

ROOT = Path(__file__).parents[3]
THEME = ROOT / "theme"
SITE = "https://notes.example.org"
START = datetime(2026, 3, 14, 13, 30, tzinfo=UTC)
OPEN, CLOSED, OFF, FRENCH = "ten-minutes", "closed-door", "no-comments", "en-francais"

ARTICLE = """<!doctype html>
<html lang="{language}"><head><meta charset="utf-8"><title>{title}</title>
<!--comments-ld:{id}-->{ld}<!--/comments-ld:{id}-->
</head><body class="sheet"><main id="main" class="rows"><h1>{title}</h1>
<p><!--count:{id}-->{count}<!--/count:{id}--></p>
<!--thread:{id}-->{thread}<!--/thread:{id}-->
</main></body></html>
"""
MAP = """/old/ /2026/ten-minutes/;
"/?p=17" /2026/ten-minutes/;
"/?tag=caf%c3%a9" /tags/cafe/;
"/shop.php?b=2&a=1" /about/;
/wp-content/uploads/2019/Desk.png /media/desk.png;
/out/ //evil.example/;
/away/ https://evil.example/;
"""
SHELL = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><!--title:shell--><title>Notes</title><!--/title:shell--></head>
<body class="sheet"><header class="site-head"><a href="/">Notes</a></header>
<main id="main" class="rows"><!--main:shell--><!--/main:shell--></main></body></html>
"""


class Clock:
    """Stands still until somebody moves it."""

    def __init__(self) -> None:
        self.at = START

    def __call__(self) -> datetime:
        return self.at

    def move(self, **span: float) -> None:
        self.at += timedelta(**span)


class Visitor(FlaskClient):
    """A browser on the site's own pages: over https, sending what browsers send along with a form."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        if args and isinstance(args[0], str):
            kwargs.setdefault("base_url", SITE)
        if kwargs.get("method", "GET") not in ("GET", "HEAD", "OPTIONS"):
            kwargs.setdefault("headers", {"Sec-Fetch-Site": "same-origin", "Origin": SITE})
        return super().open(*args, **{"buffered": True} | kwargs)


@dataclass
class House:
    """The installation, with verbs for what people do in it."""

    runtime: Runtime
    app: Flask
    clock: Clock
    output: Path
    sent: int = field(default=0)

    @property
    def service(self) -> Service:
        service: Service = self.app.extensions[KEY]
        return service

    @property
    def ctx(self) -> Context:
        return self.service.context

    def visitor(self) -> Visitor:
        client = self.app.test_client()
        assert isinstance(client, Visitor)
        return client

    def token(self, thread: str = OPEN) -> str:
        found = self.visitor().get(f"/comments/{thread}/token").json
        assert found is not None
        return str(found["token"])

    def form(self, **fields: str) -> dict[str, str]:
        """A good reply; each one different, and none too soon after the last."""
        self.sent += 1
        self.clock.move(seconds=20)
        usual = {
            "comment": f"The corridor test, taught to me too ({self.sent}).",
            "name": "Ada Specimen",
            "email": "ada@example.org",
            "website": "",
            "parent": "",
            "leave_empty": "",
        }
        return usual | {"token": self.token()} | fields

    def send(self, client: Visitor | None = None, **fields: str) -> TestResponse:
        return (client or self.visitor()).post(f"/comments/{OPEN}", data=self.form(**fields))

    def waiting(self, client: Visitor | None = None, **fields: str) -> str:
        """The address of the waiting page of a comment just sent."""
        answer = self.send(client, **fields)
        assert answer.status_code == 303, answer.text
        return answer.headers["Location"]

    def newest(self) -> int:
        return self.ctx.store.list_comments(newest_first=True, limit=1)[0].id

    def approved(self, **fields: str) -> int:
        self.waiting(**fields)
        comment = self.newest()
        moderate.approve(self.ctx, "command line", comment)
        return comment


def page(answer: TestResponse) -> LexborHTMLParser:
    """The answer's HTML, read as browsers read it."""
    return LexborHTMLParser(answer.text)


def make_output(folder: Path) -> Path:
    """What a build would leave for four articles."""
    renderer = Renderer(THEME)
    help_lines = (HelpLines("en", "Help lines", "<p>Call <b>9-8-8</b>.</p>"),)
    site = Site(name="Notes", url=SITE, zone="America/Toronto", language="en", help_lines=help_lines)
    authors = (Author("ada", "Ada Author"),)
    threads = {
        key: Thread(key, f"/2026/{key}/", title, language, policy, START - timedelta(days=9), None, authors)
        for key, title, language, policy in (
            (OPEN, "The ten minutes", "en", "open"),
            (CLOSED, "The closed door", "en", "closed"),
            (OFF, "Without a word", "en", "off"),
            (FRENCH, "Dix minutes", "fr", "open"),
        )
    }
    for entry in threads.values():
        regions = {
            name.replace("comments-", ""): html.decode() for name, html in renderer.regions(site, entry, []).items()
        }
        values = {"id": entry.id, "title": entry.title, "language": entry.language} | regions
        write(folder / entry.path.strip("/") / "index.html", ARTICLE.format(**values))
    write(folder / "index.html", "<!doctype html><title>Notes</title><body><p>First page</p></body>")
    write(folder / "404.html", "<!doctype html><title>Not found</title><body><p>This page has left the room</p></body>")
    write(folder / "search/index.html", "<!doctype html><title>Search</title><body><p>Search page</p></body>")
    write(folder / "theme/css/site.0123456789.css", "p { margin: 0 }")
    for name in ("all", "articles"):
        write(folder / f"feeds/{name}.atom", "<feed/>")
    write(folder / "sitemap.xml", "<urlset/>")
    write(folder / "media/drawing.svg", "<svg/>")
    for name in ("suler-2004.bib", "suler-2004.json", "resources/kind/book.ris"):
        write(folder / "cite" / name, "It.")
    write(folder / manifest.SHELL, SHELL)
    write(folder / "redirects.map", MAP)
    make_index(folder / "search.db")
    told = Manifest(site, renderer.version, threads, silent={"a-page": Silent("/a-page/", "À propos", "fr")})
    (folder / manifest.FILE).write_bytes(manifest.write(told))
    return folder


def make_index(path: Path) -> None:
    facts = [
        ("article", "en", "/2026/s/", "Silence is <also> an answer", "", "On silence.", "A silence of four minutes."),
        ("article", "fr", "/2026/f/", "Entendre le silence", "", "Écouter.", "Un silence café."),
        ("resource", "en", "/resources/l/", "Listening", "Book", "Why silence matters.", ""),
    ]
    rows = [Row(f"{each[0]} {each[2]}", *each, topics=("care",) * (each[0] == "article")) for each in facts]
    index.build(path, rows, [("care", "Care & safety", 0)])


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def open_house(folder: Path, output: Path, *, development: bool = False, **settings: Any) -> House:
    clock = Clock()
    runtime = open_runtime(Settings(var=folder / "var", theme=THEME, **settings), create=True, clock=clock)
    publisher = Publisher(runtime.var, runtime.store, Renderer(THEME), clock)
    publish_release(output, publisher, by="test")
    app = create_app(runtime, development=development)
    app.test_client_class = Visitor
    return House(runtime, app, clock, output)


@contextmanager
def live_house(folder: Path, output: Path, desk_host: str = "") -> Iterator[House]:
    """The house with its service listening on a port of its own, for browsers; its desk by another name if asked."""
    sockets = create_server(lambda *_: [], host="127.0.0.1", port=0)
    port = int(sockets.effective_port)
    sockets.close()
    desk_url = f"http://{desk_host}:{port}" if desk_host else ""
    house = open_house(folder, output, site_url=f"http://localhost:{port}", desk_url=desk_url)
    server = create_server(house.app, host="localhost", port=port, threads=4)
    running = threading.Thread(target=server.run, daemon=True)
    running.start()
    yield house
    server.close()
    running.join(10)
    house.runtime.close()


@contextmanager
def opened_tab(house: House, browser: Browser) -> Iterator[Page]:
    """A page of a fresh browser; at the end no script may have failed and nothing been refused by our policy."""
    context = browser.new_context(base_url=house.service.site_url)
    opened = context.new_page()
    problems: list[str] = []
    opened.on("pageerror", lambda error: problems.append(str(error)))
    opened.on("console", lambda message: problems.append(message.text) if "Content Security" in message.text else None)
    yield opened
    context.close()
    assert not problems

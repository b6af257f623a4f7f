"""A site as small as can be, with a build of its own: what publishing promises is tried on it."""

import hashlib
import os
import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from comments import manifest, markup
from comments.actions.pages import SITE_FEED
from comments.actions.publish import Publisher
from comments.actions.release import list_releases, publish_release
from comments.actions.threads import effective_policy
from comments.actions.web_root import Release, current_release
from comments.manifest import Author, Manifest, Site, Thread
from comments.model import NewComment, State
from comments.store.sqlite import SQLiteStore, open_store
from comments.thread.render import Renderer
from comments.thread.splice import splice

THEME = Path(__file__).parents[2] / "theme"
START = datetime(2026, 3, 14, 13, 30, tzinfo=UTC)
SITE = Site("Tiny Notes", "https://notes.example.org", "America/Toronto", "en")
ADA = Author("ada", "Ada")
THREADS = {
    key: Thread(
        key, f"/2026/{key}/", f"The <{key}> & “article”", language, policy, START, closes, (Author("ada", "Ada"),)
    )
    for key, language, policy, closes in (
        ("first", "en", "open", None),
        ("second", "fr", "held", None),
        ("third", "en", "open", START + timedelta(hours=1)),
        ("fourth", "en", "closed", None),
        ("silent", "en", "off", None),
    )
}
PAGE = """<!doctype html>
<html lang="{language}"><head><meta charset="utf-8"><title>{title}</title><link rel="stylesheet" href="/{style}">
<!--comments-ld:{id}-->{ld}<!--/comments-ld:{id}--></head>
<body><h1>{title}</h1><p>{edition} <!--count:{id}-->{count}<!--/count:{id}--></p>
<main class="rows"><!--thread:{id}-->{thread}<!--/thread:{id}--></main></body></html>
"""
SHELL = "<!--title:shell--><title></title><!--/title:shell--><main id=main><!--main:shell--><!--/main:shell--></main>"


class Clock:
    """A clock that stands until it is told to go on."""

    def __init__(self, now: datetime = START) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


class TinySite:
    """Content, ``output/`` and ``var/`` of one installation in ``folder``, and the verbs of those who work on it."""

    def __init__(self, folder: Path, renderer: Renderer | None = None) -> None:
        self.folder = folder
        self.output = folder / "output"
        self.var = folder / "var"
        self.var.mkdir(parents=True, exist_ok=True)
        self.clock = Clock()
        self.renderer = renderer or Renderer(THEME)
        self.threads = dict(THREADS)
        self.text = "one"
        self.style = "body { color: black }"
        self.store = self._open()
        self.publisher = Publisher(self.var, self.store, self.renderer, self.clock)

    def _open(self) -> SQLiteStore:
        path = self.var / "store.db"
        return open_store(path, create=not path.exists())

    def close(self) -> None:
        self.store.close()

    # -- the build ----------------------------------------------------------------------------------------------------
    def build(self) -> None:
        """Write the base pages into ``output/``: compared, replaced, never written into."""
        style = f"theme/css/site.{hashlib.sha256(self.style.encode()).hexdigest()[:10]}.css"
        files = {style: self.style, manifest.SHELL: SHELL, "index.html": "home", "search.db": "", "redirects.map": ""}
        for entry in self.threads.values():
            files[f"{entry.path.strip('/')}/index.html"] = self._page(entry, style)
        wanted = {path: text.encode() for path, text in files.items()} | {manifest.FILE: self._manifest()}
        for path in [path for path in self._built() if path not in wanted]:
            (self.output / path).unlink()
        for path, data in wanted.items():
            self._write(self.output / path, data)

    def _built(self) -> list[str]:
        return [path.relative_to(self.output).as_posix() for path in self.output.rglob("*") if path.is_file()]

    def _write(self, path: Path, data: bytes) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists() or path.read_bytes() != data:
            temporary = path.with_name(f"{path.name}.new")
            temporary.write_bytes(data)
            temporary.rename(path)

    def _page(self, entry: Thread, style: str) -> str:
        now = replace(entry, policy=effective_policy(entry, None, self.clock()))
        regions = {name: html.decode() for name, html in self.renderer.regions(SITE, now, []).items()}
        return PAGE.format(
            id=entry.id,
            title=entry.id,
            language=entry.language,
            style=style,
            edition=self.text,
            ld=regions["comments-ld"],
            count=regions["count"],
            thread=regions["thread"],
        )

    def _manifest(self) -> bytes:
        events = [entry.closes for entry in self.threads.values() if entry.closes and entry.closes > self.clock()]
        threads = {
            key: replace(entry, policy=effective_policy(entry, None, self.clock()))
            for key, entry in self.threads.items()
        }
        return manifest.write(Manifest(SITE, self.renderer.version, threads, min(events, default=None)))

    # -- people -------------------------------------------------------------------------------------------------------
    def release(self, keep: int = 3) -> int:
        """Publish what ``output/`` holds, and keep a copy of its base pages to compare with."""
        kept = self.folder / "bases" / hashlib.sha256(os.urandom(8)).hexdigest()[:12]
        shutil.copytree(self.output, kept)
        return publish_release(self.output, self.publisher, keep=keep, by=kept.name)

    def post(self, thread: str, text: str, *, name: str = "Ada", state: State = "approved", **more: object) -> int:
        """A comment as the service would store it. It is not yet on its page."""
        new = NewComment(
            thread, markup.line(name), text, markup.render(text), markup.VERSION, state, self.clock(), **more
        )  # type: ignore[arg-type]  # whatever the test says
        return self.store.add_comment(new)

    def set_state(self, comment: int, state: State) -> None:
        """A moderator's word."""
        self.store.set_state(comment, state, self.clock())

    def page(self, thread: str) -> str:
        """What readers of an article see."""
        release = current_release(self.var)
        return release.page(release.manifest.threads[thread]).read_text()

    # -- the promise --------------------------------------------------------------------------------------------------
    def check(self) -> None:
        """Every page of the current release is a fresh splice of its base page; nothing else lies about."""
        release = current_release(self.var)
        base = self.folder / "bases" / release.by
        expected = self._expected(release, base)
        for path, data in expected.items():
            assert (release.public / path).read_bytes() == data, path
        assets = {path.relative_to(release.public).as_posix() for path in (release.public / "theme").rglob("*.*")}
        found = {path.relative_to(release.public).as_posix() for path in release.public.rglob("*") if path.is_file()}
        assert found == expected.keys() | assets
        assert self._odd() == []
        assert all(state.shown <= state.revision for state in self.store.list_threads())

    def _expected(self, release: Release, base: Path) -> dict[str, bytes]:
        files = {path.relative_to(base).as_posix(): path.read_bytes() for path in base.rglob("*") if path.is_file()}
        expected = {path: data for path, data in files.items() if path not in manifest.PRIVATE}
        for entry in release.manifest.threads.values():
            if entry.policy != "off":
                expected |= self._fresh(release.manifest.site, entry, files)
        recent = self.store.list_recent_public(1000)
        known = [(release.manifest.threads[id_], each) for id_, each in recent if id_ in release.manifest.threads]
        expected[SITE_FEED.as_posix()] = self.renderer.site_feed(SITE, [k for k in known if k[0].policy != "off"])
        return expected

    def _fresh(self, site: Site, entry: Thread, files: dict[str, bytes]) -> dict[str, bytes]:
        state = self.store.get_thread(entry.id)
        shown = replace(entry, policy=effective_policy(entry, state.override, self.clock()))
        comments = self.store.list_public(entry.id)
        path = f"{entry.path.strip('/')}/index.html"
        fresh = {path: splice(files[path], entry.id, self.renderer.regions(site, shown, comments))}
        if not comments and shown == entry:
            assert fresh[path] == files[path], "the empty thread is not what the build wrote"
        feed = self.renderer.feed(site, shown, comments)
        if feed is not None:
            fresh[f"{entry.path.strip('/')}/comments.atom"] = feed
        return fresh

    def _odd(self) -> list[Path]:
        """Files that no release, lock or store accounts for."""
        own = {"store.db", "store.db-wal", "store.db-shm", "store.lock", "site.lock", "release.lock", "current"}
        odd = [path for path in self.var.iterdir() if path.name not in own | {"releases"}]
        numbers = {str(release.number) for release in list_releases(self.var)}
        odd += [path for path in (self.var / "releases").iterdir() if path.name not in numbers]
        parts = {"public", "release.json", "inherited.txt", *manifest.PRIVATE}
        odd += [path for path in (self.var / "releases").glob("*/*") if path.name not in parts]
        return odd

"""A small real installation: store, keys, a published site of two articles; only its clock is ours."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from comments import manifest as manifests
from comments.actions import accounts, submit
from comments.actions.context import Context
from comments.actions.publish import Publisher
from comments.actions.release import publish_release
from comments.actions.submit import NeedsPreview, Submitted
from comments.actions.web_root import current_manifest
from comments.manifest import Author, Manifest, Site, Thread
from comments.model import Account, Draft, Letter, Role
from comments.runtime import Runtime, Settings, open_runtime
from comments.thread.render import REGIONS, Renderer

ROOT = Path(__file__).parents[3]
START = datetime(2026, 3, 14, 9, 0, tzinfo=UTC)
SITE = Site(
    "Practice Notes",
    "https://notes.example.org",
    "Europe/Paris",
    "en",
    held_words=("crystal",),
    disallowed_words=("casino",),
)
ARTICLE = Thread(
    "silence",
    "/2026/silence/",
    "Silence in text",
    "en",
    "open",
    START - timedelta(days=1),
    authors=(Author("mara", "Mara Example"),),
)
OTHER = Thread("fees", "/2026/fees/", "Fees", "en", "open", START - timedelta(days=1))
IP = "192.0.2.7"


@dataclass
class Clock:
    """Stands still until it is moved."""

    now: datetime = START

    def __call__(self) -> datetime:
        return self.now

    def pass_(self, **time: float) -> None:
        self.now += timedelta(**time)


@dataclass
class Stage:
    """The installation and the people of a test."""

    folder: Path
    clock: Clock = field(default_factory=Clock)

    def __post_init__(self) -> None:
        settings = Settings(var=self.folder / "var", theme=ROOT / "theme")
        self.runtime: Runtime = open_runtime(settings, create=True, clock=self.clock)
        self.renderer = Renderer(self.runtime.theme)
        self.publisher = Publisher(self.runtime.var, self.runtime.store, self.renderer, self.clock)
        self.store = self.runtime.store
        self.ctx = Context(
            store=self.store,
            vault=self.runtime.vault,
            tokens=self.runtime.tokens,
            publisher=self.publisher,
            clock=self.clock,
            manifest=lambda: current_manifest(self.runtime.var),
            settings=settings,
        )
        self.publish()

    # -- the site -----------------------------------------------------------------------------------------------------
    def publish(self, site: Site = SITE, *entries: Thread) -> None:
        """Build and publish a site of these articles."""
        output = self.folder / f"output-{site.name}-{self.clock.now.timestamp()}-{len(list(self.folder.iterdir()))}"
        threads = {entry.id: entry for entry in entries or (ARTICLE, OTHER)}
        for entry in threads.values():
            page = output / entry.path.strip("/") / "index.html"
            page.parent.mkdir(parents=True)
            page.write_text("".join(f"<!--{name}:{entry.id}--><!--/{name}:{entry.id}-->" for name in REGIONS))
        (output / manifests.FILE).write_bytes(manifests.write(Manifest(site, self.renderer.version, threads)))
        publish_release(output, self.publisher)

    def set_site(self, **values: object) -> None:
        """Publish again with other settings."""
        self.publish(replace(SITE, **values))  # type: ignore[arg-type]  # any setting

    def set_article(self, **values: object) -> None:
        """Publish again with another policy or closing moment."""
        self.publish(SITE, replace(ARTICLE, **values), OTHER)  # type: ignore[arg-type]  # any field

    def page_path(self, entry: Thread = ARTICLE) -> Path:
        return self.runtime.var / "current" / "public" / entry.path.strip("/") / "index.html"

    def page(self, entry: Thread = ARTICLE) -> str:
        """What readers get."""
        return self.page_path(entry).read_text(encoding="utf-8")

    # -- people -------------------------------------------------------------------------------------------------------
    def submit(
        self,
        text: str = "A quiet text.",
        *,
        browser: str | None = None,
        token: str | None = None,
        thread: str = "silence",
        name: str = "Ada Specimen",
        email: str = "ada@example.org",
        ip: str = IP,
        pause: float = 60,
        **values: object,
    ) -> Submitted | NeedsPreview:
        """Send a comment with a fresh form, a minute after whatever was before."""
        self.clock.pass_(seconds=pause)
        draft = Draft(thread, text, name, email, **values)  # type: ignore[arg-type]  # any field
        token = submit.form_token(self.ctx, thread) if token is None else token
        current = self.ctx.manifest()
        return submit.submit(
            self.ctx, draft, manifest=current, entry=current.threads[thread], browser=browser, ip=ip, token=token
        )

    def sent(self, text: str = "A quiet text.", **values: object) -> Submitted:
        """As ``submit``, where it is stored."""
        answer = self.submit(text, **values)  # type: ignore[arg-type]  # handed on
        assert isinstance(answer, Submitted)
        return answer

    def known_browser(self, **values: object) -> str:
        """The cookie of a browser whose first comment was published."""
        first = self.sent("My first one.", **values)
        assert first.browser
        self.store.set_state(first.comment.id, "approved", self.clock())
        return first.browser

    def account(
        self, name: str = "Marta", role: Role = "moderator", *, author: str | None = None, address: str = ""
    ) -> Account:
        """Somebody of the desk."""
        number = self.store.add_account(name, role, self.clock(), author)
        if address:
            accounts.set_address(self.ctx, "command line", number, address)
        return self.store.get_account(number)

    def letters(self, kind: str) -> list[Letter]:
        """Queued letters of a kind, oldest first."""
        return [letter for letter in reversed(self.store.list_letters()) if letter.kind == kind]

    def acts(self, comment: int) -> list[str]:
        """Who did what to a comment, oldest first."""
        return [f"{row.actor}: {row.action}" for row in reversed(self.store.list_audit(comment=comment))]

"""Through any history, every page of the current release is a fresh splice of its base page, byte for byte."""

import tempfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    invariant,
    rule,
)

from comments import markup
from comments.actions.release import list_releases, rollback
from comments.model import Policy, State
from comments.thread.render import Renderer
from tests.contracts.tiny_site import THEME, THREADS, TinySite
from tests.service.markup.hostile import COMMENTS, NAMES, WEBSITES

RENDERER = Renderer(THEME)
TEXTS = st.one_of(st.sampled_from(COMMENTS), st.text(max_size=60))
STATES = st.sampled_from(["approved", "approved", "pending", "spam", "trash"])


class History(RuleBasedStateMachine):
    """People write, moderate, erase, build, release and roll back, in any order."""

    comments = Bundle("comments")

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.site = TinySite(Path(self.folder.name), RENDERER)
        self.site.build()
        self.site.release()
        self.looked = True  # whether publishing has looked at the clock since it went on

    def teardown(self) -> None:
        try:
            self.sweep()
            self.check()
        finally:
            self.site.close()
            self.folder.cleanup()

    def shown(self, comment: int, *, now: bool) -> None:
        """Publishing follows every change, unless the process died just before."""
        if now:
            self.site.publisher.publish(self.site.store.get_comment(comment).thread)

    @rule(
        target=comments,
        thread=st.sampled_from([*THREADS, "nowhere"]),
        text=TEXTS,
        name=st.one_of(st.sampled_from(NAMES), st.text(max_size=20)),
        website=st.sampled_from(["", *WEBSITES[:30], "https://ada.example/"]),
        state=STATES,
        now=st.booleans(),
    )
    def post(self, thread: str, text: str, name: str, website: str, state: State, now: bool) -> int:
        clean = website.encode("utf-8", "ignore").decode()
        comment = self.site.post(thread, text.encode("utf-8", "ignore").decode(), name=name, state=state, website=clean)
        self.shown(comment, now=now)
        return comment

    @rule(target=comments, parent=comments, text=TEXTS, now=st.booleans())
    def reply(self, parent: int, text: str, now: bool) -> int:
        thread = self.site.store.get_comment(parent).thread
        comment = self.site.post(thread, text.encode("utf-8", "ignore").decode(), parent=parent)
        self.shown(comment, now=now)
        return comment

    @rule(comment=comments, state=STATES, now=st.booleans())
    def moderate(self, comment: int, state: State, now: bool) -> None:
        self.site.set_state(comment, state)
        self.shown(comment, now=now)

    @rule(comment=comments, text=TEXTS, now=st.booleans())
    def edit(self, comment: int, text: str, now: bool) -> None:
        source = text.encode("utf-8", "ignore").decode()
        self.site.store.set_text(comment, source, markup.render(source), markup.VERSION, self.site.clock())
        self.shown(comment, now=now)

    @rule(comment=consumes(comments), text=st.booleans())
    def erase(self, comment: int, text: bool) -> None:
        thread = self.site.store.get_comment(comment).thread
        self.site.store.erase_comment(comment, text=text, at=self.site.clock())
        self.site.publisher.publish_everywhere(thread)

    @rule(thread=st.sampled_from(list(THREADS)), policy=st.sampled_from([None, "open", "held", "closed"]))
    def say(self, thread: str, policy: Policy | None) -> None:
        self.site.store.set_override(thread, policy)
        self.site.publisher.publish(thread)

    @rule(text=st.sampled_from(["one", "two"]), style=st.sampled_from(["a{}", "b{}"]), title=st.sampled_from("AB"))
    def rebuild(self, text: str, style: str, title: str) -> None:
        self.site.text, self.site.style = text, style
        self.site.threads["third"] = replace(THREADS["third"], title=title)
        self.site.build()

    @rule(thread=st.sampled_from(["first", "second"]), path=st.sampled_from(["/2026/first/", "/2027/moved/", ""]))
    def move_or_withdraw(self, thread: str, path: str) -> None:
        self.site.threads = {key: entry for key, entry in self.site.threads.items() if key != thread}
        if path:
            self.site.threads[thread] = replace(THREADS[thread], path=f"{path}{thread}/")
        self.site.build()

    @rule()
    def release(self) -> None:
        self.site.release()
        self.looked = True

    @rule(step=st.integers(0, 3))
    def roll_back(self, step: int) -> None:
        kept = list_releases(self.site.var)
        rollback(self.site.publisher, kept[step % len(kept)].number)
        self.looked = True

    @rule(minutes=st.integers(1, 90))
    def time_passes(self, minutes: int) -> None:
        self.site.clock.now += timedelta(minutes=minutes)
        self.looked = False

    @rule()
    def sweep(self) -> None:
        self.site.publisher.publish_due()
        assert self.site.store.list_due() == []
        self.looked = True

    @invariant()
    def check(self) -> None:
        if self.looked and not self.site.store.list_due():
            self.site.check()


History.TestCase.settings = settings(max_examples=50, stateful_step_count=25, deadline=None)
TestAnyHistory = History.TestCase


@pytest.mark.long
class TestAnyLongHistory(History.TestCase):
    settings = settings(max_examples=400, stateful_step_count=50, deadline=None)

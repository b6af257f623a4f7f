"""The articles' threads: which are open, and the desk's word on one of them."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from comments.actions.threads import effective_policy, set_thread_policy
from comments.manifest import Thread
from comments.model import Policy
from comments.web.desk.acts import answer
from comments.web.desk.door import account, context, needs
from comments.web.desk.pages import number, page
from comments.web.desk.receipts import Receipt
from comments.words import _

PAGE = 30
CHOICES: dict[str, Policy | None] = {"open": "open", "held": "held", "closed": "closed", "file": None}
TONES = {"open": "published", "held": "waiting", "closed": "bin", "off": "bin"}


@dataclass(frozen=True)
class Line:
    """An article with its thread: what holds, whether the desk said so, how much was said and how much waits."""

    entry: Thread
    policy: Policy
    override: Policy | None
    published: int
    waiting: int

    @property
    def tone(self) -> str:
        return TONES[self.policy]


def register(desk: Blueprint) -> None:
    desk.add_url_rule("/articles/", "articles", show_articles)
    desk.add_url_rule("/articles/<thread>/", "article", show_article)
    desk.add_url_rule("/articles/<thread>/", "set_policy", set_policy, methods=["POST"])


@needs("threads")
def show_articles() -> ResponseReturnValue:
    """All articles, the newest first, found by words of their titles."""
    query = request.args.get("q", "").strip()[:200]
    found = matching(context().manifest().threads.values(), query)
    pages = max(1, -(-len(found) // PAGE))
    at = min(max(1, number("page", 1)), pages)
    lines = [line_of(entry) for entry in found[(at - 1) * PAGE : at * PAGE]]
    return page("articles.html", lines=lines, query=query, total=len(found), at=at, pages=pages)


@needs("threads")
def show_article(thread: str) -> ResponseReturnValue:
    """One article's thread, with what can be set here."""
    muted = thread in context().store.list_muted(account().id)
    return page("article.html", line=line_of(context().thread(thread)), muted=muted)


@needs("threads")
def set_policy(thread: str) -> ResponseReturnValue:
    """Close, hold or open the thread now, or follow the article's file again."""
    wanted = request.form.get("policy", "")
    back = url_for("desk.article", thread=thread)
    if wanted not in CHOICES:
        return answer(Receipt(_("Choose one of the four."), "none"), back)
    done = set_thread_policy(context(), account(), thread, CHOICES[wanted])
    return answer(Receipt(done.sentence, TONES[done.policy]), back)


def matching(entries: Iterable[Thread], query: str) -> list[Thread]:
    words = query.casefold().split()
    found = [entry for entry in entries if all(word in entry.title.casefold() for word in words)]
    return sorted(found, key=lambda entry: entry.published, reverse=True)


def line_of(entry: Thread) -> Line:
    store, override = context().store, context().store.get_thread(entry.id).override
    return Line(
        entry,
        effective_policy(entry, override, context().now()),
        override,
        published=store.count_comments(state="approved", thread=entry.id),
        waiting=store.count_comments(state="pending", thread=entry.id),
    )

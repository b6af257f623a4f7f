"""Example comments for a first look: through the real actions, never in a real installation."""

import ipaddress
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click

from comments.actions import accounts, mine, moderate
from comments.actions.context import Context
from comments.actions.submit import Submitted, form_token, read_form, submit
from comments.cli.frame import ACTOR, AS_JSON, Failure, opened, say_either
from comments.model import Account, Role

FILE = Path(__file__).parent.parent / "examples" / "comments.toml"
VERBS = {"approve": moderate.approve, "spam": moderate.spam, "trash": moderate.trash}


@click.command()
@AS_JSON
def load_examples(as_json: bool) -> None:
    """Put a few example comments under the sample articles. Only for trying out."""
    with opened() as here:
        if not is_private(here.ctx.manifest().site.url):
            raise Failure(
                "Example comments are for trying out. This site is built for the public, so they stay outside."
            )
        if here.ctx.store.count_comments():
            raise Failure("There are comments already. Example comments are only for an empty store.")
        taken = load(here.ctx, tomllib.loads(FILE.read_text(encoding="utf-8"))["comment"])
        if taken or as_json:  # a publication of one's own has none of the sample's articles
            say_either(f"Example comments: {taken}.", {"taken": taken}, as_json)


def is_private(url: str) -> bool:
    """Whether the address can only be one's own machine or network."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    if parts.scheme != "http":
        return False
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
    return address.is_loopback or (address.is_private and not address.is_unspecified)


def load(ctx: Context, entries: list[Mapping[str, Any]]) -> int:
    """Send, publish and answer them as people would; returns how many there are now."""
    sent: dict[str, int] = {}
    for place, entry in enumerate(entries):
        if entry["thread"] not in ctx.manifest().threads:
            continue  # an article of the sample publication that this one does not have
        then = at(ctx, timedelta(hours=entry["hours_ago"]))
        if entry.get("from_desk"):
            sent[entry["key"]] = answer(then, entry, sent)
        else:
            sent[entry["key"]] = take(then, entry, sent, f"198.51.{place}.7")
    return len(sent)


def at(ctx: Context, ago: timedelta) -> Context:
    """The same installation at an earlier moment."""
    moment: datetime = ctx.now() - ago
    return replace(ctx, clock=lambda: moment)


def take(ctx: Context, entry: Mapping[str, Any], sent: Mapping[str, int], network: str) -> int:
    """A reader's comment, and what became of it."""
    manifest, thread = ctx.manifest(), entry["thread"]
    typed = {"comment": entry["text"], "name": entry["name"], "email": entry["email"]}
    typed |= {"website": entry.get("website", ""), "parent": str(sent.get(entry.get("answers", ""), ""))}
    taken = submit(
        ctx,
        read_form(thread, typed),
        manifest=manifest,
        entry=manifest.threads[thread],
        browser=None,
        ip=network,
        token=form_token(ctx, thread),
    )
    if not isinstance(taken, Submitted):
        raise Failure(f"The example {entry['key']} was not taken: {taken.why}")
    if verb := entry.get("then"):
        VERBS[verb](ctx, ACTOR, taken.comment.id)
    if later := entry.get("changed_to"):
        mine.edit(ctx, taken.waiting, later, ctx.store.get_comment(taken.comment.id).version)
    return taken.comment.id


def answer(ctx: Context, entry: Mapping[str, Any], sent: Mapping[str, int]) -> int:
    """A reply from the desk, in the name of somebody with an account."""
    who = account(ctx, entry["name"], entry["from_desk"], entry.get("author"))
    acted = moderate.reply_and_approve(ctx, who, sent[entry["answers"]], entry["text"])
    return acted.reply.id if acted.reply else acted.comment.id


def account(ctx: Context, name: str, role: Role, author: str | None) -> Account:
    """The example account, made without a password: nobody can sign in with it but by a new link."""
    found = ctx.store.find_account(name)
    if found is None:
        accounts.sign_in_link(ctx, name, role, author=author)
        found = ctx.store.find_account(name)
    if found is None:
        raise Failure(f"The example account {name} could not be made.")
    return found

"""Renders the desk's pages: what they all show besides their own."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from comments.actions.guard import brake
from comments.actions.permissions import may
from comments.web.desk import receipts
from comments.web.desk.door import account_or_none, context
from comments.web.desk.numbers import whole

# How many of the newest letters are looked at for the mark in the menu.
LETTERS = 100
KEYS_OFF = "desk-keys"


def page(template: str, status: int = 200, wait: int | None = None, **values: object) -> ResponseReturnValue:
    """The page made of ``template``, with menu and receipt. ``wait`` are the seconds until one may try again."""
    ctx = context()
    who = account_or_none()
    common: dict[str, object] = {
        "site": ctx.manifest().site,
        "account": who,
        "may": may,
        "receipt": receipts.shown(),
        "keys": request.cookies.get(KEYS_OFF) != "off",
    }
    if who:
        common["letter_choice"] = lambda: ctx.store.get_letter_choice(who.id)
    if who and may(who, "moderate"):
        common["brake"] = brake.seen_by(ctx).state
        common["counts"] = ctx.store.count_by_state()
        common["failed_letters"] = sum(letter.failed is not None for letter in ctx.store.list_letters(limit=LETTERS))
    headers = {"Retry-After": str(wait)} if wait else {}
    return render_template(f"desk/{template}", **(common | values)), status, headers


def number(name: str, default: int = 0) -> int:
    """A whole number from the address, never negative, never absurd."""
    found = whole(request.args.get(name, ""))
    return default if found is None else found

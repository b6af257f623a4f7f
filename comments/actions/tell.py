"""Queues letters to the people of the desk, always inside the transaction of what they tell about."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from comments.actions.context import Context
from comments.actions.permissions import Actor, name_of, require
from comments.errors import Invalid
from comments.model import WHENS, Account, LetterChoice, Reason
from comments.words import _

BUNDLE = timedelta(minutes=10)
BUNDLED = ("moderate", "article")


def tell_moderators(ctx: Context, comment: int, reasons: tuple[Reason, ...]) -> None:
    """A letter to everybody who moderates and has an address, when they chose to get it.

    An urgent comment does not wait for that.
    """
    now = ctx.now()
    urgent = any(reason.urgent for reason in reasons)
    muting = () if urgent else ctx.store.list_muting(comment)
    for account in ctx.store.list_accounts():
        if account.disabled or account.role == "author" or not account.has_address or account.id in muting:
            continue
        if urgent:
            ctx.store.add_letter("urgent", now, now, account=account.id, comments=(comment,))
        else:
            bundle(ctx, "moderate", account.id, comment)


def bundle(ctx: Context, kind: str, account: int, comment: int) -> None:
    """Put a comment into the account's next letter of this kind: within ten minutes, once a day, or not at all."""
    choice, now = ctx.store.get_letter_choice(account), ctx.now()
    if choice.when == "urgent":
        return
    waiting = ctx.store.find_waiting_letter(kind, account=account)
    if waiting:
        ctx.store.extend_letter(waiting.id, (comment,))
        return
    if choice.when == "daily":
        due = _next_daily(ctx, choice)
    else:
        last = ctx.store.last_letter(kind, account=account)
        due = max(now, last + BUNDLE) if last else now
    ctx.store.add_letter(kind, now, due, account=account, comments=(comment,))


def _next_daily(ctx: Context, choice: LetterChoice) -> datetime:
    return next_hour(ctx.now(), choice.hour, ZoneInfo(ctx.manifest().site.zone))


def next_hour(now: datetime, hour: int, zone: ZoneInfo) -> datetime:
    """The next moment at which the clocks of that zone show this full hour."""
    local = now.astimezone(zone)
    due = local.replace(hour=hour, minute=0, second=0, microsecond=0)
    if due <= local:
        due += timedelta(days=1)
    return due.astimezone(UTC)


def choose(ctx: Context, actor: Actor, account: Account, when: str, hour: int) -> LetterChoice:
    """Set when an account gets letters. People set their own; administrators anybody's.

    :raise Invalid: there is no such choice or hour.
    """
    if isinstance(actor, str) or actor.id != account.id:
        require(actor, "accounts")
    chosen = next((each for each in WHENS if each == when), None)
    if chosen is None or not 0 <= hour <= 23:
        raise Invalid({"when": _("Choose one of the three, and a full hour.")})
    choice = LetterChoice(chosen, hour)
    with ctx.store.write():
        ctx.store.set_letter_choice(account.id, choice)
        _move_waiting(ctx, account, choice)
        detail: dict[str, object] = {"account": account.name, "when": chosen}
        ctx.store.add_audit(ctx.now(), name_of(actor), "choose letters", detail=detail)
    return choice


def _move_waiting(ctx: Context, account: Account, choice: LetterChoice) -> None:
    """A letter that waits for the hour chosen before follows the new choice, and what comes next goes into it."""
    for kind in BUNDLED:
        waiting = ctx.store.find_waiting_letter(kind, account=account.id)
        if waiting and not waiting.error and choice.when != "urgent":
            ctx.store.retry_letter(waiting.id, ctx.now() if choice.when == "at once" else _next_daily(ctx, choice))

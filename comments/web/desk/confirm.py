"""Asks once more who sits there before a dangerous step, and keeps the form that was sent meanwhile."""

from collections.abc import Callable
from functools import wraps

from flask import request
from flask.typing import ResponseReturnValue

from comments.actions import confirm
from comments.errors import Invalid, TooFast
from comments.web.desk.door import account, context, signed_in
from comments.web.desk.expired import kept_fields
from comments.web.desk.pages import page
from comments.web.errors import problem_of
from comments.web.guard import SAFE

FIELD = "confirm"
STATUS = 403


def confirmed(view: Callable[..., ResponseReturnValue]) -> Callable[..., ResponseReturnValue]:
    """What the view's form does waits until the password or a code was shown within the last ten minutes.

    Put it under ``needs``: whoever may not do it is not asked.
    """

    @wraps(view)
    def wrapped(**values: object) -> ResponseReturnValue:
        asked = None if request.method in SAFE else ask_first()
        return view(**values) if asked is None else asked

    return wrapped


def ask_first() -> ResponseReturnValue | None:
    """None when the step may be taken; else the page that asks, with what was typed in it."""
    typed = request.form.get(FIELD)
    if typed is None:
        return None if confirm.is_fresh(context(), signed_in()) else _page(STATUS)
    try:
        confirm.confirm(context(), signed_in(), typed)
    except Invalid as wrong:
        return _page(problem_of(wrong).status, problem=str(wrong))
    except TooFast as rest:
        return _page(problem_of(rest).status, rest.wait, problem=str(rest))
    return None


def _page(status: int, wait: int | None = None, problem: str = "") -> ResponseReturnValue:
    ctx, who = context(), account()
    return page(
        "confirm.html",
        status,
        wait,
        kept=kept_fields(),
        path=request.full_path.rstrip("?"),
        problem=problem,
        possible=confirm.can_confirm(ctx, who),
        code=confirm.has_code(ctx, who),
    )

"""Setting up the codes of an app, their recovery codes, and switching them off again."""

from typing import Any

import segno
from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from comments.actions import second_step
from comments.errors import Invalid
from comments.web.desk.acts import answer
from comments.web.desk.confirm import confirmed
from comments.web.desk.door import account, context, for_everybody, signed_in
from comments.web.desk.pages import page
from comments.web.desk.receipts import Receipt
from comments.web.errors import problem_of
from comments.words import _

SCALE = 4  # pixels to a square: it fits a telephone of 320


def register(desk: Blueprint) -> None:
    desk.add_url_rule("/settings/second-step", "second_step", show)
    desk.add_url_rule("/settings/second-step", "set_second_step", change, methods=["POST"])


@for_everybody
def show() -> ResponseReturnValue:
    """Whether a code is asked for, and the buttons that change it."""
    return _page()


@for_everybody
@confirmed
def change() -> ResponseReturnValue:
    """Begin, finish, make new recovery codes, or switch it off, as the button says."""
    ctx, who = context(), account()
    match request.form.get("act"):
        case "begin":
            return _offered(second_step.make_offer(ctx, who))
        case "on":
            return _switch_on()
        case "codes":
            return _page(codes=second_step.renew_codes(ctx, who))
        case "off":
            second_step.switch_off(ctx, who, who.id)
            told = Receipt(_("No code is asked for any more. The password alone lets you in."), "none")
            return answer(told, url_for("desk.settings"))
    return _page()


def _switch_on() -> ResponseReturnValue:
    offer, code = request.form.get("offer", ""), request.form.get("code", "")
    try:
        return _page(codes=second_step.switch_on(context(), account(), offer, code, keep=signed_in().id))
    except Invalid as wrong:
        again = second_step.same_offer(context(), account(), offer)
        return _offered(again, str(wrong), problem_of(wrong).status)


def _offered(offer: second_step.Offer, problem: str = "", status: int = 200) -> ResponseReturnValue:
    return _page(status, offer=offer, picture=picture(offer.uri), problem=problem)


def _page(status: int = 200, **values: Any) -> ResponseReturnValue:
    ctx, number = context(), account().id
    on, left = second_step.is_on(ctx, number), len(ctx.store.list_recovery_codes(number))
    return page("second_step.html", status, on=on, left=left, **values)


def picture(uri: str) -> Markup:
    """The link as a picture that telephones read: black on white whatever the colours of the page."""
    code = segno.make(uri, error="m", micro=False)
    # Its numbers are segno's own; the link stands in it only as squares.
    return Markup(code.svg_inline(scale=SCALE, light="#fff", svgclass=None, lineclass=None))  # noqa: S704

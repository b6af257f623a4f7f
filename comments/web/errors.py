"""Which status an error has, and the page or JSON that tells it. Only this module knows status codes.

A page that answers an error keeps what was typed: a view says with ``again_with`` how its form is shown once more.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field

from flask import Flask, Response, g, jsonify, make_response, render_template, request
from werkzeug.exceptions import HTTPException

from comments import errors, words
from comments.web import site
from comments.web.forms import typed, wants_json
from comments.web.guard import SAFE, ForeignForm
from comments.web.hosts import at_desk
from comments.web.logs import trace
from comments.web.service import service

log = logging.getLogger("comments.web")

# The most special class of an error decides. What is unknown and what is forbidden look alike.
KINDS: dict[type[errors.CommentsError], tuple[int, str]] = {
    errors.CommentsError: (500, "error"),
    errors.NotFound: (404, "not-found"),
    errors.Refused: (403, "refused"),
    errors.Invalid: (422, "invalid"),
    errors.Closed: (403, "closed"),
    errors.Repeated: (409, "repeated"),
    errors.TooFast: (429, "too-fast"),
    errors.Stale: (409, "stale"),
    errors.TooLate: (403, "too-late"),
    errors.BadToken: (404, "not-found"),
    ForeignForm: (403, "foreign"),
    errors.Misconfigured: (503, "unavailable"),
    errors.StoreProblem: (503, "unavailable"),
    errors.PublishProblem: (503, "unavailable"),
}
UNAVAILABLE_WAIT = 10  # seconds; a lock is held for milliseconds, a full disk needs somebody


def _(message: str) -> str:
    """Marks a message for the catalogues; it is translated when it is told."""
    return message


SENTENCES = {
    "unavailable": _("This does not work just now. What you typed is kept: please try again in a moment."),
    "foreign": _(
        "This form was not sent from a page of this site. "
        "If you wrote a text, copy it, open the article, and send it from there."
    ),
}
HTTP_SENTENCES = {
    400: _("What arrived here is damaged. Press Back: your text is still there."),
    404: _("There is no such page here. The link may be too old, or mistyped."),
    405: _("This address does not take what was sent."),
    413: _("This is far too long to be taken. Press Back: your text is still there."),
    415: _("Forms are taken here as browsers send them, or as JSON."),
    500: _("Something went wrong on our side, and it has been noted. Press Back: your text is still there."),
}
# For the script: it has not left the form.
IN_PLACE = {
    400: _("What arrived here is damaged. Your text is still here: please try again."),
    413: _("This is far too long to be taken. Your text is still here: please shorten it."),
    500: _("Something went wrong on our side, and it has been noted. Your text is still here: please try again later."),
}


@dataclass(frozen=True)
class Problem:
    """What an answer to an error tells: ``fields`` maps a field to its sentence."""

    status: int
    code: str
    message: str
    fields: dict[str, str] = field(default_factory=dict)
    wait: int | None = None


Again = Callable[[Problem], Response]


def install(app: Flask) -> None:
    app.register_error_handler(errors.CommentsError, answer)
    app.register_error_handler(HTTPException, answer_http)
    app.register_error_handler(Exception, answer_unforeseen)


def again_with(show: Again) -> None:
    """From here on in this request an error is answered by ``show``, with the form and what was typed in it."""
    g.again = show


def answer(error: errors.CommentsError) -> Response:
    """The answer to anything that is raised on purpose."""
    problem = problem_of(error)
    if problem.status >= 500:
        log.error("%s: %s", type(error).__name__, error)
    return tell(problem)


def answer_http(error: HTTPException) -> Response:
    """The answer to what Flask itself refuses: no such address, wrong method, too long."""
    status = error.code or 500
    missed = status == 404 and request.method in SAFE and not wants_json() and not at_desk()
    own = site.not_found() if missed else None
    response = own or tell(Problem(status, error.name.lower().replace(" ", "-"), _sentence(status)))
    for name, value in error.get_headers():
        if name in ("Allow", "Retry-After"):
            response.headers[name] = value
    return response


def answer_unforeseen(error: Exception) -> Response:
    """The last resort. The trace goes to the log, never to the reader."""
    log.error("Unforeseen:\n%s", trace(error))
    return tell(Problem(500, "error", _sentence(500)))


def problem_of(error: errors.CommentsError) -> Problem:
    status, code = next(KINDS[kind] for kind in type(error).__mro__ if kind in KINDS)
    return Problem(
        status=status,
        code=code,
        message=words.gettext(SENTENCES[code]) if code in SENTENCES else str(error),
        fields=error.fields if isinstance(error, errors.Invalid) else {},
        wait=error.wait if isinstance(error, errors.TooFast) else UNAVAILABLE_WAIT if status == 503 else None,
    )


def tell(problem: Problem) -> Response:
    """The problem as JSON, as the form once more, or as a page of its own with what was typed."""
    response = _json(problem) if wants_json() else _page(problem)
    response.status_code = problem.status
    response.headers.setdefault("Cache-Control", "no-store")
    if problem.wait is not None:
        response.headers["Retry-After"] = str(problem.wait)
    return response


def _json(problem: Problem) -> Response:
    return jsonify(error={"code": problem.code, "message": problem.message, "fields": problem.fields})


def _page(problem: Problem) -> Response:
    if at_desk():
        template = "desk/problem.html" if problem.status < 500 else "desk/trouble.html"
        return make_response(render_template(template, site=service().pages.site(), sentence=problem.message))
    again: Again | None = g.pop("again", None)
    if again is not None:
        try:
            return again(problem)
        except errors.CommentsError as further:  # the form itself needs what is not there
            log.warning("%s: %s", type(further).__name__, further)
    return service().pages.page("problem", _("Not done"), problem=problem, kept=typed().get("comment", ""))


def _sentence(status: int) -> str:
    sentences = HTTP_SENTENCES | IN_PLACE if wants_json() else HTTP_SENTENCES
    return words.gettext(sentences.get(status, sentences[400 if status < 500 else 500]))

"""The desk's own pages for what goes wrong: what happened, what to do, and the way back."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError

from comments.errors import CommentsError
from comments.web.desk.door import SignedOut
from comments.web.desk.expired import form_expired
from comments.web.desk.pages import page
from comments.web.errors import log, problem_of


def install(blueprint: Blueprint) -> None:
    """Answer what the blueprint's pages raise."""
    blueprint.register_error_handler(CSRFError, form_expired)
    blueprint.register_error_handler(SignedOut, form_expired)
    blueprint.register_error_handler(CommentsError, answer)


def answer(error: CommentsError) -> ResponseReturnValue:
    """The problem in a sentence, with the status it has everywhere."""
    problem = problem_of(error)
    if problem.status < 500:
        return page("problem.html", problem.status, sentence=problem.message)
    # Store or release may be what fails: this page asks nothing of them.
    log.error("%s: %s", type(error).__name__, error)
    headers = {"Retry-After": str(problem.wait)} if problem.wait else {}
    return render_template("desk/trouble.html", sentence=str(error)), problem.status, headers

"""The one cookie visitors get, and only when they write: it knows their browser again, not their name."""

from flask import request
from werkzeug.wrappers import Response

from comments.web.service import service

NAME = "person"
YEAR = 365 * 24 * 3600


def browser() -> str | None:
    """The cookie this browser sent, if it has one."""
    return request.cookies.get(service().cookie(NAME))


def remember(response: Response, value: str | None) -> Response:
    """Set the cookie to ``value``; None leaves it as it is."""
    here = service()
    if value is not None:
        response.set_cookie(
            here.cookie(NAME), value, max_age=YEAR, path="/", secure=here.secure, httponly=True, samesite="Lax"
        )
    return response

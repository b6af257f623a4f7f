"""The desk on a host name of its own, where nothing else is, and the site on its own, where no desk is.

Without ``PN_DESK_URL`` both are on the site's, and nothing here does anything.
"""

from urllib.parse import quote, urlsplit

from flask import Flask, g, redirect, request
from werkzeug.wrappers import Response

from comments.errors import NotFound
from comments.web.service import service
from comments.words import _

READING = ("GET", "HEAD")


def install(app: Flask) -> None:
    """Put it before every view, and before the guard, which asks where a form comes from."""
    app.before_request(keep_apart)


def keep_apart() -> Response | None:
    """Send a reader of the other host's page there; the pages that are linked to by their path alone rely on it.

    :raise NotFound: a form was sent to the wrong one of the two.
    """
    here = service()
    if not here.desk_apart:
        return None
    asked = urlsplit(f"//{request.host}").hostname
    at_desk, of_desk = asked == urlsplit(here.desk_url).hostname, is_desk(request.path)
    g.at_desk = at_desk
    if at_desk == of_desk:
        return None
    if request.method not in READING:
        raise NotFound(_("There is no such page here. The link may be too old, or mistyped."))
    path = "/desk/" if at_desk and request.path == "/" else request.path
    target = here.desk_url if is_desk(path) else here.site_url
    query = request.query_string.decode("ascii", "replace")
    return redirect(f"{target}{quote(path)}{'?' if query else ''}{query}")


def at_desk() -> bool:
    """Whether the current request reached the desk's own host, where no page of the site finds its style."""
    return bool(g.get("at_desk"))


def is_desk(path: str) -> bool:
    """Whether the desk answers at this path."""
    return path == "/desk" or path.startswith("/desk/")

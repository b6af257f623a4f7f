"""Only our own pages may send forms here: the check before every request that could change something.

The public forms stand in static pages, so they carry no token. What browsers say about where a request comes from is
enough, and cannot be set by a page: https://web.dev/articles/fetch-metadata
"""

from contextlib import suppress
from urllib.parse import SplitResult, urlsplit

from flask import Flask, Request, request
from werkzeug.exceptions import HTTPException

from comments.errors import Refused
from comments.mail.letters import ONE_CLICK
from comments.web.forms import read_fields
from comments.web.hosts import is_desk
from comments.web.service import service

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
VARY = ("Origin", "Sec-Fetch-Site")
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
PORTS = {"http": 80, "https": 443}


class ForeignForm(Refused):
    """The form was not sent from a page of this site."""


def install(app: Flask) -> None:
    """Put the guard before every view of the app, the desk's included."""
    app.before_request(refuse_foreign)


def refuse_foreign() -> None:
    """:raise ForeignForm: the request could change something and does not come from the site's own pages."""
    here = service()
    if ends_subscription(request):
        return
    own = here.desk_url if is_desk(request.path) else here.site_url
    if request.method not in SAFE and not comes_from_here(request, own, development=here.development):
        with suppress(HTTPException):
            read_fields()  # so that the refusal can hand the text back to whoever wrote it
        raise ForeignForm


def ends_subscription(request: Request) -> bool:
    """The one exemption: a mail program ends a subscription, without a cookie and without a page (RFC 8058).

    It sends exactly this, to the address in the letter, whose token is all it needs.
    """
    if request.method != "POST" or request.endpoint != "subscriptions.act":
        return False
    if request.mimetype == "multipart/form-data":  # the standard lets it choose
        return not request.files and list(request.form.items(multi=True)) == [tuple(ONE_CLICK.split("="))]
    return request.mimetype == "application/x-www-form-urlencoded" and request.get_data() == ONE_CLICK.encode()


def comes_from_here(request: Request, own_url: str, *, development: bool = False) -> bool:
    """Whether the browser says that the request was made by a page at that address of ours.

    ``Sec-Fetch-Site`` decides where it is present; older browsers, and plain http beyond the own machine, send
    ``Origin`` alone. A request with neither is refused: no browser sends a form so.
    """
    fetched = request.headers.get("Sec-Fetch-Site")
    if fetched is not None:
        return fetched == "same-origin"
    origin = request.headers.get("Origin", "")
    return origin == own_url or (development and _loopback_twin(origin, own_url))


def _loopback_twin(origin: str, own_url: str) -> bool:
    # While developing, localhost:8000 and 127.0.0.1:8000 are one site, whichever of them was typed.
    try:
        asked, ours = urlsplit(origin), urlsplit(own_url)
        return asked.scheme == ours.scheme and asked.hostname in LOOPBACK and _port(asked) == _port(ours)
    except ValueError:
        return False


def _port(address: SplitResult) -> int | None:
    return address.port or PORTS.get(address.scheme)

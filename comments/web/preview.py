"""Texts that are not published, for whoever was given the address. No cache, index or other site is to know of it."""

from flask import Blueprint, Response, redirect, send_file
from werkzeug.wrappers import Response as AnyResponse

from comments.actions import previews
from comments.web import site
from comments.web.service import service

preview = Blueprint("preview", __name__, url_prefix="/preview")


@preview.get("/<token>")
def without_slash(token: str) -> AnyResponse:
    """A link whose last character was lost in a letter."""
    return redirect(_find(token).path)


@preview.get("/<token>/", defaults={"path": ""})
@preview.get("/<token>/<path:path>")
def show(token: str, path: str) -> Response:
    """The page, or a file it needs.

    :raise NotFound: the preview is over, or never was.
    """
    found = site.find(_find(token).public, path)
    try:
        if found is not None:
            return send_file(found, mimetype=site.TYPES.get(found.suffix, "application/octet-stream"), max_age=0)
    except FileNotFoundError:
        pass  # it was ended this very moment
    raise previews.no_preview()


def _find(token: str) -> previews.Preview:
    return previews.find_preview(service().var, token, service().context.now())


@preview.after_request
def keep_to_yourself(response: Response) -> Response:
    """Before the headers of every answer are set: these are stricter."""
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Cache-Control"] = "private, no-store"
    # The guard asks forms where they come from; here there is none that could be sent.
    response.headers["Referrer-Policy"] = "no-referrer"
    return response

"""The published files, for development and for small installations without a web server in front.

It serves ``var/current/public`` as nginx does: folders with their ``index.html``, the release's redirects, the site's
own page for what is not there.
"""

import re
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote

from flask import Blueprint, Response, redirect, request, send_file
from werkzeug.exceptions import NotFound
from werkzeug.security import safe_join
from werkzeug.wrappers import Response as AnyResponse

from comments.errors import Misconfigured
from comments.web import former
from comments.web.reload import with_reload
from comments.web.service import service
from comments.words import _

site = Blueprint("site", __name__)

# Own table: what the system's says differs from machine to machine.
TYPES = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".json": "application/json",
    ".atom": "application/atom+xml",
    ".xml": "application/xml",
    ".txt": "text/plain",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".gif": "image/gif",
    ".ico": "image/x-icon",
    ".woff2": "font/woff2",
    ".pdf": "application/pdf",
    ".ris": "application/x-research-info-systems",
    ".bib": "application/x-bibtex; charset=utf-8",
}
# References in the form of citation processors share their ending with other data.
CSL = "application/vnd.citationstyles.csl+json"
FINGERPRINTED = re.compile(r"/(?:theme|pictures)/.+\.[0-9a-f]{8,}\.[a-z0-9]+")
REDIRECT = re.compile(r'(?:"(?P<quoted>(?:[^"\\]|\\.)*)"|(?P<bare>[^\s";]+)) (?P<new>/(?!/)[^\s;\\]*);')
YEAR = 365 * 24 * 3600


@site.get("/", defaults={"path": ""})
@site.get("/<path:path>")
def file(path: str) -> AnyResponse:
    """The file of the current release at this address.

    :raise NotFound: there is none.
    :raise Misconfigured: there is no release.
    """
    try:
        return _file(service().var / "current", path)
    except FileNotFoundError:  # readers got another release between two steps
        return _file(service().var / "current", path)


def _file(current: Path, path: str) -> AnyResponse:
    release = current.resolve()
    moved = redirects(release / "redirects.map")
    query = request.query_string.decode("latin-1")
    target = former.moved(moved, request.path, query)
    if target is not None:
        return redirect(target, 301)
    if request.path == "/" and former.is_lost(query):
        raise NotFound
    public = release / "public"
    found = find(public, path)
    if found is None:
        if not public.is_dir():  # nothing at all is here: no search engine shall hear that each page is gone
            raise Misconfigured(_("The published site is not where it was. Publish it again: python3 tasks.py publish"))
        for near in former.nearest(_own(request.path)):
            if near in moved or find(public, near.partition("#")[0].strip("/")):
                return redirect(moved.get(near) or quote(near, safe="/#"), 301)
        raise NotFound
    if found.name == "index.html" and path and not path.endswith(("/", "index.html")):
        return redirect(_with_query(f"{_own(request.path)}/"), 301)
    return answer(found)


def find(root: Path, path: str) -> Path | None:
    """The file below ``root`` at the URL path, or None. A path never leaves the root, whatever it holds."""
    joined = None if "\0" in path or "\\" in path else safe_join(str(root), path)
    if joined is None or any(part.startswith(".") and part != ".well-known" for part in path.split("/")):
        return None
    try:
        if Path(joined).is_dir():
            joined += "/index.html"
        return Path(joined) if Path(joined).is_file() else None
    except OSError:  # a name longer than the file system knows
        return None


def answer(found: Path, *, whole: bool = False) -> Response:
    """The file as an answer that caches can check again; 304 where the reader has it already.

    ``whole``: whatever was asked for, all of it.
    """
    response = send_file(found.resolve(), mimetype=media_type(found), max_age=0, conditional=not whole)
    if FINGERPRINTED.fullmatch(request.path):
        response.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable"
    else:
        response.headers["Cache-Control"] = "no-cache"
    return with_reload(response) if service().development and found.suffix == ".html" else response


def media_type(found: Path) -> str:
    """What a file of a release is."""
    if found.suffix == ".json" and request.path.startswith("/cite/"):
        return CSL
    return TYPES.get(found.suffix, "application/octet-stream")


def not_found() -> Response | None:
    """The site's own page for an address that leads nowhere, where the release has one."""
    page = service().var / "current" / "public" / "404.html"
    if not page.is_file():
        return None
    response = answer(page, whole=True)  # the part or version that was asked for is one of another page
    response.status_code = 404
    return response


def _with_query(path: str) -> str:
    return f"{path}?{request.query_string.decode('latin-1')}" if request.query_string else path


def _own(path: str) -> str:
    # Two slashes in front would name another host.
    return "/" + path.lstrip("/")


@lru_cache(maxsize=4)
def redirects(file: Path) -> dict[str, str]:
    """Former path → current path, from a release's map in nginx's own form: ``/old/ /new/;`` on each line."""
    if not file.is_file():
        return {}
    pairs = (REDIRECT.fullmatch(line) for line in file.read_text(encoding="utf-8").split("\n"))
    return {re.sub(r"\\(.)", r"\1", pair["quoted"] or "") or pair["bare"]: pair["new"] for pair in pairs if pair}

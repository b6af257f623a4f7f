"""What the logs may hold: method, path, status, time taken. Never who asked, what was asked for or what was sent."""

import logging
import re
import time
import traceback
from urllib.parse import quote

from flask import Flask, Response, g, request

from comments.web.guard import SAFE
from comments.web.headers import is_personal
from comments.web.service import service

log = logging.getLogger("comments.access")
MASK = "***"
# What a person may have pasted behind our own addresses: their words, never our names, which are short.
PLAIN = re.compile(r"[a-z0-9-]{1,80}")


def install(app: Flask) -> None:
    app.logger.addFilter(without_words)
    app.before_request(start)
    app.after_request(write)


def start() -> None:
    g.started = time.perf_counter()


def write(response: Response) -> Response:
    if service().development and request.method in SAFE and response.status_code < 400:
        return response  # whoever writes and looks wants to see what went wrong, not each page and picture
    took = (time.perf_counter() - g.get("started", time.perf_counter())) * 1000
    log.info("%s %s %d %.1f ms", request.method, loggable_path(), response.status_code, took)
    return response


def without_words(record: logging.LogRecord) -> bool:
    """Flask's own line about a page that failed while it told of an error: without the path and what was quoted."""
    if record.exc_info and record.exc_info[1]:
        record.msg, record.args, record.exc_info = f"Unforeseen:\n{trace(record.exc_info[1])}", (), None
    return True


def loggable_path() -> str:
    """The path of the request on one line, with every token masked."""
    token = (request.view_args or {}).get("token")
    unknown = request.url_rule is None or request.endpoint == "site.file"
    return quote("/".join(masked(part, token, unknown=unknown) for part in request.path.split("/")), safe="/*")


def masked(part: str, token: str | None, *, unknown: bool) -> str:
    # An address that none of our routes knows may be a mistyped link with its token, or hold a mail address.
    secret = request.path.startswith("/preview/") and part != "preview"
    strange = unknown and is_personal(request.path) and (secret or not PLAIN.fullmatch(part))
    return MASK if part and (part == token or strange or "@" in part) else part


def trace(error: BaseException) -> str:
    """Where it happened, without the error's own words: those may quote what somebody typed."""
    return f"{''.join(traceback.format_tb(error.__traceback__))}{type(error).__qualname__}"

"""While developing, an open page follows the releases: a small script asks each second whether there is a new one."""

from flask import Blueprint, Response, jsonify, request

from comments.web.service import service

reload = Blueprint("reload", __name__, url_prefix="/_dev")

TAG = b'<script src="/_dev/reload.js" defer></script>'
SCRIPT = """\
// Reloads this page when a new release is out. Only the development server serves it.
let shown;
async function look() {
  try {
    const { release } = await (await fetch("/_dev/release", { cache: "no-store" })).json();
    if (shown !== undefined && release !== shown) location.reload();
    shown = release;
  } catch {
    // The service restarts; it will be back in a moment.
  }
  setTimeout(look, 1000);
}
look();
"""


@reload.get("/reload.js")
def script() -> Response:
    return Response(SCRIPT, mimetype="text/javascript")


@reload.get("/release")
def release() -> Response:
    """What changes with every release: its number and the moment it was made."""
    current = service().var / "current"
    # Of the link itself: a rollback, too, is something new to see.
    made = current.lstat().st_mtime_ns if current.is_symlink() else 0
    answer = jsonify(release=f"{current.resolve().name}-{made}")
    answer.headers["Cache-Control"] = "no-store"
    return answer


def with_reload(response: Response) -> Response:
    """The page with the script's tag before its end."""
    response.direct_passthrough = False
    head, body, rest = response.get_data().rpartition(b"</body>")
    response.set_data(head + TAG + body + rest if body else rest)
    # Not the file's own any more, so that a 304 never follows from a page without the tag.
    response.last_modified = None
    response.add_etag(overwrite=True)
    response.make_conditional(request)
    return response

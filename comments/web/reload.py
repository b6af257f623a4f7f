"""While developing, an open page follows the releases: a small script asks each second whether there is a new one,
and shows at the top of the page why the newest change has not made one."""

from pathlib import Path

from flask import Blueprint, Response, jsonify, request

from comments.web.service import service

reload = Blueprint("reload", __name__, url_prefix="/_dev")

# Written by whoever builds (``workshop.serving``): the problems of a build that stopped, nothing after a good one.
PROBLEMS = "problems.txt"
TAG = b'<script src="/_dev/reload.js" defer></script>'
SCRIPT = """\
// Reloads this page when a new release is out, and shows why there is none. Only the development server serves it.
const LOOK = `
#dev-problem { display: block; position: fixed; inset: 0 0 auto; z-index: 9; padding: 0.75rem 1rem; }
#dev-problem { background: #fff4d6; color: #241a00; border-block-end: 3px solid #b25000; }
#dev-problem { max-block-size: min(50vh, 14rem); overflow: auto; color-scheme: light; }
#dev-problem pre { color: inherit; background: none; border: 0; padding: 0; font-size: 0.85rem; }
#dev-problem pre { white-space: pre-wrap; overflow-wrap: anywhere; margin-block-start: 0.5rem; }
html:has(#dev-problem) { scroll-padding-block-start: 15rem; }`;
let shown;
// What was typed into the form besides the text, which has a draft: it comes along to the new release.
const TYPED = "dev-typed";
function fields() {
  return document.querySelectorAll("form[data-reply] :is([type=text], [type=email], [type=url])");
}
function reload() {
  sessionStorage.setItem(TYPED, JSON.stringify([...fields()].map(({ name, value }) => [name, value])));
  location.reload();
}
const typed = new Map(JSON.parse(sessionStorage.getItem(TYPED) ?? "[]"));
sessionStorage.removeItem(TYPED);
for (const field of fields()) field.value ||= typed.get(field.name) ?? "";
function tell(problems) {
  let bar = document.getElementById("dev-problem");
  if (!problems) return bar?.remove();
  if (!bar) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(LOOK);
    document.adoptedStyleSheets.push(sheet);
    bar = document.createElement("div");
    bar.id = "dev-problem";
    bar.setAttribute("role", "alert");
    bar.append("This is the last good version. The newest change has a problem:", document.createElement("pre"));
    document.body.prepend(bar);
  }
  if (bar.lastChild.textContent !== problems) bar.lastChild.textContent = problems;
}
async function look() {
  try {
    const { release, problems } = await (await fetch("/_dev/release", { cache: "no-store" })).json();
    if (shown !== undefined && release !== shown) reload();
    shown = release;
    tell(problems);
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
    """What changes with every release, its number and the moment it was made; and why the newest change made none."""
    current = service().var / "current"
    # Of the link itself: a rollback, too, is something new to see.
    made = current.lstat().st_mtime_ns if current.is_symlink() else 0
    answer = jsonify(release=f"{current.resolve().name}-{made}", problems=problems(service().var / PROBLEMS))
    answer.headers["Cache-Control"] = "no-store"
    return answer


def problems(file: Path) -> str:
    """What the last build stopped at; empty where it went well."""
    try:
        return file.read_text(encoding="utf-8", errors="replace").strip()
    except FileNotFoundError:
        return ""


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

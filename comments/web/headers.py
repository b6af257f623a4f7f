"""The security headers of every answer, errors and static files included."""

from flask import Flask, Response, request

from comments.web.guard import SAFE, VARY

# Everything comes from the site itself; nothing may frame it; no inline style or script anywhere.
POLICY = "; ".join(
    (
        "default-src 'none'",
        *(f"{kind}-src 'self'" for kind in ("style", "font", "img", "media", "script", "connect", "manifest")),
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
ALWAYS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    # Not no-referrer: with that Chromium says "Origin: null" when a form is sent, and the guard would refuse it.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "browsing-topics=(), camera=(), geolocation=(), microphone=()",
}
# These answers are for one person, now: no cache keeps them and no search engine lists them.
PERSONAL = ("/comments", "/desk", "/search", "/preview")


def install(app: Flask) -> None:
    app.after_request(add_headers)


def add_headers(response: Response) -> Response:
    """Add what every answer carries. A view's own ``Cache-Control`` stays."""
    present = {name for name, _value in response.headers}
    for name, value in ALWAYS.items():
        if name not in present:
            response.headers.add(name, value)
    if request.scheme == "https":
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    if request.method not in SAFE:
        response.vary.update(VARY)
    if is_personal(request.path):
        response.headers.setdefault("X-Robots-Tag", "noindex")
        response.headers.setdefault("Cache-Control", "no-store")
    return response


def is_personal(path: str) -> bool:
    return any(path == prefix or path.startswith(f"{prefix}/") for prefix in PERSONAL)

"""Which faces a page loads."""

from playwright.sync_api import Browser


def faces_asked_for(chromium: Browser, url: str, *, phone: bool) -> set[str]:
    """The fonts that a browser of a phone's width asks for, with or without a finger for a pointer."""
    context = chromium.new_context(viewport={"width": 412, "height": 800}, is_mobile=phone, has_touch=phone)
    page = context.new_page()
    asked: set[str] = set()
    page.on("request", lambda request: asked.add(request.url) if request.resource_type == "font" else None)
    page.goto(url, wait_until="networkidle")
    context.close()
    return asked

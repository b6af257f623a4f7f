"""A moderator's browser: reads pages, fills in the forms that stand on them and presses their buttons."""

from dataclasses import dataclass
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from comments.actions import accounts
from comments.model import Role
from tests.service.web.house import OPEN, SITE, House, Visitor

HEADERS = {"Sec-Fetch-Site": "same-origin", "Origin": SITE, "Referer": f"{SITE}/desk/"}


@dataclass
class Desk:
    """Somebody at the desk, or before its door."""

    house: House
    client: Visitor
    answer: TestResponse | None = None

    def get(self, path: str) -> "Desk":
        self.answer = self.client.get(path)
        return self

    def post(self, path: str, **fields: Any) -> "Desk":
        self.answer = self.client.post(path, data=fields, headers=HEADERS)
        return self

    def follow(self) -> "Desk":
        assert self.status == 303, self.text
        return self.get(self.location)

    @property
    def status(self) -> int:
        assert self.answer is not None
        return self.answer.status_code

    @property
    def location(self) -> str:
        assert self.answer is not None
        return self.answer.headers["Location"].partition("#")[0]

    @property
    def text(self) -> str:
        assert self.answer is not None
        return self.answer.text

    @property
    def page(self) -> LexborHTMLParser:
        return LexborHTMLParser(self.text)

    @property
    def title(self) -> str:
        return self.words("title")

    def words(self, selector: str) -> str:
        """What the first such element says, spaces put straight."""
        node = self.page.css_first(selector)
        assert node is not None, f"no {selector} in {self.text}"
        return " ".join(node.text().split())

    def has(self, selector: str) -> bool:
        return self.page.css_first(selector) is not None

    def press(self, label: str, within: str = "main", **typed: Any) -> "Desk":
        """Press the first button that says ``label`` in ``within``, with the form as it stands and what was typed."""
        for form in self.page.css(f"{within} form"):
            for button in [*form.css("button"), *self.page.css(f"button[form={form.attributes.get('id')}]")]:
                if " ".join(button.text().split()).startswith(label):
                    return self._send(form, button, typed)
        raise AssertionError(f"no button {label} in {within}: {self.text}")

    def _send(self, form: LexborNode, button: LexborNode, typed: dict[str, Any]) -> "Desk":
        fields = MultiDict[str, Any]()
        for field in form.css("input, textarea, select"):
            name, kind = field.attributes.get("name"), field.attributes.get("type")
            if not name or (kind in ("radio", "checkbox") and "checked" not in field.attributes):
                continue
            if field.tag == "select":
                field = field.css_first("option[selected]") or field.css_first("option")
            fields.add(name, field.text() if field.tag == "textarea" else field.attributes.get("value") or "")
        if button.attributes.get("name"):
            fields[button.attributes["name"]] = button.attributes.get("value") or ""
        assert self.answer is not None
        path = form.attributes.get("action") or self.answer.request.path
        for name, value in typed.items():
            fields.setlist(name, value if isinstance(value, list) else [value])
        self.answer = self.client.post(path, data=fields, headers=HEADERS)
        return self

    def token(self) -> str:
        """The token of any form on the page."""
        node = self.page.css_first("input[name=csrf_token]")
        assert node is not None
        return str(node.attributes["value"])


def stranger(house: House) -> Desk:
    """Somebody who is not signed in."""
    return Desk(house, house.visitor())


def signed_in(house: House, name: str = "Marta", role: Role = "administrator", author: str | None = None) -> Desk:
    """Somebody who came in by a link."""
    link = accounts.sign_in_link(house.ctx, name, role, author=author)
    desk = stranger(house).get(link).press("Sign in")
    assert desk.status == 303, desk.text
    return desk


def public_page(house: House, thread: str = OPEN) -> str:
    """The article as readers have it."""
    path = house.ctx.manifest().threads[thread].path.strip("/")
    return (house.ctx.settings.var / "current" / "public" / path / "index.html").read_text(encoding="utf-8")

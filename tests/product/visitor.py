"""A browser without scripts: keeps cookies, fills in the forms it finds, and says what browsers say along with them."""

import http.client
import json
from collections.abc import Iterable
from dataclasses import dataclass
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

PATIENCE = 30.0
Fields = list[tuple[str, str]]


@dataclass(frozen=True)
class Answer:
    """What came back for a request."""

    method: str
    url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def page(self) -> LexborHTMLParser:
        return LexborHTMLParser(self.text)

    def header(self, name: str) -> str:
        """The header's value, empty where there is none."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), "")

    def cookies(self) -> list[SimpleCookie]:
        return [SimpleCookie(value) for key, value in self.headers if key.lower() == "set-cookie"]

    def forms(self) -> list["Form"]:
        """Every form on the page that is sent by POST."""
        page = self.page
        found = [Form(self, page, node) for node in page.css("form")]
        return [form for form in found if form.method == "post"]

    def form(self, action: str = "") -> "Form":
        """The first form whose action ends with ``action``."""
        found = [form for form in self.forms() if urlsplit(form.action).path.endswith(action)]
        assert found, f"no form for {action!r} on {self.url} ({self.status}): {[form.action for form in self.forms()]}"
        return found[0]


class Form:
    """A form on a page, with what stands in its fields."""

    def __init__(self, answer: Answer, page: LexborHTMLParser, node: LexborNode) -> None:
        self.answer = answer
        self.method = (node.attributes.get("method") or "get").lower()
        self.action = urljoin(answer.url, node.attributes.get("action") or answer.url)
        own = node.attributes.get("id")
        linked = page.css(f'[form="{own}"]') if own else []
        self.controls = [*node.css("input, textarea, select, button"), *linked]

    def fields(self, button: str = "", **typed: str) -> Fields:
        """What a browser sends when ``button`` (its value, default: the first one) is pressed."""
        pressed = self._button(button)
        sent = [*self._filled_in(), *([pressed] if pressed else [])]
        names = {name for name, _value in sent}
        assert typed.keys() <= names, f"{typed.keys() - names} is no field of {self.action}"
        done: set[str] = set()
        result: Fields = []
        for name, value in sent:
            if name not in typed:
                result.append((name, value))
            elif name not in done:
                done.add(name)
                result.append((name, typed[name]))
        return result

    def _filled_in(self) -> Fields:
        found: Fields = []
        for node in self.controls:
            name, kind = node.attributes.get("name"), node.attributes.get("type") or "text"
            if not name or node.tag == "button":
                continue
            if node.tag == "textarea":
                found.append((name, (node.text() or "").removeprefix("\n")))
            elif node.tag == "select":
                options = node.css("option")
                chosen = [option for option in options if "selected" in option.attributes] or options[:1]
                found += [(name, option.attributes.get("value") or "") for option in chosen]
            elif kind not in ("checkbox", "radio") or "checked" in node.attributes:
                found.append((name, node.attributes.get("value") or ""))
        return found

    def buttons(self) -> Fields:
        """Name and value of every button that sends the form."""
        buttons = [node for node in self.controls if node.tag == "button" and node.attributes.get("type") != "button"]
        return [(node.attributes.get("name") or "", node.attributes.get("value") or "") for node in buttons]

    def _button(self, value: str) -> tuple[str, str] | None:
        pressed = next((pair for pair in self.buttons() if not value or pair[1] == value), None)
        assert pressed or not value, f"no button {value!r} in {self.action}: {self.buttons()}"
        return pressed if pressed and pressed[0] else None


class Visitor:
    """Somebody at a browser of their own, in a network of their own.

    ``site`` is the address they see. It may differ from where the service listens, as behind a proxy.
    """

    def __init__(self, site: str, port: int, network: str = "203.0.113.7") -> None:
        self.site = site
        self.port = port
        self.network = network
        self.cookies: dict[str, str] = {}
        self.answers: list[Answer] = []

    def get(self, path: str, **headers: str) -> Answer:
        return self._send("GET", path, None, {"Sec-Fetch-Site": "same-origin", **_headers(headers)})

    def get_json(self, path: str) -> Answer:
        return self.get(path, Accept="application/json")

    def press(self, form: Form, button: str = "", **typed: str) -> Answer:
        """Fill the form in and send it, as a browser does that knows the page's referrer policy."""
        return self.post(form.action, form.fields(button, **typed), origin_headers(form))

    def post(self, url: str, fields: Fields | dict[str, str], headers: dict[str, str]) -> Answer:
        body = urlencode(fields).encode()
        return self._send("POST", url, body, {"Content-Type": "application/x-www-form-urlencoded", **headers})

    def post_json(self, path: str, fields: dict[str, str]) -> Answer:
        """Send as the page's script does."""
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        own = {"Origin": self.site, "Sec-Fetch-Site": "same-origin", "Referer": f"{self.site}/"}
        return self._send("POST", path, json.dumps(fields).encode(), headers | own)

    def follow(self, answer: Answer) -> Answer:
        """The page that a redirect leads to."""
        assert answer.status in (301, 303), f"{answer.url}: {answer.status} {answer.text[:2000]}"
        return self.get(urljoin(answer.url, answer.header("Location")))

    def _send(self, method: str, url: str, body: bytes | None, headers: dict[str, str]) -> Answer:
        parts = urlsplit(urljoin(self.site, url))
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        connection = http.client.HTTPConnection("localhost", self.port, timeout=PATIENCE)
        try:
            connection.request(method, path, body, self._told() | headers)
            got = connection.getresponse()
            answer = Answer(method, urljoin(self.site, path), got.status, tuple(got.getheaders()), got.read())
        finally:
            connection.close()
        self._keep(answer.cookies())
        self.answers.append(answer)
        return answer

    def _told(self) -> dict[str, str]:
        """What every request carries; the last two are the proxy's words."""
        site = urlsplit(self.site)
        cookies = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        proxy = {"X-Forwarded-Proto": site.scheme, "X-Forwarded-For": self.network}
        return {"Host": site.netloc, "Accept": "text/html", **(cookies if self.cookies else {}), **proxy}

    def _keep(self, cookies: Iterable[SimpleCookie]) -> None:
        for cookie in cookies:
            for name, morsel in cookie.items():
                if morsel["max-age"] == "0" or "1970" in morsel["expires"]:
                    self.cookies.pop(name, None)
                else:
                    self.cookies[name] = morsel.value


def origin_headers(form: Form) -> dict[str, str]:
    """What browsers say about the page a form stands on, as the policy of that page has it."""
    page = urlsplit(form.answer.url)
    origin = f"{page.scheme}://{page.netloc}"
    told = {"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
    if form.answer.header("Referrer-Policy") == "no-referrer":
        return {"Origin": "null", **told}
    return {"Origin": origin, "Referer": f"{origin}{page.path}", **told}


def _headers(keywords: dict[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in keywords.items()}

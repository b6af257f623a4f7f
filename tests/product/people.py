"""Who takes part in the tests of a whole installation: writers in browsers of their own, and an editor at the desk."""

import re

from tests.product.conftest import Installation
from tests.product.visitor import Answer, Visitor


def writer(place: Installation, number: int = 1, port: int | None = None) -> Visitor:
    """Somebody new; each number comes from a network of its own."""
    network = f"10.{number // 250 % 250}.{number % 250}.7"
    return Visitor(place.url, port or place.port, network)


def draft(number: int, **fields: str) -> dict[str, str]:
    """A comment unlike any other, by a writer unlike any other."""
    usual = {
        "comment": f"What the corridor taught me, part {number} of many.",
        "name": f"Writer {number}",
        "email": f"writer-{number}@example.org",
        "website": "",
        "parent": "",
        "leave_empty": "",
    }
    return usual | fields


def send(visitor: Visitor, thread: str, fields: dict[str, str]) -> Answer:
    """Send a comment with a fresh form token, as the page's script does."""
    token = visitor.get_json(f"/comments/{thread}/token").json["token"]
    return visitor.post_json(f"/comments/{thread}", fields | {"token": token})


def waiting_page(visitor: Visitor, thread: str, fields: dict[str, str]) -> Answer:
    """Send a comment and open its waiting page."""
    sent = send(visitor, thread, fields)
    assert sent.status == 201, sent.text
    return visitor.get(sent.json["waiting"])


def editor(place: Installation, port: int | None = None) -> Visitor:
    """An administrator, signed in at the desk."""
    visitor = writer(place, port=port)
    link = visitor.get(place.sign_in_link())
    entered = visitor.press(link.form())
    assert entered.status == 303, entered.text
    return visitor


def desk_token(visitor: Visitor) -> str:
    """The token that every form of the desk carries."""
    found = re.search(r'name="csrf_token" value="([^"]+)"', visitor.get("/desk/settings/").text)
    assert found
    return found[1]


def approve(visitor: Visitor, token: str, comment: int) -> Answer:
    """Press "Publish" at one comment."""
    own = {"Origin": visitor.site, "Sec-Fetch-Site": "same-origin", "Referer": f"{visitor.site}/desk/"}
    return visitor.post(
        f"/desk/comments/{comment}/decide", {"version": "1", "act": "approve", "csrf_token": token}, own
    )

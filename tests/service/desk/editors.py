"""What a build may have left for the editors' page, in a few words."""

import json
from datetime import datetime, timedelta
from typing import Any

from comments.actions.release import publish_release
from tests.service.web.house import OPEN, START, House

LISTS = ("scheduled", "review", "drafts", "due", "expiring")


def text(title: str, at: datetime, **more: Any) -> dict[str, Any]:
    """One text in a list."""
    usual = {"kind": "article", "language": "en", "authors": ["Ada Author"], "file": "content/x.md", "path": ""}
    return usual | {"title": title, "at": at.isoformat()} | more


def link(url: str, **more: Any) -> dict[str, Any]:
    usual = {"gone": False, "status": None, "reason": "no answer", "failures": 1, "files": ["content/x.md:3"]}
    return usual | {"url": url, "since": (START - timedelta(days=2)).isoformat()} | more


def flaw(what: str, line: int = 3) -> dict[str, Any]:
    return {"file": "content/x.md", "line": line, "what": what, "cure": "Mend it."}


def many(entries: list[dict[str, Any]]) -> dict[str, Any]:
    return {"count": len(entries), "first": entries}


def leave(house: House, *, figures: bool = True, **given: Any) -> None:
    """Write ``var/editors.json`` with these lists; problems, advice and links as lists too."""
    lists = {name: many(given.pop(name, [])) for name in LISTS}
    left = {
        "format": 1,
        "checked": given.pop("checked", START).isoformat(),
        "problems": many(given.pop("problems", [])),
        "advice": many(given.pop("advice", [])),
        "links": {"checked": START.isoformat(), "damaged": False} | many(given.pop("links", [])),
        "figures": {
            "as_of": START.isoformat(),
            "next": given.pop("next", None),
            "months": given.pop("months", {}),
            "lists": lists,
        }
        if figures
        else None,
    } | given
    (house.runtime.var / "editors.json").write_text(json.dumps(left))


def leave_everything(house: House) -> None:
    """Something in every list, and a second release."""
    now = house.clock()
    leave(
        house,
        problems=[flaw("“x” is no date")],
        advice=[flaw("The title is long", 4)],
        links=[link("https://gone.example/" + "long-" * 60, gone=True, status=404), link("javascript:alert(1)")],
        scheduled=[
            text("The first five minutes", now + timedelta(days=9)),
            text("الاستشارة عبر الإنترنت", now + timedelta(days=10), language="ar"),
            text("<script>alert(1)</script> " + "unbroken" * 30, now - timedelta(hours=1), language="fr"),
        ],
        review=[text("Group work", now - timedelta(days=1), kind="page")],
        drafts=[text(f"Draft {number}", now - timedelta(hours=number)) for number in range(12)],
        due=[
            text("Late", now - timedelta(days=40), path=f"/2026/{OPEN}/", by="Ada Author", on="2025-03-14"),
            text("Soon", now + timedelta(days=4), kind="resource", by="Ada Author", on="2025-03-14"),
        ],
        expiring=[text("A law", now + timedelta(days=20), path=f"/2026/{OPEN}/")],
        months={"2026-03": 2, "2026-01": 12, "2024-04": 1, "2024-03": 99},
        next={"at": (now + timedelta(days=4)).isoformat(), "what": "review due", "title": "Soon"},
    )
    publish_again(house)


def publish_again(house: House) -> int:
    """Another release of the same pages."""
    house.clock.move(minutes=1)
    return publish_release(house.output, house.service.publisher, by="command line")

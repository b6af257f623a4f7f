"""``due``: whether something is to appear or to go that readers do not see yet, and what it is."""

import json as jsons
import os
from datetime import datetime, timedelta
from typing import Any

from workshop.building import ask_module

WORDS = {
    "publish": "was to appear",
    "expire": "was to go",
    "close comments": "was to take no more replies",
    "review due": "fell due for review",
}
MOST = 10


def say_due(*, json: bool, as_of: str) -> int:
    """Say it. Returns 1 when something is due, 0 when not, 2 when that cannot be told."""
    as_of = as_of or os.environ.get("PN_AS_OF", "")
    asked = ask_module("comments", "due", "--json", *(["--as-of", as_of] if as_of else []))
    try:
        told: dict[str, Any] = jsons.loads(asked.said)
    except ValueError:
        return 2  # why was said already
    events = _events(told) if told.get("why") == "passed" else []
    if json:
        print(jsons.dumps(told | {"events": events}, ensure_ascii=False))
        return asked.code
    print(told.get("sentence") or told.get("trouble"))
    for event in events[:MOST]:
        print(f"  {event['at'][:16].replace('T', ' ')}  “{event['title']}” {WORDS[event['kind']]} ({event['file']})")
    if len(events) > MOST:
        print(f"  … and {len(events) - MOST} more")
    return asked.code


def _events(told: dict[str, Any]) -> list[dict[str, str]]:
    """What has come since, as the texts say now; nothing where they cannot be read."""
    before = datetime.fromisoformat(told["next_event"]) - timedelta(seconds=1)
    asked = ask_module("publication", "events", "--after", before.isoformat(), "--until", told["now"])
    try:
        found: list[dict[str, str]] = jsons.loads(asked.said)
    except ValueError:
        return []
    return found

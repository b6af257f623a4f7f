"""Where this installation keeps its state, and what its current release says of itself."""

import json
import os
from pathlib import Path
from typing import Any

from workshop.bootstrap import ROOT


def var() -> Path:
    """The folder of its state."""
    return ROOT / (os.environ.get("PN_VAR") or "var")


def current_manifest() -> dict[str, Any]:
    """What the release that readers see says of itself; nothing where there is none."""
    try:
        told: dict[str, Any] = json.loads((var() / "current" / "threads.json").read_bytes())
    except (OSError, ValueError):
        return {}
    return told


def current_number() -> int | None:
    """The number of the release that readers see; None where there is none."""
    try:
        name = (var() / "current").readlink().name
    except OSError:
        return None
    return int(name) if name.isdigit() else None


def is_held() -> bool:
    """Whether somebody put an earlier release back, so that nothing is published by itself (see comments due)."""
    shown = current_number()
    kept = (var() / "releases").glob("[1-9]*/release.json")
    numbers = (int(file.parent.name) for file in kept if file.parent.name.isdigit())
    return shown is not None and any(number > shown for number in numbers)


def current_site_url() -> str:
    """The site's address, as the service knows it; empty where nothing was published yet."""
    own = current_manifest().get("site", {}).get("url", "")
    return (os.environ.get("PN_SITE_URL") or own).rstrip("/") if own else ""

"""Previews as a build leaves them, for the tests of what is done with them."""

import json
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import mkdtemp

from comments.actions.previews import FOLDER, Preview, keep_preview

PAGE = '<!doctype html><link rel="stylesheet" href="theme/css/site.{mark}.css"><main>{words}</main>'


def built(var: Path, until: datetime, words: str = "Embargoed words.", **more: str) -> Path:
    """A folder with a preview, before it is kept."""
    (var / FOLDER).mkdir(mode=0o700, exist_ok=True)
    folder = Path(mkdtemp(prefix=".new-", dir=var / FOLDER))
    mark = more.pop("mark", "0123456789")
    files = {
        "index.html": PAGE.format(words=words, mark=mark),
        f"theme/css/site.{mark}.css": f"/* {mark} */",
        f"media/{more.pop('picture', 'plan')}.svg": "<svg/>",
    }
    for name, text in files.items():
        path = folder / "public" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    about = {"id": "hidden", "file": "content/articles/2026/hidden.md", "title": "Hidden"} | more
    (folder / "preview.json").write_text(json.dumps(about | {"until": until.isoformat()}))
    return folder


def preview(var: Path, now: datetime, words: str = "Embargoed words.", days: int = 14, **more: str) -> Preview:
    """One that can be seen."""
    return keep_preview(var, built(var, now + timedelta(days=days), words, **more), now)

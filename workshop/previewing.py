"""``preview``: shows one text that is not published to whoever has its address, on the site that is running."""

import json
import shutil
import sys
import tempfile
import urllib.error
import urllib.request
from datetime import UTC, datetime, timedelta
from pathlib import Path

from workshop.bootstrap import ROOT
from workshop.building import ask_module, hear_module, run_module
from workshop.installation import current_site_url, var

MOST_DAYS = 365
SECONDS = 5.0  # for the site to answer


def preview(name: str, days: str) -> int:
    """Build the text with this id or file as it will be, and print where it is seen. Returns an exit code."""
    if not name:
        return _fail("Which text? Type its file or its id: python3 tasks.py preview content/articles/2026/my-text.md")
    if not (days.isascii() and days.isdigit() and 0 < len(days) < 5 and 0 < int(days) <= MOST_DAYS):
        return _fail(f"“{days}” is no number of days. Type one from 1 to {MOST_DAYS}, or leave --days out.")
    if why_not := _no_text(name):
        return _fail(why_not)
    url = current_site_url()
    if not url:
        return _fail("There is no site yet that could show it. Start one: python3 tasks.py serve")
    folder = var() / "previews"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(prefix=".new-", dir=folder))  # nobody but us can look into it
    try:
        return _make(name, datetime.now(UTC) + timedelta(days=int(days)), url, made)
    finally:
        shutil.rmtree(made, ignore_errors=True)


def list_previews() -> int:
    """Print every preview that can be seen. Returns an exit code."""
    return run_module("comments", "previews")


def end_preview(name: str) -> int:
    """End the preview of the text with this id or file, or ``all``. Returns an exit code."""
    return run_module("comments", "end-preview", "--", name)


def _make(name: str, until: datetime, url: str, made: Path) -> int:
    # On a server the site was built with the server's settings; those ask for https.
    settings = "publishconf.py" if url.startswith("https://") else "pelicanconf.py"
    arguments = ["pelican", str(ROOT / "content"), "-s", str(ROOT / settings), "-o", str(made), "-q"]
    arguments += ["-e", 'PLUGINS=["plugins.writer", "plugins.preview"]']
    told = {"PN_SITE_URL": url, "PN_PREVIEW": name, "PN_PREVIEW_UNTIL": until.isoformat(timespec="seconds")}
    built = hear_module(*arguments, environment=told)
    if built.code:
        return _fail(built.said.strip())
    kept = ask_module("comments", "keep-preview", str(made))
    if kept.code:
        return kept.code  # it has said why
    record = json.loads(kept.said)
    print(f"“{record['title']}” can be seen until {record['words']}, by whoever has this address:\n")
    print(f"  {record['address']}\n")
    print(f"After a change, type the same again; the address stays. To end it: --end {record['id']}")
    if why_not := _unseen(record["address"], url):
        print(f"\n{why_not}")
    return 0


def _no_text(name: str) -> str:
    """Why there is no text of this file; empty where there may be one, or where it is an id."""
    path = ROOT / name
    if path.is_dir():
        return f"{name} is a folder. Type the file of one text in it, or its id."
    if (path.suffix == ".md" or "/" in name) and not path.exists():
        return f"There is no file {name}. Type it from the folder of the publication on: content/articles/…, or its id."
    return ""


def _unseen(address: str, url: str) -> str:
    """Why the preview cannot be seen just now; empty where it can."""
    # The address is a secret: no proxy is asked.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(urllib.request.Request(address, method="HEAD"), timeout=SECONDS):  # noqa: S310 - the site's own
            return ""
    except urllib.error.HTTPError as error:
        error.close()
        return (
            f"{url} answers, but does not show it yet (status {error.code}). Is the service the newest, and does the "
            "web server pass /preview/ on to it? deploy/nginx.conf shows how."
        )
    except (OSError, ValueError):
        return (
            f"But nothing answers at {url} just now. It can be seen once the service runs: "
            "python3 tasks.py serve, or on a server: systemctl start practice-notes"
        )


def _fail(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 1

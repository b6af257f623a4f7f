"""From the front page, by links alone: a reader without a script gets everywhere."""

import json
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser

SITE = "http://localhost:8000"


def walk(site: Path) -> set[str]:
    """The paths of all pages that links lead to, the front page first."""
    seen, ahead = set[str](), ["/"]
    while ahead:
        path = ahead.pop()
        file = site / path.strip("/")
        page = file / "index.html" if file.is_dir() else file
        if path in seen or page.suffix != ".html" or not page.is_file():
            continue
        seen.add(path)
        links = LexborHTMLParser(page.read_bytes()).css("body a[href]")
        found = (urlsplit(urljoin(SITE + path, link.attributes["href"] or "")) for link in links)
        ahead += [link.path for link in found if f"{link.scheme}://{link.netloc}" == SITE]
    return seen


def test_every_page_for_readers_is_reached_by_links_from_the_front_page(sample_site: Path) -> None:
    reached = walk(sample_site)

    pages = {f"/{page.parent.relative_to(sample_site).as_posix()}/" for page in sample_site.rglob("index.html")}
    for_readers = {path.replace("/./", "/") for path in pages if not is_redirect(sample_site, path)}
    unreached = for_readers - reached
    # A value that no resource has keeps its address for those who come from elsewhere.
    assert {path for path in unreached if not is_empty_list(sample_site, path)} == set()
    threads = json.loads((sample_site / "threads.json").read_bytes())["threads"].values()
    assert {thread["path"] for thread in threads} <= reached
    assert len([path for path in reached if path.startswith("/resources/")]) > 64


def is_redirect(site: Path, path: str) -> bool:
    return b'http-equiv="refresh"' in (site / path.strip("/") / "index.html").read_bytes()


def is_empty_list(site: Path, path: str) -> bool:
    page = LexborHTMLParser((site / path.strip("/") / "index.html").read_bytes())
    return path.startswith("/resources/") and not page.css("main .entry")

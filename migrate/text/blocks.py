"""Gutenberg's blocks: comments in the HTML that say what stands between them, or what WordPress made by itself.

The grammar is that of ``@wordpress/block-serialization-default-parser``: ``<!-- wp:name {json} -->``.
"""

import html
import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from migrate.text.findings import Findings

_COMMENT = re.compile(
    r"<!--\s+(?P<end>/)?wp:(?P<name>[a-z][a-z0-9_-]*(?:/[a-z][a-z0-9_-]*)?)\s+(?P<json>\{(?:(?!\}\s+/?-->).)*\}\s+)?(?P<void>/)?-->",
    re.DOTALL,
)
# Their HTML says everything: the comment is only for WordPress's editor.
_PLAIN_NAMES = """
paragraph heading list list-item quote pullquote image gallery columns column table code preformatted verse
separator button buttons audio video file cover media-text details group html shortcode freeform classic
text-columns subhead missing embed accordion accordion-item accordion-heading accordion-panel math
"""
_PLAIN = frozenset(_PLAIN_NAMES.split())
_HIGHLIGHTED = "syntaxhighlighter/code"  # says its language in the comment only
_SPACE = frozenset(["more", "nextpage", "spacer"])
# Made anew at every visit from the rest of the site: a page of ours has its own ways for each of them.
_MADE_NAMES = """
archives avatar calendar categories comments home-link latest-comments latest-posts loginout navigation
navigation-link page-list query query-loop read-more rss search site-logo site-tagline site-title tag-cloud
template-part term-description social-links social-link post-template query-title query-pagination
query-pagination-next query-pagination-previous query-pagination-numbers query-no-results comment-template
footnotes breadcrumbs page-list-item navigation-submenu pattern
"""
_MADE = frozenset(_MADE_NAMES.split())


def unfold(content: str, findings: Findings, reusable: Callable[[int], str] = lambda _: "") -> str:
    """``content`` as HTML without blocks. ``reusable`` gives the text of a block that is kept apart by its number.

    What WordPress made by itself is left out, and what is unknown kept; both are told.
    """
    parts: list[str] = []
    at = begun = 0
    line, language = 1, ""
    for found in _COMMENT.finditer(content):
        parts.append(content[at : found.start()].replace("<pre", f'<pre lang="{language}"' if language else "<pre", 1))
        language = ""
        at = found.end()
        if found["name"] == _HIGHLIGHTED:
            language = html.escape(str(_attributes(found["json"]).get("language", "plain")))
        elif not found["end"]:
            line, begun = line + content.count("\n", begun, found.start()), found.start()
            parts.append(
                _opened(found["name"].removeprefix("core/"), _attributes(found["json"]), findings, reusable, line)
            )
    parts.append(content[at:])
    return "".join(parts)


def has_blocks(content: str) -> bool:
    """Whether the text was written in the block editor."""
    return "<!-- wp:" in content


def _opened(
    name: str, attributes: Mapping[str, Any], findings: Findings, reusable: Callable[[int], str], line: int
) -> str:
    if name == "block":
        number = attributes.get("ref")
        text = reusable(number) if isinstance(number, int) else ""
        if not text:
            findings.add("block", "a reusable block that is not in the export", line)
        # One that shows itself, over others or not, ends there.
        return unfold(text, findings, lambda other: "" if other == number else reusable(other))
    if name == "social-link":
        return _link(str(attributes.get("url", "")), str(attributes.get("service", "")))
    if name.startswith("core-embed/") or name in _PLAIN or name in _SPACE:
        return ""
    if name in _MADE or name.startswith(("post-", "comment-", "comments-")):
        if name != "footnotes":
            findings.add("made", f"the block {name}, which WordPress filled by itself", line)
        return ""
    findings.add("block", f"the unknown block {name}; its text is kept", line)
    return ""


def _link(address: str, name: str) -> str:
    if not address or address == "#":
        return ""
    return f'<p><a href="{html.escape(address)}">{html.escape(name or address)}</a></p>'


def _attributes(written: str | None) -> Mapping[str, Any]:
    try:
        found = json.loads(written) if written else {}
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}

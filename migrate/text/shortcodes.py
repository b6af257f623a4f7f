"""WordPress's own shortcodes as HTML. What is unknown stays as it was typed, and is told."""

import html
import re
from collections.abc import Callable, Sequence

from migrate.text import layouts, players
from migrate.text.findings import Findings

_CODE = re.compile(r"(<(?:pre|code)\b.*?</(?:pre|code)\s*>|\[\[[^\[\]]*\]\])", re.DOTALL | re.IGNORECASE)
_ATTRIBUTE = re.compile(r"([\w-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'\]]+))")
_CAPTION = re.compile(r"\[(?:wp_)?caption\b([^\[\]]*)\](.*?)\[/(?:wp_)?caption\]", re.DOTALL)
_EMBED = re.compile(r"\[embed\b[^\[\]]*\]\s*(.*?)\s*\[/embed\]", re.DOTALL)
_SOUND = re.compile(r"\[(audio|video|playlist)\b([^\[\]]*)\](?:\s*\[/\1\])?")
_GALLERY = re.compile(r"\[gallery\b([^\[\]]*)\]")
_BARE_ADDRESS = re.compile(r"^[ \t]*(https?://[^\s<>\"]+)[ \t]*$", re.MULTILINE)
_PICTURE = re.compile(r"\s*((?:<a\b[^<>]*>\s*)?<img\b[^<>]*>(?:\s*</a>)?)(.*)", re.DOTALL | re.IGNORECASE)
# A word in brackets is a shortcode only where it has attributes, closes, or has a name no sentence would use.
_UNKNOWN = re.compile(r"\[(?P<name>[a-z][A-Za-z0-9_-]+)(?P<more>(?:\s+[\w-]+=[^\[\]]*)?)\s*/?\]")
_NOTE = re.compile(
    r"\s*\[(ref|fn|footnote|efn_note|mfn|modern_footnote)(?:\s[^\[\]]*)?\](.{1,5000}?)\[/\1\]", re.DOTALL
)
_BREAK = re.compile(r"<!--\s*(?:more|nextpage|noteaser)\b.*?-->", re.DOTALL)
_SOURCES = ("src", "mp3", "m4a", "ogg", "wav", "mp4", "m4v", "webm", "ogv", "flv")

Pictures = Callable[[Sequence[int]], Sequence[tuple[str, str, str]]]  # numbers → address, alt, caption of each


def lift_notes(text: str, notes: dict[str, str]) -> str:
    """``text`` with the notes that shortcodes put into it as marks; the words of each go to ``notes``."""

    def lift(match: re.Match[str]) -> str:
        name = f"typed-{len(notes) + 1}"
        notes[name] = match[2].strip()
        return f'<sup data-fn="{name}"></sup>'

    return "".join(part if index % 2 else _NOTE.sub(lift, part) for index, part in enumerate(_CODE.split(text)))


def resolve(text: str, findings: Findings, pictures: Pictures, of_text: Callable[[], Sequence[int]]) -> str:
    """``text`` with shortcodes as HTML. ``of_text`` gives the numbers of the pictures uploaded to this text."""
    return "".join(
        part if index % 2 else _resolve(part, findings, pictures, of_text)
        for index, part in enumerate(_CODE.split(text))
    )


def _resolve(text: str, findings: Findings, pictures: Pictures, of_text: Callable[[], Sequence[int]]) -> str:
    text = _CAPTION.sub(_figure, _BREAK.sub("\n\n", text))
    text = _EMBED.sub(lambda match: _link(match[1]), text)
    text = _SOUND.sub(lambda match: _sound(match, findings), text)
    text = _GALLERY.sub(lambda match: _gallery(match[1], pictures, of_text) or _empty(match, findings), text)
    text = layouts.without_layout(players.as_links(text), findings)
    text = _BARE_ADDRESS.sub(lambda match: _link(html.unescape(match[1])), text)
    for match in _UNKNOWN.finditer(text):
        if match["more"] or "_" in match["name"] or f"[/{match['name']}]" in text:
            findings.add(
                "shortcode",
                f"the shortcode [{match['name']}], kept as it was typed",
                text.count("\n", 0, match.start()) + 1,
            )
    return text


def attributes(written: str) -> dict[str, str]:
    """``name="value"`` pairs of a shortcode."""
    return {
        name.lower(): html.unescape(double or single or bare)
        for name, double, single, bare in _ATTRIBUTE.findall(written)
    }


def _figure(match: re.Match[str]) -> str:
    inner = _PICTURE.match(match[2])
    if not inner:
        return match[2]
    caption = attributes(match[1]).get("caption") or inner[2].strip()
    return f"\n\n<figure>{inner[1]}<figcaption>{caption}</figcaption></figure>\n\n"


def _sound(match: re.Match[str], findings: Findings) -> str:
    given = attributes(match[2])
    bare = re.search(r"https?://[^\s\"'|]+", match[2])
    source = next((given[name] for name in _SOURCES if given.get(name)), bare[0] if bare else "")
    if not source:
        line = match.string.count("\n", 0, match.start()) + 1
        findings.add("shortcode", f"the shortcode [{match[1]}], which names no file, left out", line)
    return _link(source)


def _gallery(written: str, pictures: Pictures, of_text: Callable[[], Sequence[int]]) -> str:
    given = attributes(written)
    ids = [int(one) for one in re.findall(r"[0-9]{1,15}", given.get("ids") or given.get("include") or "")]
    shown = []
    for address, alt, caption in pictures(ids or of_text()):
        words = f"<figcaption>{html.escape(caption)}</figcaption>" if caption else ""
        shown.append(f'<figure><img src="{html.escape(address)}" alt="{html.escape(alt)}">{words}</figure>')
    return '\n\n<div class="gallery">' + "\n".join(shown) + "</div>\n\n" if shown else ""


def _empty(match: re.Match[str], findings: Findings) -> str:
    line = match.string.count("\n", 0, match.start()) + 1
    findings.add("shortcode", "the gallery of which the export names no picture, left out", line)
    return ""


def _link(address: str) -> str:
    plain = html.escape(html.unescape(address.strip()))
    return f'\n\n<p><a href="{plain}">{plain}</a></p>\n\n' if plain.startswith(("http://", "https://", "/")) else ""

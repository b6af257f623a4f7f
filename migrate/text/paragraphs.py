"""WordPress's classic text, in which an empty line begins a paragraph and a new line breaks one (``wpautop``)."""

import re

_BLOCK = (
    "table|thead|tfoot|caption|col|colgroup|tbody|tr|td|th|div|dl|dd|dt|ul|ol|li|pre|form|map|area|blockquote|"
    "address|style|p|h[1-6]|hr|fieldset|legend|section|article|aside|hgroup|header|footer|nav|figure|figcaption|"
    "details|menu|summary|iframe|video|audio|script|noscript"
)
_KEPT = re.compile(r"<(pre|script|style|textarea)\b.*?</\1\s*>", re.DOTALL | re.IGNORECASE)
_OPENING = re.compile(rf"(<(?:{_BLOCK})\b[^<>]*>)", re.IGNORECASE)
_CLOSING = re.compile(rf"(</(?:{_BLOCK})\b[^<>]*>|<hr\b[^<>]*>)", re.IGNORECASE)
_STARTS_WITH_BLOCK = re.compile(rf"</?(?:{_BLOCK})\b", re.IGNORECASE)
_BREAK_AT_BLOCK = re.compile(rf"(</?(?:{_BLOCK})\b[^<>]*>)\s*<br>|<br>(?=\s*</?(?:{_BLOCK})\b)", re.IGNORECASE)
_GAP = re.compile(r"\n\s*\n")
_HELD = re.compile("\ue000([0-9]+)\ue001")


def with_paragraphs(text: str) -> str:
    """``text`` with ``<p>`` and ``<br>`` where WordPress would have shown them."""
    held: list[str] = []

    def hold(match: re.Match[str]) -> str:
        held.append(match[0])
        return f"\n\n\ue000{len(held) - 1}\ue001\n\n"

    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\ue000", "").replace("\ue001", "")
    apart = _CLOSING.sub(r"\1\n\n", _OPENING.sub(r"\n\n\1", _KEPT.sub(hold, plain)))
    shown = "\n".join(_shown(piece.strip("\n ")) for piece in _GAP.split(apart) if piece.strip())
    return _HELD.sub(lambda match: held[int(match[1])], shown)


def _shown(piece: str) -> str:
    if _HELD.fullmatch(piece):
        return piece
    if _STARTS_WITH_BLOCK.match(piece):
        return _BREAK_AT_BLOCK.sub(lambda found: found[1] or "", _breaks(piece))
    return f"<p>{_breaks(piece)}</p>"


def _breaks(piece: str) -> str:
    lines = [line.strip() for line in piece.split("\n")]
    return "\n".join(
        line if re.search(r"<br\s*/?>$", line) or at == len(lines) - 1 else f"{line}<br>"
        for at, line in enumerate(lines)
    )

"""Words as Markdown that means just these words."""

import re

# To Python-Markdown a star between blanks is a star, an underscore in a word an underscore, and a backslash before a
# letter a backslash.
_SIGNS = re.compile(
    r"\\(?=[\\`*_{}\[\]()<>#+.!|&-]|$)|[`\[\]]|(?<!\s)\*|\*(?!\s)|(?<![^\W_])_|_(?![^\W_])", re.MULTILINE
)
# What holds signs that mean something, and escaped brackets between them.
_BRACKETS = re.compile(
    r"(?P<ticks>`+)(?!`).+?(?<!`)(?P=ticks)(?!`)"
    r"|!?\[(?:\\.|!\[[^\]]*\]\([^)]*\)|[^\[\]\\])*\]\([^\s)]*(?: \"[^\"]*\")?\)"
    r"|<[^<>\s][^<>]*>|\\(?P<sign>[^\n])",
    re.DOTALL,
)
_TAG = re.compile(r"<(?=[A-Za-z/!?])")
_ENTITY = re.compile(r"&(?=#?[A-Za-z0-9]{1,32};)")
_LINE_START = re.compile(r"(#|>|[-+*](?=\s|$|-)|=+\s*$|~~~|\|)")
_NUMBERED = re.compile(r"([0-9]{1,9})([.)])(?=\s|$)")
_SPACES = re.compile(r"[ \t\r\n\f\v]+")
_UNSAFE = re.compile(r"[\s<>\"'()\\`|]")


def words(text: str) -> str:
    """Text inside a line, blanks folded, with nothing in it that Markdown or HTML would read as a sign."""
    plain = _TAG.sub("&lt;", _ENTITY.sub("&amp;", _SPACES.sub(" ", text)))
    return _SIGNS.sub(r"\\\g<0>", plain).replace(r"\[^", "&#91;^")  # which would be a footnote's mark


def relaxed(text: str) -> str:
    """A whole paragraph without the backslashes before brackets that make no link."""
    return _BRACKETS.sub(_relaxed, text)


def _relaxed(match: re.Match[str]) -> str:
    sign, text, end = match["sign"], match.string, match.end()
    if sign == "]" and not re.match(r" ?\\?\[|\(", text[end : end + 3]):
        return sign
    if sign == "[" and not _defines(text, match.start(), end):
        return sign
    return match[0]


def _defines(text: str, start: int, end: int) -> bool:
    """Whether the bracket begins a line such as ``[name]: words``, which would be where a link leads."""
    return (start == 0 or text[start - 1] == "\n") and bool(re.match(r"[^\]\n]*\]:", text[end:]))


def line_start(line: str) -> str:
    """A line of a paragraph that does not begin like a heading, list, quotation or rule."""
    return _NUMBERED.sub(r"\1\\\2", _LINE_START.sub(r"\\\1", line, count=1), count=1) if _begins(line) else line


def _begins(line: str) -> bool:
    return bool(_LINE_START.match(line) or _NUMBERED.match(line))


def destination(address: str) -> str:
    """An address as it can stand between ( and )."""
    return _UNSAFE.sub(lambda match: f"%{ord(match[0]):02X}" if ord(match[0]) < 128 else "", address.strip())


def caption(text: str) -> str:
    """A caption as it can stand in quotation marks behind a picture's address."""
    pairs = iter("“”" * (text.count('"') // 2 + 1))
    plain = "".join(next(pairs) if sign == '"' else sign for sign in _SPACES.sub(" ", text).strip())
    return (
        plain.replace("\\", "").replace("(", "[").replace(")", "]")
        if plain.count("(") != plain.count(")")
        else plain.replace("\\", "")
    )


def alternative(text: str) -> str:
    """Words for those who do not see a picture, as they can stand between [ and ]."""
    return (
        _SPACES.sub(" ", text)
        .strip()
        .translate({ord("["): "(", ord("]"): ")", ord("\\"): None, ord("`"): "'", ord("<"): "‹", ord(">"): "›"})
    )

"""Code in old texts: the shortcodes of highlighters, and ``<pre>`` with code that nobody had escaped."""

import html
import re

# SyntaxHighlighter and the like name the language by themselves; CodeColorer puts switches into the name.
_LANGUAGES_NAMES = """
actionscript3 arduino as3 bash c cf clojure coldfusion cpp csharp css delphi diff erlang fsharp go groovy haskell html
java javafx javascript js json jsx julia latex lua matlab objc perl php plain powershell python r ruby rust scala
shell sql swift text typescript vb vbnet xml yaml
"""
LANGUAGES = frozenset(_LANGUAGES_NAMES.split())
_NAMES = "|".join(
    [*sorted(LANGUAGES), "code", "sourcecode", "source", "highlight", "codeblock", "cc[inelwbstNEILWBST]*"]
)
_FOUND = re.compile(
    rf"(?P<whole><pre\b(?P<pre>[^<>]*)>(?P<inside>.*?)</pre\s*>|<code\b.*?</code\s*>)"
    rf"|(?<!\[)\[(?P<name>(?:{_NAMES})(?:_(?P<after>[a-z0-9]+))?)(?P<more>(?:[\s=][^\[\]]*)?)\](?P<code>.*?)\[/(?P=name)\]",
    re.DOTALL | re.IGNORECASE,
)
_LANGUAGE = re.compile(r"""(?:\b(?:lang|language)\s*=\s*|^=)["']?([A-Za-z0-9+#-]{1,20})""")
_OF_PRE = re.compile(r"""\blang\s*=|\bbrush:|\bline\s*=""")
# Tags that editors and highlighters put into <pre>; anything else in there is code.
_MARKUP = re.compile(r"</?(?:span|code|br|em|strong|b|i|u|a|p|div|font|ins|del|mark)\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"<[A-Za-z?!/]")
_LINE = re.compile(r"<br\s*/?>\n?|</p>\s*<p\b[^<>]*>", re.IGNORECASE)
_PARAGRAPH = re.compile(r"</?p\b[^<>]*>", re.IGNORECASE)


def as_pre(text: str) -> str:
    """``text`` with each piece of code as ``<pre>``, so that what is in it stays as it was typed."""
    return _FOUND.sub(_written, text)


def _written(match: re.Match[str]) -> str:
    if match["whole"] and match["pre"] is None:
        return _lines_of_code(match)
    if match["whole"]:
        raw = match["inside"] or ""
        if not _OF_PRE.search(match["pre"] or "") or "&lt;" in raw or not _TAG.search(_MARKUP.sub("", raw)):
            return match["whole"]
        return f"<pre{match['pre']}>{html.escape(html.unescape(raw), quote=False)}</pre>"
    named = _LANGUAGE.search(match["more"].strip())
    name = match["name"].lower()
    language = match["after"] or (named[1] if named else "") or (name if name in LANGUAGES else "")
    code = _PARAGRAPH.sub("", _LINE.sub("\n", match["code"]))
    if re.search("&(?:lt|gt|amp|quot|#[0-9]+);", code) and "<" not in code:
        code = html.unescape(code)
    given = f' lang="{html.escape(language.lower())}"' if language else ""
    if "\n" not in code.strip():
        return f"<code>{html.escape(code.strip(), quote=False)}</code>" if not language else _block(given, code)
    return _block(given, code)


def _lines_of_code(match: re.Match[str]) -> str:
    """``<code>`` with several whole lines in it is a block, as WordPress would else break it into paragraphs."""
    whole, before, after = match["whole"], match.string[: match.start()], match.string[match.end() :]
    if "\n" not in whole or before.rstrip(" ")[-1:] not in ("", "\n") or after.lstrip(" ")[:1] not in ("", "\n"):
        return whole
    return f"\n\n<pre{whole[5:-7].rstrip()}</pre>\n\n"


def _block(given: str, code: str) -> str:
    return f"\n\n<pre{given}>{html.escape(code.strip(chr(10)), quote=False)}</pre>\n\n"


def language_of(attributes: dict[str, str]) -> str:
    """The language that ``<pre>`` or the ``<code>`` in it names, as it can stand behind ```; empty if none."""
    named = attributes.get("lang") or attributes.get("data-language") or attributes.get("data-enlighter-language", "")
    css = attributes.get("class", "")
    found = re.search(r"(?:\blang(?:uage)?-|\bbrush:\s*)([A-Za-z0-9+#-]{1,20})", css)
    alone = next((one for one in css.lower().split() if one in LANGUAGES), "")
    language = (named or (found[1] if found else alone)).lower()
    sound = re.fullmatch(r"[a-z0-9+#-]{1,20}", language)
    return language if sound and language not in ("plain", "text", "none", "generic", "raw", "default") else ""

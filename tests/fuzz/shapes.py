"""What may arrive from outside: texts, bodies, addresses, headers, tokens; most of it nothing anybody should send."""

import json
from typing import Any
from urllib.parse import quote, urlencode

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from tests.service.markup.hostile import COMMENTS, NAMES, SHAPES, WEBSITES
from tests.service.web.house import CLOSED, FRENCH, OFF, OPEN

THREADS = (*[OPEN] * 12, FRENCH, FRENCH, CLOSED, OFF, "nowhere", "../keys", "", "%2e%2e")
FIELDS = ("comment", "name", "email", "website", "parent", "leave_empty", "notify", "token", "change", "do", "version")
PIECES = (
    "\x00", "\x01", "\x1b[31m", "\x85", "\u2028", "\u202e", "\u200b", "\ufeff", "\ufffe", "\u0338", "\u0301" * 40,
    "\r\n", "\n\n", "<!--", "-->", "<!--thread:ten-minutes-->", "<!--/thread:ten-minutes-->", "]]>", "<script>",
    "{{7*7}}", "{0.__class__}", "\\g<0>", "%s%n", "=?UTF-8?Q?=0A?=", "' OR 1=1 --", "javascript:alert(1)",
    "[x](javascript:alert(1))", "![x](https://hostile.example/x.png)", "https://hostile.example/ ", "```", "> " * 30,
    "* " * 30, "\U0001f469\u200d\U0001f4bb", "مرحبا", "＜script＞", "&#x202e;", "&lt;b&gt;", "NUL", "١٢",
)  # fmt: skip
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "get", "X")
NUMBERS = ("1", "0", "-1", "2", "999999999999999", "9" * 19, "9" * 5000, "1.0", "0x1", "١", " 1", "1e3", "NaN")

anything: SearchStrategy[str] = st.text(st.characters(codec="utf-8"), max_size=60)
pieces = st.lists(st.sampled_from(PIECES) | anything, max_size=6).map("".join)
endless = st.builds(
    lambda piece, times: piece * times, st.sampled_from(PIECES) | st.sampled_from(SHAPES), st.integers(1, 2500)
)
texts = pieces | pieces | anything | st.sampled_from(COMMENTS) | endless.map(lambda text: text[:45_000])
good_texts = st.builds("What {} taught me, {}.".format, pieces, st.integers(0, 10**9))
names = st.sampled_from(NAMES) | anything | pieces | st.just("Ada Specimen") | st.integers(240, 250).map("é".__mul__)
addresses = (
    st.builds(
        "{}@{}.example.org".format,
        st.from_regex(r"[a-z0-9.+_-]{1,30}", fullmatch=True),
        st.sampled_from(("mail", "büro", "x" * 70)),
    )
    | anything
)
websites = st.sampled_from(WEBSITES) | anything | st.builds("https://{}/{}".format, anything, anything) | st.just("")
parents = st.just("") | st.sampled_from(NUMBERS)


def forms(tokens: SearchStrategy[str]) -> SearchStrategy[dict[str, str]]:
    """The fields of a reply: many good enough to be taken, many with one odd field, some with anything in them."""
    usual = {"name": st.just("Ada Specimen"), "email": st.just("fuzz@mail.example.org"), "website": st.just("")}
    good = st.fixed_dictionaries({"comment": good_texts, "token": tokens, **usual})
    fields = {"comment": texts, "name": names, "email": addresses, "website": websites, "parent": parents}
    odd = st.one_of([st.tuples(st.just(name), values) for name, values in fields.items()])
    one_odd = st.builds(lambda fields, other: fields | dict([other]), good, odd)
    optional = {"leave_empty": st.sampled_from(("", "x")), "notify": anything, "change": anything}
    all_odd = st.fixed_dictionaries(fields | {"token": tokens}, optional=optional)
    return good | one_odd | one_odd | all_odd | st.dictionaries(st.sampled_from(FIELDS) | anything, texts, max_size=8)


json_values: SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(anything, inner, max_size=4),
    max_leaves=8,
)


def json_bodies(tokens: SearchStrategy[str]) -> SearchStrategy[bytes]:
    """Mostly objects of the right shape, then objects of any shape, then bytes that are nearly or hardly JSON."""
    whole = forms(tokens).map(lambda fields: json.dumps(fields).encode())
    odd = st.dictionaries(st.sampled_from(FIELDS), json_values, max_size=8).map(
        lambda found: json.dumps(found).encode()
    )
    surrogates = st.sampled_from(
        (b'{"comment": "\\ud800"}', b'{"\\udfff": "x"}', b'{"name": "\\u0000"}', b"\xef\xbb\xbf{}")
    )
    damaged = st.builds(
        lambda body, at, byte: body[:at] + byte + body[at:], whole, st.integers(0, 200), st.binary(max_size=3)
    )
    return (
        whole
        | whole
        | odd
        | damaged
        | surrogates
        | st.binary(max_size=200)
        | json_values.map(lambda v: json.dumps(v).encode())
    )


def form_bodies(tokens: SearchStrategy[str]) -> SearchStrategy[bytes]:
    """As browsers send forms, and as nobody should: doubled fields, other encodings, broken escapes."""
    whole = forms(tokens).map(lambda fields: urlencode(fields, errors="surrogatepass").encode())
    doubled = st.lists(st.tuples(st.sampled_from(FIELDS), texts), max_size=30).map(
        lambda pairs: urlencode(pairs, errors="surrogatepass").encode()
    )
    other = st.builds(
        lambda fields, codec: urlencode(fields, encoding=codec, errors="replace").encode(),
        forms(tokens),
        st.sampled_from(("latin-1", "utf-16", "utf-7", "cp1252")),
    )
    damaged = st.builds(
        lambda body, at, byte: body[:at] + byte + body[at:], whole, st.integers(0, 200), st.binary(max_size=3)
    )
    broken = st.sampled_from(
        (b"comment=%", b"comment=%ED%A0%80&name=x", b"%00=%00", b"comment=%C0%AF", b"&&&=&", b";=;")
    )
    return whole | whole | whole | doubled | other | damaged | broken | st.binary(max_size=200)


header_texts = st.text(st.characters(min_codepoint=0x20, max_codepoint=0xFF, exclude_characters="\x7f"), max_size=60)
headers = st.fixed_dictionaries(
    {"Sec-Fetch-Site": st.just("same-origin") | st.sampled_from(("same-origin", "cross-site", "none", ""))},
    optional={
        "Accept": st.sampled_from(("application/json", "text/html", "*/*", "application/json;q=x, text/html;q=", ""))
        | header_texts,
        "Accept-Language": header_texts,
        "Content-Encoding": st.sampled_from(("gzip", "identity", "x")),
        "Cookie": st.builds("__Host-person={}; __Host-desk={}".format, header_texts, header_texts) | header_texts,
        "If-None-Match": header_texts,
        "If-Modified-Since": header_texts,
        "If-Range": header_texts,
        "Range": st.sampled_from(("bytes=0-0", "bytes=-1", "bytes=5-1", "bytes=a-b", "bytes=0-,0-,0-")) | header_texts,
        "Origin": header_texts,
        "Referer": header_texts,
        "User-Agent": header_texts,
        "X-Forwarded-For": st.sampled_from(
            ("203.0.113.9", "::1", "unknown", "1.2.3.4, nonsense", "_hidden", "[::1]:80")
        )
        | header_texts,
        "X-Forwarded-Proto": st.sampled_from(("https", "http", "javascript")) | header_texts,
        "X-Forwarded-Host": header_texts,
        "X-HTTP-Method-Override": st.sampled_from(METHODS),
        "Host": st.sampled_from(("notes.example.org", "notes.example.org:443", "[::1", "evil.example", "a b")),
    },
)
kinds = st.sampled_from(
    ("application/x-www-form-urlencoded", "application/x-www-form-urlencoded; charset=utf-7", "application/json",
     "application/json; charset=latin-1", "multipart/form-data; boundary=x", "multipart/form-data",
     "text/plain", "", "*/*", "/;")
)  # fmt: skip


def altered(genuine: SearchStrategy[str]) -> SearchStrategy[str]:
    """Tokens that were changed on their way: cut, glued, in another case or encoding, with a letter exchanged."""
    letters = st.sampled_from("AZaz09-_.=+/%\x00é ")
    return st.one_of(
        st.builds(lambda token, at: token[: at % len(token)], genuine, st.integers(0, 400)),
        st.builds(
            lambda token, at, sign: token[: at % len(token)] + sign + token[at % len(token) + 1 :],
            genuine,
            st.integers(0, 400),
            letters,
        ),
        st.builds(
            lambda token, at, sign: token[: at % len(token)] + sign + token[at % len(token) :],
            genuine,
            st.integers(0, 400),
            letters,
        ),
        st.builds(lambda one, two: one.partition(".")[0] + "." + two.partition(".")[2], genuine, genuine),
        genuine.map(str.upper),
        genuine.map(lambda token: token * 3),
        genuine.map(lambda token: token.encode().hex()),
        st.sampled_from(("", ".", "..", "x.y", "bnVsbA.x", "W10.", "é.é", "\x00", "null", "A" * 3000)),
        anything,
    )


def paths(rules: list[str], values: SearchStrategy[str]) -> SearchStrategy[str]:
    """Addresses of the URL map with anything in their places, and addresses that nobody has."""
    segment = (
        values | pieces | st.sampled_from(NUMBERS) | st.sampled_from(("..", "%2e%2e", "con", "keys.json", ".page"))
    )

    def filled(rule: str, parts: list[str], query: dict[str, str]) -> str:
        out, rest = "", rule
        for part in parts:
            before, bracket, rest = rest.partition("<")
            out += before
            if not bracket:
                break
            out, rest = out + quoted(part[:300]), rest.partition(">")[2]
        else:
            out += rest.replace("<", "").replace(">", "")
        return (out or "/") + (f"?{urlencode(query, errors='surrogatepass')}" if query else "")

    known = st.builds(
        filled,
        st.sampled_from(rules),
        st.lists(segment, min_size=3, max_size=3),
        st.dictionaries(
            st.sampled_from(("q", "page", "tab", "order", "language", "kind", "back", "next", "at")),
            segment | texts.map(lambda t: t[:500]),
            max_size=4,
        ),
    )
    strange = st.lists(segment, max_size=5).map(lambda parts: quoted("/" + "/".join(parts)[:600]))
    return known | known | strange


def quoted(path: str) -> str:
    """The path as it travels; what is escaped already stays so."""
    return quote(path, safe="/%", errors="surrogatepass")

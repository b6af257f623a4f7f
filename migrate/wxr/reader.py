"""WordPress's export (WXR 1.0 to 1.2) as records, one item at a time: memory does not grow with the file."""

import html
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from migrate.mail_addresses import name_of
from migrate.model import Item, Reply, Site, Term, Writer
from migrate.problems import Unusable
from migrate.wxr.stream import Stream

_NEVER = "0000-00-00"
_MOST_REPLIES = 200_000  # of one item
_MOST_TERMS = 10_000  # of one item
_TERMS = {"wp:category": "category", "wp:tag": "post_tag", "wp:term": ""}
Fields = dict[str, str]


class _Enough(Exception):
    """Nothing more of a file is wanted."""


class Reader:
    """Reads one file and tells whoever listens what is in it. ``zone`` is that of dates without a GMT one."""

    def __init__(self, path: Path, zone: ZoneInfo, *, replies: bool = True) -> None:
        """``replies`` False passes comments over, which takes less time."""
        self.path, self.zone, self._wants_replies = path, zone, replies
        self.site = Site()
        self.on_writer: Callable[[Writer], None] = lambda _: None
        self.on_term: Callable[[Term], None] = lambda _: None
        self.on_item: Callable[[Item], None] = lambda _: None
        self._stack: list[str] = []
        self._channel: Fields = {}
        self._fields: Fields = {}
        self._terms: list[Term] = []
        self._meta: dict[str, str] = {}
        self._reply: Fields = {}
        self._replies: list[Reply] = []
        self._pair: Fields = {}
        self._attributes: dict[str, str] = {}
        self._line = 0
        self.count = 0  # of items

    def run(self, progress: Callable[[int], None] = lambda _: None) -> int:
        """Read the file. Returns how many forbidden characters were left out of it.

        :raise Unusable: it is no export, or not whole.
        """
        stream = Stream(self.path, self._start, self._end)
        stream.run(progress)
        if not self._channel:
            raise Unusable(f"{self.path.name} is no export of WordPress: it has no <channel>.")
        return stream.dropped

    # -- elements -----------------------------------------------------------------------------------------------------

    def _start(self, name: str, attributes: dict[str, str], line: int) -> None:
        if not self._stack and name != "rss":
            raise Unusable(f"{self.path.name} is no export of WordPress: it begins with <{name[:40]}>, not with <rss>.")
        self._stack.append(name)
        if name == "channel":
            self._channel.setdefault("", "")
        if len(self._stack) == 3:
            self._fields, self._terms, self._meta, self._replies, self._line = {}, [], {}, [], line
        elif name == "wp:comment":
            self._reply = {}
        elif name in ("wp:postmeta", "wp:termmeta", "wp:commentmeta"):
            self._pair = {}
        self._attributes = attributes

    def _end(self, name: str, text: str) -> None:
        self._stack.pop()
        depth, above = len(self._stack), self._stack[-1] if self._stack else ""
        if depth == 2:
            self._end_of_part(name, text)
        elif above in ("wp:postmeta", "wp:termmeta", "wp:commentmeta"):
            self._pair[name] = text
        elif above == "wp:comment":
            self._reply[name] = text
        elif name == "wp:postmeta" and above == "item":
            self._meta.setdefault(self._pair.get("wp:meta_key", ""), self._pair.get("wp:meta_value", ""))
        elif name == "wp:comment" and above == "item":
            if self._wants_replies:
                self._end_of_reply()
        elif name == "category" and above == "item":
            if len(self._terms) >= _MOST_TERMS:
                raise Unusable(
                    f"{self.path.name}, line {self._line}: one item has more than {_MOST_TERMS:,} categories and tags. "
                    "Take most of them from it on the old site, and export it again."
                )
            kind = self._attributes.get("domain", "category")
            self._terms.append(Term(kind, self._attributes.get("nicename", ""), _plain(text)))
        elif depth == 3:
            self._fields[name] = text

    def _end_of_part(self, name: str, text: str) -> None:
        if name == "item":
            if not any(field.startswith("wp:") for field in self._fields):
                raise Unusable(
                    f"{self.path.name}, line {self._line}: this is a feed, not an export: what only WordPress tells "
                    "is missing. Export all content from the old site (Tools, Export)."
                )
            self.count += 1
            self.on_item(self._item())
        elif name == "wp:author":
            self.on_writer(_writer(self._fields))
        elif name in _TERMS:
            self.on_term(_term(self._fields, _TERMS[name]))
        else:
            self._channel[name] = text.strip()
            self.site = Site(
                title=_plain(self._channel.get("title", "")),
                url=(self._channel.get("wp:base_blog_url") or self._channel.get("link", "")).rstrip("/"),
                language=self._channel.get("language", ""),
                version=self._channel.get("wp:wxr_version", ""),
                made_by=self._channel.get("generator", ""),
            )

    def _end_of_reply(self) -> None:
        if len(self._replies) >= _MOST_REPLIES:
            raise Unusable(f"{self.path.name}, line {self._line}: one item has more than {_MOST_REPLIES:,} comments.")
        get = self._reply.get
        self._replies.append(
            Reply(
                id=_number(get("wp:comment_id", "")),
                author=_plain(get("wp:comment_author", "")),
                address=get("wp:comment_author_email", "").strip(),
                website=html.unescape(get("wp:comment_author_url", "")).strip(),
                made=self._moment(get("wp:comment_date_gmt", ""), get("wp:comment_date", "")),
                content=get("wp:comment_content", ""),
                approved=get("wp:comment_approved", "").strip(),
                kind=get("wp:comment_type", "").strip(),
                parent=_number(get("wp:comment_parent", "")),
                user=_number(get("wp:comment_user_id", "")),
            )
        )

    def _item(self) -> Item:
        get = self._fields.get
        return Item(
            id=_number(get("wp:post_id", "")),
            kind=get("wp:post_type", "").strip() or "post",
            title=_plain(get("title", "")),
            link=get("link", "").strip(),
            guid=get("guid", "").strip(),
            status=get("wp:status", "").strip(),
            made=self._moment(get("wp:post_date_gmt", ""), get("wp:post_date", ""), get("pubDate", "")),
            modified=self._moment(get("wp:post_modified_gmt", ""), get("wp:post_modified", "")),
            content=get("content:encoded", ""),
            excerpt=get("excerpt:encoded", ""),
            creator=get("dc:creator", "").strip(),
            slug=get("wp:post_name", "").strip(),
            parent=_number(get("wp:post_parent", "")),
            order=_number(get("wp:menu_order", "")),
            password=get("wp:post_password", ""),
            sticky=get("wp:is_sticky", "").strip() == "1",
            terms=tuple(self._terms),
            meta=self._meta,
            file=get("wp:attachment_url", "").strip(),
            comment_status=get("wp:comment_status", "").strip(),
            replies=tuple(self._replies),
            line=self._line,
            identifier=get("dsq:thread_identifier", "").strip(),
        )

    def _moment(self, universal: str, local: str, spoken: str = "") -> datetime | None:
        """The GMT date; else the local one in the site's zone; else the feed's. None when none can be read."""
        for text, zone in ((universal, UTC), (local, self.zone)):
            if text.strip() and not text.strip().startswith(_NEVER):
                try:
                    made = datetime.fromisoformat(text.strip()[:19]).replace(tzinfo=zone).astimezone(UTC)
                except (ValueError, OverflowError):
                    continue
                if 1970 <= made.year <= 9000:
                    return made
        try:
            made = parsedate_to_datetime(spoken.strip()).astimezone(UTC)
        except (ValueError, TypeError, IndexError, OverflowError):
            return None
        return made if 1970 <= made.year <= 9000 else None


def site_of(path: Path, zone: ZoneInfo) -> Site:
    """What a file says before its first item about the site that it is of."""
    reader = Reader(path, zone, replies=False)

    def stop(_: Item) -> None:
        raise _Enough

    reader.on_item = stop
    with suppress(_Enough):
        reader.run()
    return reader.site


def _writer(fields: Fields) -> Writer:
    login = fields.get("wp:author_login", "").strip()
    first, last = fields.get("wp:author_first_name", ""), fields.get("wp:author_last_name", "")
    name = _plain(fields.get("wp:author_display_name", "")) or _plain(f"{first} {last}") or login
    return Writer(login, name_of(name)[0], number=_number(fields.get("wp:author_id", "")))


def _term(fields: Fields, kind: str) -> Term:
    """Categories, tags and other terms each have names of their own for the same things."""
    get = fields.get
    return Term(
        kind=kind or get("wp:term_taxonomy", "").strip(),
        slug=(get("wp:category_nicename") or get("wp:tag_slug") or get("wp:term_slug") or "").strip(),
        name=_plain(get("wp:cat_name") or get("wp:tag_name") or get("wp:term_name") or ""),
        parent=(get("wp:category_parent") or get("wp:term_parent") or "").strip(),
        description=_plain(get("wp:category_description") or get("wp:tag_description") or ""),
        number=_number(get("wp:term_id", "")),
    )


def _plain(text: str) -> str:
    """One line without entities: titles and names are kept as HTML by WordPress."""
    return " ".join(html.unescape(text).split())


def _number(text: str) -> int:
    """A whole number of at most 15 digits; 0 for anything else."""
    word = text.strip()
    return int(word) if word.isascii() and word.isdigit() and len(word) <= 15 else 0

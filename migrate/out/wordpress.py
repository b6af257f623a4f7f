"""The publication as WordPress takes it: WXR 1.2, the comments inside their articles."""

import html
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from comments.model import Comment
from migrate.out import comment as comments
from migrate.out.bodies import render
from migrate.out.plan import Export
from migrate.out.xml import cdata, plain, universal
from publication.records import Article, Page, Text
from publication.slugs import slug

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
  xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
  xmlns:wp="http://wordpress.org/export/1.2/">
<channel>
"""
PROGRAM = "Practice Notes"  # so that an export is known where it comes from
_FOOT = "</channel>\n</rss>\n"
_STATUS = {
    "published": "publish",
    "scheduled": "future",
    "draft": "draft",
    "review": "pending",
    "withdrawn": "private",
    "expired": "private",
}
_NEVER = "0000-00-00 00:00:00"
_NO_COMMENTS = ("closed", "off")


def write(export: Export) -> Iterator[str]:
    """The file, an item at a time."""
    if len(export.publication.resources):
        export.left["resources, which WordPress does not know"] += len(export.publication.resources)
    yield from _Writer(export).pieces()


@dataclass
class _Writer:
    export: Export
    _media: dict[str, int] = field(default_factory=dict)
    _users: dict[tuple[int, str], int] = field(default_factory=dict)  # account and name of an author → number

    @property
    def _site(self) -> str:
        """Who signs what names no author: everything has one in WordPress."""
        return slug(self.export.settings.name) or "editors"

    def pieces(self) -> Iterator[str]:
        texts = _in_order(self.export)
        files = sorted(self.export.publication.pictures.public)
        self._media = {name: len(texts) + place for place, name in enumerate(files, 1)}
        yield _HEAD
        yield from self._channel()
        for number, text in enumerate(self.export.watched(texts, len(texts)), 1):
            yield from self._item(number, text)
            self.export.written["articles" if isinstance(text, Article) else "pages"] += 1
        for name, number in self._media.items():
            yield self._attachment(name, number)
            self.export.written["pictures and files, by their addresses"] += 1
        yield _FOOT
        known = {text.id for text in texts}
        for thread in self.export.ctx.store.list_threads():
            if thread.id not in known and (lost := self.export.ctx.store.count_comments(thread=thread.id)):
                self.export.left["comments whose text is not there any more"] += lost

    def _channel(self) -> Iterator[str]:
        settings, publication = self.export.settings, self.export.publication
        yield plain("title", settings.name) + "\n" + plain("link", settings.url) + "\n"
        yield plain("language", settings.language) + "\n" + plain("wp:wxr_version", "1.2") + "\n"
        yield (
            plain("generator", PROGRAM)
            + "\n"
            + plain("wp:base_site_url", settings.url)
            + "\n"
            + plain("wp:base_blog_url", settings.url)
            + "\n"
        )
        names = {author.key: author.name for author in publication.authors.values()}
        accounts = self.export.ctx.store.list_accounts()
        for number, (key, name) in enumerate(sorted({self._site: settings.name, **names}.items()), 1):
            self._users |= {(one.id, name): number for one in accounts if one.role == "author" and one.author == key}
            login = (plain("wp:author_id", number), cdata("wp:author_login", key), cdata("wp:author_email", ""))
            shown = cdata("wp:author_display_name", html.escape(name, quote=False))
            yield f"<wp:author>{''.join(login)}{shown}</wp:author>\n"
        for number, topic in enumerate(publication.topics.values(), 1):
            yield "".join(
                (
                    "<wp:category>",
                    plain("wp:term_id", number),
                    cdata("wp:category_nicename", topic.key),
                    cdata("wp:category_parent", topic.parent),
                    cdata("wp:cat_name", html.escape(topic.name, quote=False)),
                    cdata("wp:category_description", html.escape(topic.introduction, quote=False)),
                    "</wp:category>\n",
                )
            )

    def _item(self, number: int, text: Article | Page) -> Iterator[str]:
        settings = self.export.settings
        made = _made(text, self.export)
        local = made.astimezone(settings.timezone) if made else None
        article = text if isinstance(text, Article) else None
        changed = (article.updated if article else None) or made
        rendered = render(text.body, self.export.publication, text.id)
        yield "<item>\n" + "\n".join(
            (
                cdata("title", html.escape(text.title, quote=False)),
                plain("link", settings.url + text.path),
                cdata("dc:creator", article.authors[0] if article and article.authors else self._site),
                f'<guid isPermaLink="false">{html.escape(settings.url)}/?p={number}</guid>',
                cdata("content:encoded", rendered.html),
                cdata("excerpt:encoded", html.escape(text.summary, quote=False)),
                plain("wp:post_id", number),
                cdata("wp:post_date", f"{local:%Y-%m-%d %H:%M:%S}" if local else _NEVER),
                cdata("wp:post_date_gmt", universal(made) if made else _NEVER),
                cdata("wp:post_modified_gmt", universal(changed) if changed else _NEVER),
                cdata("wp:comment_status", "closed" if not article or article.comments in _NO_COMMENTS else "open"),
                cdata("wp:ping_status", "closed"),
                cdata("wp:post_name", text.slug),
                cdata("wp:status", _STATUS[text.state]),
                plain("wp:post_parent", 0),
                plain("wp:menu_order", 0),
                cdata("wp:post_type", "post" if article else "page"),
                cdata("wp:post_password", ""),
                plain("wp:is_sticky", int(bool(article and article.featured))),
                "",
            )
        )
        if rendered.notes:
            yield _meta("footnotes", rendered.notes)
        if article:
            yield from self._of_article(article)
        yield from self._comments(text)
        yield "</item>\n"

    def _of_article(self, article: Article) -> Iterator[str]:
        for key in article.topics:
            topic = self.export.publication.topics.get(key)
            name = html.escape(topic.name if topic else key, quote=False)
            yield cdata("category", name, domain="category", nicename=key) + "\n"
        for tag in article.tags:
            yield cdata("category", html.escape(tag, quote=False), domain="post_tag", nicename=slug(tag)) + "\n"
        if article.image and article.image.src in self._media:
            yield _meta("_thumbnail_id", str(self._media[article.image.src]))

    def _comments(self, text: Article | Page) -> Iterator[str]:
        """Also those of a page, which nobody sees here: they came from a system that shows them, as this one does."""
        for comment in self.export.comments_of(text.id):
            if told := _why_left(comment):
                self.export.left[told] += 1
                continue
            self.export.written["comments"] += 1
            words = comments.as_typed(comment.html)
            # Under another name it stays a reader's there: WordPress would sign it with the author's.
            user = self._users.get((comment.account or 0, comment.name), 0)
            yield comments.write(comment, words, self.export.address_of(comment), self.export.settings.timezone, user)

    def _attachment(self, name: str, number: int) -> str:
        url = f"{self.export.settings.url}/{name}"
        lead = next(
            (one.image for one in self.export.publication.articles if one.image and one.image.src == name), None
        )
        alt, caption = (lead.alt, lead.caption) if lead else ("", "")
        return (
            "<item>\n"
            + "\n".join(
                (
                    cdata("title", name.rpartition("/")[2]),
                    plain("link", f"{self.export.settings.url}/?attachment_id={number}"),
                    f'<guid isPermaLink="false">{html.escape(url)}</guid>',
                    cdata("excerpt:encoded", html.escape(caption, quote=False)),
                    plain("wp:post_id", number),
                    cdata("wp:post_name", slug(name.rpartition("/")[2]) or f"file-{number}"),
                    cdata("wp:status", "inherit"),
                    plain("wp:post_parent", 0),
                    cdata("wp:post_type", "attachment"),
                    cdata("wp:attachment_url", url),
                    "",
                )
            )
            + (_meta("_wp_attachment_image_alt", alt) if alt else "")
            + "</item>\n"
        )


def _in_order(export: Export) -> list[Article | Page]:
    """Articles, the oldest first, then pages; those too that are not public now."""
    publication = export.publication
    texts: list[Text] = [*publication.articles, *publication.pages, *publication.hidden]
    articles = [text for text in texts if isinstance(text, Article)]
    pages = [text for text in texts if isinstance(text, Page)]
    dated = sorted(articles, key=lambda one: (_made(one, export) is None, one.date, one.id))
    return [*dated, *sorted(pages, key=lambda page: page.id)]


def _made(text: Article | Page, export: Export) -> datetime | None:
    """When it appeared or will appear; a draft without a date has none, nor has a page."""
    if not isinstance(text, Article) or (not text.published and text.date == export.publication.as_of):
        return None
    return text.date


def _why_left(comment: Comment) -> str:
    if comment.state == "spam":
        return "comments in spam, which WordPress's own exports leave out too"
    return "" if comment.source else "erased comments, of which nothing is left but their place"


def _meta(key: str, value: str) -> str:
    inner = f"{cdata('wp:meta_key', key)}{cdata('wp:meta_value', value)}"
    return f"<wp:postmeta>{inner}</wp:postmeta>\n"

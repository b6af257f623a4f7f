"""Comments as Disqus takes them: WXR with its own identifier for each thread."""

import html
from collections.abc import Iterator

from comments.model import Comment
from migrate.out import comment as comments
from migrate.out.plan import Export
from migrate.out.xml import cdata, plain, universal
from publication.records import Article

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dsq="http://www.disqus.com/"
  xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.0/">
<channel>
"""
_FOOT = "</channel>\n</rss>\n"


def write(export: Export) -> Iterator[str]:
    """The file, a thread at a time; threads without a comment are left to their first one."""
    articles = {article.id: article for article in export.publication.articles}
    store = export.ctx.store
    yield _HEAD
    for thread in export.watched(store.list_threads(), len(store.list_threads())):
        article = articles.get(thread.id)
        if article is None:
            if lost := store.count_comments(thread=thread.id):
                export.left["comments whose article is not public, so that Disqus could not show them"] += lost
            continue
        begun = False
        for comment in export.comments_of(thread.id):
            if told := _why_left(comment):
                export.left[told] += 1
                continue
            if not begun:
                yield _item(export, article)
                begun = True
            export.written["comments"] += 1
            yield comments.write(comment, comment.html, export.address_of(comment), export.settings.timezone)
        if begun:
            export.written["threads"] += 1
            yield "</item>\n"
    yield _FOOT


def _item(export: Export, article: Article) -> str:
    closed = article.comments in ("closed", "off") or (article.closes is not None and article.closes <= export.now)
    return "<item>\n" + "\n".join(
        (
            plain("title", html.escape(article.title, quote=False)),
            plain("link", export.settings.url + article.path),
            cdata("content:encoded", ""),
            cdata("dsq:thread_identifier", article.id),
            plain("wp:post_date_gmt", universal(article.date)),
            plain("wp:comment_status", "closed" if closed else "open"),
            "",
        )
    )


def _why_left(comment: Comment) -> str:
    if comment.state == "spam":
        return "comments in spam"
    if comment.state == "trash":
        return "comments in the bin, which Disqus has no place for"
    return "" if comment.source else "erased comments, of which nothing is left but their place"

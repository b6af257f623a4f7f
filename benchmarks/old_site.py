"""A large old site that nobody ever had: an export of WordPress of any size, the same bytes each time."""

import random
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

ITEMS, REPLIES = 60_000, 200_000
BYTES = 300_000_000
_TEXTS_OF_100 = 34
_PAGES_OF_TEXTS = 10
_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>A Large Old Site</title><link>https://old.example</link><language>en</language>
<wp:wxr_version>1.2</wp:wxr_version><wp:base_blog_url>https://old.example</wp:base_blog_url>
"""
_NAMES_OF_WORDS = """
a reply that comes on the day it was promised does more than clever one tonight we wrote to each other for years
and the letters are still in drawer where nobody looks practice notes supervision boundary silence video chat
client consent record waiting question answer afternoon university clinic research method evidence
"""
_WORDS = _NAMES_OF_WORDS.split()


def write(path: Path, scale: float = 1.0) -> None:
    """``scale`` 1 is 60,000 items and 200,000 comments in 300 MB; less is less of everything."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        _Site(file, random.Random(17)).write(int(ITEMS * scale), int(REPLIES * scale))


class _Site:
    """One export being written: texts, what hangs on them, and what only WordPress needs."""

    def __init__(self, file: TextIO, chance: random.Random) -> None:
        self.file, self.chance = file, chance
        self.paragraphs = [self.sentences(chance.randint(3, 7)) for _ in range(400)]
        self.comment = 0

    def write(self, items: int, replies: int) -> None:
        self.file.write(_HEAD)
        for number in range(40):
            self.file.write(_person(number))
        for number in range(60):
            self.file.write(_category(number))
        texts = items * _TEXTS_OF_100 // 100
        left = replies
        for number in range(1, items + 1):
            is_text = number * _TEXTS_OF_100 // 100 > (number - 1) * _TEXTS_OF_100 // 100
            if not is_text:
                self.file.write(self.other(number))
                continue
            own = min(left, int(self.chance.paretovariate(1.4) * replies / texts / 2)) if texts > 1 else left
            texts, left, replies = texts - 1, left - own, left - own
            self.file.write(self.text(number, own))
        self.file.write("</channel></rss>\n")

    def text(self, number: int, replies: int) -> str:
        kind = "page" if number % (_PAGES_OF_TEXTS * 3) == 0 else "post"
        year, month, day = 2005 + number % 15, 1 + number % 12, 1 + number % 28
        slug = f"note-{number}-{'-'.join(self.chance.choices(_WORDS, k=4))}"
        link = f"https://old.example/{slug}/" if kind == "page" else f"https://old.example/{year}/{month:02}/{slug}/"
        date = f"{year}-{month:02}-{day:02} 10:30:00"
        topics = "".join(_term("category", f"topic-{self.chance.randrange(60)}") for _ in range(2))
        tags = "".join(_term("post_tag", f"tag-{self.chance.randrange(2000)}") for _ in range(3))
        fields = {
            "title": f"Note {number} {self.sentence()[:60]}",
            "link": link,
            "guid": f"https://old.example/?p={number}",
            "dc:creator": f"writer{number % 40}",
            "content:encoded": self.blocks(number) if number % 3 else self.classic(number),
            "excerpt:encoded": self.sentence() if number % 4 == 0 else "",
        }
        state = "publish" if number % 25 else "draft"
        whole = _item(number, kind, slug, date, state, fields) + (topics + tags if kind == "post" else "")
        return f"<item>{whole}{''.join(self.thread(replies, year))}</item>\n"

    def thread(self, replies: int, year: int) -> Iterator[str]:
        first = self.comment + 1
        for _ in range(replies):
            self.comment += 1
            parent = self.chance.randrange(first, self.comment) if self.comment > first and self.comment % 3 else 0
            yield _reply(self.comment, parent, year, self.chance.choice(self.paragraphs)[:200])

    def other(self, number: int) -> str:
        kind = ("attachment", "revision", "attachment", "nav_menu_item")[number % 4]
        fields = {"title": f"Thing {number}", "link": f"https://old.example/thing-{number}/"}
        if kind == "attachment":
            file = f"https://old.example/wp-content/uploads/{2005 + number % 15}/05/picture-{number}.jpg"
            fields |= {"wp:attachment_url": file, "content:encoded": self.sentence()}
        if kind == "revision":
            fields["content:encoded"] = "\n\n".join(self.chance.choices(self.paragraphs, k=4))
        whole = _item(number, kind, f"thing-{number}", "2010-03-04 10:00:00", "inherit", fields)
        meta = (
            "<wp:meta_key>_wp_attached_file</wp:meta_key><wp:meta_value><![CDATA[2010/05/picture.jpg]]></wp:meta_value>"
        )
        return f"<item>{whole}<wp:postmeta>{meta}</wp:postmeta></item>\n"

    def blocks(self, number: int) -> str:
        parts = [f"<!-- wp:paragraph -->\n<p>{words}</p>\n<!-- /wp:paragraph -->" for words in self.some(8)]
        parts.insert(1, f"<!-- wp:heading -->\n<h2>{self.sentence()[:50]}</h2>\n<!-- /wp:heading -->")
        items = "".join(f"<li>{self.sentence()}</li>" for _ in range(4))
        parts.insert(3, f"<!-- wp:list -->\n<ul>{items}</ul>\n<!-- /wp:list -->")
        link = f'<a href="https://old.example/?p={max(1, number - 3)}">an earlier note</a>'
        parts.append(f"<!-- wp:paragraph -->\n<p>See <strong>{link}</strong>.</p>\n<!-- /wp:paragraph -->")
        return "\n\n".join(parts)

    def classic(self, number: int) -> str:
        parts = [*self.some(8), "<h3>Further</h3>", f"<blockquote>{self.sentence()}</blockquote>"]
        source = f"https://old.example/wp-content/uploads/2012/05/picture-{number}-300x200.jpg"
        parts.insert(2, f'[caption id="a" align="left"]<img src="{source}" alt="A desk" /> {self.sentence()}[/caption]')
        return "\n\n".join(parts)

    def some(self, number: int) -> list[str]:
        return self.chance.choices(self.paragraphs, k=number)

    def sentences(self, number: int) -> str:
        return " ".join(self.sentence() for _ in range(number))

    def sentence(self) -> str:
        return " ".join(self.chance.choices(_WORDS, k=self.chance.randint(6, 18))).capitalize() + "."


def _person(number: int) -> str:
    names = f"<wp:author_login>writer{number}</wp:author_login><wp:author_email>{number}@mail.example</wp:author_email>"
    shown = f"<wp:author_display_name><![CDATA[Writer Number {number}]]></wp:author_display_name>"
    return f"<wp:author>{names}{shown}</wp:author>\n"


def _category(number: int) -> str:
    above = f"topic-{number % 7}" if number > 7 else ""
    key = f"<wp:category_nicename>topic-{number}</wp:category_nicename>"
    name = f"<wp:category_parent>{above}</wp:category_parent><wp:cat_name><![CDATA[Topic {number}]]></wp:cat_name>"
    return f"<wp:category>{key}{name}</wp:category>\n"


def _term(kind: str, key: str) -> str:
    return f'<category domain="{kind}" nicename="{key}"><![CDATA[{key.replace("-", " ")}]]></category>'


def _item(number: int, kind: str, slug: str, date: str, state: str, fields: dict[str, str]) -> str:
    usual = {
        "wp:post_id": str(number),
        "wp:post_date": date,
        "wp:post_date_gmt": date,
        "wp:comment_status": "open",
        "wp:post_name": slug,
        "wp:status": state,
        "wp:post_parent": "0",
        "wp:post_type": kind,
        "wp:post_password": "",
        "wp:is_sticky": "0",
    }
    return "".join(f"<{name}><![CDATA[{value}]]></{name}>" for name, value in (fields | usual).items())


def _reply(number: int, parent: int, year: int, words: str) -> str:
    person = number % 30_000
    date = f"{year + 1}-{1 + number % 12:02}-{1 + number % 28:02} {number % 24:02}:{number % 60:02}:00"
    fields = {
        "wp:comment_id": str(number),
        "wp:comment_author": f"Reader {person}",
        "wp:comment_author_email": f"reader{person}@mail.example",
        "wp:comment_author_url": "",
        "wp:comment_author_IP": "192.0.2.7",
        "wp:comment_date_gmt": date,
        "wp:comment_content": f"{words}\n\nThank <em>you</em>.",
        "wp:comment_approved": "1" if number % 20 else "0",
        "wp:comment_type": "pingback" if number % 50 == 0 else "comment",
        "wp:comment_parent": str(parent),
        "wp:comment_user_id": "0",
    }
    told = "".join(f"<{name}><![CDATA[{value}]]></{name}>" for name, value in fields.items())
    return f"<wp:comment>{told}</wp:comment>"

"""A publication to bring things into, with a store of its own, and exports written for each test."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from comments.actions.context import Context
from comments.actions.opening import installation_of
from comments.runtime import open_runtime, read_settings
from comments.runtime.rehearsing import open_copy
from migrate.media import Media
from migrate.run import Migration
from publication.load import Publication, load
from publication.settings import from_file

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>Old Notes</title><link>https://old.example</link><wp:wxr_version>1.2</wp:wxr_version>
<wp:base_blog_url>https://old.example</wp:base_blog_url>
<wp:author><wp:author_login>ada</wp:author_login><wp:author_email>ada@secret.example</wp:author_email>
<wp:author_display_name><![CDATA[Ada Example]]></wp:author_display_name></wp:author>
<wp:category><wp:category_nicename>ethics</wp:category_nicename><wp:category_parent></wp:category_parent>
<wp:cat_name><![CDATA[Old ethics]]></wp:cat_name></wp:category>
"""
FOOT = "</channel></rss>"


@dataclass
class Desk:
    """A publication of the sample's texts in a folder of its own."""

    folder: Path

    @property
    def content(self) -> Path:
        return self.folder / "content"

    def migrate(self, *exports: Path, media: Path | None = None, dry: bool = False) -> Migration:
        run = Migration(
            exports,
            self.content,
            self.folder / "var",
            from_file(ROOT / "pelicanconf.py"),
            NOW,
            Media(media),
            self.store,
        )
        run.run(dry=dry)
        return run

    @contextmanager
    def store(self, rehearsal: bool = False) -> Iterator[Context]:
        environment = {"PN_VAR": str(self.folder / "var"), "PN_THEME": str(ROOT / "theme")}
        settings = read_settings(environment)
        with open_copy(settings) if rehearsal else open_runtime(settings, create=True) as runtime:
            yield installation_of(runtime).ctx

    def put(self, name: str, url: str, **front: str) -> None:
        """Write an article."""
        path = self.content / f"articles/2019/{name}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        more = "".join(f"{key}: {value}\n" for key, value in front.items())
        path.write_text(
            f"---\nid: {name}\ntitle: About {name}\nsummary: A summary.\nauthors: [ada-example]\ntopics: [ethics]\n"
            f"status: published\ndate: 2019-05-02 09:30\nurl: {url}\n{more}---\n\nWords.\n",
            encoding="utf-8",
        )

    def load(self) -> Publication:
        return load(self.content, from_file(ROOT / "pelicanconf.py"), NOW)

    def text(self, name: str) -> str:
        return (self.content / name).read_text(encoding="utf-8")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    shutil.copytree(ROOT / "content", tmp_path / "content")
    return Desk(tmp_path)


@pytest.fixture
def small_desk(tmp_path: Path) -> Desk:
    """A publication with one article, that the comments of another system belong below."""
    desk = Desk(tmp_path)
    desk.put("first", "/2019/05/first/")
    return desk


Export = Callable[..., Path]


@pytest.fixture
def export(tmp_path: Path) -> Export:
    def write(*items: str, name: str = "export.xml", head: str = HEAD) -> Path:
        path = tmp_path / name
        path.write_text(head + "".join(items) + FOOT, encoding="utf-8")
        return path

    return write


def post(number: int, content: str = "Words.", **fields: str) -> str:
    """One item of an export. ``fields`` replace what is usual; ``more`` is put in as it is."""
    kind = fields.pop("kind", "post")
    slug = fields.pop("slug", f"text-{number}")
    more = fields.pop("more", "")
    usual = {
        "title": f"Title of {number}",
        "link": f"https://old.example/2019/05/{slug}/",
        "guid": f"https://old.example/?p={number}",
        "dc:creator": "ada",
        "wp:post_id": str(number),
        "wp:post_date": "2019-05-02 09:30:00",
        "wp:post_date_gmt": "2019-05-02 13:30:00",
        "wp:post_name": slug,
        "wp:status": "publish",
        "wp:post_type": kind,
        "wp:post_parent": "0",
        "wp:post_password": "",
        "content:encoded": content,
    }
    usual |= {name.replace("__", ":"): value for name, value in fields.items()}
    told = "".join(f"<{name}><![CDATA[{value}]]></{name}>" for name, value in usual.items())
    category = (
        '<category domain="category" nicename="ethics"><![CDATA[Old ethics]]></category>' if kind == "post" else ""
    )
    return f"<item>{told}{category}{more}</item>\n"


def comment(number: int, text: str = "A reply.", **fields: str) -> str:
    """One comment of an item."""
    usual = {
        "wp:comment_id": str(number),
        "wp:comment_author": f"Reader {number}",
        "wp:comment_author_email": f"reader{number}@secret.example",
        "wp:comment_author_url": "",
        "wp:comment_author_IP": "192.0.2.7",
        "wp:comment_date_gmt": f"2019-05-03 10:{number % 60:02}:00",
        "wp:comment_content": text,
        "wp:comment_approved": "1",
        "wp:comment_type": "",
        "wp:comment_parent": "0",
    }
    usual |= {f"wp:comment_{name}": value for name, value in fields.items()}
    return (
        f"<wp:comment>{''.join(f'<{name}><![CDATA[{value}]]></{name}>' for name, value in usual.items())}</wp:comment>"
    )

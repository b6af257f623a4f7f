"""One's own publication instead of the sample: empty, sound, and ready for what comes from elsewhere."""

import subprocess
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from publication.load import load
from publication.settings import from_file
from tests.migration.conftest import FOOT, HEAD, NOW, post
from tests.workshop.conftest import ROOT, Copy
from workshop import beginning
from workshop.beginning import CannotBegin, read_host, read_wishes
from workshop.own_settings import SAMPLE_NAME, Wishes, own_settings

WISHES = ("--name", 'Our "Notes"', "--address", "https://Notes.Example.org/")


def test_the_list_of_the_sample_is_up_to_date() -> None:
    """Else: find content -type f ! -name addresses.yml | LC_ALL=C sort | xargs sha256sum > workshop/sample.sha256."""
    known = dict(reversed(line.split()) for line in beginning.SAMPLE.read_text().splitlines())
    there = {path.relative_to(ROOT).as_posix(): path for path in (ROOT / "content").rglob("*") if path.is_file()}
    there.pop("content/addresses.yml")

    assert known == {name: beginning.digest(path) for name, path in there.items()}


def test_an_empty_publication_says_so_on_every_page_and_takes_what_an_older_system_exported(copy: Copy) -> None:
    store = copy.folder / "var/store.db"
    store.parent.mkdir()
    store.write_text("What was tried out.")

    done = copy.run("begin", *WISHES)

    assert (done.returncode, done.stderr) == (0, "")
    assert "No problems. Public: 0 articles, 0 pages, 0 resources." in done.stdout
    assert [path.name for path in (copy.folder / "content").iterdir()] == ["topics.yml"]
    assert (copy.folder / "content-sample/pages/privacy.md").is_file()
    assert (copy.folder / "var-sample/store.db").is_file()
    assert copy.run("build").returncode == 0
    pages = {"index": "No article", "archive/index": "No article", "topics/index": "There are no topics yet."}
    pages |= {"authors/index": "There are no authors yet.", "resources/index": "There are no resources yet."}
    for name, words in pages.items():
        tree = LexborHTMLParser((copy.folder / f"output/{name}.html").read_text())
        assert len(tree.css("h1:not(.hidden)")) == 1
        assert words in tree.css_first("main").text()
        assert not [link for link in tree.css("a[href]") if "privacy" in str(link.attributes["href"])]
    assert "tag:notes.example.org,20" in (copy.folder / "output/feeds/articles.atom").read_text()
    assert "https://notes.example.org/feeds/articles.atom" in (copy.folder / "output/feeds/articles.atom").read_text()
    assert "https://notes.example.org" in done.stdout
    assert not [path for path in copy.folder.rglob("output/**/*.html") if SAMPLE_NAME in path.read_text()]

    export = copy.folder / "export.xml"
    export.write_text(HEAD + post(1) + post(2, kind="page", link="https://old.example/about/") + FOOT)
    assert copy.run("migrate", str(export)).returncode == 0
    found = load(copy.folder / "content", from_file(copy.folder / "pelicanconf.py"), NOW)
    assert found.problems == ()
    assert [found.redirects.get(old) for old in ("/?p=1", "/?p=2")] == ["/2019/05/text-1/", "/about/"]
    assert copy.run("export", "own.xml", "--to", "wordpress").returncode == 0
    exported = (copy.folder / "own.xml").read_text()
    assert '<title>Our "Notes"</title>' in exported
    assert "<link>https://notes.example.org</link>" in exported
    again = copy.run("begin", *WISHES)
    assert (again.returncode, again.stderr.partition(" is not of the sample")[1] != "") == (1, True)


def test_work_that_is_there_already_stays(copy: Copy) -> None:
    own = copy.folder / "content/articles/2026/mine.md"
    own.write_text("---\nid: mine\n---\nWords.\n")
    before = snapshot(copy.folder)

    done = copy.run("begin", *WISHES)

    assert done.returncode == 1
    assert done.stderr.startswith("content/articles/2026/mine.md is not of the sample publication")
    assert snapshot(copy.folder) == before


def snapshot(folder: Path) -> dict[str, bytes]:
    found = (path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {str(path.relative_to(folder)): path.read_bytes() for path in found}


def test_who_cannot_be_asked_is_told_what_to_type(copy: Copy) -> None:
    done = subprocess.run(
        copy.command("begin"),
        cwd=copy.folder,
        env=copy.environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, "--name" in done.stderr, "Traceback" in done.stderr) == (1, True, False)


def test_what_was_not_typed_is_asked_for() -> None:
    answers = {
        "is the name": "Our Notes",
        "address": "notes.example.org",
        "One line": "",
        "language": "fr",
        "zone": "Europe/Paris",
    }

    def answer(question: str, default: str) -> str:
        return next(said for word, said in answers.items() if word in question)

    assert read_wishes({"zone": "Asia/Tokyo"}, answer) == Wishes(
        "Our Notes", "", "notes.example.org", read_wishes({}, answer).year, "fr", "Asia/Tokyo"
    )


@pytest.mark.parametrize(
    ("key", "typed", "words"),
    [
        ("name", "a\x07b", "printable"),
        ("name", "a" * 101, "up to 100"),
        ("address", "notes", "is no address"),
        ("address", "https://notes.example.org/blog/", "without “/blog/”"),
        ("address", "https://[x", "is no address"),
        ("language", "de", "Type en or fr"),
        ("zone", "../etc/passwd", "is no time zone"),
    ],
)
def test_what_cannot_be_used_is_said_before_anything_changes(key: str, typed: str, words: str) -> None:
    sound = {"name": "N", "address": "https://notes.example.org", "zone": "UTC"}
    with pytest.raises(CannotBegin, match=words):
        read_wishes(sound | {key: typed}, None)


def test_an_address_is_taken_however_it_is_typed() -> None:
    typed = ("https://Notes.Example.org/", "notes.example.org", "http://notes.example.org:8000")
    assert {read_host(one) for one in typed} == {"notes.example.org"}
    assert read_host("https://thérapie.example") == "xn--thrapie-cya.example"


@pytest.mark.parametrize("language", ["en", "fr"])
def test_settings_keep_what_else_was_changed_and_name_nothing_of_the_sample(tmp_path: Path, language: str) -> None:
    sample = (ROOT / "pelicanconf.py").read_text().replace('"comment_limit": 10_000', '"comment_limit": 999')
    wishes = Wishes('A "\\" B', "Line", "notes.example.org", 2026, language, "Europe/Paris")
    text = own_settings(sample, wishes, lambda key: f"https://example.org/{key}")
    path = tmp_path / "pelicanconf.py"
    path.write_text(text)

    settings = from_file(path)

    assert (settings.name, settings.zone, settings.language) == ('A "\\" B', "Europe/Paris", language)
    assert settings.url == "https://notes.example.org"
    assert "(https://example.org/988-canada)" in settings.notices["help-lines"].text
    assert (SAMPLE_NAME in text, "(id:" in text, '"comment_limit": 999' in text) == (False, False, True)
    assert {url for _, url in settings.links} == {
        "/archive/", "/resources/", "/topics/", "/authors/", "/feeds/articles.atom"
    }  # fmt: skip
    assert own_settings(text, wishes, str) == text

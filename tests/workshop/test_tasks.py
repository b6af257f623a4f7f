"""The tasks as an editor types them, in a copy of the project."""

import json

from tests.workshop.conftest import Copy

# A file with its line, what is wrong in it, what was probably meant, and the address two articles want.
WORDS = ("silence-in-text.md:7:", "marta-pelta", "marta-pelda", "sumary", "summary", "/2026/supervision-online/")
ADDRESS = {"PN_SITE_URL": "https://notes.example.org"}


def test_content_with_problems_is_named_whole_and_what_is_published_stays(copy: Copy) -> None:
    assert copy.run("publish", **ADDRESS).returncode == 0
    current = (copy.folder / "var" / "current").readlink()
    output = {path: path.stat().st_mtime_ns for path in (copy.folder / "output").rglob("*") if path.is_file()}
    mend = {
        "silence-in-text": ("date: ", "date: the day after "),
        "supervision-online": ("authors: [marta-pelda]", "authors: [marta-pelta]"),
        "crisis-at-a-distance": ("summary: ", "sumary: "),
        "disinhibition-effect": ("title: ", "slug: supervision-online\ntitle: "),
    }
    for name, (old, new) in mend.items():
        text = copy.article(name).read_text()
        assert old in text
        copy.article(name).write_text(text.replace(old, new, 1))

    checked, published = copy.run("check"), copy.run("publish", **ADDRESS)

    for done in (checked, published):
        said = done.stdout + done.stderr
        assert done.returncode == 1
        assert "Traceback" not in said
        for words in (
            "silence-in-text.md:",
            "marta-pelta",
            "“marta-pelda”",
            "sumary",
            "“summary”",
            "/2026/supervision-online/",
        ):
            assert words in said, words
    assert (copy.folder / "var" / "current").readlink() == current
    assert output == {path: path.stat().st_mtime_ns for path in (copy.folder / "output").rglob("*") if path.is_file()}


def test_a_new_article_is_a_ready_draft_and_appears_once_it_is_published(copy: Copy) -> None:
    made = copy.run("new", "What a first message: can carry")
    [draft] = copy.folder.glob("content/articles/*/what-a-first-message-can-carry.md")
    assert made.returncode == 0
    assert draft.name in made.stdout
    assert copy.run("check").returncode == 0

    text = draft.read_text()
    draft.write_text(complete(text))
    assert copy.run("publish", **ADDRESS).returncode == 0

    [page] = (copy.folder / "var" / "current" / "public").glob("*/what-a-first-message-can-carry/index.html")
    assert "What a first message: can carry" in page.read_text()


def complete(text: str) -> str:
    """The draft with what an editor fills in."""
    head = {"summary": "What it can carry.", "authors": "[mara-example]", "topics": "[first-contact]"}
    lines = []
    for line in text.split("---")[1].splitlines():
        key = line.split(":")[0].strip("# ")
        if key in head:
            lines.append(f"{key}: {head.pop(key)}")
        elif key == "status":
            lines.append("status: published")
        elif key == "date":
            lines.append("date: 2026-11-01 09:00")
        elif key in {"id", "title"}:
            lines.append(line)
    return "---\n" + "\n".join(lines) + "\n---\nA first message can carry a good deal.\n"


def test_rollback_shows_the_release_before(copy: Copy) -> None:
    copy.run("publish", **ADDRESS)
    article = copy.article("silence-in-text")
    article.write_text(article.read_text() + "\n\nA later thought.\n")
    copy.run("publish", **ADDRESS)
    page = copy.folder / "var" / "current" / "public" / "2026" / "silence-in-text" / "index.html"
    assert "A later thought" in page.read_text()

    done = copy.run("rollback")

    assert done.returncode == 0
    assert "A later thought" not in page.read_text()


def test_publish_without_an_address_says_what_to_set(copy: Copy) -> None:
    done = copy.run("publish")

    assert done.returncode == 1
    assert "PN_SITE_URL" in done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr


def test_check_answers_machines(copy: Copy) -> None:
    copy.article("silence-in-text").write_text("no front matter\n")

    done = copy.run("check", "--json")

    assert done.returncode == 1
    [problem, *_] = [item for item in json.loads(done.stdout)["problems"] if "silence-in-text" in item["file"]]
    assert {"file", "line", "what", "cure"} <= set(problem)

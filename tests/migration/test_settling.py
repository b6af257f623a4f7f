"""What a publication would refuse of an old text, settled by the move itself: no text is lost for it."""

from pathlib import Path

from migrate.memory import Memory
from migrate.staging import Staging
from publication.settings import from_file
from tests.migration.conftest import HEAD, NOW, ROOT, Desk, Export, comment, post


def tagged(*names: str) -> str:
    return "".join(f'<category domain="post_tag" nicename="chat"><![CDATA[{name}]]></category>' for name in names)


def test_a_tag_is_written_as_the_publication_writes_it_already(desk: Desk, export: Export) -> None:
    desk.put("own", "/2019/05/own/", tags="[chat]")

    run = desk.migrate(export(*(post(number, more=tagged("Chat") + comment(number)) for number in (1, 2))))

    assert desk.load().problems == ()
    assert 'tags: ["chat"]' in desk.text("articles/2019/text-1.md")
    assert run.ledger.counts() == {"post": {"imported": 2}, "comment": {"imported": 2}}
    assert {entry.outcome for entry in desk.migrate(*run.exports).ledger.entries} == {"kept"}


def test_tags_of_an_export_are_written_as_most_of_its_texts_do(desk: Desk, export: Export) -> None:
    ways = ["Chat", "chat", "chat", "CHAT"]
    desk.migrate(export(*(post(number, more=tagged(way)) for number, way in enumerate(ways, 1))))

    assert desk.load().problems == ()
    assert all('tags: ["chat"]' in desk.text(f"articles/2019/text-{number}.md") for number in range(1, 5))


def test_a_key_that_is_wrong_makes_a_text_a_draft_without_it_and_its_words_stay(desk: Desk, tmp_path: Path) -> None:
    desk.put("own", "/2019/05/own/", tags="[chat]")
    own = desk.content / "articles/2019/own.md"
    own.write_text(own.read_text().replace("ada-example", "mara-example"))
    staging = Staging(desk.content, tmp_path / "trial", Memory(tmp_path / "memory"))
    staging.prepare()
    front = 'id: new\ntitle: "New"\nsummary: "S."\nauthors: [mara-example]\ntopics: [ethics]\nstatus: published'
    more = 'date: 2019-05-02 09:30\nurl: /2019/05/own/\ntags: ["Chat"]'
    staging.put("articles/2019/young.md", f"---\n{front}\n{more}\n---\n\n**Words**.\n".encode())

    told = staging.settle(from_file(ROOT / "pelicanconf.py"), NOW, lambda ground: ground.addresses)

    text = (staging.root / "articles/2019/young.md").read_text(encoding="utf-8")
    assert staging.hopeless == {}
    assert "status: draft" in text
    assert text.endswith("\n**Words**.\n")
    assert list(told) == ["articles/2019/young.md"]
    assert set(staging.dropped["articles/2019/young.md"]) == {"tags", "url"}


def test_what_is_said_of_authors_and_topics_stops_nothing(desk: Desk, export: Export) -> None:
    said = "# First <b>words</b>, [a](id:none) ![p](media/none.png) and <a href='https://example.org/'>more</a>"
    head = HEAD.replace("Ada Example", f"{'Ada ' * 80}").replace(
        "</wp:cat_name>", f"</wp:cat_name><wp:category_description><![CDATA[{said}]]></wp:category_description>"
    )
    head = head.replace(">ethics<", ">other<")
    category = '<category domain="category" nicename="other"><![CDATA[Other]]></category>'

    run = desk.migrate(export(post(1, more=category), head=head))

    assert run.ledger.counts() == {"post": {"imported": 1}}
    assert desk.load().problems == ()
    assert "**words**" in desk.text("topics.yml")
    assert "[more](https://example.org/)" in desk.text("topics.yml")

"""A publication of many topics, as those that come from elsewhere are: all on one screen, not in one long column."""

from selectolax.lexbor import LexborHTMLParser

from tests.build.newsroom import TOPICS, Newsroom


def test_many_topics_stand_in_columns_by_name_each_once_over_its_narrower_ones(room: Newsroom) -> None:
    many = "".join(f"t{number:02}:\n  name: Topic {number:02}\n" for number in range(40, 0, -1))
    deep = "deep:\n  name: Deep\n  parent: consent\n"
    room.write("topics.yml", TOPICS + many + deep)
    room.article()
    room.build()

    index = LexborHTMLParser(room.read("topics/index.html")).css_first(".index.many")
    names = [link.text() for link in index.css("a")]
    assert len(names) == len(set(names)) == 44
    assert [link.text() for link in index.css("li > ul > li > ul > li > a")] == ["Deep"]
    assert [name for name in names if name.startswith("Topic")] == sorted(n for n in names if n.startswith("Topic"))


def test_the_front_page_names_the_dozen_topics_with_most_articles_and_then_the_page_of_all(room: Newsroom) -> None:
    many = "".join(f"t{number:02}:\n  name: Topic {number:02}\n" for number in range(60, 0, -1))
    room.write("topics.yml", TOPICS + many)
    room.article("one", topics="[consent, t50, t40]")
    room.article("two", topics=f"[{', '.join(f't{number}' for number in range(50, 38, -1))}]")
    room.build()

    home = LexborHTMLParser(room.read("index.html"))
    found = [(item.css_first("a").text(), item.css_first(".count").text()) for item in home.css(".index.many > li")]
    once = [("Ethics", "1"), ("Topic 39", "1"), *((f"Topic {number}", "1") for number in range(41, 49))]
    assert found == [("Topic 40", "2"), ("Topic 50", "2"), *once]
    assert home.css_first(".index.many + p > a").attributes["href"] == "/topics/"


def test_few_topics_keep_their_introductions_on_one_page(room: Newsroom) -> None:
    room.article()
    room.build()

    assert "What we owe." in room.read("topics/index.html")
    assert "index many" not in room.read("topics/index.html") + room.read("index.html")

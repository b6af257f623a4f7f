"""What an editor mistypes at the top of a file, and what we answer."""

import pytest

from tests.build.publication.desk import Desk

HERE = "content/articles/2026/first-note.md"


@pytest.mark.parametrize(
    ("changes", "line", "what", "cure"),
    [
        ({"sumary": '"x"'}, 9, "There is no key “sumary”", "Did you mean “summary”?"),
        ({"category": "x"}, 9, "There is no key “category”", "Did you mean “topics”?"),
        ({"lang": "fr"}, 9, "There is no key “lang”", "Did you mean “language”?"),
        ({"qqq": "x"}, 9, "There is no key “qqq”", "Choose from: authors, canonical"),
        ({"status": "publishd"}, 8, "“publishd” is not a status we know", "Did you mean “published”?"),
        ({"date": "14.3.2026"}, 7, "“14.3.2026” is not a date and time", "2026-03-14 09:30"),
        ({"authors": "[mara-exampel]"}, 5, "There is no author “mara-exampel”", "Did you mean “mara-example”?"),
        ({"topics": "[concent]"}, 6, "There is no topic “concent”", "Did you mean “consent”?"),
        ({"topics": "consent, crisis"}, 6, "The topics should be a list", "Write topics: [consent, crisis]"),
        ({"authors": "Mara Example"}, 5, "The authors should be a list", "Write authors: [mara-example]"),
        ({"authors": "[Luc Exemple, Mara Example]"}, 5, "“Luc Exemple” cannot", "authors: [luc-exemple, mara-example]"),
        ({"authors": "[J. Doe]"}, 5, "“J. Doe” cannot be used in the authors", "Write authors: [jdoe]"),
        ({"topics": "[ethics, Crisis]"}, 6, "“Crisis” cannot be used in the topics", "Write topics: [ethics, crisis]"),
        ({"references": "[suler]"}, 9, "There is no resource “suler”", "There is no file in content/resources yet."),
        ({"notices": "[help-line]"}, 9, "There is no notice “help-line”", "Did you mean “help-lines”?"),
        ({"featured": "maybe"}, 9, "“maybe” is neither yes nor no", "Write featured: yes"),
        ({"language": "de"}, 9, "“de” is not a language we know", "Choose from: en, fr."),
        ({"comments": "opne"}, 9, "“opne” is not a comments we know", "Did you mean “open”?"),
        ({"slug": "Größe & Sinn"}, 9, "“Größe & Sinn” cannot be used as slug", "Write slug: grosse-sinn"),
        ({"tags": "[a, a]"}, 9, "“a” is in the tags twice", "Delete one of them."),
        ({"tags": '["!!"]'}, 9, "“!!” cannot be a tag", "Use at least one letter or digit."),
        ({"title": "[a]"}, 3, "The title should be one text, not a list", "Write title: …"),
        ({"title": "Notes #3"}, 3, "YAML takes “#3” for a remark", 'title: "Notes #3"'),
        (
            {"summary": f'"{"x" * 310}"'},
            4,
            "The summary has 310 characters; there is room for 300",
            "Shorten it by 10.",
        ),
        ({"series": "Meeting"}, 9, "The series needs keys of its own", "Write series: {name: …, part: …}"),
        ({"series": "{name: M, part: one}"}, 9, "“one” is not a whole number from 1 on", "Write part: 1"),
        ({"image": "{src: media/drawing.svg}"}, 9, "The key “alt” is missing", "Add alt:"),
        ({"image": "{src: media/drawing.svg, alt: }"}, 9, "The picture has no alt text", 'write alt: ""'),
        ({"image": "{src: ../x.svg, alt: x}"}, 9, "“../x.svg” does not name a file", "Write src: media/x.svg"),
        ({"image": "{src: media/gone.svg, alt: x}"}, 9, "There is no file “media/gone.svg”", "Put it there"),
        ({"reviewed": "{on: 2026-05-01, by: nobody}"}, 9, "There is no author “nobody” who", "Choose from:"),
        ({"canonical": "example.org/x"}, 9, "“example.org/x” is not a web address", "canonical: https://example.org/x"),
        ({"canonical": "javascript:alert(1)"}, 9, "is not a web address", "Write it whole"),
        ({"url": "old/place"}, 9, "“old/place” is not an address on this site", "Write url: /old/address/"),
        ({"url": "/a/../b/"}, 9, "is not an address on this site", "Write url: /old/address/"),
        ({"id": "privacy"}, 2, "The id “privacy” belongs to the comment service", "Give the article another id"),
        ({"updated": "2026-01-01 10:00"}, 9, "The text is updated before", "Write a later date"),
        ({"expires": "2026-01-01 10:00"}, 9, "The text is to expire before", "Write a later date"),
        ({"title": '"A <!--thread:x--> B"'}, 3, "a mark that the comment service uses", "Write &lt;!--"),
        (
            {"title": '"A \\x3c!--count:x--> B"'},
            3,
            "The title holds a mark that the comment service uses",
            "Leave <!--",
        ),
    ],
)
def test_each_mistake_is_named_with_line_and_cure(
    desk: Desk, changes: dict[str, str], line: int, what: str, cure: str
) -> None:
    desk.write("authors/jdoe.yml", "name: J. Doe\n")
    desk.article(**changes)

    found = [one for one in desk.complaints() if what in one]

    assert found, desk.complaints()
    assert found[0].startswith(f"{HERE}:{line}: ")
    assert cure in found[0]


@pytest.mark.parametrize("key", ["summary", "authors", "topics", "date"])
def test_a_published_text_lacks_nothing_and_a_draft_may(desk: Desk, key: str) -> None:
    desk.article(**{key: None})
    assert f"The key “{key}” is missing, and the text is published" in desk.complaint()

    desk.article(**{key: "", "status": "draft"})
    assert desk.complaints() == []


def test_a_published_text_has_words(desk: Desk) -> None:
    desk.article(body=" \n\n")
    assert desk.complaint().startswith(f"{HERE}:10: There is no text.")

    desk.article(body="", status="draft")
    desk.resource(body="")
    assert desk.complaints() == []


@pytest.mark.parametrize("key", ["id", "title"])
def test_even_a_draft_has_an_id_and_a_title(desk: Desk, key: str) -> None:
    desk.article(**{key: None, "status": "draft"})

    assert f"The key “{key}” is missing" in desk.complaint()


def test_a_misspelt_status_still_tells_what_publishing_needs(desk: Desk) -> None:
    desk.article(status="publishd", date=None)

    assert len(desk.complaints()) == 2


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"kind": "boook"}, "Did you mean “book”?"),
        ({"access": "gratis"}, "Choose from: free, paid, registration."),
        ({"audience": "[practitioner]"}, "Did you mean “practitioners”?"),
        ({"doi": "https://doi.org/10.1000/182"}, "Write doi: 10.1000/182"),
        ({"isbn": '"9780123785962"'}, "The check digit of the ISBN"),
        ({"isbn": '"12345"'}, "Write its 10 or 13 digits."),
        ({"link": "ftp://example.org"}, "is not a web address"),
        ({"link": None}, "The resource says nowhere where to find it"),
        ({"csl": "{type: bok}"}, "Did you mean “book”?"),
        ({"csl": "{type: book, author: [{}]}"}, "This name is empty"),
        ({"csl": "{type: book, issued: May 2004}"}, "is not a date of publication"),
        ({"csl": "{type: book, pages: 1-2}"}, "Did you mean “page”?"),
    ],
)
def test_resources_are_held_to_their_vocabulary(desk: Desk, changes: dict[str, str | None], what: str) -> None:
    desk.resource(**changes)

    assert what in desk.complaint()


@pytest.mark.parametrize("isbn", ["9780123785961", "978-0-12-378596-1", "0-306-40615-2", "080442957X"])
def test_right_isbns_are_kept_as_digits(desk: Desk, isbn: str) -> None:
    desk.resource(isbn=f'"{isbn}"')

    (resource,) = desk.load().resources
    assert resource.isbn == isbn.replace("-", "")


def test_author_and_topic_files_are_held_to_their_keys_too(desk: Desk) -> None:
    desk.write("authors/luc-exemple.yml", "nme: Luc\nlinks: [{name: x, url: x}]\nphoto: media/none.jpg\n")
    desk.write("authors/Big Name.yml", "name: Big\n")
    desk.write("topics.yml", "consent:\n  name: C\n  parent: nowhere\nA b:\n  name: x\nx: y\ne:\n  intro: z\n")

    found = "\n".join(desk.complaints())

    for words in (
        "authors/luc-exemple.yml:1: There is no key “nme”. Did you mean “name”?",
        "authors/luc-exemple.yml:1: The key “name” is missing",
        "authors/luc-exemple.yml:2: “x” is not a web address",
        "authors/luc-exemple.yml:3: There is no file “media/none.jpg”",
        "authors/Big Name.yml:1: “Big Name” cannot be an author's key. Rename the file to big-name.yml.",
        "topics.yml:3: There is no topic “nowhere” above “consent”",
        "topics.yml:4: “A b” cannot be a topic's key. Write a-b:",
        "topics.yml:6: The topic “x” has no name",
        "topics.yml:8: There is no key “intro”. Did you mean “introduction”?",
        "topics.yml:8: The key “name” is missing",
    ):
        assert words in found


@pytest.mark.parametrize("text", ["", "# The first topic comes here.\n\n"])
def test_topics_may_still_be_to_come(desk: Desk, text: str) -> None:
    desk.write("topics.yml", text)
    desk.page()
    publication = desk.load()
    assert (publication.problems, dict(publication.topics)) == ((), {})


def test_topics_in_a_circle_are_named(desk: Desk) -> None:
    desk.write("topics.yml", "a:\n  name: A\n  parent: b\nb:\n  name: B\n  parent: a\n")

    assert [one.partition(". ")[0] for one in desk.complaints()] == [
        "content/topics.yml:3: The topic “a” is above itself",
        "content/topics.yml:6: The topic “b” is above itself",
    ]


def test_two_parts_of_a_series_with_one_number_name_both(desk: Desk) -> None:
    desk.article("one", series="{name: S, part: 1}")
    desk.article("two", series="{name: S, part: 1}")

    assert "Part 1 of the series “S” is also content/articles/2026/one.md:9" in desk.complaint()


def test_a_good_publication_has_typed_records(desk: Desk) -> None:
    desk.article(
        tags="[e-mail, First Contact]",
        image='{src: media/drawing.svg, alt: ""}',
        reviewed="{on: 2026-03-01, by: luc-exemple, every: 12 months}",
        series="{name: Meeting, part: 2}",
        featured="yes",
    )

    publication = desk.load()

    assert publication.problems == ()
    (article,) = publication.articles
    assert article.date.isoformat() == "2026-03-14T09:30:00-04:00"
    assert article.authors == ("mara-example",)
    assert article.notices == ("views-personal",)
    assert article.language == "en"
    assert article.path == article.url == "/2026/first-note/"
    assert article.image
    assert article.image.alt == ""
    assert article.reviewed
    assert str(article.reviewed.due) == "2027-03-01"
    assert article.series
    assert article.series.part == 2
    assert (article.line, article.body_line, article.body) == (2, 15, "Words.\n")
    assert publication.lead is article
    assert publication.find("first-note") is article
    assert publication.tags["first-contact"].articles == ("first-note",)
    assert publication.topics["ethics"].children == ("consent",)
    assert publication.authors["mara-example"].example

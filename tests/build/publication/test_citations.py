"""Citations after APA 7."""

import pytest

from publication.citations import apa_article, apa_article_text, apa_resource, apa_resource_text
from tests.build.publication.desk import Desk

JOURNAL = (
    'type: article-journal, issued: "2004", container-title: Cyber & Behavior, volume: "7", issue: "3", page: 321-326'
)
LINK = "https://doi.org/10.1089/1094931041291295"


@pytest.mark.parametrize(
    ("csl", "text"),
    [
        (
            f"{{author: [{{family: Suler, given: John}}], issued: '2004', {JOURNAL}}}",
            f"Suler, J. (2004). The online disinhibition effect. Cyber & Behavior, 7(3), 321–326. {LINK}",
        ),
        (
            "{type: book, issued: '2010', publisher: SAGE, edition: '2', author: [{family: Ø, given: Jean-Luc M.}, "
            "{family: de B, given: C}]}",
            f"Ø, J.-L. M., & de B, C. (2010). The online disinhibition effect (2nd ed.). SAGE. {LINK}",
        ),
        (
            "{type: book, issued: '2010', publisher: Press, editor: [{family: A, given: B}, {family: C, given: D}]}",
            f"A, B., & C, D. (Eds.). (2010). The online disinhibition effect. Press. {LINK}",
        ),
        (
            "{type: chapter, issued: '2012', container-title: Big Book, page: 1-9, publisher: P, "
            "author: [{family: A, given: B}], editor: [{family: C, given: D}, {family: E, given: F}]}",
            "A, B. (2012). The online disinhibition effect. In D. C & F. E (Eds.), Big Book (pp. 1–9). P. " + LINK,
        ),
        (
            "{type: report, issued: '2011', publisher: WHO, author: [{literal: WHO}], number: 'R-1'}",
            f"WHO. (2011). The online disinhibition effect (No. R-1). {LINK}",
        ),
        (
            "{type: webpage, issued: '2024-03-05', publisher: An Office}",
            f"An Office. (2024, March 5). The online disinhibition effect. {LINK}",
        ),
        ("{type: webpage}", f"The online disinhibition effect. (n.d.). {LINK}"),
        (None, f"The online disinhibition effect. (n.d.). {LINK}"),
    ],
)
def test_resources_are_cited(desk: Desk, csl: str | None, text: str) -> None:
    desk.resource(csl=csl)

    (resource,) = desk.load().resources

    assert apa_resource_text(resource) == text


def test_more_than_twenty_authors_are_cut_as_the_manual_says(desk: Desk) -> None:
    names = ", ".join(f"{{family: N{number}, given: A}}" for number in range(1, 24))
    desk.resource(csl=f"{{type: book, author: [{names}]}}")

    text = apa_resource_text(desk.load().resources[0])

    assert "N19, A., … N23, A." in text
    assert "N20" not in text


def test_our_articles_are_cited_in_their_language(desk: Desk) -> None:
    desk.article("one", title='"Why?"', authors="[mara-example, luc-exemple]")
    desk.article("two", language="fr", authors="[luc-exemple]", date="2026-03-15 09:30")

    publication = desk.load()

    assert [apa_article_text(article, publication) for article in publication.articles] == [
        "Exemple, L. (2026, 15 mars). The note two. Practice Notes. https://notes.example.org/2026/two/",
        "Example, M., & Exemple, L. (2026, March 14). Why? Practice Notes. https://notes.example.org/2026/one/",
    ]


def test_what_editors_typed_stays_text(desk: Desk) -> None:
    script = "<script>alert(1)</script>"
    csl = f'{{type: book, author: [{{literal: "{script}"}}], publisher: "{script}", edition: "{script}"}}'
    desk.resource(title=f'"{script}"', csl=csl, link="https://example.org/?a=1&b=2")
    desk.article(title=f'"{script}"', canonical="https://example.org/?a=1&b=2")
    desk.write("authors/mara-example.yml", f'name: "{script}"\n')

    publication = desk.load()
    cited = apa_resource(publication.resources[0]) + apa_article(publication.articles[0], publication)

    assert "<script" not in cited
    assert cited.count("&lt;script&gt;") == 5
    assert '<a href="https://example.org/?a=1&amp;b=2">https://example.org/?a=1&amp;b=2</a>' in cited

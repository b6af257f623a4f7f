"""Names and dates in references."""

import pytest

from publication.citations import dates, names
from publication.citations.terms import ENGLISH, FRENCH
from publication.records import Name
from tests.build.publication.desk import Desk
from tests.build.publication.references import article, people, shown, work

PEOPLE = [f"N{number}, Ann" for number in range(1, 24)]


@pytest.mark.parametrize(
    ("count", "reference"),
    [
        (1, "N1, A. (n.d.)."),
        (2, "N1, A., & N2, A. (n.d.)."),
        (3, "N1, A., N2, A., & N3, A. (n.d.)."),
        (20, ", N19, A., & N20, A. (n.d.)."),
        (21, ", N19, A., … N21, A. (n.d.)."),
        (23, ", N19, A., … N23, A. (n.d.)."),
    ],
)
def test_up_to_twenty_authors_are_all_named(desk: Desk, count: int, reference: str) -> None:
    cited = shown(work(desk, "It", {"type": "book", "author": people(*PEOPLE[:count])}))

    assert f"{reference} *It*." in cited
    assert ("N20" in cited) == (count == 20)


@pytest.mark.parametrize(
    ("name", "inverted", "straight"),
    [
        (Name(family="Suler", given="John"), "Suler, J.", "J. Suler"),
        (Name(family="Nelson", given="Eve-Lynn"), "Nelson, E.-L.", "E.-L. Nelson"),
        (Name(family="Tolkien", given="J.R.R."), "Tolkien, J. R. R.", "J. R. R. Tolkien"),
        (Name(family="Sartre", given="J.-P."), "Sartre, J.-P.", "J.-P. Sartre"),
        (Name(family="hooks", given="bell"), "hooks, b.", "b. hooks"),
        (Name(family="de Beauvoir", given="Simone"), "de Beauvoir, S.", "S. de Beauvoir"),
        (Name(family="Waal", given="Piet N.", non_dropping_particle="van der"), "van der Waal, P. N.", None),
        (Name(family="Alembert", given="Jean", non_dropping_particle="d’"), "d’Alembert, J.", "J. d’Alembert"),
        (Name(family="King", given="Martin Luther", suffix="Jr."), "King, M. L., Jr.", "M. L. King Jr."),
        (Name(family="Nagel", given="E\u0301ve"), "Nagel, É.", "É. Nagel"),
        (Name(family="Abu", given="ʿAli (2)"), "Abu, A.", "A. Abu"),
        (Name(family="Plato"), "Plato", "Plato"),
        (Name(literal="W3C, Inc."), "W3C, Inc.", "W3C, Inc."),
    ],
)
def test_a_name_is_inverted_and_shortened(name: Name, inverted: str, straight: str | None) -> None:
    assert names.inverted(name) == inverted
    assert straight in (None, names.straight(name))


@pytest.mark.parametrize(
    ("more", "cited"),
    [
        ("name: Mara Example", "Example, M."),
        ("name: Anna van der Berg", "van der Berg, A."),
        ("name: Martin Luther King Jr.", "King, M. L., Jr."),
        ("name: María José García Márquez\nfamily: García Márquez", "García Márquez, M. J."),
        ("name: Szabó Ilona\nfamily: Szabó", "Szabó, I."),
        ("name: Madonna", "Madonna"),
        ('name: "Example Association, Ottawa"\norganisation: yes', "Example Association, Ottawa"),
    ],
)
def test_our_authors_names_are_taken_apart(desk: Desk, more: str, cited: str) -> None:
    desk.write("authors/mara-example.yml", f"{more}\nsuffix: MA, CCC\n")
    desk.article("one")

    stop = "" if cited.endswith(".") else "."
    assert shown(article(desk)) == (
        f"{cited}{stop} (2026, March 14). The note one. *Practice Notes*. https://notes.example.org/2026/one/"
    )


def test_a_family_name_that_is_not_in_the_name_is_a_problem(desk: Desk) -> None:
    desk.write("authors/mara-example.yml", "name: Mara Example\nfamily: Sample\n")

    assert desk.complaint() == (
        "content/authors/mara-example.yml:2: The family name “Sample” is not a part of the name “Mara Example”. "
        "Write it as it stands there, or leave family out."
    )


def test_our_articles_are_cited_in_the_language_of_their_page(desk: Desk) -> None:
    desk.article("one", title='"Why?"', authors="[mara-example, luc-exemple]", canonical="https://example.org/first")
    both = article(desk)
    desk.article("two", language="fr", authors="[luc-exemple]", date="2026-05-01 09:30")

    who = "Example, M., & Exemple, L."
    assert shown(both) == f"{who} (2026, March 14). Why? *Practice Notes*. https://example.org/first"
    assert shown(article(desk), "fr") == (
        "Exemple, L. (2026, 1er mai). The note two. *Practice Notes*. https://notes.example.org/2026/two/"
    )


def test_an_article_is_of_the_day_it_was_where_the_site_is_at_home(desk: Desk) -> None:
    desk.article(date="2026-03-15T03:30+00:00")

    assert "(2026, March 14)" in shown(article(desk))


@pytest.mark.parametrize(
    ("issued", "english", "french", "years"),
    [
        ("", "n.d.", "s. d.", "n.d."),
        ("2004", "2004", "2004", "2004"),
        ("2004-06", "2004, June", "2004, juin", "2004"),
        ("2004-06-01", "2004, June 1", "2004, 1er juin", "2004"),
        ("2015/..", "2015–present", "2015–présent", "2015–present"),
        ("2015/2018", "2015–2018", "2015–2018", "2015–2018"),
        ("2015-03-01/2015-03-04", "2015, March 1–4", "2015, 1er–4 mars", "2015"),
        ("2015-03-30/2015-04-02", "2015, March 30–April 2", "2015, 30 mars–2 avril", "2015"),
        ("2015-03/2015-04", "2015, March–April", "2015, mars–avril", "2015"),
        ("2015-12-30/2016-01-02", "2015, December 30–2016, January 2", None, "2015–2016"),
        ("2015/2015-04", "2015–2015, April", None, "2015"),
    ],
)
def test_dates_are_written_out(issued: str, english: str, french: str | None, years: str) -> None:
    span = dates.read(issued)

    assert dates.in_words(span, ENGLISH, whole=True) == english
    assert french in (None, dates.in_words(span, FRENCH, whole=True))
    assert dates.in_words(span, ENGLISH, whole=False) == years


@pytest.mark.parametrize("issued", ["2004-13", "2004-02-30", "0000", "2004/", "2004/2003", "../2004", "04", "2004-6"])
def test_a_date_that_never_was_is_a_problem(desk: Desk, issued: str) -> None:
    desk.resource(csl=f'{{type: book, issued: "{issued}"}}')

    assert "is not a date of publication. Write issued: " in desk.complaint()


@pytest.mark.parametrize(("issn", "what"), [("0003-066Y", "is not an ISSN"), ("0003-0661", "The check digit")])
def test_the_number_of_a_journal_is_checked(desk: Desk, issn: str, what: str) -> None:
    desk.resource(csl=f'{{type: article-journal, issn: "{issn}"}}')

    assert what in desk.complaint()


@pytest.mark.parametrize(
    ("edition", "words"),
    [
        *(("1", "1st ed."), ("2", "2nd ed."), ("3", "3rd ed."), ("11", "11th ed."), ("12", "12th ed.")),
        *(("22", "22nd ed."), ("113", "113th ed."), ("Rev. ed.", "Rev. ed.")),
    ],
)
def test_editions_are_counted(edition: str, words: str) -> None:
    assert ENGLISH.nth_edition(edition) == words

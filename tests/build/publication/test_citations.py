"""References after APA 7: what the manual and its site give as examples, for every kind of resource."""

import pytest

from tests.build.publication.desk import Desk
from tests.build.publication.golden import GOLDEN, URL
from tests.build.publication.references import people, shown, work


@pytest.mark.parametrize("case", GOLDEN)
def test_resources_are_cited_as_the_manual_has_it(desk: Desk, case: str) -> None:
    kind, title, csl, more, reference = GOLDEN[case]

    assert shown(work(desk, title, csl, **({"kind": kind, "link": URL} | more))) == reference


def test_every_kind_has_its_example() -> None:
    assert {case[0] for case in GOLDEN.values()} == {
        *("guideline", "book", "chapter", "article", "research"),
        *("tool", "course", "organisation", "video", "podcast"),
    }


@pytest.mark.parametrize(
    ("title", "ended"),
    [
        ("Why?", "*Why?* (n.d.)."),
        ("Now!", "*Now!* (n.d.)."),
        ("What is “normal”?", "*What is “normal”?* (n.d.)."),
        ("She asked “Why?”", "*She asked “Why?”* (n.d.)."),
        ("On “care”", "*On “care.”* (n.d.)."),
        ('On "care"', '*On "care."* (n.d.).'),
        ("About the U.S.", "*About the U.S.* (n.d.)."),
        ("And so on …", "*And so on …* (n.d.)."),
        ("As Written With Capitals", "*As Written With Capitals*. (n.d.)."),
    ],
)
def test_no_sentence_ends_twice(desk: Desk, title: str, ended: str) -> None:
    assert shown(work(desk, title, kind="tool", link=URL)) == f"{ended} {URL}"


def test_an_address_keeps_its_end_bare_and_a_doi_is_one_that_can_be_followed(desk: Desk) -> None:
    doi = "10.1002/(SICI)1097-4679(199901)55:1#2%3"

    reference = shown(work(desk, "It", kind="tool", link=URL, doi=doi))

    assert reference.endswith(" https://doi.org/10.1002/(SICI)1097-4679(199901)55:1%232%253")


def test_a_library_catalogue_is_not_where_a_book_stands(desk: Desk) -> None:
    desk.resource(title="Feminist therapy", kind="book", link=None, isbn="9781433829116", csl="{type: book}")

    (resource,) = desk.load().resources

    assert "worldcat" in resource.link
    assert shown(work(desk, "Feminist therapy", kind="book", link=resource.link)) == "*Feminist therapy*. (n.d.)."


def test_a_french_page_cites_in_french(desk: Desk) -> None:
    cited = work(
        desk,
        "Le lien « à distance »",
        {
            "type": "chapter",
            "author": people("Tremblay, Jean-Luc", "Roy, Ève"),
            "editor": people("Gagnon, Zoé", "Côté, Yan"),
            "translator": people("Smith, Ann"),
            "original-date": "1999",
            "container-title": "La pratique en ligne",
            "edition": "2",
            "page": "3-9",
            "publisher": "PUQ",
        },
        kind="chapter",
        language="fr",
        link=URL,
    )

    assert shown(cited, "fr") == (
        "Tremblay, J.-L. et Roy, È. (s. d.). Le lien « à distance » (A. Smith, trad.). Dans Z. Gagnon et Y. Côté "
        f"(dir.), *La pratique en ligne* (2e éd., p. 3–9). PUQ. {URL} (Ouvrage original publié en 1999)"
    )
    assert shown(cited, "en").startswith(
        "Tremblay, J.-L., & Roy, È. (n.d.). Le lien « à distance » (A. Smith, Trans.). In Z. Gagnon & Y. Côté (Eds.), "
    )

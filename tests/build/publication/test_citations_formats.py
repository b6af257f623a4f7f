"""References for reference managers, read again by readers that forgive nothing."""

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from publication.citations import bibtex, csl, ris
from publication.citations.work import Work
from publication.records import Citation, Name
from publication.vocabulary import CSL_TYPES
from tests.build.publication import strict
from tests.build.publication.csl_schema import SCHEMA
from tests.build.publication.desk import Desk
from tests.build.publication.references import article, work

HOSTILE = r"A {half-open & 100% $5 #1 under_score ~tilde^ C:\dir} @article{x, TY - JOUR"
FULL = Work(
    id="full-2012",
    kind="chapter",
    title="Online counseling with Na'ama: iPads & the WHO",
    language="en",
    facts=Citation(
        type="chapter",
        author=(Name("Waal", "Piet N.", non_dropping_particle="van der"), Name(literal="Marks and Spencer, Inc.")),
        editor=(Name("King", "Martin Luther", suffix="Jr."),),
        translator=(Name("Smith, and Sons", "Ann"),),
        issued="2012-05-09",
        original_date="1999",
        container_title="Encyclopedia of Cyber Behavior",
        volume="2",
        page="699-713",
        edition="3",
        publisher="IGI Global",
        publisher_place="Hershey, PA",
        collection_title="A series",
        collection_number="7",
        issn="0003-066X",
    ),
    url="https://example.org/a_b?c=1&d=%7E#e",
    doi="10.4018/a_b{c}",
    isbn="9781466603158",
)


def of_type(kind: str, **facts: str) -> Work:
    return Work("it", "article", "It", "en", Citation(type=kind, **facts))  # type: ignore[arg-type]  # texts only


def test_bibtex_says_all_that_is_known() -> None:
    (entry,) = strict.bibtex(bibtex.entry(FULL))

    assert (entry.kind, entry.key) == ("incollection", "full-2012")
    assert entry.people("author") == ["van der Waal, Piet N.", "{Marks and Spencer, Inc.}"]
    assert entry.people("editor") == ["King, Jr., Martin Luther"]
    assert entry.fields["translator"] == "{Smith, and Sons}, Ann"
    assert entry.fields["title"] == r"Online counseling with {Na'ama:} {iPads} \& the {WHO}"
    assert (entry.fields["year"], entry.fields["month"], entry.fields["date"]) == ("2012", "may", "2012-05-09")
    assert {name: entry.text(name) for name in ("booktitle", "pages", "number", "series", "address", "origdate")} == {
        "booktitle": "Encyclopedia of Cyber Behavior",
        "pages": "699--713",
        "number": "7",
        "series": "A series",
        "address": "Hershey, PA",
        "origdate": "1999",
    }
    assert entry.fields["url"] == FULL.url
    assert entry.fields["doi"] == "10.4018/a_b%7Bc%7D"
    assert (entry.fields["langid"], entry.fields["language"]) == ("english", "en")


def test_ris_says_all_that_is_known() -> None:
    (record,) = strict.ris(ris.write([FULL]))

    assert record == [
        ("TY", "CHAP"),
        ("ID", "full-2012"),
        ("AU", "van der Waal, Piet N."),
        ("AU", "Marks and Spencer, Inc."),
        ("ED", "King, Martin Luther, Jr."),
        ("A4", "Smith, and Sons, Ann"),
        ("TI", FULL.title),
        ("T2", "Encyclopedia of Cyber Behavior"),
        ("T3", "A series"),
        ("PY", "2012"),
        ("DA", "2012/05/09/"),
        ("VL", "2"),
        ("SP", "699"),
        ("EP", "713"),
        ("M1", "7"),
        ("ET", "3"),
        ("PB", "IGI Global"),
        ("CY", "Hershey, PA"),
        ("SN", "9781466603158"),
        ("SN", "0003-066X"),
        ("DO", FULL.doi),
        ("UR", FULL.url),
        ("LA", "en"),
    ]


def test_csl_says_all_that_is_known() -> None:
    (item,) = json.loads(csl.write([FULL]))

    assert item == {
        "id": "full-2012",
        "type": "chapter",
        "title": FULL.title,
        "language": "en",
        "author": [
            {"family": "Waal", "given": "Piet N.", "non-dropping-particle": "van der"},
            {"literal": "Marks and Spencer, Inc."},
        ],
        "editor": [{"family": "King", "given": "Martin Luther", "suffix": "Jr."}],
        "translator": [{"family": "Smith, and Sons", "given": "Ann"}],
        "issued": {"date-parts": [[2012, 5, 9]]},
        "original-date": {"date-parts": [[1999]]},
        "container-title": "Encyclopedia of Cyber Behavior",
        "volume": "2",
        "page": "699-713",
        "edition": "3",
        "publisher": "IGI Global",
        "publisher-place": "Hershey, PA",
        "collection-title": "A series",
        "collection-number": "7",
        "DOI": FULL.doi,
        "ISBN": "9781466603158",
        "ISSN": "0003-066X",
        "URL": FULL.url,
    }


@pytest.mark.parametrize("kind", CSL_TYPES)
def test_every_type_is_written_in_every_format(kind: str) -> None:
    cited = replace(FULL, facts=replace(FULL.facts, type=kind))

    (entry,), (record,) = strict.bibtex(bibtex.entry(cited)), strict.ris(ris.write([cited]))

    assert len(entry.people("author")) == len([tag for tag, _ in record if tag == "AU"]) == 2
    assert {"Encyclopedia of Cyber Behavior", "IGI Global"} <= set(entry.fields.values())
    Draft7Validator(SCHEMA).validate(json.loads(csl.write([cited])))


@pytest.mark.parametrize(
    ("kind", "facts", "entry", "record"),
    [
        ("article-journal", {"container_title": "J"}, "article", "JOUR"),
        ("article-magazine", {"container_title": "M"}, "article", "MGZN"),
        ("book", {}, "book", "BOOK"),
        ("report", {"publisher": "P"}, "techreport", "RPRT"),
        ("thesis", {"publisher": "U"}, "phdthesis", "THES"),
        ("thesis", {"publisher": "U", "genre": "Master’s thesis"}, "mastersthesis", "THES"),
        ("paper-conference", {"event": "E"}, "inproceedings", "CONF"),
        ("webpage", {}, "online", "ELEC"),
        ("software", {"version": "2"}, "software", "COMP"),
        ("motion_picture", {}, "video", "VIDEO"),
        ("broadcast", {}, "audio", "SOUND"),
        ("standard", {}, "techreport", "STAND"),
        ("legislation", {}, "misc", "STAT"),
        ("article", {}, "misc", "GEN"),
        ("article", {"container_title": "J"}, "article", "JOUR"),
        ("document", {}, "misc", "GEN"),
    ],
)
def test_each_type_has_its_place(kind: str, facts: dict[str, str], entry: str, record: str) -> None:
    cited = of_type(kind, **facts)

    assert strict.bibtex(bibtex.entry(cited))[0].kind == entry
    assert strict.ris(ris.write([cited]))[0][0] == ("TY", record)


def test_the_words_for_the_house_follow_the_kind_of_entry() -> None:
    page = of_type("webpage", container_title="Mayo Clinic", publisher="Mayo Foundation")
    report = of_type("report", publisher="WHO", genre="Working paper", number="7")

    fields = strict.bibtex(bibtex.entry(page))[0].fields
    assert (fields["organization"], fields["publisher"]) == ("Mayo Clinic", "Mayo Foundation")
    fields = strict.bibtex(bibtex.entry(report))[0].fields
    assert (fields["institution"], fields["type"], fields["number"]) == ("WHO", "Working paper", "7")


def test_an_article_number_stands_where_pages_would() -> None:
    cited = of_type("article-journal", container_title="J", volume="10", issue="2", number="993")

    assert strict.bibtex(bibtex.entry(cited))[0].fields["eid"] == "993"
    assert dict(strict.ris(ris.write([cited]))[0])["SP"] == "993"
    assert csl.item(cited)["number"] == "993"


@pytest.mark.parametrize(
    ("issued", "fields", "lines", "parts"),
    [
        ("2015", {"year": "2015"}, {"PY": "2015"}, {"date-parts": [[2015]]}),
        ("2015-03", {"year": "2015", "month": "mar"}, {"PY": "2015", "DA": "2015/03//"}, {"date-parts": [[2015, 3]]}),
        (
            "2015/2018",
            {"year": "2015", "date": "2015/2018"},
            {"PY": "2015", "DA": "2015///2015/2018"},
            {"date-parts": [[2015], [2018]]},
        ),
        (
            "2015/..",
            {"year": "2015", "date": "2015/"},
            {"PY": "2015", "DA": "2015///2015/.."},
            {"date-parts": [[2015]], "edtf": "2015/.."},
        ),
    ],
)
def test_dates_are_as_exact_as_they_are_known(
    issued: str, fields: dict[str, str], lines: dict[str, str], parts: dict[str, object]
) -> None:
    cited = of_type("webpage", issued=issued)

    entry, record = strict.bibtex(bibtex.entry(cited))[0], dict(strict.ris(ris.write([cited]))[0])

    assert {name: entry.fields[name] for name in ("year", "month", "date") if name in entry.fields} == fields
    assert {tag: record[tag] for tag in ("PY", "DA") if tag in record} == lines
    assert csl.item(cited)["issued"] == parts


def test_both_authors_of_an_article_are_in_all_formats(desk: Desk) -> None:
    desk.article(authors="[mara-example, luc-exemple]")
    cited = article(desk)

    (entry,), (record,), item = (
        strict.bibtex(bibtex.entry(cited)),
        strict.ris(ris.write([cited])),
        csl.item(cited),
    )

    assert entry.people("author") == ["Example, Mara", "Exemple, Luc"]
    assert [value for tag, value in record if tag == "AU"] == ["Example, Mara", "Exemple, Luc"]
    assert [name["family"] for name in item["author"]] == ["Example", "Exemple"]
    assert entry.fields["journal"] == "Practice Notes"
    assert ("DA", "2026/03/14/") in record
    assert item["issued"] == {"date-parts": [[2026, 3, 14]]}


def test_lists_stand_one_blank_line_apart(desk: Desk) -> None:
    both = [FULL, replace(FULL, id="second")]

    assert [entry.key for entry in strict.bibtex(bibtex.write(both).decode())] == ["full-2012", "second"]
    assert [dict(record)["ID"] for record in strict.ris(ris.write(both))] == ["full-2012", "second"]
    assert [item["id"] for item in json.loads(csl.write(both))] == ["full-2012", "second"]
    assert (bibtex.write([]), ris.write([]), json.loads(csl.write([]))) == (b"", b"", [])


def test_what_is_hostile_stays_text(desk: Desk) -> None:
    cited = work(desk, HOSTILE, {"type": "book", "author": [{"literal": HOSTILE}], "publisher": HOSTILE}, kind="book")

    (entry,), (record,) = strict.bibtex(bibtex.entry(cited)), strict.ris(ris.write([cited]))

    assert entry.text("title") == entry.text("publisher") == HOSTILE
    assert strict.plain(entry.people("author")[0]) == HOSTILE
    assert dict(record)["TI"] == HOSTILE
    assert csl.item(cited)["title"] == HOSTILE


@settings(max_examples=60, deadline=None)
@given(st.text(min_size=1), st.text(min_size=1), st.text(min_size=1))
def test_whatever_is_written_can_be_read(title: str, family: str, given: str) -> None:
    cited = replace(FULL, title=f"T{title}", facts=replace(FULL.facts, author=(Name(f"F{family}", f"G{given}"),)))

    (entry,), (record,) = strict.bibtex(bibtex.entry(cited)), strict.ris(ris.write([cited]))

    assert len(entry.people("author")) == 1
    assert len(strict.outside_braces(entry.fields["author"], ", ")) == 2
    assert entry.text("title").startswith("T")
    assert len([tag for tag, _ in record if tag in ("AU", "TI")]) == 2


@pytest.mark.parametrize("sign", ["\n", "\r\n", "\r", "\u2028", "\u0085", "\v", "\x1d", "\x00"])
def test_no_value_breaks_its_line(sign: str) -> None:
    cited = replace(FULL, title=f"One{sign}TY  - JOUR")

    assert strict.bibtex(bibtex.entry(cited))[0].text("title") == "One TY - JOUR"
    assert dict(strict.ris(ris.write([cited]))[0])["TI"] == "One TY - JOUR"

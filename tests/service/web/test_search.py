"""Search, as a page that needs no script and as JSON for the one there is."""

import logging
from urllib.parse import parse_qs, urlsplit

import pytest
from selectolax.lexbor import LexborHTMLParser

from tests.service.web.house import House, Visitor, page

JSON = {"Accept": "application/json"}


def titles(shown: LexborHTMLParser) -> list[str]:
    return [link.text() for link in shown.css(".entry h2 a")]


def links(shown: LexborHTMLParser, place: str) -> dict[str, str]:
    """What each link says → where it leads."""
    return {link.text(): link.attributes["href"] or "" for link in shown.css(f"{place} a")}


def test_words_and_beginnings_are_found_whatever_their_accents(visitor: Visitor) -> None:
    shown = page(visitor.get("/search/?q=cafe+sil"))

    assert titles(shown) == ["Entendre le silence"]
    assert shown.css_first(".entry .body").attributes["lang"] == "fr"
    assert shown.css_first(".entry mark") is not None
    assert shown.css_first("#q").attributes["value"] == "cafe sil"


def test_text_is_shown_as_text_and_the_number_is_told(visitor: Visitor) -> None:
    shown = page(visitor.get("/search/?q=silence"))

    assert shown.css_first("[role=status]").text().startswith("3 results")
    assert titles(shown) == ["Silence is <also> an answer", "Listening", "Entendre le silence"]


def test_filters_are_links_that_say_how_many(visitor: Visitor) -> None:
    shown = page(visitor.get("/search/?q=silence"))
    kinds, others = links(shown, "header nav"), links(shown, "nav.in-margin")

    assert list(kinds) == ["All", "Articles2", "Resources1"]
    assert list(others) == ["Care & safety2", "English2", "Français1"]
    assert titles(page(visitor.get(kinds["Resources1"]))) == ["Listening"]
    assert titles(page(visitor.get(others["Français1"]))) == ["Entendre le silence"]


def test_a_chosen_filter_is_marked_and_can_be_taken_away(visitor: Visitor) -> None:
    shown = page(visitor.get("/search/?q=silence&topic=care&kind=article&language=en"))

    assert titles(shown) == ["Silence is <also> an answer"]
    assert [link.text() for link in shown.css("[aria-current=true]")] == ["Articles1", "Care & safety1", "English1"]
    assert [parse_qs(urlsplit(href).query) for href in links(shown, ".pills").values()] == [
        {"q": ["silence"], "kind": ["article"], "language": ["en"]},
        {"q": ["silence"], "kind": ["article"], "topic": ["care"]},
    ]


def test_where_filters_leave_nothing_the_way_out_is_shown(visitor: Visitor) -> None:
    shown = page(visitor.get("/search/?q=listening&kind=author"))

    assert links(shown, "section")["See the 1 without filters."] == "/search/?q=listening"


def test_in_french_the_page_speaks_french_and_french_texts_come_first(visitor: Visitor) -> None:
    shown = page(visitor.get("/search/?q=silence&lang=fr"))

    assert titles(shown)[0] == "Entendre le silence"
    assert shown.css_first("main > [lang=fr]") is not None
    assert shown.css_first("button").text() == "Rechercher"
    assert shown.css_first("input[name=lang]").attributes["value"] == "fr"
    assert shown.css_first(".entry .body").attributes.get("lang") is None
    assert all("lang=fr" in href for href in links(shown, "nav").values())


def test_without_words_there_is_a_french_page_too(visitor: Visitor) -> None:
    shown = page(visitor.get("/search/?lang=fr"))

    assert shown.css_first("h1").text() == "Rechercher"
    assert shown.css_first("input[name=lang]").attributes["value"] == "fr"
    assert shown.css_first("[role=status]") is None


@pytest.mark.parametrize("lang", ["xx", "../../en", "<b>"])
def test_an_unknown_language_is_the_sites(visitor: Visitor, lang: str) -> None:
    shown = page(visitor.get("/search/", query_string={"q": "silence", "lang": lang}))

    assert titles(shown)[0] == "Silence is <also> an answer"
    assert shown.css_first("input[name=lang]") is None


def test_other_words_are_a_link_where_nothing_was_found(visitor: Visitor) -> None:
    shown = page(visitor.get("/search/?q=silense&kind=article"))
    offered = links(shown, "section")

    assert offered == {"silence": "/search/?q=silence"}
    assert len(titles(page(visitor.get(offered["silence"])))) == 3


def test_scripts_get_json_with_public_fields_only(visitor: Visitor) -> None:
    told = visitor.get("/search/?q=listening", headers=JSON).json or {}
    (hit,) = told.pop("hits")

    assert told.pop("html").count("<li>") == 1
    assert told == {"q": "listening", "total": 1, "suggestion": "", "said": "1 result"}
    assert (hit["kind"], hit["url"], hit["language"]) == ("resource", "/resources/l/", "en")
    assert set(hit) == {"kind", "url", "language", "byline", "year", "title", "extract"}


def test_what_is_shown_while_typing_is_text_too(visitor: Visitor) -> None:
    told = visitor.get("/search/?q=silen&lang=fr", headers=JSON).json or {}
    nothing = visitor.get("/search/?q=silense&lang=fr", headers=JSON).json or {}

    assert "&lt;also&gt;" in told["html"]
    assert "<mark>" in told["html"]
    assert told["said"].startswith("3 ")
    assert "/search/?q=silence&amp;lang=fr" in nothing["html"]


HOSTILE = ["", '"', 'foo" AND (', "*", "a*b", "NEAR(", "title:x", "\x00", "é" * 10_000, "<b>", "😀", "\u202eabc", "؟"]


@pytest.mark.parametrize("q", HOSTILE, ids=range(len(HOSTILE)))
def test_any_text_is_a_fair_query(visitor: Visitor, q: str) -> None:
    shown = visitor.get("/search/", query_string={"q": q})
    told = visitor.get("/search/", query_string={"q": q}, headers=JSON)

    assert (shown.status_code, told.status_code) == (200, 200)
    assert "<b>" not in shown.text
    assert not {"\x00", "\u202e"} & set(shown.text)


@pytest.mark.parametrize("number", ["0", "-1", "2", "999999999999999999999", "x", "٣", "1.5", ""])
def test_any_page_is_one_that_exists(visitor: Visitor, number: str) -> None:
    shown = page(visitor.get("/search/", query_string={"q": "silence", "page": number}))

    assert len(titles(shown)) == 3
    assert shown.css_first(".pager") is None


def test_without_words_it_is_the_sites_own_page(visitor: Visitor) -> None:
    assert "Search page" in visitor.get("/search/").text
    assert "Search page" in visitor.get("/search/?q=+&kind=article").text


@pytest.mark.parametrize("headers", [{}, JSON], ids=["page", "json"])
def test_a_missing_index_is_503(house: House, visitor: Visitor, headers: dict[str, str]) -> None:
    (house.runtime.var / "current" / "search.db").unlink()

    answer = visitor.get("/search/?q=silence", headers=headers)

    assert answer.status_code == 503
    assert answer.headers["Retry-After"]


def test_nobody_notes_what_was_looked_for(house: House, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)

    for headers in ({}, JSON):
        house.visitor().get("/search/?q=xylophone&page=2", headers=headers)
    (house.runtime.var / "current" / "search.db").write_bytes(b"damaged")
    house.visitor().get("/search/?q=xylophone")

    assert "xylophone" not in caplog.text
    assert b"xylophone" not in b"".join(file.read_bytes() for file in house.runtime.var.rglob("*") if file.is_file())

"""What machines read in the head of a page."""

from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from tests.build.newsroom import URL, Newsroom, picture

ARTICLE = "2026/first-note/index.html"
RESOURCE = "resources/suler-2004/index.html"
SITE = "http://localhost:8000"


def meta(room: Newsroom, path: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for node in LexborHTMLParser(room.read(path)).css("meta[content]"):
        name = node.attributes.get("property") or node.attributes.get("name") or ""
        found.setdefault(name, []).append(node.attributes["content"] or "")
    return found


def links(room: Newsroom, path: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for node in LexborHTMLParser(room.read(path)).css("link[rel][href]"):
        found.setdefault(node.attributes["rel"] or "", []).append(node.attributes["href"] or "")
    return found


def test_a_link_to_an_article_shows_who_wrote_what_and_when(room: Newsroom) -> None:
    room.write("media/a.png", picture(640, 480))
    room.article(
        authors="[mara-example, luc-exemple]",
        topics="[consent, care]",
        tags="[brief, second]",
        updated="2026-04-01 08:00",
        image='{src: media/a.png, alt: "A drawing", caption: "", credit: ""}',
    )
    room.build()

    tags = meta(room, ARTICLE)

    assert {name: values for name, values in tags.items() if name.startswith("article:")} == {
        "article:published_time": ["2026-03-14T09:30:00-04:00"],
        "article:modified_time": ["2026-04-01T08:00:00-04:00"],
        "article:author": [f"{URL}/authors/mara-example/", f"{URL}/authors/luc-exemple/"],
        "article:section": ["Consent"],
        "article:tag": ["brief", "second"],
    }
    assert tags["og:type"] == ["article"]
    assert tags["og:title"] == ["The note first-note"]
    assert tags["og:url"] == [f"{URL}/2026/first-note/"]
    assert tags["og:site_name"] == ["Practice Notes"]
    assert tags["og:locale"] == ["en_CA"]
    assert tags["og:image"][0].startswith(f"{URL}/pictures/a-shared-640.")
    assert (tags["og:image:width"], tags["og:image:height"]) == (["640"], ["336"])


def test_an_article_that_was_never_updated_claims_no_later_moment(room: Newsroom) -> None:
    room.article(language="fr")
    room.build()

    tags = meta(room, ARTICLE)

    assert "article:modified_time" not in tags
    assert tags["og:locale"] == ["fr_CA"]
    assert tags["citation_language"] == ["fr"]


def test_the_names_of_languages_for_links_are_a_setting(room: Newsroom) -> None:
    room.article()
    room.build()
    room.build_only(settings={"OPENGRAPH_LOCALES": {"en": "en_GB"}})

    assert meta(room, ARTICLE)["og:locale"] == ["en_GB"]


def test_other_pages_are_a_website_or_a_profile(room: Newsroom) -> None:
    room.article()
    room.resource()
    room.build()

    for path in ("index.html", "archive/index.html", "topics/consent/index.html", RESOURCE):
        assert meta(room, path)["og:type"] == ["website"], path
    assert meta(room, "authors/mara-example/index.html")["og:type"] == ["profile"]


def test_reference_managers_read_an_article_of_ours(room: Newsroom) -> None:
    room.article(authors="[mara-example, luc-exemple]")
    room.build()

    tags = meta(room, ARTICLE)

    assert {name: values for name, values in tags.items() if name.startswith("citation_")} == {
        "citation_title": ["The note first-note"],
        "citation_author": ["Mara Example", "Luc Exemple"],
        "citation_publication_date": ["2026/03/14"],
        "citation_online_date": ["2026/03/14"],
        "citation_journal_title": ["Practice Notes"],
        "citation_language": ["en"],
        "citation_fulltext_html_url": [f"{URL}/2026/first-note/"],
    }


PEOPLE = 'author: [{family: "Suler", given: "John"}, {literal: "A Body"}]'
WORKS = {
    "journal": (
        f'{{type: article-journal, {PEOPLE}, issued: "2004-06", container-title: "A Journal", volume: "7", issue: "3", '
        'page: "321-326", publisher: "Press"}',
        {
            "citation_author": ["Suler, John", "A Body"],
            "citation_publication_date": ["2004/06"],
            "citation_journal_title": ["A Journal"],
            "citation_volume": ["7"],
            "citation_issue": ["3"],
            "citation_firstpage": ["321"],
            "citation_lastpage": ["326"],
            "citation_publisher": ["Press"],
        },
    ),
    "chapter": (
        '{type: chapter, container-title: "A Whole", editor: [{family: Ed, given: Ito}], page: "e12"}',
        {
            "citation_inbook_title": ["A Whole"],
            "citation_editor": ["Ed, Ito"],
            "citation_firstpage": ["e12"],
        },
    ),
    "conference": (
        '{type: paper-conference, container-title: "A Meeting", page: "1, 7"}',
        {"citation_conference_title": ["A Meeting"]},
    ),
    "report": (
        '{type: report, publisher: "An Institute"}',
        {"citation_technical_report_institution": ["An Institute"]},
    ),
    "thesis": ('{type: thesis, publisher: "A School"}', {"citation_dissertation_institution": ["A School"]}),
    "bare": (None, {}),
}


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Newsroom:
    """A resource for each of the works."""
    room = Newsroom(tmp_path_factory.mktemp("hub"))
    for name, (csl, _) in WORKS.items():
        room.resource(name, csl=csl, doi="10.1089/1094931041291295", isbn='"9780306406157"', language="fr")
    assert room.build() == 0
    return room


@pytest.mark.parametrize(("name", "expected"), [(name, expected) for name, (_, expected) in WORKS.items()], ids=WORKS)
def test_reference_managers_read_a_work_in_the_hub(hub: Newsroom, name: str, expected: dict[str, list[str]]) -> None:
    tags = meta(hub, f"resources/{name}/index.html")

    assert {name: values for name, values in tags.items() if name.startswith("citation_")} == expected | {
        "citation_title": [f"The work {name}"],
        "citation_doi": ["10.1089/1094931041291295"],
        "citation_isbn": ["9780306406157"],
        "citation_language": ["fr"],
        "citation_abstract_html_url": [f"{URL}/resources/{name}/"],
        "citation_fulltext_html_url": ["https://example.org/work"],
    }


def test_pages_of_a_list_have_names_and_addresses_of_their_own_and_know_their_neighbours(room: Newsroom) -> None:
    for number in range(1, 32):
        room.article(f"note-{number:02}", date=f"2026-03-{number:02} 09:30")
    room.build()
    paths = ["/topics/consent/", "/topics/consent/page/2/", "/topics/consent/page/1/"]

    pages = [links(room, f"{path.strip('/')}/index.html") for path in paths]

    assert [page["canonical"] for page in pages] == [[URL + path] for path in paths]
    assert [page.get("prev", [None])[0] for page in pages] == [None, *paths[:2]]
    assert [page.get("next", [None])[0] for page in pages] == [*paths[1:], None]
    titles = [LexborHTMLParser(room.read(f"{path.strip('/')}/index.html")).css_first("title").text() for path in paths]
    assert titles == [
        "Consent | Practice Notes",
        "Consent, page 2 | Practice Notes",
        "Consent, page 1 | Practice Notes",
    ]


def test_every_page_that_is_listed_has_an_absolute_address_and_a_description_of_its_own(sample_site: Path) -> None:
    addresses: dict[str, str] = {}
    for path in sample_site.rglob("*.html"):
        page = LexborHTMLParser(path.read_bytes())
        robots = page.css_first("meta[name=robots]")
        if robots:
            assert robots.attributes["content"] == "noindex"
            continue
        canonical = page.css_first("link[rel=canonical]").attributes["href"] or ""
        assert canonical == f"{SITE}/{path.relative_to(sample_site).as_posix()}".removesuffix("index.html")
        assert page.css_first('meta[property="og:url"]').attributes["content"] == canonical
        addresses[canonical] = page.css_first("meta[name=description]").attributes["content"] or ""
    assert len(addresses) > 100
    assert all(addresses.values())


def test_no_page_claims_a_translation_while_there_are_none(sample_site: Path) -> None:
    for path in sample_site.rglob("*.html"):
        assert not LexborHTMLParser(path.read_bytes()).css("link[hreflang]"), path


def test_what_is_not_for_search_engines_says_so(sample_site: Path) -> None:
    for name in ("404.html", "shell.html", "shell.fr.html", "search/index.html"):
        assert '<meta name="robots" content="noindex">' in (sample_site / name).read_text(), name


def test_a_title_with_quotes_stays_one_attribute(room: Newsroom) -> None:
    room.article(title=r'"A \"quoted\" <title> & \u0027more\u0027"', tags='["a\'b"]')
    room.build()

    tags = meta(room, ARTICLE)

    assert tags["og:title"] == tags["citation_title"] == ["A “quoted” <title> & ‘more’"]

"""The build writes the index, the service asks it: what is written is found, however it came about."""

import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comments.errors import StoreProblem
from comments.search import copying, spelling
from comments.search import index as reader
from comments.search.find import find
from comments.search.model import KINDS, Choice, Found, Hit, Question
from publication.search import index, schema
from publication.search import words as counted
from publication.search.rows import Row
from publication.vocabulary import LANGUAGES

TOPICS: index.Topics = [("ethics", "Ethics", 0), ("consent", "Consent", 1), ("care", "Care", 2)]


def article(key: str, title: str, body: str = "", **more: object) -> Row:
    facts = {"language": "en", "names": "Mara Example", "summary": "What it says.", "byline": "M. E."} | more
    return Row(f"article {key}", "article", url=f"/2026/{key}/", title=title, body=body, **facts)  # type: ignore[arg-type]


TWO = ("consent", "ethics")
CARE = ("care",)
SITE = [
    article("silence", "On silence", "A **pause** is not empty, says the client’s friend.", topics=TWO),
    article("noise", "On noise", "Silence is the opposite. Two boundaries, a session.", topics=("ethics",)),
    article("secret", "Le silence, c’est aujourd’hui", "L’éthique du cœur : le café est fermé.", language="fr"),
    article("ecoute", "Entendre", "Le silence, encore. Des journaux spéciaux.", language="fr", topics=CARE),
    Row("resource suler", "resource", "en", "/resources/suler/", "The disinhibition effect", "Suler", "Why.", "", CARE),
    Row("author mara", "author", "en", "/authors/mara/", "Mara Example", "Counsellor", "Writes about silence.", ""),
]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("index") / "search.db"
    index.build(path, SITE, TOPICS)
    return path


def ask(path: Path, words: str, **more: object) -> Found:
    return find(path, Question(words, **more))  # type: ignore[arg-type]


def keys(found: Found) -> list[str]:
    return [hit.url.strip("/").rpartition("/")[2] for hit in found.hits]


def test_both_number_the_tables_alike() -> None:
    assert reader.VERSION == schema.VERSION
    assert set(KINDS) == {row.kind for row in SITE}


@given(st.text())
@settings(max_examples=300, deadline=None)
def test_both_take_words_apart_alike(text: str) -> None:
    assert spelling.fold(text) == counted.fold(text)
    assert spelling.grams(text) == counted.grams(text)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("pause", ["silence"]),
        ("PAUSE", ["silence"]),
        ("pau", ["silence"]),
        ("pause empty", ["silence"]),
        ("pause disinhibition", []),
        ("cafe ferme", ["secret"]),
        ("CAFÉ", ["secret"]),
        ("cafe\u0301", ["secret"]),
        ("l'éthique", ["secret"]),
        ("l’ethique", ["secret"]),
        ("d'éthique", ["secret"]),
        ("éthique", ["secret"]),
        ("aujourd'hui", ["secret"]),
        ("aujourd’hui", ["secret"]),
        ("aujourdʼhui", ["secret"]),
        ("coeur", ["secret"]),
        ("cœur", ["secret"]),
        ("coeu", ["secret"]),
        ("client's friend", ["silence"]),
        ("client friend", ["silence"]),
        ("boundary session", ["noise"]),
        ("sessions opposite", ["noise"]),
        ("journal special", ["ecoute"]),
        ("suler", ["suler"]),
        ("mara writes", ["mara"]),
        ("“silence” pause", ["silence"]),
        ("id", []),
        ("", []),
        ("?!", []),
    ],
)
def test_words_are_found(site: Path, words: str, found: list[str]) -> None:
    assert keys(ask(site, words)) == found


def test_a_title_comes_before_a_summary_and_a_summary_before_the_text(site: Path) -> None:
    assert keys(ask(site, "silence", language="en")) == ["silence", "mara", "noise"]


def test_texts_of_the_pages_own_language_come_first(site: Path) -> None:
    english, french = ask(site, "silence", first="en"), ask(site, "silence", first="fr")

    assert keys(english) == ["silence", "mara", "noise", "secret", "ecoute"]
    assert keys(french) == ["secret", "mara", "ecoute", "silence", "noise"]
    assert english.total == french.total == 5
    assert [hit.language for hit in french.hits] == ["fr", "en", "fr", "en", "en"]


def test_filters_are_counted_with_the_others_in_force(site: Path) -> None:
    found = ask(site, "silence", kind="article")

    assert (found.total, found.everything) == (4, 5)
    assert found.kinds == (Choice("article", "article", 4), Choice("author", "author", 1))
    assert found.topics == (Choice("ethics", "Ethics", 2), Choice("consent", "Consent", 1), Choice("care", "Care", 1))
    assert found.languages == (Choice("en", "English", 2), Choice("fr", "Français", 2))
    assert keys(ask(site, "silence", topic="ethics")) == ["silence", "noise"]
    assert keys(ask(site, "silence", topic="ethics", kind="author")) == []


@pytest.mark.parametrize("first", ["en", "fr", "xx", ""])
def test_every_choice_leads_to_as_many_as_it_says(site: Path, first: str) -> None:
    found = ask(site, "silence", first=first)

    for field, choices in (("kind", found.kinds), ("topic", found.topics), ("language", found.languages)):
        assert choices
        for choice in choices:
            chosen = ask(site, "silence", first=first, **{field: choice.key})
            assert (chosen.total, len(chosen.hits)) == (choice.count, choice.count)


def test_an_unknown_filter_filters_nothing(site: Path) -> None:
    found = ask(site, "silence", kind="pear", topic="') OR 1", language="xx", first="; DROP")

    assert found.total == 5
    assert found.question == Question("silence")


def test_what_was_found_is_marked(site: Path) -> None:
    (hit,) = ask(site, "pause").hits
    (title,) = ask(site, "noise").hits

    assert [piece.text for piece in hit.extract if piece.match] == ["pause"]
    assert "".join(piece.text for piece in hit.extract) == "A pause is not empty, says the client’s friend."
    assert [(piece.text, piece.match) for piece in title.title] == [("On ", False), ("noise", True)]
    assert "".join(piece.text for piece in title.extract) == "What it says."


@pytest.mark.parametrize(
    ("words", "first", "meant"),
    [
        ("silense", "en", "silence"),
        ("slience", "en", "silence"),
        ("disinhibtion", "en", "disinhibition"),
        ("ethikue", "fr", "éthique"),
        ("couer", "fr", "cœur"),
        ("silense pause", "en", "silence pause"),
        ("paus emty ", "en", ""),  # two words, one of which is nothing like any
        ("zzqqxx", "en", ""),
        ("silense disinhibition", "en", ""),  # both exist, in no text together
        ("sil", "en", ""),
        ("silence", "en", ""),
        ("boundaries pause", "en", ""),
    ],
)
def test_other_words_are_offered_where_they_find_something(site: Path, words: str, first: str, meant: str) -> None:
    found = ask(site, words, first=first)

    assert found.suggestion in (meant, "pause empty" if words == "paus emty " else meant)
    if found.suggestion:
        assert ask(site, found.suggestion, first=first).total


def test_pages_go_through_all_languages_and_end(tmp_path: Path) -> None:
    path = tmp_path / "search.db"
    many = [article(f"n{number}", f"Note {number}", language=("en", "fr")[number % 2]) for number in range(25)]
    index.build(path, many, TOPICS)

    pages = [ask(path, "note", first="fr", size=10, page=page) for page in (1, 2, 3)]

    assert [len(page.hits) for page in pages] == [10, 10, 5]
    assert len({hit.url for page in pages for hit in page.hits}) == 25
    assert [hit.language for page in pages for hit in page.hits] == ["fr"] * 12 + ["en"] * 13
    assert ask(path, "note", first="fr", size=10, page=99) == pages[2]


HOSTILE = [
    *('"', "'", "*", "^", "-", "+", ")", "\0", "%", "_", "\\", "\ud800", "\u0301", "\u0600", "𒀀 𒀀", "AND", "NOT", "😀"),
    *("a OR", "NEAR(a b)", "title:", "title : silence", "{title}", '" OR 1=1 --', "silence*", "\x02silence\x03"),
    *("a" * 10_000, "a " * 5_000, "שלום עולם", "مرحبا", "ﬁn", "İ", "'" * 500, "x'" * 200, "silence\0pause"),
]


@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
def test_any_text_is_a_fair_question(site: Path, words: str) -> None:
    ask(site, words, kind=words, topic=words, language=words, first=words)
    ask(site, words)


@given(words=st.text(max_size=60), page=st.integers(-5, 10**9))
@settings(max_examples=150, deadline=None)
def test_random_text_is_a_fair_question_too(site: Path, words: str, page: int) -> None:
    for hit in ask(site, words, page=page).hits:
        assert "\x02" not in "".join(piece.text for piece in (*hit.extract, *hit.title))


# -- histories ---------------------------------------------------------------------------------------------------

SOUNDS = ["si", "lence", "pau", "se", "note", "é", "thi", "que", "cœ", "ur", "ses", "sion"]
ASKED = ["si", "note", "pause", "silence", "silense", "ethique", "coeurs", "lencesi", "thique note", "sesion", "urse"]


def history(source: random.Random, steps: int) -> Iterator[list[Row]]:
    """A publication as it changes: texts come, change, go, come back, and change their language."""
    texts: dict[str, Row] = {}
    for _ in range(steps):
        for _ in range(source.randint(0, 4)):
            key = f"k{source.randint(0, 14)}"
            if key in texts and source.random() < 0.4:
                del texts[key]
            else:
                texts[key] = some_text(source, key)
        yield list(texts.values())


def some_text(source: random.Random, key: str) -> Row:
    def some(most: int) -> str:
        words = ("".join(source.choices(SOUNDS, k=source.randint(1, 3))) for _ in range(source.randint(1, most)))
        return " ".join(words)

    topics = tuple(sorted(source.sample(["ethics", "consent", "care"], source.randint(0, 2))))
    kind, language = source.choice(KINDS), source.choice(list(LANGUAGES))
    return replace(article(key, some(3), some(30), topics=topics, language=language, summary=some(6)), kind=kind)


def answers(path: Path) -> list[Found]:
    return [ask(path, words, first=first, size=5) for words in ASKED for first in LANGUAGES]


def live_through(seed: int, folder: Path, steps: int) -> None:
    kept, clean = folder / "kept.db", folder / "clean.db"
    source = random.Random(seed)
    index.build(kept, [], TOPICS)
    for rows in history(source, steps):
        topics = TOPICS[: source.randint(2, 3)]
        index.apply(kept, index.compare(kept, rows, topics))
        index.build(clean, rows, topics)
        assert answers(kept) == answers(clean)


@pytest.mark.parametrize("seed", range(3))
def test_after_any_history_the_index_answers_like_a_clean_one(seed: int, tmp_path: Path) -> None:
    live_through(seed, tmp_path, steps=8)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(100, 112))
def test_after_long_histories_too(seed: int, tmp_path: Path) -> None:
    live_through(seed, tmp_path, steps=60)


# -- the release's copy ------------------------------------------------------------------------------------------


def test_a_release_holds_a_copy_that_no_later_build_changes(site: Path, tmp_path: Path) -> None:
    built, released = tmp_path / "built.db", tmp_path / "released.db"
    index.build(built, SITE, TOPICS)

    copying.copy(built, released)
    index.apply(built, index.compare(built, SITE[1:], TOPICS))

    assert keys(ask(released, "pause")) == ["silence"]
    assert keys(ask(built, "pause")) == []
    assert answers(released) == answers(site)


@pytest.mark.parametrize("content", [b"", b"no database"])
def test_what_is_no_index_hinders_no_release_and_is_told_by_the_search(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a").write_bytes(content)

    copying.copy(tmp_path / "a", tmp_path / "b")
    copying.copy(tmp_path / "none", tmp_path / "c")

    assert (tmp_path / "b").exists()
    assert not (tmp_path / "c").exists()
    for name in ("b", "c"):
        with pytest.raises(StoreProblem, match="cannot be read"):
            ask(tmp_path / name, "words")


def texts(hits: tuple[Hit, ...]) -> list[str]:
    return ["".join(piece.text for piece in hit.title) for hit in hits]


def test_an_extract_is_of_the_shown_page_only(site: Path) -> None:
    assert texts(ask(site, "silence", size=1, page=2).hits) == ["Mara Example"]

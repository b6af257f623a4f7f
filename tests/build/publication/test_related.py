"""What to read next."""

from publication.related import related, series
from tests.build.publication.desk import Desk


def test_the_nearest_in_subject_come_first_and_ties_go_to_the_newest(desk: Desk) -> None:
    desk.article("this", topics="[consent]", tags="[e-mail]")
    desk.article("same-topic-old", topics="[consent]", date="2026-01-01 09:00")
    desk.article("same-topic-new", topics="[consent]", date="2026-02-01 09:00")
    desk.article("same-topic-and-tag", topics="[consent]", tags="[e-mail]", date="2025-01-01 09:00")
    desk.article("nothing-in-common", topics="[crisis]")
    desk.article("in-french", topics="[consent]", tags="[e-mail]", language="fr")
    publication = desk.load()
    this = next(article for article in publication.articles if article.id == "this")

    found = [article.id for article in related(publication, this, limit=9)]

    assert found == ["same-topic-and-tag", "same-topic-new", "same-topic-old", "in-french"]
    assert [article.id for article in related(publication, this)] == found[:3]


def test_words_of_title_and_summary_join_what_editors_did_not(desk: Desk) -> None:
    desk.article("this", topics="[consent]", title='"Répondre aux messages de nuit"', language="fr")
    desk.article("near", topics="[crisis]", title='"Un message, la nuit, sans réponse"', language="fr")
    desk.article("far", topics="[crisis]", title='"Le premier entretien"', language="fr")
    desk.article("elsewhere", topics="[crisis]", title='"Messages at night"')
    publication = desk.load()
    this = next(article for article in publication.articles if article.id == "this")

    assert [article.id for article in related(publication, this)] == ["near"]


def test_a_series_is_given_in_its_order(desk: Desk) -> None:
    desk.article("b", series="{name: S, part: 2}", date="2026-01-01 09:00")
    desk.article("a", series="{name: S, part: 1}")
    desk.article("c", series="{name: S, part: 3}", status="draft")
    desk.article("other")
    publication = desk.load()

    by_id = {article.id: article for article in publication.articles}
    assert [article.id for article in series(publication, by_id["b"])] == ["a", "b"]
    assert series(publication, by_id["other"]) == ()

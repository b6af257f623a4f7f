"""Whatever the service says about a French article, it says in French; and to moderators in the site's language."""

import re
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from comments import manifest, words
from comments.actions import moderate
from tests.service.web.house import FRENCH, OPEN, THEME, House, Visitor, page

ENGLISH = re.compile(
    r"\b(?:your|this|the|with|of|comment|address|please|write|not|sent|reply|is|until)\b", re.IGNORECASE
)
JSON = {"Sec-Fetch-Site": "same-origin", "Accept": "application/json"}


def english_in(answer_text: str) -> list[str]:
    return ENGLISH.findall(answer_text)


def said(house: House, **fields: str) -> dict[str, str]:
    """A form for the French article, with nothing English typed in it."""
    usual = {"comment": f"Dix minutes ({house.sent}).", "name": "Luc", "email": "luc@example.fr"}
    return house.form(**usual | {"token": house.token(FRENCH)} | fields)


def french(house: House, visitor: Visitor, **fields: str) -> str:
    """The French words of the page that answers, without the names of the house."""
    answer = visitor.post(f"/comments/{FRENCH}", data=said(house, **fields), follow_redirects=True)
    return page(answer).css_first("main > [lang=fr]").text()


def test_a_french_page_wears_the_french_header_and_footer_where_the_release_has_them(
    house: House, visitor: Visitor
) -> None:
    shell = house.runtime.var / "current" / manifest.SHELL
    own = shell.with_name(manifest.SHELLS["fr"])
    own.write_text(shell.read_text().replace('lang="en"', 'lang="fr"').replace(">Notes<", ">Carnets<"))

    sent = visitor.post(f"/comments/{FRENCH}", data=said(house), follow_redirects=True)
    wrong = visitor.post(f"/comments/{FRENCH}", data=said(house, comment=""))
    english = visitor.get("/comments/nothing-there")

    for answer in (sent, wrong):
        assert page(answer).css_first("html").attributes["lang"] == "fr"
        assert page(answer).css_first("header.site-head").text() == "Carnets"
        assert page(answer).css_first("main > [lang]") is None
    assert page(english).css_first("html").attributes["lang"] == "en"


@pytest.mark.parametrize(
    "fields",
    [
        {"comment": "", "name": "", "email": "", "website": "javascript:alert"},
        {"email": "luc"},
        {"email": "luc@"},
        {"comment": "x" * 10_001},
        {"parent": "99"},
        {"token": ""},
        {"change": "yes"},
        {},
    ],
    ids=lambda fields: ", ".join(fields) or "stored",
)
def test_pages_about_a_french_article_hold_no_english(house: House, visitor: Visitor, fields: dict[str, str]) -> None:
    assert english_in(french(house, visitor, **fields)) == []


def test_an_empty_form_is_told_in_french_to_scripts_too(house: House, visitor: Visitor) -> None:
    told = visitor.post(f"/comments/{FRENCH}", json={}, headers=JSON).json or {}

    assert told["error"]["fields"]["comment"] == "Écrivez d’abord votre commentaire."
    assert english_in(" ".join(told["error"]["fields"].values())) == []


def test_too_fast_and_said_before_are_told_in_french(house: House, visitor: Visitor) -> None:
    visitor.post(f"/comments/{FRENCH}", data=said(house, comment="Une fois."))
    assert english_in(french(house, visitor, comment="Une fois.")) == []

    first, second = said(house), said(house)
    visitor.post(f"/comments/{FRENCH}", data=first)
    answer = visitor.post(f"/comments/{FRENCH}", data=second)

    assert answer.status_code == 429
    assert english_in(page(answer).css_first("main > [lang=fr]").text()) == []


def test_the_waiting_page_and_its_answers_are_french(house: House, visitor: Visitor) -> None:
    waiting = visitor.post(f"/comments/{FRENCH}", data=said(house)).headers["Location"]
    answers = [
        visitor.get(waiting),
        visitor.post(waiting, data={"do": "prove"}),
        visitor.post(waiting, data={"do": "edit", "comment": "Dix.", "version": "1"}, follow_redirects=True),
        visitor.post(waiting, data={"do": "edit", "comment": "", "version": "2"}),
        visitor.post(waiting, data={"do": "dance"}),
    ]
    house.clock.move(minutes=20)
    answers.append(visitor.post(waiting, data={"do": "delete"}))
    moderate.approve(house.ctx, "command line", house.newest())
    answers.append(visitor.get(waiting))

    for answer in answers:
        assert english_in(page(answer).css_first("main > [lang=fr]").text()) == []
        assert " | Notes" in page(answer).css_first("title").text()


def test_the_proof_of_a_mailbox_speaks_the_articles_language_and_leads_back_to_it(
    house: House, visitor: Visitor
) -> None:
    visitor.post(f"/comments/{FRENCH}", data=said(house))
    person = house.ctx.store.get_comment(house.newest()).person or 0
    link = f"/comments/prove/{house.ctx.tokens.sign('prove', {'person': person})}"

    for answer in (visitor.get(link), visitor.post(link)):
        main = page(answer).css_first("main > [lang=fr]")
        assert english_in(main.text()) == []
        assert main.css_first(f'a[href="/2026/{FRENCH}/"]').text() == "Dix minutes"


def test_moderators_read_why_it_waits_in_the_sites_language(house: House, visitor: Visitor) -> None:
    waiting = visitor.post(f"/comments/{FRENCH}", data=said(house)).headers["Location"]
    reasons = house.ctx.store.get_comment(house.newest()).reasons
    moderate.approve(house.ctx, "command line", house.newest())
    version = str(house.ctx.store.get_comment(house.newest()).version)
    visitor.post(waiting, data={"do": "edit", "comment": "Douze.", "version": version})

    assert "First comment from this person." in [reason.sentence for reason in reasons]
    changed = house.ctx.store.get_comment(house.newest()).reasons
    assert changed[0].sentence.startswith("Changed after it was published.")


def test_the_next_request_is_answered_in_its_own_language(house: House, visitor: Visitor) -> None:
    french(house, visitor, comment="")

    english = visitor.post(f"/comments/{OPEN}", data=house.form(comment=""))
    lost = visitor.get("/comments/mine/nonsense")

    assert "Write your comment first." in english.text
    assert "This link is not complete." in lost.text


def test_after_a_request_nothing_is_spoken_any_more(house: House, visitor: Visitor) -> None:
    french(house, visitor, comment="")

    assert words.spoken() == ""


def test_two_contexts_speak_two_languages_at_once() -> None:
    heard: list[str] = []

    def listen() -> None:
        heard.append(words.gettext("Not done"))

    with words.speaking("fr-CA", THEME / "locale"):
        other = threading.Thread(target=listen)
        other.start()
        other.join()
        heard.append(words.gettext("Not done"))
    listen()

    assert heard == ["Not done", "Pas fait", "Not done"]


def test_a_french_site_says_everything_in_french(
    house: House, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = house.ctx.manifest()
    manifest = replace(found, site=replace(found.site, language="fr"))
    monkeypatch.setattr(house.service.pages, "_manifest", lambda: manifest)

    for path in ("/comments/privacy", "/comments/mine/x", "/comments/nowhere", "/search/?q=zzz"):
        assert english_in(page(visitor.get(path)).css_first("main").text()) == [], path


def test_no_catalogue_of_the_process_is_asked() -> None:
    comments = Path(words.__file__).parent
    own = {"words.py", "pages.py", "render.py"}

    askers = [file for file in comments.rglob("*.py") if "from gettext import" in file.read_text(encoding="utf-8")]

    assert {file.name for file in askers} == own

"""The pages of one's own data: asking tells nothing, looking changes nothing, buttons do what they say."""

import re
import shutil
import statistics
import time
from dataclasses import replace
from pathlib import Path

import pytest

from comments import manifest
from tests.service.web.addresses import mark
from tests.service.web.house import OPEN, SITE, House, Visitor, open_house, page

FORM = "/comments/privacy"


def link(house: House, comment: int | None = None) -> str:
    """The path in a letter to whoever wrote the comment."""
    person = house.ctx.store.get_comment(comment or house.newest()).person or 0
    return f"{FORM}/{house.ctx.tokens.sign('privacy', {'person': person, 'mark': mark(house, person)})}"


def test_the_answer_to_asking_is_the_same_to_the_byte(house: House, visitor: Visitor) -> None:
    house.waiting()

    known = visitor.post(FORM, data={"email": "ada@example.org"})
    unknown = visitor.post(FORM, data={"email": "nobody@example.org"})
    again = visitor.post(FORM, data={"email": "ada@example.org"})

    assert known.status_code == 200
    assert known.data == unknown.data == again.data
    assert known.headers["Cache-Control"] == "no-store"
    assert page(known).css_first("[role=status]").text()
    assert [letter.kind for letter in house.ctx.store.list_letters()] == ["privacy"]


def test_what_is_no_address_is_told_at_the_field(visitor: Visitor) -> None:
    answer = visitor.post(FORM, data={"email": "ada at <example>"})

    shown = page(answer)
    assert answer.status_code == 422
    assert shown.css_first("title").text().startswith("Error: ")
    assert shown.css_first(".summary a").attributes["href"] == "#email"
    field = shown.css_first("input#email").attributes
    assert (field["value"], field["aria-invalid"]) == ("ada at <example>", "true")
    assert field["aria-describedby"] == "email-error email-hint"
    assert shown.css_first("#email-error") is not None


def test_a_network_that_asks_too_often_is_told_to_wait(visitor: Visitor) -> None:
    answers = [visitor.post(FORM, data={"email": f"no{number}@example.org"}) for number in range(11)]

    assert [answer.status_code for answer in answers] == [200] * 10 + [429]
    assert int(answers[-1].headers["Retry-After"]) > 3000
    assert page(answers[-1]).css_first("input#email").attributes["value"] == "no10@example.org"


def test_the_link_shows_all_that_is_held(house: House, visitor: Visitor) -> None:
    house.approved(comment="Said **loudly**.", website="https://ada.example")
    house.waiting(comment="Buy [one](https://a.example) [two](https://b.example).")

    answer = visitor.get(link(house))

    shown = page(answer)
    text = shown.css_first("main").text()
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert len(shown.css(".entry")) == 2
    assert shown.css_first(".said strong").text() == "loudly"
    assert shown.css_first(f'a[href^="/2026/{OPEN}/#comment-"]') is not None
    assert all(
        word in text for word in ("https://ada.example", "Published", "Waits to be read", "Never", "14 March 2026")
    )
    assert "ada@example.org" not in answer.text


def test_the_file_is_for_keeping(house: House, visitor: Visitor) -> None:
    house.waiting(comment="Ça va <b>?")
    path = link(house)

    answer = visitor.post(path, data={"do": "download"})

    assert answer.mimetype == "application/json"
    assert answer.headers["Content-Disposition"].startswith("attachment; ")
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.json == visitor.get(path, headers={"Accept": "application/json"}).json
    assert answer.json["comments"][0]["text"] == "Ça va <b>?"  # type: ignore[index]
    assert answer.json["comments"][0]["article"]["url"] == f"{SITE}/2026/{OPEN}/"  # type: ignore[index]
    assert house.ctx.store.get_comment(house.newest()).has_address


@pytest.mark.parametrize("button", ["erase names", "erase all"])
def test_the_buttons_erase(house: House, visitor: Visitor, button: str) -> None:
    comment = house.approved(comment="A thought to keep or not.")
    path = link(house, comment)
    values = [each.attributes["value"] for each in page(visitor.get(path)).css("main button[name=do]")]

    answer = visitor.post(path, data={"do": button})

    assert values == ["download", "erase names", "erase all"]
    assert answer.status_code == 200
    assert page(answer).css_first("[role=status]").text().startswith("Your address is erased.")
    article = visitor.get(f"/2026/{OPEN}/").text
    assert ("A thought to keep or not." in article) is (button == "erase names")
    assert ("Anonymous" in article) is (button == "erase names")
    assert "Ada Specimen" not in article
    assert visitor.get(path).status_code == 404
    assert visitor.post(path, data={"do": button}).status_code == 404


def test_no_single_tap_erases(house: House, visitor: Visitor) -> None:
    house.waiting()

    shown = page(visitor.get(link(house)))

    folds = shown.css("details:not([open]):has(summary):has(form p) button[name=do]")
    assert [button.attributes["value"] for button in folds] == ["erase names", "erase all"]


@pytest.mark.parametrize("fields", [{"done": "erase all"}, {"do": ""}, {"do": "erase"}])
def test_a_button_the_page_does_not_have_does_nothing(house: House, visitor: Visitor, fields: dict[str, str]) -> None:
    house.waiting()

    assert visitor.post(link(house), data=fields).status_code == 403
    assert house.ctx.store.get_comment(house.newest()).has_address


def test_a_link_of_another_kind_too_old_or_altered_opens_nothing(house: House, visitor: Visitor) -> None:
    waiting = house.waiting().rsplit("/", 1)[-1]
    path = link(house)

    assert visitor.get(f"{FORM}/{waiting}").status_code == 404
    assert visitor.get(f"{path[:-2]}AA").status_code == 404
    house.clock.move(minutes=61)
    for answer in (visitor.get(path), visitor.post(path, data={"do": "erase all"})):
        assert answer.status_code == 404
        assert "too old" in answer.text
    assert house.ctx.store.get_comment(house.newest()).has_address


def test_neither_address_nor_token_is_logged(house: House, visitor: Visitor, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")
    house.waiting()
    path = link(house)

    visitor.post(FORM, data={"email": "ada@example.org"})
    visitor.get(path)
    visitor.post(path, data={"do": "download"})

    assert f"POST {FORM}/***" in caplog.text
    assert not re.search(f"ada|{re.escape(path.rsplit('/', 1)[-1])}", caplog.text)


def test_a_known_address_is_answered_like_an_unknown_one_and_as_fast(house: House) -> None:
    house.waiting()
    lookup = house.ctx.vault.lookup("ada@example.org")
    spent: dict[bool, list[float]] = {True: [], False: []}
    told: set[tuple[int, str, str]] = set()
    for number in range(60):
        known = number % 2 == 0
        house.clock.move(hours=2)  # so that a letter is queued each time, and no network asks too often
        address = "ada@example.org" if known else f"somebody{number}@example.org"
        visitor = house.visitor()
        start = time.process_time()
        answer = visitor.post(FORM, data={"email": address})
        spent[known].append(time.process_time() - start)
        told.add((answer.status_code, answer.text, str(sorted(answer.headers.keys()))))

    assert len(told) == 1
    assert house.ctx.store.list_people_by_lookup(lookup)
    ratio = statistics.median(spent[True]) / statistics.median(spent[False])
    assert 0.7 < ratio < 1.4, ratio


def test_no_page_links_to_policy_or_privacy_where_the_site_has_no_such_page(tmp_path: Path, output: Path) -> None:
    bare = shutil.copytree(output, tmp_path / "output")
    told = manifest.read(bare / manifest.FILE)
    site = replace(told.site, policy_path="", privacy_path="")
    (bare / manifest.FILE).write_bytes(manifest.write(replace(told, site=site)))
    house = open_house(tmp_path, bare)
    house.waiting()
    visitor = house.visitor()

    answers = (
        visitor.get(FORM),
        visitor.get(link(house)),
        visitor.post(f"/comments/{OPEN}", data=house.form(comment="Not yet.", change="yes")),
        visitor.post(f"/comments/{OPEN}", data=house.form(token="")),
    )

    for answer in answers:
        assert answer.status_code == 200
        assert [each for each in page(answer).css("main a") if not each.attributes["href"]] == []
    house.runtime.close()

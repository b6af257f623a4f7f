"""What else is held is told in words: no visitor has to read the names of our tables, columns and codes."""

import re
from datetime import UTC, datetime

from comments.actions import privacy, proof
from comments.web.besides import tell
from tests.service.web.house import House, Visitor, page

AT = datetime(2026, 3, 14, tzinfo=UTC)
# Numbers, columns and codes: what a program calls things.
CODES = re.compile(
    r"\b(?:audit|browsers|thread|scope|created|accept_edit|keep_old|kind|spam 0|spam 1|None|True|False)\b"
)


def words(besides: dict[str, list[dict[str, object]]]) -> str:
    return " ".join(f"{heading} {part}" for heading, lines in tell(besides) for line in lines for part, _moment in line)


def test_every_act_and_letter_has_words_of_its_own() -> None:
    acts = ("submit", "revise", "propose", "delete", "approve", "spam", "trash", "restore", "edit", "accept_edit")
    acts += ("keep_old", "undo", "reply", "erase", "show address", "subscribe", "unsubscribe", "confirm")
    kinds = ("prove", "privacy", "confirm", "reply", "published", "moderate", "urgent", "article")
    told = words(
        {
            "audit": [{"at": AT, "action": act, "comment": 7, "thread": "ten-minutes"} for act in acts],
            "letters": [{"kind": kind, "created": AT, "sent": AT, "subscription": 3} for kind in kinds],
            "learned": [{"comment": 7, "spam": spam} for spam in (0, 1)],
            "browsers": [{}, {}],
        }
    )

    assert CODES.findall(told) == []
    assert "Worked on by the editors" not in told
    assert "2 entries" in told


def test_a_table_or_an_act_of_another_day_is_told_without_its_name() -> None:
    assert words({"wishes": [{"wish": "x"}]}) == "Something else 1 entry"
    assert "Worked on by the editors" in words({"audit": [{"at": AT, "action": "frob_nicate"}]})


def test_the_page_speaks_words(house: House, visitor: Visitor) -> None:
    waiting = visitor.post("/comments/ten-minutes", data=house.form(notify="thread")).headers["Location"]
    proof.ask_proof(house.ctx, waiting.rpartition("/")[2])
    person = house.ctx.store.list_comments()[0].person or 0
    privacy.show_address(house.ctx, "command line", house.ctx.store.list_comments()[0].id)
    sealed = house.ctx.store.find_address(person)
    assert sealed
    token = house.ctx.tokens.sign("privacy", {"person": person, "mark": house.ctx.vault.mark(sealed[0])})

    told = page(visitor.get(f"/comments/privacy/{token}")).css_first('[aria-labelledby="besides"]').text()

    assert "A moderator opened your address" in told
    assert "Link to confirm your address" in told
    assert CODES.findall(told) == []

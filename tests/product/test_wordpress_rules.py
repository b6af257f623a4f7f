"""What people know from WordPress holds here, or docs/wordpress.md says what does and why."""

import json
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from comments.actions import moderate
from comments.actions.mine import EDIT_TIME
from comments.actions.release import publish_release
from comments.manifest import Site
from comments.runtime import Settings
from tests.product.conftest import ROOT
from tests.service.web.house import CLOSED, OPEN, SITE, House, make_output, open_house, page

Measure = Callable[[House], str]
MEASURES: dict[str, Measure] = {}
ROW = re.compile(r"\| (?P<rule>[^|]+) \| (?P<theirs>[^|]+) \| (?P<ours>[^|]+) \|(?P<why>[^|]*)\|")


def table() -> dict[str, tuple[str, str, str]]:
    """Rule → theirs, ours and why, from the page that people read."""
    lines = (ROOT / "docs" / "wordpress.md").read_text(encoding="utf-8").splitlines()
    rows = [found for line in lines if (found := ROW.fullmatch(line))]
    named = {row["rule"].strip(): (row["theirs"].strip(), row["ours"].strip(), row["why"].strip()) for row in rows}
    return {rule: cells for rule, cells in named.items() if rule != "rule"}


def rule(name: str) -> Callable[[Measure], Measure]:
    def note(measure: Measure) -> Measure:
        MEASURES[name] = measure
        return measure

    return note


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    made = open_house(tmp_path, make_output(tmp_path / "output"))
    yield made
    made.runtime.close()


def test_every_rule_of_the_page_is_measured_and_every_measure_is_on_the_page() -> None:
    assert list(table()) == list(MEASURES)


@pytest.mark.parametrize("name", MEASURES)
def test_a_rule_holds_as_the_page_says(house: House, name: str) -> None:
    theirs, ours, why = table()[name]

    assert MEASURES[name](house) == ours
    assert (theirs == ours) == (not why), "a difference has a reason, and only a difference"


# -- the form ---------------------------------------------------------------------------------------------------------
def status(house: House, **fields: str) -> int:
    return house.send(**fields).status_code


def longest(house: House, field: str, make: Callable[[int], str], limits: tuple[int, ...]) -> int:
    """The greatest of the lengths that is taken, where the next one is not."""
    taken = [limit for limit in limits if status(house, **{field: make(limit)}) == 303]
    assert max(taken) + 1 in limits
    return max(taken)


def words(length: int) -> str:
    return ("word " * length)[: length - 1] + "."


@rule("longest comment")
def longest_comment(house: House) -> str:
    return f"{longest(house, 'comment', words, (9_999, 10_000, 10_001, 65_525))} characters"


@rule("longest name")
def longest_name(house: House) -> str:
    assert status(house, name="é" * 123) == 422  # bytes, not characters
    return f"{longest(house, 'name', lambda length: 'n' * length, (100, 245, 246))} bytes"


@rule("longest address")
def longest_address(house: House) -> str:
    def address(length: int) -> str:
        return f"ada@{'a' * 50}.{'b' * (length - 59)}.org"

    return f"{longest(house, 'email', address, (99, 100, 101))} bytes"


@rule("longest website")
def longest_website(house: House) -> str:
    def website(length: int) -> str:
        return f"https://example.org/{'x' * (length - 20)}"

    return f"{longest(house, 'website', website, (199, 200, 201))} bytes"


@rule("too long")
def too_long(house: House) -> str:
    answer = house.send(comment=words(10_001))
    return "refused" if answer.status_code == 422 and house.ctx.store.count_comments() == 0 else "cut"


def required(house: House) -> str:
    answer = house.visitor().post(
        f"/comments/{OPEN}", json=house.form(comment="", name="", email=""), headers={"Sec-Fetch-Site": "same-origin"}
    )
    return ", ".join((answer.json or {})["error"]["fields"])


@rule("required fields")
def required_fields(house: House) -> str:
    return required(house)


@rule("not required where the site says so")
def fewer_required_fields(house: House) -> str:
    set_site(house, require_name_email=False)
    return required(house)


@rule("status of a mistake")
def mistake(house: House) -> str:
    answer = house.send(email="nobody", comment="Kept.")
    assert page(answer).css_first("textarea").text().strip() == "Kept."
    return str(answer.status_code)


def form_page(house: House) -> str:
    comment = house.approved(name="Robin")
    return house.visitor().get(f"/comments/{OPEN}/reply/{comment}").text


def said(house: House, sentence: str) -> str:
    shown = house.visitor().get(f"/comments/{OPEN}").text
    assert sentence in shown
    return sentence


@rule("title")
def title(house: House) -> str:
    return said(house, "Leave a Reply")


@rule("title of an answer")
def title_of_an_answer(house: House) -> str:
    return re.sub("<[^>]+>", "", re.findall(r"Leave a Reply to .*?</bdi>", form_page(house))[0]).replace(
        "Robin", "NAME"
    )


@rule("promise")
def promise(house: House) -> str:
    return said(house, "Your email address will not be published.")


@rule("required note")
def required_note(house: House) -> str:
    return said(house, "Required fields are marked *")


@rule("button")
def button(house: House) -> str:
    return page(house.visitor().get(f"/comments/{OPEN}")).css_first("form button").text().strip()


# -- what is held, filed or refused -----------------------------------------------------------------------------------
def set_site(house: House, **values: object) -> None:
    """Publish the site once more with other rules."""
    path = house.output / "threads.json"
    content = json.loads(path.read_bytes())
    content["site"] |= values
    path.write_text(json.dumps(content))
    publish_release(house.output, house.service.publisher, by="test")


def reasons(house: House, **fields: str) -> set[str]:
    house.waiting(**fields)
    return {reason.key for reason in house.ctx.store.get_comment(house.newest()).reasons}


@rule("links that hold")
def links(house: House) -> str:
    for count in range(1, 5):
        text = " ".join(f"https://example.org/{number}" for number in range(count))
        if "links" in reasons(house, comment=f"See {text}"):
            return str(count)
    return "none"


@rule("words that hold")
def held_words(house: House) -> str:
    set_site(house, held_words=["press"])
    assert "held-word" in reasons(house, comment="I like WordPRESS.")
    assert "held-word" in reasons(house, name="Expressive")
    return "anywhere, in any case"


@rule("refused words")
def refused_words(house: House) -> str:
    set_site(house, disallowed_words=["casino"])
    house.waiting(comment="My Casino!")
    return house.ctx.store.get_comment(house.newest()).state


@rule("known again by")
def known(house: House) -> str:
    writer = house.visitor()
    house.waiting(writer)
    moderate.approve(house.ctx, "command line", house.newest())
    held = {}
    for name, client, fields in (
        ("same pair elsewhere", house.visitor(), {}),
        ("same browser, other address", writer, {"email": "other@example.org"}),
        ("same browser and address, other name", writer, {"name": "Someone"}),
    ):
        house.waiting(client, **fields)
        held[name] = house.ctx.store.get_comment(house.newest()).state == "pending"
    assert list(held.values()) == [True, True, False], held
    return "browser and email"


def after(house: House, seconds: float) -> int:
    """The status of a comment so long after another one."""
    house.waiting()
    form = house.form()
    house.clock.move(seconds=seconds - 20)  # a form of the house takes twenty
    return house.visitor().post(f"/comments/{OPEN}", data=form).status_code


@rule("flood")
def flood(house: House) -> str:
    assert after(house, 14) == 429
    assert after(house, 15) == 303
    return f"{Site('', '', '', '').flood_seconds} s"


@rule("status of flood")
def status_of_flood(house: House) -> str:
    return str(after(house, 5))


@rule("duplicate")
def duplicate(house: House) -> str:
    house.waiting(comment="The same.")
    return str(status(house, comment="The same."))


@rule("duplicate after the bin")
def duplicate_after_the_bin(house: House) -> str:
    house.waiting(comment="The same.")
    moderate.trash(house.ctx, "command line", house.newest())
    return "taken" if status(house, comment="The same.") == 303 else "refused"


@rule("closed")
def closed(house: House) -> str:
    return str(house.visitor().post(f"/comments/{CLOSED}", data=house.form()).status_code)


@rule("closes by itself")
def closes(house: House) -> str:
    house.clock.move(days=3_000)
    return "never" if status(house) == 303 else "sometime"


@rule("closes by itself when switched on")
def closes_after(house: House) -> str:
    path = house.output / "threads.json"
    content = json.loads(path.read_bytes())
    closes_at = house.clock.at + timedelta(hours=2)
    content["threads"][OPEN]["closes"] = closes_at.isoformat()
    path.write_text(json.dumps(content))
    set_site(house)
    form = house.form()
    house.clock.at = closes_at
    assert house.visitor().post(f"/comments/{OPEN}", data=form).status_code == 403
    house.clock.at -= timedelta(seconds=1)
    assert house.visitor().post(f"/comments/{OPEN}", data=form).status_code == 303
    return "as set"


@rule("answer to what is not published")
def answer_to_what_waits(house: House) -> str:
    house.waiting()
    return str(status(house, parent=str(house.newest())))


# -- the thread -------------------------------------------------------------------------------------------------------
def shown(house: House) -> str:
    house.service.publisher.publish_due()
    return (house.runtime.var / "current/public/2026" / OPEN / "index.html").read_text(encoding="utf-8")


@rule("levels")
def levels(house: House) -> str:
    parent = house.approved()
    for _number in range(6):
        parent = house.approved(parent=str(parent))
    depths = set()
    for node in page(house.visitor().get(f"/comments/{OPEN}")).css("article.comment"):
        depth, above = 1, node.parent
        while above is not None:
            depth += above.tag == "li" and above != node.parent
            above = above.parent
        depths.add(depth)
    return str(max(depths))


@rule("order")
def order(house: House) -> str:
    first, second = house.approved(), house.approved()
    html = shown(house)
    return "oldest first" if html.index(f"comment-{first}") < html.index(f"comment-{second}") else "newest first"


@rule("paging")
def paging(house: House) -> str:
    for _number in range(60):
        house.approved()
    return "none" if len(re.findall(r'id="comment-\d+"', shown(house))) == 60 else "50"


@rule("entries of a feed")
def entries(house: House) -> str:
    for _number in range(55):
        house.approved()
    shown(house)
    feed = house.runtime.var / "current/public/2026" / OPEN / "comments.atom"
    return str(feed.read_text(encoding="utf-8").count("<entry"))


@rule("permalink")
def permalink(house: House) -> str:
    comment = house.approved()
    told = house.visitor().get(f"/comments/{OPEN}", headers={"Accept": "application/json"}).json or {}
    return str(told["comments"][0]["url"]).replace(f"/2026/{OPEN}/", "").replace(str(comment), "ID")


# -- the writer -------------------------------------------------------------------------------------------------------
@rule("own waiting comment")
def own_waiting_comment(house: House) -> str:
    waiting = house.waiting()
    days = [day for day in (1, 89, 90, 91) if seen_after(house, waiting, timedelta(days=day))]
    return f"{max(days)} days"


def seen_after(house: House, waiting: str, time: timedelta) -> bool:
    now = house.clock.at
    house.clock.at += time
    seen = house.visitor().get(waiting).status_code == 200
    house.clock.at = now
    return seen


@rule("change or delete")
def change(house: House) -> str:
    waiting = house.waiting()
    edit = {"do": "edit", "comment": "Changed.", "version": "1"}
    house.clock.move(minutes=14)
    assert house.visitor().post(waiting, data=edit).status_code == 303
    house.clock.move(minutes=2)
    assert house.visitor().post(waiting, data=edit | {"version": "2"}).status_code == 403
    return f"{EDIT_TIME.seconds // 60} minutes"


@rule("cookie for name, email and website")
def cookie(house: House) -> str:
    held = "; ".join(house.send(name="Quillon", website="https://quillon.example.org").headers.getlist("Set-Cookie"))
    return "some" if any(word in held for word in ("Quillon", "ada", "quillon")) else "none"


@rule("bin is emptied after")
def bin_is_emptied(house: House) -> str:
    return f"{Settings().keep_discarded_days} days"


@rule("user agent")
def user_agent(house: House) -> str:
    agent = {"User-Agent": "Quillon/7", "Sec-Fetch-Site": "same-origin", "Origin": SITE}
    assert house.visitor().post(f"/comments/{OPEN}", data=house.form(), headers=agent).status_code == 303
    held = b"".join(path.read_bytes() for path in house.runtime.var.glob("store.db*"))
    return "kept" if b"Quillon" in held else "not kept"


@rule("pictures beside names")
def pictures(house: House) -> str:
    house.approved()
    return "some" if "<img" in house.visitor().get(f"/comments/{OPEN}").text else "none"


@rule("HTML in a comment")
def html(house: House) -> str:
    house.approved(comment="<b>bold</b>")
    return "shown as text" if "&lt;b&gt;bold" in house.visitor().get(f"/comments/{OPEN}").text else "some"

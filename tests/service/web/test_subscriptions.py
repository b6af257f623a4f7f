"""The pages behind the links of letters: GET shows, POST acts, and a mail program's one click (RFC 8058)."""

import pytest
from werkzeug.test import TestResponse

from comments.actions.subscriptions import manage_token, token_of
from comments.mail.letters import ONE_CLICK
from comments.model import Subscription
from comments.web.guard import SAFE
from tests.service.web.addresses import addresses
from tests.service.web.house import OPEN, SITE, House, Visitor, page

FORM = "application/x-www-form-urlencoded"


def followed(house: House, **fields: str) -> Subscription:
    """A subscription that waits to be confirmed."""
    house.waiting(**({"notify": "replies"} | fields))
    found = house.ctx.store.find_subscription(house.newest())
    assert found
    return found


def link(house: House, found: Subscription) -> str:
    return f"/comments/subscription/{token_of(house.ctx, found)}"


def click(house: House, path: str, body: str = ONE_CLICK, kind: str = FORM, **headers: str) -> TestResponse:
    """As a mail program does it: no cookie, no Origin."""
    return house.visitor().post(path, data=body, content_type=kind, headers=headers)


def there(house: House, found: Subscription) -> bool:
    return house.ctx.store.find_subscription(found.comment) is not None


def test_the_form_offers_letters_without_a_script_and_keeps_what_was_chosen(house: House, visitor: Visitor) -> None:
    shown = page(visitor.get(f"/2026/{OPEN}/"))
    assert [each.attributes["value"] or "" for each in shown.css("#notify option")] == ["", "replies", "thread"]
    assert shown.css_first("input[name=tell]")

    wrong = page(visitor.post(f"/comments/{OPEN}", data=house.form(comment="", notify="thread", tell="yes")))
    preview = page(visitor.post(f"/comments/{OPEN}", data=house.form(token="", notify="thread", tell="yes")))

    assert wrong.css_first("#notify option[selected]").attributes["value"] == "thread"
    assert "checked" in wrong.css_first("input[name=tell]").attributes
    carried = {field.attributes["name"]: field.attributes["value"] for field in preview.css("form.acts input")}
    assert (carried["notify"], carried["tell"]) == ("thread", "yes")


def test_the_waiting_page_says_what_letters_come(house: House, visitor: Visitor) -> None:
    """Lessons B2: nobody is left wondering."""
    shown = visitor.get(house.waiting(notify="replies", tell="yes")).text

    assert "You get a letter when it is published." in shown
    assert "a letter goes to the address you gave" in shown
    assert "ada@example.org" not in shown


def test_the_link_shows_and_the_button_confirms(house: House, visitor: Visitor) -> None:
    """Lessons B7: a scanner that opens every link consents to nothing and ends nothing."""
    found = followed(house)
    shown = page(visitor.get(link(house, found)))
    assert [button.text() for button in shown.css("main button")] == ["Yes, write to me", "No letters"]
    visitor.head(link(house, found))
    visitor.options(link(house, found))
    assert house.ctx.store.get_subscription(found.id).confirmed is None

    told = visitor.post(link(house, found), data={"do": "confirm"})

    assert page(told).css_first("[role=status]").text().startswith("Thank you.")
    assert house.ctx.store.get_subscription(found.id).confirmed == house.clock()
    again = page(visitor.get(link(house, found)))
    assert [button.text() for button in again.css("main button")] == ["No more of these letters"]


@pytest.mark.parametrize("kind", [FORM, "multipart/form-data; boundary=x"])
def test_one_click_ends_that_subscription_without_cookie_or_origin(house: House, kind: str) -> None:
    """Lessons B7, emailflare#190. Sent twice, it is answered alike: mail programs try again."""
    found, other = followed(house), followed(house)
    name, value = ONE_CLICK.split("=")
    parts = f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n--x--\r\n'
    body = ONE_CLICK if kind == FORM else parts

    first, second = (click(house, link(house, found), body, kind) for _ in range(2))

    assert (first.status_code, second.status_code) == (200, 200)
    assert not there(house, found)
    assert there(house, other)
    assert "Set-Cookie" not in first.headers


@pytest.mark.parametrize(
    "body",
    ["", "do=end", f"{ONE_CLICK}&do=end", f"{ONE_CLICK}\n", "list-unsubscribe=one-click", "List-Unsubscribe=Two-Click"],
)
def test_any_other_body_from_elsewhere_is_refused(house: House, body: str) -> None:
    found = followed(house)

    for headers in ({}, {"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site", "Origin": SITE}):
        assert click(house, link(house, found), body, **headers).status_code == 403
    assert there(house, found)


def test_one_click_opens_the_guard_nowhere_else(house: House) -> None:
    """The only exemption: every other route that takes forms refuses the same words."""
    asked = 0
    for address in addresses(house):
        for method in sorted(address.methods - SAFE):
            if address.endpoint != "subscriptions.act":
                answer = house.visitor().open(
                    address.path, method=method, data=ONE_CLICK, content_type=FORM, headers={}
                )
                assert answer.status_code == 403, address.path
                asked += 1

    assert asked > 10


@pytest.mark.parametrize("cut", [slice(1, None), slice(None, -1)])
def test_a_refused_token_ends_nothing(house: House, cut: slice) -> None:
    """The vulnerability row of Comentario 3.13: a test for each refused token."""
    found = followed(house)
    token = token_of(house.ctx, found)[cut]

    assert click(house, f"/comments/subscription/{token}").status_code == 404
    assert there(house, found)


def test_after_everything_was_erased_the_link_says_so_kindly(house: House, visitor: Visitor) -> None:
    found = followed(house)
    path = link(house, found)
    house.ctx.store.erase_comment(found.comment, text=True, at=house.clock())

    shown = visitor.get(path)

    assert shown.status_code == 200
    assert "there is nothing you need to do" in page(shown).css_first("[role=status]").text()
    assert visitor.post(path, data={"do": "confirm"}).status_code == 200
    assert click(house, path).status_code == 200


def test_the_page_of_all_ends_one_and_then_all(house: House, visitor: Visitor) -> None:
    first, second, third = followed(house), followed(house, notify="thread"), followed(house)
    path = f"/comments/subscriptions/{manage_token(house.ctx, first.person)}"
    assert len(page(visitor.get(path)).css("main input[name=subscription]")) == 3

    shown = visitor.post(path, data={"do": "end", "subscription": str(second.id)})
    assert page(shown).css_first("[role=status]").text().startswith("Done")
    assert (there(house, first), there(house, second)) == (True, False)
    visitor.post(path, data={"do": "confirm", "subscription": str(first.id)})
    assert house.ctx.store.get_subscription(first.id).confirmed
    for strange in ("", "x", "-1", "9" * 40, str(second.id)):
        assert visitor.post(path, data={"do": "end", "subscription": strange}).status_code == 403
    visitor.post(path, data={"do": "end all"})

    assert not there(house, third)
    assert "You follow nothing here." in visitor.get(path).text


def test_ones_own_data_lead_to_the_page_of_all(house: House, visitor: Visitor) -> None:
    found = followed(house)
    stored = house.ctx.store.find_address(found.person)
    assert stored
    mark = house.ctx.vault.mark(stored[0])
    token = house.ctx.tokens.sign("privacy", {"person": found.person, "mark": mark})

    shown = page(visitor.get(f"/comments/privacy/{token}"))

    managed = shown.css_first("a[href^='/comments/subscriptions/']").attributes["href"]
    assert managed
    assert visitor.get(managed).status_code == 200

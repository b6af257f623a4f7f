"""The desk on a host name of its own: ``PN_DESK_URL``."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from selectolax.lexbor import LexborHTMLParser
from werkzeug.test import TestResponse

from comments.actions import accounts
from comments.errors import Misconfigured
from comments.runtime import Settings, desk_url_of
from tests.service.desk.desk import Desk
from tests.service.desk.test_forms import everything, posts
from tests.service.web.house import OPEN, ROOT, SITE, House, live_house, open_house

DESK = "https://desk.notes.example.org"
AT_DESK = {"Sec-Fetch-Site": "same-origin", "Origin": DESK, "Referer": f"{DESK}/desk/"}


@pytest.fixture
def apart(tmp_path: Path, output: Path) -> Iterator[House]:
    house = open_house(tmp_path, output, site_url=SITE, desk_url=DESK)
    yield house
    house.runtime.close()


class OwnDesk(Desk):
    """A moderator's browser that knows the desk by its own name."""

    def get(self, path: str) -> "OwnDesk":
        self.answer = self.client.get(path, base_url=DESK)
        return self

    def post(self, path: str, **fields: object) -> "OwnDesk":
        self.answer = self.client.post(path, base_url=DESK, data=fields, headers=AT_DESK)
        return self


def signed_in(house: House) -> OwnDesk:
    desk = OwnDesk(house, house.visitor())
    desk.get(accounts.sign_in_link(house.ctx, "Marta", "administrator"))
    assert desk.answer is not None
    desk.post(desk.answer.request.path, csrf_token=desk.token())
    assert desk.status == 303, desk.text
    return desk


def test_each_host_answers_for_itself_alone(apart: House) -> None:
    desk, visitor = signed_in(apart), apart.visitor()

    assert desk.get("/desk/").status == 200
    assert sent_to(visitor.get("/", base_url=DESK)) == f"{DESK}/desk/"
    assert sent_to(visitor.get("/2026/ten-minutes/?a=b%20c", base_url=DESK)) == f"{SITE}/2026/ten-minutes/?a=b%20c"
    assert sent_to(visitor.get(f"/comments/{OPEN}", base_url=DESK)) == f"{SITE}/comments/{OPEN}"
    assert sent_to(visitor.get("/desk/comments/7/?from=queue")) == f"{DESK}/desk/comments/7/?from=queue"
    assert visitor.get("/2026/ten-minutes/").status_code == 200


def sent_to(answer: TestResponse) -> str:
    assert answer.status_code == 302, answer.text
    return answer.headers["Location"]


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/desk/nowhere", 404), ("POST", "/desk/record/", 405), ("POST", "/old/", 404)],
)
def test_what_goes_wrong_there_is_told_on_a_page_of_the_desk(apart: House, method: str, path: str, status: int) -> None:
    answer = apart.visitor().open(path, method=method, base_url=DESK, headers=AT_DESK)

    page = LexborHTMLParser(answer.text)
    assert answer.status_code == status
    assert page.css_first("h1").text() == "This was not done"
    assert page.css_first(".brand").text() == "Notes Desk"
    assert {link.attributes["href"] for link in page.css("link")} == {"/desk/static/desk.css", "/desk/static/icon.svg"}


def test_a_form_sent_to_the_wrong_host_changes_nothing(apart: House) -> None:
    form = apart.form()

    at_the_desk = apart.visitor().post(f"/comments/{OPEN}", base_url=DESK, data=form, headers=AT_DESK)
    at_the_site = apart.visitor().post("/desk/sign-in", data={"name": "Marta", "password": "no matter"})

    assert (at_the_desk.status_code, at_the_site.status_code) == (404, 404)
    assert apart.ctx.store.count_comments() == 0
    assert apart.send().status_code == 303


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "same-site", "Origin": SITE},
        {"Origin": SITE},
        {"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"},
    ],
)
def test_what_a_page_of_the_site_sends_to_the_desk_is_refused(apart: House, headers: dict[str, str]) -> None:
    apart.waiting()
    desk = signed_in(apart)
    token, before = desk.get("/desk/").token(), everything(apart)

    for path in posts(apart):
        fields = {"csrf_token": token, "act": "approve"}
        told = {"Referer": f"{SITE}/"} | headers
        answer = desk.client.post(path, base_url=DESK, data=fields, headers=told)
        assert answer.status_code == 403, path
        assert "This form was not sent from a page of this site." in answer.text

    assert everything(apart) == before


def test_the_cookies_of_the_two_never_meet(apart: House) -> None:
    desk = signed_in(apart)
    apart.send(desk.client)

    kept = {(cookie.domain, cookie.key) for cookie in desk.client._cookies.values()}
    assert {key for domain, key in kept if domain == "desk.notes.example.org"} == {"__Host-desk"}
    assert {key for domain, key in kept if domain == "notes.example.org"} == {"__Host-person"}


def test_links_to_the_desk_name_its_host_and_all_others_the_site(apart: House) -> None:
    desk = signed_in(apart)

    desk.get("/desk/people/")
    desk.post("/desk/people/", csrf_token=desk.token(), name="Jonas", role="moderator")

    assert f"{DESK}/desk/link/" in desk.text
    assert f'href="{SITE}/"' in desk.text


def test_a_name_that_shares_the_site_s_cookies_or_sends_them_in_the_open_is_refused() -> None:
    def told(desk: str) -> str:
        with pytest.raises(Misconfigured) as problem:
            desk_url_of(Settings(desk_url=desk), SITE)
        return str(problem.value)

    assert "host name of its own" in told("https://notes.example.org:8443")
    assert "https://" in told("http://desk.notes.example.org")
    assert desk_url_of(Settings(), SITE) == SITE
    assert desk_url_of(Settings(desk_url=DESK), SITE) == DESK


def test_the_nginx_file_for_it_passes_on_what_the_site_s_does() -> None:
    desk, site = ((ROOT / "deploy" / name).read_text("utf-8") for name in ("nginx-desk.conf", "nginx.conf"))

    def passed_on(text: str) -> list[str]:
        return re.findall(r"^ +(proxy_\w+ .+|client_max_body_size .+|access_log .+);$", text, re.MULTILINE)

    assert passed_on(desk) == passed_on(site)
    assert "PN_DESK_URL=https://desk.notes.example.org" in desk


@pytest.mark.browser
def test_a_moderator_works_there_in_a_browser_and_finds_the_page(
    tmp_path: Path, output: Path, chromium: Browser
) -> None:
    with live_house(tmp_path, output, "desk.localhost") as house:
        tab = chromium.new_page()
        write(tab, f"{house.service.site_url}/2026/ten-minutes/")
        tab.goto(house.service.site_url + accounts.sign_in_link(house.ctx, "Marta", "administrator"))
        tab.get_by_role("button", name="Sign in").click()
        assert tab.url.startswith(f"{house.service.desk_url}/desk/")

        tab.get_by_role("button", name="Publish", exact=True).first.click()
        tab.get_by_text("The corridor test").first.wait_for(state="hidden")
        tab.get_by_role("link", name="To the site").click()

        assert tab.url == f"{house.service.site_url}/"
        tab.goto(f"{house.service.site_url}/2026/ten-minutes/")
        assert tab.get_by_text("The corridor test").is_visible()
        tab.close()


def write(tab: Page, article: str) -> None:
    """Send a comment, without a script: it is looked at once more."""
    tab.goto(article)
    for label, text in (("Comment", "The corridor test."), ("Name", "Ada"), ("Email", "ada@example.org")):
        tab.get_by_label(label).first.fill(text)
    tab.get_by_role("button", name="Post comment").click()
    tab.get_by_role("button", name="Post comment").click()
    tab.wait_for_url("**/comments/mine/*")

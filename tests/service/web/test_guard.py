"""Forms are taken from the site's own pages alone, whatever route they go to."""

from pathlib import Path

import pytest
from flask import Flask, request

from comments.web.guard import SAFE, comes_from_here
from tests.service.web.addresses import addresses
from tests.service.web.house import OPEN, SITE, House, Visitor, open_house, page

OURS = {"Origin": SITE}


@pytest.mark.parametrize(
    ("headers", "welcome"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, True),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "https://evil.example"}, True),
        ({"Sec-Fetch-Site": "same-site", **OURS}, False),
        ({"Sec-Fetch-Site": "cross-site", **OURS}, False),
        ({"Sec-Fetch-Site": "none", **OURS}, False),
        ({"Sec-Fetch-Site": "", **OURS}, False),
        ({"Origin": SITE}, True),
        ({"Origin": "null"}, False),
        ({"Origin": "https://notes.example.org.evil.example"}, False),
        ({"Origin": "https://notes.example.org:8443"}, False),
        ({"Origin": "http://notes.example.org"}, False),
        ({"Origin": "https://evil.example/https://notes.example.org"}, False),
        ({"Referer": f"{SITE}/"}, False),
        ({}, False),
    ],
)
def test_what_a_browser_says_decides(headers: dict[str, str], welcome: bool) -> None:
    with Flask(__name__).test_request_context(method="POST", headers=headers):
        assert comes_from_here(request, SITE) is welcome


@pytest.mark.parametrize(
    ("origin", "welcome"),
    [
        ("http://localhost:8000", True),
        ("http://127.0.0.1:8000", True),
        ("http://[::1]:8000", True),
        ("http://localhost:9000", False),
        ("https://localhost:8000", False),
        ("http://localhost.evil.example:8000", False),
        ("http://localhost:port", False),
        ("null", False),
    ],
)
def test_loopback_names_are_one_site_only_in_development(origin: str, welcome: bool) -> None:
    with Flask(__name__).test_request_context(method="POST", headers={"Origin": origin}):
        assert comes_from_here(request, "http://localhost:8000", development=True) is welcome
        assert comes_from_here(request, "http://localhost:8000") is (origin == "http://localhost:8000")


def test_no_route_that_changes_something_is_exempt(house: House, visitor: Visitor) -> None:
    asked = 0
    for address in addresses(house):
        for method in sorted(address.methods - SAFE):
            answer = visitor.open(address.path, method=method, headers={"Sec-Fetch-Site": "cross-site"})
            assert answer.status_code == 403, address.path
            assert {"Origin", "Sec-Fetch-Site"} <= set(answer.vary), address.path
            asked += 1

    assert asked > 10


def test_a_refused_form_hands_the_text_back_but_offers_no_button_to_send_it(house: House, visitor: Visitor) -> None:
    fields = house.form(comment="Mine, all the same.")

    refused = visitor.post(f"/comments/{OPEN}", data=fields, headers={"Origin": "https://evil.example"})

    assert refused.status_code == 403
    assert page(refused).css_first("textarea").text().strip() == "Mine, all the same."
    assert page(refused).css_first("main form") is None
    assert house.ctx.store.count_comments() == 0


def test_a_form_sent_over_https_through_a_proxy_passes(tmp_path: Path, output: Path) -> None:
    house = open_house(tmp_path, output, proxies=1)
    client = house.app.test_client()
    proxied = {"X-Forwarded-For": "198.51.100.7", "X-Forwarded-Proto": "https", "Host": "notes.example.org"}
    browser = {"Origin": SITE, "Referer": f"{SITE}/2026/ten-minutes/"}

    answer = client.post(
        f"/comments/{OPEN}", data=house.form(), headers=proxied | browser, base_url="http://notes.example.org"
    )

    assert answer.status_code == 303
    assert answer.headers["Location"].startswith("/comments/mine/")
    assert "Secure" in answer.headers["Set-Cookie"]
    assert answer.headers["Strict-Transport-Security"]
    house.runtime.close()


def test_a_header_about_proxies_is_not_believed_without_one(house: House, visitor: Visitor) -> None:
    headers = {"X-Forwarded-For": "198.51.100.7", "Origin": SITE}
    first, second = house.form(), house.form()

    visitor.post(f"/comments/{OPEN}", data=first, headers=headers)
    answer = visitor.post(f"/comments/{OPEN}", data=second, headers=headers | {"X-Forwarded-For": "203.0.113.9"})

    assert answer.status_code == 429


def test_another_host_name_is_refused(visitor: Visitor) -> None:
    answer = visitor.get("/", base_url="https://evil.example")

    assert answer.status_code == 400
    assert "evil.example" not in answer.text + str(answer.headers)

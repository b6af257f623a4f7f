"""A preview is sent to whoever has its address, and to nobody else; it leaves no trace."""

import logging
import re
from datetime import timedelta
from pathlib import Path

import pytest

from comments.actions.previews import end_previews
from comments.actions.retention import purge
from tests.service.web.addresses import addresses
from tests.service.web.house import ROOT, House, Visitor, open_house
from tests.service.web.reviewers import preview

SENTENCE = "This preview is over, or its address is mistyped. Whoever sent you the address can make a new one."
NOWHERE = "/preview/" + "A" * 22 + "/"


def test_whoever_has_the_address_sees_page_and_style(house: House, visitor: Visitor) -> None:
    kept = preview(house.runtime.var, house.clock())

    page, style = visitor.get(kept.path), visitor.get(f"{kept.path}theme/css/site.0123456789.css")

    assert "Embargoed words." in page.text
    assert (page.mimetype, style.mimetype) == ("text/html", "text/css")
    assert visitor.get(kept.path.rstrip("/")).headers["Location"] == kept.path
    head = visitor.head(kept.path)
    assert (head.status_code, head.data) == (200, b"")


def test_every_answer_asks_to_be_kept_by_nobody(house: House, visitor: Visitor) -> None:
    kept = preview(house.runtime.var, house.clock())
    paths = (kept.path, kept.path.rstrip("/"), f"{kept.path}media/plan.svg", f"{kept.path}no/such", NOWHERE)

    for path in paths:
        headers = visitor.get(path).headers
        assert headers["X-Robots-Tag"] == "noindex, nofollow", path
        assert headers["Cache-Control"] == "private, no-store", path
        assert headers["Referrer-Policy"] == "no-referrer", path
        assert "default-src 'none'" in headers["Content-Security-Policy"], path
    assert visitor.post(kept.path).status_code == 405


def test_what_is_over_and_what_never_was_look_alike(house: House, visitor: Visitor) -> None:
    kept = preview(house.runtime.var, house.clock(), days=14)
    never = visitor.get(NOWHERE)
    assert never.status_code == 404
    assert SENTENCE in never.text
    assert visitor.get(kept.path).status_code == 200

    house.clock.move(days=14)
    over = visitor.get(kept.path)
    end_previews(house.runtime.var, "all")
    ended = visitor.get(kept.path)

    assert (over.status_code, over.data) == (ended.status_code, ended.data) == (404, never.data)
    assert dict(over.headers) == dict(ended.headers) == dict(never.headers)


@pytest.mark.parametrize(
    "path", ["../preview.json", "%2e%2e/preview.json", "..%2fpreview.json", "theme/../../preview.json", "%00",
             ".hidden", "\\..\\preview.json", "theme", "x" * 3000]
)  # fmt: skip
def test_nothing_beside_the_page_can_be_reached(house: House, visitor: Visitor, path: str) -> None:
    kept = preview(house.runtime.var, house.clock())

    answer = visitor.get(kept.path + path)

    assert answer.status_code == 404
    assert b'"until"' not in answer.data


def test_no_log_tells_its_address(house: House, visitor: Visitor, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    token = preview(house.runtime.var, house.clock()).token

    for path in (f"/{token}", f"/{token}/", f"/{token}/media/plan.svg", f"/{token}/nothing", f"//{token}/"):
        visitor.get(f"/preview{path}")
        visitor.post(f"/preview{path}")
    visitor.get("/preview/" + "a" * 22 + "/" + "b" * 22)
    visitor.post("/preview/" + "c" * 22)

    assert token not in caplog.text
    assert not re.search("a{22}|c{22}", caplog.text)
    assert "GET /preview/***/ 200" in caplog.text


def test_the_site_knows_nothing_of_it(house: House, visitor: Visitor) -> None:
    before = files(house.runtime.var / "releases")
    preview(house.runtime.var, house.clock())

    assert files(house.runtime.var / "releases") == before
    assert "Embargoed" not in visitor.get("/search/?q=embargoed").text
    assert visitor.get("/preview/").status_code == 404


def files(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_the_hourly_purge_deletes_what_is_over(house: House) -> None:
    kept = preview(house.runtime.var, house.clock(), days=1)
    longer = preview(house.runtime.var, house.clock(), days=3, id="other")
    house.clock.move(days=2)

    assert purge(house.ctx, "service").counts() == {"previews": 1}

    assert not kept.folder.exists()
    assert longer.folder.exists()


def test_it_is_shown_while_developing_too(tmp_path: Path, output: Path) -> None:
    house = open_house(tmp_path, output, development=True)
    kept = preview(house.runtime.var, house.clock() + timedelta(days=1))

    assert "Embargoed words." in house.visitor().get(kept.path).text
    house.runtime.close()


def test_the_web_server_in_front_knows_every_address_of_the_service_and_logs_no_token(house: House) -> None:
    configuration = (ROOT / "deploy/nginx.conf").read_text()
    masked = re.search(r"~(\^\(\?<kept>.*)\)\.  ", configuration)
    passed_on = re.search(r"location ~ (\^\S+) \{\s+proxy_pass", configuration)
    assert masked
    assert passed_on
    for address in addresses(house):
        if address.endpoint not in ("site.file", "search.search") and not address.path.startswith("/_dev/"):
            assert re.match(passed_on[1], address.path), address
    with house.app.test_request_context(base_url="https://notes.example.org"):
        secret = [rule for rule in house.app.url_map.iter_rules() if "token" in rule.arguments]
    assert len(secret) > 5
    for rule in secret:
        assert re.match(masked[1].replace("?<", "?P<") + ").", rule.rule), rule

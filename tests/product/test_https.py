"""Behind a proxy that speaks https: every form there is passes when its own page sends it, and only then."""

from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest

from comments.app import create_app, make_service
from comments.runtime import Settings, open_runtime
from comments.web.guard import SAFE
from publication.addresses import SERVICE_IDS
from tests.product.conftest import ROOT, Installation
from tests.product.https_journeys import WAYS, Journeys
from tests.product.pages import open_threads
from tests.product.people import draft, send
from tests.product.visitor import Answer, Visitor, origin_headers

SITE = "https://notes.example.org"
FETCH = ("Sec-Fetch-Site", "Sec-Fetch-Mode", "Sec-Fetch-Dest")
FOREIGN = {
    "another site": {"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"},
    "another site that lies about its origin": {"Sec-Fetch-Site": "cross-site", "Origin": SITE},
    "a sister site": {"Sec-Fetch-Site": "same-site", "Origin": "https://blog.notes.example.org"},
    "an address typed or a mail opened": {"Sec-Fetch-Site": "none"},
    "an older browser on another site": {"Origin": "https://evil.example"},
    "an older browser without https": {"Origin": "http://notes.example.org"},
    "an older browser on another port": {"Origin": "https://notes.example.org:8443"},
    "an older browser on a name that begins alike": {"Origin": "https://notes.example.org.evil.example"},
    "a page that hides where it is": {"Origin": "null"},
    "no browser": {},
}


@pytest.fixture(scope="module")
def ways(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Journeys]:
    place = Installation(tmp_path_factory.mktemp("https"), {"PN_SITE_URL": SITE, "PN_PROXIES": "1"})
    place.set_up()
    place.start()
    try:
        with open_runtime(Settings(var=place.var, theme=ROOT / "theme", site_url=SITE)) as runtime:
            yield Journeys(place, make_service(runtime, development=False).context)
    finally:
        place.stop()


@pytest.mark.parametrize("browser", ["new", "old"])
@pytest.mark.parametrize("name", WAYS)
def test_a_form_passes_from_its_own_page_and_from_nowhere_else(ways: Journeys, name: str, browser: str) -> None:
    step = WAYS[name][1](ways)
    headers = origin_headers(step.form)
    before = state(ways)
    for sender, foreign in FOREIGN.items():
        refused = step.send({"Referer": "https://evil.example/", **foreign})
        assert refused.status == 403, f"{sender}: {refused.status}"
    if urlsplit(step.form.action).path.startswith("/desk/"):
        assert step.send(headers, without="csrf_token").status == 400
    assert state(ways) == before

    if browser == "old":
        headers = {key: value for key, value in headers.items() if key not in FETCH}
    answer = step.send(headers)

    assert answer.status in (200, 303), answer.text
    assert_safe(answer)


def state(ways: Journeys) -> object:
    """What a form could have changed: every act leaves a row in the audit log."""
    store = ways.ctx.store
    return len(store.list_audit(limit=100_000)), store.count_by_state(), [a.id for a in store.list_accounts()]


def assert_safe(answer: Answer) -> None:
    """Cookies only over https and out of scripts' reach, no way to another host, https from now on."""
    for cookie in answer.cookies():
        for name, morsel in cookie.items():
            assert morsel["secure"], name
            assert morsel["httponly"], name
            assert morsel["samesite"] == "Lax", name
            assert morsel["domain"] == "", name
            assert name.startswith("__Host-") == (morsel["path"] == "/"), name
    target = urlsplit(answer.header("Location"))
    assert target.netloc in ("", "notes.example.org")
    assert target.scheme in ("", "https")
    assert answer.header("Strict-Transport-Security")
    assert answer.header("Referrer-Policy") == "same-origin"


def test_no_form_is_left_out(ways: Journeys) -> None:
    with open_runtime(Settings(var=ways.place.var, theme=ROOT / "theme", site_url=SITE)) as runtime:
        rules = create_app(runtime).url_map
    endpoints = {rule.endpoint for rule in rules.iter_rules() if set(rule.methods or ()) - SAFE}
    assert endpoints == {endpoint for endpoint, _way in WAYS.values()}

    names = {rule.rule.split("/")[2] for rule in rules.iter_rules() if rule.rule.startswith("/comments/")}
    assert names - {"<thread>"} <= SERVICE_IDS

    address = rules.bind("notes.example.org", url_scheme="https")
    for name, (endpoint, way) in WAYS.items():
        step = way(ways)
        assert address.match(urlsplit(step.form.action).path, method="POST")[0] == endpoint, name
        for form in step.form.answer.forms():
            assert form.action.startswith(f"{SITE}/"), name
            assert address.match(urlsplit(form.action).path, method="POST")[0] in endpoints, name


def test_a_form_on_a_page_that_came_over_plain_http_is_refused(ways: Journeys) -> None:
    step = ways.article()
    plain = step.visitor
    plain.site = "http://notes.example.org"

    answer = plain.post(step.form.action, step.fields, {"Origin": plain.site})

    assert answer.status == 403


@pytest.mark.parametrize(("proxies", "answers"), [("1", [201, 201, 429]), ("0", [201, 429, 429])])
def test_networks_are_told_apart_by_the_proxys_word_where_there_is_one(
    make_installation: Callable[..., Installation], proxies: str, answers: list[int]
) -> None:
    place = make_installation(PN_SITE_URL=SITE, PN_PROXIES=proxies)
    place.set_rules(flood_seconds=3600)
    place.release()
    place.start()
    thread = open_threads(place)[0].id
    # The last one writes a network of their own choice in front of the proxy's word.
    networks = ("198.51.100.7", "203.0.113.7", "192.0.2.7, 203.0.113.7")

    got = [
        send(Visitor(SITE, place.port, network), thread, draft(number)).status
        for number, network in enumerate(networks)
    ]

    assert got == answers

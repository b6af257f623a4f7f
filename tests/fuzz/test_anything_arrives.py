"""Twenty thousand requests of every kind: none fails, none tells a secret, and nothing is stored that should not be."""

import json
import os
import random
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable, Iterator
from urllib.parse import unquote_to_bytes, urlencode

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from comments.actions import moderate
from comments.web.guard import SAFE
from tests.fuzz import shapes
from tests.fuzz.watch import MAILBOX, Watch
from tests.product.test_tokens_everywhere import KINDS
from tests.service.desk.desk import HEADERS, signed_in
from tests.service.web.house import OPEN, House, make_output, open_house

pytestmark = [pytest.mark.long, pytest.mark.filterwarnings("ignore:Generating overly large repr")]

SEED = int(os.environ.get("PN_TEST_SEED") or random.SystemRandom().randrange(10**6))
FORMS, SCRIPTS, TOKENS, ADDRESSES, DESK = 6000, 4000, 4000, 4000, 2000


def cases(number: int) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """So many cases, the same ones for the same seed."""

    def decorate(test: Callable[..., None]) -> Callable[..., None]:
        quiet = settings(
            max_examples=number,
            deadline=None,
            database=None,
            phases=(Phase.explicit, Phase.generate, Phase.shrink),
            suppress_health_check=list(HealthCheck),
            print_blob=True,
        )
        return seed(SEED)(quiet(test))

    return decorate


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder = tmp_path_factory.mktemp("fuzz")
    made = open_house(folder, make_output(folder / "output"), proxies=1)
    made.approved(email=MAILBOX, name="Zelda")
    made.waiting(email=MAILBOX, name="Zelda")
    yield made
    made.runtime.close()


@pytest.fixture(scope="module")
def watch(house: House) -> Iterator[Watch]:
    print(f"PN_TEST_SEED={SEED}")
    watching = Watch(house)
    yield watching
    watching.close()
    assert watching.look_again() == []
    print(f"{watching.cases} cases, {watching.stored} comments stored, {dict(watching.answers)}")


def good(house: House) -> st.SearchStrategy[str]:
    """Form tokens that are good now, and others."""
    return st.builds(house.token) | st.builds(house.token) | st.sampled_from(("", "x.y")) | shapes.anything


@cases(FORMS)
@given(data=st.data())
def test_any_form(house: House, watch: Watch, data: st.DataObject) -> None:
    house.clock.move(seconds=20)
    body = data.draw(shapes.form_bodies(good(house)))
    thread = data.draw(st.sampled_from(shapes.THREADS))
    head = data.draw(st.integers(0, 9).flatmap(lambda die: shapes.headers if die == 9 else st.just({})))

    answer = house.visitor().post(
        f"/comments/{thread}", data=body, headers={"Sec-Fetch-Site": "same-origin"} | head,
        content_type="application/x-www-form-urlencoded",
    )  # fmt: skip

    assert watch.breaches(answer, body.decode("latin-1")) == []


@cases(SCRIPTS)
@given(data=st.data())
def test_any_json(house: House, watch: Watch, data: st.DataObject) -> None:
    house.clock.move(seconds=20)
    body = data.draw(shapes.json_bodies(good(house)))
    thread = data.draw(st.sampled_from(shapes.THREADS))
    kind = data.draw(st.just("application/json") | shapes.kinds)

    answer = house.visitor().post(
        f"/comments/{thread}", data=body, headers={"Sec-Fetch-Site": "same-origin"}, content_type=kind
    )

    assert watch.breaches(answer, body.decode("latin-1")) == []
    if answer.is_json:
        told = json.loads(answer.data)
        assert answer.status_code < 400 or set(told["error"]) == {"code", "message", "fields"}


@pytest.fixture(scope="module")
def genuine(house: House) -> list[tuple[str, str]]:
    """A good link of every purpose."""
    return [(purpose, make(house)) for purpose, (_address, _lifetime, make) in KINDS.items()]


@cases(TOKENS)
@given(data=st.data())
def test_any_token(house: House, watch: Watch, genuine: list[tuple[str, str]], data: st.DataObject) -> None:
    house.clock.move(seconds=20)
    purpose, _token = data.draw(st.sampled_from(genuine))
    own = dict(genuine)[purpose]
    tokens = st.sampled_from([token for kind, token in genuine if kind != purpose])
    token = data.draw(shapes.altered(st.sampled_from([own])) | tokens)
    verb = data.draw(st.sampled_from(("", "edit", "delete", "prove", "approve", "spam", "download", "erase all")))
    path = KINDS[purpose][0] + shapes.quoted(token)
    before = house.ctx.store.list_audit(limit=1)

    got = house.visitor().get(path)
    sent = house.visitor().post(path, data={"do": verb, "comment": "Mine now.", "version": "1"})

    assert watch.breaches(got, token) + watch.breaches(sent, token) == []
    if token != own:
        assert got.status_code not in (200, 303), path
        assert sent.status_code not in (200, 303), path
        assert house.ctx.store.list_audit(limit=1) == before


@cases(ADDRESSES)
@given(data=st.data())
def test_any_address_method_and_header(
    house: House, watch: Watch, genuine: list[tuple[str, str]], data: st.DataObject
) -> None:
    rules = sorted(rule.rule for rule in house.app.url_map.iter_rules())
    path = data.draw(shapes.paths(rules, st.sampled_from(["ten-minutes", *(token for _purpose, token in genuine)])))
    method = data.draw(st.sampled_from(shapes.METHODS))
    head = data.draw(shapes.headers)
    body = data.draw(st.just(b"") | st.binary(max_size=50))
    kind = data.draw(shapes.kinds)
    signed = data.draw(st.booleans())
    client = signed_in(house).client if signed and method in SAFE else house.visitor()

    answer = client.open("/", method=method, headers=head, data=body, content_type=kind, environ_overrides=wire(path))

    assert watch.breaches(answer, path, str(head), body.decode("latin-1")) == []


def wire(path: str) -> dict[str, str]:
    """The address as a server hands it over: the test client would take ``//name/`` for another host."""
    address, _mark, query = path.partition("?")
    return {"PATH_INFO": unquote_to_bytes(address).decode("latin-1"), "QUERY_STRING": query.encode().decode("latin-1")}


@cases(DESK)
@given(data=st.data())
def test_any_form_of_the_desk(house: House, watch: Watch, data: st.DataObject) -> None:
    rules = [rule for rule in house.app.url_map.iter_rules() if "POST" in (rule.methods or ())]
    desk_rules = sorted(rule.rule for rule in rules if rule.endpoint.startswith(("desk.", "login.")))
    desk_rules.remove("/desk/comments/<int:number>/address")  # shows an address: that is what it is for
    rule = data.draw(st.sampled_from(desk_rules))
    numbers = st.sampled_from(["1", "2", OPEN, "x.y"]) | st.sampled_from(shapes.NUMBERS)
    path = data.draw(shapes.paths([rule], numbers)) if "<" in rule else rule
    names = ("undo", "comment", "versions", "seen", "version", "at", "back", "policy", "text", "reason", "name", "role",
             "author", "current", "password", "again", "email", "keys", "next", "act", "release")  # fmt: skip
    acts = st.sampled_from(("approve", "spam", "trash", "restore", "edit", "accept_edit", "publish", "x"))
    fields = data.draw(st.dictionaries(st.sampled_from(names), shapes.texts | numbers | acts, max_size=8))
    desk = signed_in(house)
    fields["csrf_token"] = desk.get("/desk/settings/").token()
    watch.lines.clear()

    # Half characters too, as no client should send them.
    body = urlencode({name: value.encode("utf-8", "surrogatepass") for name, value in fields.items()})
    kind = "application/x-www-form-urlencoded"
    answer = desk.client.post(path, data=body, content_type=kind, headers=HEADERS)

    assert watch.breaches(answer, path, *fields.values()) == []


def test_what_was_taken_can_be_published_and_read(house: House, watch: Watch) -> None:
    """Runs last: everything that the cases left is shown to readers."""
    store = house.ctx.store
    waiting = [each.id for each in store.iterate_comments() if each.state == "pending" and not each.erased]
    for number in waiting[-400:]:
        moderate.approve(house.ctx, "command line", number)
    public = house.runtime.var / "current" / "public"

    assert store.check_integrity() == []
    told = house.visitor().get(f"/comments/{OPEN}", headers={"Accept": "application/json"})
    shown = json.loads(told.data)["comments"]
    assert shown
    page = (public / "2026" / OPEN / "index.html").read_text(encoding="utf-8")
    for marker in ("thread", "count", "comments-ld"):
        assert page.count(f"<!--{marker}:{OPEN}-->") == page.count(f"<!--/{marker}:{OPEN}-->") == 1
    assert page.endswith("</body></html>\n")
    for feed in (public / "2026" / OPEN / "comments.atom", public / "feeds" / "comments.atom"):
        ElementTree.parse(feed)
    assert watch.look_again() == []

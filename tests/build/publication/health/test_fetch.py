"""One link, and a server that misbehaves in each way: what we make of it, and that nothing can hold or misuse us."""

import socket
import ssl
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic

import pytest

from publication.health import hosts
from publication.health.answers import Answer
from publication.health.fetch import Fetcher, agent, tidy
from tests.build.publication.health import misbehaving as bad
from tests.build.publication.health.misbehaving import OK, Server, serving, status

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
SECONDS = 0.4


def fetcher(**changes: object) -> Fetcher:
    given = {"agent": "Tests (+https://notes.example.org)", "turn": lambda _: None, "now": lambda: NOW}
    allowed = {"allowed": lambda address: address == "127.0.0.1", "seconds": SECONDS}
    return Fetcher(**(given | allowed | changes))  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    answers: dict[str, object] = {
        "/": OK,
        "/404": status("404 Not Found"),
        "/410": status("410 Gone"),
        "/500": status("500 Internal Server Error"),
        "/503": status("503 Service Unavailable", "Retry-After: 120"),
        "/503-date": status("503 Service Unavailable", "Retry-After: Mon, 01 Jun 2026 12:01:30 GMT"),
        "/503-odd": status("503 Service Unavailable", "Retry-After: soon"),
        "/429": status("429 Too Many Requests", "Retry-After: 5"),
        "/401": status("401 Unauthorized"),
        "/403": status("403 Forbidden"),
        "/999": status("999 Request denied"),
        "/captcha": status("404 Not Found", "CF-Mitigated: challenge"),
        "HEAD /no-head": status("405 Method Not Allowed"),
        "GET /no-head": OK,
        "HEAD /head-404": status("404 Not Found"),
        "GET /head-404": OK,
        "HEAD /head-hangs": bad.hang_up,
        "GET /head-hangs": OK,
        "/loop": status("302 Found", "Location: /pool"),
        "/pool": status("302 Found", "Location: /loop"),
        "/self": status("301 Moved Permanently", "Location: /self"),
        **{f"/far/{n}": status("302 Found", f"Location: {n + 1}") for n in range(99)},
        "/relative": status("302 Found", "Location: ../?x=1#part"),
        "/?x=1": OK,
        "/nowhere": status("302 Found"),
        "/moved": status("301 Moved Permanently", "Location: /moved-again"),
        "/moved-again": status("308 Permanent Redirect", "Location: /for-now"),
        "/for-now": status("302 Found", "Location: /"),
        "/moved-away": status("301 Moved Permanently", "Location: /404"),
        "/for-a-while": status("302 Found", "Location: /moved"),
        "/to-private": status("302 Found", "Location: http://10.0.0.1/latest/meta-data"),
        "/to-metadata": status("301 Moved Permanently", "Location: http://169.254.169.254/"),
        "/to-ipv6": status("302 Found", "Location: http://[::ffff:127.0.0.2]/"),
        "/to-number": status("302 Found", "Location: http://2130706434/"),
        "/to-file": status("302 Found", "Location: file:///etc/passwd"),
        "/to-script": status("302 Found", "Location: javascript:alert(1)"),
        "/to-nonsense": status("302 Found", "Location: http://[nonsense/"),
        "/to-password": status("302 Found", "Location: http://a:b@127.0.0.1/"),
        "/to-blank": status("302 Found", "Location: /with blank/\u00c3\u00a9"),
        "/with%20blank/%C3%A9": OK,
        "/caf%C3%A9?q=th%C3%A9": OK,
        "/slow-headers": bad.slow_headers,
        "/never": bad.never,
        "/endless-headers": bad.endless_headers,
        "/endless-continue": bad.endless_continue,
        "/long-line": bad.LONG_LINE,
        "/slow-body": bad.slow_body,
        "/endless-body": bad.endless_body,
        "/bomb": bad.BOMB,
        "/reset": bad.reset,
        "/hang-up": bad.hang_up,
        "/invalid": bad.INVALID,
        "/empty": b"\r\n\r\n",
    }
    with serving(answers) as server:
        yield server


@pytest.mark.parametrize(
    ("path", "verdict", "code", "reason"),
    [
        ("/", "well", 200, "ok"),
        ("/404", "failed", 404, "not found"),
        ("/410", "failed", 410, "gone"),
        ("/500", "failed", 500, "internal server error"),
        ("/503", "untold", 503, "service unavailable"),
        ("/429", "untold", 429, "too many requests"),
        ("/401", "untold", 401, "unauthorized"),
        ("/403", "untold", 403, "forbidden"),
        ("/999", "untold", 999, "an answer of its own"),
        ("/captcha", "untold", 404, "it wants to know whether we are human"),
        ("/no-head", "well", 200, "ok"),
        ("/head-404", "well", 200, "ok"),
        ("/head-hangs", "well", 200, "ok"),
        ("/loop", "untold", 302, "it leads in a circle"),
        ("/self", "untold", 301, "it leads in a circle"),
        ("/far/0", "untold", 302, "it leads on more than 8 times"),
        ("/relative", "well", 200, "ok"),
        ("/nowhere", "untold", 302, "found"),
        ("/moved-away", "failed", 404, "not found"),
        ("/to-private", "untold", None, "it leads into a private network"),
        ("/to-metadata", "untold", None, "it leads into a private network"),
        ("/to-ipv6", "untold", None, "it leads into a private network"),
        ("/to-number", "untold", None, "it leads into a private network"),
        ("/to-file", "untold", None, "it leads to something that is no web page (file:)"),
        ("/to-script", "untold", None, "it leads to something that is no web page (javascript:)"),
        ("/to-nonsense", "untold", 302, "it leads to no web address"),
        ("/to-password", "untold", None, "it leads to no web address"),
        ("/to-blank", "well", 200, "ok"),
        ("/café?q=thé", "well", 200, "ok"),
        ("/slow-headers", "untold", None, "it takes too long to answer"),
        ("/never", "untold", None, "it takes too long to answer"),
        ("/endless-headers", "untold", None, "it answers with too much"),
        ("/endless-continue", "untold", None, "it takes too long to answer"),
        ("/long-line", "untold", None, "it answers with too much"),
        ("/slow-body", "well", 200, "ok"),
        ("/endless-body", "well", 200, "ok"),
        ("/bomb", "well", 200, "ok"),
        ("/reset", "untold", None, "it breaks the connection off"),
        ("/hang-up", "untold", None, "it breaks the connection off"),
        ("/invalid", "failed", None, "its answer is not HTTP"),
        ("/empty", "failed", None, "its answer is not HTTP"),
    ],
)
def test_what_a_server_does_and_what_we_make_of_it(
    server: Server, path: str, verdict: str, code: int | None, reason: str
) -> None:
    started = monotonic()

    answer = fetcher().look(server.url + path)

    assert (answer.verdict, answer.status, answer.reason) == (verdict, code, reason)
    assert monotonic() - started < 20 * SECONDS


@pytest.mark.parametrize(
    ("path", "moved"), [("/moved", "/for-now"), ("/for-a-while", ""), ("/relative", ""), ("/moved-away", ""), ("/", "")]
)
def test_only_what_moved_for_good_is_told(server: Server, path: str, moved: str) -> None:
    assert fetcher().look(server.url + path).moved == (server.url + moved if moved else "")


@pytest.mark.parametrize(
    ("path", "later"),
    [("/503", 120), ("/503-date", 90), ("/503-odd", None), ("/429", 5), ("/500", None), ("/404", None)],
)
def test_what_a_host_asks_us_to_wait_is_heard(server: Server, path: str, later: float | None) -> None:
    answer = fetcher().look(server.url + path)

    assert answer.later == later
    assert answer.may_change is (path != "/404")


def test_we_say_who_we_are_and_ask_for_nothing_packed(server: Server) -> None:
    server.asked.clear()

    fetcher().look(server.url + "/no-head#part")

    assert [(method, path) for method, path, _ in server.asked] == [("HEAD", "/no-head"), ("GET", "/no-head")]
    headers = server.asked[1][2]
    assert headers["User-Agent"] == "Tests (+https://notes.example.org)"
    assert headers["Host"] == f"127.0.0.1:{server.port}"
    assert headers["Accept-Encoding"] == "identity"


def test_a_busy_host_is_not_asked_at_once_again(server: Server) -> None:
    server.asked.clear()

    fetcher().look(server.url + "/429")

    assert len(server.asked) == 1


def test_a_name_in_any_letters_cannot_add_a_header() -> None:
    assert (
        agent("Notes\r\nX: y (Été)", "https://é.example\r\n")
        == "NotesX: y t link check (+https://%C3%A9.example%0D%0A)"
    )
    assert agent("記", "https://notes.example.org") == "Practice Notes link check (+https://notes.example.org)"


@pytest.mark.parametrize("name", ["localhost", "localtest.example", "127.0.0.1", "[::1]", "0.0.0.0", "10.1.2.3"])
def test_without_leave_nobody_in_our_own_network_is_asked(server: Server, name: str) -> None:
    server.asked.clear()

    def find(host: str, port: int) -> list[hosts.Place]:
        return hosts.find("127.0.0.1" if host == "localtest.example" else host, port)

    answer = fetcher(allowed=hosts.is_public, find=find).look(f"http://{name}:{server.port}/")

    assert answer == Answer("untold", None, "it leads into a private network")
    assert server.asked == []


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1::", True),
        ("127.0.0.1", False),
        ("0.0.0.0", False),
        ("10.0.0.1", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("::ffff:10.0.0.1", False),
        ("64:ff9b::a00:1", False),
        ("64:ff9b::5db8:d822", True),
        ("64:ff9b::7f00:1", False),
        ("64:ff9b:1::7f00:1", False),
        ("64:ff9b:1::5db8:d822", True),
        ("64:ff9b:1:5db8:d8:2200::", False),
        ("2002:a00:1::", False),
        ("2002:7f00:1::", False),
        ("2002:5db8:d822::", True),
        ("::ffff:93.184.216.34", True),
        ("::127.0.0.1", False),
        ("::a9fe:a9fe", False),
        ("::ffff:0:127.0.0.1", False),
        ("::", False),
        ("fec0::1", False),
        ("ff02::1", False),
        ("5f00::1", False),
        ("3fff::1", False),
        ("2001:db8::1", False),
        ("2001::1", False),
        ("2001:20::1", False),
        ("2001:4860:4860::8888", True),
        ("2a00:1450:4001::1", True),
        ("192.0.0.8", False),
        ("192.0.0.10", False),
        ("192.0.1.1", True),
        ("198.18.0.1", False),
        ("nonsense", False),
    ],
)
def test_which_addresses_are_public(address: str, public: bool) -> None:
    assert hosts.is_public(address) is public


def test_a_name_that_changes_its_place_between_two_looks_wins_nothing(server: Server) -> None:
    """The place that was judged is the place that is connected to."""
    places = iter([[(socket.AF_INET, ("127.0.0.1", server.port))], [(socket.AF_INET, ("127.0.0.2", server.port))]])
    server.asked.clear()

    answer = fetcher(find=lambda host, port: next(places)).look(f"http://rebinding.example:{server.port}/")

    assert answer.verdict == "well"
    assert [headers["Host"] for _, _, headers in server.asked] == [f"rebinding.example:{server.port}"]


def no_such_host(host: str, port: int) -> list[hosts.Place]:
    raise socket.gaierror(-2, "Name or service not known")


def unreachable(host: str, port: int) -> list[hosts.Place]:
    raise OSError(101, "Network is unreachable")


@pytest.mark.parametrize(
    ("url", "find", "reason"),
    [
        ("https://gone.example/", no_such_host, "there is no such host"),
        ("https://gone.example/", unreachable, "it cannot be reached"),
        (f"https://{'a' * 70}.example/", hosts.find, "there is no such host"),
        ("https://a..example/", hosts.find, "there is no such host"),
    ],
)
def test_a_host_that_is_not_there(url: str, find: Callable[[str, int], list[hosts.Place]], reason: str) -> None:
    answer = fetcher(find=find).look(url)

    assert (answer.verdict, answer.status, answer.reason, answer.reached) == ("failed", None, reason, False)


def test_a_host_in_other_letters_is_asked_for_as_dns_has_it(server: Server) -> None:
    asked = []

    def find(host: str, port: int) -> list[hosts.Place]:
        asked.append(host)
        return [(socket.AF_INET, ("127.0.0.1", server.port))]

    assert fetcher(find=find).look("http://bücher.example/").verdict == "well"
    assert asked == ["xn--bcher-kva.example"]


def test_a_host_that_refuses_the_connection() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

    assert fetcher().look(f"http://127.0.0.1:{port}/").reason == "it refuses the connection"


def test_the_second_place_of_a_host_is_tried_too(server: Server) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    places = [(socket.AF_INET, ("127.0.0.1", port)), (socket.AF_INET, ("127.0.0.1", server.port))]

    assert fetcher(find=lambda host, port: places).look("http://two.example/").verdict == "well"


def test_certificates_are_looked_at(tmp_path: Path) -> None:
    with serving({"/": OK}, bad.certificate(tmp_path, "other.example")) as server:
        places = [(socket.AF_INET, ("127.0.0.1", server.port))]
        trusting = ssl.create_default_context(cafile=str(tmp_path / "server.pem"))

        def look(name: str, tls: ssl.SSLContext) -> Answer:
            return fetcher(find=lambda host, port: places, tls=tls, seconds=5.0).look(f"https://{name}/")

        unknown = look("other.example", ssl.create_default_context())
        wrong = look("notes.example", trusting)
        right = look("other.example", trusting)

    assert (unknown.verdict, unknown.reached) == ("failed", False)
    assert unknown.reason.startswith("its certificate is not valid: self")
    assert wrong.verdict == "failed"
    assert "not valid for 'notes.example'" in wrong.reason
    assert right.verdict == "well"


def test_a_server_that_does_not_speak_tls(server: Server) -> None:
    silent = fetcher().look(server.url.replace("http:", "https:"))
    with serving({}, first=bad.INVALID) as other:
        odd = fetcher().look(other.url.replace("http:", "https:"))

    assert (silent.verdict, silent.reason) == ("untold", "it takes too long to answer")
    assert (odd.verdict, odd.reason) == ("failed", "it cannot be reached safely (TLS)")


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        ("https://example.org/a b/é?q=ü&x=%20#é", "https://example.org/a%20b/%C3%A9?q=%C3%BC&x=%20#%C3%A9"),
        ("https://example.org/x_(y)'s", "https://example.org/x_(y)'s"),
        ("https://example.org/\r\nX: y", "https://example.org/X:%20y"),
        ("https://example.org", "https://example.org"),
    ],
)
def test_addresses_are_sent_in_plain_letters(written: str, sent: str) -> None:
    assert tidy(written) == sent

"""The map of former addresses means to a real nginx, and to our own server, what it says, whatever is in an address."""

import http.client
import shutil
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import pytest
from selectolax.lexbor import LexborHTMLParser

from comments.web.site import redirects as read_map
from plugins.redirects import page, server_map
from tests.nginx.server import maps
from tests.product.conftest import free_port, wait_for

NGINX = shutil.which("nginx")
NEW = "/2026/better-name/"
ODD = (
    "/2019/05/old/",
    "/café/thé/",
    "/with blank/x/",
    "/semi;colon/",
    '/quo"te/',
    "/apo'strophe/",
    "/back\\slash/",
    "/dollar$uri/",
    "/brace{}/",
    '/a /evil/;"} return 200 pwned; {/',
    "/~tilde/",
    "/日本/",
    "/hash#sign/",
    f"/{'long/' * 99}",
)


def test_our_own_server_reads_what_we_write(tmp_path: Path) -> None:
    file = tmp_path / "redirects.map"
    file.write_text(server_map(dict.fromkeys(ODD, "/né/")), encoding="utf-8")

    assert read_map(file) == dict.fromkeys(ODD, "/n%C3%A9/")


@pytest.mark.parametrize("new", ["//evil.example/", "https://evil.example/", "evil", "", "/\\evil.example/"])
def test_the_map_never_leads_to_another_site(new: str) -> None:
    with pytest.raises(ValueError, match="no address of this site"):
        server_map({"/old/": new})


@pytest.mark.parametrize("path", ["/a\nb/", "/a\x00/", "no-slash/", "", "\r/"])
def test_what_no_line_can_hold_is_refused(path: str) -> None:
    with pytest.raises(ValueError, match="cannot be an address"):
        server_map({path: NEW})


def test_the_small_page_is_safe_whatever_it_is_told() -> None:
    tree = LexborHTMLParser(page("https://notes.example.org", '/a"; url=//evil/', '</title><script>"', "en"))

    refresh = tree.css_first("meta[http-equiv=refresh]").attributes["content"]
    assert refresh == "0; url=/a%22%3B%20url%3D//evil/"
    assert tree.css_first("a").attributes["href"] == "/a%22%3B%20url%3D//evil/"
    assert tree.css("script") == []
    assert tree.css_first("title").text() == '</title><script>"'


@pytest.mark.skipif(NGINX is None, reason="no nginx here")
def test_nginx_leads_on_from_every_former_address_and_does_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "redirects.map").write_text(server_map(dict.fromkeys(ODD, NEW)), encoding="utf-8")

    with nginx(tmp_path) as port:
        for path in ODD:
            assert ask(port, quote(path)) == (301, NEW), path
        assert ask(port, quote(ODD[0]) + "?page=2") == (301, NEW + "?page=2")
        for path in ("/", "/evil/", "/2019/05/", NEW, "/default"):
            assert ask(port, path)[0] in (403, 404)


QUERIES = {
    "/?p=17": "/2026/numbered/",
    "/?cat=3": "/topics/three/",
    "/?tag=caf%c3%a9": "/tags/cafe/",
    "/shop.php?b=2&a=1": "/about/",
    "/wp-content/uploads/2019/a.png": "/media/a.png",
    "/wp-content/uploads/2019/b-10x10.png": "/media/b.png",
}
ASKED = {
    "/?p=17": "/2026/numbered/",
    "/?page_id=17&preview=true": "/2026/numbered/",
    "/?utm_source=a%0d%0aX:y&attachment_id=17": "/2026/numbered/",
    "/?post_type=talk&p=17&cat=3": "/2026/numbered/",
    "/?cat=3&paged=2": "/topics/three/",
    "/?tag=caf%C3%A9": "/tags/cafe/",
    "/shop.php?b=2&a=1": "/about/",
    "/wp-content/uploads/2019/a-300x200.png": "/media/a.png",
    "/wp-content/uploads/2019/b-10x10.png": "/media/b.png",
    "/wp-content/uploads/2019/b-10x10-150x150.png": "/media/b.png",
    "/?p=18": None,
    "/?xp=17": None,
    "/?p=17x": None,
    "/?": None,
    "/other/?p=17": None,
}


@pytest.mark.skipif(NGINX is None, reason="no nginx here")
def test_nginx_reads_a_query_whatever_else_is_asked_and_answers_readers_only(tmp_path: Path) -> None:
    (tmp_path / "redirects.map").write_text(server_map(QUERIES), encoding="utf-8")

    with nginx(tmp_path) as port:
        for path, new in ASKED.items():
            assert ask(port, path)[1] == new, path
            assert ask(port, path, "HEAD")[1] == new, path
            assert ask(port, path, "POST")[1] is None, path


@contextmanager
def nginx(folder: Path) -> Iterator[int]:
    """An nginx with the lines about moved pages of ``deploy/``."""
    deploy = Path(__file__).parents[2] / "deploy"
    table = maps(folder)
    static = (deploy / "nginx-static.conf").read_text(encoding="utf-8")
    start = static.index("if ($practice_notes_moved)")
    rule = static[start : static.index("}", start) + 1]
    port = free_port()
    (folder / "nginx.conf").write_text(
        f"daemon off; pid {folder}/pid; error_log {folder}/error.log; events {{}}\n"
        f"http {{ access_log off; client_body_temp_path {folder}/a; proxy_temp_path {folder}/b;"
        f" fastcgi_temp_path {folder}/c; uwsgi_temp_path {folder}/d; scgi_temp_path {folder}/e;\n{table}\n"
        f"server {{ listen 127.0.0.1:{port}; root {folder}/none; absolute_redirect off;\n{rule}\n}} }}\n",
        encoding="utf-8",
    )
    process = subprocess.Popen([str(NGINX), "-c", str(folder / "nginx.conf"), "-p", str(folder)])
    try:
        wait_for(lambda: process.poll() is not None or answers(port), "nginx")
        assert process.poll() is None, (folder / "error.log").read_text()
        yield port
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(10)


def answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=0.2).close()
    except OSError:
        return False
    return True


def ask(port: int, path: str, method: str = "GET") -> tuple[int, str | None]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request(method, path)
    answer = connection.getresponse()
    found = answer.status, answer.headers.get("Location")
    connection.close()
    return found

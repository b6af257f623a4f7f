"""A real nginx with the static part of deploy/, before a release: what a reader's browser meets on a server."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.product.conftest import ROOT, free_port, wait_for
from workshop.testing import find_nginx

CONFIGURATION = """
{user}
daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/error.log warn;
events {{ worker_connections 256; }}
http {{
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
    access_log off;
    {maps}
    server {{
        listen 127.0.0.1:{port};
        server_name localhost;
        root {var}/current/public;
        include practice-notes/nginx-static.conf;
    }}
}}
"""


@contextmanager
def nginx(var: Path, folder: Path, port: int | None = None) -> Iterator[str]:
    """Serve the current release below ``var``; gives the address. ``folder`` is for what nginx writes."""
    port = port or free_port()
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "practice-notes").symlink_to(ROOT / "deploy")
    configuration = folder / "nginx.conf"
    user = "user root;" if os.geteuid() == 0 else ""  # else its workers may not enter a test's folder
    told = CONFIGURATION.format(user=user, folder=folder, var=var, port=port, maps=maps(var / "current"))
    configuration.write_text(told, encoding="utf-8")
    program = find_nginx()
    assert program
    process = subprocess.Popen([program, "-p", str(folder), "-c", str(configuration)])
    try:
        wait_for((folder / "nginx.pid").exists, "nginx to start")
        yield f"http://localhost:{port}"
    finally:
        process.terminate()
        process.wait(30)
    problems = (folder / "error.log").read_text(encoding="utf-8")
    assert "[emerg]" not in problems, problems


def maps(release: Path) -> str:
    """The lines of deploy/ about former addresses, for the release in this folder."""
    ours = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    start = ours.index("map_hash_bucket_size")
    return ours[start : ours.index("upstream", start)].replace("/srv/practice-notes/var/current", str(release))

"""Looking never changes anything: every GET, HEAD and OPTIONS of the URL map, signed in and not."""

import hashlib
import sqlite3
from contextlib import closing

import pytest

from comments.actions.accounts import sign_in_link
from comments.web.guard import SAFE
from tests.service.web.addresses import addresses
from tests.service.web.house import House, Visitor


def state(house: House) -> dict[str, str]:
    """Everything the installation keeps: all rows of all tables, all files of all releases, keys and letters."""
    with closing(sqlite3.connect(house.runtime.var / "store.db")) as database:
        rows = "\n".join(database.iterdump())
    files = (file for file in sorted(house.runtime.var.rglob("*")) if file.is_file() and "store." not in file.name)
    kept = {str(file): hashlib.sha256(file.read_bytes()).hexdigest() for file in files}
    return kept | {"rows": rows, "current": str((house.runtime.var / "current").readlink())}


@pytest.mark.parametrize("signed_in", [False, True])
def test_no_get_head_or_options_changes_anything(house: House, visitor: Visitor, signed_in: bool) -> None:
    if signed_in:
        link = sign_in_link(house.ctx, "Moderator")
        assert page_token_post(visitor, link) == 303
    found = addresses(house)
    before = state(house)

    for address in found:
        for method in sorted(address.methods & SAFE):
            answer = visitor.open(address.path, method=method)
            assert answer.status_code < 500, (method, address)
            assert state(house) == before, (method, address)

    looked = {address.endpoint for address in found if "GET" in address.methods}
    assert len(looked) > 15


def page_token_post(visitor: Visitor, link: str) -> int:
    """Sign in as a person would: open the link, press its button."""
    form = visitor.get(link)
    token = form.text.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]
    headers = {"Sec-Fetch-Site": "same-origin", "Referer": f"https://notes.example.org{link}"}
    return visitor.post(link, data={"csrf_token": token}, headers=headers).status_code

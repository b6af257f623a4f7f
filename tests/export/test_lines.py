"""Our own export: lossless, private unless asked, and whole or refused."""

import json
import re
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from comments.model import NewComment
from migrate.command import summary
from migrate.problems import Unusable
from migrate.sources.job import Told
from tests.export.conftest import ADDRESSES, ARTICLE, NOW, OTHER, House


def body(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()[1:]


@pytest.mark.parametrize("addresses", [False, True])
def test_into_an_empty_store_and_out_again_it_is_the_same_to_the_byte(
    full: House, houses: Callable[..., House], addresses: bool
) -> None:
    first = full.write("jsonl", "first.jsonl", addresses=addresses)
    there = houses(texts=False)

    told = there.bring(first)
    second = there.write("jsonl", "second.jsonl", addresses=addresses)

    assert first.read_bytes() == second.read_bytes()
    assert len(told.ledger.entries) == len(first.read_text(encoding="utf-8").splitlines()) - 2
    assert {entry.outcome for entry in told.ledger.entries} == {"imported"}
    with full.store() as old, there.store() as new:
        assert list(old.store.list_public(ARTICLE)) == list(new.store.list_public(ARTICLE))
        assert new.store.check_search() == new.store.check_integrity() == []
        assert [thread.id for thread in new.store.list_due()] == [OTHER, ARTICLE] or len(new.store.list_due()) == 2


def test_numbers_that_were_given_there_are_never_given_here(full: House, houses: Callable[..., House]) -> None:
    there = houses(texts=False)
    there.bring(full.write("jsonl", "first.jsonl"))
    with full.store() as old, there.store() as new:
        assert new.store.get_last_ids()["comments"] == old.store.get_last_ids()["comments"]
        assert new.store.get_last_ids()["people"] == old.store.get_last_ids()["people"]


def test_no_address_and_no_hash_of_one_leaves_without_being_asked_for(full: House) -> None:
    written = b"".join(full.write(kind, f"out.{kind}").read_bytes() for kind in ("jsonl", "wordpress", "disqus", "csv"))
    with full.store() as ctx:
        secrets = [address.encode() for address in ADDRESSES]
        secrets += [address.casefold().encode() for address in ADDRESSES]
        for address in ADDRESSES:
            lookup, listed = ctx.vault.lookup(address), ctx.vault.bucket("listed", address)
            secrets += [lookup, lookup.hex().encode(), listed, listed.hex().encode()]
    for secret in (*secrets, b"argon2", b"form token", b"secret.example", b"browser of", b"that network"):
        assert secret not in written


def test_addresses_leave_when_asked_for_and_are_sealed_with_the_keys_of_the_other_place(
    full: House, houses: Callable[..., House]
) -> None:
    path = full.write("jsonl", "first.jsonl", addresses=True)
    assert all(address in path.read_text(encoding="utf-8") for address in ADDRESSES)
    there = houses(texts=False)
    there.bring(path)
    with there.store() as ctx:
        sealed = ctx.store.find_address(1)
        assert sealed is not None
        assert ctx.vault.open("person:1", sealed[0]) == ADDRESSES[0]
        assert sealed[1] == ctx.vault.lookup(ADDRESSES[0])
        account = ctx.store.find_account("Mo Example")
        assert account is not None
        assert account.password is None
        assert ctx.vault.open("account:1", ctx.store.find_account_address(1) or b"") == ADDRESSES[2]


def test_the_first_line_says_what_it_is_and_the_last_how_much(full: House) -> None:
    lines = full.write("jsonl", "first.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(lines[0]) == {
        "format": "practice-notes",
        "version": 1,
        "site": "http://localhost:8000",
        "made": NOW.isoformat(),
        "addresses": False,
    }
    assert json.loads(lines[-1]) == {"row": "end", "rows": len(lines) - 2}


def looked_at(told: Told) -> dict[str, str]:
    return {entry.source: found.what for entry in told.ledger for found in entry.findings}


def test_comments_on_articles_that_are_not_here_are_named_with_what_to_do(
    full: House, houses: Callable[..., House]
) -> None:
    path = full.write("jsonl", "first.jsonl")
    for there, missing in ((houses(small=True), {OTHER}), (houses(texts=False), {ARTICLE, OTHER})):
        for _ in ("moving", "joining"):
            told = there.bring(path)
            found = looked_at(told)
            assert found.keys() == missing
            assert found[OTHER].startswith(f"1 comment stands below “{OTHER}”, and no such article is here")
            assert f"bring its file over into content/, with id: {OTHER}" in found[OTHER]
            said = summary(told.ledger, Path("report.html"), False)
            assert f"{len(missing)} old page" in said
            assert "The file holds no e-mail addresses" in said
    assert looked_at(full.bring(path)) == {}


def test_where_addresses_are_in_the_file_nothing_is_said_about_them(full: House, houses: Callable[..., House]) -> None:
    assert houses(small=True).bring(full.write("jsonl", "first.jsonl", addresses=True)).ledger.left == []


def test_a_second_import_changes_nothing(full: House, houses: Callable[..., House]) -> None:
    path = full.write("jsonl", "first.jsonl")
    there = houses(texts=False)
    there.bring(path)
    before = there.write("jsonl", "before.jsonl").read_bytes()

    told = there.bring(path)

    assert there.write("jsonl", "after.jsonl").read_bytes() == before
    assert {entry.outcome for entry in told.ledger.entries if entry.kind == "comment"} == {"kept", "skipped"}


def test_a_comment_erased_since_does_not_come_back(full: House) -> None:
    path = full.write("jsonl", "first.jsonl")
    with full.store() as ctx:
        ctx.store.delete_comment(2, NOW)
    told = full.bring(path)
    with full.store() as ctx:
        assert 2 not in [one.id for one in ctx.store.iterate_comments()]
    assert [entry.why for entry in told.ledger.entries if entry.kind == "comment" and entry.source == "2"] == [
        ["it was erased here since it was brought over, and stays so"]
    ]


def test_into_a_store_with_comments_only_what_is_missing_comes_and_taken_numbers_are_told(
    full: House, houses: Callable[..., House]
) -> None:
    path = full.write("jsonl", "first.jsonl")
    there = houses(texts=False)
    with there.store() as ctx:
        own = ctx.store.add_comment(NewComment(OTHER, "Own", "Own words.", "<p>Own words.</p>", 2, "approved", NOW))
    told = there.bring(path)
    with there.store() as ctx:
        assert ctx.store.get_comment(own).source == "Own words."
        assert ctx.store.count_comments(thread=ARTICLE) == 6
    changed = [why for entry in told.ledger.entries for why in entry.why if "was taken" in why]
    assert changed
    assert all(entry.outcome == "skipped" for entry in told.ledger.entries if entry.kind != "comment")
    state = there.write("csv", "state.csv").read_bytes()
    there.bring(path)
    assert there.write("csv", "again.csv").read_bytes() == state


def test_a_run_that_was_stopped_goes_on_where_it_was(full: House, houses: Callable[..., House]) -> None:
    path = full.write("jsonl", "first.jsonl")
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    part = [line for line in lines if '"thread": "silence-in-text"' not in line or '"row": "thread"' in line]
    part[-1] = json.dumps({"row": "end", "rows": len(part) - 2}) + "\n"
    there = houses(texts=False)
    with there.store() as ctx:
        ctx.store.add_comment(NewComment("else", "Own", "Own words.", "<p>Own words.</p>", 2, "approved", NOW))
    half = there.folder / "half.jsonl"
    half.write_text("".join(part), encoding="utf-8")
    there.bring(half)
    there.bring(path)
    with there.store() as ctx:
        assert ctx.store.count_comments() == 1 + 7


def test_accounts_of_the_new_place_stay_and_stand_for_those_of_the_same_name(
    full: House, houses: Callable[..., House]
) -> None:
    there = houses(texts=False)
    with there.store() as ctx:
        ctx.store.add_account("Somebody else", "administrator", NOW)
        here = ctx.store.add_account("mo example", "administrator", NOW)
        ctx.store.add_audit(NOW, "command line", "sign in")
    there.bring(full.write("jsonl", "first.jsonl"))
    with there.store() as ctx:
        account = ctx.store.get_comment(3).account
        assert account == here
        assert ctx.store.get_account(here).role == "administrator"
        assert [row.action for row in ctx.store.list_audit()] == ["list", "approve", "sign in"]


def test_a_file_lets_nobody_into_a_desk_that_has_people_of_its_own(full: House, houses: Callable[..., House]) -> None:
    there = houses(texts=False)
    with there.store() as ctx:
        ctx.store.add_account("Somebody else", "administrator", NOW)
    there.bring(full.write("jsonl", "first.jsonl", addresses=True))
    with there.store() as ctx:
        shut = {account.name: account.disabled for account in ctx.store.list_accounts()}
    assert shut == {"Somebody else": False, "Mo Example": True, "Ann Author": True}


def damaged(change: Callable[[list[str]], object]) -> Callable[[str], str]:
    def apply(text: str) -> str:
        lines = text.splitlines(keepends=True)
        change(lines)
        return "".join(lines)

    return apply


def blanked(lines: list[str], to: str) -> None:
    """Give the first entry of a list another value."""
    at = next(at for at, line in enumerate(lines) if '"row": "listing"' in line)
    lines[at] = re.sub(r'"value": "[^"]*"', lambda _: f'"value": "{to}"', lines[at])


DAMAGES: list[tuple[Callable[[str], str], str]] = [
    (lambda text: text[: len(text) // 2], "breaks off"),
    (damaged(lambda lines: lines.pop()), "breaks off"),
    (damaged(lambda lines: lines.pop(3)), "it says that there are"),
    (damaged(lambda lines: lines.insert(2, "{}\n")), "line 3: its row is null"),
    (damaged(lambda lines: lines.insert(2, "{\n")), "line 3: this is no line of JSON"),
    (damaged(lambda lines: lines.insert(2, "[" * 100_000 + "\n")), "line 3: this is no line of JSON"),
    (damaged(lambda lines: lines.append("{}\n")), "behind the last line"),
    (lambda text: text.replace('"version": 1', '"version": 9', 1), "version 9"),
    (lambda text: text.replace('"state": "spam"', '"state": "odd"'), "state is not one of"),
    (lambda text: text.replace('"parent": 5', '"parent": 5000'), "contradict"),
    (lambda text: text.replace('"parent": 5', '"parent": 8'), "contradict"),
    (lambda text: text.replace('{"row": "comment", "id": 2,', '{"row": "comment", "id": 1,'), "contradict"),
    (lambda text: text.replace('"https://ada.example/"', '"javascript:alert(1)"'), "website is not"),
    (lambda text: text.replace('"id": 2,', '"id": 99999999999999999999,'), "whole number"),
    (lambda text: text.replace('"name": "Bob"', '"name": "Bob", "admin": true'), "admin is nothing"),
    (lambda text: text.replace("First *words*.", "\\ud800"), "source is not a text"),
    (lambda text: text.replace('{"reasons": ["first"]}', '{"to": NaN}'), "detail is not"),
    (lambda text: text.replace('{"reasons": ["first"]}', '{"to": 1e999}'), "detail is not"),
    (lambda text: text.replace('{"reasons": ["first"]}', '{"to": "\\ud800"}'), "detail is not"),
    (lambda text: text.replace('{"reasons": ["first"]}', '{"\\udfff": []}'), "detail is not"),
    (lambda text: text.replace('"version": 1, "site": "', '"version": 1, "site": "\\ud800', 1), "line 1: its site"),
    (lambda text: text.replace('"name": "Bob"', '"name": "Bob", "\\ud800": true'), "nothing that comment has"),
    (lambda text: text.replace('"name": "Mo Example"', '"name": "service"'), "name is not"),
    (lambda text: text.replace('"name": "Mo Example"', '"name": "=?utf-8?q?Mo?="'), "name is not"),
    (lambda text: text.replace('"name": "Mo Example"', '"name": ""'), "name is not"),
    *(
        (damaged(partial(blanked, to=blank)), "value is not a word of 3 letters")
        for blank in ("", "   ", "\u200b \u200b", "ab")
    ),
]


def test_damaged_files_are_answered_with_a_sentence_and_nothing_is_brought_in(
    full: House, houses: Callable[..., House]
) -> None:
    text = full.write("jsonl", "first.jsonl").read_text(encoding="utf-8")
    there = houses(texts=False)
    bad = there.folder / "bad.jsonl"
    for damage, words in DAMAGES:
        bad.write_text(damage(text), encoding="utf-8")
        assert damage(text) != text
        with pytest.raises(Unusable, match=words) as told:
            there.bring(bad)
        assert "bad.jsonl" in str(told.value).encode().decode()
    with there.store() as ctx:
        assert not ctx.store.has_conversation()
        assert ctx.store.list_accounts() == []


def test_markup_that_was_put_into_the_file_is_cleaned_on_its_way_in(full: House, houses: Callable[..., House]) -> None:
    path = full.write("jsonl", "first.jsonl")
    bad = full.folder / "bad.jsonl"
    bad.write_text(path.read_text(encoding="utf-8").replace("<p>Buy.</p>", "<p onclick=x>Buy.</p><script>x</script>"))
    there = houses(texts=False)
    there.bring(bad)
    with there.store() as ctx:
        assert ctx.store.get_comment(4).html == "<p>Buy.</p>"

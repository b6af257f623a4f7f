"""Addresses at rest: sealed for one owner, found again only with the key."""

import json
import os
from dataclasses import replace
from pathlib import Path

import pytest

from comments.errors import Misconfigured
from comments.vault import Keys, Vault, create_keys, load_keys

ADDRESS = "zoe@example.org"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "keys"


@pytest.fixture
def keys(folder: Path) -> Keys:
    return create_keys(folder)


@pytest.fixture
def vault(keys: Keys) -> Vault:
    return Vault(keys)


def test_an_address_opens_for_the_owner_it_was_sealed_for(vault: Vault) -> None:
    sealed = vault.seal("person:12", ADDRESS)

    assert vault.open("person:12", sealed) == ADDRESS


def test_a_sealed_address_moved_to_another_row_does_not_open(vault: Vault) -> None:
    sealed = vault.seal("person:12", ADDRESS)

    with pytest.raises(Misconfigured, match="altered"):
        vault.open("account:12", sealed)


def test_a_sealed_address_shows_nothing_and_is_different_each_time(vault: Vault) -> None:
    first, second = vault.seal("person:1", ADDRESS), vault.seal("person:1", ADDRESS)

    assert first != second
    assert b"zoe" not in first


@pytest.mark.parametrize("place", [4, 10, 20, -1])
def test_an_altered_seal_does_not_open(vault: Vault, place: int) -> None:
    sealed = bytearray(vault.seal("person:1", ADDRESS))
    sealed[place] ^= 1

    with pytest.raises(Misconfigured, match="altered"):
        vault.open("person:1", bytes(sealed))


@pytest.mark.parametrize("sealed", [b"", b"x", b"short"])
def test_what_was_never_sealed_is_told(vault: Vault, sealed: bytes) -> None:
    with pytest.raises(Misconfigured):
        vault.open("person:1", sealed)


def test_another_installations_seal_names_the_missing_key(vault: Vault, tmp_path: Path) -> None:
    stranger = Vault(create_keys(tmp_path / "other"))

    with pytest.raises(Misconfigured, match="key that is not in var/keys"):
        vault.open("person:1", stranger.seal("person:1", ADDRESS))


def test_addresses_sealed_with_an_older_key_still_open(vault: Vault, keys: Keys) -> None:
    sealed = vault.seal("person:1", ADDRESS)
    rotated = Vault(replace(keys, data=keys.data | {"00000001": os.urandom(32)}, current="00000001"))

    assert rotated.open("person:1", sealed) == ADDRESS
    assert rotated.seal("person:1", ADDRESS).startswith(b"\0\0\0\1")


@pytest.mark.parametrize("alike", ["ZOE@Example.ORG", "  zoe@example.org\n"])
def test_a_look_up_finds_the_same_mailbox_however_it_was_typed(vault: Vault, alike: str) -> None:
    assert vault.lookup(alike) == vault.lookup(ADDRESS)
    assert vault.lookup("zoe+lists@example.org") != vault.lookup(ADDRESS)


def test_look_ups_of_two_installations_have_nothing_in_common(vault: Vault, tmp_path: Path) -> None:
    assert Vault(create_keys(tmp_path / "other")).lookup(ADDRESS) != vault.lookup(ADDRESS)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("203.0.113.5", "203.0.113.250", True),
        ("203.0.113.5", "203.0.114.5", False),
        ("::ffff:203.0.113.5", "203.0.113.9", True),
        ("2001:db8:1:2::1", "2001:db8:1:ffff::9", True),
        ("2001:db8:1::1", "2001:db8:2::1", False),
        ("fe80::1%eth0", "fe80::2", True),
        ("", "not an address", True),
    ],
)
def test_network_prefixes_are_one_network_wide(vault: Vault, one: str, other: str, same: bool) -> None:
    assert (vault.prefix(one) == vault.prefix(other)) is same


def test_buckets_depend_on_every_part_and_their_borders(vault: Vault) -> None:
    buckets = {
        vault.bucket("flood", "ab", "c"),
        vault.bucket("flood", "a", "bc"),
        vault.bucket("flood", "abc"),
        vault.bucket("flood"),
        vault.bucket(),
        vault.bucket("flood", b"ab", 3),
        vault.lookup("flood"),
    }

    assert len(buckets) == 7


def test_keys_are_read_back_as_they_were_made(keys: Keys, folder: Path) -> None:
    assert load_keys(folder) == keys
    assert load_keys(folder).check_values() == keys.check_values()
    assert set(keys.check_values()) == {f"data:{keys.current}", "lookup", "signing"}


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o277])
def test_only_the_owner_can_read_the_keys_whatever_the_umask(folder: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        create_keys(folder)
    finally:
        os.umask(before)

    assert folder.stat().st_mode & 0o777 == 0o700
    assert {file.name: file.stat().st_mode & 0o777 for file in folder.iterdir()} == {"keys.json": 0o600}


def test_keys_are_never_written_over(keys: Keys, folder: Path) -> None:
    with pytest.raises(Misconfigured, match="never written over"):
        create_keys(folder)

    assert load_keys(folder) == keys
    assert [file.name for file in folder.iterdir()] == ["keys.json"]


def test_keys_and_check_values_show_no_key(keys: Keys) -> None:
    secrets = [*keys.data.values(), keys.lookup, keys.signing]

    assert all(repr(secret)[2:-1] not in repr(keys) for secret in secrets)
    assert not set(secrets) & set(keys.check_values().values())


def test_missing_keys_are_told(folder: Path) -> None:
    with pytest.raises(Misconfigured, match="are missing"):
        load_keys(folder)


@pytest.mark.parametrize(
    "change",
    [
        {"format": 2},
        {"lookup": "c2hvcnQ="},
        {"signing": "not base64!"},
        {"signing": None},
        {"current": "ffffffff"},
        {"data": {}},
        {"data": {"xyz": "c2hvcnQ="}},
        {"data": []},
    ],
)
def test_damaged_keys_are_told_without_showing_them(keys: Keys, folder: Path, change: dict[str, object]) -> None:
    path = folder / "keys.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | change))

    with pytest.raises(Misconfigured, match="are damaged") as caught:
        load_keys(folder)

    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff", b"null"])
def test_a_file_that_holds_no_keys_is_told(folder: Path, content: bytes) -> None:
    folder.mkdir()
    (folder / "keys.json").write_bytes(content)

    with pytest.raises(Misconfigured, match="are damaged"):
        load_keys(folder)


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(Misconfigured, match="cannot be written"):
        create_keys(tmp_path / "file" / "keys")
    with pytest.raises(Misconfigured, match="cannot be read"):
        load_keys(tmp_path / "file" / "keys")

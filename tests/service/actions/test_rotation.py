"""New keys, lost keys, stolen keys. ASVS 13.3.4: rotation with two keys."""

import os
import shutil
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from comments.actions import accounts, restoring, rotation
from comments.actions.backup import back_up
from comments.actions.opening import installation_of
from comments.errors import BadToken, Misconfigured, Refused
from comments.runtime import Runtime, Settings, open_runtime
from comments.vault import load_keys
from tests.service.actions.stage import ROOT, Stage
from tests.service.actions.test_backup import nothing

ADDRESS, DESK = "very.own@mailbox.example", "marta@mailbox.example"
MONTH = timedelta(days=30)


@pytest.fixture
def held(stage: Stage) -> Stage:
    """An installation that holds two addresses, stopped."""
    stage.sent(email=ADDRESS)
    stage.account(address=DESK)
    stage.runtime.close()
    return stage


def opened(stage: Stage) -> Runtime:
    return open_runtime(Settings(var=stage.runtime.var), clock=stage.clock)


def rotate(stage: Stage, grace: timedelta = MONTH) -> int:
    return rotation.rotate(stage.runtime.var, "command line", stage.clock, grace=grace, progress=nothing)


def read_back(runtime: Runtime) -> list[str]:
    """Every address, opened with the keys there are, and found by its look-up."""
    values = list(runtime.store.iterate_sealed())
    for value in values:
        if value.lookup is not None:
            found = runtime.vault.lookup(runtime.vault.open(value.owner, value.sealed))
            assert [person.id for person in runtime.store.list_people_by_lookup(found)] == [value.id]
    return [runtime.vault.open(value.owner, value.sealed) for value in values]


def test_everything_is_sealed_with_new_keys_and_found_by_them(held: Stage) -> None:
    before = load_keys(held.runtime.var / "keys")

    assert rotate(held) == 2

    after = load_keys(held.runtime.var / "keys")
    assert not {before.lookup, before.signing, *before.data.values()} & {
        after.lookup,
        after.signing,
        *after.data.values(),
    }
    with opened(held) as runtime:
        assert read_back(runtime) == [ADDRESS, DESK]
        assert runtime.store.list_audit()[0].action == "rotate keys"
        sealed = next(runtime.store.iterate_sealed())
    assert (held.runtime.var / "keys" / "keys.json").stat().st_mode & 0o777 == 0o600
    with pytest.raises(Misconfigured, match="not in var/keys"):
        held.ctx.vault.open(sealed.owner, sealed.sealed)


def test_links_that_were_sent_work_for_the_grace_and_no_longer(held: Stage) -> None:
    link = held.ctx.tokens.sign("mine", {"comment": 1})

    rotate(held)
    rotate(held)  # a second one within the first one's grace

    with opened(held) as runtime:
        assert runtime.tokens.read("mine", link, None).subject == {"comment": 1}
        assert runtime.tokens.sign("mine", {}) != link
        with pytest.raises(BadToken):
            runtime.tokens.read("prove", link, None)
        held.clock.pass_(days=30)
        with pytest.raises(BadToken):
            runtime.tokens.read("mine", link, None)


@pytest.mark.parametrize("grace", [MONTH, timedelta()])
def test_links_bound_to_an_address_and_lists_of_networks_live_through_new_keys_but_not_through_a_theft(
    held: Stage, grace: timedelta
) -> None:
    vault = held.ctx.vault
    with opened(held) as runtime:
        marks = [vault.mark(value.sealed) for value in runtime.store.iterate_sealed()]

    rotate(held, grace)

    with opened(held) as runtime:
        stays = bool(grace)
        assert ([runtime.vault.mark(value.sealed) for value in runtime.store.iterate_sealed()] == marks) is stays
        assert (runtime.vault.prefix("192.0.2.7") == vault.prefix("192.0.2.7")) is stays
        assert (runtime.vault.bucket("a", 1) == vault.bucket("a", 1)) is stays
        assert runtime.vault.lookup(ADDRESS) != vault.lookup(ADDRESS)


def test_no_nonce_is_used_twice_under_one_key(held: Stage) -> None:
    with opened(held) as runtime:
        value = next(runtime.store.iterate_sealed())
        with pytest.raises(ValueError, match="key of these"):
            runtime.vault.seal_anew(value.owner, ADDRESS, value.sealed)


def test_where_a_key_may_be_stolen_nothing_it_signed_counts(held: Stage) -> None:
    link = held.ctx.tokens.sign("mine", {"comment": 1})

    rotate(held)
    rotate(held, grace=timedelta())

    with opened(held) as runtime, pytest.raises(BadToken):
        runtime.tokens.read("mine", link, None)


@pytest.mark.parametrize("step", ["rotation.write_next", "UpkeepVerbs.set_sealed", "UpkeepVerbs.set_key_checks"])
@pytest.mark.parametrize("after", [False, True])
def test_killed_at_any_step_every_address_can_be_read_and_it_can_be_run_again(
    held: Stage, step: str, after: bool
) -> None:
    kill(held, step, after=after)

    with opened(held) as runtime:
        assert sorted(read_back(runtime)) == sorted([ADDRESS, DESK])
    assert rotate(held) == 2
    with opened(held) as runtime:
        assert sorted(read_back(runtime)) == sorted([ADDRESS, DESK])
    assert not (held.runtime.var / "keys" / "keys.next.json").exists()


def test_killed_before_the_last_step_the_next_start_does_it(held: Stage) -> None:
    before = load_keys(held.runtime.var / "keys")
    kill(held, "rotation.take_next", after=False)
    assert load_keys(held.runtime.var / "keys") == before

    with opened(held) as runtime:
        assert read_back(runtime) == [ADDRESS, DESK]
    assert load_keys(held.runtime.var / "keys") != before


def kill(stage: Stage, step: str, *, after: bool) -> None:
    """Rotate in another process that is killed at a step, before or after it."""
    script = f"""
import os, signal
from datetime import timedelta
from pathlib import Path
from comments.actions import restoring, rotation
from comments.runtime import utc_now
from comments.store.upkeep import UpkeepVerbs

step = {step}

def die(*values, **more):
    if {after}:
        step(*values, **more)
    os.kill(os.getpid(), signal.SIGKILL)

{step} = die
rotation.rotate(Path({str(stage.runtime.var)!r}), "x", utc_now, grace=timedelta(1), progress=lambda *_: None)
"""
    assert subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=False).returncode == -9


def test_the_service_must_stand_still(stage: Stage) -> None:
    with pytest.raises(Misconfigured, match="systemctl stop"):
        rotate(stage)
    with pytest.raises(Misconfigured, match="systemctl stop"):
        rotation.drop_addresses(stage.runtime.var, "command line", stage.clock)


@pytest.mark.parametrize("loss", ["missing", "damaged", "other"])
def test_lost_keys_cost_the_addresses_and_nothing_else(held: Stage, loss: str, tmp_path: Path) -> None:
    keys = held.runtime.var / "keys" / "keys.json"
    if loss == "missing":
        shutil.rmtree(keys.parent)
    elif loss == "damaged":
        keys.write_text("{")
    else:
        open_runtime(Settings(var=tmp_path / "other"), create=True).close()
        shutil.copy(tmp_path / "other" / "keys" / "keys.json", keys)
    with pytest.raises(Misconfigured):
        opened(held)

    assert rotation.drop_addresses(held.runtime.var, "command line", held.clock) == 2

    with opened(held) as runtime:
        assert list(runtime.store.iterate_sealed()) == []
        assert runtime.store.count_comments() == 1
        assert runtime.list_problems() == []
    aside = list((held.runtime.var / "keys").glob("keys.unfit-*"))
    assert len(aside) == (loss != "missing")


def test_keys_that_fit_are_no_reason_to_drop_anything(held: Stage) -> None:
    with pytest.raises(Refused, match="rotate-keys"):
        rotation.drop_addresses(held.runtime.var, "command line", held.clock)

    with opened(held) as runtime:
        assert read_back(runtime) == [ADDRESS, DESK]


def test_a_backup_from_before_needs_the_keys_from_before(held: Stage, tmp_path: Path) -> None:
    shutil.copytree(held.runtime.var / "keys", tmp_path / "old keys")
    with opened(held) as runtime:
        made = back_up(installation_of(runtime).ctx, "x", tmp_path / "safe", keep=None, progress=nothing)
    rotate(held)

    with pytest.raises(Misconfigured, match="do not belong"):
        restoring.restore(held.runtime.var, "x", made.path, held.clock)
    shutil.copy(tmp_path / "old keys" / "keys.json", held.runtime.var / "keys" / "keys.json")
    restoring.restore(held.runtime.var, "x", made.path, held.clock)
    with opened(held) as runtime:
        assert read_back(runtime) == [ADDRESS, DESK]


def test_an_address_that_was_given_up_under_the_new_keys_does_not_come_back_with_the_old_ones(
    held: Stage, tmp_path: Path
) -> None:
    shutil.copytree(held.runtime.var / "keys", tmp_path / "old keys")
    with opened(held) as runtime:
        ctx = installation_of(runtime).ctx
        changed, gone, same = (ctx.store.add_account(name, "moderator", ctx.now()) for name in ("Bo", "Di", "Ed"))
        for number in (changed, gone, same):
            accounts.set_address(ctx, "command line", number, "first@mailbox.example")
        made = back_up(ctx, "x", tmp_path / "safe", keep=None, progress=nothing)
    rotate(held)
    with opened(held) as runtime:
        ctx = installation_of(runtime).ctx
        accounts.set_address(ctx, "command line", changed, "second@mailbox.example")
        accounts.set_address(ctx, "command line", gone, "")
    shutil.copy(tmp_path / "old keys" / "keys.json", held.runtime.var / "keys" / "keys.json")

    done = restoring.restore(held.runtime.var, "x", made.path, held.clock)

    assert done.silent == ("Bo",)
    with opened(held) as runtime:
        store, vault = runtime.store, runtime.vault
        assert (store.find_account_address(changed), store.find_account_address(gone)) == (None, None)
        sealed = store.find_account_address(same)
        assert sealed is not None
        assert vault.open(f"account:{same}", sealed) == "first@mailbox.example"
        for value in store.iterate_sealed():
            vault.open(value.owner, value.sealed)


def test_nobody_signs_in_without_the_second_step_that_was_set_up_under_the_new_keys(
    held: Stage, tmp_path: Path
) -> None:
    shutil.copytree(held.runtime.var / "keys", tmp_path / "old keys")
    with opened(held) as runtime:
        ctx = installation_of(runtime).ctx
        changed, added, same, ended = (ctx.store.add_account(name, "moderator", ctx.now()) for name in "ABCD")
        for number in (changed, same, ended):
            ctx.store.set_second_step(number, ctx.vault.seal(f"second step:{number}", "first"), ctx.now())
        made = back_up(ctx, "x", tmp_path / "safe", keep=None, progress=nothing)
    rotate(held)
    with opened(held) as runtime:
        ctx = installation_of(runtime).ctx
        for number in (changed, added):
            ctx.store.set_second_step(number, ctx.vault.seal(f"second step:{number}", "second"), ctx.now())
        ctx.store.set_second_step(ended, None, ctx.now())
    shutil.copy(tmp_path / "old keys" / "keys.json", held.runtime.var / "keys" / "keys.json")

    done = restoring.restore(held.runtime.var, "x", made.path, held.clock)

    assert done.bare == ("A", "B")
    with opened(held) as runtime:
        store = runtime.store
        numbers = (changed, added, same, ended)
        assert [store.get_account(number).disabled for number in numbers] == [True, True, False, False]
        assert [store.find_second_step(number) is None for number in numbers] == [True, True, False, False]


def test_whom_a_theft_concerns_is_counted_and_written_for_the_owner_alone(stage: Stage, tmp_path: Path) -> None:
    stage.sent("One.", email=ADDRESS)
    stage.sent("Two.", email=ADDRESS.upper())
    stage.account(address=DESK)

    assert rotation.who_is_affected(stage.ctx) == rotation.Affected(people=1, accounts=1, hidden=2, desk=1)
    assert rotation.write_addresses(stage.ctx, "command line", tmp_path / "whom", nothing) >= 2

    assert {line.lower() for line in (tmp_path / "whom").read_text().split()} == {ADDRESS, DESK}
    assert (tmp_path / "whom").stat().st_mode & 0o777 == 0o600
    assert stage.store.list_audit()[0].action == "write addresses"
    for place in (tmp_path / "whom", Path(os.devnull), stage.runtime.var / "whom"):
        with pytest.raises(Misconfigured):
            rotation.write_addresses(stage.ctx, "command line", place, nothing)

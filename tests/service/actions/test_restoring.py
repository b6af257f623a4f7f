"""A backup comes back whole; what was erased since does not."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from comments.actions import mine, own_data, privacy, restoring, retention, subscriptions, tombstones
from comments.actions.backup import back_up
from comments.errors import Misconfigured, StoreProblem
from comments.runtime import Settings, open_runtime
from comments.store.sqlite import open_store
from tests.service.actions.stage import ROOT, Stage
from tests.service.actions.test_backup import nothing

SECRET = "Zanzibar"
ADDRESS = "very.own@mailbox.example"


def saved(stage: Stage) -> Path:
    return back_up(stage.ctx, "command line", stage.folder / "safe", keep=None, progress=nothing).path


def restored(stage: Stage, file: Path, **options: bool) -> restoring.Restored:
    """Stop, restore, start and let the pages be written."""
    stage.runtime.close()
    stage.clock.pass_(seconds=1)
    done = restoring.restore(stage.runtime.var, "command line", file, stage.clock, **options)
    start(stage)
    return done


def start(stage: Stage) -> None:
    """The same installation, opened anew, nothing published."""
    fresh = Stage.__new__(Stage)
    fresh.__dict__.update(stage.__dict__)
    publish, Stage.publish = Stage.publish, lambda *_args: None  # type: ignore[method-assign]  # the release is there
    try:
        fresh.__post_init__()
    finally:
        Stage.publish = publish  # type: ignore[method-assign]
    stage.__dict__.update(fresh.__dict__)
    stage.publisher.publish_due()


def everything(var: Path) -> bytes:
    """Every byte of the installation but the store that lies aside."""
    files = (path for path in var.rglob("*") if path.is_file() and "replaced-" not in str(path))
    return b"".join(path.read_bytes() for path in files)


def test_what_was_written_since_is_gone_and_the_pages_follow(stage: Stage) -> None:
    stage.known_browser(name="Ada Specimen")
    file = saved(stage)
    late = stage.sent("Written after the backup.").comment.id
    stage.store.set_state(late, "approved", stage.clock())
    stage.publisher.publish_due()
    assert "after the backup" in stage.page()

    done = restored(stage, file)

    assert done.counts["comments"] == 1
    assert "My first one." in stage.page()
    assert "after the backup" not in stage.page()
    assert stage.runtime.list_problems() == []
    assert stage.store.list_audit()[0].action == "restore backup"


def test_two_in_one_second_keep_both_replaced_stores(stage: Stage) -> None:
    stage.known_browser(name="Ada Specimen")
    file = saved(stage)

    moment = stage.clock()
    stage.runtime.close()
    first, second = (
        restoring.restore(stage.runtime.var, "command line", file, lambda: moment) for _attempt in range(2)
    )
    start(stage)

    assert first.aside
    assert second.aside
    assert first.aside != second.aside
    assert all((aside / "store.db").exists() for aside in (first.aside, second.aside))


def test_a_number_that_was_given_since_is_never_given_again(stage: Stage) -> None:
    file = saved(stage)
    lost = stage.sent("Lost.").comment.id

    restored(stage, file)

    assert stage.sent("New.").comment.id == lost + 1


@pytest.mark.parametrize("keep_text", [True, False])
def test_who_was_erased_since_does_not_come_back(stage: Stage, keep_text: bool) -> None:
    text = f"{SECRET} stays." if keep_text else f"{SECRET} goes."
    first = stage.sent(text, name="Wanda Gone", email=ADDRESS).comment
    stage.store.set_state(first.id, "approved", stage.clock())
    stage.store.add_audit(stage.clock(), "Mo", "edit", comment=first.id, detail={"reason": "Wanda Gone said so"})
    stage.publish()  # an earlier release that is kept
    stage.publisher.publish_due()
    file = saved(stage)
    privacy.erase(stage.ctx, "command line", first.id, keep_text=keep_text)

    done = restored(stage, file)

    held = everything(stage.runtime.var)
    assert done.again >= 1
    assert b"Wanda" not in held
    assert (SECRET.encode() in held) is keep_text
    assert stage.store.get_comment(first.id).erased
    assert stage.store.count_comments(query="Wanda") == 0
    assert stage.store.count_comments(query=SECRET) == keep_text
    assert list(stage.store.iterate_sealed()) == []


def test_whoever_erased_themselves_stays_erased_with_everything(stage: Stage) -> None:
    for number in range(2):
        stage.sent(f"{SECRET} {number}.", name="Wanda Gone", email=ADDRESS)
    file = saved(stage)
    person = stage.store.list_people_by_lookup(stage.ctx.vault.lookup(ADDRESS))[0]
    sealed = stage.store.find_address(person.id)
    assert sealed
    link = stage.ctx.tokens.sign("privacy", {"person": person.id, "mark": stage.ctx.vault.mark(sealed[0])})
    own_data.erase(stage.ctx, link, keep_text=False)

    done = restored(stage, file)

    assert done.again >= 3
    assert SECRET.encode() not in everything(stage.runtime.var)
    assert stage.store.list_people_by_lookup(stage.ctx.vault.lookup(ADDRESS)) == []


def test_what_its_writer_took_back_since_does_not_come_back(stage: Stage) -> None:
    sent = stage.sent(f"{SECRET}.")
    stage.store.set_state(sent.comment.id, "approved", stage.clock())
    file = saved(stage)
    mine.delete(stage.ctx, sent.waiting)

    restored(stage, file)

    assert SECRET not in stage.page()
    assert SECRET.encode() not in everything(stage.runtime.var)


def test_who_unsubscribed_since_gets_no_letters_again(stage: Stage) -> None:
    ended, kept = (
        stage.sent(name=name, email=f"{name}@mailbox.example", notify="thread").comment for name in ("Ada", "Bo")
    )
    wanted = stage.store.find_subscription(ended.id)
    assert wanted
    stage.store.confirm_subscription(wanted.id, stage.clock())
    file = saved(stage)
    subscriptions.end(stage.ctx, subscriptions.token_of(stage.ctx, wanted))

    done = restored(stage, file)

    assert done.again == 0  # nobody was erased
    assert stage.store.find_subscription(ended.id) is None
    assert stage.store.find_subscription(kept.id)
    assert not stage.store.get_comment(ended.id).erased


def test_what_the_retention_deleted_does_not_come_back_as_published(stage: Stage) -> None:
    comment = stage.sent(f"{SECRET}.").comment
    stage.store.set_state(comment.id, "approved", stage.clock())
    file = saved(stage)
    stage.store.set_state(comment.id, "trash", stage.clock())
    stage.clock.pass_(days=40)
    retention.purge(stage.ctx, "service")

    restored(stage, file)

    assert SECRET not in stage.page()
    assert SECRET.encode() not in everything(stage.runtime.var)


def test_a_newer_list_beside_the_backup_counts_where_the_keys_are_an_older_copy(stage: Stage, tmp_path: Path) -> None:
    first = stage.sent(f"{SECRET}.").comment
    file = saved(stage)
    shutil.copytree(stage.runtime.var / "keys", tmp_path / "keys")
    privacy.erase(stage.ctx, "command line", first.id, keep_text=False)
    stage.clock.pass_(seconds=1)
    saved(stage)
    stage.runtime.close()
    shutil.rmtree(stage.runtime.var)
    shutil.copytree(tmp_path / "keys", stage.runtime.var / "keys")

    done = restoring.restore(stage.runtime.var, "command line", file, stage.clock)

    assert done.again == 1
    assert done.aside is None
    assert tombstones.read(tombstones.list_of(stage.runtime.var))
    with open_runtime(Settings(var=stage.runtime.var), clock=stage.clock) as runtime:
        assert runtime.store.count_comments(query=SECRET) == 0


def test_the_list_holds_random_marks_only_and_survives_a_line_cut_short(stage: Stage) -> None:
    first, second = (stage.sent(f"{SECRET} {number}.", email=ADDRESS).comment for number in (1, 2))
    privacy.erase(stage.ctx, "command line", first.id, keep_text=True)
    path = tombstones.list_of(stage.runtime.var)
    with path.open("a") as file:
        file.write("text 0123")  # killed here
    privacy.erase(stage.ctx, "command line", second.id, keep_text=False)

    assert {kind for kind, _mark in tombstones.read(path)} == {"nameless", "text"}
    assert path.stat().st_mode & 0o777 == 0o600
    assert set("".join(mark for _kind, mark in tombstones.read(path))) <= set("0123456789abcdef")


def test_nothing_is_erased_that_could_not_be_written_down(stage: Stage) -> None:
    first = stage.sent().comment
    tombstones.list_of(stage.runtime.var).mkdir()

    with pytest.raises(StoreProblem, match="list of the erased"):
        privacy.erase(stage.ctx, "command line", first.id, keep_text=False)

    assert not stage.store.get_comment(first.id).erased


def test_it_refuses_while_somebody_is_at_work_and_says_what_to_do(stage: Stage) -> None:
    file = saved(stage)

    with pytest.raises(Misconfigured, match="systemctl stop"):
        restoring.restore(stage.runtime.var, "command line", file, stage.clock)


def test_the_wrong_keys_are_told_and_addresses_can_be_left_out(stage: Stage) -> None:
    stage.known_browser(email=ADDRESS)
    file = saved(stage)
    stage.runtime.close()
    shutil.rmtree(stage.runtime.var / "keys")
    with pytest.raises(Misconfigured, match="keys"):
        restoring.restore(stage.runtime.var, "command line", file, stage.clock)
    assert open_store(stage.runtime.var / "store.db").count_comments() == 1

    restored(stage, file, without_addresses=True)

    assert stage.store.count_comments() == 1
    assert list(stage.store.iterate_sealed()) == []
    assert stage.sent(email=ADDRESS).comment.id == 2


def test_sessions_of_the_backup_are_over(stage: Stage) -> None:
    account = stage.account()
    stage.store.add_session(account.id, b"digest", stage.clock(), stage.clock.now.replace(year=2030))
    file = saved(stage)

    restored(stage, file)

    assert stage.store.find_session(b"digest", stage.clock()) is None


def test_a_damaged_store_is_replaced_and_lies_aside_for_some_days(stage: Stage) -> None:
    stage.known_browser()
    file = saved(stage)
    stage.runtime.close()
    store = stage.runtime.var / "store.db"
    store.write_bytes(b"SQLite format 3\0" + b"damage" * 5000)
    (stage.runtime.var / "store.db-wal").write_bytes(b"an old log")
    done = restored(stage, file)

    assert stage.store.count_comments() == 1
    assert done.aside
    assert (done.aside / "store.db").read_bytes().startswith(b"SQLite format 3\0damage")
    stage.clock.pass_(days=8)
    assert retention.purge(stage.ctx, "service").replaced == 1
    assert not done.aside.exists()


@pytest.mark.parametrize("step", ["inspect", "skip_ids", "_switch", "link", "replace"])
def test_killed_at_any_step_there_is_the_old_store_or_the_restored_one(stage: Stage, step: str) -> None:
    stage.known_browser()
    file = saved(stage)
    stage.sent("Afterwards.")
    stage.runtime.close()
    target = {
        "inspect": "restoring.inspect",
        "skip_ids": "UpkeepVerbs.skip_ids",
        "_switch": "restoring._switch",
        "link": "os.link",
        "replace": "os.replace",
    }[step]
    script = f"""
import os, signal
from pathlib import Path
from comments.actions import restoring
from comments.runtime import utc_now
from comments.store.upkeep import UpkeepVerbs

def die(*_args, **_more):
    os.kill(os.getpid(), signal.SIGKILL)

{target} = die
restoring.restore(Path({str(stage.runtime.var)!r}), "command line", Path({str(file)!r}), utc_now)
"""
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=False)
    assert done.returncode == -9

    with open_runtime(Settings(var=stage.runtime.var), clock=stage.clock) as runtime:
        assert runtime.store.count_comments() == 2
        assert runtime.list_problems() == []
    assert restored(stage, file).counts["comments"] == 1
    assert not (stage.runtime.var / ".restoring").exists()

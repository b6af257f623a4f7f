"""What the privacy page promises about time, with the clock moved."""

from dataclasses import replace
from datetime import timedelta

import pytest
from click.testing import CliRunner

from comments.actions import accounts, moderate, retention
from comments.actions.retention import Purged, purge
from comments.actions.transfer import Foreign, take_in
from comments.cli.commands import cli
from comments.errors import Misconfigured
from comments.mail.outbox import open_outbox
from comments.model import NewComment
from comments.runtime import read_settings, rehearsing
from tests.service.actions.stage import Stage


def test_where_nothing_is_old_nothing_is_deleted_and_nothing_recorded(stage: Stage) -> None:
    stage.sent()
    before = stage.store.list_audit()

    assert purge(stage.ctx, "service") == Purged()
    assert stage.store.list_audit() == before


def test_what_a_killed_rehearsal_left_behind_goes_and_one_that_goes_on_stays(stage: Stage) -> None:
    stage.sent()
    with rehearsing.open_copy(stage.ctx.settings):
        purge(stage.ctx, "service")
        assert (stage.runtime.var / rehearsing.FOLDER / "store.db").exists()
    left = stage.runtime.var / rehearsing.FOLDER / "store.db"
    left.parent.mkdir()
    left.write_text("Comments of that day.")

    purge(stage.ctx, "service")

    assert not left.parent.exists()


def test_spam_goes_for_good_after_thirty_days_with_its_address(stage: Stage) -> None:
    spam = stage.sent("Buy casino chips.").comment
    stage.clock.pass_(days=29)
    assert not purge(stage.ctx, "service").comments

    stage.clock.pass_(days=1, seconds=1)
    assert purge(stage.ctx, "service").comments == 1

    assert stage.store.count_comments() == 0
    assert stage.store.list_people_by_lookup(stage.ctx.vault.lookup("ada@example.org")) == []
    held = b"".join(path.read_bytes() for path in stage.runtime.var.glob("store.db*"))
    assert b"casino" not in held
    row = stage.store.list_audit()[0]
    assert (row.actor, row.action, row.detail["comments"], row.comment) == ("service", "purge", 1, None)
    assert stage.acts(spam.id) == []


def test_thirty_days_begin_with_the_last_act(stage: Stage) -> None:
    comment = stage.sent().comment
    moderate.approve(stage.ctx, "command line", comment.id)
    stage.clock.pass_(days=200)
    moderate.trash(stage.ctx, "command line", comment.id)

    stage.clock.pass_(days=29)
    assert not purge(stage.ctx, "service").comments
    assert moderate.undo(stage.ctx, "command line", comment.id).comment.state == "approved"


def test_what_is_brought_over_long_after_it_was_written_is_kept_from_that_day_on(stage: Stage) -> None:
    old = stage.clock() - timedelta(days=2000)
    foreign = Foreign("1", "Ada", "", "Casino chips", "spam", old, address="ada@example.org")
    binned = replace(foreign, key="2", source="A test.", state="trash", address="bo@example.org")
    public = replace(foreign, key="3", source="A quiet text.", state="approved", address="eve@example.org")
    taken = take_in(stage.ctx, "wordpress:https://old.example", "silence", [foreign, binned, public])
    assert [one.step for one in taken] == ["taken"] * 3

    stage.clock.pass_(days=29)
    assert purge(stage.ctx, "service") == Purged()
    stage.clock.pass_(days=2)
    assert purge(stage.ctx, "service").counts() == {"comments": 2}
    stage.clock.pass_(days=333)
    assert purge(stage.ctx, "service") == Purged()
    stage.clock.pass_(days=2)
    assert purge(stage.ctx, "service").counts() == {"addresses": 1}
    assert [each.name for each in stage.store.iterate_comments()] == ["Ada"]


def test_what_was_once_published_leaves_kept_releases_too(stage: Stage) -> None:
    comment = stage.sent("A unique remark.").comment
    moderate.approve(stage.ctx, "command line", comment.id)
    stage.publish()
    moderate.trash(stage.ctx, "command line", comment.id)

    stage.clock.pass_(days=31)
    purge(stage.ctx, "service")

    left = [path for path in stage.runtime.var.rglob("*") if path.is_file() and b"unique remark" in path.read_bytes()]
    assert left == []


def test_a_removed_comment_keeps_its_place_while_it_is_answered(stage: Stage) -> None:
    asked = stage.sent("A question.").comment
    moderate.approve(stage.ctx, "command line", asked.id)
    answer = stage.sent("An answer.", parent=asked.id, email="bo@example.org", ip="203.0.113.5").comment
    moderate.approve(stage.ctx, "command line", answer.id)
    moderate.trash(stage.ctx, "command line", asked.id)

    stage.clock.pass_(days=31)
    assert purge(stage.ctx, "service").places == 1
    assert purge(stage.ctx, "service").places == 0
    assert "This comment was removed." in stage.page()
    assert "An answer." in stage.page()

    moderate.trash(stage.ctx, "command line", answer.id)
    stage.clock.pass_(days=31)
    assert purge(stage.ctx, "service").comments == 2
    assert stage.store.count_comments() == 0
    assert "This comment was removed." not in stage.page()


def test_a_whole_discarded_conversation_goes_at_once(stage: Stage) -> None:
    asked = stage.sent("A question.").comment
    moderate.approve(stage.ctx, "command line", asked.id)
    answer = stage.sent("An answer.", parent=asked.id, email="bo@example.org", ip="203.0.113.5").comment
    for number in (answer.id, asked.id):
        moderate.trash(stage.ctx, "command line", number)

    stage.clock.pass_(days=31)

    assert purge(stage.ctx, "service").counts().keys() >= {"comments"}
    assert stage.store.count_comments() == 0


def test_an_address_is_dropped_a_year_after_its_last_use(stage: Stage) -> None:
    browser = stage.known_browser()
    stage.clock.pass_(days=300)
    again = stage.sent("Back again.", browser=browser).comment
    stage.clock.pass_(days=364)
    assert not purge(stage.ctx, "service").addresses

    stage.clock.pass_(days=2)
    assert purge(stage.ctx, "service").addresses == 1
    kept = stage.store.get_comment(again.id)
    assert (kept.name, kept.has_address) == ("Ada Specimen", False)


def test_traces_go_after_a_week(stage: Stage) -> None:
    stage.sent()
    stage.clock.pass_(days=6)
    assert not purge(stage.ctx, "service").traces

    stage.clock.pass_(days=2)
    assert purge(stage.ctx, "service").traces == 3  # of network, address and person


def test_sign_ins_and_letters_that_are_over_go(stage: Stage) -> None:
    marta = stage.account(address="marta@example.org")
    link = accounts.sign_in_link(stage.ctx, marta.name, "moderator")
    accounts.sign_in_by_link(stage.ctx, link.rsplit("/", 1)[-1])
    stage.sent()
    run = stage.runtime
    outbox = open_outbox(
        store=run.store, vault=run.vault, tokens=run.tokens, settings=run.settings,
        var=run.var, manifest=stage.ctx.manifest, clock=stage.clock,
    )  # fmt: skip
    assert outbox.send_due() == 1

    stage.clock.pass_(days=29)
    purged = purge(stage.ctx, "service")
    assert (purged.sessions, purged.letters, purged.files) == (1, 0, 0)
    stage.clock.pass_(days=2)
    purged = purge(stage.ctx, "service")
    assert (purged.letters, purged.files) == (1, 1)
    assert list((stage.runtime.var / "mail").iterdir()) == []


def test_much_spam_goes_in_steps(stage: Stage) -> None:
    chips = NewComment("silence", "Spammer", "Casino chips", "<p>Casino chips</p>", 1, "spam", stage.clock())
    with stage.store.write():
        for _ in range(600):
            stage.store.add_comment(chips)

    stage.clock.pass_(days=31)

    assert purge(stage.ctx, "service").comments == 600


def test_the_settings_decide(stage: Stage) -> None:
    stage.sent("Buy casino chips.")
    settings = read_settings({"PN_VAR": str(stage.runtime.var), "PN_KEEP_DISCARDED_DAYS": "2"})
    ctx = replace(stage.ctx, settings=settings)

    stage.clock.pass_(days=3)

    assert retention.purge(ctx, "service").comments == 1


@pytest.mark.parametrize("days", ["0", "-1", "a week", "99999"])
def test_a_setting_that_makes_no_sense_is_refused(days: str) -> None:
    with pytest.raises(Misconfigured, match="PN_KEEP_ADDRESS_DAYS"):
        read_settings({"PN_KEEP_ADDRESS_DAYS": days})


def test_the_command_says_what_it_did(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PN_VAR", str(stage.runtime.var))
    stage.clock.pass_(days=-1000)
    stage.sent("Buy casino chips.")

    first, second = (CliRunner().invoke(cli, ["purge"]) for _ in range(2))

    assert "Comments deleted from spam and bin: 1." in first.output
    assert second.output == "There was nothing to delete.\n"
    assert [row.actor for row in stage.store.list_audit() if row.action == "purge"] == ["command line"]

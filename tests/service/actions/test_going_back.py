"""Going back to an earlier release: by whom, with what it changes, and only if it is still what they meant."""

import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from click.testing import CliRunner, Result

from comments.actions import going_back
from comments.actions.going_back import Change, compare, go_back, list_kept
from comments.actions.web_root import current_number
from comments.cli.commands import cli
from comments.errors import NotAllowed, NotFound, Stale
from comments.model import Account
from tests.service.actions.stage import ARTICLE, OTHER, SITE, Stage

NEW = replace(ARTICLE, id="new", path="/2026/new/", title="A new one")
RENAMED = replace(OTHER, title="What it costs")


@pytest.fixture
def boss(stage: Stage) -> Account:
    return stage.account("Marta", "administrator")


@pytest.fixture
def second(stage: Stage) -> Stage:
    """With a second release, in which one article is new, one renamed and one gone."""
    stage.clock.pass_(minutes=10)
    stage.publish(SITE, RENAMED, NEW)
    return stage


def rows(stage: Stage) -> list[tuple[str, dict[str, object]]]:
    return [(row.actor, row.detail) for row in stage.store.list_audit() if row.action == going_back.ACT]


def test_each_release_is_told_by_what_it_changed(second: Stage) -> None:
    newest, first = list_kept(second.ctx)

    assert (newest.release.number, newest.release.current, newest.articles) == (2, True, 2)
    assert newest.change == Change(new=(NEW,), gone=(ARTICLE,), renamed=(RENAMED,))
    assert (first.articles, first.change) == (2, None)


def test_a_release_without_its_list_is_told_without_figures(second: Stage) -> None:
    (second.runtime.var / "releases/1/threads.json").write_text("{")

    newest, first = list_kept(second.ctx)

    assert (newest.articles, newest.change, first.articles) == (2, None, None)


def test_before_going_back_one_learns_what_readers_lose(second: Stage) -> None:
    target, now, change = compare(second.ctx, 1)

    assert (target.number, now.number) == (1, 2)
    assert change == Change(new=(ARTICLE,), gone=(NEW,), renamed=(OTHER,))
    with pytest.raises(NotFound, match=r"There is no release 7\. Kept are 1 and 2\."):
        compare(second.ctx, 7)


def test_going_back_is_told_and_recorded(second: Stage, boss: Account) -> None:
    done = go_back(second.ctx, boss, second.publisher, 1, seen=2)

    assert (done.number, done.changed) == (1, True)
    assert done.sentence == "Readers see release 1 again, until somebody publishes."
    assert current_number(second.runtime.var) == 1
    assert rows(second) == [("Marta", {"from": 2, "to": 1})]


def test_a_second_click_answers_like_the_first_and_does_nothing(second: Stage, boss: Account) -> None:
    first = go_back(second.ctx, boss, second.publisher, 1, seen=2)

    again = go_back(second.ctx, boss, second.publisher, 1, seen=2)

    assert (again.changed, again.sentence) == (False, first.sentence)
    assert len(rows(second)) == 1


def test_whoever_comes_second_is_told_who_was_first(second: Stage, boss: Account) -> None:
    go_back(second.ctx, boss, second.publisher, 1, seen=2)
    second.clock.pass_(hours=1)

    with pytest.raises(Stale, match=r"Release 1 was put before readers by Marta at 10:10\. Your click changed"):
        go_back(second.ctx, second.account("Jonas", "administrator"), second.publisher, 1, seen=2)

    assert len(rows(second)) == 1


def test_another_publishing_in_between_stops_it(second: Stage, boss: Account) -> None:
    second.clock.pass_(minutes=12)
    second.publish(SITE, ARTICLE)

    with pytest.raises(Stale, match=r"Release 3 was put before readers by somebody at 10:22"):
        go_back(second.ctx, boss, second.publisher, 1, seen=2)

    assert current_number(second.runtime.var) == 3
    assert rows(second) == []


def test_what_is_not_kept_is_refused(second: Stage, boss: Account) -> None:
    for number in (0, 9, 10**30):
        with pytest.raises(NotFound, match=rf"There is no release {str(number)[:9]}\. Kept are 1 and 2\."):
            go_back(second.ctx, boss, second.publisher, number, seen=2)
    assert current_number(second.runtime.var) == 2


def test_what_was_kept_once_is_told_from_what_never_was(second: Stage, boss: Account) -> None:
    second.publish()
    shutil.rmtree(second.runtime.var / "releases/1")

    with pytest.raises(NotFound, match=r"Release 1 is not kept any more\. Kept are 2 and 3\."):
        go_back(second.ctx, boss, second.publisher, 1)
    second.publish()
    with pytest.raises(NotFound, match=r"There is no release 99\. Kept are 2, 3 and 4\."):
        go_back(second.ctx, boss, second.publisher, 99)


def test_what_readers_see_already_is_no_act(second: Stage, boss: Account) -> None:
    done = go_back(second.ctx, boss, second.publisher, 2, seen=2)

    assert (done.changed, done.sentence) == (False, "Readers see release 2 already.")
    assert rows(second) == []


def test_a_build_that_the_clock_began_before_is_refused_also_by_command(second: Stage, boss: Account) -> None:
    output = max(second.folder.glob("output-*"), key=lambda folder: folder.stat().st_mtime_ns)
    go_back(second.ctx, boss, second.publisher, 1, seen=2)
    environment = {"PN_VAR": str(second.runtime.var), "PN_THEME": str(second.runtime.theme)}

    def release(*options: str, **more: str) -> Result:
        return CliRunner().invoke(cli, ["release", str(output), *options], env=environment | more)

    for refused in (release("--unless-changed-from", "2"), release(PN_UNLESS_CHANGED_FROM="2")):
        assert refused.exit_code == 1
        assert "Somebody put release 1 before readers meanwhile, so it stays" in refused.output
    assert current_number(second.runtime.var) == 1

    assert release("--unless-changed-from", "1").exit_code == 0
    assert current_number(second.runtime.var) == 3


def test_one_can_go_forward_again(second: Stage, boss: Account) -> None:
    go_back(second.ctx, boss, second.publisher, 1, seen=2)

    go_back(second.ctx, boss, second.publisher, 2, seen=1)

    assert current_number(second.runtime.var) == 2
    assert len(rows(second)) == 2


def test_only_administrators_may(second: Stage) -> None:
    for role in ("moderator", "author"):
        with pytest.raises(NotAllowed):
            go_back(second.ctx, second.account(f"Some {role}", role), second.publisher, 1, seen=2)
    assert current_number(second.runtime.var) == 2


def test_the_command_line_goes_to_the_one_before_without_saying_what_it_saw(second: Stage) -> None:
    done = go_back(second.ctx, "command line", second.publisher)

    assert done.number == 1
    assert rows(second) == [("command line", {"from": 2, "to": 1})]


def test_of_two_clicks_at_the_same_moment_one_acts(second: Stage, boss: Account) -> None:
    with ThreadPoolExecutor(4) as hands:
        done = list(hands.map(lambda _: go_back(second.ctx, boss, second.publisher, 1, seen=2), range(4)))

    assert sorted(each.changed for each in done) == [False, False, False, True]
    assert {each.number for each in done} == {1}
    assert len(rows(second)) == 1

from datetime import timedelta
from typing import get_args

import pytest

from comments.actions.permissions import Act, may
from comments.actions.threads import effective_policy, set_thread_policy
from comments.errors import NotAllowed, NotFound, Refused
from comments.model import Policy, Role
from tests.service.actions.stage import ARTICLE, START, Stage


@pytest.mark.parametrize(
    ("policy", "override", "closes", "effective"),
    [
        ("open", None, None, "open"),
        ("held", None, None, "held"),
        ("closed", None, None, "closed"),
        ("open", None, START, "closed"),
        ("open", None, START + timedelta(seconds=1), "open"),
        ("open", "closed", None, "closed"),
        ("open", "held", None, "held"),
        ("closed", "open", None, "open"),
        ("open", "open", START, "open"),
        ("off", "open", None, "off"),
    ],
)
def test_the_desk_wins_over_clock_and_file_but_not_over_off(
    policy: Policy, override: Policy | None, closes: object, effective: Policy
) -> None:
    entry = type(ARTICLE)(ARTICLE.id, ARTICLE.path, "", "en", policy, START, closes)  # type: ignore[arg-type]

    assert effective_policy(entry, override, START) == effective


def test_closing_a_thread_now_shows_on_its_page(stage: Stage) -> None:
    marta = stage.account()

    done = set_thread_policy(stage.ctx, marta, "silence", "closed")

    assert (done.policy, done.published, done.why_late) == ("closed", True, None)
    assert "<form" not in stage.page()
    assert "<form" in set_and_read(stage, None)
    row = stage.store.list_audit()[-1]
    assert (row.actor, row.action, row.thread, row.detail) == ("Marta", "set policy", "silence", {"policy": "closed"})


def set_and_read(stage: Stage, policy: Policy | None) -> str:
    set_thread_policy(stage.ctx, "command line", "silence", policy)
    return stage.page()


def test_only_what_is_there_can_be_closed_and_only_by_moderators(stage: Stage) -> None:
    with pytest.raises(NotFound):
        set_thread_policy(stage.ctx, "command line", "nowhere", "closed")
    with pytest.raises(Refused):
        set_thread_policy(stage.ctx, "command line", "silence", "off")
    with pytest.raises(NotAllowed):
        set_thread_policy(stage.ctx, stage.account("mara.e", "author"), "silence", "closed")


@pytest.mark.parametrize("role", get_args(Role))
def test_roles_allow_what_the_table_says(stage: Stage, role: Role) -> None:
    somebody = stage.account("Somebody", role)

    allowed = {act for act in get_args(Act) if may(somebody, act)}

    assert (
        allowed
        == {
            "administrator": set(get_args(Act)),
            "moderator": {"moderate", "reply", "see_address", "erase", "threads"},
            "author": {"reply"},
        }[role]
    )


def test_a_disabled_account_may_do_nothing(stage: Stage) -> None:
    account = stage.account(role="administrator")
    stage.store.set_disabled(account.id, True)

    assert not any(may(stage.store.get_account(account.id), act) for act in get_args(Act))

"""Who may comment, and what waits: site x article x age x desk x known, all of them."""

from dataclasses import replace
from datetime import timedelta
from itertools import product

import pytest

from comments.actions.threads import set_thread_policy
from comments.errors import Closed
from comments.model import Policy
from tests.service.actions.stage import ARTICLE, OTHER, SITE, START, Stage

ARTICLES: tuple[Policy, ...] = ("open", "held", "closed")
HOLDS = ("", "first")  # the article's own degree
DESK: tuple[Policy | None, ...] = (None, "open", "held", "closed")


def expected(
    hold: str, article: Policy, own: str, over: bool, desk: Policy | None, known: bool
) -> tuple[str, list[str]]:
    """The rule in one place: the desk's word, else the closing moment, else the file; then the stricter degree."""
    policy = desk or ("closed" if over else article)
    if policy == "closed":
        return "closed", []
    held = ["all-held"] if hold == "all" else ["thread-held"] if policy == "held" else []
    if (hold in ("first", "closed") or own == "first") and not known:
        held.append("first")
    return ("pending" if held else "approved"), held


@pytest.mark.parametrize("hold", ["none", "first", "all", "closed"])
def test_every_combination_does_what_it_says(stage: Stage, hold: str) -> None:
    browser = stage.known_browser()
    number = 0
    for article, own, over in product(ARTICLES, HOLDS, (False, True)):
        closes = START if over else stage.clock.now + timedelta(days=90)
        stage.publish(replace(SITE, hold=hold), replace(ARTICLE, policy=article, hold=own, closes=closes), OTHER)
        for desk, known in product(DESK, (True, False)):
            number += 1
            set_thread_policy(stage.ctx, "command line", "silence", desk)
            who = {"browser": browser} if known else {"email": f"{number}@example.org", "name": f"Nobody {number}"}
            try:
                sent = stage.sent(f"Number {number}.", **who).comment  # type: ignore[arg-type]  # handed on
                came = sent.state, [reason.key for reason in sent.reasons]
            except Closed:
                came = "closed", []
            case = (hold, article, own, over, desk, known)
            assert came == expected(*case), case
    set_thread_policy(stage.ctx, "command line", "silence", None)


def test_an_article_closes_at_its_moment_and_the_desk_reopens_it_at_once(stage: Stage) -> None:
    stage.set_article(closes=stage.clock.now + timedelta(days=14))
    stage.clock.pass_(days=13, hours=23)
    stage.sent("Just in time.")
    stage.clock.pass_(hours=1)
    with pytest.raises(Closed):
        stage.sent("Too late.")

    set_thread_policy(stage.ctx, "command line", "silence", "open")

    assert stage.sent("Open again.").comment.state == "pending"

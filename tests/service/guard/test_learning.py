"""The filter learns from the desk, forgets what is undone or erased, and never deletes."""

import pytest

from comments.actions import moderate, privacy, retention
from comments.actions.guard import learning
from comments.model import Comment, GuardState
from comments.store import learning as store_learning
from tests.service.actions.stage import Stage

SPAM = "Cheap watches, order replica watches today with discount shipping."
GOOD = "In my supervision group we talked about silence and how clients wait."


@pytest.fixture
def trained(stage: Stage) -> Stage:
    """A filter that has seen three of each, and judges."""
    stage.set_site(bayes=3, hold="none", bayes_hold=0.9, bayes_spam=0.999)
    actor = stage.account()
    for number in range(3):
        moderate.spam(stage.ctx, actor, stage.sent(f"{SPAM} Offer {'abc'[number] * 3}.").comment.id)
        moderate.approve(stage.ctx, actor, _held(stage, f"{GOOD} Part {'xyz'[number] * 3}."))
    return stage


def _held(stage: Stage, text: str) -> int:
    comment = stage.sent(text).comment
    stage.store.set_state(comment.id, "pending", stage.clock())
    return comment.id


def _from_known(stage: Stage, text: str) -> Comment:
    """From somebody whom nothing else makes wait."""
    email = f"{len(text)}@example.org"
    return stage.sent(text, email=email, browser=stage.known_browser(email=email, name=text[:9])).comment


def figures(stage: Stage) -> tuple[int, int]:
    state = stage.store.get_guard()
    return state.ham, state.spam


def test_it_is_off_until_it_has_seen_enough_of_both(stage: Stage) -> None:
    stage.set_site(bayes=3, hold="none")
    actor = stage.account()
    for number in range(5):
        moderate.spam(stage.ctx, actor, stage.sent(f"{SPAM} {number}").comment.id)

    assert _from_known(stage, f"{SPAM} Once more.").state == "approved"
    assert not learning.figures(stage.ctx).judging


def test_what_looks_like_spam_is_filed_or_held_and_the_rest_goes_through(trained: Stage) -> None:
    filed = _from_known(trained, f"{SPAM} Now.")
    held = _from_known(trained, "Order cheap replica watches.")
    fine = _from_known(trained, "My supervision group talked about silence, too.")

    assert (filed.state, filed.reasons[0].key) == ("spam", "bayes-spam")
    assert held.state in ("pending", "spam")
    assert fine.state == "approved"


def test_undone_decisions_are_unlearned(trained: Stage) -> None:
    actor = trained.store.get_account(1)
    before = trained.store.get_guard()
    comment = _held(trained, "A new comment with quite other words in it.")

    acted = moderate.spam(trained.ctx, actor, comment)
    assert figures(trained) == (3, 4)
    moderate.undo(trained.ctx, actor, comment, acted.undo)

    assert trained.store.get_guard() == before


@pytest.mark.parametrize(("verb", "after"), [("approve", (4, 3)), ("spam", (3, 4)), ("trash", (3, 3))])
def test_published_is_good_spam_is_spam_and_the_bin_says_nothing(
    trained: Stage, verb: str, after: tuple[int, int]
) -> None:
    getattr(moderate, verb)(trained.ctx, trained.store.get_account(1), _held(trained, "Other words altogether here."))

    assert figures(trained) == after


def test_a_change_of_mind_counts_once(trained: Stage) -> None:
    actor = trained.store.get_account(1)
    comment = _held(trained, "Other words altogether here.")

    moderate.approve(trained.ctx, actor, comment)
    moderate.spam(trained.ctx, actor, comment)

    assert figures(trained) == (3, 4)


def test_erasing_the_text_unlearns_it_and_keeping_the_text_does_not(trained: Stage) -> None:
    actor = trained.store.get_account(1)
    comment = _held(trained, "Xylophones everywhere.")
    moderate.approve(trained.ctx, actor, comment)

    privacy.erase(trained.ctx, actor, comment, keep_text=True)
    assert figures(trained) == (4, 3)
    privacy.erase(trained.ctx, actor, comment, keep_text=False)

    assert figures(trained) == (3, 3)
    token = trained.ctx.vault.bucket("token", "xylophones")[:8]
    assert trained.store.count_tokens([token]) == {}


def test_spam_that_is_deleted_for_its_age_stays_learned_without_a_way_back_to_it(trained: Stage) -> None:
    trained.clock.pass_(days=31)

    retention.purge(trained.ctx, "service")

    assert figures(trained) == (3, 3)
    assert trained.store.is_learned(1) is None


def test_the_store_holds_no_word_that_was_learned(trained: Stage) -> None:
    rows = trained.store._rows("SELECT token FROM tokens")

    assert rows
    assert all(len(row["token"]) == 16 and int(row["token"], 16) >= 0 for row in rows)


def test_the_words_are_bounded(trained: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_learning, "TOKENS_MOST", 20)
    monkeypatch.setattr(store_learning, "TOKENS_LEFT", 15)

    moderate.approve(trained.ctx, trained.store.get_account(1), _held(trained, "Some wholly other sentence."))

    assert trained.store._value("SELECT count(*) FROM tokens") <= 20


def test_figures_say_what_it_would_have_caught_and_false_alarms(trained: Stage) -> None:
    actor = trained.store.get_account(1)
    moderate.spam(trained.ctx, actor, _held(trained, f"{SPAM} Caught."))
    moderate.approve(trained.ctx, actor, _held(trained, f"{SPAM} Alarm."))

    state = trained.store.get_guard()

    assert (state.caught, state.alarms) == (1, 1)


def test_learning_anew_gives_what_is_still_there(trained: Stage) -> None:
    before = trained.store.get_guard()
    trained.store.unlearn_all()
    assert trained.store.get_guard().ham == 0

    again = learning.retrain(trained.ctx, "command line").state

    assert (again.ham, again.spam, again.ham_tokens) == (before.ham, before.spam, before.ham_tokens)
    assert trained.store.list_audit(limit=1)[0].action == "retrain"


def test_switched_off_it_neither_learns_nor_judges(stage: Stage) -> None:
    stage.set_site(bayes=0)

    moderate.spam(stage.ctx, stage.account(), stage.sent(SPAM).comment.id)

    assert stage.store.get_guard() == GuardState()

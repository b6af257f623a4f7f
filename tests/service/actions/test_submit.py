import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from comments.actions import submit
from comments.actions.submit import NeedsPreview, Submitted
from comments.errors import Closed, Invalid, PublishProblem, Repeated, TooFast
from comments.model import Draft
from tests.service.actions.stage import ARTICLE, START, Stage


def keys(answer: Submitted) -> list[str]:
    return [reason.key for reason in answer.comment.reasons]


def test_a_first_comment_waits_and_says_why(stage: Stage) -> None:
    answer = stage.sent()

    assert answer.comment.state == "pending"
    assert [reason.sentence for reason in answer.comment.reasons] == ["First comment from this person."]
    assert answer.published is None
    assert answer.new
    assert answer.browser
    assert stage.acts(answer.comment.id) == ["commenter: submit"]
    assert "A quiet text." not in stage.page()


def test_a_known_person_is_on_the_page_at_once(stage: Stage) -> None:
    browser = stage.known_browser()

    answer = stage.sent("My second one.", browser=browser)

    assert answer.comment.state == "approved"
    assert answer.published == f"/2026/silence/#comment-{answer.comment.id}"
    assert answer.why_late is None
    assert answer.browser is None
    assert "My second one." in stage.page()


def test_a_page_that_cannot_be_written_does_not_undo_the_approval(stage: Stage) -> None:
    browser = stage.known_browser()
    stage.page_path().unlink()

    answer = stage.sent("My second one.", browser=browser)

    assert answer.comment.state == "approved"
    assert answer.why_late
    assert "missing" in answer.why_late
    assert stage.store.get_thread("silence").revision > stage.store.get_thread("silence").shown


def test_a_form_without_its_token_is_answered_with_a_preview(stage: Stage) -> None:
    answer = stage.submit("It is *fine*.", token="")

    assert isinstance(answer, NeedsPreview)
    assert "<em>fine</em>" in answer.html
    assert answer.draft.comment == "It is *fine*."
    assert stage.store.count_comments() == 0
    assert stage.sent("It is *fine*.", token=answer.token).comment.html == answer.html


def test_a_spent_token_with_the_same_text_gets_the_same_answer(stage: Stage) -> None:
    token = submit.form_token(stage.ctx, "silence")
    first = stage.sent(token=token)

    again = stage.sent(token=token, pause=0)

    assert again.comment == first.comment
    assert not again.new
    assert again.browser == first.browser
    assert stage.store.count_comments() == 1


def test_a_spent_token_gets_the_same_answer_after_an_edit_and_after_its_day(stage: Stage) -> None:
    token = submit.form_token(stage.ctx, "silence")
    first = stage.sent(token=token)
    stage.store.set_text(first.comment.id, "Changed.", "<p>Changed.</p>", 1, stage.clock())
    stage.clock.pass_(days=2)

    assert stage.sent(token=token).comment.id == first.comment.id


def test_a_spent_token_with_another_text_is_previewed_under_a_new_token(stage: Stage) -> None:
    token = submit.form_token(stage.ctx, "silence")
    stage.sent(token=token)

    answer = stage.submit("Something else.", token=token)

    assert isinstance(answer, NeedsPreview)
    assert answer.draft.comment == "Something else."
    assert stage.sent("Something else.", token=answer.token).new


def test_an_old_token_is_previewed_with_the_text_kept(stage: Stage) -> None:
    token = submit.form_token(stage.ctx, "silence")
    stage.clock.pass_(hours=25)

    answer = stage.submit(token=token)

    assert isinstance(answer, NeedsPreview)
    assert answer.draft.comment == "A quiet text."
    assert answer.why.startswith("The form was open for a long time.")


@pytest.mark.parametrize("purpose", ["mine", "moderate", "prove", "sign-in"])
def test_a_token_of_another_purpose_lets_nothing_in(stage: Stage, purpose: str) -> None:
    token = stage.ctx.tokens.sign(purpose, {"thread": "silence"})

    assert isinstance(stage.submit(token=token), NeedsPreview)


def test_a_token_of_another_thread_or_an_altered_one_lets_nothing_in(stage: Stage) -> None:
    token = submit.form_token(stage.ctx, "silence")

    assert isinstance(stage.submit(token=submit.form_token(stage.ctx, "fees")), NeedsPreview)
    assert isinstance(stage.submit(token=token[:-2] + ("AA" if token[-2:] != "AA" else "BB")), NeedsPreview)


def test_of_many_equal_posts_at_once_one_is_stored_and_all_get_its_answer(stage: Stage) -> None:
    draft = Draft("silence", "Once only.", "Ada Specimen", "ada@example.org")
    token, current = submit.form_token(stage.ctx, "silence"), stage.ctx.manifest()

    def send(_number: int) -> Submitted | NeedsPreview:
        return submit.submit(
            stage.ctx, draft, manifest=current, entry=ARTICLE, browser=None, ip="192.0.2.7", token=token
        )

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(send, range(20)))

    assert {answer.comment.id for answer in answers if isinstance(answer, Submitted)} == {1}
    assert sum(answer.new for answer in answers if isinstance(answer, Submitted)) == 1
    assert stage.store.count_comments() == 1


def test_the_same_words_again_are_refused_with_the_earlier_one(stage: Stage) -> None:
    first = stage.sent()

    with pytest.raises(Repeated) as refused:
        stage.submit()

    assert refused.value.comment == first.comment.id


def test_the_same_words_may_be_said_again_once_they_are_in_the_trash(stage: Stage) -> None:
    first = stage.sent()
    stage.store.set_state(first.comment.id, "trash", stage.clock())

    assert stage.sent().new


def test_the_same_words_elsewhere_are_no_repetition(stage: Stage) -> None:
    stage.sent()

    assert stage.sent(thread="fees").new
    assert stage.sent(name="Kim Sample", email="kim@example.org").new


def test_a_second_comment_too_soon_is_told_how_long_to_wait(stage: Stage) -> None:
    stage.sent()

    with pytest.raises(TooFast) as refused:
        stage.submit("Another.", pause=4)

    assert refused.value.wait == 11
    assert stage.sent("Another.", pause=11).new


@pytest.mark.parametrize(
    "second",
    [
        {"ip": "192.0.2.200", "email": "b@example.org"},  # the same network
        {"ip": "198.51.100.1", "email": "ADA@example.org"},  # the same address
    ],
)
def test_the_pace_is_kept_by_network_and_by_address(stage: Stage, second: dict[str, str]) -> None:
    stage.sent()

    with pytest.raises(TooFast):
        stage.submit("Another.", pause=1, **second)  # type: ignore[arg-type]  # any field


def test_the_pace_is_kept_by_person(stage: Stage) -> None:
    first = stage.sent()

    with pytest.raises(TooFast):
        stage.submit("Another.", pause=1, ip="198.51.100.1", browser=first.browser)


def test_another_network_and_address_need_not_wait(stage: Stage) -> None:
    stage.sent()

    assert stage.sent("Another.", pause=1, ip="198.51.100.1", email="kim@example.org", name="Kim").new


def test_posting_under_a_strangers_address_makes_a_new_person_and_is_held(stage: Stage) -> None:
    stage.known_browser()

    answer = stage.sent("I am Ada, truly.", ip="198.51.100.1")

    assert answer.comment.state == "pending"
    assert keys(answer) == ["stranger"]
    assert len({comment.person for comment in stage.store.list_comments()}) == 2


def test_a_cookie_alone_makes_nobody_known(stage: Stage) -> None:
    browser = stage.known_browser()

    assert keys(stage.sent("Another address.", browser=browser, email="kim@example.org")) == ["first"]
    assert stage.sent("My own again.", browser=browser).comment.state == "approved"


def test_a_browser_without_a_standing_may_correct_its_address(stage: Stage) -> None:
    typo = stage.sent(email="ada@example.ogr")
    right = stage.sent("With the right address.", browser=typo.browser)
    stage.store.set_state(right.comment.id, "approved", stage.clock())

    assert stage.sent("And a third.", browser=right.browser).comment.state == "approved"


def test_an_address_that_somebody_else_proved_makes_nobody_known(stage: Stage) -> None:
    pretender = stage.known_browser()
    owner = stage.sent("From the owner's browser.", ip="198.51.100.1")
    assert owner.comment.person is not None
    stage.store.prove_person(owner.comment.person, b"owner", stage.clock())

    again = stage.sent("As Ada again.", browser=pretender)

    assert again.comment.state == "pending"
    assert keys(again) == ["stranger"]


def test_where_nothing_is_held_a_first_comment_is_published(stage: Stage) -> None:
    stage.set_site(hold="none")

    assert stage.sent().comment.state == "approved"


def test_where_everything_is_held_a_known_person_waits_too(stage: Stage) -> None:
    browser = stage.known_browser()
    stage.set_site(hold="all")

    assert keys(stage.sent("Another.", browser=browser)) == ["all-held"]


def test_in_a_held_thread_a_known_person_waits_too(stage: Stage) -> None:
    browser = stage.known_browser()
    stage.store.set_override("silence", "held")

    assert keys(stage.sent("Another.", browser=browser)) == ["thread-held"]


@pytest.mark.parametrize("name", ["Mara Example", "mara  EXAMPLE", "Márá-Example", "marta", "Practice Notes"])
def test_a_guest_with_a_name_of_the_house_is_held(stage: Stage, name: str) -> None:
    browser = stage.known_browser()
    stage.account("Marta")

    assert keys(stage.sent("Hello.", browser=browser, name=name)) == ["reserved-name"]


def test_the_trap_and_a_refused_word_go_to_spam_and_disturb_nobody(stage: Stage) -> None:
    stage.account(address="marta@example.org")

    trapped, listed = stage.sent(trapped=True), stage.sent("Visit my CASINOs today.")

    assert (trapped.comment.state, listed.comment.state) == ("spam", "spam")
    assert listed.comment.reasons[0].sentence == "On the list of refused words: “casino”."
    assert stage.letters("moderate") == []


def test_wrong_fields_are_all_named_and_nothing_is_stored(stage: Stage) -> None:
    with pytest.raises(Invalid) as refused:
        stage.submit("  ", name="", email="nowhere", token="")

    assert list(refused.value.fields) == ["comment", "name", "email"]
    assert stage.store.count_comments() == 0


def test_text_that_shows_nothing_is_refused(stage: Stage) -> None:
    with pytest.raises(Invalid):
        stage.submit("\u200b\u2060")


@pytest.mark.parametrize(
    "article", [{"policy": "closed"}, {"policy": "off"}, {"closes": START + timedelta(seconds=30)}]
)
def test_a_closed_thread_takes_nothing(stage: Stage, article: dict[str, object]) -> None:
    stage.set_article(**article)

    with pytest.raises(Closed):
        stage.submit()


def test_the_desk_closes_and_reopens_over_file_and_clock(stage: Stage) -> None:
    stage.set_article(closes=START)
    stage.store.set_override("silence", "open")
    assert stage.sent().new

    stage.store.set_override("silence", "closed")
    with pytest.raises(Closed):
        stage.submit("Another.")


def test_a_reply_needs_a_published_parent_in_the_same_thread(stage: Stage) -> None:
    parent = stage.sent().comment
    with pytest.raises(Invalid) as refused:
        stage.submit("An answer.", parent=parent.id)
    assert list(refused.value.fields) == ["parent"]

    stage.store.set_state(parent.id, "approved", stage.clock())
    assert stage.sent("An answer.", parent=parent.id).comment.parent == parent.id
    for parent_id, thread in ((parent.id, "fees"), (999, "silence")):
        with pytest.raises(Invalid):
            stage.submit("An answer.", parent=parent_id, thread=thread)


def test_no_row_holds_the_address(stage: Stage) -> None:
    answer = stage.sent(email="unique.address@example.org")
    stage.store.checkpoint()

    raw = (stage.runtime.var / "store.db").read_bytes()
    assert b"unique.address" not in raw.lower()
    assert answer.comment.has_address


def test_a_held_comment_is_told_to_moderators_in_its_own_transaction(stage: Stage) -> None:
    marta = stage.account(address="marta@example.org")
    stage.account("No letters")

    answer = stage.sent()

    (letter,) = stage.letters("moderate")
    assert (letter.account, letter.comments) == (marta.id, (answer.comment.id,))
    assert stage.letters("moderate")[0].due == stage.clock()


def test_letters_to_one_moderator_are_bundled(stage: Stage) -> None:
    stage.account(address="marta@example.org")
    first = stage.sent("One.")
    stage.store.mark_sent(stage.letters("moderate")[0].id, stage.clock())
    sent = stage.clock()
    others = [stage.sent(f"Number {number}.").comment.id for number in range(3)]

    letters = stage.letters("moderate")

    assert [letter.comments for letter in letters] == [(first.comment.id,), tuple(others)]
    assert letters[1].due == sent + timedelta(minutes=10)


def test_nothing_is_published_while_the_store_is_locked(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = stage.known_browser()
    inside: list[bool] = []

    def publish(_thread: str) -> None:
        with ThreadPoolExecutor(1) as pool:  # another thread can write: nobody holds the lock
            pool.submit(stage.store.mark_due, "fees").result(timeout=5)
        inside.append(True)
        raise PublishProblem("The disk is full.")

    monkeypatch.setattr(stage.publisher, "publish", publish)
    answer = stage.sent("Another.", browser=browser)

    assert inside == [True]
    assert answer.why_late == "The disk is full."


def test_endless_marks_in_any_field_are_answered_at_once(stage: Stage, hostile: str) -> None:
    token = submit.form_token(stage.ctx, "silence")
    stage.sent(token=token)
    start = time.perf_counter()

    with pytest.raises(Invalid) as refused:
        stage.submit(hostile * 4, name=hostile, email=f"{hostile}@example.org", website=f"https://{hostile}.example")
    assert list(refused.value.fields) == ["comment", "name", "email", "website"]
    with pytest.raises(Invalid):  # a form that was sent is compared with what it sent
        stage.submit(hostile * 4, token=token)
    assert time.perf_counter() - start < 1


def test_the_worst_text_that_is_still_read_is_read_at_once(stage: Stage) -> None:
    start = time.perf_counter()

    answer = stage.sent("a" + "\u0301\u0323" * 19_999, name="b" + "\u0301\u0323" * 400)

    assert len(answer.comment.source) < 12
    assert len(answer.comment.name) < 12
    assert time.perf_counter() - start < 1

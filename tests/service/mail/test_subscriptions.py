"""Letters asked for: the wish, the consent, the limits and the end, through a real mail server (lessons B6, B7, B8)."""

from datetime import timedelta

import pytest

from comments.actions import moderate, news, own_data, privacy, proof, retention, subscriptions
from comments.errors import BadToken, Invalid, Refused
from tests.service.actions.stage import Stage
from tests.service.mail.post import html, links, outbox_of, read, text
from tests.service.mail.readers import READER, Post


def test_a_wish_is_confirmed_by_mail_and_the_moment_of_consent_is_kept(post: Post) -> None:
    """Lessons B6 and B8: double opt-in with the time of consent."""
    sent = post.stage.sent(email=READER, notify="replies")
    (letter,) = post.run(seconds=1)
    (token,) = links(text(letter), "subscription")
    wanted = post.stage.store.find_subscription(sent.comment.id)
    assert wanted
    assert wanted.confirmed is None

    assert subscriptions.look(post.stage.ctx, token)
    assert post.stage.store.find_subscription(sent.comment.id) == wanted  # looking is no consent
    subscriptions.confirm(post.stage.ctx, token)

    confirmed = post.stage.store.find_subscription(sent.comment.id)
    assert confirmed
    assert (confirmed.asked, confirmed.confirmed) == (wanted.asked, post.stage.clock())
    for part in (text(letter), html(letter)):
        assert "A quiet text." not in part
        assert "Ada" not in part


def test_after_unsubscribing_and_erasing_no_letter_lies_in_the_folder(stage: Stage) -> None:
    asked = stage.sent("A question.", email=READER, notify="replies").comment
    wanted = stage.store.find_subscription(asked.id)
    assert wanted
    stage.store.confirm_subscription(wanted.id, stage.clock())
    moderate.approve(stage.ctx, "command line", asked.id)
    answer = stage.sent("An answer.", email="olu@example.org", parent=asked.id).comment
    moderate.approve(stage.ctx, "command line", answer.id)
    stage.clock.pass_(minutes=5)
    news.announce(stage.ctx)
    outbox_of(stage).send_due()
    folder = stage.runtime.var / "mail"
    assert list(folder.glob("*-reply-*.eml"))

    subscriptions.end(stage.ctx, subscriptions.token_of(stage.ctx, wanted))
    privacy.erase(stage.ctx, "command line", asked.id, keep_text=False)

    assert [path for path in folder.glob("*.eml") if READER in path.read_text()] == []


def test_every_such_letter_can_be_ended_by_one_click_of_the_mail_program(post: Post) -> None:
    """Privacy rule 9 and lessons B7, emailflare#190: List-Unsubscribe and its POST, acting on that one alone."""
    question = post.follower("replies")
    post.stage.clock.pass_(days=2)
    other = post.follower("thread", thread="fees")
    post.approved(parent=question.comment.id)
    (letter,) = post.run()
    head = read(letter)

    assert head["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    link = head["List-Unsubscribe"]
    assert link.startswith("<https://notes.example.org/comments/subscription/")
    assert b"\r\nList-Unsubscribe: <https://" in letter  # not folded, not encoded
    subscriptions.end(post.stage.ctx, link.strip("<>").rpartition("/")[2])

    assert post.stage.store.find_subscription(question.comment.id) is None
    assert post.stage.store.find_subscription(other.comment.id)
    post.approved("Unheard.", parent=question.comment.id, email="late@example.org")
    assert post.run() == []


def test_an_address_is_asked_at_most_once_a_day_whoever_types_it(post: Post) -> None:
    """The threat table's "unlimited subscription endpoint" (wpDiscuz, CVE-2026-22216)."""
    first = post.stage.sent("One.", email=READER, notify="replies", ip="192.0.2.1")
    assert len(post.run(minutes=1)) == 1
    for number in range(3):
        post.stage.sent(f"More {number}.", email=READER.title(), notify="thread", ip=f"198.51.{number}.1")
    assert post.run(hours=20) == []

    (letter,) = post.run(hours=5)

    assert len(links(text(letter), "subscription")) == 3
    assert first.comment.id


def test_one_network_cannot_have_letters_sent_to_many_addresses(post: Post) -> None:
    for number in range(subscriptions.ASKED_AT_MOST + 3):
        post.stage.sent(f"Words {number}.", email=f"victim{number}@example.org", notify="replies")

    assert len(post.run()) == subscriptions.ASKED_AT_MOST


def test_signs_that_a_database_takes_for_wild_cards_are_only_signs(post: Post) -> None:
    """The vulnerability row of wpDiscuz, CVE-2026-22216: addresses matched with LIKE."""
    followed = post.follower()
    wild = ["%@example.net", "______@example.net", "reader%@example.net", "*@example.net"]
    for number, address in enumerate(wild):
        post.stage.sent(f"Words {number}.", email=address, notify="thread")

    ctx = post.stage.ctx
    asked = post.run()
    assert sorted(read(letter)["To"] for letter in asked) == sorted(wild)  # none counted as another that was asked
    for address in wild:
        (found,) = post.stage.store.list_subscriptions(ctx.vault.lookup(address))
        subscriptions.end_all(ctx, subscriptions.manage_token(ctx, found.person))

    assert post.stage.store.find_subscription(followed.comment.id)


def test_spam_has_nobody_asked_until_it_turns_out_to_be_none(post: Post) -> None:
    sent = post.stage.sent("About casino work.", email=READER, notify="replies")
    assert post.run() == []

    moderate.approve(post.stage.ctx, "command line", sent.comment.id)

    assert len(links(text(post.run()[0]), "subscription")) == 1


def test_the_waiting_page_says_the_same_whatever_we_know_of_the_address(post: Post) -> None:
    """Lessons B5: nothing tells whether an address is known."""
    new = post.stage.sent("New here.", email="new@example.org", notify="thread")
    post.run()
    post.follower("thread")
    known = post.stage.sent("Known.", email=READER, notify="thread")
    asked_today = post.stage.sent("Again.", email="new@example.org", notify="thread")

    said = {subscriptions.notice(post.stage.ctx, each.comment, proven=False) for each in (new, known, asked_today)}

    assert len(said) == 1


def test_a_proven_mailbox_in_its_own_browser_is_not_asked_again(post: Post) -> None:
    sent = post.stage.sent("First.", email=READER)
    proof.ask_proof(post.stage.ctx, sent.waiting)
    (letter,) = post.run()
    browser = proof.prove(post.stage.ctx, links(text(letter), "prove")[0]).browser

    mine = post.stage.sent("Second.", email=READER, browser=browser, notify="replies")
    strange = post.stage.sent("Third.", email=READER, notify="replies")

    own, foreign = (post.stage.store.find_subscription(each.comment.id) for each in (mine, strange))
    assert own
    assert foreign
    assert own.confirmed == own.asked
    assert foreign.confirmed is None


def test_a_wish_without_an_address_is_told_at_the_field(post: Post) -> None:
    post.stage.set_site(require_name_email=False)
    for values in ({"notify": "thread"}, {"tell": True}):
        with pytest.raises(Invalid) as wrong:
            post.stage.submit(email="", **values)
        assert list(wrong.value.fields) == ["email"]
    with pytest.raises(Invalid) as wrong:
        post.stage.submit(notify="everything")
    assert list(wrong.value.fields) == ["notify"]


def test_where_the_site_offers_no_letters_none_are_kept(post: Post) -> None:
    post.stage.set_site(letters=False)

    sent = post.stage.sent(notify="thread", tell=True)

    assert post.stage.store.find_subscription(sent.comment.id) is None
    assert not post.stage.store.get_comment(sent.comment.id).tell


def test_the_page_of_all_shows_and_ends_those_of_one_address(post: Post) -> None:
    question = post.follower("replies")
    post.stage.clock.pass_(days=2)
    post.follower("thread", thread="fees")
    stranger = post.follower("thread", email="stranger@example.net")
    post.approved(parent=question.comment.id)
    letter = next(each for each in post.run() if read(each)["To"] == READER)
    (token,) = links(text(letter), "subscriptions")
    ctx = post.stage.ctx

    first, second = subscriptions.list_all(ctx, token)
    foreign = post.stage.store.find_subscription(stranger.comment.id)
    assert foreign
    with pytest.raises(Refused):
        subscriptions.end_one(ctx, token, foreign.id)
    subscriptions.end_one(ctx, token, first.subscription.id)
    assert [each.subscription.id for each in subscriptions.list_all(ctx, token)] == [second.subscription.id]
    subscriptions.end_all(ctx, token)
    assert subscriptions.list_all(ctx, token) == []
    assert post.stage.store.find_subscription(stranger.comment.id)
    post.stage.clock.pass_(days=31)
    with pytest.raises(BadToken):
        subscriptions.list_all(ctx, token)


def test_a_week_later_nobody_can_consent_any_more_and_the_wish_is_forgotten(post: Post) -> None:
    sent = post.stage.sent(email=READER, notify="replies")
    (letter,) = post.run()
    (token,) = links(text(letter), "subscription")
    post.stage.clock.pass_(days=8)

    with pytest.raises(Refused):
        subscriptions.confirm(post.stage.ctx, token)
    assert retention.purge(post.stage.ctx, "service").subscriptions == 1
    assert post.stage.store.find_subscription(sent.comment.id) is None
    assert subscriptions.look(post.stage.ctx, token) is None


def test_an_address_is_kept_as_long_as_it_is_subscribed(post: Post) -> None:
    """Privacy rule 5."""
    sent = post.follower()
    number = sent.comment.person or 0
    post.stage.clock.pass_(days=800)
    retention.purge(post.stage.ctx, "service")
    assert post.stage.store.get_person(number).has_address

    found = post.stage.store.find_subscription(sent.comment.id)
    assert found
    subscriptions.end(post.stage.ctx, subscriptions.token_of(post.stage.ctx, found))

    assert retention.purge(post.stage.ctx, "service").addresses == 1


def test_ones_own_data_holds_the_subscriptions_and_erasing_ends_them(post: Post) -> None:
    """Privacy rule 6, lessons B6."""
    sent = post.follower()
    found = post.stage.store.find_subscription(sent.comment.id)
    assert found
    token = subscriptions.token_of(post.stage.ctx, found)
    own_data.ask_link(post.stage.ctx, READER, "192.0.2.9")
    (letter,) = post.run()
    (link,) = links(text(letter), "privacy")
    record = own_data.as_record(post.stage.ctx, own_data.look(post.stage.ctx, link))
    (held,) = record["subscriptions"]  # type: ignore[misc]  # a record for JSON
    assert (held["about"], held["confirmed"]) == ("replies", found.confirmed.isoformat() if found.confirmed else None)
    post.approved(parent=sent.comment.id)
    post.stage.clock.pass_(minutes=3)
    news.announce(post.stage.ctx)

    own_data.erase(post.stage.ctx, link, keep_text=True)

    assert post.run() == []
    assert subscriptions.look(post.stage.ctx, token) is None
    assert "nothing you need to do" in subscriptions.ended()
    assert subscriptions.end(post.stage.ctx, token)


def test_the_links_carry_no_address_and_open_nothing_else(post: Post) -> None:
    """The row "signed link eaten by a scanner" of security.md: no address in the path, own purpose."""
    post.follower()
    found = post.stage.store.list_subscriptions(post.stage.ctx.vault.lookup(READER))[0]
    one, every = subscriptions.token_of(post.stage.ctx, found), subscriptions.manage_token(post.stage.ctx, found.person)

    for purpose, token in (("subscription", every), ("subscriptions", one), ("privacy", every), ("mine", one)):
        with pytest.raises(BadToken):
            post.stage.ctx.tokens.read(purpose, token, timedelta(days=1))


def test_the_letter_speaks_the_language_of_its_article(post: Post) -> None:
    post.stage.set_article(language="fr")
    post.stage.sent(email=READER, notify="replies")

    assert '<html lang="fr">' in html(post.run()[0])

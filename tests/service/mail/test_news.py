"""What is news to whom, and when the letter about it leaves, through a real mail server (lessons B2, B8)."""

from comments.actions import moderate, news, privacy
from comments.model import Account
from tests.service.mail.post import html, read, text
from tests.service.mail.readers import READER, Post


def test_an_answer_is_mailed_once_it_is_published_and_shows_a_name_and_a_text(post: Post) -> None:
    """Privacy rule 9: one person per message, the other's name and text only."""
    question = post.follower()
    answer = post.approved("It *depends*.", parent=question.comment.id, website="https://olu.example")

    (letter,) = post.run()

    assert read(letter)["To"] == READER
    assert post.mailbox.readers[-1] == READER
    for words in (text(letter), html(letter)):
        assert "Olu Muster" in words
        assert "It depends." in words
        assert f"https://notes.example.org/2026/silence/#comment-{answer.comment.id}" in words
        assert "you asked for it and confirmed it on 2026-03-14" in words
    for hidden in (b"olu@", b"olu.example", b"<img", b"<em>"):
        assert hidden not in letter
    assert post.run() == []


def test_nothing_is_mailed_before_approval_and_nothing_for_spam(post: Post) -> None:
    """Lessons B2: stcr#648, subscribers were mailed spam before approval."""
    question = post.follower("thread")
    waiting = post.stage.sent("Waits.", email="olu@example.org", parent=question.comment.id)
    spam = post.stage.sent("Buy casino chips.", email="chips@example.org", parent=question.comment.id)

    assert post.run() == []
    moderate.spam(post.stage.ctx, "command line", waiting.comment.id)
    assert post.run() == []
    assert spam.comment.state == "spam"


def test_what_is_taken_back_or_erased_before_it_left_is_not_mailed(post: Post) -> None:
    question = post.follower()
    undone = post.approved("Undone.", parent=question.comment.id)
    back = moderate.trash(post.stage.ctx, "command line", undone.comment.id)
    assert post.run() == []
    moderate.undo(post.stage.ctx, "command line", undone.comment.id, back.undo)
    post.stage.clock.pass_(minutes=3)
    news.announce(post.stage.ctx)
    privacy.erase(post.stage.ctx, "command line", undone.comment.id, keep_text=False)
    gone = post.approved("Gone.", parent=question.comment.id, email="third@example.org")
    post.stage.clock.pass_(minutes=3)
    news.announce(post.stage.ctx)
    moderate.trash(post.stage.ctx, "command line", gone.comment.id)

    assert post.run() == []


def test_a_page_that_is_late_sends_nobody_to_it(post: Post) -> None:
    question = post.follower()
    answer = post.approved(parent=question.comment.id)
    post.stage.store.mark_due("silence")
    assert post.run() == []

    post.stage.publisher.publish_due()

    assert len(post.run()) == 1
    assert answer.comment.id


def test_nobody_is_written_to_about_own_comments(post: Post) -> None:
    question = post.follower("thread")
    post.approved("My own second thought.", email=READER.upper(), name="Rea Der", parent=question.comment.id)
    marta = post.stage.account("Marta", address=READER)
    other = post.approved("Another's.")
    assert len(post.run()) == 1
    moderate.reply_and_approve(post.stage.ctx, marta, other.comment.id, "From the desk.")

    assert post.run() == []


def test_answers_to_others_are_news_only_to_who_follows_the_thread(post: Post) -> None:
    post.follower("replies")
    post.stage.clock.pass_(days=1)
    follower = post.follower("thread", email="second@example.net")
    post.approved("Said to nobody.", email="third@example.org")

    (letter,) = post.run()

    assert read(letter)["To"] == "second@example.net"
    assert "new comments" in read(letter)["Subject"]
    assert follower.comment.id


def test_one_mailbox_gets_one_letter_however_often_it_subscribed(post: Post) -> None:
    question = post.follower("replies")
    post.stage.clock.pass_(days=2)
    post.follower("thread")
    post.approved(parent=question.comment.id)

    (letter,) = post.run()

    assert "was answered" in text(letter)


def test_many_answers_are_one_letter_and_then_there_is_a_pause(post: Post) -> None:
    question = post.follower()
    for number in range(3):
        post.approved(f"Answer {number}.", parent=question.comment.id, email=f"a{number}@example.org")
    (letter,) = post.run(minutes=3)
    assert all(f"Answer {number}." in text(letter) for number in range(3))
    post.approved("Answer 3.", parent=question.comment.id, email="a3@example.org")

    assert post.run(minutes=3) == []
    assert len(post.run(minutes=10)) == 1


def test_word_comes_once_when_the_own_comment_is_published(post: Post) -> None:
    """Lessons B2: Jetpack#19432, an approval notice to the author."""
    sent = post.stage.sent("Private so far.", email=READER, tell=True)
    assert post.run() == []
    moderate.approve(post.stage.ctx, "command line", sent.comment.id)
    (letter,) = post.run()

    assert read(letter)["To"] == READER
    assert f"/2026/silence/#comment-{sent.comment.id}" in text(letter)
    assert "Private so far." not in text(letter) + html(letter)
    moderate.trash(post.stage.ctx, "command line", sent.comment.id)
    moderate.approve(post.stage.ctx, "command line", sent.comment.id)
    assert post.run() == []


def test_word_does_not_come_for_spam_or_for_what_was_taken_back(post: Post) -> None:
    spam = post.stage.sent("Casino!", email=READER, tell=True)
    taken = post.stage.sent("Taken back.", email=READER, tell=True)
    moderate.approve(post.stage.ctx, "command line", taken.comment.id)
    moderate.trash(post.stage.ctx, "command line", taken.comment.id)

    assert post.run() == []
    assert spam.comment.state == "spam"


def test_an_author_hears_of_comments_on_own_articles_alone(post: Post) -> None:
    author: Account = post.stage.account("Mara", "author", author="mara", address="mara@example.org")
    sent = post.approved("A remark.")
    post.approved("Elsewhere.", thread="fees", email="third@example.org")

    (letter,) = post.run()

    assert read(letter)["To"] == "mara@example.org"
    assert f"/desk/comments/{sent.comment.id}/reply" in text(letter)
    assert "Elsewhere." not in text(letter)
    moderate.reply_and_approve(post.stage.ctx, author, sent.comment.id, "Thank you.")
    assert post.run() == []

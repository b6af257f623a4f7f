"""A letter that is being written while what it says is erased does not stay behind."""

from threading import Thread

from comments.actions import privacy
from comments.mail.outbox import letter_folder
from comments.mail.outbox.carriers import file_name
from tests.service.actions.stage import Stage
from tests.service.mail.post import outbox_of


def test_a_letter_written_while_its_comment_is_erased_is_deleted(stage: Stage) -> None:
    stage.account("Marta", address="marta@example.org")
    comment = stage.sent("Secret words.").comment
    (letter,) = stage.letters("moderate")
    folder = letter_folder(stage.runtime.var)
    eraser = Thread(target=lambda: privacy.erase(stage.ctx, "command line", comment.id, keep_text=False))

    with folder.writing():  # as the outbox does; the words are in its hands already
        eraser.start()
        while not stage.store.get_comment(comment.id).erased:
            assert eraser.is_alive()
        folder.deliver(b"Secret words.", sender="", reader="", name=file_name(letter))
    eraser.join()

    assert list(folder.path.iterdir()) == []


def test_a_letter_that_is_written_after_the_erasure_holds_nothing_of_it(stage: Stage) -> None:
    stage.account("Marta", address="marta@example.org")
    gone, kept = (stage.sent(words, email=f"{words}@example.org").comment for words in ("Secret", "Plain"))
    privacy.erase(stage.ctx, "command line", gone.id, keep_text=False)

    outbox_of(stage).send_due()

    (file,) = letter_folder(stage.runtime.var).path.iterdir()
    assert "Plain" in file.read_text()
    assert "Secret" not in file.read_text()
    assert kept

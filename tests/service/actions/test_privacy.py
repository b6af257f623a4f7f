import pytest

from comments.actions import moderate, own_data, privacy, proof
from comments.errors import NotAllowed, NotFound
from tests.service.actions.stage import Stage
from tests.service.mail.post import outbox_of


def test_opening_an_address_is_recorded(stage: Stage) -> None:
    marta, sent = stage.account(), stage.sent()

    assert privacy.show_address(stage.ctx, marta, sent.comment.id) == "ada@example.org"
    assert stage.acts(sent.comment.id)[-1] == "Marta: show address"
    assert "ada@" not in str(stage.store.list_audit())


def test_an_act_can_be_undone_after_the_address_was_opened(stage: Stage) -> None:
    marta, sent = stage.account(), stage.sent()
    moderate.approve(stage.ctx, marta, sent.comment.id)
    privacy.show_address(stage.ctx, marta, sent.comment.id)

    assert moderate.undo(stage.ctx, marta, sent.comment.id).comment.state == "pending"


def test_an_author_opens_and_erases_nothing(stage: Stage) -> None:
    mara, sent = stage.account("mara.e", "author", author="mara"), stage.sent()

    with pytest.raises(NotAllowed):
        privacy.show_address(stage.ctx, mara, sent.comment.id)
    with pytest.raises(NotAllowed):
        privacy.erase(stage.ctx, mara, sent.comment.id, keep_text=True)
    assert stage.acts(sent.comment.id) == ["commenter: submit"]


def test_erasing_the_writer_keeps_the_text(stage: Stage) -> None:
    marta, sent = stage.account(), stage.sent()
    moderate.approve(stage.ctx, marta, sent.comment.id)

    erased = privacy.erase(stage.ctx, marta, sent.comment.id, keep_text=True)

    assert erased.why_late is None
    assert "A quiet text." in stage.page()
    assert "Ada Specimen" not in stage.page()
    assert erased.comment.person is None
    assert stage.store.list_people_by_lookup(stage.ctx.vault.lookup("ada@example.org")) == []
    with pytest.raises(NotFound):
        privacy.show_address(stage.ctx, marta, sent.comment.id)


def test_erasing_the_text_leaves_it_in_no_kept_release(stage: Stage) -> None:
    marta, sent = stage.account(), stage.sent("A unique remark.")
    moderate.approve(stage.ctx, marta, sent.comment.id)
    stage.publish()  # a second release, made with the comment in it

    privacy.erase(stage.ctx, marta, sent.comment.id, keep_text=False)

    left = [path for path in stage.runtime.var.rglob("*") if path.is_file() and b"unique remark" in path.read_bytes()]
    assert left == []
    assert stage.acts(sent.comment.id)[-1] == "Marta: erase"


def test_a_page_that_still_shows_what_was_erased_is_told(stage: Stage) -> None:
    sent = stage.sent()
    moderate.approve(stage.ctx, "command line", sent.comment.id)
    stage.page_path().unlink()

    erased = privacy.erase(stage.ctx, "command line", sent.comment.id, keep_text=False)

    assert erased.why_late
    assert erased.sentence == f"Erased, with its text. The page will follow. {erased.why_late}"


def test_with_the_last_comment_go_all_letters_to_its_writer_from_the_folder_too(stage: Stage) -> None:
    first, last = stage.sent("One."), stage.sent("Two.", email="bo@example.org", name="Bo", ip="203.0.113.5")
    for sent, address in ((first, "ada@example.org"), (last, "bo@example.org")):
        proof.ask_proof(stage.ctx, sent.waiting)
        own_data.ask_link(stage.ctx, address, "203.0.113.1")
    outbox_of(stage).send_due()
    folder = stage.runtime.var / "mail"
    assert len(list(folder.glob("*.eml"))) == 4

    privacy.erase(stage.ctx, "command line", first.comment.id, keep_text=True)

    left = [path.read_text() for path in folder.glob("*.eml")]
    assert len(left) == 2
    assert all("ada@example.org" not in text for text in left)


def test_letters_about_an_erased_comment_are_gone(stage: Stage) -> None:
    stage.account(address="marta@example.org")
    sent = stage.sent()

    privacy.erase(stage.ctx, "command line", sent.comment.id, keep_text=False)

    assert stage.store.list_letters() == []

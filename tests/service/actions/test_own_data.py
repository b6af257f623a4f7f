"""Whoever can read the mail of an address sees, takes along and erases what is held under it."""

import json
import time
from pathlib import Path

import pytest

from comments.actions import mine, moderate, own_data, proof
from comments.errors import BadToken, Invalid, NotFound, PublishProblem, TooFast
from comments.mail.outbox import open_outbox
from tests.service.actions.stage import ARTICLE, IP, OTHER, Stage


def link(stage: Stage, email: str = "ada@example.org") -> str:
    """The token that a letter to this address would hold."""
    person = stage.store.list_people_by_lookup(stage.ctx.vault.lookup(email))[0].id
    stored = stage.store.find_address(person)
    assert stored
    return stage.ctx.tokens.sign("privacy", {"person": person, "mark": stage.ctx.vault.mark(stored[0])})


def send_letters(stage: Stage) -> list[str]:
    """The letters as they lie in the folder of an installation without a mail server."""
    run = stage.runtime
    outbox = open_outbox(
        store=run.store, vault=run.vault, tokens=run.tokens, settings=run.settings,
        var=run.var, manifest=stage.ctx.manifest, clock=stage.clock,
    )  # fmt: skip
    outbox.send_due()
    return [path.read_text() for path in sorted((run.var / "mail").glob("*.eml"))]


def files_with(stage: Stage, *words: str) -> list[Path]:
    """Every file of the installation that holds one of the words."""
    files = [path for path in stage.runtime.var.rglob("*") if path.is_file()]
    return [path for path in files if any(word.encode() in path.read_bytes() for word in words)]


def test_the_answer_is_the_same_whether_an_address_is_known_or_not(stage: Stage) -> None:
    stage.sent()

    told = {own_data.ask_link(stage.ctx, address, IP) for address in ("ada@example.org", "nobody@example.org")}

    assert len(told) == 1
    assert len(stage.letters("privacy")) == 1


def test_an_address_gets_one_letter_an_hour_however_it_is_typed(stage: Stage) -> None:
    stage.sent("One.")
    stage.sent("Two.", ip="198.51.100.1")  # another browser, the same address

    for address in ("ada@example.org", " Ada@Example.org"):
        own_data.ask_link(stage.ctx, address, IP)
    assert len(stage.letters("privacy")) == 1

    stage.clock.pass_(hours=1, seconds=1)
    own_data.ask_link(stage.ctx, "ada@example.org", IP)
    assert len(stage.letters("privacy")) == 2


def test_a_network_asks_ten_times_an_hour(stage: Stage) -> None:
    for number in range(own_data.ASKED_AT_MOST):
        own_data.ask_link(stage.ctx, f"somebody{number}@example.org", IP)

    with pytest.raises(TooFast) as caught:
        own_data.ask_link(stage.ctx, "ada@example.org", "192.0.2.200")  # the same /24
    assert 0 < caught.value.wait <= 3601
    assert own_data.ask_link(stage.ctx, "ada@example.org", "198.51.100.1")
    stage.clock.pass_(hours=1, seconds=1)
    assert own_data.ask_link(stage.ctx, "ada@example.org", IP)


def test_what_is_no_address_is_told(stage: Stage) -> None:
    with pytest.raises(Invalid) as caught:
        own_data.ask_link(stage.ctx, "ada at example", IP)

    assert list(caught.value.fields) == ["email"]


def test_the_letter_carries_a_link_that_works_and_no_words_of_anybody(stage: Stage) -> None:
    stage.sent("A quiet text.")
    own_data.ask_link(stage.ctx, "ada@example.org", IP)

    (raw,) = send_letters(stage)

    body = raw.partition("\n\n")[2].replace("=\n", "").replace("=3D", "=")
    token = body.partition("/comments/privacy/")[2].split()[0]
    assert own_data.look(stage.ctx, token).comments[0].comment.source == "A quiet text."
    assert "To: ada@example.org" in raw
    assert not any(word in body for word in ("ada", "Ada", "quiet"))


def test_everything_under_the_address_is_shown_whatever_its_state(stage: Stage) -> None:
    published = stage.sent("Published, from the desk.").comment
    moderate.approve(stage.ctx, "command line", published.id)
    moderate.edit(stage.ctx, "command line", published.id, "Published, mended.", reason="Mended")
    stage.sent("Waits, from the telephone.", ip="198.51.100.1", thread="fees")
    stage.sent("Buy casino chips.", ip="203.0.113.5")
    stage.sent("Somebody else's.", email="other@example.org", ip="203.0.114.5")

    data = own_data.look(stage.ctx, link(stage))

    assert [held.state for held in data.comments] == ["published", "waiting", "spam"]
    assert [held.entry for held in data.comments] == [ARTICLE, OTHER, ARTICLE]
    assert [text for _at, text in data.comments[0].former] == ["Published, from the desk."]
    assert data.proven is None


def test_a_proof_is_shown(stage: Stage) -> None:
    person = stage.sent().comment.person
    proof.prove(stage.ctx, stage.ctx.tokens.sign("prove", {"person": person or 0}))

    assert own_data.look(stage.ctx, link(stage)).proven == stage.clock()


def test_the_file_holds_all_of_it_but_no_address(stage: Stage) -> None:
    comment = stage.sent("A text with “marks”.", website="https://ada.example").comment
    moderate.approve(stage.ctx, "command line", comment.id)

    record = own_data.as_record(stage.ctx, own_data.look(stage.ctx, link(stage)))

    text = json.dumps(record)
    assert json.loads(text) == record
    (held,) = record["comments"]  # type: ignore[misc]  # a list, as below
    assert (held["text"], held["website"]) == ("A text with “marks”.", "https://ada.example")  # type: ignore[index]
    assert "ada@" not in text


def test_what_the_filter_learned_is_told_without_its_hashes(stage: Stage) -> None:
    stage.set_site(bayes=3)
    comment = stage.sent("Remarkable words stand here.").comment
    moderate.approve(stage.ctx, "command line", comment.id)

    besides = own_data.look(stage.ctx, link(stage)).besides

    assert besides["learned"] == [{"comment": comment.id, "spam": 0}]


def test_looking_changes_nothing(stage: Stage) -> None:
    stage.sent()
    token, before = link(stage), stage.store.list_audit()

    assert own_data.look(stage.ctx, token) == own_data.look(stage.ctx, token)
    assert stage.store.list_audit() == before


def test_a_link_is_good_for_an_hour_and_for_its_address_alone(stage: Stage) -> None:
    person = stage.sent().comment.person or 0
    token = link(stage)

    stage.clock.pass_(minutes=59)
    assert own_data.look(stage.ctx, token)
    stage.store.set_address(person, stage.ctx.vault.seal(f"person:{person}", "new@example.org"), b"other")
    with pytest.raises(BadToken):
        own_data.look(stage.ctx, token)
    late = stage.ctx.tokens.sign("privacy", {"person": person, "mark": "guessed"})
    with pytest.raises(BadToken):
        own_data.erase(stage.ctx, late, keep_text=True)
    stage.clock.pass_(minutes=2)
    with pytest.raises(BadToken, match="too old"):
        own_data.look(stage.ctx, token)


def test_erasing_the_names_keeps_texts_that_are_read(stage: Stage) -> None:
    published, spam = stage.sent("A published thought."), stage.sent("Buy casino chips.", ip="203.0.113.5")
    moderate.approve(stage.ctx, "command line", published.comment.id)

    done = own_data.erase(stage.ctx, link(stage), keep_text=True)

    assert (done.comments, done.why_late) == (2, None)
    assert "A published thought." in stage.page()
    assert "Ada Specimen" not in stage.page()
    assert stage.store.get_comment(spam.comment.id).source == ""
    assert stage.store.list_people_by_lookup(stage.ctx.vault.lookup("ada@example.org")) == []


def test_after_erasing_nothing_is_left_anywhere(stage: Stage) -> None:
    stage.account(address="marta@example.org")
    first = stage.sent("The unmistakableword came.", website="https://ada.example", browser=None)
    moderate.approve(stage.ctx, "command line", first.comment.id)
    stage.publish()  # two kept releases show it
    moderate.edit(stage.ctx, "command line", first.comment.id, "The formerword came.", reason="quotes adareason")
    stage.publish()
    moderate.trash(stage.ctx, "command line", first.comment.id)
    waiting = stage.sent("Another unmistakableword.", ip="198.51.100.1", thread="fees")
    mine.edit(stage.ctx, waiting.waiting, "Changed, unmistakableword.", waiting.comment.version)
    own_data.ask_link(stage.ctx, "ada@example.org", "203.0.113.1")
    assert send_letters(stage)
    proof.ask_proof(stage.ctx, waiting.waiting)
    words = ["unmistakableword", "formerword", "adareason", "Ada Specimen", "Specimen", "ada.example", "ada@example"]
    lookup = stage.ctx.vault.lookup("ada@example.org")
    stage.store.checkpoint()
    assert all(files_with(stage, word) for word in words)

    token = link(stage)
    done = own_data.erase(stage.ctx, token, keep_text=False)

    assert done.sentence == "Your address is erased. Your 2 comments are erased, with their texts."
    assert files_with(stage, *words) == []
    assert not [path for path in stage.runtime.var.rglob("store.db*") if lookup in path.read_bytes()]
    assert [(letter.person, letter.comments) for letter in stage.store.list_letters()] == [(None, ())]  # sent to Marta
    assert stage.store.count_comments(query="unmistakableword") == 0
    counted = stage.ctx.vault.bucket("comment", "address", lookup.hex())
    assert stage.store.list_events(counted, first.comment.created) == []
    assert stage.acts(first.comment.id)[-1] == "commenter: erase"
    with pytest.raises(BadToken):
        own_data.erase(stage.ctx, token, keep_text=False)
    with pytest.raises(NotFound):
        mine.look(stage.ctx, waiting.waiting)


def test_an_erased_comment_that_was_answered_keeps_its_place(stage: Stage) -> None:
    asked = stage.sent("A question.").comment
    moderate.approve(stage.ctx, "command line", asked.id)
    answer = stage.sent("An answer.", parent=asked.id, name="Bo", email="bo@example.org", ip="203.0.113.5").comment
    moderate.approve(stage.ctx, "command line", answer.id)

    own_data.erase(stage.ctx, link(stage), keep_text=False)

    assert "A question." not in stage.page()
    assert "This comment was removed." in stage.page()
    assert "An answer." in stage.page()


def test_an_address_without_comments_can_be_erased(stage: Stage) -> None:
    person = stage.store.add_person(stage.clock(), None)
    sealed, lookup = (
        stage.ctx.vault.seal(f"person:{person}", "lone@example.org"),
        stage.ctx.vault.lookup("lone@example.org"),
    )
    stage.store.set_address(person, sealed, lookup)

    done = own_data.erase(stage.ctx, link(stage, "lone@example.org"), keep_text=False)

    assert done.sentence == "Your address is erased."
    assert stage.store.list_people_by_lookup(lookup) == []


def test_a_page_that_is_late_is_told_and_written_by_the_sweep(stage: Stage) -> None:
    comment = stage.sent("A unique remark.").comment
    moderate.approve(stage.ctx, "command line", comment.id)
    page = stage.page_path().read_bytes()
    stage.page_path().unlink()

    done = own_data.erase(stage.ctx, link(stage), keep_text=False)
    assert done.why_late
    assert "by itself" in done.sentence
    with pytest.raises(PublishProblem):
        stage.publisher.publish(comment.thread)

    stage.page_path().write_bytes(page)
    assert stage.publisher.publish_due() == 1
    assert "unique remark" not in stage.page()


def test_an_endless_address_is_answered_at_once(stage: Stage, hostile: str) -> None:
    start = time.perf_counter()
    with pytest.raises(Invalid):
        own_data.ask_link(stage.ctx, f"{hostile}@example.org", IP)
    assert time.perf_counter() - start < 1

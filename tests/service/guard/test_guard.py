"""Care, lists, the same words elsewhere, and the brake, through the whole of sending a comment."""

from dataclasses import replace

import pytest

from comments.actions import mine, moderate, retention
from comments.actions.guard import brake, lists
from comments.actions.submit import NeedsPreview
from comments.errors import Invalid, Misconfigured, NotAllowed, NotFound
from comments.manifest import HelpLines
from comments.model import Comment
from tests.service.actions.stage import ARTICLE, OTHER, SITE, Stage

HELP = (HelpLines("en", "Help lines", "<p>Call 9-8-8.</p>"), HelpLines("fr", "Aide", "<p>Composez le 9-8-8.</p>"))
CRY = "I want to kill myself."
LONG = "These very words stand under more than one article, word for word, which is odd."


def keys(comment: Comment) -> list[str]:
    return [reason.key for reason in comment.reasons]


# -- care -------------------------------------------------------------------------------------------------------------
def test_a_known_persons_phone_number_is_held_with_a_reason(stage: Stage) -> None:
    browser = stage.known_browser()

    sent = stage.sent("Call me: 416-555-0199", browser=browser).comment

    assert (sent.state, keys(sent)) == ("pending", ["personal-phone"])


def test_a_cry_for_help_is_urgent_and_mailed_at_once_and_its_writer_sees_help_lines(stage: Stage) -> None:
    stage.set_site(help_lines=HELP)
    stage.account(address="marta@example.org")
    stage.sent("The letter before.")

    sent = stage.sent(CRY, pause=20)

    assert sent.comment.reasons[0].urgent
    (letter,) = stage.letters("urgent")
    assert (letter.due, letter.comments) == (stage.clock.now, (sent.comment.id,))
    assert mine.look(stage.ctx, sent.waiting).help == HELP[0]


def test_help_lines_come_with_the_preview_too_in_the_articles_language(stage: Stage) -> None:
    stage.publish(replace(SITE, help_lines=HELP), replace(ARTICLE, language="fr"), OTHER)
    stage.ctx.speak(stage.ctx.thread("silence"))

    shown = stage.submit("Je veux mourir", token="")

    assert isinstance(shown, NeedsPreview)
    assert shown.help == HELP[1]
    calm = stage.submit("Un texte calme.", token="")
    assert isinstance(calm, NeedsPreview)
    assert calm.help is None


def test_a_cry_for_help_is_never_filed_under_spam_unread(stage: Stage) -> None:
    sent = stage.sent(f"{CRY} casino", trapped=True).comment

    assert sent.state == "pending"
    assert keys(sent)[0] == "crisis"
    assert {"trap", "disallowed-word"} <= set(keys(sent))


def test_urgent_comments_are_listed_by_themselves_to_stand_first(stage: Stage) -> None:
    first, urgent = stage.sent("First.").comment, stage.sent(CRY).comment
    last = stage.sent("Last.").comment

    assert [each.id for each in stage.store.list_comments(state="pending", urgent=True)] == [urgent.id]
    assert [each.id for each in stage.store.list_comments(state="pending", urgent=False)] == [first.id, last.id]


def test_an_edit_that_becomes_a_cry_for_help_is_urgent_too(stage: Stage) -> None:
    stage.account(address="marta@example.org")
    sent = stage.sent()
    stage.clock.pass_(seconds=30)

    mine.edit(stage.ctx, sent.waiting, CRY, sent.comment.version)

    assert keys(stage.store.get_comment(sent.comment.id)) == ["first", "crisis"]
    assert len(stage.letters("urgent")) == 1


def test_the_phrases_are_a_file_that_may_be_another_one_and_is_read_again(stage: Stage) -> None:
    path = stage.folder / "words.txt"
    path.write_text("[crisis en]\nthe kettle is loud\n")
    stage.ctx = replace(stage.ctx, settings=replace(stage.ctx.settings, care_words=path))

    assert keys(stage.sent("The kettle is LOUD").comment)[0] == "crisis"
    path.write_text("no heading\n")
    with pytest.raises(Misconfigured, match="line 1: no heading"):
        stage.sent("A quiet text, again.")
    path.unlink()
    with pytest.raises(Misconfigured, match="cannot be read"):
        stage.sent("A quiet text, once more.")


# -- lists ------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("kind", "value", "key"),
    [
        ("word", "KETTLE", "word"),
        ("domain", "https://www.shop.example/x", "domain"),
        ("address", "Ada@Example.org", "address"),
        ("prefix", "192.0.2.0/24", "network"),
    ],
)
def test_each_kind_on_each_list_holds_or_files(stage: Stage, kind: str, value: str, key: str) -> None:
    browser = stage.known_browser()
    text = "A kettle, see [this](https://a.shop.example/y)."

    held = lists.add(stage.ctx, "command line", "moderation", kind, value)
    one = stage.sent(text, browser=browser).comment
    lists.remove(stage.ctx, "command line", held.listing.id)
    lists.add(stage.ctx, "command line", "disallowed", kind, value)
    other = stage.sent(f"Again. {text}", browser=browser).comment

    assert (one.state, keys(one)) == ("pending", [f"held-{key}"])
    assert (other.state, keys(other)) == ("spam", [f"disallowed-{key}"])
    assert "example.org" not in one.reasons[0].sentence


def test_an_entry_holds_until_its_day_and_is_then_forgotten(stage: Stage) -> None:
    browser = stage.known_browser()
    lists.add(stage.ctx, "command line", "moderation", "word", "kettle", days=1)

    assert stage.sent("A kettle.", browser=browser).comment.state == "pending"
    stage.clock.pass_(days=1)
    assert stage.sent("Another kettle.", browser=browser).comment.state == "approved"
    assert lists.show(stage.ctx, "command line") == []
    assert retention.purge(stage.ctx, "service").listings == 1


def test_addresses_and_networks_stand_nowhere_in_clear(stage: Stage) -> None:
    for kind, value in (("address", "zelda@example.org"), ("prefix", "203.0.113.77")):
        lists.add(stage.ctx, "command line", "moderation", kind, value)

    stage.store.checkpoint()

    everything = b"".join(path.read_bytes() for path in stage.runtime.var.glob("store.db*"))
    assert b"zelda" not in everything
    assert b"203.0.113" not in everything
    words = [entry.words for entry in lists.show(stage.ctx, "command line")]
    assert words == ["an e-mail address", "a network"]


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("word", "ab"),
        ("word", " \u200b \u200b \u200b "),
        ("word", ""),
        ("domain", ""),
        ("address", ""),
        ("prefix", ""),
        ("word", "x" * 101),
        ("domain", "nodot"),
        ("domain", "a@b.example"),
        ("address", "nobody"),
        ("prefix", "192.0.0.0/8"),
        ("prefix", "2001:db8::/32"),
        ("prefix", "my neighbour"),
        ("colour", "red"),
    ],
)
def test_what_cannot_be_on_a_list_is_refused_with_a_sentence(stage: Stage, kind: str, value: str) -> None:
    with pytest.raises(Invalid, match=r"\w+"):
        lists.add(stage.ctx, "command line", "moderation", kind, value)


def test_lists_are_for_administrators_and_every_change_is_in_the_record(stage: Stage) -> None:
    boss, moderator = stage.account("Boss", "administrator"), stage.account("Marta")

    with pytest.raises(NotAllowed):
        lists.add(stage.ctx, moderator, "moderation", "word", "kettle")
    added = lists.add(stage.ctx, boss, "moderation", "word", "kettle")
    lists.remove(stage.ctx, boss, added.listing.id)
    with pytest.raises(NotFound):
        lists.remove(stage.ctx, boss, added.listing.id)

    record = [(row.actor, row.action, row.detail.get("what")) for row in stage.store.list_audit(limit=2)]
    assert record == [("Boss", "list remove", "kettle"), ("Boss", "list add", "kettle")]


# -- the same words ---------------------------------------------------------------------------------------------------
def test_the_same_words_under_another_article_wait(stage: Stage) -> None:
    browser = stage.known_browser()
    stage.sent(LONG, browser=browser)

    again = stage.sent(f"  {LONG.upper()} ", thread="fees", name="Someone", email="b@example.org", ip="198.51.100.1")

    assert keys(again.comment) == ["first", "said-before"]
    assert "another comment" in again.comment.reasons[1].sentence


@pytest.mark.parametrize("way", ["edit", "accept_edit", "undo"])
def test_the_words_that_stand_there_now_are_looked_for(stage: Stage, way: str) -> None:
    first = "The first text that stood here, long enough to be looked for on the whole site."
    sent = stage.sent(first)
    number = sent.comment.id
    moderate.approve(stage.ctx, "command line", number)
    if way == "accept_edit":
        mine.edit(stage.ctx, sent.waiting, LONG, stage.store.get_comment(number).version)
        moderate.accept_edit(stage.ctx, "command line", number)
    else:
        moderate.edit(stage.ctx, "command line", number, LONG, reason="Shorter.")
    if way == "undo":
        moderate.undo(stage.ctx, "command line", number)

    again = {
        text: stage.sent(text, name="Bo", email="bo@example.org", thread="fees", ip="203.0.113.5").comment
        for text in (first, LONG)
    }

    assert ["said-before" in keys(comment) for comment in again.values()] == [way == "undo", way != "undo"]


def test_words_that_were_spam_are_named_so_and_short_thanks_are_not(stage: Stage) -> None:
    browser = stage.known_browser()
    moderate.spam(stage.ctx, stage.account(), stage.sent(LONG).comment.id)
    stage.sent("Thank you!", browser=browser)

    assert "filed under spam" in stage.sent(LONG, thread="fees", browser=browser).comment.reasons[0].sentence
    assert stage.sent("Thank you!", thread="fees", browser=browser).comment.state == "approved"


# -- the brake --------------------------------------------------------------------------------------------------------
def flood(stage: Stage, browser: str, count: int) -> list[Comment]:
    return [stage.sent(f"Number {n} of many.", browser=browser, pause=16).comment for n in range(count)]


def test_a_flood_holds_everybody_until_it_is_quiet_again(stage: Stage) -> None:
    stage.set_site(hold="none", brake_comments=5, brake_minutes=10, brake_quiet_minutes=30)
    browser = stage.known_browser()

    came = flood(stage, browser, 6)

    assert [each.state for each in came] == ["approved"] * 3 + ["pending"] * 3
    assert keys(came[-1]) == ["brake"]
    state = brake.look(stage.ctx)
    assert (state.braked, state.why) == (came[3].created, "5 comments came within 10 minutes.")
    stage.clock.pass_(minutes=29)
    assert brake.look(stage.ctx).braked
    stage.clock.pass_(minutes=4)
    assert brake.look(stage.ctx).braked is None
    assert stage.sent("Quiet again.", browser=browser).comment.state == "approved"
    acts = [row.action for row in reversed(stage.store.list_audit()) if row.action.startswith("brake")]
    assert acts == ["brake on", "brake off"]


def test_a_flood_from_many_networks_and_addresses_is_one_flood(stage: Stage) -> None:
    """Lessons B4: twikoo#204, spam from pools of addresses."""
    stage.set_site(hold="none", brake_comments=5)
    browser = stage.known_browser()
    for number in range(5):
        stage.sent(f"Number {number} of many.", email=f"a{number}@example.org", ip=f"198.51.{number}.1")

    assert keys(stage.sent("From somebody known.", browser=browser).comment) == ["brake"]


def test_the_next_comment_after_a_quiet_time_releases_the_brake_by_itself(stage: Stage) -> None:
    stage.set_site(hold="none", brake_comments=5)
    browser = stage.known_browser()
    flood(stage, browser, 6)
    stage.clock.pass_(minutes=45)

    assert stage.sent("Quiet again.", browser=browser).comment.state == "approved"


def test_the_brake_outlives_a_restart_and_never_refuses(stage: Stage) -> None:
    stage.set_site(hold="none", brake_comments=3)
    browser = stage.known_browser()
    flood(stage, browser, 3)
    stage.ctx = replace(stage.ctx, guard=type(stage.ctx.guard)())

    assert keys(stage.sent("After a restart.", browser=browser, pause=16).comment) == ["brake"]


def test_without_a_number_there_is_no_brake(stage: Stage) -> None:
    stage.set_site(hold="none", brake_comments=0)

    assert {each.state for each in flood(stage, stage.known_browser(), 8)} == {"approved"}


# -- cost -------------------------------------------------------------------------------------------------------------
def test_with_nothing_set_a_comment_costs_the_guard_one_statement(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = stage.known_browser()
    stage.sent("Before.", browser=browser)
    asked: list[str] = []
    for verb in ("get_guard", "list_listings", "count_by_span", "count_tokens", "list_said"):
        real = getattr(stage.store, verb)
        monkeypatch.setattr(
            stage.store, verb, lambda *a, _real=real, _verb=verb, **k: asked.append(_verb) or _real(*a, **k)
        )
    stage.set_site(flood_seconds=0)
    stage.sent("Warm.", browser=browser)
    asked.clear()

    stage.sent(LONG, browser=browser, pause=0.5)
    stage.sent("Short.", browser=browser, pause=0.5)

    assert asked == ["list_said"]

"""WordPress's rules of moderation with their constants, or how ours differ and why (wordpress-rules.md)."""

import re
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from comments.actions import moderate
from comments.checks import shape
from comments.errors import Repeated, TooFast
from comments.manifest import Site
from tests.service.actions.stage import Stage

DEFAULTS = Site("Notes", "https://notes.example.org", "UTC", "en")
# What browsers and password managers look for in a field's name, id and label (Chromium's own patterns, shortened).
AUTOFILLED = re.compile(
    "name|first|last|mail|phone|tel|mobile|address|street|city|town|zip|post|state|country|company|organi[sz]ation"
    "|web|url|site|home|user|login|pass|card|cvc|birth|date|title|sex|gender|honey|hp|bot",
    re.IGNORECASE,
)


def keys(stage: Stage, text: str, **values: str) -> list[str]:
    return [reason.key for reason in stage.sent(text, **values).comment.reasons]


def test_the_defaults_are_wordpresss() -> None:
    """``require_name_email`` 1, ``comment_max_links`` 2, flood 15 s, both lists empty, first comment held."""
    assert DEFAULTS.require_name_email
    assert DEFAULTS.max_links == 2
    assert DEFAULTS.flood_seconds == 15
    assert (DEFAULTS.held_words, DEFAULTS.disallowed_words) == ((), ())
    assert DEFAULTS.hold == "first"  # comment_previously_approved 1, comment_moderation 0


def test_the_lengths_are_wordpresss_in_bytes_but_the_comments_own_is_in_characters_and_shorter() -> None:
    """65,525 bytes would render for seconds in hostile cases; 10,000 characters do not (security.md, 1)."""
    assert (shape.NAME_LIMIT, shape.EMAIL_LIMIT, shape.WEBSITE_LIMIT) == (245, 100, 200)
    assert shape.COMMENT_LIMIT == 10_000


def test_the_same_words_twice_are_refused_but_not_after_the_bin(stage: Stage) -> None:
    first = stage.sent("A thing worth saying.").comment
    with pytest.raises(Repeated):
        stage.sent("A thing worth saying.")

    moderate.trash(stage.ctx, "command line", first.id)

    assert stage.sent("A thing worth saying.").comment.id > first.id


@pytest.mark.parametrize(("pause", "taken"), [(14.9, False), (15, True)])
def test_fifteen_seconds_lie_between_two_comments_of_a_network(stage: Stage, pause: float, taken: bool) -> None:
    stage.sent("The first.")
    if taken:
        assert stage.sent("The second.", pause=pause, email="b@example.org")
    else:
        with pytest.raises(TooFast):
            stage.sent("The second.", pause=pause, email="b@example.org")


def test_a_person_is_slowed_down_on_another_network_too(stage: Stage) -> None:
    stage.sent("The first.")

    with pytest.raises(TooFast):
        stage.sent("The second.", pause=5, ip="198.51.100.9")


def test_two_links_wait(stage: Stage) -> None:
    browser = stage.known_browser()

    assert keys(stage, "https://a.example", browser=browser) == []
    assert keys(stage, "https://a.example https://b.example", browser=browser) == ["links"]


def test_words_of_the_lists_are_found_anywhere_in_any_case(stage: Stage) -> None:
    """“press” fits “WordPress”, as its option page warns. Ours looks at no agent: none is kept."""
    stage.set_site(held_words=("press",))

    assert "held-word" in keys(stage, "I moved here from WordPress.")


def test_the_disallowed_list_files_under_spam_not_in_the_bin(stage: Stage) -> None:
    """WordPress bins it; ours is read by nobody either, but is found where spam is looked for, and undone there."""
    assert stage.sent("A casino.").comment.state == "spam"


def test_a_pair_of_name_and_address_makes_nobody_known(stage: Stage) -> None:
    """WordPress waves through whoever types an approved pair. Ours asks for the browser or the proven mailbox."""
    stage.known_browser()

    assert keys(stage, "I typed the same pair.") == ["stranger"]


def test_the_trap_is_a_field_that_no_browser_fills_in_by_itself() -> None:
    """lemmy#2595, django-honeypot#37, craft-express-forms#51, localwiki#169, newww#694: traps that caught people."""
    source = Path("theme/templates/comments/_form.html").read_text("utf-8")
    form = LexborHTMLParser(re.sub(r"{%.*?%}|{{ _\(\"([^\"]*)\"\) }}|{{.*?}}", r"\1", source, flags=re.DOTALL))
    trap = form.css_first(f"input[name={shape.TRAP}]")
    assert trap is not None
    assert trap.parent is not None

    assert not AUTOFILLED.search(shape.TRAP)
    assert trap.attributes.get("id") is None
    assert trap.attributes["type"] == "text"
    assert (trap.attributes["autocomplete"], trap.attributes["tabindex"]) == ("off", "-1")
    assert trap.attributes.get("value") is None
    # Whoever meets it all the same, without styles or with a screen reader, is told what to do.
    assert trap.parent.text().strip() == "Leave this empty"
    box = trap.parent.parent
    assert box is not None
    assert (box.attributes["class"], box.attributes["aria-hidden"]) == ("hidden", "true")


def test_a_tripped_trap_files_and_never_deletes(stage: Stage) -> None:
    sent = stage.sent("A person whose browser was too helpful.", trapped=True).comment

    assert (sent.state, [reason.key for reason in sent.reasons]) == ("spam", ["trap"])
    assert moderate.restore(stage.ctx, "command line", sent.id).comment.state == "pending"

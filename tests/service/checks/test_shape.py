from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comments.checks import shape
from comments.errors import Invalid
from comments.manifest import Site
from comments.model import Comment, Draft, State

SITE = Site("Practice Notes", "https://notes.example.org", "UTC", "en")
DRAFT = Draft("silence", "A quiet text.", "Ada Specimen", "ada@example.org")


def checked(**values: object) -> Draft:
    return shape.check(replace(DRAFT, **values), SITE, None)  # type: ignore[arg-type]  # any field


def wrong(site: Site = SITE, **values: object) -> dict[str, str]:
    with pytest.raises(Invalid) as refused:
        shape.check(replace(DRAFT, **values), site, None)  # type: ignore[arg-type]  # any field
    return refused.value.fields


def parent(state: State = "approved", thread: str = "silence") -> Comment:
    moment = datetime(2026, 3, 14, tzinfo=UTC)
    return Comment(
        id=7,
        thread=thread,
        parent=None,
        person=None,
        account=None,
        name="",
        website="",
        source="",
        html="",
        markup=1,
        state=state,
        reasons=(),
        created=moment,
        approved=None,
        edited=None,
        version=1,
    )


def test_a_good_draft_passes_as_it_is() -> None:
    assert checked() == DRAFT


def test_every_missing_field_is_named_in_the_forms_order() -> None:
    assert list(wrong(email="", name=" ", comment="\n")) == ["comment", "name", "email"]


def test_where_name_and_address_are_not_required_only_the_text_is() -> None:
    free = replace(SITE, require_name_email=False)

    assert shape.check(replace(DRAFT, name="", email=""), free, None).name == "Anonymous"
    assert list(wrong(free, name="", email="", comment="")) == ["comment"]
    assert list(wrong(free, email="nowhere")) == ["email"]


@pytest.mark.parametrize(
    ("field", "longest"),
    [
        ("comment", "x" * 10_000),
        ("comment", "é" * 10_000),
        ("name", "x" * 245),
        ("email", "x" * 60 + "@" + "y" * 35 + ".org"),
        ("website", "https://example.org/" + "x" * 180),
    ],
)
def test_the_longest_of_each_passes_and_one_more_is_refused_not_cut(field: str, longest: str) -> None:
    assert getattr(checked(**{field: longest}), field) == longest
    assert list(wrong(**{field: longest + "x"})) == [field]


def test_names_and_addresses_are_measured_in_bytes() -> None:
    assert "name" in wrong(name="é" * 123)
    assert "website" in wrong(website="https://example.org/" + "é" * 91)


def test_the_setting_can_only_lower_the_limit() -> None:
    assert list(wrong(replace(SITE, comment_limit=20), comment="x" * 21)) == ["comment"]
    assert "10000" in wrong(replace(SITE, comment_limit=20_000), comment="x" * 10_001)["comment"]


@pytest.mark.parametrize(
    "name",
    [
        "Ada\r\nBcc: x@example.org",
        "Ada\nSpecimen",
        "Ada\x00",
        "Ada\x0bx",
        "Ada\x85x",
        "Ada\u2028x",
        "Ada\u2029x",
        "=?UTF-8?Q?=0A?=Bcc: x@example.org",
        "x =?utf-8?b?eA==?=",
        "=\u200b?utf-8?q?x?=",
        "\x1b[31mAda",
        "Ada\ud800",
    ],
)
def test_a_name_that_could_break_a_mail_header_is_refused(name: str) -> None:
    assert list(wrong(name=name)) == ["name"]


@pytest.mark.parametrize("name", ["\u200b", "\u2060\u200d", "\u202e", "\u0301", "\u3164"])
def test_a_name_that_shows_nothing_is_none(name: str) -> None:
    assert list(wrong(name=name)) == ["name"]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Ada   Specimen ", "Ada Specimen"),
        ("\u202eadA", "adA"),
        ("Cafe\u0301", "Café"),
        ("李四", "李四"),
        ("🌿", "🌿"),
    ],
)
def test_names_are_tidied_not_judged(typed: str, kept: str) -> None:
    assert checked(name=typed).name == kept


@pytest.mark.parametrize(
    "email",
    [
        "ada",
        "ada@",
        "@example.org",
        "ada@example",
        "ada@exam ple.org",
        "ada@example.org, b@example.org",
        "Ada <ada@example.org>",
        "ada@example.org\r\nBcc: b@example.org",
        "a" * 65 + "@example.org",
        "ada@-x.org",
        "ada@[192.0.2.1]",
        '"ada lovelace"@example.org',
        "ada..b@example.org",
        "ada@example.org\x00",
        "ädä@example.org",
        "=?utf-8?q?a?=@example.org",
        "ada@localhost",
        "ada@\ud800.org",
    ],
)
def test_what_is_no_address_is_refused(email: str) -> None:
    assert list(wrong(email=email)) == ["email"]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" ada@example.org ", "ada@example.org"),
        ("Ada.Spec+notes@Example.ORG", "Ada.Spec+notes@example.org"),
        ("ada@bücher.example.org", "ada@bücher.example.org"),
        ("o'neil@example.org", "o'neil@example.org"),
    ],
)
def test_addresses_keep_what_their_owner_typed(typed: str, kept: str) -> None:
    assert checked(email=typed).email == kept


def test_a_missing_sign_is_named() -> None:
    assert wrong(email="ada.example.org")["email"] == "This address has no “@”. Write it like name@example.org."


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("", ""),
        ("example.org", "https://example.org"),
        ("www.example.org/a?b=c#d", "https://www.example.org/a?b=c#d"),
        ("example.org:8443/x", "https://example.org:8443/x"),
        (" http://example.org ", "http://example.org"),
        ("HTTPS://Example.org/", "HTTPS://Example.org/"),
        ("https://bücher.example/ä", "https://bücher.example/ä"),
    ],
)
def test_websites_may_lack_their_scheme(typed: str, kept: str) -> None:
    assert checked(website=typed).website == kept


@pytest.mark.parametrize(
    "website",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)//example.org",
        "data:text/html,x",
        "ftp://example.org",
        "//evil.example",
        "https://",
        "https://localhost",
        "nothing",
        "https://user@example.org",
        "https://user:pass@example.org",
        "https://example.org/a b",
        "https://exa\u200bmple.org",
        "https://exam\tple.org",
        'https://example.org/"onmouseover=x',
        "https://example.org/<b>",
        "https://example.org\\@evil.example",
        "java\u200bscript:x.y",
        "https://example.org:99999",
        "https://[::1",
        "mailto:ada@example.org",
        "https://.",
        "https://example.org/\ud800",
        "https://example.org/'x",
    ],
)
def test_what_is_no_web_address_is_refused(website: str) -> None:
    assert list(wrong(website=website)) == ["website"]


def test_line_ends_around_a_website_are_only_space() -> None:
    assert checked(website="https://example.org/\n").website == "https://example.org/"


def test_half_a_character_is_refused_everywhere() -> None:
    assert list(wrong(comment="\ud800", name="\ud800", email="\ud800", website="\ud800")) == [
        "comment",
        "name",
        "email",
        "website",
    ]


def test_a_reply_needs_a_published_parent_in_the_thread() -> None:
    answer = replace(DRAFT, parent=7)

    assert shape.check(answer, SITE, parent()) == answer
    for other in (None, parent("pending"), parent("spam"), parent("trash"), parent(thread="fees")):
        with pytest.raises(Invalid) as refused:
            shape.check(answer, SITE, other)
        assert list(refused.value.fields) == ["parent"]


def test_a_form_is_read_as_typed() -> None:
    fields = {"comment": " x ", "name": "Ada", "email": "a@example.org", "parent": "7", "leave_empty": "spam!"}

    assert shape.read("silence", fields) == Draft("silence", " x ", "Ada", "a@example.org", parent=7, trapped=True)
    assert shape.read("silence", {}) == Draft("silence", "", "")


@pytest.mark.parametrize("parent_field", ["x", "-1", "1.5", "٣", "9" * 16, "1 OR 1"])
def test_a_parent_that_is_no_number_is_refused(parent_field: str) -> None:
    with pytest.raises(Invalid) as refused:
        shape.read("silence", {"parent": parent_field})
    assert list(refused.value.fields) == ["parent"]


@given(st.text(max_size=300), st.text(max_size=300), st.text(max_size=120), st.text(max_size=220))
def test_whatever_is_typed_is_taken_within_the_limits_or_refused_by_field(
    comment: str, name: str, email: str, website: str
) -> None:
    draft, fields = outcome(Draft("silence", comment, name, email, website))

    assert set(fields) <= {"comment", "name", "email", "website"}
    assert all(fields.values())
    if draft:
        assert "\n" not in draft.name + draft.email + draft.website
        assert outcome(draft) == (draft, {})


def outcome(draft: Draft) -> tuple[Draft | None, dict[str, str]]:
    try:
        return shape.check(draft, SITE, None), {}
    except Invalid as refused:
        return None, refused.fields


@given(st.text(max_size=120))
def test_a_name_taken_never_holds_what_a_header_must_not(name: str) -> None:
    try:
        taken = checked(name=name).name
    except Invalid:
        return
    assert not set(taken) & set("\r\n\0\x0b\x0c\x85\u2028\u2029")
    assert "=?" not in taken


@pytest.mark.parametrize(
    ("email", "sentence"),
    [
        ("ada@example.org, olu@example.org", "An address has no comma."),
        ("ada lovelace@example.org", "An address has no spaces."),
        ("Ada <ada@example.org>", "Write the address alone, without the name"),
        ("<ada@example.org>", "Write the address alone, without the name"),
    ],
)
def test_the_common_slips_in_an_address_are_named(email: str, sentence: str) -> None:
    assert wrong(email=email)["email"].startswith(sentence)


def test_a_text_that_only_grew_by_what_nobody_sees_still_fits() -> None:
    assert checked(comment="a\u200b" * 9_999).comment == "a" * 9_999

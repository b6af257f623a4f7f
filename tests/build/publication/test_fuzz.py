"""No file, however spoilt, ends in anything but a problem."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from publication import schema
from tests.build.publication.desk import Desk

QUIET = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
KEYS = sorted({*schema.ARTICLE, *schema.RESOURCE, "src", "alt", "name", "part", "on", "by", "family", "type"})
SIGNS = st.sampled_from([*":{}[],&*#?|-<>=!%@`\"'\\\n\t \r\0", "---", "\n---\n", "- ", ": ", "\ufeff", "\u2028"])
WORDS = st.one_of(
    st.sampled_from([*KEYS, "published", "draft", "no", "2026-03-14 09:30", "2026-02-30", "media/drawing.svg"]),
    st.sampled_from(["[consent]", "{on: 2026-01-01, by: x}", "id:x", "![](", "](", "[^1]", "<!--", "12 months", "en"]),
    st.text(max_size=8),
)
SPOILT = st.lists(st.one_of(SIGNS, WORDS), max_size=60).map("".join)
FRONT = st.dictionaries(st.sampled_from(KEYS), WORDS, max_size=12).map(
    lambda front: "---\n" + "".join(f"{key}: {value}\n" for key, value in front.items()) + "---\n"
)
FILES = ("articles/2026/x.md", "pages/x.md", "resources/x.md", "authors/x.yml", "topics.yml", "addresses.yml")


def look_at(desk: Desk, name: str, text: str | bytes) -> None:
    raw = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    path = desk.write(name, raw)

    publication = desk.load(record=False)

    for problem in publication.problems:
        assert problem.file.startswith("content/")
        assert problem.line >= 1
        assert problem.what
        assert problem.cure
        assert "\x1b" not in str(problem)
        assert "\0" not in str(problem)
    assert publication.problems or (publication.find("x") or publication.hidden or "x.md" not in name)
    path.unlink()


@given(raw=st.binary(max_size=400), name=st.sampled_from(FILES))
@settings(max_examples=150, deadline=None, suppress_health_check=QUIET)
def test_random_bytes(desk: Desk, raw: bytes, name: str) -> None:
    look_at(desk, name, raw)


@given(front=st.one_of(FRONT, SPOILT), body=SPOILT, name=st.sampled_from(FILES))
@settings(max_examples=250, deadline=None, suppress_health_check=QUIET)
def test_nearly_right_files(desk: Desk, front: str, body: str, name: str) -> None:
    look_at(desk, name, front + body)


@pytest.mark.long
@given(front=st.one_of(FRONT, SPOILT), body=SPOILT, name=st.sampled_from(FILES))
@settings(max_examples=8_000, deadline=None, suppress_health_check=QUIET)
def test_very_many_nearly_right_files(desk: Desk, front: str, body: str, name: str) -> None:
    look_at(desk, name, front + body)

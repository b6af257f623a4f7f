"""Markdown as words."""

import pytest

from publication.plain import plain


@pytest.mark.parametrize(
    ("markdown", "words"),
    [
        ("## Heading\n\nA *word* and __two__ in `code`.", "Heading A word and two in code."),
        ('![Alt](media/x.svg "Caption") [a](https://x.y) <https://z.org>', "Alt Caption a https://z.org"),
        ("Text.[^1]\n\n[^1]: A *note*.", "Text. A note."),
        ("| A | B |\n|---|---|\n| 1 | 2 |", "A B 1 2"),
        ("- one\n- two\n1. three\n> four", "one two three four"),
        ("a <b>bold</b> <!-- gone --> word\\* snake_case", "a bold word* snake_case"),
        ("Table: Caption\n\n[r]: https://x.y\n[a][r]", "Caption a"),
        ("```py\nx = 1\n```", "x = 1"),
    ],
)
def test_markdown_becomes_words(markdown: str, words: str) -> None:
    assert plain(markdown) == words

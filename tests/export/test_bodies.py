"""Texts as HTML that stands on its own, and that WordPress and the way back leave as it is."""

from collections.abc import Callable

from tests.export.conftest import House
from tests.export.test_elsewhere import CONTENT, texts, words

FRONT = """---
id: everything
title: "Everything <b> & [gallery]"
summary: All there is.
authors: [mara-example]
topics: [ethics]
tags: [Odd & ends]
date: 2026-03-01 09:30
status: published
---

"""
BODY = """A first line
with a break.{two}
And *emphasis*, **strong**, `code [caption]`,
[a link](https://example.org/?a=1&b=2), [ours](id:silence-in-text#respond).

## A heading

- one
    - deeper
- two

    a second paragraph

1. first
2. second

> Quoted
>
> twice

| Left | Right |
|---|---|
| a | b |

```python
if a < b:

    print("[gallery]")
```

A claim.[^1] Another.[^two]

![](media/silence.png){.decorative}

![Words](media/silence.png "A caption & more")

<details><summary>More</summary><p>Hidden <sub>words</sub>.</p></details>

* * *

<script>alert(1)</script>

[gallery ids="1"] stays as typed.

[^1]: A note with *emphasis* and [a link](https://example.org/).
[^two]: Two.
"""


def test_a_text_with_everything_keeps_its_form_and_has_nothing_that_runs(
    houses: Callable[..., House],
) -> None:
    full = houses(small=True)
    (full.content / "articles/2026/everything.md").write_text(FRONT + BODY.replace("{two}", "  "), encoding="utf-8")
    first = full.write("wordpress", "first.xml")
    item = texts(first)["http://localhost:8000/2026/everything/"]
    html = item.findtext(CONTENT) or ""

    assert item.findtext("title") == "Everything &lt;b&gt; &amp; [gallery]"
    for part in (
        "<p>A first line with a break.<br>And <em>emphasis</em>, <strong>strong</strong>,",
        "<code>code &#91;caption]</code>",
        '<a href="https://example.org/?a=1&amp;b=2">a link</a>',
        'href="http://localhost:8000/2026/silence-in-text/#respond"',
        "<h2>A heading</h2>",
        '<pre><code>if a &lt; b:\n\n    print("&#91;gallery]")\n</code></pre>',
        "<th>Left</th>",
        '<img alt="" src="http://localhost:8000/media/silence.png">',
        "<figcaption>A caption &amp; more</figcaption>",
        "<sub>words</sub>",
        "<!-- wp:footnotes /-->",
    ):
        assert part in html, part
    assert "script" not in html
    assert "decorative" not in html
    assert "[gallery" not in html

    there, further = houses(texts=False), houses(texts=False)
    told = there.bring(first, media=full.content / "media")
    second = there.write("wordpress", "second.xml")
    further.bring(second, media=there.content / "media")
    assert further.write("wordpress", "third.xml").read_bytes() == second.read_bytes()
    again = texts(second)["http://localhost:8000/2026/everything/"]
    assert words(again) == words(item)
    assert not [entry for entry in told.ledger.entries if any(one.kind == "shortcode" for one in entry.findings)]

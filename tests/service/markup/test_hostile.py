"""Every hostile comment, name and website is harmless, in the tree and in a browser, and quick to render."""

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser

from comments import markup
from tests.service.markup.hostile import COMMENTS, NAMES, SHAPES, WEBSITES
from tests.service.markup.policy import breaches

ANYTHING = st.lists(st.one_of(st.sampled_from([*COMMENTS, *NAMES, *WEBSITES]), st.text(max_size=40)), max_size=6)
LIMIT = 10_000


def test_the_corpus_is_large_enough() -> None:
    assert len(set(COMMENTS)) >= 200


@pytest.mark.parametrize("source", COMMENTS, ids=range(len(COMMENTS)))
def test_a_hostile_comment_becomes_harmless_html(source: str) -> None:
    html = markup.render(source)

    assert breaches(html) == []
    assert markup.sanitise(html) == html


@pytest.mark.parametrize("source", COMMENTS, ids=range(len(COMMENTS)))
def test_hostile_html_from_elsewhere_becomes_harmless(source: str) -> None:
    assert breaches(markup.sanitise(source)) == []


@given(ANYTHING)
@settings(max_examples=150, deadline=None)
def test_whatever_is_put_together_of_them_is_harmless_too(pieces: list[str]) -> None:
    for joint in ("", "\n", "\n\n"):
        source = joint.join(pieces)

        assert breaches(markup.render(source)) == []
        assert breaches(markup.sanitise(source)) == []
        assert markup.normalise(markup.normalise(source)) == markup.normalise(source)


@pytest.mark.parametrize("website", WEBSITES)
def test_only_addresses_of_the_open_web_are_addresses(website: str) -> None:
    bad = ("@", "\\", "javascript", "<", '"')

    assert not markup.is_address(website) or not any(sign in website.removeprefix("mailto:x@") for sign in bad)


def seconds(source: str) -> float:
    start = time.thread_time()  # of this thread alone: other tests run beside it
    markup.render(source)
    return time.thread_time() - start


@pytest.mark.parametrize("shape", SHAPES)
def test_the_longest_text_of_any_shape_renders_in_less_than_a_second(shape: str) -> None:
    repeated = (shape * LIMIT)[:LIMIT]
    mirrored = (shape * LIMIT)[: LIMIT // 2] + (shape[::-1] * LIMIT)[: LIMIT // 2]

    assert max(seconds(repeated), seconds(mirrored)) < 1


@pytest.mark.parametrize(
    "source",
    [
        "".join("`" * n + "a" for n in range(150)),
        "\n".join(" " * n + "- a" for n in range(150)),
        "\n".join(">" * n + " a" for n in range(150)),
        "[a](http://b.c/" + "(" * 5000 + ")" * 4900,
        "*" * 5000 + "a" + "*" * 4900,
        "http://a.b/" + "(" * 5000 + ")" * 4900,
        "\n".join(COMMENTS),
    ],
    ids=range(7),
)
def test_so_do_texts_that_grow(source: str) -> None:
    assert seconds(source[:LIMIT]) < 1


@pytest.mark.browser
def test_nothing_runs_and_nothing_is_fetched_in_a_browser(chromium: Browser, tmp_path: Path) -> None:
    comments = "\n".join(f"<section>{markup.render(source)}</section>" for source in COMMENTS)
    imported = "\n".join(f"<section>{markup.sanitise(source)}</section>" for source in COMMENTS)
    file = tmp_path / "page.html"
    file.write_text(f"<!doctype html><meta charset=utf-8><title>x</title>{comments}{imported}", encoding="utf-8")
    page = chromium.new_page()
    happened: list[str] = []
    page.on("dialog", lambda dialog: (happened.append(dialog.message), dialog.dismiss()))
    page.on("request", lambda request: happened.append(request.url))

    page.goto(file.as_uri())
    page.evaluate("for (const node of document.querySelectorAll('body *')) node.dispatchEvent(new Event('click'))")

    assert happened == [file.as_uri()]
    assert page.evaluate("window.ran") is None
    assert page.locator("body > section").count() == 2 * len(COMMENTS)
    page.close()

"""YAML as text with lines."""

import pytest

from publication.nodes import Listing, Mapping, Scalar, parse
from publication.problems import Problems


def read(source: str) -> tuple[Mapping | None, list[str]]:
    problems = Problems("f")
    return parse(source, 1, problems), [str(problem) for problem in problems.found]


def values(source: str) -> dict[str, object]:
    tree, problems = read(source)
    assert not problems
    assert tree
    return {key.value: node.value if isinstance(node, Scalar) else node for key, node in tree.entries}


@pytest.mark.parametrize(
    "word", ["no", "yes", "9:30", "2026-03-14", "0x1F", "1e3", "~", "null", "007", ".inf", "=", "<<"]
)
def test_every_scalar_stays_as_it_was_typed(word: str) -> None:
    assert values(f"key: {word}") == {"key": word}


def test_lines_are_those_of_the_file() -> None:
    tree, _ = read("a: 1\n\n# remark\nb:\n  - x\n  - y\n")

    assert tree
    (_, first), (_, second) = tree.entries
    assert first.line == 1
    assert isinstance(second, Listing)
    assert [item.line for item in second.items] == [5, 6]


def test_an_unquoted_colon_is_answered_with_the_line_to_type() -> None:
    tree, problems = read("title: Grief: a field guide\nid: x")

    assert problems == [
        "f:1: A text with a colon and a space in it needs quotation marks. "
        'Put the title in quotation marks: title: "Grief: a field guide"'
    ]
    assert tree
    assert [key.value for key, _ in tree.entries] == ["title", "id"]


def test_several_unquoted_texts_are_all_named_in_one_run() -> None:
    _, problems = read("title: One: two\nsummary: Three: four\nother: *five*\n")

    assert [problem[:4] for problem in problems] == ["f:1:", "f:2:", "f:3:"]


@pytest.mark.parametrize(
    "value", ["*bold*", "&c", "!important", "@home", "`code`", "%d", '"A" or B', "- dash", "? what"]
)
def test_a_text_that_begins_with_a_sign_needs_quotation_marks(value: str) -> None:
    _, problems = read(f"title: {value}\n")

    assert len(problems) == 1
    assert "Put the title in quotation marks" in problems[0]


def test_anchors_and_aliases_are_refused() -> None:
    _, problems = read("a: &x b\nc: *x\n")

    assert [problem.partition(".")[0] for problem in problems] == [
        "f:1: YAML reads a special meaning into the sign &",
        "f:2: YAML reads a special meaning into the sign *",
    ]


def test_a_doubled_key_is_an_error_that_names_the_first() -> None:
    _, problems = read("a: 1\nb: 2\na: 3\n")

    assert problems == ["f:3: “a” is here twice, first in line 1. Delete one of the two lines."]


def test_what_yaml_takes_for_a_remark_is_kept_aside() -> None:
    tree, _ = read("title: Notes #3\nother: 'x' # remark")

    assert tree
    assert [(node.value, node.lost) for _, node in tree.entries if isinstance(node, Scalar)] == [
        ("Notes", "#3"),
        ("x", ""),
    ]


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("a: [b, c\nd: e", "A bracket that opens here is not closed"),
        ("\ta: b", "The line begins with a tab"),
        ("a: b\nc\nd: e", "This line has no key"),
        ("a: b\n  c: d", "A key is not expected here"),
        ("a: b\n---\nc: d", "A second document begins here"),
        ("- a\n- b", "These are not keys and values"),
        ("", "There are no keys here"),
        ('a: "\\0"', "There is an invisible character here (U+0000)"),
        ("? [a]\n: b", "A key must be a word"),
    ],
)
def test_other_mistakes_are_said_in_words(source: str, words: str) -> None:
    _, problems = read(source)

    assert len(problems) == 1
    assert words in problems[0]


@pytest.mark.parametrize(
    "source", ["?", "- ?", "---", "...", "a: b\n...", "%YAML 1.1", "%YAML 9.9\n---\na: b", ":", "-", "|"]
)
def test_what_is_hardly_yaml_is_a_problem_and_no_traceback(source: str) -> None:
    tree, problems = read(source)

    assert tree or problems


@pytest.mark.parametrize("source", ["[" * 50_000, "a: " + "{" * 50_000, "- " * 50_000, "a: &x [" * 3000])
def test_deep_nesting_is_refused_at_once(source: str) -> None:
    _, problems = read(source)

    assert len(problems) == 1

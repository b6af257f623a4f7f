"""Putting HTML between markers, by offset."""

import pytest

from comments.thread.splice import MarkerError, region, splice

PAGE = b"<a><!--count:x-->old<!--/count:x--><b><!--thread:x--><!--/thread:x--></b>"


def test_the_named_regions_are_replaced_and_all_else_stays() -> None:
    page = splice(PAGE, "x", {"thread": b"new \\1 \\g<0> $1", "count": b""})

    assert page == b"<a><!--count:x--><!--/count:x--><b><!--thread:x-->new \\1 \\g<0> $1<!--/thread:x--></b>"
    assert region(page, "thread", "x") == b"new \\1 \\g<0> $1"


def test_splicing_twice_is_splicing_once() -> None:
    regions = {"count": b"1", "thread": b"two"}

    assert splice(splice(PAGE, "x", {"thread": b"other"}), "x", regions) == splice(PAGE, "x", regions)


@pytest.mark.parametrize(
    "page",
    [
        b"",
        b"<!--count:y-->a<!--/count:y-->",
        b"<!--count:x-->a",
        b"a<!--/count:x-->",
        b"<!--/count:x-->a<!--count:x-->",
        PAGE + PAGE,
        PAGE + b"<!--/count:x-->",
    ],
)
def test_a_page_without_exactly_one_place_is_refused(page: bytes) -> None:
    with pytest.raises(MarkerError):
        splice(page, "x", {"count": b"new"})


def test_regions_that_overlap_are_refused() -> None:
    page = b"<!--count:x--><!--thread:x--><!--/count:x--><!--/thread:x-->"

    with pytest.raises(MarkerError, match="within another"):
        splice(page, "x", {"count": b"", "thread": b""})


def test_text_that_looks_like_a_marker_of_the_page_is_refused() -> None:
    with pytest.raises(MarkerError, match="holds a marker"):
        splice(PAGE, "x", {"count": b"", "thread": b"<!--/count:x-->"})

"""Pictures that stood in a text itself: small sound ones become files, of others it is said what they were."""

import base64
from io import BytesIO

import pytest
from PIL import Image

from tests.migration.conftest import Desk, Export, post


def dot() -> str:
    file = BytesIO()
    Image.new("RGB", (40, 30), "#246").save(file, "PNG")
    return base64.b64encode(file.getvalue()).decode()


def test_a_small_picture_in_a_text_becomes_a_file(desk: Desk, export: Export) -> None:
    path = export(
        *(post(number, f'Words. <img src="data:image/png;base64,{dot()}" alt="A dot" />') for number in (1, 2))
    )

    run = desk.migrate(path)

    files = list((desk.content / "media/old-site").iterdir())
    assert [file.read_bytes() for file in files] == [base64.b64decode(dot())]
    assert f"![A dot](media/old-site/{files[0].name})" in desk.text("articles/2019/text-1.md")
    assert [(entry.outcome, entry.findings) for entry in run.ledger.entries] == [("imported", [])] * 2
    assert desk.load().problems == ()
    assert {entry.outcome for entry in desk.migrate(path).ledger.entries} == {"kept"}


@pytest.mark.parametrize("data", ["AAAA", "%%%", "A" * 500_000])
def test_a_picture_in_a_text_that_is_none_is_told_as_what_it_was(desk: Desk, export: Export, data: str) -> None:
    run = desk.migrate(export(post(1, f'Words. <img src="data:image/png;base64,{data}" />')))

    (entry,) = run.ledger.entries
    assert (entry.outcome, entry.why) == ("changed", ["pictures it showed are missing"])
    assert [one.what for one in entry.findings] == [
        "a picture that stood in the text itself was left out: it is none that can be shown, or too large"
    ]
    assert "AAAA" not in desk.text("articles/2019/text-1.md")
    assert desk.load().problems == ()


def test_what_stood_in_for_a_picture_until_it_was_seen_is_passed_over(desk: Desk, export: Export) -> None:
    later = "https://old.example/wp-content/uploads/late.png"

    run = desk.migrate(
        export(post(1, f'Words. <img src="data:image/png;base64,{dot()}" data-src="{later}" alt="L" />'))
    )

    assert "late.png" in run.media.missing
    assert run.media.embedded == {}

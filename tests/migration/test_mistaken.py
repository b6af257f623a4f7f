"""A file that is no export is called what it is, with where the right one comes from."""

import gzip
import io
import zipfile
from pathlib import Path

import pytest

from migrate.problems import Unusable
from migrate.sources.kinds import kind_of
from tests.migration.conftest import HEAD


def packed(*names: str) -> bytes:
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w") as file:
        for name in names:
            file.writestr(name, "words")
    return into.getvalue()


MISTAKEN = {
    "a.pdf": (b"%PDF-1.7\n%\xe2\xe3", "a.pdf: this is a PDF, not an export."),
    "a.docx": (packed("[Content_Types].xml", "word/document.xml"), "this is a document of an office program, not"),
    "a.zip": (packed("export.xml"), "a.zip is packed (zip), so no export."),
    "a.xml.gz": (gzip.compress(HEAD.encode()), "a.xml.gz is packed (gzip), so no export."),
    "page.html": (b"\xef\xbb\xbf\n<!-- saved -->\n<!DOCTYPE html><html>", "this is a web page, not an export."),
    "log-in.xml": (b"<HTML lang=en><head>", "this is a web page, not an export."),
    "empty.xml": (b"", "empty.xml is empty."),
    "blank.xml": (b" \n\n", "blank.xml is empty."),
}


@pytest.mark.parametrize("name", MISTAKEN)
def test_what_is_no_export_is_called_what_it_is(tmp_path: Path, name: str) -> None:
    data, told = MISTAKEN[name]
    (tmp_path / name).write_bytes(data)

    with pytest.raises(Unusable) as caught:
        kind_of([tmp_path / name])

    assert told in str(caught.value)
    assert str(caught.value).endswith("In WordPress: Tools → Export → All content gives the right file.")


def test_what_wordpress_made_is_left_to_its_own_reader(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text(HEAD, encoding="utf-8")

    assert kind_of([tmp_path / "a.xml"]) is None


def test_a_file_of_nothing_but_comments_is_looked_at_in_no_time(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_bytes(b"<!---->" * 2000)

    assert kind_of([tmp_path / "a.xml"]) is None

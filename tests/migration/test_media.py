"""Files of the old site by their names there: each is found, none is taken for another."""

from pathlib import Path

from migrate.media import Media
from tests.migration.conftest import Desk, Export, post

UPLOADS = "https://old.example/wp-content/uploads"


def test_names_that_look_alike_are_names_of_different_files(tmp_path: Path) -> None:
    for name in ("A b.txt", "a-b.txt", "A-B.TXT", "é.txt", "e.txt"):
        (tmp_path / name).write_text(name)
    media = Media(tmp_path)
    for _ in range(2):
        for name in ("A%20b.txt", "a-b.txt", "A-B.TXT", "é.txt", "e.txt"):
            found = media.find(f"{UPLOADS}/{name}")
            assert found is not None
            assert media.used[found].name == name.replace("%20", " ")
    assert len(media.used) == 5
    assert len({name.casefold() for name in media.used}) == 5
    assert media.find(f"{UPLOADS}/a-B.txt") in media.used  # as hosts answer that make no difference


def test_the_export_is_no_file_of_the_site_wherever_it_lies(desk: Desk, export: Export) -> None:
    """It holds everybody's address."""
    path = export(post(1, f'<a href="{UPLOADS}/export.txt">It</a>'), name="export.txt")
    run = desk.migrate(path, media=path.parent)
    assert run.media.used == {}
    assert "export.txt" in run.media.missing
    assert not (desk.content / "media/old-site").exists()

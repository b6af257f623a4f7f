"""A small content folder that passes the check."""

from pathlib import Path

import pytest

from tests.build.publication.desk import Desk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A folder with two authors, three topics and nothing to complain about."""
    desk = Desk(tmp_path / "content")
    desk.write("authors/mara-example.yml", 'name: Mara Example\nsuffix: "MA"\nbio: Writes.\nexample: yes\n')
    desk.write("authors/luc-exemple.yml", "name: Luc Exemple\n")
    desk.write(
        "topics.yml",
        "ethics:\n  name: Ethics\nconsent:\n  name: Consent\n  parent: ethics\ncrisis:\n  name: Crisis\n",
    )
    desk.write("media/drawing.svg", "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 8 6'/>")
    return desk

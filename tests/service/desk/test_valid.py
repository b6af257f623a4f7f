"""Every page of the desk is valid HTML."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.service.desk.desk import Desk, stranger
from tests.service.desk.editors import leave, leave_everything
from tests.service.desk.test_forms import PAGES
from tests.service.web.house import ROOT, House

VNU = ROOT / "tests/validator/node_modules/vnu-jar/build/dist/vnu.jar"


@pytest.mark.validator
def test_every_page_is_valid(house: House, desk: Desk, tmp_path: Path) -> None:
    java = shutil.which("java")
    if java is None or not VNU.exists():
        pytest.skip("no Java or no validator: `python3 tasks.py test` says how to get them")
    house.waiting()
    house.waiting(comment="word " * 500)
    house.approved()
    seen = [desk.get("/desk/publication/").text]
    leave_everything(house)
    seen += [desk.get(path).text for path in (*PAGES, "/desk/?q=nowhere", "/desk/comments/99/")]
    seen.append(desk.get("/desk/").press("Publish", within="#c-1").follow().text)
    seen.append(desk.get("/desk/publication/releases/1/").press("Show release 1").follow().text)
    leave(house)
    seen.append(desk.get("/desk/publication/").text)
    seen.append(desk.get("/desk/settings/").press("Set the password", password="x", again="y").text)
    seen.append(desk.get("/desk/comments/2/edit").press("Save and publish", text="").text)
    seen.append(desk.post("/desk/comments/2/edit", csrf_token="old", text="Two\nlines").text)
    seen.append(stranger(house).get("/desk/sign-in").text)
    seen.append(stranger(house).post("/desk/comments/2/edit", csrf_token="old", text="Two\nlines").text)

    for number, text in enumerate(seen):
        (tmp_path / f"{number}.html").write_text(text, encoding="utf-8")
    command = [java, "-jar", str(VNU), "--errors-only", *map(str, tmp_path.glob("*.html"))]
    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr

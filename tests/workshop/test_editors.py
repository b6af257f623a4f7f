"""What a build tells editors lies in ``var/`` and nowhere else."""

import json
from pathlib import Path

from tests.workshop.conftest import Copy
from tests.workshop.test_tasks import ADDRESS

SECRETS = {
    "scheduled": "status: published\ndate: 2126-01-01 09:00",
    "review": "status: review",
    "drafts": "status: draft",
}


def title(name: str) -> str:
    return f"Nobodymayreadthis{name}"


def add(copy: Copy, name: str, front: str) -> Path:
    path = copy.article(f"secret-{name}")
    path.write_text(
        f"---\nid: secret-{name}\ntitle: {title(name)}\nsummary: One.\nauthors: [mara-example]\n"
        f"topics: [first-contact]\n{front}\n---\n{title(name)}, all of it.\n"
    )
    return path


def test_editors_are_told_of_hidden_texts_and_nobody_else_is(copy: Copy) -> None:
    for name, front in SECRETS.items():
        add(copy, name, front)

    done = copy.run("publish", **ADDRESS)

    assert done.returncode == 0, done.stdout + done.stderr
    file = copy.folder / "var" / "editors.json"
    assert file.stat().st_mode & 0o777 == 0o600
    lists = json.loads(file.read_bytes())["figures"]["lists"]
    for name in SECRETS:
        assert [entry["title"] for entry in lists[name]["first"]] == [title(name)]
    public = [*(copy.folder / "output").rglob("*"), *(copy.folder / "var" / "releases").rglob("*")]
    for path in public:
        assert not path.is_file() or b"Nobodymayread" not in path.read_bytes(), path

    add(copy, "broken", "status: nearly")
    assert copy.run("build").returncode == 1
    told = json.loads(file.read_bytes())
    assert told["problems"]["first"][0]["file"].endswith("secret-broken.md")
    assert told["figures"]["lists"] == lists

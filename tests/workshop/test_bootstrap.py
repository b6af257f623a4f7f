"""The set-up that has only the standard library: what it does, and what it says when it cannot."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from workshop import bootstrap
from workshop.bootstrap import SetUpError


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder in which the environment is to be made."""
    monkeypatch.setattr(bootstrap, "ENVIRONMENT", tmp_path / ".venv")
    return tmp_path


def test_it_needs_nothing_but_the_standard_library(root: Path) -> None:
    for file in ("tasks.py", "workshop/bootstrap.py"):
        top = [node for node in ast.walk(ast.parse((root / file).read_text())) if isinstance(node, ast.Import)]
        names = {name.name.split(".")[0] for node in top for name in node.names}

        assert names <= set(sys.stdlib_module_names)


def test_an_empty_lock_makes_an_environment_once(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lock = place / "empty.lock"
    lock.write_text("# nothing\n")

    bootstrap.prepare(lock)
    first = capsys.readouterr().out
    bootstrap.prepare(lock)

    assert "Making a place" in first
    assert capsys.readouterr().out == ""
    assert bootstrap.interpreter().exists()


def test_a_changed_lock_is_installed_again(place: Path) -> None:
    lock = place / "changing.lock"
    lock.write_text("# one\n")
    bootstrap.prepare(lock)
    before = (place / ".venv" / "changing.stamp").read_text()

    lock.write_text("# two\n")
    bootstrap.prepare(lock)

    assert (place / ".venv" / "changing.stamp").read_text() != before


def test_without_venv_it_says_what_to_install(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise subprocess.CalledProcessError(1, ["ensurepip"])

    monkeypatch.setattr("venv.EnvBuilder.create", fail)

    with pytest.raises(SetUpError, match="apt install python3-venv"):
        bootstrap.make_environment()


def test_without_network_it_says_so_and_leaves_no_stamp(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lock = place / "some.lock"
    lock.write_text("nothing-of-the-kind==1.0 --hash=sha256:" + "0" * 64 + "\n")
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/simple")  # nobody listens there
    monkeypatch.setenv("PIP_RETRIES", "0")
    monkeypatch.setenv("PIP_NO_INDEX", "1")

    with pytest.raises(SetUpError, match="connected to the network"):
        bootstrap.prepare(lock)

    assert not (place / ".venv" / "some.stamp").exists()


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.", "not the one that was locked"),
        ("OSError: [Errno 28] No space left on device", "disk is full"),
        ("Temporary failure in name resolution", "connected to the network"),
    ],
)
def test_what_pip_says_becomes_a_sentence(said: str, sentence: str) -> None:
    assert sentence in bootstrap.explain_failure(said)
    assert said in bootstrap.explain_failure(said)


def test_an_old_python_gets_a_sentence(root: Path) -> None:
    program = "import sys, runpy; sys.version_info = (3, 9); runpy.run_path('tasks.py', run_name='__main__')"

    done = subprocess.run([sys.executable, "-c", program], cwd=root, capture_output=True, text=True, check=False)

    assert done.returncode == 1
    assert done.stderr.startswith("Practice Notes needs Python 3.11")


def test_a_title_needs_no_quotation_marks() -> None:
    assert bootstrap.with_title(["new", "What", "is", "this?"]) == ["new", "What is this?"]
    assert bootstrap.with_title(["new", "What is this?"]) == ["new", "What is this?"]
    assert bootstrap.with_title(["check", "--write"]) == ["check", "--write"]
    with pytest.raises(SystemExit, match="What is it called"):
        bootstrap.with_title(["new"])

"""The example comments, under the sample publication itself."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from comments.cli.examples import is_private
from comments.runtime import Runtime, Settings, open_runtime
from tests.service.cli.conftest import Shell
from tests.service.web.house import THEME


@pytest.fixture
def runtime(tmp_path: Path) -> Iterator[Runtime]:
    made = open_runtime(Settings(var=tmp_path / "var", theme=THEME), create=True)
    yield made
    made.close()


def test_they_show_every_state_and_load_once(sample_site: Path, runtime: Runtime) -> None:
    shell = Shell(None, {"PN_VAR": str(runtime.var), "PN_THEME": str(THEME)})  # type: ignore[arg-type]  # its own site
    shell.ok("release", str(sample_site))

    assert shell.ok("load-examples") == "Example comments: 11.\n"

    counts = runtime.store.count_by_state()
    assert counts["pending"] >= 3
    assert counts["approved"] >= 5
    assert counts["spam"] == 1
    assert any(comment.proposed for comment in runtime.store.iterate_comments())
    assert "Olu Muster" in (runtime.var / "current/public/2026/silence-in-text/index.html").read_text()
    assert "comments already" in shell.fails("load-examples")


@pytest.mark.parametrize(
    ("url", "private"),
    [
        ("http://localhost:8000", True),
        ("http://127.0.0.1", True),
        ("http://[::1]:8000", True),
        ("http://192.168.1.20:8000", True),
        ("https://localhost", False),
        ("http://notes.example.org", False),
        ("http://8.8.8.8", False),
        ("http://0.0.0.0:8000", False),
        ("https://notes.example.org", False),
    ],
)
def test_only_ones_own_machine_and_network_are_for_trying_out(url: str, private: bool) -> None:
    assert is_private(url) is private

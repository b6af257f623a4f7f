"""Every known mistake, threat and line of the standard has a test that shows it, or somebody who builds that now."""

import ast
import tomllib
from functools import lru_cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROWS = {
    f"{section}.{key}": row
    for section, rows in tomllib.loads((ROOT / "tests/contracts/threats.toml").read_text(encoding="utf-8")).items()
    for key, row in rows.items()
}
# How many rows each list has, so that none goes missing.
COUNTS = {"wishes": 17, "peers": 28, "threats": 40, "asvs": 35}


@lru_cache
def functions(path: Path) -> frozenset[str]:
    """The tests that stand in a file; empty where there is no such file."""
    if not path.is_file():
        return frozenset()
    return frozenset(node.name for node in ast.walk(ast.parse(path.read_bytes())) if isinstance(node, ast.FunctionDef))


def test_no_row_went_missing() -> None:
    assert {section: sum(key.startswith(f"{section}.") for key in ROWS) for section in COUNTS} == COUNTS


@pytest.mark.parametrize("key", ROWS)
def test_a_row_has_tests_that_exist(key: str) -> None:
    row = ROWS[key]
    assert set(row) <= {"tests", "awaited"}
    assert row.get("tests") or row.get("awaited")
    missing = [name for name in row.get("tests", []) if not exists(name)]
    assert missing == []


def exists(name: str) -> bool:
    path, _colons, function = name.partition("::")
    return function.startswith("test_") and function in functions(ROOT / path)

"""Writes the two lock files: what the product needs, and what its tests need besides."""

import shutil
import subprocess

from workshop.bootstrap import LOCK, ROOT, TEST_LOCK


def write_locks() -> int:
    """Resolve pyproject.toml for every supported Python into hashed locks. Returns an exit code."""
    uv = shutil.which("uv")
    if uv is None:
        print("The lock is written with uv, which is not installed here. Type: pip install uv")
        return 1
    common = [uv, "pip", "compile", "--universal", "--generate-hashes", "--python-version", "3.11"]
    common += ["--no-emit-index-url", "--custom-compile-command", "python3 tasks.py lock", "--quiet", "pyproject.toml"]
    for lock, more in ((LOCK, []), (TEST_LOCK, ["--group", "dev"])):
        code = subprocess.call([*common, *more, "-o", str(lock)], cwd=ROOT)
        if code:
            return code
    return 0

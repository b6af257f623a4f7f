"""Other processes for the tests: each a Python of its own that opens the store like the service does."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]

# Says "ready" when the store is open, and starts at the next line it reads.
PROLOGUE = """
import sys
from dataclasses import replace
from pathlib import Path
from comments.store.sqlite import open_store
from tests.service.store.contract.cast import APPROVED, NOW, PENDING, THREAD

store = open_store(Path(sys.argv[1]))
print("ready", flush=True)
sys.stdin.readline()
"""


class Process:
    """A process that runs a script with ``store`` open. Use it in a ``with`` statement."""

    def __init__(self, script: str, path: Path) -> None:
        command = [sys.executable, "-W", "error", "-c", PROLOGUE + script, str(path)]
        self._process = subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )

    def __enter__(self) -> "Process":
        assert self.line() == "ready", self._process.communicate()[1]
        return self

    def __exit__(self, *_error: object) -> None:
        self._process.kill()
        self._process.communicate()

    def go(self) -> None:
        """Let the script begin."""
        assert self._process.stdin
        self._process.stdin.write("\n")
        self._process.stdin.flush()

    def line(self) -> str:
        """The next line the script prints."""
        assert self._process.stdout
        return self._process.stdout.readline().strip()

    def kill(self) -> list[str]:
        """End it as a power cut would; the lines it had printed."""
        self._process.kill()
        return self._process.communicate()[0].split()

    def wait(self) -> None:
        """Until it ended well."""
        _out, errors = self._process.communicate(timeout=60)
        assert self._process.returncode == 0, errors

    @property
    def running(self) -> bool:
        return self._process.poll() is None

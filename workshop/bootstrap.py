"""Sets the machine up with the standard library alone: a virtual environment and the locked packages.

``enter`` makes what is missing, shows how far it is, and hands over to Invoke inside the environment.
"""

import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

from workshop import stopping
from workshop.piped import go_on_unheard

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = ROOT / ".venv"
LOCK, TEST_LOCK = ROOT / "requirements.lock", ROOT / "requirements-dev.lock"
# Tasks that need the test tools as well; every other task runs with what the product itself needs.
TEST_TASKS = frozenset({"test", "lint", "bench"})


class SetUpError(Exception):
    """A sentence that says what is missing and what to type."""


def enter(arguments: list[str]) -> int:
    """Set up, then run Invoke with these arguments. Returns the exit code only where the process cannot be replaced."""
    go_on_unheard()
    os.chdir(ROOT)
    arguments = with_file(with_title(arguments))
    try:
        prepare(TEST_LOCK if TEST_TASKS.intersection(arguments) else LOCK)
    except SetUpError as error:
        print(f"\n{error}", file=sys.stderr)
        return 1
    command = [str(interpreter()), "-m", "workshop.typed", *(arguments or ["--list"])]
    if os.name == "nt":
        return subprocess.call(command)
    sys.stdout.flush()
    stopping.keep_waiting()  # until tasks.py is loaded
    os.execv(command[0], command)  # noqa: S606 - our own interpreter, no shell


def with_title(arguments: list[str]) -> list[str]:
    """``new`` takes its title with quotation marks or without; asked for none, it says so in our words."""
    if arguments[:1] != ["new"] or any(word.startswith("-") for word in arguments):
        return arguments
    if len(arguments) == 1:
        sys.exit('What is it called? Type the title behind it: python3 tasks.py new "What a first message can carry"')
    return ["new", " ".join(arguments[1:])]


def with_file(arguments: list[str]) -> list[str]:
    """``preview`` takes its file, or none where it lists or ends; asked for neither, it says so in our words."""
    if arguments[:1] != ["preview"] or {"-h", "--help"} & set(arguments):
        return arguments
    if len(arguments) == 1:
        sys.exit("Which text? Type its file or its id: python3 tasks.py preview content/articles/2026/my-text.md")
    alone = any(word == "--list" or word.startswith("--end") for word in arguments)
    return ["preview", *([""] if alone else []), *arguments[1:]]


def prepare(lock: Path) -> None:
    """Make the environment hold the packages of ``lock``, unless it already does.

    :raise SetUpError: Python is too old, or ``venv`` or the network is missing.
    """
    stamp = ENVIRONMENT / f"{lock.stem}.stamp"
    mark = fingerprint(lock)
    if stamp.is_file() and stamp.read_text() == mark and interpreter().exists():
        return
    if not interpreter().exists():
        make_environment()
    install(lock)
    stamp.write_text(mark)


def fingerprint(lock: Path) -> str:
    return hashlib.sha256(lock.read_bytes() + sys.version.encode()).hexdigest()


def interpreter() -> Path:
    return ENVIRONMENT / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def make_environment() -> None:
    print("Making a place for the packages in .venv …", flush=True)
    try:
        venv.EnvBuilder(with_pip=True, clear=True).create(ENVIRONMENT)
    except (subprocess.CalledProcessError, OSError, ModuleNotFoundError) as error:
        raise SetUpError(
            "Python could not make a virtual environment here.\n"
            "On Debian and Ubuntu, install what is missing and try again:\n\n"
            f"    {with_sudo('apt install python3-venv')}\n\n"
            f"({error})"
        ) from None


def with_sudo(command: str) -> str:
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    return command if root else f"sudo {command}"


def install(lock: Path) -> None:
    pins = [line for line in lock.read_text().splitlines() if "==" in line and line[0] not in " #"]
    wanted = sum(1 for pin in pins if ";" not in pin)  # those with a condition are for other systems, mostly
    command = [str(interpreter()), "-m", "pip", "install", "--require-hashes", "--no-deps", "--no-compile"]
    command += ["--disable-pip-version-check", "--progress-bar", "off", "-r", str(lock)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        assert process.stdout is not None  # noqa: S101 - for the type checker: we asked for a pipe
        lines, done = [], 0
        for line in process.stdout:
            lines.append(line)
            if line.startswith(("Collecting ", "Requirement already")):
                done += 1
                show_progress(min(done, wanted - 1), wanted)
            elif line.startswith("Installing collected"):
                show_progress(wanted, wanted)
                print("\nUnpacking …", flush=True)
    if process.returncode:
        raise SetUpError(explain_failure("".join(lines)))


def show_progress(done: int, wanted: int) -> None:
    width = 30
    filled = width * min(done, wanted) // max(wanted, 1)
    text = f"Fetching packages [{'#' * filled}{'.' * (width - filled)}] {done} of {wanted}"
    if sys.stdout.isatty():
        print(f"\r{text}", end="", flush=True)
    elif done == wanted or done % 10 == 1:
        print(text, flush=True)


def explain_failure(output: str) -> str:
    """What stopped pip, as a sentence, with the end of what it said."""
    tail = "".join(f"    {line}\n" for line in output.strip().splitlines()[-4:])
    if "THESE PACKAGES DO NOT MATCH THE HASHES" in output:
        return f"A downloaded package is not the one that was locked, so nothing was installed. pip said:\n{tail}"
    if "No space left" in output:
        return f"The disk is full. Make room (about 200 MB) and try again. pip said:\n{tail}"
    return (
        "The packages could not be downloaded. Is this machine connected to the network?\n"
        f"Once it is, run the same command again; it goes on where it stopped. pip said:\n{tail}"
    )

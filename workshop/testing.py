"""``test`` and ``lint``: the set-up that only tests need, then every check there is, in one run."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from workshop.bootstrap import ROOT, with_sudo

CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
VALIDATOR = ROOT / "tests" / "validator"
LIGHTHOUSE = ROOT / "tests" / "lighthouse"
VALIDATOR_JAR = VALIDATOR / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
DEBIAN_PACKAGES = {"browser": "chromium", "java": "default-jre-headless", "npm": "npm", "nginx": "nginx-light"}


def run_linters() -> int:
    """Style, format and types of all Python code; returns an exit code."""
    commands = (["ruff", "check", "."], ["ruff", "format", "--check", "."], ["mypy"])
    return max(subprocess.call([sys.executable, "-m", *command], cwd=ROOT) for command in commands)


def run_tests(*, long: bool, only: str) -> int:
    """Set up, lint, and run the tests; with ``only``, just those whose path or name matches."""
    environment, missing = prepare_tools(long=long)
    command = [sys.executable, "-m", "pytest", "-n", str(min(os.cpu_count() or 1, 4)), "--dist", "loadfile", "-q"]
    if not long:
        command += ["-m", "not long"]
    if only:
        command += [only] if Path(only.split("::")[0]).exists() else ["-k", only]
    lint = 0 if only else run_linters()
    code = subprocess.call(command, cwd=ROOT, env={**os.environ, **environment})
    for sentence in missing:
        print(f"\n!!! LEFT OUT: {sentence}")
    if missing and os.environ.get("CI"):
        print("\nIn CI nothing may be left out.")
        return 1
    return lint or code


def prepare_tools(*, long: bool) -> tuple[dict[str, str], list[str]]:
    """Find or install what tests need: the environment that names it, and a sentence for each that is missing."""
    environment, missing = {}, []
    if browser := find_browser() or download_browser() or (install("browser") and find_browser()):
        environment["PN_TEST_BROWSER"] = browser
    else:
        missing.append(f"the tests in a browser. Install one: {with_sudo('apt install chromium')}")
    if prepare_validator():
        environment["PN_TEST_VALIDATOR"] = str(VALIDATOR_JAR)
    else:
        cure = with_sudo(f"apt install {DEBIAN_PACKAGES['java']} {DEBIAN_PACKAGES['npm']}")
        missing.append(f"the tests with the HTML validator. Install what it needs: {cure}")
    if not (find_nginx() or (install("nginx") and find_nginx())):
        cure = with_sudo(f"apt install {DEBIAN_PACKAGES['nginx']}")
        missing.append(f"the tests with nginx. Install it: {cure}")
    if long and not prepare_package(LIGHTHOUSE, "node_modules/lighthouse/cli/index.js"):
        cure = with_sudo(f"apt install {DEBIAN_PACKAGES['npm']}")
        missing.append(f"the tests with Lighthouse. Install what it needs: {cure}")
    return environment, missing


def find_browser() -> str | None:
    """A Chromium or Chrome of the system."""
    named = os.environ.get("PN_TEST_BROWSER")
    return named or next((path for name in CHROMIUMS if (path := shutil.which(name))), None)


def download_browser() -> str | None:
    """Playwright's own Chromium, fetched where it is not there yet and the network lets us."""
    print("No Chromium or Chrome found; fetching one …", flush=True)
    command = [sys.executable, "-m", "playwright", "install", "chromium"]
    if subprocess.call(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL):
        return None
    program = "from playwright.sync_api import sync_playwright as p\nwith p() as w: print(w.chromium.executable_path)"
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    return found.stdout.strip() or None


def find_nginx() -> str | None:
    """nginx lies where an ordinary user's PATH does not lead."""
    return shutil.which("nginx", path=f"{os.environ.get('PATH', os.defpath)}:/usr/sbin")


def prepare_validator() -> bool:
    """The HTML validator and the Java it runs on."""
    java = shutil.which("java") or install("java")
    return bool(java) and prepare_package(VALIDATOR, str(VALIDATOR_JAR.relative_to(VALIDATOR)))


def prepare_package(folder: Path, program: str) -> bool:
    """Install what the folder's lock file names, unless its program is there already."""
    if (folder / program).exists():
        return True
    if not (shutil.which("npm") or install("npm")):
        return False
    command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]
    return subprocess.call(command, cwd=folder) == 0 and (folder / program).exists()


def install(tool: str) -> bool:
    """Install a Debian package where that is possible without asking for a password."""
    if not (shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0):
        return False
    package = DEBIAN_PACKAGES[tool]
    print(f"Installing {package} …", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (
        ["apt-get", "update", "-q"],
        ["apt-get", "install", "-y", "-q", "--no-install-recommends", package],
    ):
        if subprocess.call(command, env=environment, stdout=subprocess.DEVNULL):
            return False
    return True

"""A full disk, a real one where the tests may mount one, and else a limit the system sets: nothing is half stored.

``tmpfs``: the installation lies on a file system of its own (ENOSPC). ``limit``: RLIMIT_FSIZE of the running service,
from outside with prlimit, so that its files cannot grow (EFBIG); that works for everybody, in every container.
"""

import resource
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import pytest

from comments.actions import moderate
from comments.actions.opening import installation_of
from comments.runtime import open_runtime, read_settings
from tests.faults.steps import Writers, assert_kept, assert_reads, assert_tells_nothing_of_itself, problems
from tests.product.conftest import Installation, wait_for
from tests.product.pages import open_threads, published_page

pytestmark = pytest.mark.long

MANY = 400
LENGTH = 9_000
Full = Callable[[Installation], "object"]


@pytest.fixture
def own_disk(tmp_path: Path) -> Iterator[Path]:
    """A small disk for the installation's state."""
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=128m,mode=0700", "tmpfs", str(folder)]
    if subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("a disk of its own needs the right to mount one")
    yield folder / "var"
    subprocess.run(["umount", "-l", str(folder)], check=True)


@contextmanager
def filled(folder: Path) -> Iterator[None]:
    """Not a byte is left on the disk."""
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(bytes(1 << 16))
    with filler.open("ab", buffering=0) as file, suppress(OSError):
        while True:
            file.write(b"\0")
    try:
        yield
    finally:
        filler.unlink()


@contextmanager
def limited(place: Installation) -> Iterator[None]:
    """No file of the service may grow beyond what its log has now."""
    assert place.process
    size = (place.var / "store.db-wal").stat().st_size
    before = resource.prlimit(place.process.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(place.process.pid, resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.prlimit(place.process.pid, resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("kind", ["tmpfs", "limit"])
def test_on_a_full_disk_the_text_is_kept_and_room_is_all_that_is_needed(
    make_place: Callable[..., Installation], kind: str, request: pytest.FixtureRequest
) -> None:
    place = make_place(request.getfixturevalue("own_disk") if kind == "tmpfs" else None)
    writers = Writers(place)
    writers.open_forms(*range(MANY))
    assert writers.send(0).status == 303

    with ExitStack() as stack:
        stack.enter_context(filled(place.var.parent) if kind == "tmpfs" else limited(place))
        # What is in the file already may take a few; then the disk refuses.
        answers = (writers.send(number, LENGTH) for number in range(1, MANY))
        refused = next(answer for answer in answers if answer.status != 303)
        number = len(writers.acknowledged)
        for again in (refused, writers.send(number, LENGTH), writers.send(number + 1, LENGTH)):
            assert again.status == 503, again.text
        assert_kept(refused, writers.fields(number, LENGTH)["comment"])
        assert_reads(place)
        writers.check()

    assert writers.send(number, LENGTH).status == 303
    writers.check()
    assert_tells_nothing_of_itself(place)


def test_a_page_that_finds_no_room_is_written_when_there_is_some(
    make_place: Callable[..., Installation], own_disk: Path
) -> None:
    place = make_place(own_disk)
    writers = Writers(place)
    assert writers.send(1).status == 303
    text, article = writers.acknowledged[1].encode(), open_threads(place)[0]

    with filled(place.var.parent):
        settings = read_settings(place.environment)
        with open_runtime(settings) as runtime, suppress_no_room():
            moderate.approve(installation_of(runtime).ctx, "command line", 1)
        assert_reads(place)
        assert text not in published_page(place, article)

    with open_runtime(read_settings(place.environment)) as runtime:
        if runtime.store.get_comment(1).state == "pending":  # the act itself found no room, and was refused whole
            moderate.approve(installation_of(runtime).ctx, "command line", 1)
    wait_for(lambda: text in published_page(place, article), "the page to follow by itself")
    assert problems(place) == []


@contextmanager
def suppress_no_room() -> Iterator[None]:
    from comments.errors import StoreProblem

    with suppress(StoreProblem):
        yield

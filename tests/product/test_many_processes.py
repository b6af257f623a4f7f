"""Several processes of the service on one installation: nothing is lost, and nobody hears that something is locked."""

import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from subprocess import PIPE, Popen
from threading import Barrier

import pytest

from comments.locks import FileLock
from tests.product.conftest import ROOT, Installation, free_port, wait_for
from tests.product.pages import list_wrong_files, open_threads, opened_store, published_page
from tests.product.people import approve, desk_token, draft, editor, send, writer
from tests.product.visitor import Answer

PROCESSES = 3
POSTS = 50
CHECKPOINTS = """
import sys, threading
from pathlib import Path
from comments.errors import StoreProblem
from comments.store.sqlite import open_store

store, done, busy = open_store(Path(sys.argv[1])), 0, 0
stop = threading.Event()
threading.Thread(target=lambda: (sys.stdin.readline(), stop.set())).start()
print("ready", flush=True)
while not stop.is_set():
    try:
        store.checkpoint()
        done += 1
    except StoreProblem:
        busy += 1  # a reader was in the way
store.close()
print(done, busy)
"""


@dataclass
class Farm:
    """One installation, served by several processes on ports of their own."""

    place: Installation
    ports: list[int]
    processes: list[Popen[bytes]]

    def port(self, number: int) -> int:
        return self.ports[number % len(self.ports)]

    def send(self, number: int, threads: list[str], together: Barrier) -> Answer:
        visitor = writer(self.place, number, self.port(number))
        thread = threads[number % len(threads)]
        token = visitor.get_json(f"/comments/{thread}/token").json["token"]
        together.wait()
        return visitor.post_json(f"/comments/{thread}", draft(number) | {"token": token})


@pytest.fixture
def farm(tmp_path: Path) -> Iterator[Farm]:
    place = Installation(tmp_path, {"PN_PROXIES": "1"})
    place.set_up()
    ports = [place.port, *(free_port() for _ in range(PROCESSES - 1))]
    processes = [place.start_process(port) for port in ports]
    try:
        for port in ports:
            wait_for(lambda port=port: place.answers_at(port), "all processes to answer")
        yield Farm(place, ports, processes)
    finally:
        for process in processes:
            process.terminate()
        codes = [process.wait(20) for process in processes]
    assert codes == [0] * PROCESSES, place.log.read_text()


def test_fifty_posts_at_once_are_all_stored_while_another_process_checkpoints(farm: Farm) -> None:
    place, threads = farm.place, [entry.id for entry in open_threads(farm.place)[:4]]
    together = Barrier(POSTS)
    checkpoints = Popen(
        [sys.executable, "-c", CHECKPOINTS, place.var / "store.db"], cwd=ROOT, stdin=PIPE, stdout=PIPE, text=True
    )
    with checkpoints as loop, ThreadPoolExecutor(POSTS) as crowd:
        assert loop.stdout
        assert loop.stdout.readline() == "ready\n"
        answers = list(crowd.map(lambda number: farm.send(number, threads, together), range(POSTS)))
        told, _ = loop.communicate("stop\n")

    assert Counter(answer.status for answer in answers) == {201: POSTS}
    done, _busy = map(int, told.split())
    assert done > 10
    ids = [answer.json["id"] for answer in answers]
    assert len(set(ids)) == POSTS
    with opened_store(place) as store:
        assert sorted(comment.source for comment in store.iterate_comments()) == sorted(
            draft(number)["comment"] for number in range(POSTS)
        )
        assert store.check_integrity() == []
    publish_all(farm, ids)
    assert "lock" not in place.log.read_text().lower()


def publish_all(farm: Farm, ids: list[int]) -> None:
    """Editors at all processes publish at once, while a release is made: each page shows all of its comments."""
    place = farm.place
    desks = [editor(place, port) for port in farm.ports]
    tokens = [desk_token(desk) for desk in desks]

    def decide(number: int) -> Answer:
        desk = number % len(desks)
        return approve(desks[desk], tokens[desk], ids[number])

    with ThreadPoolExecutor(8) as crowd:
        released = crowd.submit(place.release)
        assert Counter(answer.status for answer in crowd.map(decide, range(len(ids)))) == {303: len(ids)}
        released.result()
    shown = b"".join(published_page(place, entry) for entry in open_threads(place))
    for comment in ids:
        assert shown.count(b'id="comment-%d"' % comment) == 1
    with opened_store(place) as store:
        assert store.list_due() == []
        assert list_wrong_files(place, store) == []
        assert store.check_integrity() == []


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="only Linux tells who has opened what")
def test_a_post_waits_for_the_writer_of_another_process(farm: Farm) -> None:
    place, thread = farm.place, open_threads(farm.place)[0].id
    lock = place.var / "store.lock"
    descriptors = Path(f"/proc/{farm.processes[0].pid}/fd")

    def server_waits() -> bool:
        with suppress(FileNotFoundError):  # a descriptor that was closed meanwhile
            return lock in [descriptor.readlink() for descriptor in descriptors.iterdir()]
        return False

    with ThreadPoolExecutor(1) as crowd, ExitStack() as held:
        held.enter_context(FileLock(lock))
        answer = crowd.submit(send, writer(place), thread, draft(1))
        wait_for(server_waits, "the server to reach for the lock")
        assert not answer.done()
        held.close()

        assert answer.result().status == 201

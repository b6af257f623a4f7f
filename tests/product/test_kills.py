"""The service is killed at random moments: whatever it said yes to is there afterwards, once, and nothing is torn."""

import os
import random
import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.product.conftest import Installation, wait_for
from tests.product.crowd import Crowd
from tests.product.pages import is_whole, list_wrong_files, open_threads, opened_store, published_page

THREADS = 3
# How long after the next start a page may stay behind.
PATIENCE = 5.0
# Milliseconds; a comment takes about ten.
MOMENT = 0.03


@pytest.mark.parametrize(
    ("comments", "kills"), [(60, 4), pytest.param(200, 40, marks=pytest.mark.long)], ids=["few", "many"]
)
def test_what_was_acknowledged_survives_kills_and_pages_are_never_torn(
    tmp_path: Path, comments: int, kills: int
) -> None:
    seed = int(os.environ.get("PN_TEST_SEED") or random.SystemRandom().randrange(10**6))
    print(f"PN_TEST_SEED={seed}")  # shown when the test fails
    chance = random.Random(seed)
    place = Installation(tmp_path, {"PN_PROXIES": "1"})
    place.set_up()
    threads = [entry.id for entry in open_threads(place)[:THREADS]]
    files = list_files(place.var)

    place.start()
    crowd = Crowd(place, threads, comments)
    crowd.start()
    try:
        with watched_pages(place) as looks:
            for kill in range(kills):
                target = crowd.get_on() + chance.randint(1, 2 * comments // kills)
                let_work_until_killed(place, crowd, target, chance.uniform(0, MOMENT))
                place.start()
                check(place, crowd, f"kill {kill + 1} of {kills}")
            crowd.let_work()
            wait_for(lambda: crowd.get_on() and crowd.finished, "all comments to be published", 120)
            check(place, crowd, "the end")
            assert looks() > 10 * kills
    finally:
        crowd.leave()
        place.stop()
    left = list_files(place.var) - files
    assert {path for path in left if not path.endswith("/comments.atom")} <= {"mail.lock"}  # of the first letter
    assert not any("Unforeseen" in line or "lock" in line.lower() for line in place.log.read_text().splitlines())


def let_work_until_killed(place: Installation, crowd: Crowd, target: int, moment: float) -> None:
    crowd.let_work()
    wait_for(lambda: crowd.get_on() >= target or crowd.finished, f"{target} answers", 60)
    # The kill itself shall fall between any two steps of the service.
    threading.Event().wait(moment)
    place.kill()
    crowd.hold()
    # Letters are few, so hardly ever is one hit.
    (place.var / "mail").mkdir(exist_ok=True)
    (place.var / "mail" / ".20260314-093000-moderate-1.part").write_bytes(b"From: ")


def check(place: Installation, crowd: Crowd, when: str) -> None:
    """Everything the service said yes to is true, and shown; nothing of a half-done step is left."""
    with opened_store(place) as store:
        wait_for(lambda: not store.list_due(), f"all pages to be written after {when}", PATIENCE)
        stored = {comment.id: comment for comment in store.iterate_comments()}
        counts = Counter(comment.source for comment in stored.values())
        assert set(counts.values()) <= {1}, when
        for number, comment in crowd.acknowledged.items():
            assert stored[comment].source == crowd.text(number), when
        shown = b"".join(published_page(place, entry) for entry in open_threads(place))
        for comment in crowd.approved:
            assert shown.count(b'id="comment-%d"' % comment) == 1, when
        assert list_wrong_files(place, store) == [], when
        assert store.check_integrity() == [], when
    wait_for(lambda: not list_half_files(place.var), f"what {when} left half-done to be gone", PATIENCE)


def list_half_files(var: Path) -> list[str]:
    """What only a step that was cut off leaves: all such names begin with a dot."""
    return sorted(str(path.relative_to(var)) for path in var.rglob(".*"))


def list_files(var: Path) -> set[str]:
    return {str(path.relative_to(var)) for path in var.rglob("*") if path.is_file()}


@contextmanager
def watched_pages(place: Installation) -> Iterator["Watch"]:
    """Somebody reads the files of the pages all the time; a torn one is told at the end."""
    watch = Watch(place)
    with ThreadPoolExecutor(1) as pool:
        work = pool.submit(watch.look)
        try:
            yield watch
        finally:
            watch.over.set()
    assert work.result() == []


class Watch:
    """Reads pages until it is over; called, it says how many times it did."""

    def __init__(self, place: Installation) -> None:
        self.place = place
        self.over = threading.Event()
        self.looks = 0

    def __call__(self) -> int:
        return self.looks

    def look(self) -> list[str]:
        torn = []
        threads = open_threads(self.place)[:THREADS]
        while not self.over.wait(0.002):
            for entry in threads:
                page = published_page(self.place, entry)
                self.looks += 1
                if not is_whole(self.place, entry, page):
                    torn.append(entry.id)
        return torn

"""Writers who send comments and editors who publish them, all at once, whatever happens to the service meanwhile."""

import http.client
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from queue import Empty, SimpleQueue

from tests.product.conftest import Installation, wait_for
from tests.product.people import approve, desk_token, draft, editor, writer
from tests.product.visitor import Answer

WRITERS = 4
EDITORS = 2
# What a client sees of a service that was killed.
BROKEN = (OSError, http.client.HTTPException)


class Crowd:
    """Works while it is let; each one tries again until the service has said yes.

    :ivar acknowledged: number of the comment → its id, once the service said that it has it.
    :ivar approved: ids that the service said are published.
    """

    def __init__(self, place: Installation, threads: list[str], comments: int) -> None:
        self.place = place
        self.threads = threads
        self.comments = comments
        self.acknowledged: dict[int, int] = {}
        self.approved: set[int] = set()
        self._desks = [(desk, desk_token(desk)) for desk in (editor(place) for _ in range(EDITORS))]
        self._unsent: SimpleQueue[int] = SimpleQueue()
        self._unread: SimpleQueue[int] = SimpleQueue()
        for number in range(comments):
            self._unsent.put(number)
        self._open = threading.Event()
        self._over = threading.Event()
        self._resting = 0
        self._count = threading.Lock()
        self._pool = ThreadPoolExecutor(WRITERS + EDITORS)
        self._work: list[Future[None]] = []

    @property
    def finished(self) -> bool:
        return len(self.approved) == self.comments

    def text(self, number: int) -> str:
        return draft(number)["comment"]

    def start(self) -> None:
        """Everybody is there, and waits to be let."""
        self._work = [self._pool.submit(self._write) for _ in range(WRITERS)]
        self._work += [self._pool.submit(self._publish, number) for number in range(EDITORS)]

    def let_work(self) -> None:
        self._open.set()

    def hold(self) -> None:
        """Let nobody begin anything more, and return when all have noticed how theirs ended."""
        self._open.clear()
        wait_for(self._all_rest, "everybody to rest")

    def get_on(self) -> int:
        """How many times the service has said yes. Raises what went wrong for one of the crowd."""
        for each in self._work:
            if each.done():
                each.result()
        return len(self.acknowledged) + len(self.approved)

    def leave(self) -> None:
        self._over.set()
        self._open.set()
        self._pool.shutdown()

    def _all_rest(self) -> bool:
        self.get_on()
        return self._resting + sum(each.done() for each in self._work) == len(self._work)

    def _write(self) -> None:
        while (number := self._next(self._unsent)) is not None:
            visitor = writer(self.place, number)
            address = f"/comments/{self.threads[number % len(self.threads)]}"
            token = self._insist(partial(visitor.get_json, f"{address}/token"), 200).json["token"]
            # Again with the same token, as the page's script does: stored once, however often it is sent.
            taken = self._insist(partial(visitor.post_json, address, draft(number) | {"token": token}), 201)
            self.acknowledged[number] = taken.json["id"]
            self._unread.put(taken.json["id"])

    def _publish(self, number: int) -> None:
        desk, token = self._desks[number]
        while (comment := self._next(self._unread)) is not None:
            self._insist(partial(approve, desk, token, comment), 303)
            self.approved.add(comment)

    def _next(self, queue: "SimpleQueue[int]") -> int | None:
        """The next thing to do; None when everything is done."""
        while self._enter() and not self.finished:
            try:
                return queue.get(timeout=0.02)
            except Empty:
                continue
        return None

    def _insist(self, send: Callable[[], Answer], status: int) -> Answer:
        while self._enter():
            try:
                answer = send()
            except BROKEN:
                continue
            assert answer.status == status, f"{answer.url}: {answer.status} {answer.text}"
            return answer
        raise AssertionError("sent home before the service had said yes")

    def _enter(self) -> bool:
        """Rest until work is let; False when everybody goes home."""
        if not self._open.is_set():
            with self._count:
                self._resting += 1
            self._open.wait()
            with self._count:
                self._resting -= 1
        return not self._over.is_set()

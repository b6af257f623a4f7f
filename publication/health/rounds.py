"""One round of looking at links: several hosts at once, each at its pace, and what it changes in what is remembered."""

import threading
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from publication.health.answers import BUSY, Answer
from publication.health.collect import is_at
from publication.health.fetch import host_of
from publication.health.pace import Pace
from publication.health.state import Link

HOSTS_AT_ONCE = 6
BACK_OFF = (2, 6)  # before the second and the third attempt, in paces
LONGEST_WAIT = 60.0  # a host that asks for more is left for the next round
DOUBTFUL_AGE = timedelta(hours=20)  # a link in doubt is asked for daily
PROBES = 3
UNKNOWABLE = "its host answers well to everything"


@dataclass(frozen=True)
class Outcome:
    """What a round found: every link as it is now, those that were asked for, and whether we were offline."""

    links: dict[str, Link]
    asked: tuple[str, ...]
    is_offline: bool = False
    was_stopped: bool = False


@dataclass
class Round:
    """One round over ``places`` (address → where it is), with what was known ``before``."""

    places: Mapping[str, tuple[str, ...]]
    before: Mapping[str, Link]
    look: Callable[[str], Answer]
    pace: Pace
    now: datetime
    age: timedelta = timedelta(days=7)
    always_ok: tuple[str, ...] = ()
    stop: threading.Event = field(default_factory=threading.Event)
    _resting: set[str] = field(default_factory=set)
    _reached: threading.Event = field(default_factory=threading.Event)
    _hurried: set[str] = field(default_factory=set)

    def run(self) -> Outcome:
        """Look at what is due."""
        due = [url for url in self.places if not self._is_unknowable(url) and self._is_due(url)]
        answers = self._ask(due)
        if answers and not any(answer.reached for answer in answers.values()) and not self._is_online(answers):
            return Outcome({url: self._known(url) for url in self.places}, tuple(answers), True, self.stop.is_set())
        links = {url: self._after(url, answers.get(url)) for url in self.places}
        return Outcome(links, tuple(answers), False, self.stop.is_set())

    def _is_unknowable(self, url: str) -> bool:
        return any(is_at(url, host) for host in self.always_ok)

    def _is_due(self, url: str) -> bool:
        known = self._known(url)
        busy = known.status is None or known.status in BUSY
        doubtful = bool(known.checked) and not known.gone and (bool(known.failures) or busy)
        return known.age(self.now) >= (min(DOUBTFUL_AGE, self.age) if doubtful else self.age)

    def _known(self, url: str) -> Link:
        return replace(self.before.get(url, Link()), files=self.places[url])

    def _after(self, url: str, answer: Answer | None) -> Link:
        known = self._known(url)
        if self._is_unknowable(url):
            return Link(reason=UNKNOWABLE, files=known.files)
        if answer is None:
            return known
        if answer.verdict == "well":
            return known.answered(self.now, answer.status, answer.reason, answer.moved)
        after = known.failed if answer.verdict == "failed" else known.untold
        return after(self.now, answer.status, answer.reason)

    def _ask(self, urls: list[str]) -> dict[str, Answer]:
        by_host: dict[str, list[str]] = {}
        for url in urls:
            by_host.setdefault(host_of(url), []).append(url)
        largest_first = sorted(by_host.values(), key=len, reverse=True)
        answers: dict[str, Answer] = {}
        with ThreadPoolExecutor(HOSTS_AT_ONCE) as pool:
            coming = [pool.submit(self._ask_host, one) for one in largest_first]
            try:
                for done in as_completed(coming):
                    answers |= done.result()
            except KeyboardInterrupt:
                self.stop.set()
                pool.shutdown(cancel_futures=True)
                for one in coming:
                    answers |= one.result() if one.done() and not one.cancelled() else {}
        if self._reached.is_set():
            answers |= {url: self._patiently(url) for url in sorted(self._hurried) if not self.stop.is_set()}
        return answers

    def _ask_host(self, urls: list[str]) -> dict[str, Answer]:
        answers = {}
        for url in urls:
            if self.stop.is_set() or host_of(url) in self._resting:
                break
            answer = self._patiently(url)
            if not self.stop.is_set():
                answers[url] = answer
        return answers

    def _patiently(self, url: str) -> Answer:
        """Ask again where the answer may change in a moment; a host that wants long peace has it for this round.

        As long as nobody has answered we may be offline: patience waits until somebody has.
        """
        answer = self._look(url)
        for paces in BACK_OFF:
            if answer.verdict == "well" or not answer.may_change or self.stop.is_set():
                break
            if not self._reached.is_set():
                self._hurried.add(url)
                break
            wanted = max(paces * self.pace.interval, answer.later or 0.0)
            if wanted > LONGEST_WAIT:
                self._resting.add(host_of(url))
                break
            self.pace.hold(host_of(url), wanted)
            answer = self._look(url)
        return answer

    def _look(self, url: str) -> Answer:
        answer = self.look(url)
        if answer.reached:
            self._reached.set()
        return answer

    def _is_online(self, tried: Mapping[str, Answer]) -> bool:
        """Nothing answered. Perhaps all of it is gone: ask a few other hosts that answered last time."""
        asked = {host_of(url) for url in tried}
        others = {host_of(url): url for url in self.places if (self._known(url).status or 0) in range(200, 300)}
        probes = [url for host, url in sorted(others.items()) if host not in asked][:PROBES]
        return any(self.look(url).reached for url in probes)

"""Work in a process of its own, for what takes much memory that is not needed afterwards."""

from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import active_children, get_context
from typing import ParamSpec, TypeVar

from migrate.stopping import ignore

P = ParamSpec("P")
T = TypeVar("T")


def apart(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """What ``work`` returns or raises. Arguments and answer have to be such that ``pickle`` can carry them.

    Whoever is stopped while waiting for it stops it.
    """
    with ProcessPoolExecutor(max_workers=1, mp_context=get_context("fork"), initializer=ignore) as pool:
        answer = pool.submit(work, *args, **kwargs)
        try:
            return answer.result()
        except KeyboardInterrupt:
            for child in active_children():
                child.kill()
            raise

"""A shell without job control starts background work deaf to SIGINT; ``serve`` must hear it all the same."""

import signal
from collections.abc import Iterator

import pytest

from tests.product.conftest import free_port
from tests.workshop.conftest import Copy
from tests.workshop.test_serve import Serving


@pytest.fixture
def deaf() -> Iterator[None]:
    """What is started in this block inherits an ignored SIGINT."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("deaf")
def test_serve_in_the_background_is_stopped_all_the_same(copy: Copy) -> None:
    serving = Serving(copy, free_port())
    serving.wait_for("Ctrl-C stops")

    assert serving.stop() == 0
    assert "Stopped" in serving.said.read_text()

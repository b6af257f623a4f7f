from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.service.actions.stage import Stage
from tests.service.mail.post import sending
from tests.service.mail.readers import Post


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    """A small real installation with a published site."""
    stage = Stage(tmp_path)
    yield stage
    stage.runtime.close()


@pytest.fixture
def post(stage: Stage) -> Iterator[Post]:
    """The same with a mail server."""
    with sending(stage) as (outbox, mailbox):
        yield Post(stage, outbox, mailbox)

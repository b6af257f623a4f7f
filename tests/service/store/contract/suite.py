"""The whole contract. A store puts it on: ``class TestMyStore(StoreContract)`` with a fixture ``store``."""

from tests.service.store.contract.accounts import AccountContract, KeyContract, OutboxContract
from tests.service.store.contract.comments import CommentContract
from tests.service.store.contract.doors import DoorContract
from tests.service.store.contract.forgetting import ForgettingContract
from tests.service.store.contract.life import LifeContract
from tests.service.store.contract.people import AuditContract, CounterContract, PeopleContract
from tests.service.store.contract.reading import ReadingContract
from tests.service.store.contract.threads import ThreadContract


class StoreContract(
    LifeContract,
    CommentContract,
    ReadingContract,
    ThreadContract,
    PeopleContract,
    CounterContract,
    AuditContract,
    AccountContract,
    DoorContract,
    OutboxContract,
    KeyContract,
    ForgettingContract,
):
    """Every promise of ``comments.store.base``."""

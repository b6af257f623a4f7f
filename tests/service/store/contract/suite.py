"""The whole contract. A store puts it on: ``class TestMyStore(StoreContract)`` with a fixture ``store``."""

from tests.service.store.contract.accounts import AccountContract, KeyContract, OutboxContract
from tests.service.store.contract.comments import CommentContract
from tests.service.store.contract.doors import DoorContract
from tests.service.store.contract.forgetting import ForgettingContract
from tests.service.store.contract.guard import GuardContract
from tests.service.store.contract.holdings import HoldingContract
from tests.service.store.contract.insights import InsightContract
from tests.service.store.contract.life import LifeContract
from tests.service.store.contract.moving import MovingContract
from tests.service.store.contract.numbers import NumberContract
from tests.service.store.contract.people import AuditContract, CounterContract, PeopleContract
from tests.service.store.contract.reading import ReadingContract
from tests.service.store.contract.subscriptions import SubscriptionContract
from tests.service.store.contract.threads import ThreadContract
from tests.service.store.contract.together import FactContract, TogetherContract
from tests.service.store.contract.upkeep import UpkeepContract


class StoreContract(
    LifeContract,
    CommentContract,
    NumberContract,
    ReadingContract,
    ThreadContract,
    PeopleContract,
    CounterContract,
    AuditContract,
    InsightContract,
    AccountContract,
    DoorContract,
    OutboxContract,
    KeyContract,
    ForgettingContract,
    HoldingContract,
    TogetherContract,
    FactContract,
    UpkeepContract,
    MovingContract,
    GuardContract,
    SubscriptionContract,
):
    """Every promise of ``comments.store.base``."""

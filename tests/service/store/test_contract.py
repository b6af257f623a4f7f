"""SQLite keeps the promises of the store."""

from tests.service.store.contract.suite import StoreContract


class TestSQLiteStore(StoreContract):
    pass

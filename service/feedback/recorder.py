"""Where the service hands feedback over: in threads, so that a slow store holds nothing else up.

The database is imported and opened by the first record (SQLAlchemy takes 0.4 s and some 30 MB, and many never use it).
"""

import threading
from functools import partial
from time import monotonic as now
from typing import TYPE_CHECKING, Final
from uuid import UUID

import anyio
import anyio.to_thread
import structlog

from service.feedback.errors import StoreUnavailable
from service.feedback.record import Record

if TYPE_CHECKING:
    from service.feedback.store import Store

RETRY_SECONDS: Final = 5
_WRITERS: Final = 4
_WAITING: Final = 500


class Recorder:
    """The service's side of the feedback store."""

    def __init__(self, url: str | None) -> None:
        self._url = url
        self._writers = anyio.CapacityLimiter(_WRITERS)
        self._opening = threading.Lock()
        self._store: Store | None = None
        self._rests_until = 0.0

    async def save(self, record: Record, key: bytes | None) -> UUID:
        """Keep a record; its id, once it is durable.

        Raises KeyReused, and StoreUnavailable: at once when too many wait, or when the store has just failed and rests.
        """
        if self._writers.statistics().tasks_waiting >= _WAITING:
            raise StoreUnavailable("busy")
        return await anyio.to_thread.run_sync(partial(self._save, record, key), limiter=self._writers)

    def _save(self, record: Record, key: bytes | None) -> UUID:
        if now() < self._rests_until:
            raise StoreUnavailable("resting")
        try:
            return self._opened().save(record, key)
        except StoreUnavailable as fault:
            self._rests_until = now() + RETRY_SECONDS
            structlog.get_logger().error("feedback_unavailable", reason=fault.reason)
            raise

    def _opened(self) -> "Store":
        with self._opening:
            if self._store is None:
                from service.feedback.store import Store

                store = Store(self._url)
                try:
                    store.prepare()
                except StoreUnavailable:
                    store.close()
                    raise
                self._store = store
            return self._store

    def close(self) -> None:
        """Let go of the store; a later record opens it again."""
        with self._opening:
            store, self._store = self._store, None
        if store is not None:
            store.close()

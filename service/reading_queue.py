"""Notes are read one at a time; a bounded number wait, and one more is refused at once."""

import asyncio
import time
from collections.abc import Callable
from typing import Final, TypeVar

from service import problems
from service.metrics import Metrics

_SHORT: Final = 1_000
"""A note of up to so many characters takes one place in the queue and is read in the event loop. A longer one takes a
place for each thousand, and is read in a thread: it would hold up everything else for too long.
"""

_RETRY_AFTER: Final = {"Retry-After": "1"}
"""A full queue is read in well under a second."""

T = TypeVar("T")


class ReadingQueue:
    """The notes that wait in one process.

    A short note is read in the event loop itself, some milliseconds, and the loop turns once between two notes: health
    checks, phrases and refusals come in between. A thread would not make it faster, since Python runs one at a time,
    and each change between threads costs more than a short note gives back.
    """

    def __init__(self, places: int, metrics: Metrics) -> None:
        self._places = places
        self._metrics = metrics
        self._taken = 0
        self._turn = asyncio.Lock()

    @property
    def full(self) -> bool:
        """Whether no further note gets a place."""
        return self._taken >= self._places

    async def read(self, work: Callable[[], T], characters: int) -> T:
        """What `work` gives for a note of so many characters. Problem 503 at once if there is no place for it."""
        places = 1 + characters // _SHORT
        if self._taken and self._taken + places > self._places:
            raise busy()
        self._taken += places
        self._metrics.waiting(self._taken)
        try:
            async with self._turn:
                started = time.perf_counter()
                found = work() if characters <= _SHORT else await asyncio.to_thread(work)
                self._metrics.read(time.perf_counter() - started)
                await asyncio.sleep(0)
                return found
        finally:
            self._taken -= places
            self._metrics.waiting(self._taken)


def busy() -> problems.Problem:
    """The refusal of a note that cannot wait."""
    return problems.Problem(problems.BUSY, headers=_RETRY_AFTER)

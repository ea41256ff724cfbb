"""Notes are read one at a time; a bounded number wait, and one more is refused at once."""

import asyncio
import time
from collections import deque
from collections.abc import Callable
from typing import Any, Final, TypeVar

from service import problems
from service.metrics import Metrics

_SHORT: Final = 1_000
"""A note of up to so many characters takes one place in the queue and is read in the event loop. A longer one takes a
place for each thousand, and is read in a thread: it would hold up everything else for too long.
"""

_LONGEST: Final = 0.02
"""Seconds that notes may be read in one turn of the loop, when others take as long: health checks wait for them."""

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
        self._waiting: deque[tuple[Callable[[], Any], int, asyncio.Future[Any]]] = deque()
        self._reader: asyncio.Task[None] | None = None

    async def read(self, work: Callable[[], T], characters: int) -> T:
        """What `work` gives for a note of so many characters. Problem 503 at once if there is no place for it."""
        places = 1 + characters // _SHORT
        if self._taken and self._taken + places > self._places:
            raise busy()
        self._taken += places
        self._metrics.waiting(self._taken)
        found: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._waiting.append((work, characters, found))
        if self._reader is None or self._reader.done():
            self._reader = asyncio.create_task(self._read_all())
        try:
            return await found
        finally:
            self._taken -= places
            self._metrics.waiting(self._taken)

    async def _read_all(self) -> None:
        others = 0.0
        while self._waiting:
            begun = time.perf_counter()
            await self._read_one()
            # As much time as all others took in the last turn: refusing a crowd must not keep notes from being read.
            while self._waiting and time.perf_counter() - begun < others:
                await self._read_one()
            left = time.perf_counter()
            await asyncio.sleep(0)
            others = min(time.perf_counter() - left, _LONGEST)

    async def _read_one(self) -> None:
        work, characters, found = self._waiting.popleft()
        if found.done():  # the one who asked has left
            return
        started = time.perf_counter()
        try:
            told = work() if characters <= _SHORT else await asyncio.to_thread(work)
        except Exception as error:
            if not found.done():
                found.set_exception(error)
        else:
            if not found.done():
                found.set_result(told)
        self._metrics.read(time.perf_counter() - started)


def busy() -> problems.Problem:
    """The refusal of a note that cannot wait."""
    return problems.Problem(problems.BUSY, headers=_RETRY_AFTER)

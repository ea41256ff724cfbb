"""Taking connections from a socket that several workers share, so that each has about as many as the others.

Connections are kept for many requests, so who takes one decides who answers for long. Left alone, the worker that wakes
first may take all that wait, and leave the others idle.
"""

import asyncio
import mmap
import socket
from collections.abc import Callable, Sized
from typing import Final

import structlog

_HESITATION: Final = 0.005
"""Seconds that a worker leaves a connection to others that have fewer; then it takes it, for they may be busy."""

_MOST_AT_A_TIME: Final = 64

_OUT_OF_FILES: Final = 0.5
"""Seconds to wait when the system gives no more connections."""


class Shares:
    """How many connections each worker has, in memory that processes forked from this one share."""

    def __init__(self, workers: int) -> None:
        self._counts = memoryview(mmap.mmap(-1, 4 * workers)).cast("I")

    def tell(self, worker: int, count: int) -> None:
        """Say how many a worker has."""
        self._counts[worker] = count

    def fewest(self) -> int:
        """What the worker with the fewest has. One that is being replaced has none, and is waited for a moment."""
        return min(self._counts)


class Acceptor:
    """Takes connections for one worker."""

    def __init__(
        self,
        listener: socket.socket,
        protocol: Callable[[], asyncio.Protocol],
        connections: Sized,
        shares: Shares,
        worker: int,
    ) -> None:
        """`protocol` makes what talks on a connection, and `connections` holds those that are open."""
        listener.setblocking(False)
        self._listener = listener
        self._protocol = protocol
        self._connections = connections
        self._shares = shares
        self._worker = worker
        self._arriving: set[asyncio.Task[None]] = set()
        self._at_a_time = 1
        self._resting: asyncio.TimerHandle | None = None
        self._loop = asyncio.get_running_loop()
        self.tell()
        self._listen()

    def tell(self) -> None:
        """Say how many connections this worker has now; called now and then, since some have ended."""
        self._shares.tell(self._worker, self._count())

    def close(self) -> None:
        """Take no more, and let go of the socket."""
        if self._resting is not None:
            self._resting.cancel()
        self._loop.remove_reader(self._listener)
        self._listener.close()
        self._shares.tell(self._worker, 2**32 - 1)

    def _count(self) -> int:
        return len(self._connections) + len(self._arriving)

    def _listen(self) -> None:
        self._resting = None
        self._loop.add_reader(self._listener, self._offered)

    def _offered(self) -> None:
        if self._count() > self._shares.fewest():
            self._rest(_HESITATION, self._take_after_all)
        else:
            self._take_fairly()

    def _take_fairly(self) -> None:
        self._at_a_time = 1
        for _ in range(_MOST_AT_A_TIME):
            if self._count() > self._shares.fewest() or not self._take():
                return

    def _take_after_all(self) -> None:
        self._listen()
        if self._count() <= self._shares.fewest():
            self._take_fairly()
            return
        for _ in range(self._at_a_time):
            if not self._take():
                self._at_a_time = 1
                return
        # The others are busy, and so perhaps is this loop: those who wait are taken faster and faster.
        self._at_a_time = min(2 * self._at_a_time, _MOST_AT_A_TIME)

    def _rest(self, seconds: float, then: Callable[[], None]) -> None:
        self._loop.remove_reader(self._listener)
        self._resting = self._loop.call_later(seconds, then)

    def _take(self) -> bool:
        """Take one connection, if one is there."""
        try:
            connection, _ = self._listener.accept()
        except (BlockingIOError, ConnectionAbortedError):
            return False  # another worker took it, or the caller has left
        except OSError as error:
            structlog.get_logger().error("no_more_connections", error=error.errno)
            self._rest(_OUT_OF_FILES, self._listen)
            return False
        connection.setblocking(False)
        task = self._loop.create_task(self._greet(connection))
        self._arriving.add(task)
        task.add_done_callback(self._arriving.discard)
        self.tell()
        return True

    async def _greet(self, connection: socket.socket) -> None:
        await self._loop.connect_accepted_socket(self._protocol, connection)

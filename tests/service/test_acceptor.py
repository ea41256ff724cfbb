"""Connections are shared out evenly, and never left waiting for one who does not come."""

import asyncio
import socket
import time
from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any

import pytest
import structlog

from service import server
from service.acceptor import Acceptor, Shares


class Kept(asyncio.Protocol):
    """A connection that stands in the set of its worker while it is open."""

    def __init__(self, connections: set[asyncio.Protocol]) -> None:
        self._connections = connections

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._connections.add(self)
        self.transport = transport

    def connection_lost(self, exc: Exception | None) -> None:
        self._connections.discard(self)


Worker = tuple[Acceptor, set[Any]]
Talk = Callable[[int, list[Worker], Shares], Coroutine[Any, Any, None]]


def accepting(workers: int, talk: Talk, absent: int = 0) -> None:
    """Run `talk` with the port of a socket that so many workers take connections from, and some that take none."""

    async def run() -> None:
        shares = Shares(workers + absent)
        with server.listen("127.0.0.1", 0) as listener:
            open_here: list[set[Any]] = [set() for _ in range(workers)]
            acceptors = [
                Acceptor(listener.dup(), partial(Kept, connections), connections, shares, number)
                for number, connections in enumerate(open_here)
            ]
            await talk(listener.getsockname()[1], list(zip(acceptors, open_here, strict=True)), shares)
            for acceptor in acceptors:
                acceptor.close()
            for connection in [each for connections in open_here for each in connections]:
                connection.transport.close()
            await asyncio.sleep(0.05)

    asyncio.run(run())


async def opened(port: int, count: int) -> list[asyncio.StreamWriter]:
    return [(await asyncio.open_connection("127.0.0.1", port))[1] for _ in range(count)]


async def until(what: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not what():
            await asyncio.sleep(0.01)


def test_each_worker_gets_as_many_as_the_others() -> None:
    async def talk(port: int, workers: list[Worker], _: Shares) -> None:
        writers = await opened(port, 12)
        await until(lambda: sum(len(connections) for _, connections in workers) == 12)
        assert [len(connections) for _, connections in workers] == [4, 4, 4]
        for writer in writers:
            writer.close()

    accepting(3, talk)


def test_what_has_ended_is_not_counted() -> None:
    async def talk(port: int, workers: list[Worker], shares: Shares) -> None:
        for writer in await opened(port, 4):
            writer.close()
        await until(lambda: not any(connections for _, connections in workers))
        for acceptor, _ in workers:
            acceptor.tell()
        assert shares.fewest() == 0
        writers = await opened(port, 2)
        await until(lambda: [len(connections) for _, connections in workers] == [1, 1])
        for writer in writers:
            writer.close()

    accepting(2, talk)


def test_a_connection_does_not_wait_for_a_worker_that_takes_none() -> None:
    async def talk(port: int, workers: list[Worker], _: Shares) -> None:
        writers = await opened(port, 100)
        await until(lambda: len(workers[0][1]) == 100)
        for writer in writers:
            writer.close()

    accepting(1, talk, absent=1)


def test_a_crowd_is_let_in_within_a_few_turns_of_a_loop_that_is_busy() -> None:
    """Each turn of the loop takes a while, as when every connection asks for something."""

    async def talk(port: int, workers: list[Worker], _: Shares) -> None:
        crowd = [socket.create_connection(("127.0.0.1", port)) for _ in range(100)]
        turns = 0
        while len(workers[0][1]) < 100:
            time.sleep(0.01)
            await asyncio.sleep(0)
            turns += 1
        assert turns < 50
        for each in crowd:
            each.close()

    accepting(1, talk, absent=1)


def test_out_of_files_it_says_so_and_takes_the_connection_later(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("service.acceptor._OUT_OF_FILES", 0.05)

    class Full:
        """A listener from which the first connection cannot be had."""

        def __init__(self, listener: Any) -> None:
            self._listener = listener
            self.refusals = 1

        def __getattr__(self, name: str) -> Any:
            return getattr(self._listener, name)

        def accept(self) -> Any:
            if self.refusals:
                self.refusals -= 1
                raise OSError(24, "too many open files")
            return self._listener.accept()

    async def run() -> list[Any]:
        with server.listen("127.0.0.1", 0) as listener, structlog.testing.capture_logs() as logged:
            connections: set[Any] = set()
            acceptor = Acceptor(Full(listener.dup()), partial(Kept, connections), connections, Shares(1), 0)  # type: ignore[arg-type]
            (writer,) = await opened(listener.getsockname()[1], 1)
            await until(lambda: len(connections) == 1)
            acceptor.close()
            writer.close()
            await until(lambda: not connections)
            return logged

    assert [(line["event"], line["error"]) for line in asyncio.run(run())] == [("no_more_connections", 24)]

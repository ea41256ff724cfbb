"""Notes wait in turn, in bounded number."""

import asyncio
import threading
import time
from collections.abc import Coroutine
from functools import partial
from typing import Any, TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.metrics import Metrics
from service.problems import BUSY, Problem
from service.reading_queue import ReadingQueue

T = TypeVar("T")


def run(work: Coroutine[Any, Any, T]) -> T:
    return asyncio.run(work)


async def all_at_once(queue: ReadingQueue, notes: list[int]) -> list[int | BaseException]:
    """The number of each note in the order given, or its refusal."""
    reading = [queue.read(partial(int, number), size) for number, size in enumerate(notes)]
    return await asyncio.gather(*reading, return_exceptions=True)


def test_one_more_than_may_wait_is_refused_with_a_time_to_come_back() -> None:
    *answered, refused = run(all_at_once(ReadingQueue(3, Metrics()), [100] * 4))
    assert answered == [0, 1, 2]
    assert isinstance(refused, Problem)
    assert (refused.kind, refused.headers) == (BUSY, {"Retry-After": "1"})


def test_a_long_note_takes_several_places_but_is_never_too_long_for_an_empty_queue() -> None:
    first, second = run(all_at_once(ReadingQueue(8, Metrics()), [20_000, 100]))
    assert first == 0
    assert isinstance(second, Problem)


@given(st.lists(st.integers(1, 20_000), max_size=20), st.integers(1, 12))
def test_who_is_let_in_is_answered_and_the_queue_is_empty_afterwards(notes: list[int], places: int) -> None:
    async def twice() -> None:
        queue = ReadingQueue(places, Metrics())
        for number, found in enumerate(await all_at_once(queue, notes)):
            assert found == number or isinstance(found, Problem)
        assert await all_at_once(queue, [1]) == [0]

    run(twice())


def test_a_short_note_is_read_where_it_is_and_a_long_one_in_a_thread() -> None:
    queue = ReadingQueue(8, Metrics())
    assert run(queue.read(threading.get_ident, 1_000)) == threading.get_ident()
    assert run(ReadingQueue(8, Metrics()).read(threading.get_ident, 1_001)) != threading.get_ident()


def test_others_come_in_between_two_notes() -> None:
    """While ten notes wait, a request that came after them is answered when at most two more have been read."""
    read: list[int] = []

    async def others() -> list[int]:
        queue = ReadingQueue(10, Metrics())
        notes = [asyncio.create_task(queue.read(lambda: read.append(1), 100)) for _ in range(10)]
        await asyncio.sleep(0)
        before = len(read)
        await asyncio.sleep(0)
        after = len(read)
        await asyncio.gather(*notes)
        return [before, after]

    before, after = run(others())
    assert after - before <= 2
    assert len(read) == 10


def test_a_place_is_given_back_when_reading_fails() -> None:
    async def fails_then_reads() -> int:
        queue = ReadingQueue(1, Metrics())
        with pytest.raises(ZeroDivisionError):
            await queue.read(lambda: 1 // 0, 100)
        return await queue.read(lambda: 1, 100)

    assert run(fails_then_reads()) == 1


def test_a_crowd_does_not_keep_notes_from_being_read() -> None:
    """Others take ten times as long as a note in every turn of the loop; notes get as much time as they."""
    read: list[int] = []
    turns: list[int] = []

    def note() -> None:
        time.sleep(0.001)
        read.append(1)

    async def crowded() -> None:
        queue = ReadingQueue(100, Metrics())
        notes = [asyncio.create_task(queue.read(note, 100)) for _ in range(40)]
        while len(read) < 40:
            time.sleep(0.01)
            turns.append(1)
            await asyncio.sleep(0)
        await asyncio.gather(*notes)

    run(crowded())
    assert len(turns) < 30


def test_who_has_left_is_not_read_for() -> None:
    async def leaves() -> list[str]:
        read: list[str] = []
        queue = ReadingQueue(4, Metrics())
        first, second = (asyncio.create_task(queue.read(partial(read.append, name), 100)) for name in ("a", "b"))
        await asyncio.sleep(0)
        second.cancel()
        await asyncio.gather(first, second, return_exceptions=True)
        await queue.read(partial(read.append, "c"), 100)
        return read

    assert run(leaves()) == ["a", "c"]

"""Workers are kept alive and ended together. Each test is a process of its own, since it forks."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

PROGRAM = """
import os, signal, sys, time
from service import logs
from service.workers import Supervisor

logs.configure()  # to standard error

def work(worker):
    mode = sys.argv[1]
    if mode == "broken":
        return 1
    if mode == "deaf":
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
    else:
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    os.write(1, f"worker {worker.number} {os.getpid()}\\n".encode())  # whole, whatever the other writes
    worker.alive()
    os.set_blocking(worker.lifeline, True)
    os.read(worker.lifeline, 1)  # ends with the supervisor
    return 0

told = Supervisor(
    2,
    work,
    grace=0.2 if sys.argv[1] == "deaf" else 60,
    silence=2.5 if sys.argv[1] == "mute" else 60,
    ready=lambda: print("ready", flush=True),
    stopping=lambda: print("stopping", flush=True),
    ended=lambda number: print("ended", number, flush=True),
).run()
print("status", told, flush=True)
"""


class Running:
    """A supervisor with two workers, and what it says."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self.process = process
        self.workers: dict[int, int] = {}

    def said(self) -> str:
        assert self.process.stdout is not None
        line = self.process.stdout.readline().strip()
        if line.startswith("worker "):
            _, number, pid = line.split()
            self.workers[int(number)] = int(pid)
        return line

    def until(self, wanted: str) -> list[str]:
        lines = [self.said()]
        while lines[-1] != wanted and lines[-1]:
            lines.append(self.said())
        assert lines[-1] == wanted, lines
        return lines


@contextmanager
def supervised(mode: str) -> Iterator[Running]:
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM, mode], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        try:
            yield Running(process)
        finally:
            process.kill()


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def gone(pid: int) -> bool:
    ends = time.monotonic() + 20
    while alive(pid) and time.monotonic() < ends:
        time.sleep(0.02)
    return not alive(pid)


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_all_end_when_the_supervisor_is_told_to(how: signal.Signals) -> None:
    with supervised("willing") as running:
        running.until("ready")
        running.process.send_signal(how)
        lines = running.until("status 0")
        assert lines[0] == "stopping"
        assert sorted(lines[1:-1]) == ["ended 0", "ended 1"]


def test_a_worker_that_dies_is_replaced_and_the_others_are_left_alone() -> None:
    with supervised("willing") as running:
        running.until("ready")
        first, second = running.workers[0], running.workers[1]
        os.kill(second, signal.SIGKILL)
        assert running.said() == "ended 1"
        assert running.said().startswith("worker 1 ")
        assert running.workers[1] != second
        assert alive(first)
        running.process.terminate()
        running.until("status 0")


def test_a_worker_that_says_nothing_for_long_is_replaced() -> None:
    with supervised("mute") as running:
        running.until("ready")
        first = dict(running.workers)
        while first.items() & running.workers.items():
            running.said()
        running.process.terminate()
        running.until("status 0")


def test_workers_end_when_the_supervisor_is_killed() -> None:
    with supervised("willing") as running:
        running.until("ready")
        running.process.kill()
        assert all(gone(pid) for pid in running.workers.values())


def test_a_worker_that_cannot_start_ends_them_all() -> None:
    with supervised("broken") as running:
        assert "stopping" in running.until("status 1")


def test_a_worker_that_does_not_end_in_time_is_killed() -> None:
    with supervised("deaf") as running:
        running.until("ready")
        running.process.terminate()
        assert sorted(running.until("status 1")[1:-1]) == ["ended 0", "ended 1"]

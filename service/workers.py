"""Several processes that do the same work: forked from one that has loaded everything, watched, and ended together.

uvicorn has a supervisor of its own. It starts every worker anew, so that each loads model and phrase bank by itself,
and its workers live on when it is killed; hence this one.
"""

import gc
import os
import select
import signal
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final

import structlog

from service.logs import place

_LEAST_BETWEEN_STARTS: Final = 1.0
"""Seconds between two starts of the same worker, so that one that cannot live does not take the machine."""

_SILENCE: Final = 60.0
"""Seconds after which a worker that has stopped saying that it is alive is taken for stuck, and replaced."""

_SIGNALS: Final = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGCHLD)
_FAILED: Final = 70  # EX_SOFTWARE


@dataclass(frozen=True, slots=True)
class Worker:
    """What a worker is given: its number, a file that ends when the supervisor does, and a way to say it is alive."""

    number: int
    lifeline: int
    _told: int

    def alive(self) -> None:
        """Tell the supervisor that this worker serves; the first time, that it is ready."""
        with suppress(BlockingIOError):  # the supervisor has not read for hours: it is stopped itself
            os.write(self._told, bytes([self.number]))


class Supervisor:
    """Keeps `count` workers alive until it is told to stop by SIGTERM, SIGINT (Ctrl+C) or SIGHUP.

    `work` runs in each worker and gives its exit status; it ends by itself when it gets SIGTERM, or else is killed
    after `grace` seconds. A second Ctrl+C kills at once. A worker that is silent for `silence` seconds is killed too.
    """

    def __init__(
        self,
        count: int,
        work: Callable[[Worker], int],
        *,
        grace: float,
        silence: float = _SILENCE,
        ready: Callable[[], None] = lambda: None,
        stopping: Callable[[], None] = lambda: None,
        ended: Callable[[int], None] = lambda number: None,
    ) -> None:
        self._work = work
        self._grace = grace
        self._silence = silence
        self._tell_ready = ready
        self._tell_stopping = stopping
        self._tell_ended = ended
        self._pids: dict[int, int] = {}
        self._starts = dict.fromkeys(range(count), float("-inf"))
        self._not_ready = set(self._starts)
        self._heard_at: dict[int, float] = {}
        self._announced = False
        self._asked_to_stop = 0
        self._kill_at: float | None = None
        self._status = 0

    def run(self) -> int:
        """Supervise until all workers have ended. 0, or 1 if a worker could not start or did not end in time."""
        self._heard, self._wake = socket.socketpair()
        self._heard.setblocking(False)
        self._wake.setblocking(False)
        self._lifeline, self._life = os.pipe()
        self._told, self._tell = os.pipe()
        os.set_blocking(self._tell, False)
        # What is loaded lives as long as the process: the collector need not walk it, and its pages stay shared.
        gc.collect()
        gc.freeze()
        before = {number: signal.signal(number, self._on_signal) for number in _SIGNALS}
        signal.set_wakeup_fd(self._wake.fileno(), warn_on_full_buffer=False)
        try:
            while self._pids or self._kill_at is None:
                self._act()
                self._wait()
                self._reap()
        finally:
            signal.set_wakeup_fd(-1)
            for number, handler in before.items():
                signal.signal(number, handler)
            self._heard.close()
            self._wake.close()
            for end in (self._lifeline, self._life, self._told, self._tell):
                os.close(end)
        return self._status

    def _on_signal(self, number: int, _: object) -> None:
        if number != signal.SIGCHLD:
            self._asked_to_stop += 1

    def _act(self) -> None:
        if self._asked_to_stop and self._kill_at is None:
            self._stop()
        if self._kill_at is None:
            self._end_stuck()
            self._start_missing()
        elif time.monotonic() > self._kill_at or self._asked_to_stop > 1:
            self._status = self._status or int(self._asked_to_stop <= 1)
            self._send(signal.SIGKILL)

    def _wait(self) -> None:
        watched: list[Any] = [self._heard, self._told]
        found, _, _ = select.select(watched, [], [], _LEAST_BETWEEN_STARTS)
        if self._heard in found:
            self._heard.recv(4096)
        if self._told in found:
            self._note(os.read(self._told, 256))

    def _start_missing(self) -> None:
        now = time.monotonic()
        for number, started in self._starts.items():
            if number not in self._pids and now - started >= _LEAST_BETWEEN_STARTS:
                self._starts[number] = now
                self._pids[number] = self._fork(number)

    def _end_stuck(self) -> None:
        for number, heard in self._heard_at.items():
            if number in self._pids and time.monotonic() - heard > self._silence:
                structlog.get_logger().error("worker_stuck", worker=number, pid=self._pids[number])
                os.kill(self._pids[number], signal.SIGKILL)

    def _fork(self, number: int) -> int:
        pid = os.fork()
        if pid:
            return pid
        status = _FAILED
        try:
            os.setpgid(0, 0)  # Ctrl+C reaches the supervisor alone, which tells the workers
            signal.set_wakeup_fd(-1)
            for each in _SIGNALS:
                signal.signal(each, signal.SIG_DFL)
            self._heard.close()
            self._wake.close()
            os.close(self._life)
            os.close(self._told)
            status = self._work(Worker(number, self._lifeline, self._tell))
        except SystemExit as ended:  # as uvicorn ends when the application cannot start
            status = ended.code if isinstance(ended.code, int) else _FAILED
        except BaseException as error:
            structlog.get_logger().error("failed", error=type(error).__name__, where=place(error.__traceback__))
        finally:
            os._exit(status)

    def _note(self, numbers: bytes) -> None:
        self._heard_at.update(dict.fromkeys(numbers, time.monotonic()))
        self._not_ready.difference_update(numbers)
        if not self._not_ready and not self._announced:
            self._announced = True
            self._tell_ready()

    def _reap(self) -> None:
        for number, pid in list(self._pids.items()):
            ended, status = os.waitpid(pid, os.WNOHANG)
            if not ended:
                continue
            del self._pids[number]
            self._heard_at.pop(number, None)  # the next one is heard of when it is ready
            self._tell_ended(number)
            code = os.waitstatus_to_exitcode(status)
            if self._kill_at is not None:
                continue
            structlog.get_logger().warning("worker_ended", worker=number, pid=pid, exit=code)
            if number in self._not_ready:  # it never served, and would fail the same way again
                self._status = 1
                self._stop()

    def _stop(self) -> None:
        self._kill_at = time.monotonic() + self._grace
        self._tell_stopping()
        self._send(signal.SIGTERM)

    def _send(self, number: signal.Signals) -> None:
        for pid in self._pids.values():
            os.kill(pid, number)

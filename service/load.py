"""Load over HTTP against this machine alone: many connections, one thread, raw sockets, answers compared byte by byte.

The driver shares its processors with the service it measures, so it does as little as it can: requests are made
beforehand, and of an answer it reads the status line, the length and the bytes.
"""

import selectors
import socket
import time
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import cycle
from typing import Final
from urllib.parse import urlsplit

from phrases.errors import InputError
from service.access.hosts import is_loopback
from service.reading import write_json

MOST_CALLS: Final = 1_000_000
MOST_SECONDS: Final = 1_800.0
MOST_CONNECTIONS: Final = 512
_PATIENCE: Final = 30.0
"""A run ends when nothing has been answered for so long."""


@dataclass(slots=True)
class Call:
    """A request as bytes, and the body that answers it, once known."""

    kind: str
    request: bytes
    expected: bytes | None = None


@dataclass(slots=True)
class Outcome:
    """What came of a run: times by kind and status, in milliseconds."""

    times: dict[tuple[str, int], list[float]] = field(default_factory=dict)
    wrong: int = 0
    """Answers 200 with another body than the one expected."""
    unhinted: int = 0
    """Refusals (503) without Retry-After."""
    broken: int = 0
    """Calls whose connection ended before the answer."""
    seconds: float = 0.0

    @property
    def answered(self) -> int:
        """Calls that got an answer of any kind."""
        return sum(map(len, self.times.values()))

    def statuses(self, kind: str) -> Counter[int]:
        """How many answers each status had."""
        return Counter({status: len(times) for (named, status), times in self.times.items() if named == kind})

    def percentiles(self, kind: str, status: int = 200) -> dict[str, float]:
        """p50, p95 and p99 in milliseconds; empty where there was no such answer."""
        times = sorted(self.times.get((kind, status), ()))
        return {f"p{share}_ms": round(times[len(times) * share // 100], 2) for share in (50, 95, 99) if times}

    def add(self, call: Call, milliseconds: float, status: int, hinted: bool, body: bytes) -> None:
        """Count one answer."""
        self.times.setdefault((call.kind, status), []).append(milliseconds)
        self.wrong += status == 200 and call.expected is not None and body != call.expected
        self.unhinted += status == 503 and not hinted


def local_address(url: str) -> tuple[str, int]:
    """Host and port of a service on this machine. InputError on field `url` for every other address."""
    try:
        parts = urlsplit(url)
        host = str(parts.hostname)
        if parts.scheme == "http" and parts.port and is_loopback(host):
            return "127.0.0.1" if host == "localhost" else host, parts.port
    except ValueError:
        pass
    raise InputError(
        "url",
        "Belastning körs bara mot den egna datorn, t.ex. http://127.0.0.1:8000.",
        "Load is run against this machine alone, such as http://127.0.0.1:8000.",
    )


def post(kind: str, path: str, body: object) -> Call:
    """A call that sends JSON."""
    content = write_json(body)
    sent = f"Content-Type: application/json\r\nContent-Length: {len(content)}\r\n"
    return Call(kind, _head("POST", path, sent) + content)


def get(kind: str, path: str) -> Call:
    """A call that asks."""
    return Call(kind, _head("GET", path))


def _head(method: str, path: str, sent: str = "") -> bytes:
    return f"{method} {path} HTTP/1.1\r\nHost: localhost\r\n{sent}\r\n".encode()


def learn(address: tuple[str, int], calls: Sequence[Call]) -> None:
    """Ask each call once, one by one, and take the answer for the right one. InputError if it is not 200."""
    kept: list[Call] = list(calls)
    with _Line(address) as line:
        for call in kept:
            line.send(call, 0.0)
            while (answer := line.receive(blocking=True)) is None:
                pass
            status, _, call.expected = answer
            if status != 200:
                raise InputError(
                    "url",
                    f"Tjänsten svarade {status}. Mät en som är redo och inte kräver nyckel.",
                    f"The service answered {status}. Measure one that is ready and asks for no key.",
                )


def drive(
    address: tuple[str, int],
    calls: Iterable[Call],
    *,
    connections: int,
    count: int = MOST_CALLS,
    seconds: float = MOST_SECONDS,
    rate: float | None = None,
    from_due: bool = True,
) -> Outcome:
    """Make calls, in a circle, until `count` of them are answered or `seconds` have gone.

    Without `rate` each connection sends its next call when the last is answered: the load that the service holds. With
    it, calls are due at even steps, whether the service follows or not, and wait for a connection that is free; a time
    then counts from when the call was due, or else from when it was sent.
    """
    run = _Run(address, cycle(calls), min(connections, MOST_CONNECTIONS), min(count, MOST_CALLS), from_due)
    try:
        return run.go(min(seconds, MOST_SECONDS), rate)
    finally:
        run.close()


class _Line:
    """A connection that is kept, with at most one call on it."""

    __slots__ = ("_address", "_buffer", "call", "due", "socket")

    def __init__(self, address: tuple[str, int]) -> None:
        self._address = address
        self._buffer = b""
        self.call: Call | None = None
        self.due = 0.0
        self.socket = self._connected()

    def _connected(self) -> socket.socket:
        line = socket.create_connection(self._address, timeout=_PATIENCE)
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return line

    def __enter__(self) -> "_Line":
        return self

    def __exit__(self, *_: object) -> None:
        self.socket.close()

    def again(self) -> None:
        """A new connection in the place of one that ended."""
        self.socket.close()
        self.socket = self._connected()
        self._buffer, self.call = b"", None

    def send(self, call: Call, due: float) -> None:
        self.call, self.due = call, due
        self.socket.sendall(call.request)

    def receive(self, blocking: bool = False) -> tuple[int, bool, bytes] | None:
        """Status, whether Retry-After was there, and body; None before the answer is whole. OSError if it is cut."""
        part = self.socket.recv(262_144, 0 if blocking else socket.MSG_DONTWAIT)
        if not part:
            raise ConnectionResetError
        self._buffer += part
        end = self._buffer.find(b"\r\n\r\n")
        if end < 0:
            return None
        head = self._buffer[:end].lower()
        start = head.find(b"content-length: ") + 16
        length = int(head[start:].partition(b"\r\n")[0])
        body = self._buffer[end + 4 :]
        if len(body) < length:
            return None
        self._buffer = b""
        return int(head[9:12]), b"retry-after:" in head, body


class _Run:
    """One run of a driver."""

    def __init__(
        self, address: tuple[str, int], calls: Iterator[Call], connections: int, count: int, from_due: bool
    ) -> None:
        self._from_due = from_due
        self._calls = calls
        self._count = count
        self._sent = 0
        self._outcome = Outcome()
        self._poll = selectors.DefaultSelector()
        self._free: deque[_Line] = deque()
        self._lines = [_Line(address) for _ in range(connections)]
        for line in self._lines:
            self._poll.register(line.socket, selectors.EVENT_READ, line)
            self._free.append(line)

    def close(self) -> None:
        self._poll.close()
        for line in self._lines:
            line.socket.close()

    def go(self, seconds: float, rate: float | None) -> Outcome:
        started = heard = time.perf_counter()
        ends = started + seconds
        now = started
        while True:
            sending = now < ends and self._sent < self._count
            if not sending and len(self._free) == len(self._lines):
                break
            if now - heard > _PATIENCE:
                self._outcome.broken += len(self._lines) - len(self._free)
                break
            wait = self._send_due(started, now, rate) if sending else 0.1
            found = self._poll.select(wait)
            now = time.perf_counter()
            if found:
                heard = now
            for key, _ in found:
                self._read(key.data, now)
        self._outcome.seconds = now - started
        return self._outcome

    def _send_due(self, started: float, now: float, rate: float | None) -> float:
        """Send what is due on the lines that are free; how long until there is more to do."""
        while self._free and self._sent < self._count:
            due = now if rate is None else started + self._sent / rate
            if due > now:
                return due - now
            self._sent += 1
            line = self._free.popleft()
            try:
                line.send(next(self._calls), due if self._from_due else time.perf_counter())
            except OSError:
                self._broken(line)
        return 0.1

    def _read(self, line: _Line, now: float) -> None:
        call = line.call
        try:
            answer = line.receive()
        except OSError:
            self._broken(line)
            return
        if answer is None or call is None:
            return
        status, hinted, body = answer
        self._outcome.add(call, (now - line.due) * 1000, status, hinted, body)
        line.call = None
        self._free.append(line)

    def _broken(self, line: _Line) -> None:
        self._outcome.broken += line.call is not None
        was_free = line.call is None
        self._poll.unregister(line.socket)
        line.again()
        self._poll.register(line.socket, selectors.EVENT_READ, line)
        if not was_free:
            self._free.append(line)

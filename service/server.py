"""`ordbro serve`: the web server, and what it prints when it is ready."""

import asyncio
import os
import signal
import socket
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import typer
import uvicorn
from pydantic import HttpUrl

from phrases.errors import InputError
from service import codebook, limits, logs, metrics
from service.acceptor import Acceptor, Shares
from service.access.policy import access_is_on, check
from service.answers import Suggester, load_suggester
from service.app import create_app
from service.pages import example_call
from service.protocol import BoundedProtocol
from service.settings import Settings, read_settings
from service.state import State
from service.systemd import notify
from service.workers import Supervisor, Worker

_BACKLOG: Final = 2048
"""Connections that may wait to be accepted."""

_MEMORY: Final = Path("/dev/shm")  # noqa: S108 (a folder of its own is made in it)
"""Where Linux keeps files in memory: always writable, also where the file system is read-only."""

_LOCAL: Final = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 (they are named, not listened on)
"""Where a service that listens on every address is found on its own machine."""

_TO_END: Final = 5.0
"""Seconds that a worker has to end after its requests have."""


def run(**given: Any) -> None:
    """Serve until stopped. What is `given` (host, port, workers, config) goes before environment and file; port 0 takes
    a free one.
    """
    settings = read_settings(**given)
    check(settings)
    # One reading at a time uses one processor; threads of the linear algebra would only take it from other workers.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    with listen(settings.host, settings.port) as listener:
        settings = reachable(settings, listener.getsockname()[1])
        suggester = load_suggester()  # before the server starts, so that a model that cannot be used is one sentence
        codebook.index()
        logs.configure(settings.log_level)
        served = (
            _alone(settings, listener, suggester) if settings.workers == 1 else _together(settings, listener, suggester)
        )
    if served:
        sys.exit(served)


def _announce(settings: Settings) -> Callable[[], None]:
    def announce() -> None:
        typer.echo(welcome(str(settings.public_url).rstrip("/"), with_key=access_is_on(settings)))
        notify("READY=1")

    return announce


def _alone(settings: Settings, listener: socket.socket, suggester: Suggester) -> int:
    return _serve(settings, listener, suggester, _announce(settings), Shares(1))


def _together(settings: Settings, listener: socket.socket, suggester: Suggester) -> int:
    with tempfile.TemporaryDirectory(prefix="ordbro-", dir=_MEMORY if os.access(_MEMORY, os.W_OK) else None) as folder:
        shares = Shares(settings.workers)

        def work(worker: Worker) -> int:
            metrics.share(folder, worker.number)
            return _serve(settings, listener, suggester, worker.alive, shares, worker)

        return Supervisor(
            settings.workers,
            work,
            grace=settings.drain_seconds + settings.grace_seconds + _TO_END,
            ready=_announce(settings),
            stopping=listener.close,
            ended=lambda number: metrics.forget(folder, number),
        ).run()


def _serve(
    settings: Settings,
    listener: socket.socket,
    suggester: Suggester,
    ready: Callable[[], None],
    shares: Shares,
    worker: Worker | None = None,
) -> int:
    app = create_app(settings, load=lambda: suggester)
    config = uvicorn.Config(
        app,
        ws="none",
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_keep_alive=limits.KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=int(settings.grace_seconds),
    )
    server = Server(config, app.state.ordbro, ready, listener, shares, worker)
    server.run(sockets=[])
    return 0 if server.started else 1


class Server(uvicorn.Server):
    """A server that says when it answers, and that is not ready for a while before it ends."""

    def __init__(
        self,
        config: uvicorn.Config,
        state: State,
        ready: Callable[[], None],
        listener: socket.socket,
        shares: Shares,
        worker: Worker | None = None,
    ) -> None:
        super().__init__(config)
        self._state = state
        self._ready = ready
        self._listener = listener
        self._shares = shares
        self._worker = worker
        self._acceptor: Acceptor | None = None
        self._stop_at: float | None = None

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, load model and phrase bank, take connections, and announce."""
        await super().startup(sockets)
        if self._worker is not None:
            asyncio.get_running_loop().add_reader(self._worker.lifeline, self._orphaned, self._worker.lifeline)
        number = self._worker.number if self._worker is not None else 0
        connections = self.server_state.connections
        self._acceptor = Acceptor(self._listener, self._protocol, connections, self._shares, number)
        self._ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Take no more connections, and finish what has begun."""
        if self._acceptor is not None:
            self._acceptor.close()
        await super().shutdown(sockets)

    def _protocol(self) -> asyncio.Protocol:
        return BoundedProtocol(self.config, self.server_state, self.lifespan.state)

    def handle_exit(self, sig: int, frame: object) -> None:
        """Stop: SIGTERM after the time that a load balancer needs, Ctrl+C now, Ctrl+C again without waiting."""
        if sig == signal.SIGINT and self._stop_at is not None:
            self.force_exit = True
        self._stop_after(0 if sig == signal.SIGINT else self._state.settings.drain_seconds)

    async def on_tick(self, counter: int) -> bool:
        """Whether to end now; asked ten times a second."""
        if self._acceptor is not None:
            self._acceptor.tell()
        if self._worker is not None and counter % 10 == 0:
            self._worker.alive()
        if self._stop_at is not None and time.monotonic() >= self._stop_at:
            self.should_exit = True
        return await super().on_tick(counter)

    def _orphaned(self, lifeline: int) -> None:
        asyncio.get_running_loop().remove_reader(lifeline)
        self._stop_after(0)

    def _stop_after(self, seconds: float) -> None:
        self._state.stop()
        self._stop_at = time.monotonic() + seconds


def listen(host: str, port: int) -> socket.socket:
    """A listening socket. InputError on field `port` if the address cannot be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # asyncio turns Nagle's algorithm off only where the socket says that it is TCP; with it every answer waits 40 ms.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if sys.platform == "linux":  # connections inherit it: one whose answer is not read is closed by the kernel
            listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, limits.UNREAD_SECONDS * 1000)
        listener.bind((host, port))
        listener.listen(_BACKLOG)
        return listener
    except OSError:
        listener.close()
        raise InputError(
            "port",
            "Adressen kan inte användas: porten är upptagen, eller adressen är inte datorns. Välj en annan med --port.",
            "The address cannot be used: the port is taken, or it is not this machine's. Choose another with --port.",
        ) from None


def reachable(settings: Settings, port: int) -> Settings:
    """The settings with the port in use, and with the local address as public one where none was chosen."""
    name = _LOCAL.get(settings.host, settings.host)
    host = f"[{name}]" if ":" in name else name
    local = {} if "public_url" in settings.model_fields_set else {"public_url": HttpUrl(f"http://{host}:{port}")}
    return settings.model_copy(update={"port": port, **local})


def welcome(address: str, *, with_key: bool = False) -> str:
    """The address of the pages, and one call to try."""
    call = example_call(address, with_key=with_key)
    return f"Ordbro finns på {address}/ (avsluta med Ctrl+C)\n\nEtt anrop att prova:\n{call}\n"

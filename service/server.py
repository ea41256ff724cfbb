"""`ordbro serve`: the web server, and what it prints when it is ready."""

import socket
import sys
from contextlib import suppress
from typing import Any, Final

import typer
import uvicorn
from pydantic import HttpUrl

from phrases.errors import InputError
from service import logs
from service.answers import load_suggester
from service.app import create_app
from service.pages import example_call
from service.settings import Settings, read_settings

_GRACE_SECONDS: Final = 30
_BACKLOG: Final = 2048


def run(**given: Any) -> None:
    """Serve until stopped. What is `given` (host, port, workers, config) goes before the settings; port 0 takes a free
    one.
    """
    settings = read_settings(**given)
    with listen(settings.host, settings.port) as listener:
        settings = reachable(settings, listener.getsockname()[1])
        suggester = load_suggester()  # before the server starts, so that a model that cannot be used is one sentence
        logs.configure(settings.log_level)
        config = uvicorn.Config(
            create_app(settings, load=lambda: suggester),
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=30,
        )
        server = _Announcing(config, str(settings.public_url))
        with suppress(KeyboardInterrupt):  # uvicorn has shut down already, and raises Ctrl+C once more
            server.run(sockets=[listener])
    if not server.started:
        sys.exit(1)


def listen(host: str, port: int) -> socket.socket:
    """A listening socket. InputError on field `port` if the address cannot be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # asyncio turns Nagle's algorithm off only where the socket says that it is TCP; with it every answer waits 40 ms.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
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
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    local = {} if "public_url" in settings.model_fields_set else {"public_url": HttpUrl(f"http://{host}:{port}")}
    return settings.model_copy(update={"port": port, **local})


class _Announcing(uvicorn.Server):
    """A server that says where it is once it answers."""

    def __init__(self, config: uvicorn.Config, address: str) -> None:
        super().__init__(config)
        self._address = address.rstrip("/")

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, load model and phrase bank, and announce."""
        await super().startup(sockets)
        if self.started:
            typer.echo(welcome(self._address))


def welcome(address: str) -> str:
    """The address of the pages, and one call to try."""
    return f"Ordbro finns på {address}/ (avsluta med Ctrl+C)\n\nEtt anrop att prova:\n{example_call(address)}\n"

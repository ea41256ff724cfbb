"""`ordbro serve`: the web server, and what it prints when it is ready."""

import socket
import sys
from contextlib import suppress
from typing import Final

import typer
import uvicorn
from pydantic import HttpUrl, ValidationError

from phrases.errors import InputError
from service import logs
from service.answers import load_suggester
from service.app import create_app
from service.pages import example_call
from service.settings import Settings

_GRACE_SECONDS: Final = 30
_BACKLOG: Final = 2048


def run(host: str | None, port: int | None) -> None:
    """Serve until stopped. `host` and `port` go before the settings; port 0 takes a free one."""
    settings = settings_of(host, port)
    with listen(settings.host, settings.port) as listener:
        settings = reachable(settings, listener.getsockname()[1])
        suggester = load_suggester()  # before the server starts, so that a model that cannot be used is one sentence
        logs.configure(settings.log_level)
        config = uvicorn.Config(
            create_app(settings, load=lambda: suggester),
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=_GRACE_SECONDS,
        )
        server = _Announcing(config, str(settings.public_url))
        with suppress(KeyboardInterrupt):  # uvicorn has shut down already, and raises Ctrl+C once more
            server.run(sockets=[listener])
    if not server.started:
        sys.exit(1)


def settings_of(host: str | None, port: int | None) -> Settings:
    """The settings, `host` and `port` going before the environment. InputError names the setting that is wrong."""
    given = {name: value for name, value in {"host": host, "port": port}.items() if value is not None}
    try:
        return Settings.model_validate(given)
    except ValidationError as error:
        name = str(error.errors(include_input=False, include_url=False)[0]["loc"][0])
        raise InputError(
            f"ORDBRO_{name.upper()}",
            "Inställningens värde går inte att använda.",
            "The setting's value cannot be used.",
        ) from None


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

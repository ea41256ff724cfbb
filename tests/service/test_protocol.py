"""Connections with bounds, on a real socket: how many, how slow, and what is not HTTP."""

import asyncio
import json
import time
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
import uvicorn

from service import limits
from service.app import create_app
from service.protocol import BoundedProtocol
from service.settings import Settings
from tests.service.conftest import SpySuggester

Talk = Callable[[int], Awaitable[Any]]


def served(talk: Talk) -> Any:
    """What `talk` gives, once it has been given the port of a service."""

    async def run() -> Any:
        app = create_app(Settings(), load=SpySuggester)
        server = uvicorn.Server(uvicorn.Config(app, port=0, http=BoundedProtocol, log_config=None, access_log=False))
        serving = asyncio.create_task(server._serve())
        while not server.started:
            await asyncio.sleep(0.01)
        try:
            return await talk(server.servers[0].sockets[0].getsockname()[1])
        finally:
            server.should_exit = True
            await serving

    return asyncio.run(run())


async def said(port: int, *parts: bytes) -> bytes:
    """Everything that is answered to what is sent, until the service closes the connection."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for part in parts:
        writer.write(part)
        await writer.drain()
        await asyncio.sleep(0.05)
    try:
        return await asyncio.wait_for(reader.read(), 20)
    except ConnectionResetError:
        return b""
    finally:
        writer.close()


def problem(answer: bytes) -> dict[str, Any]:
    head, _, body = answer.partition(b"\r\n\r\n")
    assert b"content-type: application/problem+json" in head.lower()
    told: dict[str, Any] = json.loads(body)
    assert head.startswith(f"HTTP/1.1 {told['status']} ".encode())
    return told


def test_what_is_not_http_is_refused_as_everything_else() -> None:
    answer = served(lambda port: said(port, b"HEMLIGT\r\n\r\n"))
    assert problem(answer)["type"] == "urn:problem-type:ordbro:bad-request"
    assert b"HEMLIGT" not in answer


@pytest.mark.parametrize(
    "parts", [(), (b"GET /healthz HTT",), (b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n", b"GET /")]
)
def test_a_head_that_does_not_come_ends_the_connection(
    parts: tuple[bytes, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "HEAD_SECONDS", 0.2)
    answer = served(lambda port: said(port, *parts))
    assert answer.startswith(b"HTTP/1.1 200 OK") if len(parts) == 2 else answer == b""


def test_a_body_that_does_not_come_is_told_and_ends_the_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "BODY_SECONDS", 0.2)
    sent = b"Host: localhost\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n"
    head = b"POST /ordbro/v1/phrases HTTP/1.1\r\n" + sent
    answer = served(lambda port: said(port, head, b'{"entries"'))
    assert problem(answer)["type"] == "urn:problem-type:ordbro:request-timeout"
    assert b"connection: close" in answer.lower()


def test_one_connection_too_many_is_told_to_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "CONNECTIONS", 2)

    async def crowd(port: int) -> bytes:
        opened = [await asyncio.open_connection("127.0.0.1", port) for _ in range(2)]
        await asyncio.sleep(0.05)
        try:
            return await said(port)
        finally:
            for _, writer in opened:
                writer.close()

    answer = served(crowd)
    assert problem(answer)["type"] == "urn:problem-type:ordbro:busy"
    assert b"Retry-After: 1\r\n" in answer


def test_a_connection_is_kept_for_requests_that_come_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "HEAD_SECONDS", 0.2)

    async def slowly(port: int) -> list[bytes]:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        told = []
        for _ in range(3):
            writer.write(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
            told.append(await reader.readuntil(b'{"status":"ok"}'))
            await asyncio.sleep(0.3)
        writer.close()
        return told

    assert [answer[:15] for answer in served(slowly)] == [b"HTTP/1.1 200 OK"] * 3


def test_what_has_waited_too_long_is_refused_before_it_costs_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "WAIT_SECONDS", -1.0)

    async def asks(port: int) -> list[bytes]:
        paths = (b"/ordbro/v1/api-info", b"/healthz", b"/readyz")
        rest = b" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
        return [await said(port, b"GET " + path + rest) for path in paths]

    refused, *watched = served(asks)
    assert problem(refused)["type"] == "urn:problem-type:ordbro:busy"
    assert b"retry-after: 1\r\n" in refused
    assert [answer[:15] for answer in watched] == [b"HTTP/1.1 200 OK"] * 2


def test_how_long_a_request_has_waited_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten requests come at once, each takes a while: the first has not waited, the last for all before it."""
    waited: list[float] = []

    async def slow(scope: Any, _: Any, send: Any) -> None:
        waited.append(scope["state"]["waited"])
        time.sleep(0.02)
        await send({"type": "http.response.start", "status": 204, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    monkeypatch.setattr("tests.service.test_protocol.create_app", lambda *_, **__: slow)

    async def crowd(port: int) -> None:
        request = b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
        await asyncio.gather(*(said(port, request) for _ in range(10)))

    served(crowd)
    assert len(waited) == 10
    assert max(waited) > 0.02 > min(waited)

"""A typed client of the HTTP API, for threads (`Client`) and for asyncio (`AsyncClient`).

    with Client("https://ordbro.example.se", key=key) as ordbro:
        for found in ordbro.suggestions(note, selection="ÄOU").suggestions:
            print(found.code, found.title, found.confidence)

Every call of the API is a method of both; answers are the frozen models of `service.schemas`, and whatever stands in
the way is a `ServiceError`.
"""

import asyncio
import time
from collections.abc import Callable, Coroutine
from functools import wraps
from typing import Any, Concatenate, ParamSpec, Self, TypedDict, TypeVar, Unpack

import httpx2
from pydantic import BaseModel

from service.client import calls
from service.client.calls import Call, Entry, Person
from service.client.exchange import Came, Exchange, ServiceError, Settings
from service.language import Language

__all__ = ["AsyncClient", "Client", "Entry", "Options", "Person", "ServiceError"]

P = ParamSpec("P")
T = TypeVar("T", bound=BaseModel)


def _method(make: Callable[P, Call[T]]) -> "Callable[Concatenate[Client, P], T]":
    @wraps(make)
    def method(self: "Client", /, *args: P.args, **kwargs: P.kwargs) -> T:
        return self.send(make(*args, **kwargs))

    return method


def _async_method(
    make: Callable[P, Call[T]],
) -> "Callable[Concatenate[AsyncClient, P], Coroutine[Any, Any, T]]":
    @wraps(make)
    async def method(self: "AsyncClient", /, *args: P.args, **kwargs: P.kwargs) -> T:
        return await self.send(make(*args, **kwargs))

    return method


class Options(TypedDict, total=False):
    """How calls are made: the language of messages, seconds for each attempt, and how many times a call that may be
    sent again is.
    """

    language: Language
    timeout: float
    retries: int


class Client:
    """Calls one service; close it, or use it in a `with` statement.

    `address` is where the service is, without the path of the API; `key` is sent as a bearer token. A proxy or a
    certificate authority of one's own comes with `transport`: those of the environment are not used, so that a note
    goes nowhere but to the address.
    """

    def __init__(
        self,
        address: str,
        key: str | None = None,
        *,
        transport: httpx2.BaseTransport | None = None,
        **options: Unpack[Options],
    ) -> None:
        self._settings = Settings(address, key, **options)
        self._http = httpx2.Client(transport=transport, trust_env=False)

    phrases = _method(calls.phrases)
    text = _method(calls.text)
    suggestions = _method(calls.suggestions)
    feedback = _method(calls.feedback)
    answer_options = _method(calls.answer_options)
    codes = _method(calls.codes)
    code = _method(calls.code)
    api_info = _method(calls.api_info)

    def send(self, call: Call[T]) -> T:
        """Carry out a call. ServiceError when there is no answer to it."""
        under_way = Exchange(call, self._settings)
        while (seconds := under_way.pause(self._attempt(under_way.request))) is not None:
            time.sleep(seconds)
        return under_way.answer()

    def _attempt(self, request: httpx2.Request) -> Came:
        try:
            return self._http.send(request)
        except httpx2.RequestError as error:
            return error

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class AsyncClient:
    """As `Client`, for asyncio; close it with `aclose`, or use it in an `async with` statement."""

    def __init__(
        self,
        address: str,
        key: str | None = None,
        *,
        transport: httpx2.AsyncBaseTransport | None = None,
        **options: Unpack[Options],
    ) -> None:
        self._settings = Settings(address, key, **options)
        self._http = httpx2.AsyncClient(transport=transport, trust_env=False)

    phrases = _async_method(calls.phrases)
    text = _async_method(calls.text)
    suggestions = _async_method(calls.suggestions)
    feedback = _async_method(calls.feedback)
    answer_options = _async_method(calls.answer_options)
    codes = _async_method(calls.codes)
    code = _async_method(calls.code)
    api_info = _async_method(calls.api_info)

    async def send(self, call: Call[T]) -> T:
        """Carry out a call. ServiceError when there is no answer to it."""
        under_way = Exchange(call, self._settings)
        while (seconds := under_way.pause(await self._attempt(under_way.request))) is not None:
            await asyncio.sleep(seconds)
        return under_way.answer()

    async def _attempt(self, request: httpx2.Request) -> Came:
        try:
            return await self._http.send(request)
        except httpx2.RequestError as error:
            return error

    async def aclose(self) -> None:
        """Close the connections."""
        await self._http.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()

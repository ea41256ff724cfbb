"""The outermost layer: every request passes here, in and out.

It follows the trace, guards sizes, adds the security headers, catches what nobody caught, and writes one log line and
one metric an answer: route template, method, status and time, never a byte from the request.
"""

import asyncio
import time
import uuid
from http import HTTPMethod
from typing import Final

import structlog
from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service import limits, problems, tracing
from service.access.scopes import UNMETERED
from service.language import preferred
from service.logs import place
from service.state import State

SECURITY_HEADERS: Final = {
    "Content-Security-Policy": "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
_DEFAULT_HEADERS: Final = tuple(
    (name.lower().encode(), value.encode()) for name, value in {"Cache-Control": "no-store", **SECURITY_HEADERS}.items()
)
_METHODS: Final = frozenset(HTTPMethod)
_CLIENT_LEFT: Final = 499
"""Nobody reads the answer; the number is nginx's custom for it."""


def request_id(scope: Scope) -> str:
    """The id this request was given at the gate."""
    return str(scope["state"]["request_id"])


class Gate:
    """ASGI middleware around the whole application."""

    def __init__(self, app: ASGIApp, state: State) -> None:
        self._app = app
        self._state = state

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let one request through; other scopes (lifespan) pass untouched."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        await _Passage(scope, receive, send, self._state).go(self._app)


class _Passage:
    """One request on its way through the gate."""

    def __init__(self, scope: Scope, receive: Receive, send: Send, state: State) -> None:
        self._method = scope["method"]
        # HEAD is GET without the body (RFC 9110): every resource that has one has the other.
        self._scope = {**scope, "method": "GET"} if self._method == "HEAD" else scope
        self._receive = receive
        self._send = send
        self._state = state
        self._headers = Headers(scope=scope)
        self._started = time.perf_counter()
        self._trace = tracing.follow(self._headers.get("traceparent", ""))
        self._id = str(uuid.uuid4())
        self._status = 0
        self._read = 0
        self._whole = False
        self._latest = asyncio.get_running_loop().time() + limits.BODY_SECONDS
        self._scope.setdefault("state", {})["request_id"] = self._id

    async def go(self, app: ASGIApp) -> None:
        try:
            refusal = self._refusal()
            if refusal is None:
                await app(self._scope, self._receive_within_limit, self._send_with_headers)
            else:
                await self._refuse(refusal)
        except ClientDisconnect:
            self._status = _CLIENT_LEFT
        except Exception as error:
            # The message may hold a note, and so may a traceback: type and place are enough to find the fault.
            structlog.get_logger().error(
                "failed", error=type(error).__name__, where=place(error.__traceback__), request_id=self._id
            )
            if not self._status:
                await self._refuse(problems.Problem(problems.INTERNAL))
        finally:
            self._tell()

    def _refusal(self) -> problems.Problem | None:
        if not self._state.access.answers_to(self._headers):
            return problems.Problem(problems.MISDIRECTED)
        if len(self._scope.get("raw_path") or b"") + len(self._scope["query_string"]) >= limits.URL_CHARACTERS:
            return problems.Problem(problems.URL_TOO_LONG)
        length = self._headers.get("content-length", "0")
        if length.isascii() and length.isdigit() and int(length[:20]) > limits.BODY_BYTES:
            return problems.Problem(problems.TOO_LARGE)
        if self._scope["state"].get("waited", 0) > limits.WAIT_SECONDS and self._scope["path"] not in UNMETERED:
            return problems.Problem(problems.BUSY, headers={"Retry-After": "1"})
        return None

    async def _refuse(self, problem: problems.Problem) -> None:
        language = preferred(self._headers.get("accept-language", ""))
        answer = problems.response(problem, language, self._id)
        await answer(self._scope, self._receive, self._send_with_headers)

    async def _receive_within_limit(self) -> Message:
        if self._whole:  # what comes now is that the caller leaves, whenever that is
            return await self._receive()
        try:
            async with asyncio.timeout_at(self._latest):
                message = await self._receive()
        except TimeoutError:
            raise problems.Problem(problems.TIMEOUT, headers={"Connection": "close"}) from None
        self._whole = not message.get("more_body", False)
        self._read += len(message.get("body", b""))
        if self._read > limits.BODY_BYTES:
            raise problems.Problem(problems.TOO_LARGE)
        return message

    async def _send_with_headers(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._status = message["status"]
            message = {**message, "headers": self._completed(list(message["headers"]))}
        elif self._method == "HEAD":
            message = {**message, "body": b""}
        await self._send(message)

    def _completed(self, headers: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
        told = {
            "x-request-id": self._id,
            "traceparent": self._trace.traceparent,
            **self._scope["state"].get("answer_headers", {}),
        }
        if self._state.stopping:  # the caller's next request should come to another
            told["connection"] = "close"
        headers.extend((name.lower().encode(), value.encode()) for name, value in told.items())
        given = {name for name, _ in headers}
        headers.extend(default for default in _DEFAULT_HEADERS if default[0] not in given)
        return headers

    def _tell(self) -> None:
        seconds = time.perf_counter() - self._started
        method = self._method if self._method in _METHODS else "OTHER"
        route = route_template(self._scope)
        self._state.metrics.answered(route, method, self._status, seconds)
        structlog.get_logger().info(
            "request",
            route=route,
            method=method,
            status=self._status,
            duration_ms=round(seconds * 1000, 2),
            request_id=self._id,
            trace_id=self._trace.trace_id,
        )


def route_template(scope: Scope) -> str:
    """The path as the application wrote it, "/ordbro/v1/codes/{code}"; "" where no route was found."""
    return str(getattr(scope.get("route"), "path", ""))

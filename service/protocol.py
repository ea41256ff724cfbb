"""HTTP connections with bounds: how many, how long a request may take to arrive, and refusals as problem details."""

import asyncio
import uuid
from http import HTTPStatus
from typing import Any

from uvicorn.config import Config
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.server import ServerState

from service import limits, problems
from service.reading import write_json


class BoundedProtocol(H11Protocol):
    """uvicorn's connection, which by itself waits for ever for the rest of a request's head.

    The body has its own time in `service.gate`, and a connection between two requests has uvicorn's keep-alive.
    """

    _head: asyncio.TimerHandle | None = None
    _heard = 0.0

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self._answer = self.app
        self.app = self._answer_in_turn

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as in uvicorn
        """Take the connection, unless there are too many."""
        super().connection_made(transport)
        if len(self.connections) > limits.CONNECTIONS:
            self._refuse(problems.Problem(problems.BUSY, headers={"Retry-After": "1"}))
        else:
            self._wait_for_head()

    def data_received(self, data: bytes) -> None:
        """Take in what came; what is not yet a whole head has limited time to become one."""
        self._heard = self.loop.time()
        super().data_received(data)
        # No cycle is there before the first request, though uvicorn's types say so.
        if self.cycle is not None and not self.cycle.response_complete:  # type: ignore[redundant-expr]
            self._stop_waiting()
        elif self._head is None:
            self._wait_for_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """Let go of the connection."""
        self._stop_waiting()
        super().connection_lost(exc)

    def send_400_response(self, msg: str) -> None:
        """Refuse what is not HTTP, without uvicorn's words in plain text."""
        self._refuse(problems.Problem(problems.BAD_REQUEST))

    async def _answer_in_turn(self, scope: Any, receive: Any, send: Any) -> None:
        """Pass the request on with the time that it has waited here, while others were answered; the gate decides."""
        scope["state"]["waited"] = self.loop.time() - self._heard
        await self._answer(scope, receive, send)

    def _wait_for_head(self) -> None:
        self._head = self.loop.call_later(limits.HEAD_SECONDS, self.transport.abort)

    def _stop_waiting(self) -> None:
        if self._head is not None:
            self._head.cancel()
            self._head = None

    def _refuse(self, problem: problems.Problem) -> None:
        self.transport.write(whole_answer(problem))
        self.transport.close()


def whole_answer(problem: problems.Problem) -> bytes:
    """A problem as bytes on the wire, where no request was read that could be answered the usual way."""
    body: dict[str, Any] = problems.document(problem, "en", str(uuid.uuid4()))
    content = write_json(body)
    headers = {
        "Content-Type": problems.MEDIA_TYPE,
        "Content-Length": str(len(content)),
        "Cache-Control": "no-store",
        "Connection": "close",
        **(problem.headers or {}),
    }
    status = HTTPStatus(problem.kind.status)
    head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"HTTP/1.1 {status.value} {status.phrase}\r\n{head}\r\n".encode() + content

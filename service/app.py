"""The FastAPI application: routes, handlers and the gate around them, put together."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any, Final

import anyio
import structlog
from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response

from phrases.errors import InputError
from service import api, codebook, health, openapi, pages, problems
from service.access.origins import Origins
from service.answers import Suggester, load_suggester
from service.gate import Gate, request_id
from service.requests import faults
from service.settings import Settings
from service.state import State

# FastAPI hands request bodies and exception messages to OpenTelemetry wherever an exporter is configured, even from the
# environment. Here nothing may leave, so every part of it is off.
_NO_TELEMETRY: Final[Any] = {
    "tracing": False,
    "metrics": False,
    "logs": False,
    "operation_spans": False,
    "auto_configure": False,
}


def create_app(settings: Settings | None = None, load: Callable[[], Suggester] = load_suggester) -> FastAPI:
    """The application. `load` gives the reader of notes when the application starts."""
    settings = settings or Settings()
    state = State(settings)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        codebook.index()
        app.openapi()
        state.load(load())
        structlog.get_logger().info("ready")
        async with anyio.create_task_group() as background:
            if state.access.issuer_keys is not None:
                background.start_soon(state.access.issuer_keys.keep_fresh)
            yield
            background.cancel_scope.cancel()
        state.load(None)
        state.feedback.close()

    app = FastAPI(
        telemetry=_NO_TELEMETRY,
        lifespan=lifespan,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        middleware=[
            Middleware(Gate, state=state),
            *([Middleware(Origins, origins=settings.allowed_origins)] if settings.allowed_origins else []),
        ],
        exception_handlers={
            problems.Problem: _on_problem,
            HTTPException: _on_http,
            InputError: _on_input,
            RequestValidationError: _on_validation,
        },
    )
    app.state.ordbro = state
    app.include_router(api.router)
    app.include_router(health.router)
    app.include_router(pages.router)
    described: dict[str, Any] = {}

    def description() -> dict[str, Any]:
        if not described:
            described.update(openapi.build(app, settings))
        return described

    app.openapi = description  # type: ignore[method-assign]  # FastAPI's own way to replace its description
    return app


async def _on_problem(request: Request, problem: problems.Problem) -> Response:
    return problems.response(problem, api.language_of(request), request_id(request.scope))


async def _on_http(request: Request, error: HTTPException) -> Response:
    return await _on_problem(request, problems.from_http(error))


async def _on_input(request: Request, fault: InputError) -> Response:
    return await _on_problem(request, problems.Problem(problems.INVALID_REQUEST, [fault], place=_place(request)))


async def _on_validation(request: Request, error: RequestValidationError) -> Response:
    # The first part of each path says where it was ("body", "query"); the caller knows, and `place` tells.
    found = faults(error.errors(), skip=1)
    return await _on_problem(request, problems.Problem(problems.INVALID_REQUEST, found, place=_place(request)))


def _place(request: Request) -> problems.Place:
    return "parameter" if request.method == "GET" else "pointer"

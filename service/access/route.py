"""A route that looks at who calls before it looks at anything else of the request."""

from collections.abc import Callable, Coroutine
from typing import Any

from fastapi.routing import APIRoute
from starlette.requests import Request
from starlette.responses import Response

from service import problems
from service.access.caller import Caller
from service.access.scopes import needed
from service.state import state_of


class GuardedRoute(APIRoute):
    """A route that stands in the table of scopes. It cannot be made without standing there."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """What answers, behind the decision."""
        handler = self.answering()
        route = self.path_format
        scope = needed(route)

        async def guarded(request: Request) -> Response:
            access = state_of(request).access
            caller = access.caller(request.headers, scope)
            allowance = access.allowance(caller, request.client.host if request.client else "", route)
            if allowance is not None:
                request.state.answer_headers = allowance.headers
                if not allowance.granted:
                    after = {"Retry-After": str(allowance.seconds_to_next)}
                    raise problems.Problem(problems.TOO_MANY_REQUESTS, headers=after)
            request.state.caller = access.demand(caller, request.headers, scope)
            return await handler(request)

        return guarded

    def answering(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """FastAPI's handler, for those who were let in."""
        return super().get_route_handler()


def caller_of(request: Request) -> Caller:
    """Who made a request to a guarded route."""
    caller: Caller = request.state.caller
    return caller

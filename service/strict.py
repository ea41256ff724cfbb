"""A route that reads its body strictly: JSON by name, UTF-8, and refusals that quote nothing."""

from collections.abc import Callable, Coroutine
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from phrases.errors import InputError
from service import problems
from service.access.route import GuardedRoute
from service.reading import read_json


class StrictRequest(Request):
    """A request whose JSON is read by `service.reading`."""

    async def json(self) -> Any:
        """The body. Problem 400 unless it is JSON in UTF-8."""
        try:
            return read_json(await self.body())
        except InputError as fault:
            raise problems.Problem(problems.INVALID_JSON, [fault]) from None


class StrictRoute(GuardedRoute):
    """A guarded route that answers 415 to any other content type than JSON, before it looks at the body."""

    def answering(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """FastAPI's handler, behind the check and with our reader."""
        handler = super().answering()
        takes_body = self.body_field is not None

        async def strict(request: Request) -> Response:
            if takes_body and not _is_json(request.headers.get("content-type", "")):
                raise problems.Problem(problems.UNSUPPORTED_MEDIA_TYPE)
            return await handler(StrictRequest(request.scope, request.receive))

        return strict


def _is_json(content_type: str) -> bool:
    media_type, *parameters = (part.strip().lower() for part in content_type.split(";"))
    charsets = [part.partition("=")[2].strip('"') for part in parameters if part.startswith("charset=")]
    return media_type == "application/json" and charsets in ([], ["utf-8"])

"""Which web sites may call from a browser (CORS): none but our own pages, unless the settings name them."""

from collections.abc import Sequence
from typing import Final

from starlette.datastructures import Headers
from starlette.middleware.cors import CORSMiddleware
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

_SENT: Final = ("Authorization", "Idempotency-Key", "If-None-Match", "Traceparent", "X-API-Key")
_LIMITS: Final = ("RateLimit", "RateLimit-Policy", "Retry-After")
_READ: Final = ("ETag", "Traceparent", "WWW-Authenticate", "X-Request-Id", *_LIMITS)


class Origins(CORSMiddleware):
    """Starlette's, without its own refusals: what is not allowed is answered as if it had not been asked about.

    So every refusal stays a problem of ours (the 405 that OPTIONS gets), and the browser sees no permission in it.
    Cookies are never allowed: there are none.
    """

    def __init__(self, app: ASGIApp, origins: Sequence[str]) -> None:
        super().__init__(
            app, allow_origins=origins, allow_methods=("GET", "HEAD", "POST"), allow_headers=_SENT, expose_headers=_READ
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a preflight request that is allowed; let everything else through, marked for the browser."""
        if scope["type"] == "http" and scope["method"] == "OPTIONS" and not self._allows(Headers(scope=scope)):
            await self.app(scope, receive, send)
            return
        await super().__call__(scope, receive, send)

    def _allows(self, headers: Headers) -> bool:
        if "origin" not in headers or "access-control-request-method" not in headers:
            return False
        answer: Response = self.preflight_response(headers)
        return answer.status_code == 200

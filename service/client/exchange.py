"""How a call is carried out: sent, tried again where that is safe, and its answer read.

Nothing here waits or sends: `Exchange` decides, and the two clients do.
"""

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Final, Generic, TypeVar

import httpx2
from pydantic import BaseModel, ValidationError

from service import schemas
from service.client.calls import Call
from service.language import Language
from service.reading import write_json
from service.release import ROOT, __version__

T = TypeVar("T", bound=BaseModel)

Came = httpx2.Response | httpx2.RequestError
"""What came of sending a request."""

_NEVER_SENT: Final = (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.PoolTimeout)
_REFUSED_UNREAD: Final = (429, 503)
"""With Retry-After these are refusals made before the request was worked on: it may be sent again, whatever it asks."""

_PASSING: Final = (429, 502, 503, 504)
"""What a later attempt may not meet: too much at a time, or a proxy that did not reach the service."""

FIRST_PAUSE: Final = 0.2
"""Seconds, at most; each further pause is at most twice the one before."""


class ServiceError(Exception):
    """The service refused, failed, or could not be reached.

    `kind` is the end of the problem's `type` ("unknown-code", "invalid-request" ...; docs/openapi.json), or
    "unreachable", "timeout" or "unexpected-answer" where no problem of Ordbro's came; `status` is 0 where nothing
    came. `errors` name the fields. It holds nothing that was sent: no note, no name, no key.
    """

    def __init__(self, kind: str, status: int = 0, problem: schemas.ProblemDetails | None = None) -> None:
        self.kind = kind
        self.status = status
        self.detail = problem.detail if problem else ""
        self.errors = problem.errors if problem else ()
        self.instance = problem.instance if problem else ""
        fields = [f"{error.pointer or error.parameter}: {error.detail}" for error in self.errors]
        super().__init__(" ".join(part for part in (f"{status or ''} {kind}".strip(), self.detail, *fields) if part))


@dataclass(frozen=True, slots=True)
class Settings:
    """How one service is called. `key` is not shown by `repr`."""

    address: str
    key: str | None = field(default=None, repr=False)
    language: Language = "sv"
    timeout: float = 10.0
    retries: int = 2
    longest_wait: float = 30.0

    def request(self, call: Call[T]) -> httpx2.Request:
        """The call as an HTTP request. ServiceError, kind invalid-json, for a body that JSON cannot hold."""
        content = None if call.body is None else _written(call.body)
        if content is None and call.body is not None:
            raise ServiceError("invalid-json")
        headers = {
            "Accept": "application/json, application/problem+json",
            "Accept-Language": self.language,
            "User-Agent": f"ordbro/{__version__}",
            **({"Authorization": f"Bearer {self.key}"} if self.key else {}),
            **({"Content-Type": "application/json"} if call.body is not None else {}),
            **call.headers,
        }
        return httpx2.Request(
            call.method,
            f"{self.address.rstrip('/')}{ROOT}{call.path}",
            params=dict(call.query) or None,
            content=content,
            headers=headers,
            extensions={"timeout": httpx2.Timeout(self.timeout).as_dict()},
        )


class Exchange(Generic[T]):
    """One call under way. Whoever sends gives what came to `pause`, sends again after the seconds that it tells, and
    takes the answer when it tells None; with threads or with asyncio, that is all there is to do.
    """

    def __init__(self, call: Call[T], settings: Settings) -> None:
        self._call = call
        self._settings = settings
        self._attempts = 0
        self._came: Came | None = None
        self.request = settings.request(call)

    def pause(self, came: Came) -> float | None:
        """Seconds before the request is to be sent again, or None when it has been sent often enough."""
        self._came = came
        seconds = pause(came, self._attempts, repeatable=self._call.repeatable, chance=random.random())
        self._attempts += 1
        worthwhile = self._attempts <= self._settings.retries and (seconds or 0) <= self._settings.longest_wait
        return seconds if worthwhile else None

    def answer(self) -> T:
        """The answer. ServiceError when what came is none."""
        return read(self._came, self._call.answer)


def pause(came: Came, attempt: int, *, repeatable: bool, chance: float) -> float | None:
    """Seconds before the same may be sent again, or None where it must not.

    A refusal that was made unread and names its time is obeyed for every call; a request that never left may always
    be sent again; one whose fate is unknown only if it is repeatable. Times grow, and `chance` (0 to 1) spreads them,
    so that many clients do not come back at once.
    """
    grown = FIRST_PAUSE * 2**attempt * (1 + chance) / 2
    if isinstance(came, httpx2.Response):
        if came.status_code in _REFUSED_UNREAD and (named := retry_after(came.headers)) is not None:
            return named
        return grown if repeatable and came.status_code in _PASSING else None
    return grown if repeatable or isinstance(came, _NEVER_SENT) else None


def retry_after(headers: Mapping[str, str]) -> float | None:
    """The seconds that Retry-After (RFC 9110) names, as a number or as a date; None where it names none."""
    told = headers.get("retry-after", "").strip()
    if told.isascii() and told.isdigit():
        return float(told[:9])
    try:
        return max(0.0, (parsedate_to_datetime(told) - datetime.now(UTC)).total_seconds())
    except (TypeError, ValueError):  # no date, or one without a zone
        return None


def read(came: Came | None, answer: type[T]) -> T:
    """The answer in its shape; fields that a later version added are left out. ServiceError for anything else.

    Errors are raised outside `except`, so that no exception that holds the request or the answer hangs on them.
    """
    if not isinstance(came, httpx2.Response):
        raise ServiceError("timeout" if isinstance(came, httpx2.TimeoutException) else "unreachable")
    if came.is_success:
        found = _shaped(came, answer)
        if found is not None:
            return found
    else:
        problem = _shaped(came, schemas.ProblemDetails)
        if problem is not None and problem.type.startswith(schemas.PROBLEM_TYPE):
            raise ServiceError(problem.type.removeprefix(schemas.PROBLEM_TYPE), came.status_code, problem)
    raise ServiceError("unexpected-answer", came.status_code)


def _shaped(came: httpx2.Response, shape: type[T]) -> T | None:
    try:
        return shape.model_validate_json(came.content, extra="ignore")
    except ValidationError:
        return None


def _written(body: Mapping[str, Any]) -> bytes | None:
    try:
        return write_json(body)
    except (TypeError, ValueError):  # no JSON, or half a Unicode character; both errors hold what was to be written
        return None

"""Access in the API description (OpenAPI): how to show who one is, what each operation needs, and what refuses."""

from typing import Final

from service import problems
from service.access.policy import API_KEY_HEADER
from service.access.scopes import needed

SCHEMES: Final = {
    "bearer": {
        "type": "http",
        "scheme": "bearer",
        "description": (
            "En nyckel från den som driver tjänsten, eller en OAuth 2-token (JWT) från en utfärdare som den litar på. "
            "A key from the one who runs the service, or an OAuth 2 token (JWT) of an issuer that it trusts."
        ),
    },
    "apiKey": {
        "type": "apiKey",
        "in": "header",
        "name": API_KEY_HEADER,
        "description": "Samma nyckel, i ett eget huvud. Aldrig i adressen. The same key in a header of its own.",
    },
}
HEADERS: Final = {
    "RateLimit": {
        "description": "Anrop som är kvar, och sekunder tills alla är det. Calls left, and seconds until all are.",
        "schema": {"type": "string"},
        "example": '"caller";r=5999;t=1',
    },
    "RateLimitPolicy": {
        "description": "Anrop som får göras, och under hur många sekunder. Calls that may be made, and in what time.",
        "schema": {"type": "string"},
        "example": '"caller";q=6000;w=60',
    },
    "RetryAfter": {
        "description": "Sekunder att vänta. Seconds to wait.",
        "schema": {"type": "integer"},
        "example": 1,
    },
    "WwwAuthenticate": {
        "description": "Vad som saknas (RFC 6750). What is missing.",
        "schema": {"type": "string"},
        "example": 'Bearer realm="ordbro", error="insufficient_scope", scope="phrases"',
    },
}
_METERED: Final = {"RateLimit": "RateLimit", "RateLimit-Policy": "RateLimitPolicy"}
_OF_STATUS: Final = {
    "401": {"WWW-Authenticate": "WwwAuthenticate"},
    "403": {"WWW-Authenticate": "WwwAuthenticate"},
    "429": {"Retry-After": "RetryAfter"},
    "503": {"Retry-After": "RetryAfter"},
}


def security(route: str) -> list[dict[str, list[str]]]:
    """What a caller of the route template shows; nothing where it is open."""
    scope = needed(route)
    return [] if scope is None else [{scheme: [scope.value]} for scheme in SCHEMES]


def refusals(route: str) -> tuple[problems.Kind, ...]:
    """The problems that a caller of the route template can meet on the way in."""
    if needed(route) is None:
        return (problems.TOO_MANY_REQUESTS,)
    return problems.UNAUTHORIZED, problems.FORBIDDEN, problems.TOO_MANY_REQUESTS


def headers(status: str) -> dict[str, dict[str, str]]:
    """The headers about access that an answer with the status can have."""
    named = {**_METERED, **_OF_STATUS.get(status, {})}
    return {name: {"$ref": f"#/components/headers/{component}"} for name, component in named.items()}

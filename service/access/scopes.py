"""The scopes of a key or token, and the one table that says which route needs which."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from service.release import ROOT


class Scope(StrEnum):
    """What a caller may do. No scope holds another: `admin` alone gives no phrases."""

    PHRASES = "phrases"
    SUGGESTIONS = "suggestions"
    FEEDBACK = "feedback"
    ADMIN = "admin"


ROUTES: Final[Mapping[str, Scope | None]] = MappingProxyType(
    {
        f"{ROOT}/phrases": Scope.PHRASES,
        f"{ROOT}/texts": Scope.PHRASES,
        f"{ROOT}/answer-options": Scope.PHRASES,
        f"{ROOT}/codes": Scope.PHRASES,
        f"{ROOT}/codes/{{code}}": Scope.PHRASES,
        f"{ROOT}/suggestions": Scope.SUGGESTIONS,
        f"{ROOT}/feedback": Scope.FEEDBACK,
        "/metrics": Scope.ADMIN,
        f"{ROOT}/api-info": None,
        f"{ROOT}/openapi.json": None,
        "/healthz": None,
        "/readyz": None,
        "/": None,
        "/api": None,
        "/static/{name}": None,
    }
)
"""The scope that each route template needs; None is open to everyone."""

UNMETERED: Final = frozenset({"/healthz", "/readyz"})
"""Those who watch the service are always answered."""


def needed(route: str) -> Scope | None:
    """The scope that a route template needs. LookupError if the table lacks it: none is open by oversight."""
    if route not in ROUTES:
        raise LookupError(f"service.access.scopes.ROUTES does not say who may call {route}")
    return ROUTES[route]

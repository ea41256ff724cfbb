"""Who is calling, as far as the service needs to know."""

from dataclasses import dataclass
from typing import Final

from service.access.scopes import Scope


@dataclass(frozen=True, slots=True)
class Caller:
    """A caller that was let in.

    `name` tells callers apart and goes nowhere else. `profile` is the local profile that the key is bound to, and
    `selection` the selection of codes that the profile chooses where a request chooses none.
    """

    name: str
    scopes: frozenset[Scope]
    profile: str = ""
    selection: str | None = None


ANYONE: Final = Caller("", frozenset(Scope))
"""Everyone, where access is off: the service listens on its own machine alone."""

"""Bearer tokens of an OAuth 2 issuer: JWT access tokens (RFC 9068), checked here and nowhere asked about."""

from collections.abc import Iterable
from typing import Any, Final

from service.access.caller import Caller
from service.access.jwks import KeySource, NotFetched, Unknown
from service.access.scopes import Scope

_LEEWAY_SECONDS: Final = 30
_CHARACTERS: Final = 8_192
_TYPES: Final = frozenset({"at+jwt", "application/at+jwt", "jwt", ""})
"""RFC 9068 asks for the first; common issuers write the others. Tokens made for something else name another type."""

_SUBJECT_CHARACTERS: Final = 200
"""As much of a subject as is kept to tell callers apart: their number is bounded, and so must their size be."""

_SUBJECTS: Final = ("client_id", "azp", "sub")
"""The claims that tell callers apart, best first."""

__all__ = ["NotFetched", "Tokens"]


class Tokens:
    """Checks tokens against one issuer and one audience."""

    def __init__(self, issuer: str, audience: str, algorithms: Iterable[str], keys: KeySource) -> None:
        from jwt import PyJWT

        self._issuer = issuer
        self._audience = audience
        self._algorithms = frozenset(algorithms)
        self._keys = keys
        self._jwt = PyJWT(options={"enforce_minimum_key_length": True})

    def caller(self, shown: str) -> Caller | None:
        """The caller who shows a token; None if the token is not valid here. NotFetched if that cannot be said."""
        from jwt.exceptions import PyJWTError

        if len(shown) > _CHARACTERS:
            return None
        try:
            claims = self._claims(shown)
        # An exception of the library can quote the token; none of them is told or logged.
        except (PyJWTError, Unknown, ValueError, TypeError, RecursionError):
            return None
        written = claims.get("scope")
        granted = frozenset(written.split()) if isinstance(written, str) else frozenset()
        subject = next((str(claims[claim]) for claim in _SUBJECTS if claim in claims), "")
        return Caller(f"token {subject[:_SUBJECT_CHARACTERS]}", frozenset(scope for scope in Scope if scope in granted))

    def _claims(self, shown: str) -> dict[str, Any]:
        from jwt import get_unverified_header

        header = get_unverified_header(shown)
        algorithm = header.get("alg")
        if algorithm not in self._algorithms or str(header.get("typ", "")).lower() not in _TYPES:
            raise Unknown
        kid = header.get("kid")
        claims: dict[str, Any] = self._jwt.decode(
            shown,
            self._keys.find(kid, algorithm),
            algorithms=[algorithm],
            audience=self._audience,
            issuer=self._issuer,
            leeway=_LEEWAY_SECONDS,
            options={"require": ["exp", "iss", "aud"]},
        )
        return claims

"""The public keys of an issuer (JWKS, RFC 7517): from a local file, or from the one address that the settings name.

The address is asked in the background, at the start, every ten minutes, and when a token names a key that is not known;
never while a request waits, and only with limits on time and size. Redirects are not followed.
"""

import json
import ssl
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol

import anyio
import structlog

from phrases.errors import InputError
from service.access.watched import Watched

if TYPE_CHECKING:
    from jwt import PyJWK

FIELD: Final = "ORDBRO_TOKEN_JWKS"
_BYTES: Final = 262_144
_FETCH_SECONDS: Final = 10
_KEPT_SECONDS: Final = 86_400
"""How long keys that were fetched are good for while the address does not answer."""

_OF_KEY: Final[Mapping[tuple[str, str], frozenset[str]]] = {
    ("RSA", ""): frozenset({"RS256", "RS384", "RS512", "PS256", "PS384", "PS512"}),
    ("EC", "P-256"): frozenset({"ES256"}),
    ("EC", "P-384"): frozenset({"ES384"}),
    ("EC", "P-521"): frozenset({"ES512"}),
    ("OKP", "Ed25519"): frozenset({"EdDSA"}),
}
"""What each kind of key can check (RFC 7518, RFC 8037), where the key itself does not say."""


class Unknown(Exception):
    """No key of the issuer fits the token."""


class NotFetched(Exception):
    """The issuer's keys are not here, so that no token can be checked."""


@dataclass(frozen=True, slots=True)
class KeySet:
    """Public keys by name (`kid`) and algorithm."""

    keys: Mapping[tuple[str, str], "PyJWK"]

    def find(self, kid: str | None, algorithm: str) -> "PyJWK":
        """The key for a token's header; without `kid` only where there is no choice. Unknown if there is none."""
        fitting = [key for (name, can), key in self.keys.items() if can == algorithm and kid in (None, name)]
        if len(fitting) != 1:
            raise Unknown
        return fitting[0]


def read_key_set(raw: bytes, algorithms: Iterable[str]) -> KeySet:
    """The keys in a JWKS that sign with any of `algorithms`. InputError if there is none."""
    from jwt import PyJWK
    from jwt.exceptions import PyJWTError

    found: dict[tuple[str, str], PyJWK] = {}
    try:
        listed = json.loads(raw)["keys"]
        for data in listed:
            for algorithm in _can(data) & frozenset(algorithms):
                found[str(data.get("kid", "")), algorithm] = PyJWK(data, algorithm)
    except (PyJWTError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        found = {}
    if not found:
        raise InputError(
            FIELD,
            "Utfärdarens nycklar (JWKS) går inte att använda: ingen av dem passar ORDBRO_TOKEN_ALGORITHMS.",
            "The issuer's keys (JWKS) cannot be used: none of them fits ORDBRO_TOKEN_ALGORITHMS.",
        )
    return KeySet(found)


def _can(data: Mapping[str, Any]) -> frozenset[str]:
    if data.get("use", "sig") != "sig":
        return frozenset()
    can = _OF_KEY.get((str(data.get("kty")), str(data.get("crv", ""))), frozenset())
    return can & {str(data["alg"])} if "alg" in data else can


class KeySource(Protocol):
    """Where the issuer's keys come from."""

    def find(self, kid: str | None, algorithm: str) -> "PyJWK":
        """The key for a token's header, at once. Unknown if there is none; NotFetched if that cannot be said."""

    async def keep_fresh(self) -> None:
        """Keep the keys up to date until cancelled."""


class KeysInFile:
    """Keys in a local file, read again when it changes."""

    def __init__(self, path: Path, algorithms: Iterable[str]) -> None:
        chosen = tuple(algorithms)
        self._file = Watched(path, lambda path: read_key_set(_content(path), chosen))

    def check(self) -> None:
        """InputError unless the file can be used."""
        self._file.value()

    def find(self, kid: str | None, algorithm: str) -> "PyJWK":
        try:
            return self._file.value().find(kid, algorithm)
        except InputError:
            raise NotFetched from None

    async def keep_fresh(self) -> None:
        """Nothing to do: the file is looked at when it is needed."""


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(_BYTES)
    except OSError:
        raise InputError(
            FIELD, "Filen finns inte, eller går inte att läsa.", "The file is not there, or cannot be read."
        ) from None


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds between questions to the issuer: as a rule, and at least."""

    rule: float = 600
    least: float = 30


class KeysAtAddress:
    """Keys at an address, fetched in the background."""

    def __init__(
        self,
        address: str,
        algorithms: Iterable[str],
        pace: Pace = Pace(),
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._address = address
        self._algorithms = tuple(algorithms)
        self._pace = pace
        self._clock = clock
        self._keys: KeySet | None = None
        self._fetched = 0.0
        self._asked_for = anyio.Event()

    def find(self, kid: str | None, algorithm: str) -> "PyJWK":
        if self._keys is None or self._clock() - self._fetched > _KEPT_SECONDS:
            raise NotFetched
        try:
            return self._keys.find(kid, algorithm)
        except Unknown:
            self._asked_for.set()  # perhaps the issuer has changed keys
            raise

    async def keep_fresh(self) -> None:
        while True:
            good = await self.fetch()
            await anyio.sleep(self._pace.least)
            if good:
                with anyio.move_on_after(self._pace.rule - self._pace.least):
                    await self._asked_for.wait()
            self._asked_for = anyio.Event()

    async def fetch(self) -> bool:
        """Fetch the keys once; whether that went well. What was fetched before is kept if it did not."""
        try:
            with anyio.fail_after(_FETCH_SECONDS):
                raw = await self._get()
            self._keys = read_key_set(raw, self._algorithms)
        except Exception as error:  # whatever went wrong, the service goes on and the next try comes
            structlog.get_logger().warning("issuer_keys_not_fetched", error=type(error).__name__)
            return False
        self._fetched = self._clock()
        return True

    async def _get(self) -> bytes:
        import httpx2

        # The machine's own trust store, so that an internal authority counts; and no proxy that the environment names.
        client = httpx2.AsyncClient(
            verify=ssl.create_default_context(), trust_env=False, follow_redirects=False, timeout=_FETCH_SECONDS
        )
        asked = {"Accept": "application/jwk-set+json, application/json", "Accept-Encoding": "identity"}
        async with client, client.stream("GET", self._address, headers=asked) as answer:
            if answer.status_code != 200:
                raise ValueError("not 200")
            raw = b""
            async for chunk in answer.aiter_raw():
                raw += chunk
                if len(raw) > _BYTES:
                    raise ValueError("too long")
            return raw

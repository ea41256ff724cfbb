"""The decision about each request: who calls, may they, and not too often."""

from pathlib import Path
from typing import Final

from starlette.datastructures import Headers

from phrases.errors import InputError
from service import problems
from service.access import keyfile, scopes
from service.access.caller import ANYONE, Caller
from service.access.hosts import Hosts, is_loopback
from service.access.jwks import FIELD as JWKS_FIELD
from service.access.jwks import KeysAtAddress, KeysInFile, KeySource
from service.access.keys import PREFIX, Keys
from service.access.ratelimit import Allowance, Buckets, network_of
from service.access.scopes import Scope
from service.access.tokens import NotFetched, Tokens
from service.access.watched import Watched
from service.settings import Settings

API_KEY_HEADER: Final = "X-API-Key"
_QUOTA: Final = 6_000
"""Calls a minute for each caller where the settings say nothing and access is on."""

_CHALLENGE: Final = 'Bearer realm="ordbro"'
_RETRY_SECONDS: Final = "5"


def check(settings: Settings) -> None:
    """What a start asks for: InputError, naming a setting and what to do, where the service would let in everybody, or
    nobody.
    """
    _never_open(settings)
    given = {
        "ORDBRO_TOKEN_ISSUER": settings.token_issuer,
        "ORDBRO_TOKEN_AUDIENCE": settings.token_audience,
        JWKS_FIELD: settings.token_jwks,
    }
    missing = [name for name, value in given.items() if not value]
    if 0 < len(missing) < len(given):
        raise InputError(
            missing[0],
            "Inställningen saknas: utfärdare, mottagare (audience) och nycklar (JWKS) hör ihop.",
            "The setting is missing: issuer, audience and keys (JWKS) belong together.",
        )
    issuer_keys = _issuer_keys(settings)
    if isinstance(issuer_keys, KeysInFile):
        issuer_keys.check()
    if settings.keys_file is not None and not keyfile.read_keys(settings.keys_file).usable and issuer_keys is None:
        raise InputError(
            keyfile.FIELD,
            "Nyckelfilen har ingen nyckel som gäller. Gör en med: ordbro keys create",
            "The file of keys has no valid key. Make one with: ordbro keys create",
        )


def _never_open(settings: Settings) -> None:
    if not access_is_on(settings) and not is_loopback(settings.host):
        raise InputError(
            keyfile.FIELD,
            "Tjänsten får inte vara öppen för andra datorer utan behörighetskontroll. Gör en nyckel med ordbro keys "
            "create --file FIL och ange filen i ORDBRO_KEYS_FILE, eller ange en utfärdare i ORDBRO_TOKEN_ISSUER.",
            "The service must not be open to other machines without access control. Make a key with ordbro keys create "
            "--file FILE and name the file in ORDBRO_KEYS_FILE, or name an issuer in ORDBRO_TOKEN_ISSUER.",
        )


def access_is_on(settings: Settings) -> bool:
    """Whether callers have to show who they are."""
    return settings.keys_file is not None or bool(settings.token_issuer)


class Access:
    """Lets requests in or refuses them, as one set of settings says. InputError if that would let in everybody.

    Files are read when they are needed: a worker that is replaced starts whatever has become of them since.
    """

    def __init__(self, settings: Settings) -> None:
        _never_open(settings)
        self.on = access_is_on(settings)
        self._hosts = None if self.on else Hosts(settings)
        self.issuer_keys: KeySource | None = _issuer_keys(settings)
        self._keys: Watched[Keys] | None = None
        if settings.keys_file is not None:
            self._keys = Watched(settings.keys_file, keyfile.read_keys)
        self._tokens: Tokens | None = None
        if self.issuer_keys is not None:
            self._tokens = Tokens(
                settings.token_issuer, settings.token_audience, settings.token_algorithms, self.issuer_keys
            )
        quota = settings.rate_limit if settings.rate_limit is not None else _QUOTA * self.on
        # Two stores, so that a flood from many addresses never makes room by forgetting a key's bucket.
        self._by_caller = Buckets(quota) if quota else None
        self._by_address = Buckets(quota) if quota else None

    def answers_to(self, headers: Headers) -> bool:
        """Whether a request is meant for this service: anyone's is where access is on, since it shows who calls."""
        return self._hosts is None or self._hosts.know(headers.get("host", ""))

    def caller(self, headers: Headers, needed: Scope | None) -> Caller | None:
        """Who calls a route that needs a scope; None for one who shows nothing that is valid here.

        An open route asks nobody who they are. Problem 503 where that cannot be said at the moment.
        """
        if not self.on or needed is None:
            return ANYONE
        shown = _shown(headers)
        try:
            if shown.startswith(PREFIX):
                return self._keys.value().caller(shown) if self._keys else None
            return self._tokens.caller(shown) if self._tokens and shown else None
        except (InputError, NotFetched):
            raise problems.Problem(problems.UNAVAILABLE, headers={"Retry-After": _RETRY_SECONDS}) from None

    def allowance(self, caller: Caller | None, address: str, route: str) -> Allowance | None:
        """Count one call of `caller`, or of the address for one who is not known; None where calls are not counted."""
        if self._by_caller is None or self._by_address is None or route in scopes.UNMETERED:
            return None
        if caller is None or caller is ANYONE:
            return self._by_address.take(network_of(address))
        return self._by_caller.take(caller.name)

    @staticmethod
    def demand(caller: Caller | None, headers: Headers, needed: Scope | None) -> Caller:
        """The caller, if they may call what needs the scope. Problem 401 or 403 if not (RFC 6750)."""
        if caller is None:
            challenge = f'{_CHALLENGE}, error="invalid_token"' if _shown(headers) else _CHALLENGE
            raise problems.Problem(problems.UNAUTHORIZED, headers={"WWW-Authenticate": challenge})
        if needed is not None and needed not in caller.scopes:
            challenge = f'{_CHALLENGE}, error="insufficient_scope", scope="{needed}"'
            raise problems.Problem(problems.FORBIDDEN, headers={"WWW-Authenticate": challenge})
        return caller


def _shown(headers: Headers) -> str:
    """The key or token that a request shows: in X-API-Key, else in Authorization after the word Bearer."""
    if API_KEY_HEADER in headers:
        return headers[API_KEY_HEADER].strip()
    scheme, _, rest = headers.get("authorization", "").strip().partition(" ")
    return rest.strip() if scheme.lower() == "bearer" else ""


def _issuer_keys(settings: Settings) -> KeySource | None:
    source = settings.token_jwks
    if not source:
        return None
    if source.startswith(("https://", "http://")):
        return KeysAtAddress(source, settings.token_algorithms)
    return KeysInFile(Path(source), settings.token_algorithms)

"""Bearer tokens: what each claim and header must be."""

import hmac
import json
import time
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import given
from hypothesis import strategies as st

from service.access.caller import Caller
from service.access.jwks import KeySet, read_key_set
from service.access.scopes import Scope
from service.access.tokens import Tokens
from tests.service.access import issuer
from tests.service.access.issuer import signed, token

ALGORITHMS = ("RS256", "PS256", "ES256", "EdDSA")


class Fixed:
    """The issuer's keys, in memory."""

    def __init__(self, *kids: str) -> None:
        self._keys: KeySet = read_key_set(issuer.jwks(*kids), ALGORITHMS)

    def find(self, kid: str | None, algorithm: str) -> jwt.PyJWK:
        return self._keys.find(kid, algorithm)

    async def keep_fresh(self) -> None:
        raise AssertionError


TOKENS = Tokens(issuer.ISSUER, issuer.AUDIENCE, ALGORITHMS, Fixed("ec", "rsa", "ed", "weak"))


@pytest.mark.parametrize(("kid", "algorithm"), [("ec", "ES256"), ("rsa", "RS256"), ("rsa", "PS256"), ("ed", "EdDSA")])
def test_a_good_token_of_each_kind(kid: str, algorithm: str) -> None:
    caller = TOKENS.caller(token("phrases suggestions", kid=kid, algorithm=algorithm))
    assert caller == Caller("token journalsystemet", frozenset({Scope.PHRASES, Scope.SUGGESTIONS}))


def good() -> dict[str, Any]:
    """Claims with which only the signature can be wrong."""
    return {"iss": issuer.ISSUER, "aud": issuer.AUDIENCE, "exp": int(time.time()) + 300, "scope": "phrases"}


class Now(int):
    """Seconds from the moment of the test, not of its collection."""


def at(claims: dict[str, Any]) -> dict[str, Any]:
    now = int(time.time())
    return {name: now + value if isinstance(value, Now) else value for name, value in claims.items()}


@pytest.mark.parametrize(
    "claims",
    [
        {"exp": Now(-60)},
        {"exp": None},
        {"exp": "snart"},
        {"nbf": Now(86_400)},
        {"iat": Now(86_400)},
        {"iss": None},
        {"iss": issuer.ISSUER + "/"},
        {"iss": issuer.ISSUER[:-1]},
        {"iss": [issuer.ISSUER]},
        {"aud": None},
        {"aud": "annan"},
        {"aud": ["annan", "tredje"]},
        {"aud": "ordbro2"},
        {"aud": ""},
        {"sub": 17},
    ],
)
def test_a_claim_that_is_wrong(claims: dict[str, Any]) -> None:
    assert TOKENS.caller(token(**at(claims))) is None


@pytest.mark.parametrize(
    "claims",
    [{}, {"exp": Now(-10)}, {"nbf": Now(10)}, {"aud": ["annan", "ordbro"]}, {"client_id": None}, {"sub": None}],
)
def test_a_claim_that_is_good_enough(claims: dict[str, Any]) -> None:
    """Clocks may differ by half a minute."""
    assert TOKENS.caller(token(**at(claims))) is not None


@pytest.mark.parametrize(
    "header",
    [
        {"typ": "logout+jwt"},
        {"typ": "dpop+jwt"},
        {"kid": "finns inte"},
        {"kid": "rsa"},
        {"kid": 17},
        {"crit": ["b64"], "b64": False},
        {"crit": ["okänt"], "okänt": 1},
    ],
)
def test_a_header_that_is_wrong(header: dict[str, Any]) -> None:
    assert TOKENS.caller(token(header=header)) is None


@pytest.mark.parametrize("typ", ["at+jwt", "AT+JWT", "application/at+jwt", "JWT"])
def test_the_types_of_access_tokens(typ: str) -> None:
    assert TOKENS.caller(token(header={"typ": typ})) is not None


SECRETS = {
    "no secret": b"",
    "a weak secret": b"hemligt",
    "the public key as JWK": json.dumps(issuer.public("rsa")).encode(),
    "the public key as PEM": issuer.private("rsa")
    .public_key()
    .public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo),
}


@pytest.mark.parametrize("secret", SECRETS)
@pytest.mark.parametrize("kid", ["rsa", "ec", None])
def test_no_shared_secret(secret: str, kid: str | None) -> None:
    """Signing with the public key as if it were a secret is the oldest trick of all."""
    header = {"alg": "HS256", "typ": "at+jwt", **({"kid": kid} if kid else {})}
    forged = signed(header, good(), lambda text: hmac.digest(SECRETS[secret], text, "sha256"))
    assert TOKENS.caller(forged) is None


@pytest.mark.parametrize("none", ["none", "None", "NONE", "", None, ["ES256"], {"ES256": 1}])
@pytest.mark.parametrize("signature", [b"", b"x"])
def test_no_token_without_a_signature(none: Any, signature: bytes) -> None:
    assert TOKENS.caller(signed({"alg": none, "kid": "ec"}, good(), lambda _: signature)) is None


def test_of_a_long_subject_no_more_is_kept_than_tells_callers_apart() -> None:
    caller = TOKENS.caller(token(client_id="a" * 3000))
    assert caller is not None
    assert caller.name == "token " + "a" * 200


def test_an_algorithm_that_was_not_chosen() -> None:
    assert Tokens(issuer.ISSUER, issuer.AUDIENCE, ("RS256",), Fixed("ec", "rsa")).caller(token()) is None


def test_a_key_that_is_too_short() -> None:
    assert TOKENS.caller(token(kid="weak", algorithm="RS256")) is None


def test_a_changed_signature_or_claim() -> None:
    header, claims, signature = token().split(".")
    other = token("admin").split(".")[1]
    assert TOKENS.caller(f"{header}.{other}.{signature}") is None
    assert TOKENS.caller(f"{header}.{claims}.{signature[:-8]}AAAAAAAA") is None


@given(st.text() | st.builds(lambda cut: token()[:cut], st.integers(0, 200)))
def test_what_is_no_token(shown: str) -> None:
    assert TOKENS.caller(shown) is None


@pytest.mark.parametrize("shown", ["a" * 100_000, "e30." * 3, "..", "[" * 5000, f"{token()} {token()}"])
def test_what_is_far_from_a_token(shown: str) -> None:
    assert TOKENS.caller(shown) is None


@pytest.mark.parametrize("scope", [None, "", 17, ["phrases"], {"phrases": True}, "PHRASES", "phrases,admin", "okänd"])
def test_scopes_are_words_with_spaces_between(scope: Any) -> None:
    """RFC 8693, section 4.2. A token without them is valid and gives nothing."""
    caller = TOKENS.caller(token(scope))
    assert caller is not None
    assert caller.scopes == frozenset()

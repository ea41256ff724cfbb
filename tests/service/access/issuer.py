"""An issuer of tokens for the tests, with keys of its own."""

import json
import time
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from jwt.algorithms import ECAlgorithm, OKPAlgorithm, RSAAlgorithm, get_default_algorithms
from jwt.utils import base64url_encode

ISSUER: Final = "https://inloggning.example.se/realm"
AUDIENCE: Final = "ordbro"

MAKERS: Final[dict[str, Any]] = {
    "rsa": lambda: rsa.generate_private_key(65537, 2048),
    "weak": lambda: rsa.generate_private_key(65537, 1024),
    "ec": lambda: ec.generate_private_key(ec.SECP256R1()),
    "ed": ed25519.Ed25519PrivateKey.generate,
    "foreign": lambda: ec.generate_private_key(ec.SECP256R1()),
}
WRITERS: Final[dict[str, Any]] = {
    "rsa": RSAAlgorithm.to_jwk,
    "weak": RSAAlgorithm.to_jwk,
    "ec": ECAlgorithm.to_jwk,
    "ed": OKPAlgorithm.to_jwk,
    "foreign": ECAlgorithm.to_jwk,
}


@lru_cache
def private(kid: str) -> Any:
    return MAKERS[kid]()


def public(kid: str, **more: str) -> dict[str, Any]:
    """One public key as JWK."""
    return {**json.loads(WRITERS[kid](private(kid).public_key())), "kid": kid, **more}


def jwks(*kids: str) -> bytes:
    return json.dumps({"keys": [public(kid) for kid in kids]}).encode()


def write_jwks(path: Path, *kids: str) -> Path:
    path.write_bytes(jwks(*kids))
    return path


def token(
    scope: Any = "phrases", *, kid: str = "ec", algorithm: str = "ES256", header: Any = None, **claims: Any
) -> str:
    """A token that is good unless told otherwise; a claim given as None is left out."""
    now = int(time.time())
    whole = {
        "iss": ISSUER,
        "aud": AUDIENCE,
        "sub": "system",
        "client_id": "journalsystemet",
        "iat": now,
        "exp": now + 300,
        "scope": scope,
        **claims,
    }
    told = {name: value for name, value in whole.items() if value is not None}
    whole_header = {"alg": algorithm, "typ": "at+jwt", "kid": kid, **(header or {})}
    return signed(whole_header, told, lambda text: _sign(algorithm, private(kid), text))


def signed(header: Any, claims: Any, sign: Callable[[bytes], bytes]) -> str:
    """A token as its signer wants it: no library looks at what it says."""
    text = b".".join(base64url_encode(json.dumps(part).encode()) for part in (header, claims))
    return b".".join((text, base64url_encode(sign(text)))).decode()


def _sign(algorithm: str, key: Any, text: bytes) -> bytes:
    return get_default_algorithms()[algorithm].sign(text, key)

"""The signatures that a token may have: with a private key to sign and a public one to check, and no others."""

from typing import Literal

Algorithm = Literal["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
"""By their names in RFC 7518 and RFC 8037. With a shared secret (HS256) everyone who checks could also sign."""

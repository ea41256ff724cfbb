"""Fixtures of access: a site with keys, and a client of a service that asks for them."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from service.access import keyfile
from service.access.scopes import Scope
from service.app import create_app
from service.settings import Settings
from tests.service.access import issuer
from tests.service.conftest import LOCAL, SpySuggester


class Site:
    """A site's file of keys."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def key(self, *scopes: Scope, profile: str = "standard", selection: str | None = None) -> str:
        """A new key."""
        with keyfile.changing(self.path) as change:
            keys, _, shown = change.keys.created("Systemet", scopes, profile, selection)
            change.write(keys)
        return shown

    def revoke(self, shown: str) -> None:
        """Revoke a key."""
        with keyfile.changing(self.path) as change:
            change.write(change.keys.without(shown.split("_")[1]))


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path / "nycklar.json")


Opened = Callable[..., TestClient]


@pytest.fixture
def opened(suggester: SpySuggester) -> Iterator[Opened]:
    """Starts a service with settings, ready to answer, and gives a client of it."""
    running: list[TestClient] = []

    def open_(address: str = "10.0.0.1", **settings: Any) -> TestClient:
        app = create_app(Settings(**settings), load=lambda: suggester)
        client = TestClient(app, raise_server_exceptions=False, client=(address, 50_000), base_url=LOCAL)
        client.__enter__()
        running.append(client)
        return client

    yield open_
    for client in running:
        client.__exit__(None, None, None)


def bearer(shown: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {shown}"}


def tokens(path: Path, kids: Iterable[str] = ("ec", "rsa", "ed")) -> dict[str, Any]:
    """Settings that trust the issuer of the tests."""
    jwks = issuer.write_jwks(path / "jwks.json", *kids)
    return {"token_issuer": issuer.ISSUER, "token_audience": issuer.AUDIENCE, "token_jwks": str(jwks)}

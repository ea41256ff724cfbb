"""The typed client against a service that asks who calls: with a key, without, with one that may not, and too often."""

import pytest

from service.access.scopes import Scope
from service.client import Client, ServiceError
from tests.service.access.conftest import Opened, Site

ADDRESS = "https://ordbro.example.se"


def test_a_key_opens_what_it_is_for(site: Site, opened: Opened) -> None:
    key = site.key(Scope.PHRASES)
    transport = opened(keys_file=site.path)._transport
    with Client(ADDRESS, key, transport=transport) as ordbro:
        assert ordbro.code("SOG").title == "Att städa bostaden"
        with pytest.raises(ServiceError) as refused:
            ordbro.suggestions("Hjälpte NN att duscha.")
    assert (refused.value.kind, refused.value.status) == ("forbidden", 403)


@pytest.mark.parametrize("key", [None, "fel"])
def test_without_a_key_that_is_known_there_is_one_typed_error(site: Site, opened: Opened, key: str | None) -> None:
    site.key(Scope.PHRASES)
    transport = opened(keys_file=site.path)._transport
    with Client(ADDRESS, key, transport=transport) as ordbro, pytest.raises(ServiceError) as refused:
        ordbro.code("SOG")
    assert (refused.value.kind, refused.value.status) == ("unauthorized", 401)
    assert "fel" not in str(refused.value).split()


def test_the_client_waits_as_long_as_it_is_told(site: Site, opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[float] = []
    monkeypatch.setattr("service.client.time.sleep", waits.append)
    key = site.key(Scope.PHRASES)
    transport = opened(keys_file=site.path, rate_limit=60)._transport
    with Client(ADDRESS, key, transport=transport, retries=2) as ordbro, pytest.raises(ServiceError) as refused:
        for _ in range(200):
            ordbro.code("SOG")
    assert refused.value.kind == "too-many-requests"
    assert len(waits) >= 2 and all(1 <= seconds <= 30 for seconds in waits)

"""Other web sites: closed unless named, and never with cookies."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from service.access.scopes import Scope
from tests.service.access.conftest import Opened, Site, bearer

OURS = "https://min.kommun.example"
CODES = "/ordbro/v1/codes?q=dusch"


def preflight(client: TestClient, origin: str, method: str = "POST", headers: str = "authorization") -> Any:
    asked = {"Origin": origin, "Access-Control-Request-Method": method, "Access-Control-Request-Headers": headers}
    return client.options("/ordbro/v1/phrases", headers=asked)


def permissions(answer: Any) -> dict[str, str]:
    return {name: value for name, value in answer.headers.items() if name.startswith("access-control-allow")}


@pytest.fixture
def client(opened: Opened, site: Site) -> TestClient:
    site.key(Scope.PHRASES)
    return opened(keys_file=site.path, allowed_origins=(OURS,))


def test_a_named_site_may_call(client: TestClient, site: Site) -> None:
    answer = preflight(client, OURS, headers="authorization,content-type,idempotency-key,x-api-key")
    assert answer.status_code == 200
    assert permissions(answer)["access-control-allow-origin"] == OURS
    assert "access-control-allow-credentials" not in answer.headers
    called = client.get(CODES, headers={"Origin": OURS, **bearer(site.key(Scope.PHRASES))})
    assert (called.status_code, called.headers["Access-Control-Allow-Origin"]) == (200, OURS)
    assert "RateLimit" in called.headers["Access-Control-Expose-Headers"]
    assert "Origin" in called.headers["Vary"]


def test_a_named_site_can_read_why_it_was_refused(client: TestClient) -> None:
    refused = client.get(CODES, headers={"Origin": OURS})
    assert (refused.status_code, refused.headers["Access-Control-Allow-Origin"]) == (401, OURS)
    assert "Origin" in refused.headers["Vary"]


@pytest.mark.parametrize(
    ("origin", "method", "headers"),
    [
        ("https://annan.example", "POST", "authorization"),
        (f"{OURS}.annan.example", "POST", "authorization"),
        (OURS.replace("https", "http"), "POST", "authorization"),
        (f"{OURS}:8443", "POST", "authorization"),
        ("null", "POST", "authorization"),
        (OURS, "DELETE", "authorization"),
        (OURS, "POST", "x-annat"),
    ],
)
def test_no_other_site_method_or_header_is_let_in(client: TestClient, origin: str, method: str, headers: str) -> None:
    answer = preflight(client, origin, method, headers)
    assert answer.status_code == 405
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert "access-control-allow-methods" not in answer.headers


def test_another_site_gets_no_permission_to_read(client: TestClient) -> None:
    assert permissions(client.get("/ordbro/v1/api-info", headers={"Origin": "https://annan.example"})) == {}


def test_closed_by_default(opened: Opened) -> None:
    client = opened()
    assert preflight(client, OURS).status_code == 405
    assert permissions(client.get(CODES, headers={"Origin": OURS})) == {}

"""Alive, ready, and how it is doing."""

import pytest
from starlette.testclient import TestClient

from service.app import create_app
from service.settings import Settings
from tests.service.conftest import LOCAL, SpySuggester


def test_alive_and_ready(client: TestClient) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}
    assert client.get("/readyz").json() == {"status": "ready"}
    assert "ordbro_ready 1.0" in client.get("/metrics").text


def test_not_ready_before_the_model_is_loaded_nor_after_it_is_let_go() -> None:
    app = create_app(Settings(), load=SpySuggester)
    client = TestClient(app, raise_server_exceptions=False, base_url=LOCAL)

    def refused() -> list[int]:
        calls = [client.get("/readyz"), client.post("/ordbro/v1/suggestions", json={"text": "dusch"})]
        assert [call.headers["Retry-After"] for call in calls] == ["2", "2"]
        assert "ordbro_ready 0.0" in client.get("/metrics").text
        return [call.status_code for call in calls]

    assert refused() == [503, 503]
    assert client.get("/healthz").status_code == 200
    with client:
        assert client.get("/readyz").status_code == 200
    assert refused() == [503, 503]


def test_a_model_that_cannot_be_loaded_stops_the_start() -> None:
    def broken() -> SpySuggester:
        raise ValueError("damaged")

    with pytest.raises(ValueError, match="damaged"), TestClient(create_app(Settings(), load=broken), base_url=LOCAL):
        pass

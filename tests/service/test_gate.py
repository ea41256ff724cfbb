"""The outermost layer: headers, traces, log lines and figures."""

import re
from collections.abc import MutableMapping
from typing import Any

import pytest
from starlette.testclient import TestClient

from service.gate import SECURITY_HEADERS
from tests.service.conftest import SpySuggester

TRACE = "0af7651916cd43dd8448eb211c80319c"


@pytest.mark.parametrize("path", ["/", "/ordbro/v1/api-info", "/healthz", "/nej", "/static/ordbro.css"])
def test_every_answer_has_the_security_headers(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert SECURITY_HEADERS.keys() <= set(headers.keys()) | {name for name in SECURITY_HEADERS if name in headers}
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]


@pytest.mark.parametrize("path", ["/", "/healthz", "/ordbro/v1/codes/SOG", "/static/ordbro.css", "/nej"])
def test_head_answers_as_get_does_without_the_body(client: TestClient, path: str) -> None:
    got, headed = client.get(path), client.head(path)
    assert headed.status_code == got.status_code
    assert headed.content == b""
    assert got.content
    for name in ("Content-Type", "Content-Length", "ETag"):
        assert headed.headers.get(name) == got.headers.get(name)


def test_no_other_site_is_let_in(client: TestClient) -> None:
    answer = client.options(
        "/ordbro/v1/phrases", headers={"Origin": "https://annan.example", "Access-Control-Request-Method": "POST"}
    )
    assert answer.status_code == 405
    assert not [name for name in answer.headers if name.startswith("access-control")]


def test_a_trace_is_continued(client: TestClient) -> None:
    answer = client.get("/healthz", headers={"traceparent": f"00-{TRACE}-b7ad6b7169203331-01"})
    told = re.fullmatch(rf"00-{TRACE}-([0-9a-f]{{16}})-01", answer.headers["traceparent"])
    assert told is not None
    assert told[1] != "b7ad6b7169203331"


def test_a_trace_is_started(client: TestClient) -> None:
    first, second = (client.get("/healthz").headers["traceparent"] for _ in range(2))
    assert re.fullmatch("00-[0-9a-f]{32}-[0-9a-f]{16}-00", first)
    assert first != second


@pytest.mark.parametrize(
    ("method", "path", "route", "status"),
    [
        ("GET", "/ordbro/v1/codes/SOG?x=1", "/ordbro/v1/codes/{code}", 200),
        ("GET", "/ordbro/v1/codes/okänd", "/ordbro/v1/codes/{code}", 404),
        ("POST", "/ordbro/v1/phrases", "/ordbro/v1/phrases", 415),
        ("GET", "/static/ordbro.css", "/static/{name}", 200),
        ("GET", "/nej/nej", "", 404),
    ],
)
def test_one_log_line_an_answer_with_the_route_as_we_wrote_it(
    client: TestClient, logged: list[MutableMapping[str, Any]], method: str, path: str, route: str, status: int
) -> None:
    answer = client.request(method, path, headers={"traceparent": f"00-{TRACE}-b7ad6b7169203331-01"})
    (line,) = logged
    duration = line.pop("duration_ms")
    assert 0 < duration < 60_000
    assert line == {
        "event": "request",
        "log_level": "info",
        "route": route,
        "method": method,
        "status": status,
        "request_id": answer.headers["X-Request-Id"],
        "trace_id": TRACE,
    }


def test_a_fault_of_ours_is_logged_by_type_and_place(
    client: TestClient, suggester: SpySuggester, logged: list[MutableMapping[str, Any]]
) -> None:
    suggester.fails = True
    answer = client.post("/ordbro/v1/suggestions", json={"text": "dusch"})
    failed, request = logged
    assert failed.pop("where").startswith("tests.service.conftest:")
    assert failed == {
        "event": "failed",
        "log_level": "error",
        "error": "RuntimeError",
        "request_id": answer.headers["X-Request-Id"],
    }
    assert request["status"] == 500


def test_figures_count_answers_by_route(client: TestClient) -> None:
    def count() -> float:
        wanted = 'ordbro_http_requests_total{method="GET",route="/ordbro/v1/codes/{code}",status="404"} '
        lines = client.get("/metrics").text.splitlines()
        return next((float(line.removeprefix(wanted)) for line in lines if line.startswith(wanted)), 0.0)

    before = count()
    client.get("/ordbro/v1/codes/nej")
    assert count() == before + 1


def test_methods_that_do_not_exist_share_a_label(client: TestClient) -> None:
    client.request("HITTEPÅ".encode().decode("ascii", "ignore"), "/")
    assert 'method="OTHER"' in client.get("/metrics").text

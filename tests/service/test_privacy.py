"""No byte of what is sent comes back in an error, or is found in logs, metrics or traces.

Markers are planted in every field of every operation of the API description and in every address of the application,
so that no new one can be forgotten: in bodies that cannot be read, in names of fields, headers, addresses and methods;
then everything that came out is searched.
"""

import io
import json
import logging
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from sqlalchemy.exc import OperationalError
from starlette.routing import Route
from starlette.testclient import TestClient

from service import examples, health, logs, pages
from service.app import create_app
from service.feedback.record import read
from service.release import ROOT
from service.requests import FeedbackRequest
from service.settings import Settings
from tests.service.conftest import LOCAL, SpySuggester
from tests.service.described import Operation, ids, operations
from tests.service.test_entry_schema import GOOD

MARKER = "Qvxzåäö"
TRACES = (MARKER, MARKER.lower(), "Qvxz", "qvxz", "%C3%A5%C3%A4%C3%B6")


def leaks(text: str) -> list[str]:
    return [trace for trace in TRACES if trace in text]


@contextmanager
def everything_logged() -> Iterator[io.StringIO]:
    """All that a running service writes: structlog, the standard library's loggers, and bare prints."""
    written = io.StringIO()
    with redirect_stderr(written), redirect_stdout(written):
        logs.configure("DEBUG")
        yield written
        logging.getLogger().handlers.clear()


def planted(value: Any) -> Iterator[Any]:
    """`value` with the marker in the place of each leaf and as the name of one more field, one at a time."""
    if isinstance(value, dict):
        yield {**value, MARKER: 1}
        for key, inner in value.items():
            yield from ({**value, key: changed} for changed in planted(inner))
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from ([*value[:place], changed, *value[place + 1 :]] for changed in planted(inner))
    else:
        yield MARKER
        yield [MARKER]
        yield {MARKER: MARKER}


WITH_BODY = [operation for operation in operations() if operation.body is not None]
WITHOUT_BODY = [operation for operation in operations() if operation.body is None]
ASKED: dict[str, Any] = {"createText": {**examples.TEXT_REQUEST, "entries": GOOD}}
"""Requests that hold more fields than the example in the description."""

MADE_OF_THE_REQUEST = {"createPhrases", "createText"}
"""What goes well is told in the caller's words: names and free text."""


def asked(operation: Operation) -> Any:
    return ASKED.get(operation.name, operation.body)


def outcome(operation: Operation, answer: Any) -> str:
    """The part of an answer in which nothing of the request may stand."""
    if answer.status_code >= 400 or operation.name not in MADE_OF_THE_REQUEST:
        return f"{answer.text} {answer.headers}"
    errors = [phrase["error"] for phrase in answer.json().get("phrases", []) if "error" in phrase]
    return f"{json.dumps(errors, ensure_ascii=False)} {answer.headers}"


@pytest.mark.parametrize("operation", WITH_BODY, ids=ids)
def test_no_field_comes_back_in_an_error_or_a_log(client: TestClient, operation: Operation) -> None:
    with everything_logged() as written:
        answers = [client.post(operation.path, json=body) for body in planted(asked(operation))]
    assert len(answers) > 8
    assert {answer.status_code for answer in answers} <= {200, 422}
    for answer in answers:
        assert leaks(outcome(operation, answer)) == []
    assert '"event": "request"' in written.getvalue()
    assert leaks(written.getvalue()) == []


@pytest.mark.parametrize(
    "body",
    [
        MARKER.encode(),
        b'{"text": "' + MARKER.encode(),
        b'{"text": "' + MARKER.encode("latin-1") + b'"}',
        b'{"' + MARKER.encode() + b'": NaN}',
        ('{"text": "' + MARKER + '\\ud800"}').encode(),
        json.dumps([MARKER]).encode(),
        json.dumps(MARKER).encode(),
        ('{"text": "' + MARKER * 100_000 + '"}').encode(),
        ('{"text": "' + MARKER * 10_000 + '"}').encode(),
        b"[" * 100_000 + MARKER.encode(),
    ],
)
@pytest.mark.parametrize("operation", WITH_BODY, ids=ids)
def test_no_unreadable_body_comes_back(client: TestClient, operation: Operation, body: bytes) -> None:
    with everything_logged() as written:
        answer = client.post(operation.path, content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code in {400, 413, 422}
    assert leaks(f"{answer.text} {answer.headers} {written.getvalue()}") == []


HEADERS = (
    "Accept",
    "Accept-Encoding",
    "Accept-Language",
    "Authorization",
    "Content-Type",
    "Cookie",
    "Forwarded",
    "If-None-Match",
    "Origin",
    "Qvxz",
    "Range",
    "Referer",
    "User-Agent",
    "X-API-Key",
    "X-Forwarded-For",
    "X-Forwarded-Host",
    "X-Request-Id",
    "baggage",
    "tracestate",
    "traceparent",
)


@pytest.mark.parametrize("operation", operations(), ids=ids)
def test_no_header_comes_back(client: TestClient, operation: Operation) -> None:
    named = {*HEADERS, *operation.named("header")}
    with everything_logged() as written:
        answers = [
            client.request(operation.method, operation.path, json=asked(operation), headers={name: value})
            for name in named
            for value in ("Qvxz", f'"{"qvxz" * 5}"', "Qvxz " * 1000)
        ]
    assert leaks(" ".join(f"{answer.text} {answer.headers}" for answer in answers)) == []
    assert leaks(written.getvalue()) == []


def addresses(client: TestClient) -> Iterator[str]:
    """Every address of the application, with the marker as each part of it in turn, as a query and as its end."""
    described = {route for operation in operations() for route in (operation.path, f"{ROOT}/codes/{{code}}")}
    inner = {
        route.path for router in (health.router, pages.router) for route in router.routes if isinstance(route, Route)
    }
    assert {"/", "/healthz", "/static/{name}"} <= inner
    for path in sorted(described | inner):
        parts = path.split("/")
        for place in range(1, len(parts)):
            yield "/".join([*parts[:place], MARKER, *parts[place + 1 :]])
        yield f"{path}/{MARKER}"
        yield f"{path}?{MARKER}={MARKER}&{MARKER}#{MARKER}"
        yield path + MARKER * 1000


def test_no_address_comes_back(client: TestClient) -> None:
    asked_for = [*addresses(client)]
    assert len(asked_for) > 50
    with everything_logged() as written:
        answers = [client.get(address) for address in asked_for]
        answers += [client.request("QVXZ", operation.path) for operation in operations()]
    assert leaks(" ".join(f"{answer.text} {answer.headers}" for answer in answers)) == []
    assert leaks(written.getvalue()) == []


@pytest.mark.parametrize("operation", WITHOUT_BODY, ids=ids)
def test_no_parameter_comes_back(client: TestClient, operation: Operation) -> None:
    with everything_logged() as written:
        answers = [
            client.get(operation.path, params={name: value, "level": level})
            for name in operation.named("query")
            for value in (MARKER, MARKER * 100, f"dusch {MARKER}")
            for level in ("easy", MARKER)
        ]
    assert bool(answers) == bool(operation.named("query"))
    assert leaks(" ".join(f"{answer.text} {answer.headers}" for answer in answers)) == []
    assert leaks(written.getvalue()) == []


@pytest.mark.parametrize("path", ["suggestions", "phrases", "texts"])
def test_a_bug_tells_nothing_of_what_it_worked_on(
    client: TestClient, suggester: SpySuggester, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any) -> None:
        raise KeyError(MARKER)

    suggester.fails = True
    monkeypatch.setattr("service.answers.parse_entry", broken)
    body = {"text": MARKER} if path == "suggestions" else {"entries": [{"name": MARKER}]}
    with everything_logged() as written:
        answer = client.post(f"/ordbro/v1/{path}", json=body)
    assert answer.status_code == 500
    assert '"event": "failed"' in written.getvalue()
    assert leaks(f"{answer.text} {answer.headers} {written.getvalue()}") == []


def test_figures_and_files_hold_nothing_of_any_request(
    suggester: SpySuggester, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Everything that the process could write to is one folder, and is searched by name and content."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    monkeypatch.setenv("ORDBRO_DATA", str(tmp_path / "data"))
    with TestClient(
        create_app(Settings(), load=lambda: suggester), raise_server_exceptions=False, base_url=LOCAL
    ) as client:
        for operation in WITH_BODY:
            for changed in (asked(operation), *planted(asked(operation))):
                client.post(operation.path, json=changed)
        for address in addresses(client):
            client.get(address)
        client.request("QVXZ", "/")
        figures = client.get("/metrics").text
    assert "ordbro_http_requests_total" in figures
    assert leaks(figures) == []
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert files, "feedback is kept in a file"
    for path in files:
        written = path.read_bytes()
        assert leaks(f"{path} {written.decode('latin-1')} {written.decode('utf-8', 'replace')}") == []


def test_the_feedback_store_holds_nothing_but_codes(sqlite_url: str, suggester: SpySuggester) -> None:
    """Every field of a request that is kept, and the headers beside it, searched in all files of the database."""
    key = f"Qvxz-{'qvxz' * 4}"
    headers = {"Idempotency-Key": key, "traceparent": "Qvxz", "Accept-Language": "Qvxz", "User-Agent": "Qvxz"}
    settings = Settings.model_validate({"feedback_url": sqlite_url})
    with TestClient(
        create_app(settings, load=lambda: suggester), raise_server_exceptions=False, base_url=LOCAL
    ) as client:
        for body in planted(examples.FEEDBACK_REQUEST):
            assert client.post("/ordbro/v1/feedback", json=body, headers=headers).status_code == 422
        kept = client.post("/ordbro/v1/feedback", json=examples.FEEDBACK_REQUEST, headers=headers)
        other = client.post("/ordbro/v1/feedback", json=examples.NOTHING_FITS_REQUEST, headers=headers)
        assert (kept.status_code, other.status_code) == (201, 422)
        written = b"".join(path.read_bytes() for path in Path(sqlite_url.removeprefix("sqlite:///")).parent.iterdir())
    assert b"SMB.RB.ZZ" in written
    assert leaks(written.decode("latin-1") + written.decode("utf-8", "replace")) == []
    assert leaks(f"{kept.text} {kept.headers} {other.text} {other.headers}") == []


def test_a_personal_number_has_no_way_into_the_store() -> None:
    """Neither as a version, which is hexadecimal, nor as the decimals of a probability, which are three."""
    body = examples.FEEDBACK_REQUEST
    for name in body["versions"]:
        asked = {**body, "versions": {**body["versions"], name: "194512123456"}}
        assert [fault.field for fault in read(FeedbackRequest.model_validate(asked))[1]] == [f"versions.{name}"]
    asked = {**body, "offered": [{**body["offered"][0], "confidence": 0.194512123456}]}
    assert read(FeedbackRequest.model_validate(asked))[0].offered[0].confidence == 0.195


def test_a_fault_in_the_feedback_store_tells_nothing(
    sqlite_url: str, suggester: SpySuggester, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a database driver raises quotes the statement and its values."""

    def refuses(*_: object) -> None:
        raise OperationalError(MARKER, {MARKER: MARKER}, sqlite3.OperationalError(MARKER))

    monkeypatch.setattr("service.feedback.store._kept", refuses)
    settings = Settings.model_validate({"feedback_url": sqlite_url})
    with (
        everything_logged() as written,
        TestClient(
            create_app(settings, load=lambda: suggester), raise_server_exceptions=False, base_url=LOCAL
        ) as client,
    ):
        answer = client.post(
            "/ordbro/v1/feedback", json=examples.FEEDBACK_REQUEST, headers={"Idempotency-Key": "0" * 32}
        )
    assert answer.status_code == 503
    assert '"event": "feedback_unavailable"' in written.getvalue()
    assert leaks(f"{answer.text} {answer.headers} {written.getvalue()}") == []


def test_library_loggers_pass_on_no_message_and_no_traceback() -> None:
    with everything_logged() as written:
        logging.getLogger("asyncio").error("task failed with %s", MARKER)
        try:
            raise ValueError(MARKER)
        except ValueError:
            logging.getLogger("uvicorn.error").exception("Exception in ASGI application")
            logging.getLogger("fastapi").exception(MARKER)
    assert written.getvalue().count('"event": "library"') == 3
    assert '"error": "ValueError"' in written.getvalue()
    assert leaks(written.getvalue()) == []


def test_fastapi_hands_nothing_to_opentelemetry(monkeypatch: pytest.MonkeyPatch) -> None:
    """FastAPI gives bodies and exception messages to whatever exporter is set up, unless told not to."""
    monkeypatch.setenv("FASTAPI_OTEL_AUTO_CONFIGURE", "true")
    monkeypatch.setattr("opentelemetry.trace.get_tracer_provider", object)
    assert FastAPI()._native_telemetry.enabled()
    ours = create_app(Settings())
    assert not ours._native_telemetry.enabled()
    assert not ours._telemetry["auto_configure"]

"""No byte of what is sent comes back in an error, or is found in logs, metrics or traces.

Markers are planted in every field of every route, in bodies that cannot be read, in names of fields, headers, addresses
and methods; then everything that came out is searched.
"""

import io
import json
import logging
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from sqlalchemy.exc import OperationalError
from starlette.testclient import TestClient

from service import examples, logs
from service.app import create_app
from service.feedback.record import read
from service.requests import FeedbackRequest
from service.settings import Settings
from tests.service.conftest import SpySuggester
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


BODIES: dict[str, Any] = {
    "phrases": examples.PHRASES_REQUEST,
    "texts": {**examples.TEXT_REQUEST, "entries": GOOD},
    "suggestions": examples.SUGGESTIONS_REQUEST,
    "feedback": examples.FEEDBACK_REQUEST,
}


def refused(answer: Any) -> str:
    """The part of an answer in which nothing of the request may stand: all of a refusal, the errors of a batch."""
    if answer.status_code >= 400:
        return f"{answer.text} {answer.headers}"
    body = answer.json()
    errors = [phrase["error"] for phrase in body.get("phrases", []) if "error" in phrase]
    return f"{json.dumps(errors, ensure_ascii=False)} {answer.headers}"


@pytest.mark.parametrize("path", BODIES)
def test_no_field_comes_back_in_an_error_or_a_log(client: TestClient, path: str) -> None:
    with everything_logged() as written:
        answers = [client.post(f"/ordbro/v1/{path}", json=body) for body in planted(BODIES[path])]
    assert len(answers) > 8
    # Feedback has no field that takes a word of one's own.
    assert {answer.status_code for answer in answers} == ({422} if path == "feedback" else {200, 422})
    for answer in answers:
        assert leaks(refused(answer)) == []
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
@pytest.mark.parametrize("path", BODIES)
def test_no_unreadable_body_comes_back(client: TestClient, path: str, body: bytes) -> None:
    with everything_logged() as written:
        answer = client.post(f"/ordbro/v1/{path}", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code in {400, 413, 422}
    assert leaks(f"{answer.text} {answer.headers} {written.getvalue()}") == []


@pytest.mark.parametrize(
    "send",
    [
        lambda client: client.get(f"/ordbro/v1/codes/{MARKER}"),
        lambda client: client.get(f"/ordbro/v1/codes?q={MARKER}"),
        lambda client: client.get("/ordbro/v1/codes", params={"q": "dusch", "selection": MARKER}),
        lambda client: client.get("/ordbro/v1/codes", params={"q": "dusch", "system": MARKER[:10]}),
        lambda client: client.get("/ordbro/v1/codes", params={"limit": MARKER, "page": MARKER, MARKER: MARKER}),
        lambda client: client.get(f"/{MARKER}?{MARKER}={MARKER}"),
        lambda client: client.get(f"/static/{MARKER}"),
        lambda client: client.get("/" + MARKER * 1000),
        lambda client: client.request("QVXZ", "/ordbro/v1/phrases"),
        lambda client: client.post("/ordbro/v1/suggestions", content=b"{}", headers={"Content-Type": "Qvxz/qvxz"}),
        lambda client: client.post(
            "/ordbro/v1/suggestions", json={}, headers={"Accept-Language": "Qvxz", "traceparent": "Qvxz"}
        ),
        lambda client: client.post(
            "/ordbro/v1/feedback", json=examples.FEEDBACK_REQUEST, headers={"Idempotency-Key": "Qvxz"}
        ),
        lambda client: client.get("/nej", headers={"Qvxz": "Qvxz", "X-Request-Id": "Qvxz", "If-None-Match": "Qvxz"}),
    ],
)
def test_nothing_from_address_method_or_headers_comes_back(
    client: TestClient, send: Callable[[TestClient], Any]
) -> None:
    with everything_logged() as written:
        answer = send(client)
    assert leaks(f"{answer.text} {answer.headers} {written.getvalue()}") == []


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


def test_the_figures_hold_nothing_of_any_request(suggester: SpySuggester) -> None:
    with TestClient(create_app(Settings(), load=lambda: suggester), raise_server_exceptions=False) as client:
        for path, body in BODIES.items():
            for changed in planted(body):
                client.post(f"/ordbro/v1/{path}", json=changed)
        client.get(f"/ordbro/v1/codes/{MARKER}?{MARKER}={MARKER}")
        client.get(f"/{MARKER}")
        client.request("QVXZ", "/")
        figures = client.get("/metrics").text
    assert "ordbro_http_requests_total" in figures
    assert leaks(figures) == []


def test_the_feedback_store_holds_nothing_but_codes(sqlite_url: str, suggester: SpySuggester) -> None:
    """Every field of a request that is kept, and the headers beside it, searched in all files of the database."""
    key = f"Qvxz-{'qvxz' * 4}"
    headers = {"Idempotency-Key": key, "traceparent": "Qvxz", "Accept-Language": "Qvxz", "User-Agent": "Qvxz"}
    settings = Settings.model_validate({"feedback_url": sqlite_url})
    with TestClient(create_app(settings, load=lambda: suggester), raise_server_exceptions=False) as client:
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
        TestClient(create_app(settings, load=lambda: suggester), raise_server_exceptions=False) as client,
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

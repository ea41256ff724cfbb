"""The typed client, with threads and with asyncio: every call, what is tried again, and what an error holds."""

import asyncio
import inspect
import logging
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import httpx2
import pytest
from fastapi import FastAPI
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from service import examples, problems, schemas
from service.app import create_app
from service.client import AsyncClient, Client, ServiceError, calls
from service.client.exchange import FIRST_PAUSE, Came, pause, retry_after
from service.reading import write_json
from service.release import ROOT
from service.settings import Settings
from tests.service.conftest import SpySuggester

ADDRESS = "https://ordbro.example.se"
NOTE = "Qvxz duschade"
OFFERED = schemas.Suggestions.model_validate(examples.SUGGESTIONS)

CALLS: dict[str, tuple[tuple[Any, ...], dict[str, Any]]] = {
    "phrases": (([examples.FUNCTIONING, {"type": "x"}],), {"person": examples.PERSON, "level": "plain"}),
    "text": (([examples.FUNCTIONING, examples.ACTIVITY],), {"level": "easy", "track": "activity"}),
    "suggestions": ((NOTE,), {"selection": "ÄOU", "limit": 3}),
    "feedback": ((OFFERED, [("SMB.RB.ZZ", "40")]), {"selection": "ÄOU"}),
    "answer_options": (("SMB.RB",), {}),
    "codes": (("städa bost",), {"system": "icf", "limit": 2, "page": 2}),
    "code": (("sog rb",), {}),
    "api_info": ((), {}),
}


@pytest.fixture(scope="module")
def app() -> Iterator[FastAPI]:
    made = create_app(Settings.model_validate({"public_url": ADDRESS}))
    made.state.ordbro.load(SpySuggester())
    yield made
    made.state.ordbro.feedback.close()


Ask = Callable[..., Any]


def with_threads(app: FastAPI, name: str, *given: Any, **named: Any) -> Any:
    with Client(ADDRESS, transport=TestClient(app)._transport) as client:
        return getattr(client, name)(*given, **named)


def with_asyncio(app: FastAPI, name: str, *given: Any, **named: Any) -> Any:
    async def ask() -> Any:
        async with AsyncClient(ADDRESS, transport=httpx2.ASGITransport(app)) as client:
            return await getattr(client, name)(*given, **named)

    return asyncio.run(ask())


@pytest.mark.parametrize("ask", [with_threads, with_asyncio])
@pytest.mark.parametrize("name", CALLS)
def test_every_call_is_answered_in_its_shape(app: FastAPI, ask: Ask, name: str) -> None:
    given, named = CALLS[name]
    answer = ask(app, name, *given, **named)
    assert type(answer) is getattr(calls, name)(*given, **named).answer


def test_there_is_a_call_for_every_operation(app: FastAPI) -> None:
    """All but the description itself, which is a file to generate from."""
    described = {
        (method.upper(), path)
        for path, item in app.openapi()["paths"].items()
        for method in item
        if path != "/openapi.json"
    }
    made = [getattr(calls, name)(*given, **named) for name, (given, named) in CALLS.items()]
    assert {(call.method, call.path.replace("sog%20rb", "{code}")) for call in made} == described


@pytest.mark.parametrize("kind", [Client, AsyncClient])
def test_both_clients_have_every_call_with_its_words(kind: type) -> None:
    for name in CALLS:
        method = getattr(kind, name)
        assert method.__doc__ == getattr(calls, name).__doc__
        assert inspect.signature(method) == inspect.signature(getattr(calls, name))


def test_a_batch_keeps_its_faults_in_their_places(app: FastAPI) -> None:
    told, failed = with_threads(app, "phrases", [examples.FUNCTIONING, {"type": "x"}]).phrases
    assert isinstance(told, schemas.Phrase) and told.text == examples.PHRASE["text"]
    assert isinstance(failed, schemas.FailedEntry) and failed.error.field == "type"


def test_answers_are_frozen(app: FastAPI) -> None:
    answer = with_threads(app, "code", "SOG")
    with pytest.raises(ValueError, match="frozen"):
        answer.title = "x"


@pytest.mark.parametrize("ask", [with_threads, with_asyncio])
def test_a_problem_is_one_typed_error(app: FastAPI, ask: Ask) -> None:
    with pytest.raises(ServiceError) as caught:
        ask(app, "text", [{"type": "functioning", "icf": "d6402"}, {"type": "x"}])
    assert (caught.value.kind, caught.value.status) == ("invalid-request", 422)
    assert [error.pointer for error in caught.value.errors] == ["/entries/0/qualifier", "/entries/1/type"]
    assert "Graden saknas." in str(caught.value)
    assert caught.value.instance.startswith("urn:uuid:")


def test_messages_come_in_the_language_of_choice(app: FastAPI) -> None:
    with (
        Client(ADDRESS, language="en", transport=TestClient(app)._transport) as client,
        pytest.raises(ServiceError, match="There is no such code"),
    ):
        client.code("XYZ")


class Recorded:
    """A service that gives the answers it was given, in order, and remembers what it was asked."""

    def __init__(self, *answers: Came | type[httpx2.RequestError]) -> None:
        self._answers = list(answers)
        self.requests: list[httpx2.Request] = []

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        self.requests.append(request)
        answer = self._answers.pop(0)
        if isinstance(answer, httpx2.Response):
            return answer
        raise answer(NOTE, request=request) if isinstance(answer, type) else answer


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The seconds that were waited; nobody waits."""
    seconds: list[float] = []
    monkeypatch.setattr("service.client.time.sleep", seconds.append)
    return seconds


def asked(service: Recorded, name: str = "api_info", **options: Any) -> Any:
    given, named = CALLS[name]
    with Client(ADDRESS, key="hemlig", transport=httpx2.MockTransport(service), **options) as client:
        return getattr(client, name)(*given, **named)


def fine(body: Any = examples.API_INFO) -> httpx2.Response:
    return httpx2.Response(200, content=write_json(body))


def refused(kind: problems.Kind, **headers: str) -> httpx2.Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return httpx2.Response(kind.status, headers=named, content=write_json(examples.problem(kind)))


def test_a_request_says_who_asks_and_where() -> None:
    service = Recorded(fine(examples.SUGGESTIONS))
    asked(service, "suggestions")
    (request,) = service.requests
    assert str(request.url) == f"{ADDRESS}{ROOT}/suggestions"
    assert request.headers["Authorization"] == "Bearer hemlig"
    assert request.headers["Content-Type"] == "application/json"
    assert request.headers["Accept-Language"] == "sv"
    assert request.extensions["timeout"]["read"] == 10.0


def test_what_a_later_version_adds_is_left_out() -> None:
    assert asked(Recorded(fine({**examples.API_INFO, "api_later": 1}))).api_name == "Ordbro"


def test_what_may_pass_is_tried_again(waits: list[float]) -> None:
    service = Recorded(httpx2.ReadTimeout, refused(problems.UNAVAILABLE), fine())
    assert asked(service).api_name == "Ordbro"
    first, second = waits
    assert FIRST_PAUSE / 2 <= first <= FIRST_PAUSE <= second <= 2 * FIRST_PAUSE


def test_a_refusal_that_names_its_time_is_obeyed_for_every_call(waits: list[float]) -> None:
    service = Recorded(refused(problems.UNAVAILABLE, Retry_After="2"), fine(examples.SUGGESTIONS))
    asked(service, "suggestions")
    assert waits == [2.0]
    assert service.requests[0].content == service.requests[1].content


def test_feedback_is_repeated_with_its_key(waits: list[float]) -> None:
    kept = httpx2.Response(201, content=write_json(examples.FEEDBACK_KEPT))
    service = Recorded(httpx2.ReadTimeout, kept)
    assert str(asked(service, "feedback").id) == examples.FEEDBACK_KEPT["id"]
    first, second = (request.headers["Idempotency-Key"] for request in service.requests)
    assert first == second
    assert calls.feedback(OFFERED, []).headers != calls.feedback(OFFERED, []).headers


def test_feedback_is_codes_and_figures_alone() -> None:
    body = calls.feedback(OFFERED, []).body
    assert body is not None and body["none_fits"] is True
    assert body["offered"] == [{"rank": 1, "code": "SMB.RB.ZZ", "status": "40", "confidence": 0.93, "selected": True}]
    assert examples.SUGGESTIONS["suggestions"][0]["evidence"][0]["text"] not in str(body)


@pytest.mark.parametrize(
    ("name", "answer", "kind", "status"),
    [
        ("suggestions", httpx2.ReadTimeout, "timeout", 0),
        ("suggestions", httpx2.ReadError, "unreachable", 0),
        ("suggestions", refused(problems.UNAVAILABLE), "unavailable", 503),
        ("suggestions", refused(problems.UNAVAILABLE, Retry_After="3600"), "unavailable", 503),
        ("suggestions", httpx2.Response(502, content=b"<html>"), "unexpected-answer", 502),
        ("api_info", refused(problems.INTERNAL), "internal-error", 500),
        ("api_info", httpx2.Response(200, content=b"<html>"), "unexpected-answer", 200),
        ("api_info", httpx2.Response(302, headers={"Location": "https://x.example"}), "unexpected-answer", 302),
        ("api_info", httpx2.Response(404, json={"type": "about:blank"}), "unexpected-answer", 404),
    ],
)
def test_the_rest_is_sent_once(waits: list[float], name: str, answer: Any, kind: str, status: int) -> None:
    service = Recorded(answer)
    with pytest.raises(ServiceError) as caught:
        asked(service, name)
    assert (caught.value.kind, caught.value.status) == (kind, status)
    assert (len(service.requests), waits) == (1, [])


def test_it_gives_up_after_its_retries(waits: list[float]) -> None:
    service = Recorded(*[httpx2.ConnectError] * 4)
    with pytest.raises(ServiceError, match=r"^unreachable$"):
        asked(service, "suggestions", retries=3)
    assert (len(service.requests), len(waits)) == (4, 3)


def test_asyncio_waits_without_holding_others_up(monkeypatch: pytest.MonkeyPatch) -> None:
    seconds: list[float] = []

    async def sleep(time: float) -> None:
        seconds.append(time)

    monkeypatch.setattr("service.client.asyncio.sleep", sleep)
    service = Recorded(refused(problems.UNAVAILABLE, Retry_After="1"), fine())

    async def ask() -> schemas.ApiInfo:
        async with AsyncClient(ADDRESS, transport=httpx2.MockTransport(service)) as client:
            return await client.api_info()

    assert asyncio.run(ask()).api_name == "Ordbro"
    assert seconds == [1.0]


def held(error: BaseException | None) -> Iterator[str]:
    """All that an exception and those behind it hold."""
    while error is not None:
        yield f"{error} {error!r} {error.args} {vars(error)}"
        error = error.__cause__ or error.__context__


@pytest.mark.parametrize(
    "answer",
    [
        httpx2.ReadTimeout,
        httpx2.ConnectError,
        httpx2.Response(200, json={"suggestions": NOTE}),
        httpx2.Response(422, json={"type": NOTE, "detail": NOTE}),
        httpx2.Response(400, content=NOTE.encode()),
    ],
)
def test_no_error_holds_what_was_sent(waits: list[float], answer: Any) -> None:
    with pytest.raises(ServiceError) as caught:
        asked(Recorded(answer), "suggestions", retries=0)
    assert not any("Qvxz" in text or "hemlig" in text for text in held(caught.value))


class Canned(BaseHTTPRequestHandler):
    """A service on a real socket that always has the same suggestions."""

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        body = write_json(examples.SUGGESTIONS)
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing of its own."""


def test_no_library_logs_what_is_sent(caplog: pytest.LogCaptureFixture) -> None:
    with HTTPServer(("127.0.0.1", 0), Canned) as server, caplog.at_level(logging.DEBUG):
        Thread(target=server.serve_forever, daemon=True).start()
        with Client(f"http://127.0.0.1:{server.server_port}", key="hemlig") as client:
            assert client.suggestions(NOTE).suggestions
        server.shutdown()
    assert "suggestions" in caplog.text
    assert "Qvxz" not in caplog.text and "hemlig" not in caplog.text


@pytest.mark.parametrize("note", [NOTE + "\ud800", object()])
def test_what_json_cannot_hold_is_not_sent(note: Any) -> None:
    with pytest.raises(ServiceError, match=r"^invalid-json$") as caught, Client(ADDRESS) as client:
        client.suggestions(note)
    assert not any("Qvxz" in text for text in held(caught.value))


def test_what_is_shown_of_a_call_holds_no_note_and_no_key() -> None:
    with Client(ADDRESS, key="hemlig") as client:
        shown = f"{calls.suggestions(NOTE)!r} {calls.codes(NOTE)!r} {client!r} {vars(client)!r}"
    assert "Qvxz" not in shown and "hemlig" not in shown


@pytest.mark.parametrize("told", ["", "-1", "snart", "1.5", "٣"])
def test_a_retry_after_that_names_no_time(told: str) -> None:
    assert retry_after({"retry-after": told}) is None


def test_a_retry_after_may_be_a_date() -> None:
    in_a_while = retry_after({"retry-after": format_datetime(datetime.now(UTC) + timedelta(seconds=90), usegmt=True)})
    assert in_a_while is not None and 0 < in_a_while <= 90
    assert retry_after({"retry-after": "Fri, 31 Dec 1999 23:59:59 GMT"}) == 0.0


@given(st.integers(0, 20), st.floats(0, 1), st.sampled_from([200, 400, 404, 422, 429, 500, 502, 503, 504]))
def test_what_changes_something_is_repeated_only_when_asked_to(attempt: int, chance: float, status: int) -> None:
    answer = httpx2.Response(status)
    assert pause(answer, attempt, repeatable=False, chance=chance) is None
    again = pause(answer, attempt, repeatable=True, chance=chance)
    assert (again is not None) == (status in {429, 502, 503, 504})
    assert again is None or FIRST_PAUSE / 2 * 2**attempt <= again <= FIRST_PAUSE * 2**attempt

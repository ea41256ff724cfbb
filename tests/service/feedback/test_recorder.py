"""The service's side of the store: nothing else waits for it, and a store that is down is told at once."""

import threading
from collections.abc import Iterator, MutableMapping
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from service import examples, problems
from service.app import create_app
from service.feedback import recorder
from service.feedback.errors import StoreUnavailable
from service.feedback.store import Store
from service.settings import Settings
from tests.service.conftest import LOCAL, SpySuggester
from tests.service.test_refusals import check_problem

FEEDBACK = "/ordbro/v1/feedback"


def service(url: str) -> TestClient:
    settings = Settings.model_validate({"feedback_url": url})
    return TestClient(create_app(settings, load=SpySuggester), raise_server_exceptions=False, base_url=LOCAL)


@pytest.fixture
def down(tmp_path: Path) -> Iterator[TestClient]:
    """A service whose store cannot be made: its folder is a file."""
    (tmp_path / "file").touch()
    with service(f"sqlite:///{tmp_path / 'file' / 'feedback.db'}") as client:
        yield client


def test_feedback_over_http_on_each_database(feedback_url: str) -> None:
    store = Store(feedback_url)
    store.migrate()
    with service(feedback_url) as client:
        key = {"Idempotency-Key": "8e03978e-40d5-43e8-bc93-6894a57f9324"}
        answers = [client.post(FEEDBACK, json=examples.FEEDBACK_REQUEST, headers=key) for _ in range(2)]
        other = client.post(FEEDBACK, json=examples.NOTHING_FITS_REQUEST, headers=key)
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()
    check_problem(other, problems.KEY_REUSED)
    store.close()


def test_a_store_that_is_down_is_503_and_the_rest_goes_on(
    down: TestClient, logged: list[MutableMapping[str, Any]]
) -> None:
    answer = down.post(FEEDBACK, json=examples.FEEDBACK_REQUEST)
    check_problem(answer, problems.FEEDBACK_UNAVAILABLE)
    assert answer.headers["Retry-After"] == str(recorder.RETRY_SECONDS)
    assert [event["reason"] for event in logged if event["event"] == "feedback_unavailable"] == ["EEXIST"]
    assert down.post("/ordbro/v1/suggestions", json=examples.SUGGESTIONS_REQUEST).status_code == 200
    assert down.get("/readyz").status_code == 200


def test_a_store_that_failed_is_left_alone_for_a_while_and_tried_again(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries = []
    whole = Store.prepare

    def prepare(store: Store) -> None:
        tries.append(store)
        if len(tries) == 1:
            raise StoreUnavailable("53300")
        whole(store)

    monkeypatch.setattr(Store, "prepare", prepare)
    clock = iter([0.0, 1.0, 2.0, 100.0])
    monkeypatch.setattr(recorder, "now", lambda: next(clock))
    with service(sqlite_url) as client:
        told = [client.post(FEEDBACK, json=examples.FEEDBACK_REQUEST).status_code for _ in range(3)]
    assert told == [503, 503, 201]
    assert len(tries) == 2


def test_a_slow_store_holds_up_nothing_else(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    writing, done = threading.Event(), threading.Event()

    def slow(*_: object) -> None:
        writing.set()
        assert done.wait(60)
        raise StoreUnavailable("57014")

    monkeypatch.setattr(Store, "save", slow)
    with service(sqlite_url) as client:
        answers: list[Any] = []
        thread = threading.Thread(target=lambda: answers.append(client.post(FEEDBACK, json=examples.FEEDBACK_REQUEST)))
        thread.start()
        assert writing.wait(60)
        assert client.post("/ordbro/v1/suggestions", json=examples.SUGGESTIONS_REQUEST).status_code == 200
        done.set()
        thread.join()
    check_problem(answers[0], problems.FEEDBACK_UNAVAILABLE)

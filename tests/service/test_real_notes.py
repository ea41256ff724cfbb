"""The service with the project's own reader of notes, as it is delivered."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from coding_assist.suggester import MAX_LIMIT, MAX_TEXT
from service import examples, limits, schemas
from service.app import create_app
from service.settings import Settings
from tests.service.conftest import LOCAL

NOTES = Path(__file__).parents[2] / "examples" / "anteckningar.jsonl"


@pytest.fixture(scope="module")
def delivered() -> Iterator[TestClient]:
    with TestClient(create_app(Settings()), base_url=LOCAL) as client:
        yield client


def test_the_limits_of_the_service_are_those_of_the_reader() -> None:
    assert (limits.NOTE_CHARACTERS, limits.SUGGESTIONS) == (MAX_TEXT, MAX_LIMIT)


def test_the_users_notes_get_answers_of_the_described_shape_with_exact_evidence(delivered: TestClient) -> None:
    for line in NOTES.read_text(encoding="utf-8").splitlines():
        note = json.loads(line)
        body = {"text": note["text"], "selection": note["selection"]}
        answer = delivered.post("/ordbro/v1/suggestions", json=body)
        assert answer.status_code == 200
        for suggestion in schemas.Suggestions.model_validate(answer.json()).suggestions:
            for evidence in suggestion.evidence:
                assert note["text"][evidence.start : evidence.end] == evidence.text


def test_a_shower_is_found_told_plainly_and_the_same_every_time(delivered: TestClient) -> None:
    first, second = (delivered.post("/ordbro/v1/suggestions", json=examples.SUGGESTIONS_REQUEST) for _ in range(2))
    assert first.content == second.content
    best = first.json()["suggestions"][0]
    assert best["code"].startswith("SMB.")
    assert best["plain"].startswith("Personalen ska ")


def test_an_unknown_selection_is_pointed_at(delivered: TestClient) -> None:
    answer = delivered.post("/ordbro/v1/suggestions", json={"text": "dusch", "selection": "okänt"})
    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json()["errors"]] == ["/selection"]

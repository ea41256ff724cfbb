"""POST feedback: what it takes, what it refuses, and that a repeated request is kept once."""

from typing import Any
from uuid import UUID

import pytest
from starlette.testclient import TestClient

from service import examples, problems
from service.answers import load_suggester
from service.feedback.record import read
from service.requests import FeedbackRequest
from tests.service.test_refusals import check_problem

KEY = "8e03978e-40d5-43e8-bc93-6894a57f9324"
BODY = examples.FEEDBACK_REQUEST


def post(client: TestClient, body: Any, **headers: str) -> Any:
    return client.post("/ordbro/v1/feedback", json=body, headers=headers)


def faults(answer: Any) -> set[str]:
    return {error["pointer"] for error in check_problem(answer, problems.INVALID_REQUEST)["errors"]}


@pytest.mark.parametrize("body", [BODY, examples.NOTHING_FITS_REQUEST, {**BODY, "offered": []}])
def test_feedback_is_kept_and_gets_an_id(client: TestClient, body: Any) -> None:
    answer = post(client, body)
    assert answer.status_code == 201
    assert UUID(answer.json()["id"]).version == 4


def test_the_same_key_and_content_give_the_same_answer(client: TestClient) -> None:
    first = post(client, BODY, **{"Idempotency-Key": KEY})
    assert post(client, BODY, **{"Idempotency-Key": f'"{KEY}"'}).json() == first.json()
    assert post(client, BODY).json() != first.json()


def test_the_same_key_with_other_content_is_refused(client: TestClient) -> None:
    headers = {"Idempotency-Key": "another-key-of-32-characters-xyz"}
    assert post(client, BODY, **headers).status_code == 201
    check_problem(post(client, examples.NOTHING_FITS_REQUEST, **headers), problems.KEY_REUSED)
    assert post(client, BODY, **headers).status_code == 201


@pytest.mark.parametrize("key", ["", "short", "a" * 65, "Anna Andersson 19", '"8e03978e-40d5-43e8', "å" * 20])
def test_a_key_of_another_form_is_refused(client: TestClient, key: str) -> None:
    answer = client.post("/ordbro/v1/feedback", json=BODY, headers={b"Idempotency-Key": key.encode()})
    assert check_problem(answer, problems.INVALID_REQUEST)["errors"][0]["parameter"] == "Idempotency-Key"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"chosen": []}, "/chosen"),
        ({"none_fits": True}, "/chosen"),
        ({"chosen": [{"code": "SMF.RA.ZZ", "status": "40"}]}, "/chosen/0/code"),
        ({"chosen": [{"code": "SMB", "status": "40"}]}, "/chosen/0/code"),
        ({"chosen": [{"code": "SMB.RB", "status": "41"}]}, "/chosen/0/status"),
        ({"chosen": [{"code": "SMB.RB.ZZ", "status": "40"}, {"code": "smb rb", "status": "40"}]}, "/chosen/1/code"),
        ({"offered": [BODY["offered"][0], {**BODY["offered"][1], "rank": 1}]}, "/offered/1/rank"),
        ({"offered": [{**BODY["offered"][0], "rank": 51}]}, "/offered/0/rank"),
        ({"offered": [{**BODY["offered"][0], "confidence": 1.01}]}, "/offered/0/confidence"),
        ({"offered": [{**BODY["offered"][0], "evidence": []}]}, "/offered/0"),
        ({"selection": "Alla"}, "/selection"),
        ({"text": "Hjälpte NN."}, ""),
        ({"versions": {**BODY["versions"], "model": "0.1.0"}}, "/versions/model"),
        ({"versions": {**BODY["versions"], "catalogue": "Anna"}}, "/versions/catalogue"),
        ({"versions": {**BODY["versions"], "model": "194512123456"}}, "/versions/model"),
        ({"versions": {**BODY["versions"], "cues": "194512723456"}}, "/versions/cues"),
    ],
)
def test_what_is_not_of_the_vocabularies_is_refused(client: TestClient, change: Any, field: str) -> None:
    assert faults(post(client, {**BODY, **change})) == {field}


def test_every_fault_is_told_at_once(client: TestClient) -> None:
    body = {"offered": [], "selection": "Alla", "versions": {**BODY["versions"], "cues": "x"}}
    assert faults(post(client, body)) == {"/chosen", "/selection", "/versions/cues"}


def test_the_versions_of_real_suggestions_are_taken() -> None:
    versions = load_suggester().suggest("Hjälpte NN att duscha.").as_dict()["versions"]
    record, faults = read(FeedbackRequest.model_validate({**BODY, "versions": versions}))
    assert (record.versions, faults) == (versions, [])

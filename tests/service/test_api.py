"""The HTTP API: what each call answers."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from service import examples, schemas
from tests.service.conftest import SpySuggester

SENTENCE = "NN har enligt handläggaren en måttlig svårighet att städa sin bostad."


def post(client: TestClient, path: str, body: Any, **headers: str) -> Any:
    return client.post(f"/ordbro/v1/{path}", json=body, headers=headers)


def test_the_users_example_comes_out_to_the_letter(client: TestClient) -> None:
    answer = post(client, "phrases", {"entries": [examples.FUNCTIONING]})
    assert answer.status_code == 200
    assert [phrase["text"] for phrase in answer.json()["phrases"]] == [SENTENCE]


def test_one_bad_entry_never_loses_the_rest(client: TestClient) -> None:
    bad = {**examples.FUNCTIONING, "qualifier": 7}
    answer = post(client, "phrases", {"entries": [examples.FUNCTIONING, bad, 17, examples.FUNCTIONING]})
    phrases = answer.json()["phrases"]
    assert [phrase.get("text") for phrase in phrases] == [SENTENCE, None, None, SENTENCE]
    assert [phrase["error"]["field"] for phrase in phrases if "error" in phrase] == ["qualifier", "entry"]


def test_messages_follow_accept_language(client: TestClient) -> None:
    body = {"entries": [{"type": "functioning", "icf": "d6402"}]}
    english = post(client, "phrases", body).json()["phrases"][0]["error"]["message"]
    swedish = post(client, "phrases", body, **{"Accept-Language": "sv-SE,en;q=0.5"}).json()["phrases"][0]["error"][
        "message"
    ]
    assert english.startswith("The qualifier is missing.")
    assert swedish.startswith("Graden saknas.")


def test_person_and_level_are_used(client: TestClient) -> None:
    body = {"person": {"name": "Anna", "pronoun": "hon"}, "level": "easy", "entries": [examples.FUNCTIONING]}
    assert post(client, "phrases", body).json()["phrases"][0]["text"].startswith("Anna har ganska svårt att")


@pytest.mark.parametrize("path", ["phrases", "texts"])
def test_a_fault_in_the_person_concerns_the_whole_request(client: TestClient, path: str) -> None:
    answer = post(client, path, {"person": {"pronoun": "den"}, "entries": [examples.FUNCTIONING]})
    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json()["errors"]] == ["/person/pronoun"]


def test_a_text_has_sections(client: TestClient) -> None:
    answer = post(client, "texts", examples.TEXT_REQUEST).json()
    assert [section["heading"] for section in answer["sections"]] == ["Hemliv"]
    assert answer["sections"][0]["text"] in answer["text"]


def test_a_text_points_at_every_bad_entry(client: TestClient) -> None:
    entries = [{"type": "functioning", "icf": "d6402"}, examples.FUNCTIONING, {"type": "x"}, None]
    answer = post(client, "texts", {"entries": entries})
    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json()["errors"]] == [
        "/entries/0/qualifier",
        "/entries/2/type",
        "/entries/3",
    ]


def test_suggestions_pass_text_selection_and_limit_on(client: TestClient, suggester: SpySuggester) -> None:
    answer = post(client, "suggestions", {"text": "hjälpt m dusch", "selection": "ÄOU", "limit": 3})
    assert answer.json() == examples.SUGGESTIONS
    assert suggester.asked == [("hjälpt m dusch", "ÄOU", 3)]


def test_suggestions_have_defaults(client: TestClient, suggester: SpySuggester) -> None:
    post(client, "suggestions", {"text": "hjälpt m dusch"})
    assert suggester.asked == [("hjälpt m dusch", None, 8)]


def test_what_is_made_from_a_note_is_never_stored_by_a_cache(client: TestClient) -> None:
    answers = [
        post(client, "phrases", {"entries": [examples.FUNCTIONING]}),
        post(client, "texts", {"entries": [examples.FUNCTIONING]}),
        post(client, "suggestions", {"text": "hjälpt m dusch"}),
        post(client, "suggestions", {"text": ""}),
    ]
    assert {answer.headers["Cache-Control"] for answer in answers} == {"no-store"}


def test_codes_are_found_as_they_are_typed(client: TestClient) -> None:
    answer = client.get("/ordbro/v1/codes", params={"q": "trygghetsl", "limit": 1}).json()
    assert [hit["code"] for hit in answer["codes"]] == ["YAA.35.ZZ"]
    assert (answer["page"], answer["limit"]) == (1, 1)


def test_pages_of_codes_follow_each_other(client: TestClient) -> None:
    def codes(**params: int) -> list[str]:
        found = client.get("/ordbro/v1/codes", params={"q": "städa", **params}).json()["codes"]
        return [hit["code"] for hit in found]

    assert len(codes()) == 20
    assert codes(limit=5, page=1) + codes(limit=5, page=2) == codes(limit=10)


def test_a_search_can_be_held_to_a_system_and_a_selection(client: TestClient) -> None:
    hits = client.get("/ordbro/v1/codes", params={"q": "städa", "system": "icf"}).json()["codes"]
    assert {hit["system"] for hit in hits} == {"icf"}
    answer = client.get("/ordbro/v1/codes", params={"q": "städa", "selection": "okänt"})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["parameter"] == "selection"


@pytest.mark.parametrize("written", ["SOG.RB.ZZ", "sog.rb", "SOG RB ZZ", "sog-rb-zz"])
def test_a_code_is_known_in_any_writing(client: TestClient, written: str) -> None:
    answer = client.get(f"/ordbro/v1/codes/{written}").json()
    assert answer["code"] == "SOG.RB.ZZ"
    assert {"code": "d6402", "title": "Att städa bostaden"} in answer["icf"]


@pytest.mark.parametrize("code", ["XYZ", "SMF.RA.ZZ", "d99", "e", "ÅÄÖ"])
def test_an_unknown_code_is_not_found(client: TestClient, code: str) -> None:
    answer = client.get(f"/ordbro/v1/codes/{code}")
    assert answer.status_code == 404
    assert answer.json()["type"] == "urn:problem-type:ordbro:unknown-code"


def test_an_impossible_activity_lists_those_that_exist(client: TestClient) -> None:
    detail = client.get("/ordbro/v1/codes/SMF.RA.ZZ").json()["errors"][0]["detail"]
    assert "SMF.RB.ZZ" in detail


def test_api_info_tells_what_digg_asks_for(client: TestClient) -> None:
    info = client.get("/ordbro/v1/api-info").json()
    assert info["api_name"] == "Ordbro"
    assert info["api_documentation"] == "https://ordbro.example.se/api"
    assert {"api_version", "api_released", "api_status"} <= info.keys()


@pytest.mark.parametrize("path", ["codes?q=dusch", "codes/SOG", "api-info", "openapi.json"])
def test_what_does_not_change_is_answered_304(client: TestClient, path: str) -> None:
    first = client.get(f"/ordbro/v1/{path}")
    assert first.headers["Cache-Control"] == "private, max-age=300"
    again = client.get(f"/ordbro/v1/{path}", headers={"If-None-Match": f'"other", W/{first.headers["ETag"]}'})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    assert client.get(f"/ordbro/v1/{path}", headers={"If-None-Match": '"other"'}).status_code == 200


@pytest.mark.parametrize(
    ("path", "model", "body"),
    [
        ("phrases", schemas.Phrases, examples.PHRASES_REQUEST),
        ("texts", schemas.Text, examples.TEXT_REQUEST),
        ("suggestions", schemas.Suggestions, examples.SUGGESTIONS_REQUEST),
    ],
)
def test_answers_have_the_described_shape(client: TestClient, path: str, model: Any, body: Any) -> None:
    model.model_validate(post(client, path, body).json())


@pytest.mark.parametrize(
    ("path", "model"),
    [
        ("codes?q=dusch", schemas.Codes),
        ("api-info", schemas.ApiInfo),
        *(
            (f"codes/{code}", schemas.Code)
            for code in ("SOG.RB.ZZ", "SOG", "XAD.01", "YAA.35", "YAA", "d6402", "d6", "b1528C")
        ),
    ],
)
def test_looked_up_answers_have_the_described_shape(client: TestClient, path: str, model: Any) -> None:
    model.model_validate(client.get(f"/ordbro/v1/{path}").json())


def test_the_same_request_gives_the_same_bytes(client: TestClient) -> None:
    first, second = (post(client, "texts", examples.TEXT_REQUEST) for _ in range(2))
    assert first.content == second.content


def test_a_code_tells_what_it_is_confused_with_and_how_they_differ(client: TestClient) -> None:
    neighbours = {row["code"]: row for row in client.get("/ordbro/v1/codes/SMB.RB.ZZ").json()["neighbours"]}
    assert neighbours["SMC"]["title"].startswith("Att sköta kroppen")
    assert neighbours["SMC"]["difference"].endswith(".")

"""What the service refuses, and how it says so (RFC 9457)."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from starlette.testclient import TestClient

from service import limits, problems
from tests.service.conftest import SpySuggester
from tests.service.described import operations, resolved

JSON = {"Content-Type": "application/json"}
NOTE = "/ordbro/v1/suggestions"


def check_problem(answer: Any, kind: problems.Kind) -> dict[str, Any]:
    body: dict[str, Any] = answer.json()
    assert answer.status_code == kind.status
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert body["type"] == kind.uri
    assert body["status"] == kind.status
    assert body["title"] and body["detail"]
    assert body["instance"] == f"urn:uuid:{answer.headers['X-Request-Id']}"
    return body


@pytest.mark.parametrize(
    "content_type",
    [
        "",
        "text/plain",
        "application/x-www-form-urlencoded",
        "application/jsonx",
        "application/json; charset=latin-1",
        "; ;",
    ],
)
def test_another_content_type_is_415(client: TestClient, content_type: str) -> None:
    answer = client.post(NOTE, content=b'{"text": "dusch"}', headers={"Content-Type": content_type})
    assert "application/json" in check_problem(answer, problems.UNSUPPORTED_MEDIA_TYPE)["detail"]


@pytest.mark.parametrize(
    "content_type", ["application/json", "Application/JSON; charset=UTF-8", 'application/json;charset="utf-8"']
)
def test_json_may_name_its_charset(client: TestClient, content_type: str) -> None:
    answer = client.post(NOTE, content=b'{"text": "dusch"}', headers={"Content-Type": content_type})
    assert answer.status_code == 200


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"\xff\xfe{\x00}\x00",
        b'{"text": "\xe5"}',
        b'{"text": NaN}',
        b'{"text": "\\ud800"}',
        b"[" * 100_000,
        b'{"limit": ' + b"9" * 5000 + b"}",
    ],
)
def test_what_is_not_json_in_utf8_is_400(client: TestClient, body: bytes) -> None:
    check_problem(client.post(NOTE, content=body, headers=JSON), problems.INVALID_JSON)


@pytest.mark.parametrize(
    ("body", "pointer", "english"),
    [
        ({}, "/text", "The field is missing."),
        ({"text": 1}, "/text", "The field must be text."),
        ({"text": ""}, "/text", "The text is empty."),
        ({"text": " \n"}, "/text", "The text is empty."),
        (
            {"text": "a" * (limits.NOTE_CHARACTERS + 1)},
            "/text",
            f"The text may have at most {limits.NOTE_CHARACTERS} characters.",
        ),
        ({"text": "a", "limit": 0}, "/limit", "The value must be at least 1."),
        ({"text": "a", "limit": 51}, "/limit", "The value may be at most 50."),
        ({"text": "a", "limit": "8"}, "/limit", "The field must be a whole number."),
        ({"text": "a", "limit": True}, "/limit", "The field must be a whole number."),
        ({"text": "a", "texts": "b"}, "", "There is a field here that is not known."),
        ([], "", "A JSON object belongs here."),
        (None, "", "A JSON object belongs here."),
    ],
)
def test_a_fault_in_a_note_request_is_pointed_at(client: TestClient, body: Any, pointer: str, english: str) -> None:
    answer = check_problem(client.post(NOTE, content=json.dumps(body), headers=JSON), problems.INVALID_REQUEST)
    assert answer["errors"] == [{"pointer": pointer, "detail": english}]


def test_a_whole_number_may_be_written_with_a_point(client: TestClient, suggester: SpySuggester) -> None:
    assert client.post(NOTE, content=b'{"text": "a", "limit": 3.0}', headers=JSON).status_code == 200
    assert suggester.asked == [("a", None, 3)]


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"entries": []}, "/entries"),
        ({"entries": [{}] * (limits.ENTRIES + 1)}, "/entries"),
        ({"entries": {}}, "/entries"),
        ({"entries": [{}], "level": "lätt"}, "/level"),
        ({"entries": [{}], "person": "Anna"}, "/person"),
    ],
)
@pytest.mark.parametrize("path", ["phrases", "texts"])
def test_a_fault_in_a_phrase_request_is_pointed_at(client: TestClient, path: str, body: Any, pointer: str) -> None:
    answer = check_problem(client.post(f"/ordbro/v1/{path}", json=body), problems.INVALID_REQUEST)
    assert [error["pointer"] for error in answer["errors"]] == [pointer]


def test_a_missing_body_is_pointed_at(client: TestClient) -> None:
    answer = check_problem(client.post(NOTE, headers=JSON), problems.INVALID_REQUEST)
    assert answer["errors"] == [{"pointer": "", "detail": "The field is missing."}]


def limited(schema: Mapping[str, Any]) -> Iterator[tuple[Any, int]]:
    """Values just over each limit of a described field, with the limit."""
    for kind in map(resolved, schema.get("anyOf", [schema])):
        if "maxLength" in kind:
            yield "a" * (kind["maxLength"] + 1), kind["maxLength"]
        if "maxItems" in kind:
            yield [{}] * (kind["maxItems"] + 1), kind["maxItems"]
        if "maximum" in kind and kind["type"] == "integer":
            yield int(kind["maximum"]) + 1, int(kind["maximum"])


def described_limits() -> Iterator[tuple[str, str, Any, int]]:
    """Every limit of a field of a body or an address in the whole description, with a value just over it."""
    for operation in operations():
        if operation.body is not None:
            schema = resolved(operation.described["requestBody"]["content"]["application/json"]["schema"])
            fields = ((name, "pointer", field) for name, field in schema["properties"].items())
        else:
            places = ("path", "query")
            asked = (parameter for parameter in operation.parameters if parameter["in"] in places)
            fields = ((parameter["name"], parameter["in"], parameter["schema"]) for parameter in asked)
        for name, place, field in fields:
            for value, limit in limited(field):
                yield operation.name, f"{place}:{name}", value, limit


@pytest.mark.parametrize(
    ("operation", "field", "value", "limit"),
    [pytest.param(*row, id=f"{row[0]}-{row[1]}") for row in described_limits()],
)
def test_what_is_over_a_limit_is_told_the_limit(
    client: TestClient, operation: str, field: str, value: Any, limit: int
) -> None:
    asked = next(one for one in operations() if one.name == operation)
    place, _, name = field.partition(":")
    if place == "pointer":
        answer = client.post(asked.path, json={**asked.body, name: value})
    elif place == "query":
        answer = client.get(asked.path, params={name: value})
    else:
        answer = client.get(asked.path.rpartition("/")[0] + f"/{value}")
    told = check_problem(answer, problems.INVALID_REQUEST)["errors"]
    assert [fault.get("pointer", "").strip("/") or fault["parameter"] for fault in told][:1] == [name]
    assert str(limit) in told[0]["detail"]


def test_limits_are_said_in_swedish(client: TestClient) -> None:
    body: dict[str, Any] = {"entries": [{}] * (limits.ENTRIES + 1)}
    answer = client.post("/ordbro/v1/phrases", json=body, headers={"Accept-Language": "sv"}).json()
    assert answer["errors"][0]["detail"] == f"Listan får ha högst {limits.ENTRIES} poster."


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("limit=0", "limit"),
        ("limit=x", "limit"),
        ("limit=101", "limit"),
        ("page=0", "page"),
        ("q=" + "a" * 201, "q"),
        ("system=atc", "system"),
    ],
)
def test_a_fault_in_a_query_names_the_parameter(client: TestClient, query: str, parameter: str) -> None:
    answer = check_problem(client.get(f"/ordbro/v1/codes?{query}"), problems.INVALID_REQUEST)
    assert [error["parameter"] for error in answer["errors"]] == [parameter]


def test_a_body_over_the_limit_is_413(client: TestClient, suggester: SpySuggester) -> None:
    body = b'{"text": "' + b"a" * limits.BODY_BYTES + b'"}'
    answer = check_problem(client.post(NOTE, content=body, headers=JSON), problems.TOO_LARGE)
    assert str(limits.BODY_BYTES) in answer["detail"]
    assert suggester.asked == []


def test_a_body_that_does_not_say_its_length_is_counted(client: TestClient, suggester: SpySuggester) -> None:
    chunks = (b" " * 65_536 for _ in range(limits.BODY_BYTES // 65_536 + 1))
    check_problem(client.post(NOTE, content=chunks, headers=JSON), problems.TOO_LARGE)
    assert suggester.asked == []


def test_the_longest_note_is_read(client: TestClient, suggester: SpySuggester) -> None:
    text = "å" * limits.NOTE_CHARACTERS
    assert client.post(NOTE, json={"text": text}).status_code == 200
    assert suggester.asked == [(text, None, 8)]


def test_a_long_address_is_414(client: TestClient) -> None:
    answer = client.get("/ordbro/v1/codes?q=" + "a" * limits.URL_CHARACTERS)
    assert str(limits.URL_CHARACTERS) in check_problem(answer, problems.URL_TOO_LONG)["detail"]


@pytest.mark.parametrize(
    "path",
    ["/nej", "/ordbro/v1/", "/ordbro/v1/phrases/", "/ordbro/v2/phrases", "/docs", "/static/nej", "/static/..%2Fapp.py"],
)
def test_an_unknown_address_is_404(client: TestClient, path: str) -> None:
    check_problem(client.get(path), problems.NOT_FOUND)


def test_a_wrong_method_is_405_and_names_the_right_one(client: TestClient) -> None:
    answer = client.get("/ordbro/v1/phrases")
    check_problem(answer, problems.METHOD_NOT_ALLOWED)
    assert answer.headers["Allow"] == "POST"


def test_a_fault_of_ours_is_500(client: TestClient, suggester: SpySuggester) -> None:
    suggester.fails = True
    check_problem(client.post(NOTE, json={"text": "dusch"}), problems.INTERNAL)


@pytest.mark.parametrize(
    ("header", "title"), [("sv", "Finns inte"), ("en", "Not found"), ("de", "Not found"), ("", "Not found")]
)
def test_problems_follow_accept_language(client: TestClient, header: str, title: str) -> None:
    answer = client.get("/nej", headers={"Accept-Language": header})
    assert answer.json()["title"] == title
    assert answer.headers["Content-Language"] == ("sv" if header == "sv" else "en")
    assert answer.headers["Vary"] == "Accept-Language"


def test_every_kind_has_its_own_uri() -> None:
    assert len({kind.uri for kind in problems.KINDS}) == len(problems.KINDS)


@pytest.mark.parametrize(("field", "expected"), [("", ""), ("text", "/text"), ("entries.0.icf", "/entries/0/icf")])
def test_field_paths_become_json_pointers(field: str, expected: str) -> None:
    assert problems.pointer(field) == expected

"""The API description against DIGG's REST API-profil: each rule that a description can keep, by its number.

Kept elsewhere: FEL.01 and FEL.02 at run time (test_refusals), SPA.02 (test_gate), VER.06 (test_api).
Exceptions: none in the description. TLS (SAK.01, UFN.02) ends in the municipality's own proxy, and login is not in this
version (docs/decisions.md).
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from service import examples, schemas
from service.app import create_app
from service.openapi import document_text
from service.requests import FeedbackRequest, PhrasesRequest, SuggestionsRequest, TextsRequest
from service.settings import Settings

COMMITTED = Path(__file__).parents[2] / "docs" / "openapi.json"
SNAKE_CASE = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    described: dict[str, Any] = create_app(Settings()).openapi()
    return described


@pytest.fixture
def operations(document: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    return [(path, method, operation) for path, item in document["paths"].items() for method, operation in item.items()]


def answered(operation: dict[str, Any]) -> dict[str, Any]:
    """The one answer that says that all went well."""
    (answer,) = (answer for status, answer in operation["responses"].items() if status in {"200", "201"})
    return dict(answer)


def properties(schema: Any) -> Iterator[str]:
    if isinstance(schema, dict):
        yield from schema.get("properties", {})
        for inner in schema.values():
            yield from properties(inner)
    elif isinstance(schema, list):
        for inner in schema:
            yield from properties(inner)


def test_the_committed_description_is_the_one_that_is_served() -> None:
    told = "docs/openapi.json is out of date: python -m service.openapi > docs/openapi.json"
    assert COMMITTED.read_text(encoding="utf-8") == document_text(Settings()), told


def test_dok_03_07_11_information_about_the_api(document: dict[str, Any]) -> None:
    info = document["info"]
    assert info["title"] and info["version"] and info["description"].strip()
    assert {"name", "url", "email"} == info["contact"].keys()
    assert {"name", "url"} == info["license"].keys()


def test_dok_01_external_documentation(document: dict[str, Any]) -> None:
    assert document["externalDocs"]["url"] == "https://ordbro.example.se/api"


def test_dok_06_in_swedish_and_english(document: dict[str, Any]) -> None:
    description = document["info"]["description"]
    assert "anteckning" in description and "the municipality" in description


def test_dok_08_service_level(document: dict[str, Any]) -> None:
    assert {"availability", "responseTime", "support"} == document["info"]["x-sla"].keys()


def test_dok_09_known_limits(document: dict[str, Any]) -> None:
    assert "20000 tecken" in document["info"]["x-limitations"]


def test_dok_15_whole_examples_of_every_request_and_answer(operations: list[Any]) -> None:
    for path, method, operation in operations:
        answers = [answer["content"] for status, answer in operation["responses"].items() if "content" in answer]
        bodies = [operation["requestBody"]["content"]] if "requestBody" in operation else []
        for content in (*answers, *bodies):
            for media in content.values():
                assert all(example["value"] for example in media["examples"].values()), (path, method)


def test_dok_17_the_latest_openapi(document: dict[str, Any]) -> None:
    assert document["openapi"].startswith("3.1.")


def test_dok_19_every_operation_is_described(operations: list[Any]) -> None:
    assert all(operation["description"].strip() and operation["summary"] for _, _, operation in operations)


def test_dok_20_every_answer_is_described(operations: list[Any]) -> None:
    for _, method, operation in operations:
        assert all(answer["description"].strip() for answer in operation["responses"].values())
        assert {"405", "414", "500"} <= operation["responses"].keys()
        assert answered(operation)["description"]
        if method == "post":
            assert {"400", "413", "415", "422", "503"} <= operation["responses"].keys()


def test_res_06_ufn_07_08_09_addresses(document: dict[str, Any]) -> None:
    for path in document["paths"]:
        assert re.fullmatch(r"(/([a-z0-9-]+(\.json)?|\{[a-z]+\}))+", path)


def test_ufn_01_02_ver_05_sak_01_the_server(document: dict[str, Any]) -> None:
    assert [server["url"] for server in document["servers"]] == ["https://ordbro.example.se/ordbro/v1"]


def test_ver_06_api_info_under_the_root(document: dict[str, Any]) -> None:
    assert "get" in document["paths"]["/api-info"]


def test_ame_04_05_07_one_way_of_naming(document: dict[str, Any]) -> None:
    names = set(properties(document["components"]["schemas"]))
    assert len(names) > 40
    assert [name for name in names if not SNAKE_CASE.fullmatch(name)] == []


def test_ame_01_02_json_in_and_out(operations: list[Any]) -> None:
    for _, _, operation in operations:
        assert list(answered(operation)["content"]) == ["application/json"]
        if "requestBody" in operation:
            assert list(operation["requestBody"]["content"]) == ["application/json"]


def test_fel_01_02_problem_details(document: dict[str, Any], operations: list[Any]) -> None:
    assert {"type", "title", "status", "detail", "instance"} <= set(
        document["components"]["schemas"]["ProblemDetails"]["required"]
    )
    for _, _, operation in operations:
        for status, answer in operation["responses"].items():
            if int(status) >= 400:
                (media_type,) = answer["content"]
                assert media_type == "application/problem+json"
                assert answer["content"][media_type]["schema"] == {"$ref": "#/components/schemas/ProblemDetails"}


def test_fns_query_parameters(operations: list[Any]) -> None:
    seen = {}
    for _, _, operation in operations:
        for parameter in operation["parameters"]:
            if parameter.get("in") == "query":
                assert SNAKE_CASE.fullmatch(parameter["name"]) and not parameter["required"]
                seen[parameter["name"]] = parameter["schema"].get("default")
    assert seen["limit"] == 20
    assert seen["page"] == 1


def test_for_02_get_has_no_body(operations: list[Any]) -> None:
    assert all("requestBody" not in operation for _, method, operation in operations if method == "get")


def test_res_02_no_personal_number_in_an_address(operations: list[Any]) -> None:
    named = {parameter.get("name", "") for _, _, operation in operations for parameter in operation["parameters"]}
    assert named.isdisjoint({"pnr", "personnummer", "personnr", "ssn"})


def test_spa_02_04_traceparent_in_and_out(operations: list[Any]) -> None:
    for _, _, operation in operations:
        assert {"$ref": "#/components/parameters/Traceparent"} in operation["parameters"]
        assert all("traceparent" in answer["headers"] for answer in operation["responses"].values())


def test_every_reference_leads_somewhere(document: dict[str, Any]) -> None:
    for reference in re.findall(r'"\$ref": "#/([^"]+)"', json.dumps(document)):
        place: Any = document
        for part in reference.split("/"):
            place = place[part]


@pytest.mark.parametrize(
    ("model", "example"),
    [
        (PhrasesRequest, examples.PHRASES_REQUEST),
        (TextsRequest, examples.TEXT_REQUEST),
        (SuggestionsRequest, examples.SUGGESTIONS_REQUEST),
        (FeedbackRequest, examples.FEEDBACK_REQUEST),
        (FeedbackRequest, examples.NOTHING_FITS_REQUEST),
        (schemas.Phrases, examples.PHRASES),
        (schemas.Text, examples.TEXT),
        (schemas.Suggestions, examples.SUGGESTIONS),
        (schemas.Codes, examples.CODES),
        (schemas.Code, examples.CODE),
        (schemas.ApiInfo, examples.API_INFO),
        (schemas.FeedbackKept, examples.FEEDBACK_KEPT),
    ],
)
def test_examples_have_the_described_shape(model: Any, example: Any) -> None:
    model.model_validate_json(json.dumps(example))


def test_examples_show_what_is_answered(client: Any) -> None:
    """All but versions and the bank's own wording, which change with the data."""
    told = client.post("/ordbro/v1/phrases", json=examples.PHRASES_REQUEST).json()
    assert lasting(told) == lasting(examples.PHRASES)
    assert lasting(client.get("/ordbro/v1/codes/YAA.35.ZZ").json()) == lasting(examples.CODE)
    assert lasting(client.get("/ordbro/v1/api-info").json()) == lasting(examples.API_INFO)


def lasting(value: Any) -> Any:
    if isinstance(value, dict):
        changing = {"versions", "plain", "explanation", "official"}
        return {key: lasting(inner) for key, inner in value.items() if key not in changing}
    if isinstance(value, list):
        return [lasting(inner) for inner in value]
    return value


def test_evidence_in_the_example_is_exact() -> None:
    (suggestion,) = examples.SUGGESTIONS["suggestions"]
    (evidence,) = suggestion["evidence"]
    assert examples.SUGGESTIONS_REQUEST["text"][evidence["start"] : evidence["end"]] == evidence["text"]

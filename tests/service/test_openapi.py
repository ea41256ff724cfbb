"""The API description against DIGG's REST API-profil: each rule that a description can keep, by its number, SKALL and
BÖR alike.

Kept elsewhere, at run time: ARQ.01, FEL.01, FEL.02 and UFN.05 (test_refusals), ARQ.03's conditional requests and VER.06
(test_api), SPA.02 (test_gate), RES.02 for what a caller puts into an address (test_privacy). The description itself
publishes the exceptions, with their reasons.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from service import examples, limits
from service.openapi import document_text
from service.settings import Settings
from tests.service.described import Operation, document, ids, operations, resolved

COMMITTED = Path(__file__).parents[2] / "docs" / "openapi.json"
SNAKE_CASE = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")


def answered(operation: Operation) -> dict[str, Any]:
    """The one answer that says that all went well."""
    (answer,) = (answer for status, answer in operation.described["responses"].items() if status in {"200", "201"})
    return dict(answer)


def properties(schema: Any) -> Iterator[tuple[str, Any]]:
    """Every field that is described anywhere in a schema."""
    if isinstance(schema, dict):
        yield from schema.get("properties", {}).items()
        for inner in schema.values():
            yield from properties(inner)
    elif isinstance(schema, list):
        for inner in schema:
            yield from properties(inner)


def test_the_committed_description_is_the_one_that_is_served() -> None:
    told = "docs/openapi.json is out of date: python -m service.openapi > docs/openapi.json"
    assert COMMITTED.read_text(encoding="utf-8") == document_text(Settings()), told


def test_dok_03_07_11_information_about_the_api() -> None:
    info = document()["info"]
    assert info["title"] and info["version"] and info["description"].strip()
    assert {"name", "url", "email"} == info["contact"].keys()
    assert {"name", "url"} == info["license"].keys()


def test_dok_01_external_documentation() -> None:
    assert document()["externalDocs"]["url"] == "https://ordbro.example.se/api"
    assert document()["externalDocs"]["description"]


def test_dok_06_in_swedish_and_english() -> None:
    for text in (
        document()["info"]["description"],
        *(operation.described["description"] for operation in operations()),
    ):
        swedish, english = text.strip().split("\n\n")
        assert re.search(r"\b(och|av|på|att|som)\b", swedish) and re.search(
            r"\b(the|this|and|of|with)\b", english, re.I
        ), text


def test_dok_08_service_level() -> None:
    assert {"availability", "responseTime", "support"} == document()["info"]["x-sla"].keys()


def test_dok_09_known_limits() -> None:
    assert "20000 tecken" in document()["info"]["x-limitations"]


def test_dok_17_the_latest_openapi() -> None:
    assert document()["openapi"].startswith("3.1.")


@pytest.mark.parametrize("operation", operations(), ids=ids)
def test_dok_15_19_20_operations_with_their_answers_and_examples(operation: Operation) -> None:
    described = operation.described
    assert described["summary"] and described["description"].strip()
    assert all(answer["description"].strip() for answer in described["responses"].values())
    assert {"405", "414", "500"} <= described["responses"].keys()
    if operation.method == "POST":
        assert {"400", "413", "415", "422", "503"} <= described["responses"].keys()
    for part in (described.get("requestBody", {}), *described["responses"].values()):
        for media in part.get("content", {}).values():
            assert media["examples"] and all(example["value"] for example in media["examples"].values())


def test_dot_01_04_dates_are_those_of_rfc_3339() -> None:
    dates = {
        name: schema
        for name, schema in properties(document()["components"]["schemas"])
        if re.search(r"(^|_)(by|date|time|at|released)$", name)
    }
    assert dates.keys() >= {"api_released", "by", "date"}
    assert {schema.get("format") for schema in dates.values()} <= {"date", "date-time"}


def test_res_06_ufn_05_07_08_09_addresses() -> None:
    for path in document()["paths"]:
        assert re.fullmatch(r"(/([a-z0-9-]+(\.json)?|\{[a-z]+\}))+", path)
        assert len(path) < limits.URL_CHARACTERS == 2048


def test_ufn_01_02_ver_05_sak_01_the_server() -> None:
    assert [server["url"] for server in document()["servers"]] == ["https://ordbro.example.se/ordbro/v1"]


def test_ver_the_version_is_semantic_and_info_stands_under_the_root() -> None:
    assert re.fullmatch(r"\d+\.\d+\.\d+", document()["info"]["version"])
    assert {"/api-info", "/openapi.json"} <= document()["paths"].keys()


def test_ame_04_05_07_one_way_of_naming() -> None:
    names = {name for name, _ in properties(document()["components"]["schemas"])}
    assert len(names) > 40
    assert [name for name in names if not SNAKE_CASE.fullmatch(name)] == []


@pytest.mark.parametrize("operation", operations(), ids=ids)
def test_ame_01_02_arq_01_json_in_and_out(operation: Operation) -> None:
    assert list(answered(operation)["content"]) == ["application/json"]
    if "requestBody" in operation.described:
        assert list(operation.described["requestBody"]["content"]) == ["application/json"]


@pytest.mark.parametrize("operation", operations(), ids=ids)
def test_arq_05_no_payload_in_headers(operation: Operation) -> None:
    for parameter in operation.parameters:
        if parameter["in"] == "header":
            kinds = {kind.get("type") for kind in parameter["schema"].get("anyOf", [parameter["schema"]])}
            assert kinds <= {"string", "integer", "null"}


@pytest.mark.parametrize("operation", operations(), ids=ids)
def test_fel_01_02_problem_details(operation: Operation) -> None:
    for status, answer in operation.described["responses"].items():
        if int(status) >= 400:
            (content,) = answer["content"].items()
            assert content[0] == "application/problem+json"
            schema = resolved(content[1]["schema"])
            assert {"type", "title", "status", "detail", "instance"} <= set(schema["required"])


@pytest.mark.parametrize("operation", operations(), ids=ids)
def test_fns_01_03_05_06_07_08_09_query_parameters(operation: Operation) -> None:
    asked = {parameter["name"]: parameter for parameter in operation.parameters if parameter["in"] == "query"}
    assert all(SNAKE_CASE.fullmatch(name) for name in asked)
    assert not any(parameter["required"] for parameter in asked.values())
    if asked.keys() & {"page", "offset"}:
        assert asked["limit"]["schema"]["default"] == 20
        assert asked["page"]["schema"]["default"] == asked["page"]["schema"]["minimum"] == 1


def test_exceptions_are_published_with_their_reasons() -> None:
    published = document()["info"]["x-rest-api-profil-exceptions"]
    rules = sorted(rule for named in published for rule in named.split(", "))
    assert rules == ["ARQ.03", "MOG.02", "SAK.01", "SAK.10", "SAK.18", "UFN.02"]
    assert all(len(reason) > 40 for reason in published.values())


def test_mog_01_resources_and_methods() -> None:
    """Level 2 of Richardson's model: many resources, each with the method that says what is done."""
    assert {operation.method for operation in operations()} == {"GET", "POST"}
    assert len(document()["paths"]) > 5


def test_fns_07_there_is_paging() -> None:
    assert [operation.name for operation in operations() if "page" in operation.named("query")] == ["searchCodes"]


def test_for_02_get_has_no_body() -> None:
    assert [one.name for one in operations() if one.method == "GET" and "requestBody" in one.described] == []


@pytest.mark.parametrize("operation", operations(), ids=ids)
def test_res_02_no_personal_number_in_an_address(operation: Operation) -> None:
    named = {re.sub(r"[^a-z]", "", name.lower()) for name in operation.named("path") + operation.named("query")}
    personal = {"pnr", "personalidentitynumber", "personnummer", "personnr", "ssn", "socialsecuritynumber", "name"}
    assert named.isdisjoint(personal)


def test_sak_09_10_15_16_a_bearer_token_or_a_key_in_a_header() -> None:
    schemes = document()["components"]["securitySchemes"]
    assert "bearer" in {scheme.get("scheme") for scheme in schemes.values()}
    assert {scheme["type"] for scheme in schemes.values()} <= {"http", "apiKey"}
    assert {scheme["scheme"] for scheme in schemes.values() if scheme["type"] == "http"} == {"bearer"}
    assert {scheme["in"] for scheme in schemes.values() if scheme["type"] == "apiKey"} <= {"header"}


@pytest.mark.parametrize("operation", operations(), ids=ids)
def test_sak_10_every_operation_says_how_to_show_who_asks(operation: Operation) -> None:
    asked = operation.described["security"]
    if asked:
        assert any("bearer" in way for way in asked)
        assert {"401", "403"} <= operation.described["responses"].keys()
    else:
        assert operation.name in {"getApiInfo", "getOpenapi"}


@pytest.mark.parametrize("operation", operations(), ids=ids)
def test_spa_02_04_traceparent_in_and_out(operation: Operation) -> None:
    assert "traceparent" in operation.named("header")
    assert all("traceparent" in answer["headers"] for answer in operation.described["responses"].values())


def test_every_reference_leads_somewhere() -> None:
    for reference in re.findall(r'"\$ref": "(#/[^"]+)"', json.dumps(document())):
        assert resolved({"$ref": reference})


def contents(operation: Operation) -> Iterator[tuple[dict[str, Any], Any]]:
    """Every schema of an operation with every example of it."""
    told = [operation.described.get("requestBody", {}), *operation.described["responses"].values()]
    for media in (media for part in told for media in part.get("content", {}).values()):
        yield from ((media.get("schema", {}), example["value"]) for example in media["examples"].values())


@pytest.mark.parametrize("operation", operations(), ids=ids)
def test_examples_have_the_described_shape(operation: Operation) -> None:
    shown = list(contents(operation))
    assert len(shown) > len(operation.described["responses"]) - 2
    for schema, example in shown:
        jsonschema_rs.validate({**schema, "components": document()["components"]}, example, validate_formats=True)


def test_examples_show_what_is_answered(client: Any) -> None:
    """All but versions and the bank's own wording, which change with the data."""
    swedish = {"Accept-Language": "sv"}
    told = client.post("/ordbro/v1/phrases", json=examples.PHRASES_REQUEST, headers=swedish).json()
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

"""Access in the API description: what each operation needs, and what refuses (SAK.10, SAK.18)."""

from typing import Any

import pytest

from service import problems
from service.access.described import SCHEMES
from service.access.scopes import ROUTES
from service.release import ROOT
from tests.service.described import Operation, document, ids, operations

REFUSALS = {"401": problems.UNAUTHORIZED, "403": problems.FORBIDDEN, "429": problems.TOO_MANY_REQUESTS}


def route(operation: Operation) -> str:
    """The template of the operation's route."""
    paths: dict[str, Any] = document()["paths"]
    named = {described["operationId"]: path for path, item in paths.items() for described in item.values()}
    return f"{ROOT}{named[operation.name]}"


def test_a_bearer_or_a_header_and_nothing_in_the_address() -> None:
    assert document()["components"]["securitySchemes"] == SCHEMES
    assert {(scheme["type"], scheme.get("scheme"), scheme.get("in")) for scheme in SCHEMES.values()} == {
        ("http", "bearer", None),
        ("apiKey", None, "header"),
    }


@pytest.mark.parametrize("operation", operations(), ids=ids)
def test_each_operation_says_what_it_needs(operation: Operation) -> None:
    scope = ROUTES[route(operation)]
    assert operation.described["security"] == ([{name: [scope]} for name in SCHEMES] if scope else [])


@pytest.mark.parametrize("operation", operations(), ids=ids)
def test_each_operation_describes_its_refusals(operation: Operation) -> None:
    answers: dict[str, Any] = operation.described["responses"]
    expected = REFUSALS if ROUTES[route(operation)] else {"429": problems.TOO_MANY_REQUESTS}
    assert answers.keys() & REFUSALS.keys() == expected.keys()
    for status, kind in expected.items():
        (example,) = answers[status]["content"][problems.MEDIA_TYPE]["examples"].values()
        assert example["value"]["type"] == kind.uri
    assert all({"RateLimit", "RateLimit-Policy"} <= answer["headers"].keys() for answer in answers.values())
    assert all("WWW-Authenticate" in answers[status]["headers"] for status in ("401", "403") if status in expected)
    assert "Retry-After" in answers["429"]["headers"]

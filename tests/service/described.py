"""What the API description says of each operation, for the tests that go through all of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from service.app import create_app
from service.release import ROOT
from service.settings import Settings


@dataclass(frozen=True)
class Operation:
    """One operation: `path` is ready to call, with its parameters as in their examples."""

    name: str
    method: str
    path: str
    body: Any
    parameters: tuple[Mapping[str, Any], ...]
    described: Mapping[str, Any]

    def named(self, place: str) -> list[str]:
        """The names of the parameters in `place` (path, query or header)."""
        return [str(parameter["name"]) for parameter in self.parameters if parameter["in"] == place]


@lru_cache(maxsize=1)
def document() -> dict[str, Any]:
    """The description as it is served."""
    described: dict[str, Any] = create_app(Settings()).openapi()
    return described


def resolved(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """A schema or parameter, or what it refers to."""
    while "$ref" in schema:
        place: Any = document()
        for part in schema["$ref"].removeprefix("#/").split("/"):
            place = place[part]
        schema = place
    return schema


@lru_cache(maxsize=1)
def operations() -> tuple[Operation, ...]:
    """All operations, in the order of the description."""
    return tuple(
        _operation(path, method, described)
        for path, item in document()["paths"].items()
        for method, described in item.items()
    )


def _operation(path: str, method: str, described: Mapping[str, Any]) -> Operation:
    parameters = tuple(resolved(parameter) for parameter in described.get("parameters", ()))
    for parameter in parameters:
        if parameter["in"] == "path":
            example = (parameter.get("examples") or parameter["schema"]["examples"])[0]
            path = path.replace(f"{{{parameter['name']}}}", str(example))
    body = None
    if "requestBody" in described:
        body = next(iter(described["requestBody"]["content"]["application/json"]["examples"].values()))["value"]
    return Operation(described["operationId"], method.upper(), ROOT + path, body, parameters, described)


def ids(operation: Operation) -> str:
    """What a test of an operation is called."""
    return operation.name

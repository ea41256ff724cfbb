"""The running service against its own description: schemathesis makes requests of every kind and checks each answer."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import CheckFunction, negative_data_rejection, positive_data_acceptance

from service.access import keyfile
from service.access.scopes import Scope
from service.app import create_app
from service.settings import Settings
from tests.service.conftest import SpySuggester
from tests.service.described import operations

EXAMPLES = 15

# Whether a code exists or a name can be printed goes beyond a schema; a bad entry of many is answered in its place.
BEYOND_A_SCHEMA: dict[str, list[CheckFunction]] = {
    "/phrases": [negative_data_rejection, positive_data_acceptance],
    "/texts": [positive_data_acceptance],
    "/feedback": [positive_data_acceptance],
}
# A key that is spoilt (401) and an address that is too long (414) are refused as such, before parameters are looked at.
REFUSALS = {"negative_data_rejection": {"expected-statuses": [400, 401, 404, 405, 413, 414, 415, 422]}}

# With access on, schemathesis also sees whether a key that is missing or wrong is refused.
HOME = TemporaryDirectory()
with keyfile.changing(Path(HOME.name) / "keys.json") as change:
    keys, _, KEY = change.keys.created("schemathesis", Scope, "standard")
    change.write(keys)

schema = schemathesis.openapi.from_asgi(
    "/ordbro/v1/openapi.json",
    create_app(Settings(keys_file=Path(HOME.name) / "keys.json", rate_limit=0, feedback_url=None), load=SpySuggester),
    config=schemathesis.Config.from_dict(
        {"checks": REFUSALS, "auth": {"openapi": {"bearer": {"bearer": KEY}, "apiKey": {"api_key": KEY}}}}
    ),
)
schema.location = None  # schemathesis leaves out the address that it read the description from


def test_the_whole_description_is_tried() -> None:
    assert len(list(schema.get_all_operations())) == len(operations())


@pytest.fixture(scope="module", autouse=True)
def _tidied() -> Iterator[None]:
    yield
    HOME.cleanup()


@schema.parametrize()
@settings(max_examples=EXAMPLES, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_every_answer_is_as_described(case: "schemathesis.Case[Any]") -> None:
    case.call_and_validate(excluded_checks=BEYOND_A_SCHEMA.get(case.path, []))

"""The running service against its own description: schemathesis makes requests of every kind and checks each answer."""

from typing import Any

import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import CheckFunction, negative_data_rejection, positive_data_acceptance

from service.app import create_app
from service.settings import Settings
from tests.service.conftest import SpySuggester

EXAMPLES = 15

# Whether a code exists or a name can be printed goes beyond a schema; a bad entry of many is answered in its place.
BEYOND_A_SCHEMA: dict[str, list[CheckFunction]] = {
    "/phrases": [negative_data_rejection, positive_data_acceptance],
    "/texts": [positive_data_acceptance],
    "/feedback": [positive_data_acceptance],
}
# An address that is too long is refused as such (414), before its parameters are looked at.
REFUSALS = {"negative_data_rejection": {"expected-statuses": [400, 404, 405, 413, 414, 415, 422]}}

schema = schemathesis.openapi.from_asgi(
    "/ordbro/v1/openapi.json",
    create_app(Settings(), load=SpySuggester),
    config=schemathesis.Config.from_dict({"checks": REFUSALS}),
)


@schema.parametrize()
@settings(max_examples=EXAMPLES, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_every_answer_is_as_described(case: "schemathesis.Case[Any]") -> None:
    case.call_and_validate(excluded_checks=BEYOND_A_SCHEMA.get(case.path, []))

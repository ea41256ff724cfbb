"""What holds for any request: hypothesis makes them, and none may end in a fault of ours or lose what is good in it."""

import json
import re
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from service import examples, limits, problems
from service.client import calls
from service.release import ROOT
from tests.service.conftest import SpySuggester
from tests.service.described import Operation, ids, operations
from tests.service.test_entry_schema import GOOD

KINDS = {kind.uri: kind.status for kind in problems.KINDS}
WITH_BODY = [operation for operation in operations() if operation.body is not None]

bounded = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=12,
)


def check(answer: Any) -> None:
    """An answer that went well, or a problem of a known kind; never a fault of ours."""
    assert answer.status_code < 500
    if answer.status_code >= 400:
        assert KINDS[answer.json()["type"]] == answer.status_code == answer.json()["status"]


@st.composite
def near(draw: st.DrawFn, body: Any) -> Any:
    """A request that is right but for one part: a field put in, taken away, or given any value."""
    if isinstance(body, dict) and body and draw(st.booleans()):
        name = draw(st.sampled_from(sorted(body)) | TEXT)
        return {**body, name: draw(near(body.get(name)))}
    if isinstance(body, list) and body and draw(st.booleans()):
        place = draw(st.integers(0, len(body) - 1))
        return [*body[:place], draw(near(body[place])), *body[place + 1 :]]
    return draw(JSON)


@pytest.mark.parametrize("operation", WITH_BODY, ids=ids)
def test_any_json_is_answered(client: TestClient, operation: Operation) -> None:
    @given(near(operation.body))
    @bounded
    def ask(body: Any) -> None:
        check(client.post(operation.path, content=json.dumps(body), headers={"Content-Type": "application/json"}))

    ask()


@pytest.mark.parametrize("operation", WITH_BODY, ids=ids)
def test_any_bytes_are_answered(client: TestClient, operation: Operation) -> None:
    good = json.dumps(operation.body).encode()

    @given(st.binary(max_size=60), st.integers(0, len(good)), st.booleans())
    @bounded
    def ask(raw: bytes, place: int, whole: bool) -> None:
        body = raw if whole else good[:place] + raw + good[place:]
        check(client.post(operation.path, content=body, headers={"Content-Type": "application/json"}))

    ask()


@given(st.lists(st.sampled_from(GOOD) | JSON, min_size=1, max_size=8))
@bounded
def test_a_bad_entry_never_changes_the_others(client: TestClient, entries: list[Any]) -> None:
    def told(batch: list[Any]) -> list[Any]:
        answer = client.post(f"{ROOT}/phrases", json={"entries": batch})
        assert answer.status_code == 200
        phrases: list[Any] = answer.json()["phrases"]
        return phrases

    assert told(entries) == [told([entry])[0] for entry in entries]
    assert all("text" in phrase for entry, phrase in zip(entries, told(entries), strict=True) if entry in GOOD)


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=200))
@bounded
def test_a_note_reaches_the_reader_as_it_was_written(client: TestClient, suggester: SpySuggester, text: str) -> None:
    suggester.asked.clear()
    answer = client.post(f"{ROOT}/suggestions", json={"text": text})
    check(answer)
    told = answer.status_code == 200
    assert told or text.strip() == ""  # what is blank may be refused
    assert suggester.asked == ([(text, None, limits.SUGGESTIONS_DEFAULT)] if told else [])


@given(TEXT, st.integers(1, 5), st.sampled_from(["ksi", "icf", None]))
@bounded
def test_pages_of_any_search_make_a_whole(client: TestClient, words: str, limit: int, system: str | None) -> None:
    def page(number: int, size: int) -> list[Any]:
        asked: dict[str, str | int] = {"q": words, "limit": size, "page": number}
        if system:
            asked["system"] = system
        answer = client.get(f"{ROOT}/codes", params=asked)
        assert answer.status_code == 200
        hits: list[Any] = answer.json()["codes"]
        return hits

    assert [hit for number in (1, 2, 3) for hit in page(number, limit)] == page(1, 3 * limit)


HEADER = st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=60)


@given(st.dictionaries(st.sampled_from(["Accept-Language", "traceparent", "If-None-Match", "Accept", "Range"]), HEADER))
@bounded
def test_any_header_is_answered(client: TestClient, headers: dict[str, str]) -> None:
    answer = client.get(f"{ROOT}/codes/SOG", headers=headers)
    assert answer.status_code in {200, 304}
    assert re.fullmatch("00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]", answer.headers["traceparent"])
    check(client.post(f"{ROOT}/phrases", json={"entries": [examples.FUNCTIONING]}, headers=headers))


@given(TEXT.filter(lambda code: "/" not in code and code not in {"", ".", ".."}))
@bounded
def test_any_code_is_known_or_not_found(client: TestClient, code: str) -> None:
    answer = client.get(ROOT + calls.code(code).path)
    check(answer)
    assert answer.status_code in {200, 404}

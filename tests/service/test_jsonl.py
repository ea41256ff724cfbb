"""The line protocol of `--jsonl`."""

import io
import json
from typing import Any

from phrases.errors import InputError
from service import limits
from service.jsonl import answer_lines


def shout(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise InputError("", "objekt", "object")
    if "text" not in value:
        raise InputError("text", "Fältet saknas.", "The field is missing.")
    return {"text": value["text"].upper()}


def run(*lines: bytes) -> tuple[list[dict[str, Any]], bool]:
    target = io.BytesIO()
    good = answer_lines(io.BytesIO(b"\n".join(lines)), target, shout)
    return [json.loads(line) for line in target.getvalue().splitlines()], good


def test_one_line_in_one_line_out_in_order_with_id() -> None:
    assert run(b'{"id": "b", "text": "hej"}', '{"id": 7, "text": "å"}'.encode(), b'{"text": "utan"}') == (
        [{"id": "b", "text": "HEJ"}, {"id": 7, "text": "Å"}, {"id": None, "text": "UTAN"}],
        True,
    )


def test_bad_lines_get_an_error_in_their_place_and_the_rest_go_on() -> None:
    answers, good = run(
        b'{"id": 1, "text": "a"}',
        b'{"id": 2}',
        b'{"id": 3, "text": "a"',
        b'{"id": 4, "text": "\xe5"}',
        b'["id", 5]',
        b'{"id": [6], "text": "a"}',
        b'{"id": true, "text": "a"}',
        b'{"id": 7, "text": 7}',
        b'{"id": 8, "text": "b"}',
    )
    assert not good
    assert [(answer["id"], answer.get("text"), answer.get("error", {}).get("field")) for answer in answers] == [
        (1, "A", None),
        (2, None, "text"),
        (None, None, "line"),
        (None, None, "line"),
        (None, None, "line"),
        (None, None, "id"),
        (None, None, "id"),
        (7, None, "line"),
        (8, "B", None),
    ]


def test_a_fault_of_ours_tells_nothing_of_the_line() -> None:
    (answer,), good = run(b'{"id": 1, "text": {"hemlig": 1}}')
    assert answer == {"id": 1, "error": {"field": "line", "message": "Internt fel: raden kunde inte besvaras."}}
    assert not good


def test_empty_lines_and_windows_line_ends_are_passed_over() -> None:
    assert run(b"", b'{"id": 1, "text": "a"}\r', b"  ", b"") == ([{"id": 1, "text": "A"}], True)


def test_nothing_in_nothing_out() -> None:
    assert run(b"") == ([], True)


def test_a_line_over_the_limit_is_refused_and_the_next_is_read() -> None:
    frame = b'{"id": 1, "text": "%s"}'
    longest = frame % (b"a" * (limits.BODY_BYTES - len(frame) + 2))
    assert len(longest) == limits.BODY_BYTES
    answers, good = run(longest, longest + b" " * 2_500_000 + b"x", b'{"id": 3, "text": "c"}')
    assert [answer["id"] for answer in answers] == [1, None, 3]
    assert str(limits.BODY_BYTES) in answers[1]["error"]["message"]
    assert not good

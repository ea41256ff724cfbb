"""Strict JSON in, compact JSON out."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phrases.errors import InputError
from service.reading import NOT_JSON, NOT_TEXT, NOT_UTF8, TOO_DEEP, read_json, write_json

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(JSON)
def test_what_is_written_is_read_back(value: Any) -> None:
    assert read_json(write_json(value)) == value


@given(JSON)
def test_escapes_are_read_too(value: Any) -> None:
    assert read_json(json.dumps(value).encode()) == value


def test_a_byte_order_mark_is_passed_over() -> None:
    assert read_json(b"\xef\xbb\xbf[1]") == [1]


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (b"\xe5", NOT_UTF8),
        ("{}".encode("utf-16"), NOT_UTF8),
        (b"", NOT_JSON),
        (b"{", NOT_JSON),
        (b"NaN", NOT_JSON),
        (b"[-Infinity]", NOT_JSON),
        (b"9" * 5000, NOT_JSON),
        (b'"\\ud800"', NOT_TEXT),
        (b'{"\\udfff": 1}', NOT_TEXT),
        (b"[" * 100_000, TOO_DEEP),
    ],
)
def test_anything_else_is_told_without_a_word_of_it(raw: bytes, why: Any) -> None:
    with pytest.raises(InputError) as caught:
        read_json(raw)
    assert (caught.value.field, caught.value.message, caught.value.message_en) == ("", why.sv, why.en)
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__


@given(st.binary())
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    try:
        read_json(raw)
    except InputError as fault:
        assert fault.message in {message.sv for message in (NOT_UTF8, NOT_JSON, NOT_TEXT, TOO_DEEP)}


def test_the_same_value_gives_the_same_bytes() -> None:
    assert write_json({"å": [1, None]}) == '{"å":[1,null]}'.encode()

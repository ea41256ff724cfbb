"""Which language a caller reads."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.language import LANGUAGES, Message, preferred


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", "en"),
        ("sv", "sv"),
        ("sv-SE", "sv"),
        ("SV", "sv"),
        ("en-GB, sv;q=0.9", "en"),
        ("de, sv;q=0.7, en;q=0.3", "sv"),
        ("sv;q=0, en;q=0.1", "en"),
        ("sv;q=0", "en"),
        ("fi, de", "en"),
        ("sv;q=hej", "en"),
        ("*", "en"),
    ],
)
def test_the_preferred_of_our_two(header: str, language: str) -> None:
    assert preferred(header) == language


@given(st.text())
def test_any_header_gives_a_language(header: str) -> None:
    assert preferred(header) in LANGUAGES


def test_a_message_is_in_both() -> None:
    assert [Message("hej", "hello").within(language) for language in LANGUAGES] == ["hello", "hej"]

"""Whatever is written: no crash, evidence that is in the text, and work that grows with the length and not faster."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coding_assist.suggester import Suggestions
from models.model import pieces
from models.normalise import wordset
from phrases.catalogue import catalogue
from tests.coding_assist.test_suggester import suggester

WORDS = sorted(
    wordset(
        "duschade ville inte hjälpt m dusch städade promenad kl 14.30 NN Karin sedan men och jag hen åt gröt 12 "
        "070-123 45 67 850709-9805 Storgatan sårvård i.v. rull stol tvättaföttern bl.a. ska planeras erbjöd nekade"
    )
)

LETTERS = st.one_of(
    st.characters(),  # any, also control characters and lone surrogates
    st.characters(categories=["Cs", "Cc", "Cf", "Mn", "Me", "Co", "Zs", "Zl", "Zp"]),
    st.sampled_from("👩‍👩‍👧👍🏽🇸🇪אבגدهوक्षिไทย.,;:!?-–/()\n\r\t\v\f\x00\u2028\u200b\u202e\ufeffåäöÅÄÖßİıﬁ٣²½"),
)
BYTES = st.builds(
    lambda raw, how: raw.decode(*how),
    st.binary(max_size=200),
    st.sampled_from([("utf-8", "replace"), ("utf-8", "surrogateescape"), ("latin-1",), ("utf-16-le", "replace")]),
)
NOTES = st.builds(
    lambda parts, sign: sign.join(parts),
    st.lists(st.sampled_from(WORDS) | st.text(LETTERS, max_size=12) | BYTES, min_size=1, max_size=60),
    st.sampled_from([" ", "", ". ", ", ", "\n", "\u0301", "\u00a0"]),
).filter(lambda text: text.strip() != "")


def check(text: str, answer: Suggestions) -> None:
    """What holds for the answer to any note."""
    for suggestion in answer.suggestions:
        assert suggestion.code in catalogue().activities or suggestion.code in catalogue().statistical
        assert suggestion.status in catalogue().statuses
        assert 0 <= suggestion.confidence <= 1
        assert suggestion.evidence
        for evidence in suggestion.evidence:
            assert 0 <= evidence.start < evidence.end <= len(text)
            assert evidence.text == text[evidence.start : evidence.end]
    for warning in answer.warnings:
        assert 0 <= warning.start < warning.end <= len(text)


@given(NOTES, st.sampled_from([None, "ÄOU", "FunkH"]))
@settings(max_examples=150, deadline=None)
def test_any_text_is_read(text: str, selection: str | None) -> None:
    check(text, suggester().suggest(text, selection, 50))


@pytest.mark.parametrize(
    "text",
    [
        "a" * 20_000,
        "Å" * 20_000,
        "1" * 20_000,
        "a-" * 10_000,
        "a:a." * 5_000,
        "\x00" * 20_000,
        "\ud800" * 20_000,
        "a\u0301" * 10_000,
        "👩‍👩‍👧" * 4_000,
        "\u202eduschade\u202c " * 1_500,
        "\n" * 19_992 + "duschade",
        " " * 19_992 + "duschade",
        "duschade" + "\u200b" * 19_992,
        "." * 20_000,
    ],
    ids=lambda text: ascii(text[:8]),
)
def test_the_longest_note_of_anything_is_read(text: str) -> None:
    check(text, suggester().suggest(text, None, 50))


@given(st.text(LETTERS | st.sampled_from(" .\n"), min_size=1, max_size=40), st.integers(1, 400))
@settings(max_examples=50, deadline=None)
def test_pieces_are_the_text_and_none_is_long(part: str, times: int) -> None:
    text = part * times
    cut = list(pieces(text))
    assert "".join(piece for _, piece in cut) == text
    assert all(text.startswith(piece, offset) for offset, piece in cut)
    assert all(len(piece) <= 2_250 for _, piece in cut)


@contextmanager
def counted() -> Iterator[list[int]]:
    """How many functions are called and resumed: work, in a measure that is the same on every machine."""
    calls = [0]

    def count(_: Any, event: str, __: Any) -> None:
        calls[0] += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        yield calls
    finally:
        sys.setprofile(None)


@pytest.mark.parametrize(
    "unit",
    [
        "Städade. Dammsög. Diskade. ",
        "vill inte promenera, promenerade sen. ",
        "hjälpte hen att duscha och ",
        "inte ville inte vill inte ",
        "070-123 45 67 Storgatan 12 850709-9805 xqzrst rull stol ",
    ],
)
def test_work_grows_with_the_length_and_not_faster(unit: str) -> None:
    short, long = (unit * (size // len(unit)) for size in (8_000, 16_000))
    suggester().suggest(long, None, 50)  # what is worked out once for every word is worked out here
    with counted() as once:
        suggester().suggest(short, None, 50)
    with counted() as twice:
        suggester().suggest(long, None, 50)
    assert twice[0] < 2.15 * once[0]

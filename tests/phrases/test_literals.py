"""Literals: what fits a word, and finding items by their first word."""

import pytest

from phrases.literals import FirstWords, first_fit, fits


@pytest.mark.parametrize(
    ("part", "word", "answer"),
    [
        ("dusch", "dusch", True),
        ("dusch", "duscha", False),
        ("dusch*", "dusch", True),
        ("*dusch", "morgondusch", True),
        ("mor*dusch", "morgondusch", True),
        ("morgon*ondusch", "morgondusch", False),
    ],
)
def test_fits(part: str, word: str, answer: bool) -> None:
    assert fits(part, word) is answer


def test_the_first_fit_stands_behind_at_most_so_many_words() -> None:
    words = ["sa", "hon", "bestämt", "nej"]
    assert first_fit("nej", words, 1, gap=2) == 3
    assert first_fit("nej", words, 1, gap=1) == -1
    assert first_fit("nej", words, 9, gap=3) == -1


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("dusch", ["*dusch", "d*", "dusch", "dusch*"]),
        ("duschade", ["d*", "dusch*"]),
        ("morgondusch", ["*dusch"]),
        ("dag", ["d*"]),
        ("", []),
    ],
)
def test_items_are_found_by_their_first_word(word: str, found: list[str]) -> None:
    literals = ["dusch", "dusch*", "*dusch", "d*"]
    assert sorted(FirstWords((part, part) for part in literals).fitting(word)) == found

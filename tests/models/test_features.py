"""Features of clauses: their names, numbers and weights."""

import pytest

from models.features import GrowingIndex, Index, Rows, grams, tense
from models.normalise import Normaliser, Vocabulary
from models.reading import Reader
from phrases.cues import cues
from phrases.lexicon import lexicon

READER = Reader(Normaliser(Vocabulary({}), frozenset()), lexicon(), cues())
TEXT = "Hjälpte henne duscha, hon åt själv. Sov gott."


def named(first: int, last: int, selection: str | None = None) -> set[str]:
    index = GrowingIndex()
    ids, _ = Rows(index, READER.read(TEXT), selection).row(first, last)
    by_number = {number: name for name, number in index.ids.items()}
    return {by_number[number] for number in ids.tolist()}


def test_letter_groups_are_folded_and_know_the_ends() -> None:
    assert grams("gå") == ["<ga", "ga>", "<ga>"]


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("städade", "past"),
        ("gick", "past"),
        ("städar", "present"),
        ("ska", "present"),
        ("städat", "supine"),
        ("hus", "none"),
    ],
)
def test_tense(word: str, expected: str) -> None:
    assert tense(word) == expected


def test_a_clause_is_seen_in_its_surroundings() -> None:
    first, second = named(0, 0), named(1, 1)
    assert {"w:duscha", "b:henne duscha", "n:själv", "d:sov", "L:SMB", "K:with_person"} <= first
    assert {"w:åt", "p:duscha", "sn:gott", "K:by_person", "N:SMB", "D:SMB"} <= second
    assert "w:duscha" not in second


def test_clauses_are_seen_together() -> None:
    both = named(0, 1)
    assert {"w:duscha", "w:själv", "sn:sov"} <= both
    assert "p:duscha" not in both


def test_the_selection_is_seen() -> None:
    assert {"m:ÄOU", "m:side U"} <= named(0, 0, "ÄOU")


def test_unknown_features_are_left_out() -> None:
    ids, values = Rows(Index(("w:duscha", "x:extra")), READER.read(TEXT), None).row(0, 0, ("x:extra", "x:other"))
    assert ids.tolist() == [0, 1]
    assert values.tolist() == pytest.approx([1 / 3**0.5, 1.0])


def test_a_longer_clause_weighs_no_more() -> None:
    index = GrowingIndex()
    for text, count in (("duscha", 1), ("duscha henne i badrummet nu", 5)):
        ids, values = Rows(index, READER.read(text), None).row(0, 0)
        assert values[ids.tolist().index(index.number("w:duscha"))] == pytest.approx(1 / count**0.5)

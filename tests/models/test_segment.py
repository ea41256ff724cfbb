"""Where a note falls into clauses."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.normalise import Normaliser, Vocabulary
from models.segment import clauses

NORMALISER = Normaliser(Vocabulary({}), frozenset())


def pieces(text: str) -> list[str]:
    return [text[clause.start : clause.end] for clause in clauses(NORMALISER.words(text), text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "hjälp m dusch, tandborstning o påklädning. åt själv",
            ["hjälp m dusch", "tandborstning", "o påklädning", "åt själv"],
        ),
        ("Hon åt lite men drack inget", ["Hon åt lite", "men drack inget"]),
        ("hon åt lite frukost jag hjälpte henne", ["hon åt lite frukost", "jag hjälpte henne"]),
        ("sen hjälpte jag henne", ["sen hjälpte jag henne"]),
        ("Morgon:\nDusch gjord\nFrukost", ["Morgon", "Dusch gjord", "Frukost"]),
        ("kl 8.30 kom jag", ["kl 8.30 kom jag"]),
        ("... !", []),
        ("", []),
    ],
)
def test_clauses(text: str, expected: list[str]) -> None:
    assert pieces(text) == expected


def test_a_full_stop_ends_the_sentence_and_a_comma_does_not() -> None:
    text = "duschade, åt frukost. gick ut"
    assert [clause.sentence for clause in clauses(NORMALISER.words(text), text)] == [0, 0, 1]


@given(st.text(alphabet="abcåäö .,!?\n-()0123", max_size=120))
def test_clauses_lie_in_order_and_never_over_each_other(text: str) -> None:
    found = clauses(NORMALISER.words(text), text)
    assert all(first.end <= second.start for first, second in pairwise(found))
    assert all(any(letter.isalpha() for letter in text[clause.start : clause.end]) for clause in found)

"""From text to words: corrected toward the domain, never away from a known word, offsets always exact."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.normalise import NAME, Normaliser, Vocabulary, fold, skeleton, sound

WORDS = {"hjälpte": 9, "henne": 9, "duscha": 9, "klädde": 5, "rullstol": 5, "medicin": 4, "kaffe": 3, "på": 9, "mat": 6}
READER = Normaliser(Vocabulary(WORDS), frozenset({"karin"}))


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("duscha", "duscha"),
        ("dusha", "duscha"),
        ("hjalpte", "hjälpte"),
        ("kläde", "klädde"),
        ("meticin", "medicin"),
        ("caffe", "kaffe"),
        ("zebra", "zebra"),
        ("Karin", NAME),
        ("Karins", NAME),
    ],
)
def test_words_are_corrected_toward_the_domain(written: str, meant: str) -> None:
    assert [word.norm for word in READER.words(written)] == [meant]


def test_a_known_word_is_never_touched() -> None:
    assert [word.norm for word in READER.words(" ".join(WORDS))] == list(WORDS)


def test_split_compounds_are_joined_and_their_evidence_is_exact() -> None:
    text = "satt i rull stol"
    last = READER.words(text)[-1]
    assert (last.norm, text[last.start : last.end]) == ("rullstol", "rull stol")


def test_forms_of_comparison() -> None:
    assert fold("Kläder") == "klader"
    assert skeleton("tvättade") == "tvatade"
    assert sound("bojken") == sound("pojken")
    assert sound("vick") == sound("fick")


@given(st.text(max_size=200))
def test_offsets_are_exact_whatever_the_text(text: str) -> None:
    words = READER.words(text)
    assert all(text[word.start : word.end] == word.raw for word in words)
    assert all(first.end <= second.start for first, second in pairwise(words))

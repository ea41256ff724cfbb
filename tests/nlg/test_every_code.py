"""Every code with every status, grade and moment at three levels: a sentence, whole and clean."""

import re
from itertools import product

import pytest

from nlg.entries import QUALIFIERS, parse_entry, parse_person
from nlg.entries.functioning import Moment
from nlg.levels import LEVELS
from nlg.person import Address
from nlg.phrase import render
from phrases.catalogue import catalogue

UNCLEAN = re.compile(r"[{}<>|\ue000-\uf8ff]|  | [.,:;]|\.\.|,,|\b(None|att att|och och|om om|i i|sig sig)\b")
THIRD_PERSON = re.compile(r"\b(sig|sin|sitt|sina|hen|hens|NN)\b")
SENTENCES = re.compile(r"(?:[A-ZÅÄÖ0-9][^.!?]*(?:\.(?=\d)[^.!?]*)*[.!?] ?)+")

ADDRESSES = [address.value for address in Address]


def faults(text: str, address: str) -> str:
    if UNCLEAN.search(text):
        return "unclean"
    if not SENTENCES.fullmatch(text):
        return "not whole sentences"
    if address != "third" and THIRD_PERSON.search(text):
        return "third person"
    return ""


@pytest.mark.parametrize(("level", "address"), list(product(LEVELS, ADDRESSES)))
def test_every_ksi_code_with_every_status(level: str, address: str) -> None:
    known = catalogue()
    person = parse_person({"address": address})
    codes = [*known.activities, *known.administrative, *known.statistical]
    assert len(codes) == 1903
    bad = []
    for code, status in product(codes, known.statuses):
        text = render(parse_entry({"type": "activity", "ksi": code, "status": status}), person, level).text
        why = faults(text, address if code[0] not in "XY" else "third")
        if why:
            bad.append((why, code, status, text))
    assert bad == []


@pytest.mark.parametrize(("level", "address"), list(product(LEVELS, ADDRESSES)))
def test_every_category_with_every_grade_and_moment(level: str, address: str) -> None:
    person = parse_person({"address": address})
    codes = [code for code in catalogue().icf if code[0] in "db"]
    bad = []
    for code, qualifier, moment in product(codes, QUALIFIERS, Moment):
        entry = {"type": "functioning", "icf": code, "qualifier": qualifier, "moment": moment.value}
        text = render(parse_entry(entry), person, level).text
        why = faults(text, address)
        if why:
            bad.append((why, code, qualifier, moment.value, text))
    assert bad == []


def test_the_three_levels_differ() -> None:
    """Few codes read the same at two levels; a level that repeats another is no level."""
    person = parse_person(None)
    same = 0
    for code in catalogue().activities:
        entry = parse_entry({"type": "activity", "ksi": code, "status": "30"})
        same += len({render(entry, person, level).text for level in LEVELS}) < len(LEVELS)
    assert same == 0

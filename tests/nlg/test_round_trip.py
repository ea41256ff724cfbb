"""What a text says can be read back: no two entries that differ are told in the same words, at any level.

The reader here is the inverse of generation: an index of every text that generation can give for one person. That it
has one entry a text is the proof that code, grade, source, moment, status and time survive.
"""

from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest

from nlg.entries import QUALIFIERS, parse_entry, parse_person
from nlg.entries.activity import PartOfDay, Period, Weekday, WeekParity
from nlg.entries.functioning import Moment, Source
from nlg.entries.goal_attainment import Attainment
from nlg.levels import LEVELS
from nlg.phrase import render
from phrases.catalogue import catalogue

ANNA = parse_person({"name": "Anna", "pronoun": "hon"})


def read_back(entries: Iterator[dict[str, Any]], level: str) -> list[tuple[str, dict[str, Any], dict[str, Any]]]:
    """Pairs of entries that cannot be told apart by their text."""
    index: dict[str, dict[str, Any]] = {}
    clashes = []
    for entry in entries:
        text = render(parse_entry(entry), ANNA, level).text
        if text in index:
            clashes.append((text, index[text], entry))
        index[text] = entry
    return clashes


def activities() -> Iterator[dict[str, Any]]:
    known = catalogue()
    for code, status in product([*known.activities, *known.administrative, *known.statistical], known.statuses):
        yield {"type": "activity", "ksi": code, "status": status}


def statements() -> Iterator[dict[str, Any]]:
    codes = [code for code in catalogue().icf if code[0] in "db"]
    for code, qualifier, moment, source in product(codes, QUALIFIERS, Moment, [None, *Source]):
        entry = {"type": "functioning", "icf": code, "qualifier": qualifier, "moment": moment.value}
        yield entry | ({"source": source.value} if source else {})


def goals() -> Iterator[dict[str, Any]]:
    for qualifier, goal, by in product(QUALIFIERS[:5], ("change", "keep"), (None, "2026-09-01", "2026-09-10")):
        entry = {"type": "functioning", "icf": "d6402", "qualifier": qualifier, "moment": "intended", "goal": goal}
        yield entry | ({"by": by} if by else {})


def constructs() -> Iterator[dict[str, Any]]:
    for notation in ("d6402.2", "d6402._2", "d6402.__2", "d6402.___2", "d6402.3", "d6402._3"):
        yield {"type": "functioning", "icf": notation}


def attainments() -> Iterator[dict[str, Any]]:
    codes = [code for code in catalogue().icf if code[0] == "d" and not catalogue().icf[code].residual]
    for code, value in product(codes, Attainment):
        yield {"type": "goal_attainment", "icf": code, "value": value.value}


def plans() -> Iterator[dict[str, Any]]:
    base = {"type": "activity", "ksi": "SOG.RB.ZZ", "status": "55"}
    for part, day, weeks, minutes in product(PartOfDay, Weekday, [None, *WeekParity], (None, 15, 30)):
        entry = {**base, "part_of_day": part.value, "weekdays": [day.value]}
        entry |= {"weeks": weeks.value} if weeks else {}
        yield entry | ({"minutes": minutes} if minutes else {})
    for times, per in product((1, 2, 13), Period):
        yield {**base, "frequency": {"times": times, "per": per.value}}
    for performer in ("hemtjänsten", "boendestödet"):
        yield {**base, "performer": performer}


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("entries", [activities, statements, goals, constructs, attainments, plans])
def test_every_text_leads_back_to_one_entry(entries: Any, level: str) -> None:
    assert read_back(entries(), level) == []

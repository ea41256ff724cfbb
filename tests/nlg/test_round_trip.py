"""Times, constructs and planning details can be read back too: entries that differ are never told in the same words.

Codes, grades, sources, moments, statuses and effects are told apart in test_every_code.py, over every code.
"""

from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest

from nlg.entries import QUALIFIERS, parse_entry, parse_person
from nlg.entries.activity import Cause, PartOfDay, Period, Weekday, WeekParity
from nlg.entries.functioning import Construct, Goal, Moment, Source
from nlg.entries.goal_attainment import Attainment, AttainmentCause
from nlg.levels import LEVELS
from nlg.person import Address
from nlg.phrase import render

Raw = dict[str, Any]

SOURCES: tuple[Raw, ...] = ({}, *({"source": source.value} for source in Source))


def goals() -> Iterator[Raw]:
    days: tuple[Raw, ...] = ({}, {"by": "2026-09-01"}, {"by": "2026-09-10"})
    for grade, goal, by, source in product(QUALIFIERS[:5], Goal, days, SOURCES):
        wanted = {"qualifier": grade, "moment": "intended", "goal": goal.value}
        yield {"type": "functioning", "icf": "d6402", **wanted, **by, **source}


def constructs() -> Iterator[Raw]:
    for construct, grade, moment, source in product(Construct, QUALIFIERS, Moment, SOURCES):
        said = {"qualifier": grade, "construct": construct.value, "moment": moment.value}
        yield {"type": "functioning", "icf": "d6402", **said, **source}


def attainments() -> Iterator[Raw]:
    causes: tuple[Raw, ...] = ({}, *({"cause": cause.value} for cause in AttainmentCause))
    for value, cause, source in product(Attainment, causes, SOURCES):
        yield {"type": "goal_attainment", "icf": "d6402", "value": value.value, **cause, **source}


def plans() -> Iterator[Raw]:
    base = {"type": "activity", "ksi": "SOG.RB.ZZ", "status": "55"}
    weeks: tuple[Raw, ...] = ({}, *({"weeks": parity.value} for parity in WeekParity))
    lengths: tuple[Raw, ...] = ({}, {"minutes": 15}, {"minutes": 30})
    for part, day, parity, length in product(PartOfDay, Weekday, weeks, lengths):
        yield {**base, "part_of_day": part.value, "weekdays": [day.value], **parity, **length}
    for times, per in product((1, 2, 13), Period):
        yield {**base, "frequency": {"times": times, "per": per.value}}
    most = {"weekdays": [day.value for day in Weekday][:6], "weeks": "odd", "part_of_day": "afternoon", "minutes": 90}
    yield {**base, **most, "frequency": {"times": 13, "per": "month"}}
    for more in ({"performer": "hemtjänsten"}, {"performer": "boendestödet"}, {"how": "Börja i köket."}):
        yield {**base, **more}


def outcomes() -> Iterator[Raw]:
    for status, day in product(("15", "25", "40", "45", "50", "60"), ("2026-03-02", "2026-03-12")):
        yield {"type": "activity", "ksi": "SOG.RB.ZZ", "status": status, "date": day}
    for status, cause in product(("15", "45", "50"), Cause):
        yield {"type": "activity", "ksi": "SOG.RB.ZZ", "status": status, "not_done_because": cause.value}


@pytest.mark.parametrize(("level", "address"), list(product(LEVELS, [address.value for address in Address])))
@pytest.mark.parametrize("entries", [goals, constructs, attainments, plans, outcomes])
def test_every_text_leads_back_to_one_entry(entries: Any, level: str, address: str) -> None:
    person = parse_person({"name": "Anna", "pronoun": "hon", "address": address})
    index: dict[str, Raw] = {}
    clashes = []
    for entry in entries():
        phrase = render(parse_entry(entry), person, level)
        if phrase.text in index:
            clashes.append((phrase.text, index[phrase.text], entry))
        index[phrase.text] = entry
        assert level != "easy" or phrase.readability.longest_sentence <= 12
    assert clashes == []

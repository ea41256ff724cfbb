"""The schema of entries in the API description says the same as `nlg` does."""

from typing import Any

import jsonschema_rs
import pytest

from nlg.entries import ENTRY_TYPES, parse_entry, parse_person
from phrases.errors import InputError
from service.entry_schema import by_type, entry_schema, person_schema

GOOD: list[dict[str, Any]] = [
    {"type": "functioning", "icf": "d6402", "qualifier": 2, "moment": "assessed", "source": "caseworker"},
    {"type": "functioning", "icf": "d6402", "qualifier": 1, "moment": "intended", "by": "2026-09-01", "goal": "change"},
    {"type": "functioning", "icf": "d6402.2"},
    {"type": "goal_attainment", "icf": "d6402", "value": "partly", "reason": "Hon har varit sjuk."},
    {"type": "related_factor", "icf": "e1151", "qualifier": 3, "effect": "facilitator"},
    {
        "type": "related_factor",
        "personal_factor": "Hon har alltid bott på landet.",
        "effect": "facilitator",
        "affects": "d450",
    },
    {
        "type": "activity",
        "ksi": "SOG.RB.ZZ",
        "status": "50",
        "performer": "hemtjänsten",
        "frequency": {"times": 1, "per": "week"},
        "weekdays": ["mon"],
        "weeks": "odd",
        "part_of_day": "morning",
        "minutes": 30,
        "how": "Börja med köket.",
        "not_done_because": "person",
        "date": "2026-03-02",
    },
    {"type": "basic_information", "item": "aktualiseringstyp", "value": "Ansökan", "date": "2026-03-03"},
]
BAD: list[Any] = [
    None,
    {},
    {"type": "okänd"},
    {"type": "functioning"},
    {"type": "functioning", "icf": "d6402", "qualifier": 7},
    {"type": "functioning", "icf": "d6402", "qualifier": 2, "extra": 1},
    {"type": "functioning", "icf": "d6402", "qualifier": 2, "source": "grannen"},
    {"type": "activity", "ksi": "SOG.RB.ZZ"},
    {"type": "activity", "ksi": "SOG.RB.ZZ", "status": "99"},
    {"type": "activity", "ksi": "SOG.RB.ZZ", "status": 50},
    {"type": "activity", "ksi": "SOG.RB.ZZ", "status": "50", "minutes": 0},
    {"type": "activity", "ksi": "SOG.RB.ZZ", "status": "50", "how": "a" * 501},
    {"type": "goal_attainment", "icf": "d6402", "value": "kanske"},
    {"type": "related_factor", "personal_factor": "x"},
    {"type": "basic_information", "item": "skostorlek", "value": 42},
]
ENTRY = jsonschema_rs.validator_for(entry_schema())
PERSON = jsonschema_rs.validator_for(person_schema())


@pytest.mark.parametrize("entry", GOOD)
def test_good_entries_are_good_to_both(entry: dict[str, Any]) -> None:
    parse_entry(entry)
    ENTRY.validate(entry)


@pytest.mark.parametrize("entry", BAD)
def test_bad_entries_are_bad_to_both(entry: Any) -> None:
    assert not ENTRY.is_valid(entry)
    with pytest.raises(InputError):
        parse_entry(entry)


def test_every_type_is_described_and_tried() -> None:
    assert set(by_type()) == set(ENTRY_TYPES) == {entry["type"] for entry in GOOD}


@pytest.mark.parametrize("kind", ENTRY_TYPES)
def test_the_fields_that_are_read_are_the_fields_that_are_described(kind: str) -> None:
    schema = by_type()[kind]
    described = {field for variant in schema.get("anyOf", [schema]) for field in variant["properties"]}
    with pytest.raises(InputError) as caught:
        parse_entry({"type": kind, "okänt": 1})
    assert set(caught.value.allowed) == described


@pytest.mark.parametrize("person", [None, {}, {"name": "Anna", "pronoun": "hon", "address": "second"}])
def test_good_persons_are_good_to_both(person: Any) -> None:
    parse_person(person)
    PERSON.validate(person)


@pytest.mark.parametrize("person", ["Anna", {"name": ""}, {"name": "a" * 81}, {"pronoun": "den"}, {"age": 80}])
def test_bad_persons_are_bad_to_both(person: Any) -> None:
    assert not PERSON.is_valid(person)
    with pytest.raises(InputError):
        parse_person(person)

"""What comes in: right entries, and for every wrong one the field that is wrong."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlg.entries import parse_entry, parse_person
from nlg.entries.activity import Cause, Frequency, Period, PlannedActivity, Weekday
from nlg.entries.functioning import Construct, Functioning, Goal, Grade, Moment, Source
from nlg.person import Address, Person, Pronoun
from phrases.errors import InputError

FUNCTIONING = {"type": "functioning", "icf": "d6402", "qualifier": 2}
ACTIVITY = {"type": "activity", "ksi": "SOG.RB.ZZ", "status": "55"}


def functioning(**fields: Any) -> Functioning:
    entry = parse_entry({**FUNCTIONING, **fields})
    assert isinstance(entry, Functioning)
    return entry


def activity(**fields: Any) -> PlannedActivity:
    entry = parse_entry({**ACTIVITY, **fields})
    assert isinstance(entry, PlannedActivity)
    return entry


def fault(raw: object) -> InputError:
    with pytest.raises(InputError) as caught:
        parse_entry(raw)
    return caught.value


def test_functioning_with_all_its_fields() -> None:
    entry = functioning(moment="intended", source="person", goal="keep", by="2026-09-01", construct="capacity")
    assert entry.category.code == "d6402"
    assert entry.grades == (Grade(Construct.CAPACITY, 2),)
    assert (entry.moment, entry.source, entry.goal) == (Moment.INTENDED, Source.PERSON, Goal.KEEP)
    assert entry.by == date(2026, 9, 1)


@pytest.mark.parametrize(
    ("notation", "grades"),
    [
        ("d6402.2", [(Construct.PERFORMANCE, 2)]),
        ("d6402._2", [(Construct.CAPACITY, 2)]),
        ("d6402._ _2", [(Construct.CAPACITY_WITH_ASSISTANCE, 2)]),
        ("d6402.13", [(Construct.PERFORMANCE, 1), (Construct.CAPACITY, 3)]),
        ("b1528C.3", [(Construct.PERFORMANCE, 3)]),
    ],
)
def test_the_notation_carries_the_grades(notation: str, grades: list[tuple[Construct, int]]) -> None:
    entry = parse_entry({"type": "functioning", "icf": notation})
    assert isinstance(entry, Functioning)
    assert entry.grades == tuple(Grade(*grade) for grade in grades)


def test_notation_and_field_may_agree() -> None:
    assert functioning(icf="d6402.2").grades == (Grade(Construct.PERFORMANCE, 2),)
    assert functioning(icf="d6402._2").grades == (Grade(Construct.CAPACITY, 2),)


def test_activity_with_all_its_fields() -> None:
    entry = activity(
        status="50",
        frequency={"times": 1, "per": "week"},
        weekdays=["thu", "mon", "mon"],
        weeks="odd",
        part_of_day="morning",
        minutes=30,
        performer="hemtjänsten",
        how="Börja med  köket.",
        not_done_because="person",
    )
    assert entry.activity.code == "SOG.RB.ZZ"
    assert entry.planning.frequency == Frequency(1, Period.WEEK)
    assert entry.planning.weekdays == (Weekday.MON, Weekday.THU)
    assert entry.planning.how == "Börja med köket."
    assert entry.planning.not_done_because is Cause.PERSON


@pytest.mark.parametrize(
    ("raw", "field"),
    [
        ({**FUNCTIONING, "icf": "d9999"}, "icf"),
        ({**FUNCTIONING, "icf": 6402}, "icf"),
        ({**FUNCTIONING, "icf": "e115"}, "icf"),
        ({**FUNCTIONING, "icf": "s110"}, "icf"),
        ({**FUNCTIONING, "icf": "d6402.3"}, "qualifier"),
        ({**FUNCTIONING, "qualifier": 7}, "qualifier"),
        ({**FUNCTIONING, "qualifier": "2"}, "qualifier"),
        ({**FUNCTIONING, "qualifier": True}, "qualifier"),
        ({"type": "functioning", "icf": "d6402"}, "qualifier"),
        ({"type": "functioning", "icf": "d6402.2", "construct": "capacity"}, "construct"),
        ({**FUNCTIONING, "icf": "b140", "construct": "capacity"}, "construct"),
        ({"type": "functioning", "qualifier": 2}, "icf"),
        ({**FUNCTIONING, "moment": "now"}, "moment"),
        ({**FUNCTIONING, "source": "doctor"}, "source"),
        ({**FUNCTIONING, "by": "2026-09-01"}, "by"),
        ({**FUNCTIONING, "moment": "intended", "by": "1 september"}, "by"),
        ({**FUNCTIONING, "extra": 1}, "entry"),
        ({**ACTIVITY, "ksi": "SMF.RA.ZZ"}, "ksi"),
        ({**ACTIVITY, "ksi": "QQQ.RB"}, "ksi"),
        ({**ACTIVITY, "ksi": None}, "ksi"),
        ({**ACTIVITY, "status": "99"}, "status"),
        ({**ACTIVITY, "status": 55}, "status"),
        ({"type": "activity", "ksi": "SOG.RB.ZZ"}, "status"),
        ({**ACTIVITY, "frequency": {"times": 0, "per": "week"}}, "frequency.times"),
        ({**ACTIVITY, "frequency": {"times": 1, "per": "hour"}}, "frequency.per"),
        ({**ACTIVITY, "frequency": "ofta"}, "frequency"),
        ({**ACTIVITY, "weekdays": []}, "weekdays"),
        ({**ACTIVITY, "weekdays": ["måndag"]}, "weekdays"),
        ({**ACTIVITY, "minutes": 2000}, "minutes"),
        ({**ACTIVITY, "performer": ""}, "performer"),
        ({**ACTIVITY, "how": "x" * 501}, "how"),
        ({**ACTIVITY, "how": "rad\x07"}, "how"),
        ({**ACTIVITY, "not_done_because": "person"}, "not_done_because"),
        ({"type": "wish"}, "type"),
        ({}, "type"),
        ([], "entry"),
        (None, "entry"),
    ],
)
def test_every_fault_names_its_field(raw: object, field: str) -> None:
    assert fault(raw).field == field


def test_a_fault_says_what_is_allowed() -> None:
    assert fault({**FUNCTIONING, "qualifier": 7}).allowed == ("0", "1", "2", "3", "4", "8", "9")
    assert "SMF.RB.ZZ" in fault({**ACTIVITY, "ksi": "SMF.RA.ZZ"}).allowed
    assert "40 genomförd" in fault({**ACTIVITY, "status": "99"}).allowed


def test_the_person_has_defaults() -> None:
    assert parse_person(None) == Person("NN", Pronoun.HEN, Address.THIRD)
    assert parse_person({"name": "Anna", "pronoun": "hon", "address": "second"}) == Person(
        "Anna", Pronoun.HON, Address.SECOND
    )


@pytest.mark.parametrize(
    ("raw", "field"),
    [
        ({"name": ""}, "person.name"),
        ({"name": 7}, "person.name"),
        ({"name": "x" * 81}, "person.name"),
        ({"pronoun": "den"}, "person.pronoun"),
        ({"address": "fourth"}, "person.address"),
        ({"nickname": "A"}, "person"),
        ("Anna", "person"),
    ],
)
def test_a_wrong_person_names_its_field(raw: object, field: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_person(raw)
    assert caught.value.field == field


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda children: st.lists(children, max_size=4) | st.dictionaries(st.text(max_size=10), children, max_size=4),
    max_leaves=10,
)


@given(json_values)
def test_any_json_gives_an_input_error_and_nothing_else(raw: Any) -> None:
    with pytest.raises(InputError):
        parse_entry(raw)


@given(st.dictionaries(st.sampled_from([*ACTIVITY, "frequency", "weekdays", "minutes", "how", "icf"]), json_values))
def test_wrong_fields_never_leak_their_value(fields: dict[str, Any]) -> None:
    marker = "MARKÖR-7731"
    try:
        parse_entry({**ACTIVITY, **fields, "performer": [marker]})
    except InputError as error:
        assert marker not in f"{error} {error.as_dict()} {error.message_en}"
    else:
        raise AssertionError("a list is no performer")

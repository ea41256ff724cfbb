"""Activities: a KSI code with its status and planning details."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Any, Final

from nlg.entries.reading import (
    MAX_FREE_TEXT,
    MAX_PERFORMER,
    calendar_date,
    choice,
    code,
    fault,
    mapping,
    only_known,
    required,
    text,
    whole_number,
)
from phrases.catalogue import Activity, Item, catalogue


class Period(StrEnum):
    """The unit of a frequency."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


class Weekday(StrEnum):
    """The days of the week."""

    MON = "mon"
    TUE = "tue"
    WED = "wed"
    THU = "thu"
    FRI = "fri"
    SAT = "sat"
    SUN = "sun"


class WeekParity(StrEnum):
    """Every week, or odd or even weeks alone."""

    ODD = "odd"
    EVEN = "even"


class PartOfDay(StrEnum):
    """Parts of the day; their clock hours are chosen locally."""

    MORNING = "morning"
    FORENOON = "forenoon"
    LUNCH = "lunch"
    AFTERNOON = "afternoon"
    EVENING = "evening"
    NIGHT = "night"


class Cause(StrEnum):
    """Whether it was the person or the provider who could not."""

    PERSON = "person"
    PROVIDER = "provider"


@dataclass(frozen=True, slots=True)
class Frequency:
    """So many times a period."""

    times: int
    per: Period


@dataclass(frozen=True, slots=True)
class Planning:
    """How an activity is arranged."""

    performer: str = ""
    frequency: Frequency | None = None
    weekdays: tuple[Weekday, ...] = ()
    weeks: WeekParity | None = None
    part_of_day: PartOfDay | None = None
    minutes: int | None = None
    how: str = ""
    not_done_because: Cause | None = None
    on: date | None = None


@dataclass(frozen=True, slots=True)
class PlannedActivity:
    """A KSI activity (or administrative or statistical code) with its status and planning details."""

    activity: Activity | Item
    status: str
    planning: Planning = Planning()


@dataclass(frozen=True, slots=True)
class Occasions:
    """How often an activity took place in one month, of the occasions that are documented.

    `differently` counts those that were done in another way (status 45), `done` all that were done (40 and 45).
    """

    activity: Activity | Item
    month: date
    done: int
    differently: int
    total: int
    performer: str = ""


@lru_cache(maxsize=8192)
def _ksi(written: str) -> Activity | Item:
    return catalogue().ksi(written)


_NOT_AS_PLANNED: Final = frozenset({"15", "45", "50"})


def _status(raw: object) -> str:
    statuses = catalogue().statuses
    if isinstance(raw, str) and raw in statuses:
        return raw
    named = tuple(f"{status.code} {status.title}" for status in statuses.values())
    raise fault(
        "status",
        "Status ska vara en kod för aktivitetsstatus, som text.",
        "The status must be a status code, as text.",
        named,
    )


def _frequency(raw: object) -> Frequency:
    fields = mapping("frequency", raw)
    only_known("frequency", fields, frozenset({"times", "per"}))
    return Frequency(
        whole_number("frequency.times", required(fields, "times"), 1, 99),
        choice("frequency.per", required(fields, "per"), Period),
    )


def _weekdays(raw: object) -> tuple[Weekday, ...]:
    if not isinstance(raw, list) or not raw or len(raw) > 7:
        allowed = tuple(day.value for day in Weekday)
        raise fault("weekdays", "Ange en lista med veckodagar.", "Give a list of weekdays.", allowed)
    chosen = {choice("weekdays", day, Weekday) for day in raw}
    return tuple(day for day in Weekday if day in chosen)


_PLANNING: Final[dict[str, Callable[[object], Any]]] = {
    "performer": lambda raw: text("performer", raw, MAX_PERFORMER),
    "frequency": _frequency,
    "weekdays": _weekdays,
    "weeks": lambda raw: choice("weeks", raw, WeekParity),
    "part_of_day": lambda raw: choice("part_of_day", raw, PartOfDay),
    "minutes": lambda raw: whole_number("minutes", raw, 1, 1440),
    "how": lambda raw: text("how", raw, MAX_FREE_TEXT),
    "not_done_because": lambda raw: choice("not_done_because", raw, Cause),
    "date": lambda raw: calendar_date("date", raw),
}


_ATTRIBUTES: Final = {"date": "on"}
"""Fields whose attribute has another name."""

_ACTIVITY_FIELDS: Final = frozenset({"type", "ksi", "status", *_PLANNING})


def read_activity(raw: Mapping[str, Any]) -> PlannedActivity:
    """An activity from its JSON object. InputError names the field that is wrong."""
    only_known("entry", raw, _ACTIVITY_FIELDS)
    activity = _ksi(code("KSI", required(raw, "ksi"), "SME.RB.ZZ", field="ksi"))
    status = _status(required(raw, "status"))
    read = {field: reader(raw[field]) for field, reader in _PLANNING.items() if field in raw}
    planning = Planning(**{_ATTRIBUTES.get(field, field): value for field, value in read.items()})
    if planning.not_done_because is not None and status not in _NOT_AS_PLANNED:
        raise fault(
            "not_done_because",
            "Orsaken hör till status 15, 45 eller 50.",
            "The cause belongs to status 15, 45 or 50.",
            tuple(sorted(_NOT_AS_PLANNED)),
        )
    return PlannedActivity(activity, status, planning)

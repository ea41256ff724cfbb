"""Structured entries: what comes in, checked field by field and turned into frozen values.

The shapes are those of the contract: an ICF statement about functioning, or a KSI activity with status and planning.
Every fault names its field and what is allowed; messages never repeat the value, since a value may be a name.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Any, Final, TypeVar, cast

from nlg.person import Address, Person, Pronoun
from phrases.catalogue import Activity, Category, Item, catalogue
from phrases.codes import IcfReference, parse_icf
from phrases.errors import InputError

E = TypeVar("E", bound=StrEnum)

QUALIFIERS: Final = (0, 1, 2, 3, 4, 8, 9)
MAX_NAME: Final = 80
MAX_PERFORMER: Final = 80
MAX_FREE_TEXT: Final = 500


class Moment(StrEnum):
    """When the functioning holds: assessed now, intended (the goal), or at follow-up."""

    ASSESSED = "assessed"
    INTENDED = "intended"
    FOLLOW_UP = "follow_up"


class Source(StrEnum):
    """Who says so."""

    CASEWORKER = "caseworker"
    PERSON = "person"
    RELATIVE = "relative"
    PROVIDER = "provider"
    PROFESSIONAL = "professional"


class Construct(StrEnum):
    """What the ICF qualifier measures (ICF 2025, the four positions after d)."""

    PERFORMANCE = "performance"
    CAPACITY = "capacity"
    CAPACITY_WITH_ASSISTANCE = "capacity_with_assistance"
    PERFORMANCE_WITHOUT_ASSISTANCE = "performance_without_assistance"


class Goal(StrEnum):
    """A goal to change the functioning or to keep it."""

    CHANGE = "change"
    KEEP = "keep"


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
class Grade:
    """One qualifier and what it measures."""

    construct: Construct
    qualifier: int


@dataclass(frozen=True, slots=True)
class Functioning:
    """A statement about functioning; `grades` holds one or more (the ICF notation may carry several)."""

    category: Category
    grades: tuple[Grade, ...]
    moment: Moment = Moment.ASSESSED
    source: Source | None = None
    goal: Goal = Goal.CHANGE
    by: date | None = None


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


@dataclass(frozen=True, slots=True)
class PlannedActivity:
    """A KSI activity (or administrative or statistical code) with its status and planning details."""

    activity: Activity | Item
    status: str
    planning: Planning = Planning()


Entry = Functioning | PlannedActivity


# --- reading single values -----------------------------------------------------------------------------------------


def _fault(field: str, swedish: str, english: str, allowed: tuple[str, ...] = ()) -> InputError:
    return InputError(field, swedish, english, allowed)


def _choice(field: str, raw: object, kind: type[E]) -> E:
    members = kind._value2member_map_
    if isinstance(raw, str) and raw in members:
        return cast(E, members[raw])
    raise _fault(field, "Välj ett av de värden som finns.", "Choose one of the values that exist.", tuple(members))


def _text(field: str, raw: object, limit: int) -> str:
    if not isinstance(raw, str):
        raise _fault(field, "Fältet ska vara text.", "The field must be text.")
    if len(raw) > limit:
        raise _fault(field, f"Texten får ha högst {limit} tecken.", f"The text may have at most {limit} characters.")
    cleaned = " ".join(raw.split())
    if not cleaned:
        raise _fault(
            field, "Texten är tom. Skriv något eller ta bort fältet.", "The text is empty. Write it or leave it out."
        )
    if not cleaned.isprintable():
        raise _fault(
            field, "Texten har tecken som inte kan skrivas ut.", "The text has characters that cannot be printed."
        )
    return cleaned


def _whole_number(field: str, raw: object, low: int, high: int) -> int:
    if isinstance(raw, int) and not isinstance(raw, bool) and low <= raw <= high:
        return raw
    raise _fault(field, "Ange ett heltal.", "Give a whole number.", (f"{low}-{high}",))


def _date(field: str, raw: object) -> date:
    try:
        if isinstance(raw, str):
            return date.fromisoformat(raw)
    except ValueError:
        pass
    raise _fault(field, "Ange datum som ÅÅÅÅ-MM-DD.", "Give the date as YYYY-MM-DD.", ("YYYY-MM-DD",))


def _mapping(field: str, raw: object) -> Mapping[str, Any]:
    if isinstance(raw, Mapping):
        return raw
    raise _fault(field, "Fältet ska vara ett JSON-objekt.", "The field must be a JSON object.")


def _only(field: str, raw: Mapping[str, Any], known: frozenset[str]) -> None:
    if not raw.keys() <= known:
        allowed = tuple(sorted(known))
        raise _fault(
            field,
            "Här finns ett fält som inte är känt.",
            "There is a field here that is not known.",
            allowed,
        )


def _required(raw: Mapping[str, Any], field: str) -> object:
    if field in raw:
        return raw[field]
    raise _fault(field, "Fältet saknas.", "The field is missing.")


# --- the person ----------------------------------------------------------------------------------------------------

_PERSON_FIELDS: Final = frozenset({"name", "pronoun", "address"})
DEFAULT_PERSON: Final = Person()


def parse_person(raw: object) -> Person:
    """The person from {"name", "pronoun", "address"}, all optional; None gives NN, hen, third person."""
    if raw is None:
        return DEFAULT_PERSON
    fields = _mapping("person", raw)
    _only("person", fields, _PERSON_FIELDS)
    return Person(
        _text("person.name", fields["name"], MAX_NAME) if "name" in fields else DEFAULT_PERSON.name,
        _choice("person.pronoun", fields.get("pronoun", "hen"), Pronoun),
        _choice("person.address", fields.get("address", "third"), Address),
    )


# --- functioning ---------------------------------------------------------------------------------------------------

_FUNCTIONING_FIELDS: Final = frozenset({"type", "icf", "qualifier", "construct", "moment", "source", "goal", "by"})


def _qualifier(raw: object) -> int:
    if isinstance(raw, int) and not isinstance(raw, bool) and raw in QUALIFIERS:
        return raw
    raise _fault(
        "qualifier",
        "Graden finns inte. 0 ingen, 1 lätt, 2 måttlig, 3 stor, 4 total, 8 ej specificerad, 9 ej tillämpbar.",
        "There is no such qualifier.",
        tuple(str(q) for q in QUALIFIERS),
    )


@lru_cache(maxsize=8192)
def _icf(code: str) -> tuple[IcfReference, Category, tuple[Grade, ...]]:
    """A code in official notation: the reference, its category, and the grades it carries."""
    reference = parse_icf(code)
    return reference, catalogue().icf_category(reference.code), _noted(reference)


@lru_cache(maxsize=8192)
def _ksi(code: str) -> Activity | Item:
    return catalogue().ksi(code)


def _noted(reference: IcfReference) -> tuple[Grade, ...]:
    values = (
        (Construct.PERFORMANCE, reference.performance),
        (Construct.CAPACITY, reference.capacity),
        (Construct.CAPACITY_WITH_ASSISTANCE, reference.capacity_with_assistance),
        (Construct.PERFORMANCE_WITHOUT_ASSISTANCE, reference.performance_without_assistance),
    )
    return tuple(Grade(construct, qualifier) for construct, qualifier in values if qualifier is not None)


def _grades(noted: tuple[Grade, ...], fields: Mapping[str, Any]) -> tuple[Grade, ...]:
    """The grades said by the notation, the fields, or both: then they must agree."""
    construct = _choice("construct", fields["construct"], Construct) if "construct" in fields else None
    if "qualifier" not in fields:
        if not noted:
            raise _fault("qualifier", "Graden saknas.", "The qualifier is missing.", tuple(str(q) for q in QUALIFIERS))
        if construct is not None and construct not in {grade.construct for grade in noted}:
            raise _fault(
                "construct",
                "Fältet säger något annat än ICF-kodens bedömningsfaktor.",
                "The field contradicts the qualifier in the ICF code.",
            )
        return noted
    said = Grade(
        construct or (noted[0].construct if len(noted) == 1 else Construct.PERFORMANCE), _qualifier(fields["qualifier"])
    )
    if noted and noted != (said,):
        raise _fault(
            "qualifier",
            "Graden säger något annat än ICF-kodens bedömningsfaktor. Ange den en gång, eller lika.",
            "The qualifier contradicts the one in the ICF code. Give it once, or the same.",
        )
    return (said,)


def _functioning(raw: Mapping[str, Any]) -> Functioning:
    _only("entry", raw, _FUNCTIONING_FIELDS)
    code = _required(raw, "icf")
    if not isinstance(code, str):
        raise _fault("icf", "ICF-koden ska vara text, till exempel d6402.", "The ICF code must be text, such as d6402.")
    reference, category, noted = _icf(code)
    if reference.code[0] not in "db" and reference.code != CARER_SUPPORT:
        raise _fault(
            "icf",
            "Funktionstillstånd anges med en kod som börjar på d eller b. Resten är relaterade faktorer.",
            "Functioning takes a code of component d or b. The rest are related factors.",
            ("d...", "b..."),
        )
    moment = _choice("moment", raw.get("moment", "assessed"), Moment)
    if moment is not Moment.INTENDED:
        for field in ("goal", "by"):
            if field in raw:
                raise _fault(
                    field, "Fältet hör till mål: det kräver moment intended.", "The field belongs to moment intended."
                )
    return Functioning(
        category,
        _grades(noted, raw),
        moment,
        _choice("source", raw["source"], Source) if "source" in raw else None,
        _choice("goal", raw.get("goal", "change"), Goal),
        _date("by", raw["by"]) if "by" in raw else None,
    )


CARER_SUPPORT: Final = "e398A"
"""Personligt stöd från person som vårdar eller stödjer en närstående: an IBIC life area outside d and b."""


# --- activity ------------------------------------------------------------------------------------------------------

_ACTIVITY_FIELDS: Final = frozenset(
    {
        "type",
        "ksi",
        "status",
        "performer",
        "frequency",
        "weekdays",
        "weeks",
        "part_of_day",
        "minutes",
        "how",
        "not_done_because",
    }
)
_NOT_AS_PLANNED: Final = frozenset({"15", "45", "50"})


def _status(raw: object) -> str:
    statuses = catalogue().statuses
    if isinstance(raw, str) and raw in statuses:
        return raw
    named = tuple(f"{status.code} {status.title}" for status in statuses.values())
    raise _fault(
        "status",
        "Status ska vara en kod för aktivitetsstatus, som text.",
        "The status must be a status code, as text.",
        named,
    )


def _frequency(raw: object) -> Frequency:
    fields = _mapping("frequency", raw)
    _only("frequency", fields, frozenset({"times", "per"}))
    return Frequency(
        _whole_number("frequency.times", _required(fields, "times"), 1, 99),
        _choice("frequency.per", _required(fields, "per"), Period),
    )


def _weekdays(raw: object) -> tuple[Weekday, ...]:
    if not isinstance(raw, list) or not raw or len(raw) > 7:
        allowed = tuple(day.value for day in Weekday)
        raise _fault("weekdays", "Ange en lista med veckodagar.", "Give a list of weekdays.", allowed)
    chosen = {_choice("weekdays", day, Weekday) for day in raw}
    return tuple(day for day in Weekday if day in chosen)


_PLANNING: Final[dict[str, Callable[[object], Any]]] = {
    "performer": lambda raw: _text("performer", raw, MAX_PERFORMER),
    "frequency": _frequency,
    "weekdays": _weekdays,
    "weeks": lambda raw: _choice("weeks", raw, WeekParity),
    "part_of_day": lambda raw: _choice("part_of_day", raw, PartOfDay),
    "minutes": lambda raw: _whole_number("minutes", raw, 1, 1440),
    "how": lambda raw: _text("how", raw, MAX_FREE_TEXT),
    "not_done_because": lambda raw: _choice("not_done_because", raw, Cause),
}


def _activity(raw: Mapping[str, Any]) -> PlannedActivity:
    _only("entry", raw, _ACTIVITY_FIELDS)
    code = _required(raw, "ksi")
    if not isinstance(code, str):
        raise _fault(
            "ksi", "KSI-koden ska vara text, till exempel SME.RB.ZZ.", "The KSI code must be text, such as SME.RB.ZZ."
        )
    activity = _ksi(code)
    status = _status(_required(raw, "status"))
    planning = Planning(**{field: read(raw[field]) for field, read in _PLANNING.items() if field in raw})
    if planning.not_done_because is not None and status not in _NOT_AS_PLANNED:
        raise _fault(
            "not_done_because",
            "Orsaken hör till status 15, 45 eller 50.",
            "The cause belongs to status 15, 45 or 50.",
            tuple(sorted(_NOT_AS_PLANNED)),
        )
    return PlannedActivity(activity, status, planning)


_READERS: Final[dict[str, Callable[[Mapping[str, Any]], Entry]]] = {
    "functioning": _functioning,
    "activity": _activity,
}
ENTRY_TYPES: Final = tuple(_READERS)


def parse_entry(raw: object) -> Entry:
    """One entry from its JSON object; InputError that names the field for anything that is not right."""
    fields = _mapping("entry", raw)
    kind = _required(fields, "type")
    if not isinstance(kind, str) or kind not in _READERS:
        raise _fault("type", "Typen finns inte.", "There is no such type.", ENTRY_TYPES)
    return _READERS[kind](fields)

"""Statements about functioning (funktionstillstånd): an ICF category with its grade, moment and source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Any, Final

from nlg.entries.reading import calendar_date, choice, code, fault, only_known, required
from phrases.catalogue import Category, catalogue
from phrases.codes import IcfReference, parse_icf
from phrases.errors import InputError

QUALIFIERS: Final = (0, 1, 2, 3, 4, 8, 9)


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


_FUNCTIONING_FIELDS: Final = frozenset({"type", "icf", "qualifier", "construct", "moment", "source", "goal", "by"})


def read_qualifier(raw: object) -> int:
    """A grade of the generic scale (ICF 2025): 0-4, 8, 9."""
    if isinstance(raw, int) and not isinstance(raw, bool) and raw in QUALIFIERS:
        return raw
    raise fault(
        "qualifier",
        "Graden finns inte. 0 ingen, 1 lätt, 2 måttlig, 3 stor, 4 total, 8 ej specificerad, 9 ej tillämpbar.",
        "There is no such qualifier.",
        tuple(str(q) for q in QUALIFIERS),
    )


def read_source(raw: Mapping[str, Any]) -> Source | None:
    """Who says so, if anybody is named."""
    return choice("source", raw["source"], Source) if "source" in raw else None


@lru_cache(maxsize=8192)
def _icf(notation: str) -> tuple[IcfReference, Category, tuple[Grade, ...]]:
    """A code in official notation: the reference, its category, and the grades it carries."""
    reference = parse_icf(notation)
    return reference, catalogue().icf_category(reference.code), _noted(reference)


def read_category(raw: object, *, field: str = "icf") -> Category:
    """A category of component d or b by its bare code, for what is said of a category without a grade."""
    reference, category, _ = _icf(code("ICF", raw, "d6402", field=field))
    _check_component(reference, field)
    return category


def _check_component(reference: IcfReference, field: str) -> None:
    if reference.component not in "db" and reference.code != CARER_SUPPORT:
        raise fault(
            field,
            "Funktionstillstånd anges med en kod som börjar på d eller b. Resten är relaterade faktorer.",
            "Functioning takes a code of component d or b. The rest are related factors.",
            ("d...", "b..."),
        )


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
    construct = choice("construct", fields["construct"], Construct) if "construct" in fields else None
    if "qualifier" not in fields:
        if not noted:
            raise fault("qualifier", "Graden saknas.", "The qualifier is missing.", tuple(str(q) for q in QUALIFIERS))
        if construct is not None and construct not in {grade.construct for grade in noted}:
            raise fault(
                "construct",
                "Fältet säger något annat än ICF-kodens bedömningsfaktor.",
                "The field contradicts the qualifier in the ICF code.",
            )
        return noted
    said = Grade(
        construct or (noted[0].construct if len(noted) == 1 else Construct.PERFORMANCE),
        read_qualifier(fields["qualifier"]),
    )
    if noted and noted != (said,):
        raise contradiction()
    return (said,)


def contradiction() -> InputError:
    """The fault of a qualifier that is said twice, and not the same."""
    return fault(
        "qualifier",
        "Graden säger något annat än ICF-kodens bedömningsfaktor. Ange den en gång, eller lika.",
        "The qualifier contradicts the one in the ICF code. Give it once, or the same.",
    )


def read_functioning(raw: Mapping[str, Any]) -> Functioning:
    """A statement from its JSON object. InputError names the field that is wrong."""
    only_known("entry", raw, _FUNCTIONING_FIELDS)
    reference, category, noted = _icf(code("ICF", required(raw, "icf"), "d6402", field="icf"))
    _check_component(reference, "icf")
    if "construct" in raw and reference.component != "d":
        raise fault(
            "construct", "Fältet hör till aktivitet och delaktighet (d).", "The field belongs to activities (d)."
        )
    moment = choice("moment", raw.get("moment", "assessed"), Moment)
    if moment is not Moment.INTENDED:
        for field in ("goal", "by"):
            if field in raw:
                raise fault(
                    field, "Fältet hör till mål: det kräver moment intended.", "The field belongs to moment intended."
                )
    return Functioning(
        category,
        _grades(noted, raw),
        moment,
        read_source(raw),
        choice("goal", raw.get("goal", "change"), Goal),
        calendar_date("by", raw["by"]) if "by" in raw else None,
    )


CARER_SUPPORT: Final = "e398A"
"""Personligt stöd från person som vårdar eller stödjer en närstående: an IBIC life area outside d and b."""

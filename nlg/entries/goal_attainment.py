"""Goal attainment (måluppfyllelse): whether the goal for a category was reached."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from nlg.entries.functioning import Source, read_category, read_source
from nlg.entries.reading import MAX_FREE_TEXT, choice, only_known, required, text
from phrases.catalogue import Category


class Attainment(StrEnum):
    """The values of IBIC (first five) and BBIC (the next five), and the proposed one beyond the goal."""

    YES = "yes"
    NO = "no"
    PARTLY = "partly"
    NOT_SPECIFIED = "not_specified"
    NOT_APPLICABLE = "not_applicable"
    IMPROVED_MET = "improved_met"
    IMPROVED_NOT_MET = "improved_not_met"
    UNCHANGED = "unchanged"
    WORSENED = "worsened"
    CANNOT_ASSESS = "cannot_assess"
    EXCEEDED = "exceeded"


class AttainmentCause(StrEnum):
    """Why it went as it did, the two kinds that are proposed: changed circumstances, or the way of working."""

    CIRCUMSTANCES = "circumstances"
    WAY_OF_WORKING = "way_of_working"


@dataclass(frozen=True, slots=True)
class GoalAttainment:
    """A judgement of the goal for one category; `reason` is free text."""

    category: Category
    value: Attainment
    source: Source | None = None
    cause: AttainmentCause | None = None
    reason: str = ""


_FIELDS: Final = frozenset({"type", "icf", "value", "source", "cause", "reason"})


def read_goal_attainment(raw: Mapping[str, Any]) -> GoalAttainment:
    """A judgement from its JSON object. InputError names the field that is wrong."""
    only_known("entry", raw, _FIELDS)
    return GoalAttainment(
        read_category(required(raw, "icf")),
        choice("value", required(raw, "value"), Attainment),
        read_source(raw),
        choice("cause", raw["cause"], AttainmentCause) if "cause" in raw else None,
        text("reason", raw["reason"], MAX_FREE_TEXT) if "reason" in raw else "",
    )

"""Answer options: for a planned activity, the ready sentences to pick instead of writing, one per outcome.

Each option carries the entry it stands for, so that picking one documents the outcome with its code.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from nlg.entries import parse_entry
from nlg.levels import Level, parse_level
from nlg.patterns import load, pattern
from nlg.person import Person
from nlg.phrase import render
from phrases.catalogue import Activity, catalogue
from phrases.errors import InputError

OUTCOMES: Final[Mapping[str, Mapping[str, str]]] = {
    "done": {"status": "40"},
    "done_differently": {"status": "45"},
    "declined_by_person": {"status": "50", "not_done_because": "person"},
    "not_done_by_provider": {"status": "50", "not_done_because": "provider"},
}
"""The outcomes of the planned activity itself, and what they set in its entry (aktivitetsstatus, KSI 2025)."""

OTHER_ACTIONS: Final[Mapping[str, tuple[str, ...]]] = {
    "RA": ("RB",),
    "RB": ("RA", "RC"),
    "RC": ("RB",),
    "PH": ("RB",),
    "SZ": ("RB", "RA"),
}
"""The actions that staff most often find they did instead of the planned one: for, with, or by encouragement."""


@dataclass(frozen=True, slots=True)
class AnswerOption:
    """One option: what happened, its sentence, and the entry (None where no activity of the staff took place)."""

    outcome: str
    text: str
    entry: Mapping[str, str] | None

    def as_dict(self) -> dict[str, Any]:
        """The option as the contract names it."""
        return {"outcome": self.outcome, "text": self.text, "entry": dict(self.entry) if self.entry else None}


def answer_options(code: str, person: Person, level: Level | str = Level.EASY) -> list[AnswerOption]:
    """The options for a planned activity, in the order they are offered.

    InputError on field `code` for a code that is unknown or has no target and action (XA, YA).
    """
    level = parse_level(level)
    activity = catalogue().ksi(code, field="code")
    if not isinstance(activity, Activity):
        raise InputError(
            "code",
            "Svarsalternativ finns för aktiviteter med inriktning och agerande, till exempel SMB.RB.ZZ.",
            "Answer options exist for activities with target and action, such as SMB.RB.ZZ.",
        )
    options = [_option(outcome, activity.code, fields, person, level) for outcome, fields in OUTCOMES.items()]
    options.append(AnswerOption("done_by_person", _alone(person, level), None))
    existing = catalogue().actions_of(activity.target)
    for action in OTHER_ACTIONS.get(activity.action, ()):
        if action in existing:
            other = f"{activity.target}.{action}.ZZ"
            options.append(_option("other_action", other, OUTCOMES["done"], person, level))
    return options


def _option(outcome: str, code: str, fields: Mapping[str, str], person: Person, level: Level) -> AnswerOption:
    entry = {"type": "activity", "ksi": code, **fields}
    return AnswerOption(outcome, render(parse_entry(entry), person, level).text, entry)


def _alone(person: Person, level: Level) -> str:
    """The sentence for "the person did it alone"."""
    source: str = load("activity")["alone"][level.value]
    return pattern(source).sentence({"person": lambda: person.subject()})

"""Free text in entries: taken out before a phrase is made, put back afterwards (see nlg/marks.py)."""

from __future__ import annotations

from dataclasses import replace

from nlg.entries import Told
from nlg.entries.activity import Occasions, PlannedActivity
from nlg.entries.basic_information import BasicInformation, PersonId
from nlg.entries.goal_attainment import GoalAttainment
from nlg.entries.related_factor import PersonalFactor
from nlg.marks import HOW, PERFORMER


def without_free_text(entry: Told) -> tuple[Told, dict[str, str]]:
    """The entry with marks in place of its free text, and the text behind each mark."""
    if isinstance(entry, PlannedActivity):
        planning = entry.planning
        if not planning.performer and not planning.how:
            return entry, {}
        marked = replace(planning, performer=planning.performer and PERFORMER, how=planning.how and HOW)
        return replace(entry, planning=marked), {PERFORMER: planning.performer, HOW: planning.how}
    if isinstance(entry, Occasions) and entry.performer:
        return replace(entry, performer=PERFORMER), {PERFORMER: entry.performer}
    if isinstance(entry, GoalAttainment) and entry.reason:
        return replace(entry, reason=HOW), {HOW: entry.reason}
    if isinstance(entry, PersonalFactor):
        return replace(entry, description=HOW), {HOW: entry.description}
    if isinstance(entry, BasicInformation) and isinstance(entry.values[0], PersonId):
        number = entry.values[0]
        return replace(entry, values=(replace(number, text=HOW),)), {HOW: number.text}
    return entry, {}

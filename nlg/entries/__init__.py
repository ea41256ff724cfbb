"""Structured entries: what comes in, checked field by field and turned into frozen values.

Every fault names its field and what is allowed; messages never repeat the value, since a value may be a name.
`parse_entry` and `parse_person` are the doors.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from nlg.entries.activity import Occasions, PlannedActivity, read_activity
from nlg.entries.basic_information import BasicInformation, read_basic_information
from nlg.entries.functioning import QUALIFIERS, Functioning, read_functioning
from nlg.entries.goal_attainment import GoalAttainment, read_goal_attainment
from nlg.entries.person import parse_person
from nlg.entries.reading import fault, mapping, required
from nlg.entries.related_factor import PersonalFactor, RelatedFactor, read_related_factor

__all__ = [
    "BasicInformation",
    "ENTRY_TYPES",
    "Entry",
    "Functioning",
    "GoalAttainment",
    "PersonalFactor",
    "Occasions",
    "PlannedActivity",
    "QUALIFIERS",
    "RelatedFactor",
    "Told",
    "parse_entry",
    "parse_person",
]

Entry = Functioning | PlannedActivity | GoalAttainment | RelatedFactor | PersonalFactor | BasicInformation

Told = Entry | Occasions
"""What a text can tell: an entry, or many activities summed up."""

_READERS: Final[dict[str, Callable[[Mapping[str, Any]], Entry]]] = {
    "functioning": read_functioning,
    "activity": read_activity,
    "goal_attainment": read_goal_attainment,
    "related_factor": read_related_factor,
    "basic_information": read_basic_information,
}
ENTRY_TYPES: Final = tuple(_READERS)


def parse_entry(raw: object) -> Entry:
    """One entry from its JSON object; InputError that names the field for anything that is not right."""
    fields = mapping("entry", raw)
    kind = required(fields, "type")
    if not isinstance(kind, str) or kind not in _READERS:
        raise fault("type", "Typen finns inte.", "There is no such type.", ENTRY_TYPES)
    return _READERS[kind](fields)

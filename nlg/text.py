"""Many entries as one flowing text: grouped by life area, told in order, with name first and pronoun after.

Within an area the text goes from how it is, to the goal, to what is done, to the follow-up. Statements alike in all but
their category are joined in one sentence; grades are never merged.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

from nlg.entries import BasicInformation, Entry, GoalAttainment, PersonalFactor, PlannedActivity, RelatedFactor
from nlg.entries.functioning import Functioning, Moment
from nlg.levels import Level, parse_level
from nlg.messages import Message
from nlg.person import Person
from nlg.phrase import Phrase, explained, message
from nlg.readability import readability
from phrases.life_areas import LifeArea, area_of_icf, area_of_ksi, basic_information_area, related_factors_area

_MOMENTS: Final[dict[Moment, int]] = {Moment.ASSESSED: 0, Moment.INTENDED: 2, Moment.FOLLOW_UP: 4}
_TYPES: Final[dict[type, int]] = {
    RelatedFactor: 1,
    PersonalFactor: 1,
    PlannedActivity: 3,
    GoalAttainment: 5,
    BasicInformation: 0,
}
_MAX_JOINED: Final[dict[Level, int]] = {Level.JOURNAL: 3, Level.PLAIN: 2, Level.EASY: 1}
"""How many statements one sentence may hold: one thought a sentence at level easy."""


@dataclass(frozen=True, slots=True)
class Section:
    """The text of one life area."""

    heading: str
    text: str

    def as_dict(self) -> dict[str, str]:
        """The section as the contract names it."""
        return {"heading": self.heading, "text": self.text}


@dataclass(frozen=True, slots=True)
class Text:
    """A flowing text: the whole as a phrase, and its sections."""

    phrase: Phrase
    sections: tuple[Section, ...]

    def as_dict(self) -> dict[str, Any]:
        """The text in the shape of the contract: a phrase with sections."""
        return {**self.phrase.as_dict(), "sections": [section.as_dict() for section in self.sections]}


def compose(entries: Sequence[Entry], person: Person, level: Level | str) -> Text:
    """The entries as one text with headings. ValueError if there are none; InputError for an unknown level."""
    if not entries:
        raise ValueError("a text needs at least one entry")
    level = parse_level(level)
    sections: list[Section] = []
    messages: list[Message] = []
    for area, members in groupby(sorted(entries, key=_place), key=_area):
        told = _told(list(members), person, level)
        messages += told
        sections.append(Section(area.heading, " ".join(part.text for part in told)))
    whole = "\n\n".join(f"{section.heading}\n{section.text}" for section in sections)
    terms = tuple(dict.fromkeys(term for part in messages for term in part.terms))
    phrase_id = "+".join(part.phrase_id for part in messages)
    measured = readability(" ".join(section.text for section in sections))
    return Text(Phrase(whole, level, phrase_id, measured, explained(terms)), tuple(sections))


def _area(entry: Entry) -> LifeArea:
    if isinstance(entry, PlannedActivity):
        return area_of_ksi(entry.activity.code)
    if isinstance(entry, Functioning | GoalAttainment):
        return area_of_icf(entry.category.code)
    if isinstance(entry, BasicInformation):
        return basic_information_area()
    return area_of_icf(entry.affects.code) if entry.affects else related_factors_area()


def _place(entry: Entry) -> tuple[int, int]:
    """Life area, then now - factors - goal - activity - follow-up; entries of one place keep the order they came in."""
    if isinstance(entry, Functioning):
        return _area(entry).order, _MOMENTS[entry.moment]
    return _area(entry).order, _TYPES[type(entry)]


def _told(entries: list[Entry], person: Person, level: Level) -> list[Message]:
    """The messages of one section: the first names the person, the later ones use the pronoun (not at level easy)."""
    told: list[Message] = []
    for group in _joined(entries, _MAX_JOINED[level]):
        mentioned = bool(told) and level is not Level.EASY
        told.append(message(group, person, level, mentioned=mentioned))
    return told


def _joined(entries: list[Entry], most: int) -> Iterable[list[Entry]]:
    """Neighbours that say the same of different categories, at most `most` together."""
    group: list[Entry] = []
    for entry in entries:
        if group and len(group) < most and _alike(group[0], entry):
            group.append(entry)
            continue
        if group:
            yield group
        group = [entry]
    if group:
        yield group


def _alike(first: Entry, second: Entry) -> bool:
    if not isinstance(first, Functioning) or not isinstance(second, Functioning):
        return False
    same_component = first.category.code[0] == second.category.code[0]
    plain = not first.category.residual and not second.category.residual
    return same_component and plain and _statement(first) == _statement(second)


def _statement(entry: Functioning) -> tuple[object, ...]:
    return entry.grades, entry.moment, entry.source, entry.goal, entry.by

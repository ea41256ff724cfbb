"""Many entries as one flowing text: grouped by life area, told in order, with name first and pronoun after.

Within an area the text goes from how it is, to the goal, to what is done, to the follow-up. Statements alike in all but
their category are joined in one sentence; grades are never merged.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from typing import Any, Final

from nlg.entries import (
    BasicInformation,
    Entry,
    GoalAttainment,
    Occasions,
    PersonalFactor,
    PlannedActivity,
    RelatedFactor,
    Told,
)
from nlg.entries.activity import PartOfDay
from nlg.entries.functioning import Functioning, Moment
from nlg.levels import Level, parse_level
from nlg.messages import Message
from nlg.person import Person
from nlg.phrase import Phrase, explained, message
from nlg.readability import readability
from phrases.catalogue import Activity, Target, catalogue
from phrases.errors import InputError
from phrases.life_areas import LifeArea, area_of_icf, area_of_ksi, basic_information_area, related_factors_area

_MOMENTS: Final[dict[Moment, int]] = {Moment.ASSESSED: 0, Moment.INTENDED: 2, Moment.FOLLOW_UP: 5}
_TYPES: Final[dict[type, int]] = {
    RelatedFactor: 1,
    PersonalFactor: 1,
    PlannedActivity: 3,
    Occasions: 3,
    GoalAttainment: 6,
    BasicInformation: 0,
}
_PAST_STATUSES: Final = frozenset({"15", "25", "40", "45", "50"})
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


class Track(StrEnum):
    """How a text is divided: by life area (IBIC's track 1) or by activity (track 2)."""

    LIFE_AREA = "life_area"
    ACTIVITY = "activity"


def compose(entries: Sequence[Entry], person: Person, level: Level | str, track: Track | str = Track.LIFE_AREA) -> Text:
    """The entries as one text with headings. ValueError if there are none; InputError for an unknown level or track."""
    if not entries:
        raise ValueError("a text needs at least one entry")
    level, track = parse_level(level), parse_track(track)
    sections: list[Section] = []
    messages: list[Message] = []
    place = _placer(track, level)
    for heading, members in groupby(sorted(summed_up(entries), key=place), key=lambda entry: place(entry).heading):
        told = _told(list(members), person, level)
        messages += told
        sections.append(Section(heading, " ".join(part.text for part in told)))
    whole = "\n\n".join(f"{section.heading}\n{section.text}" for section in sections)
    terms = tuple(dict.fromkeys(term for part in messages for term in part.terms))
    phrase_id = "+".join(part.phrase_id for part in messages)
    measured = readability(" ".join(section.text for section in sections))
    return Text(Phrase(whole, level, phrase_id, measured, explained(terms)), tuple(sections))


def parse_track(value: object) -> Track:
    """A track by its name; InputError on field `track` for anything else."""
    tracks = tuple(track.value for track in Track)
    if isinstance(value, str) and value in tracks:
        return Track(value)
    raise InputError("track", "Välj spår.", "Choose a track.", tracks)


# --- where each entry stands ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, order=True)
class _Place:
    """Section; now - factors - goal - activity - follow-up; what is planned before what was done; part of day."""

    section: int
    heading: str
    order: int
    past: bool
    part_of_day: int


def _placer(track: Track, level: Level) -> Callable[[Told], _Place]:
    def place(entry: Told) -> _Place:
        area = _area(entry)
        section, heading = area.order, area.heading
        target = _target(entry) if track is Track.ACTIVITY else None
        if target is not None:
            section, heading = list(catalogue().targets).index(target.code), _heading(target, level)
        elif track is Track.ACTIVITY and section >= 0:
            section += len(catalogue().targets)  # services and the like stand behind the activities
        order = _MOMENTS[entry.moment] if isinstance(entry, Functioning) else _TYPES[type(entry)]
        part = entry.planning.part_of_day if isinstance(entry, PlannedActivity) else None
        past = isinstance(entry, PlannedActivity) and entry.status in _PAST_STATUSES
        return _Place(section, heading, order, past, list(PartOfDay).index(part) + 1 if part else 0)

    return place


def _heading(target: Target, level: Level) -> str:
    """The official term; at plain and easy without its "Att"."""
    term = target.term.removeprefix("Att ") if level is not Level.JOURNAL else target.term
    return term[:1].upper() + term[1:]


def _target(entry: Told) -> Target | None:
    """The target that an entry belongs to, through the ICF category where it names none."""
    if isinstance(entry, PlannedActivity | Occasions):
        return catalogue().targets[entry.activity.target] if isinstance(entry.activity, Activity) else None
    category = entry.category if isinstance(entry, Functioning | GoalAttainment) else None
    if isinstance(entry, RelatedFactor | PersonalFactor):
        category = entry.affects
    related = catalogue().targets_for_icf(category.code) if category else ()
    return catalogue().targets[related[0]] if related else None


def _area(entry: Told) -> LifeArea:
    if isinstance(entry, PlannedActivity | Occasions):
        return area_of_ksi(entry.activity.code)
    if isinstance(entry, Functioning | GoalAttainment):
        return area_of_icf(entry.category.code)
    if isinstance(entry, BasicInformation):
        return basic_information_area()
    return area_of_icf(entry.affects.code) if entry.affects else related_factors_area()


# --- many occasions as one sum -------------------------------------------------------------------------------------

_OCCASION_STATUSES: Final = frozenset({"40", "45", "50"})


def summed_up(entries: Sequence[Entry]) -> list[Told]:
    """The entries with the dated occasions of one activity in one month put together, where there are at least two."""
    groups: dict[tuple[str, int, int, str], list[PlannedActivity]] = {}
    for entry in entries:
        if isinstance(entry, PlannedActivity) and entry.status in _OCCASION_STATUSES and entry.planning.on:
            day = entry.planning.on
            groups.setdefault((entry.activity.code, day.year, day.month, entry.planning.performer), []).append(entry)
    summed = {id(group[0]): _sum(group) for group in groups.values() if len(group) > 1}
    dropped = {id(entry) for group in groups.values() if len(group) > 1 for entry in group[1:]}
    return [summed.get(id(entry), entry) for entry in entries if id(entry) not in dropped]


def _sum(group: list[PlannedActivity]) -> Occasions:
    first = group[0]
    day = first.planning.on
    if day is None:
        raise ValueError("only dated activities are summed up")
    statuses = [entry.status for entry in group]
    differently = statuses.count("45")
    done = statuses.count("40") + differently
    return Occasions(first.activity, day.replace(day=1), done, differently, len(group), first.planning.performer)


# --- sentences -----------------------------------------------------------------------------------------------------


def _told(entries: list[Told], person: Person, level: Level) -> list[Message]:
    """The messages of one section: the first names the person, the later ones use the pronoun (not at level easy)."""
    told: list[Message] = []
    for group in _joined(entries, _MAX_JOINED[level]):
        mentioned = bool(told) and level is not Level.EASY
        told.append(message(group, person, level, mentioned=mentioned))
    return told


def _joined(entries: list[Told], most: int) -> Iterable[list[Told]]:
    """Neighbours that say the same of different categories, at most `most` together."""
    group: list[Told] = []
    for entry in entries:
        if group and len(group) < most and _alike(group[0], entry):
            group.append(entry)
            continue
        if group:
            yield group
        group = [entry]
    if group:
        yield group


def _alike(first: Told, second: Told) -> bool:
    if not isinstance(first, Functioning) or not isinstance(second, Functioning):
        return False
    same_component = first.category.code[0] == second.category.code[0]
    plain = not first.category.residual and not second.category.residual
    return same_component and plain and _statement(first) == _statement(second)


def _statement(entry: Functioning) -> tuple[object, ...]:
    return entry.grades, entry.moment, entry.source, entry.goal, entry.by

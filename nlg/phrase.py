"""One entry in words: the public door to phrase generation."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from nlg.activities import activity_message, occasions_message
from nlg.basic_information import basic_information_message
from nlg.entries import Entry, Told
from nlg.entries.activity import Occasions, PlannedActivity
from nlg.entries.basic_information import BasicInformation
from nlg.entries.functioning import Functioning
from nlg.entries.goal_attainment import GoalAttainment
from nlg.entries.related_factor import PersonalFactor, RelatedFactor
from nlg.free_text import without_free_text
from nlg.functioning import functioning_message
from nlg.goal_attainment import goal_attainment_message
from nlg.levels import Level, parse_level
from nlg.marks import GENITIVE, NAME, fill
from nlg.messages import Message
from nlg.names import genitive
from nlg.patterns import patterns_version
from nlg.person import Address, Person, Pronoun
from nlg.readability import Readability, readability
from nlg.related_factors import personal_factor_message, related_factor_message
from phrases.bank import bank
from phrases.catalogue import catalogue


@dataclass(frozen=True, slots=True)
class Term:
    """A word that a reader may need explained."""

    term: str
    explanation: str

    def as_dict(self) -> dict[str, str]:
        """The term as the contract names it."""
        return {"term": self.term, "explanation": self.explanation}


@dataclass(frozen=True, slots=True)
class Phrase:
    """A text with all that traces it: phrase id, versions, readability and explained terms."""

    text: str
    level: Level
    phrase_id: str
    readability: Readability
    terms: tuple[Term, ...]

    @property
    def versions(self) -> dict[str, str]:
        """The versions of what the text was made from: the same versions and input give the same bytes."""
        return dict(versions())

    def as_dict(self) -> dict[str, Any]:
        """The phrase in the shape of the contract."""
        return {
            "text": self.text,
            "level": self.level.value,
            "phrase_id": self.phrase_id,
            "versions": self.versions,
            "readability": self.readability.as_dict(),
            "terms": [term.as_dict() for term in self.terms],
        }


@lru_cache(maxsize=1)
def versions() -> dict[str, str]:
    """Catalogue, phrase bank and sentence patterns."""
    return {"catalogue": catalogue().version, "bank": bank().version, "patterns": patterns_version()}


def message(entries: Sequence[Told], person: Person, level: Level, *, mentioned: bool = False) -> Message:
    """The sentences of one entry, or of several statements that differ in their category alone.

    `mentioned` says that the text has named the person already.
    """
    values = {NAME: person.name, GENITIVE: genitive(person.name)}
    key: list[Told] = []
    for entry in entries:
        marked, free_text = without_free_text(entry)
        key.append(marked)
        values |= free_text
    made = _make(tuple(key), person.pronoun, person.address, level, mentioned)
    return Message(fill(made.text, values), made.phrase_id, made.terms)


@lru_cache(maxsize=32768)
def _make(entries: tuple[Told, ...], pronoun: Pronoun, address: Address, level: Level, mentioned: bool) -> Message:
    """The message with marks for all free text; kept, since it holds codes and grammar alone."""
    person = Person(NAME, pronoun, address)
    first = entries[0]
    if isinstance(first, Functioning):
        statements = [entry for entry in entries if isinstance(entry, Functioning)]
        return functioning_message(statements, person, level, mentioned=mentioned)
    return _TELLERS[type(first)](first, person, level, mentioned=mentioned)


_TELLERS: Final[dict[type, Callable[..., Message]]] = {
    PlannedActivity: activity_message,
    GoalAttainment: goal_attainment_message,
    RelatedFactor: related_factor_message,
    PersonalFactor: personal_factor_message,
    Occasions: occasions_message,
    BasicInformation: basic_information_message,
}


def render(entry: Entry, person: Person, level: Level | str) -> Phrase:
    """One entry as a phrase. `level` may be the name of a level; InputError on field `level` for another."""
    level = parse_level(level)
    told = message([entry], person, level)
    return Phrase(told.text, level, told.phrase_id, readability(told.text), explained(told.terms))


def explained(terms: tuple[str, ...]) -> tuple[Term, ...]:
    """The terms with their explanations from the glossary."""
    glossary = bank().glossary
    return tuple(Term(term, glossary[term]) for term in terms)

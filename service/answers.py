"""The answers of both main jobs, in the shapes of the contract: the same for command line and HTTP."""

from collections.abc import Sequence
from typing import Any, Protocol

from nlg.answer_options import answer_options
from nlg.entries import Entry, parse_entry
from nlg.entries.person import DEFAULT_PERSON
from nlg.levels import Level
from nlg.person import Person
from nlg.phrase import render
from nlg.text import Track, compose
from phrases.errors import InputError
from service.codebook import plain


class Suggestions(Protocol):
    """What a reading of a note gives."""

    def as_dict(self) -> dict[str, Any]:
        """The suggestions in the shape of the contract."""


class Suggester(Protocol):
    """What reads notes: `coding_assist.suggester.Suggester`."""

    def suggest(self, text: str, selection: str | None = None, limit: int = ...) -> Suggestions:
        """The activities in a note, best first."""


def load_suggester() -> Suggester:
    """The reader of notes that the project ships, with its model in memory. InputError if the model cannot be used."""
    from coding_assist.suggester import load
    from models.store import StoreError

    try:
        return load(plain)
    except StoreError:
        raise InputError(
            "model",
            "Den tränade modellen saknas eller är skadad. Gör den på nytt med: python -m models.training",
            "The trained model is missing or damaged. Make it anew with: python -m models.training",
        ) from None


def phrase(raw: Any, person: Person, level: Level) -> dict[str, Any]:
    """One raw entry as a phrase. InputError names the field of the entry."""
    return render(parse_entry(raw), person, level).as_dict()


def read_entries(raws: Sequence[Any]) -> tuple[list[Entry], list[InputError]]:
    """All entries, and all faults with the place of their entry in `field` ("entries.3.qualifier")."""
    entries: list[Entry] = []
    faults: list[InputError] = []
    for place, raw in enumerate(raws):
        try:
            entries.append(parse_entry(raw))
        except InputError as fault:
            faults.append(_placed(fault, place))
    return entries, faults


def _placed(fault: InputError, place: int) -> InputError:
    field = f"entries.{place}" if fault.field == "entry" else f"entries.{place}.{fault.field}"
    return InputError(field, fault.message, fault.message_en, fault.allowed)


def options(code: str, level: Level, person: Person = DEFAULT_PERSON) -> dict[str, Any]:
    """The ready answers for a planned activity. InputError on field `code` for a code that has none."""
    return {"options": [option.as_dict() for option in answer_options(code, person, level)]}


def text(raws: Sequence[Any], person: Person, level: Level, track: str = Track.LIFE_AREA) -> dict[str, Any]:
    """Many raw entries as one flowing text. InputError, naming entry and field, at the first fault."""
    entries, faults = read_entries(raws)
    if faults:
        raise faults[0]
    return compose(entries, person, level, track).as_dict()

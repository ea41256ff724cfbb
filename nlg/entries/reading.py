"""Reading single values of an entry: each reader gives a checked value, or an InputError that names the field."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any, Final, TypeVar, cast

from phrases.errors import InputError

E = TypeVar("E", bound=StrEnum)

MAX_NAME: Final = 80
MAX_PERFORMER: Final = 80
MAX_FREE_TEXT: Final = 500

_DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def fault(field: str, swedish: str, english: str, allowed: tuple[str, ...] = ()) -> InputError:
    """An InputError; the messages never hold the value."""
    return InputError(field, swedish, english, allowed)


def choice(field: str, raw: object, kind: type[E]) -> E:
    """A member of an enumeration by its value."""
    members = kind._value2member_map_
    if isinstance(raw, str) and raw in members:
        return cast(E, members[raw])
    raise fault(field, "Välj ett av de värden som finns.", "Choose one of the values that exist.", tuple(members))


def text(field: str, raw: object, limit: int) -> str:
    """Free text of at most `limit` characters, spaces made single; printable characters alone."""
    if not isinstance(raw, str):
        raise fault(field, "Fältet ska vara text.", "The field must be text.")
    if len(raw) > limit:
        raise fault(field, f"Texten får ha högst {limit} tecken.", f"The text may have at most {limit} characters.")
    cleaned = " ".join(raw.split())
    if not cleaned:
        raise fault(
            field, "Texten är tom. Skriv något eller ta bort fältet.", "The text is empty. Write it or leave it out."
        )
    if not cleaned.isprintable():
        raise fault(
            field, "Texten har tecken som inte kan skrivas ut.", "The text has characters that cannot be printed."
        )
    return cleaned


def code(system: str, raw: object, example: str, *, field: str) -> str:
    """A code as text, unread; `system` and `example` name its kind for the message ("ICF", "d6402")."""
    if isinstance(raw, str):
        return raw
    raise fault(
        field,
        f"{system}-koden ska vara text, till exempel {example}.",
        f"The {system} code must be text, such as {example}.",
    )


def whole_number(field: str, raw: object, low: int, high: int) -> int:
    """A whole number from `low` to `high`."""
    if isinstance(raw, int) and not isinstance(raw, bool) and low <= raw <= high:
        return raw
    raise fault(field, "Ange ett heltal.", "Give a whole number.", (f"{low}-{high}",))


def calendar_date(field: str, raw: object) -> date:
    """A date as YYYY-MM-DD."""
    try:
        if isinstance(raw, str) and _DATE.fullmatch(raw):
            return date.fromisoformat(raw)
    except ValueError:
        pass
    raise fault(field, "Ange datum som ÅÅÅÅ-MM-DD.", "Give the date as YYYY-MM-DD.", ("YYYY-MM-DD",))


def mapping(field: str, raw: object) -> Mapping[str, Any]:
    """A JSON object."""
    if isinstance(raw, Mapping):
        return raw
    raise fault(field, "Fältet ska vara ett JSON-objekt.", "The field must be a JSON object.")


def only_known(field: str, raw: Mapping[str, Any], known: frozenset[str]) -> None:
    """Nothing, if all fields of an object are known."""
    if not raw.keys() <= known:
        allowed = tuple(sorted(known))
        raise fault(
            field,
            "Här finns ett fält som inte är känt.",
            "There is a field here that is not known.",
            allowed,
        )


def required(raw: Mapping[str, Any], field: str) -> object:
    """The value of a field that must be there."""
    if field in raw:
        return raw[field]
    raise fault(field, "Fältet saknas.", "The field is missing.")

"""What in a note should not stand there: personal numbers and telephone numbers, pointed out by offsets, never
repeated.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

# Ten or twelve digits, the day up to 91 because a samordningsnummer adds 60 (SKR Basinformation, Person-ID).
_PERSONAL: Final = re.compile(
    r"(?<!\d)(?:19|20)?\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]|6[1-9]|[78]\d|9[01])\s?[-+]?\s?\d{4}(?!\d)"
)
_PHONE: Final = re.compile(
    r"(?<![\d+])(?:\+46\s?(?:\(0\))?\s?|0)[1-9]\d{0,2}[\s/-]{0,3}\d{2,3}(?:[\s-]?\d{2,3}){1,2}(?!\d)"
)


@dataclass(frozen=True, slots=True)
class Warning:
    """Something to look at before the note is kept; `start` and `end` are offsets in the text where it has a place."""

    code: str
    message: str
    start: int | None = None
    end: int | None = None

    def as_dict(self) -> dict[str, object]:
        place = {} if self.start is None else {"start": self.start, "end": self.end}
        return {"code": self.code, "message": self.message, **place}


def warnings(text: str) -> list[Warning]:
    """The warnings for a note, in order of place. They hold offsets, never the numbers themselves."""
    return sorted(_found(text), key=lambda warning: (warning.start or 0, warning.code))


def _found(text: str) -> Iterator[Warning]:
    taken: list[tuple[int, int]] = []
    for match in _PERSONAL.finditer(text):
        taken.append(match.span())
        yield Warning("personal_number", "Texten ser ut att innehålla ett personnummer.", *match.span())
    for match in _PHONE.finditer(text):
        if all(match.end() <= start or end <= match.start() for start, end in taken):
            yield Warning("phone_number", "Texten ser ut att innehålla ett telefonnummer.", *match.span())

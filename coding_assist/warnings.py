"""What in a note should not stand there: personal numbers, telephone numbers and street addresses, pointed out by
offsets, never repeated.

Numbers are common in care notes (times, doses, weights, rooms, dates), so each kind is recognised by its structure and
not by its look alone: a personal number by date and check digit, a telephone number by area code and length, an address
by the ending of the street name. Every search is one pass with bounded steps: time grows with the length of the text.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from models.normalise import wordset


@dataclass(frozen=True, slots=True)
class Warning:
    """Something to look at before the note is kept: what kind it is, what to do, and where it stands in the text."""

    code: str
    message: str
    start: int
    end: int

    def as_dict(self) -> dict[str, object]:
        return {"code": self.code, "message": self.message, "start": self.start, "end": self.end}


MESSAGES: Final = {
    "personal_number": "Texten ser ut att innehålla ett personnummer. Ta bort det ur anteckningen.",
    "phone_number": (
        "Texten ser ut att innehålla ett telefonnummer. Ta bort det, och skriv det bland kontaktuppgifterna i stället."
    ),
    "street_address": (
        "Texten ser ut att innehålla en gatuadress. Ta bort den, och skriv den bland kontaktuppgifterna i stället."
    ),
}
"""What to do about each kind of warning; the first kind that claims a stretch of text keeps it."""


def warnings(text: str) -> list[Warning]:
    """The warnings for a note, in order of place. They hold offsets, never what stands there."""
    found: list[Warning] = []
    for code, spans in (
        ("personal_number", _personal_numbers(text)),
        ("phone_number", _phone_numbers(text)),
        ("street_address", _street_addresses(text)),
    ):
        taken = {place for warning in found for place in range(warning.start, warning.end)}
        found += (Warning(code, MESSAGES[code], *span) for span in spans if taken.isdisjoint(range(*span)))
    return sorted(found, key=lambda warning: warning.start)


# --- personal numbers ----------------------------------------------------------------------------------------------

_PERSONAL: Final = re.compile(
    r"(?<![0-9])(?P<century>19|20)?(?P<year>[0-9]{2})(?P<month>[0-9]{2})(?P<day>[0-9]{2})"
    r" ?(?P<sign>[-+–]?) ?(?P<last>[0-9]{4})(?![0-9])"
)
_COORDINATION: Final = 60
"""What a samordningsnummer adds to the day (SKR Basinformation, Person-ID)."""

_STAMP_YEARS: Final = range(20, 40)
"""Years in which notes are written: with one of them 261122-1430 is a time."""


def _personal_numbers(text: str) -> Iterator[tuple[int, int]]:
    for match in _PERSONAL.finditer(text):
        digits = match["year"] + match["month"] + match["day"] + match["last"]
        # With a hyphen a wrong check digit is a slip of the pen, and the number points at somebody all the same.
        if _is_date(match) and (_checks(digits) or (match["sign"] and not _is_stamp(match))):
            yield match.span()


def _is_date(match: re.Match[str]) -> bool:
    century = int(match["century"] or 20)
    month, day = int(match["month"]), int(match["day"])
    if not 1 <= month <= 12:
        return False
    return 1 <= day - _COORDINATION * (day > _COORDINATION) <= monthrange(100 * century + int(match["year"]), month)[1]


def _is_stamp(match: re.Match[str]) -> bool:
    """Whether what looks like a personal number may be a day and a clock time of a note."""
    hour, minute = divmod(int(match["last"]), 100)
    return match["century"] != "19" and int(match["year"]) in _STAMP_YEARS and hour < 24 and minute < 60


def _checks(digits: str) -> bool:
    """Whether the last of ten digits is the check digit of the others (Luhn's algorithm, SS 614331)."""
    doubled = (int(digit) * (2 - place % 2) for place, digit in enumerate(digits))
    return sum(number // 10 + number % 10 for number in doubled) % 10 == 0


# --- telephone numbers ---------------------------------------------------------------------------------------------

_GROUP: Final = re.compile(r"\+?[0-9]+")
_GAP: Final = re.compile(r"[ \u00a0]?[()/–-]?[() \u00a0-]?")
_MOST_GROUPS: Final = 7
_AREA: Final = re.compile(
    # National Swedish numbering plan (PTS): mobile 07x, Stockholm 08, the cities' three figures, else four.
    r"07[02369]|08|0(?:1[013689]|2[0136]|3[1356]|4[0246]|54|6[03]|77|90)|0[1-69][0-9]{2}"
)
_ABROAD: Final = re.compile(r"\+[1-9][0-9]*|00[1-9][0-9]+")


def _phone_numbers(text: str) -> Iterator[tuple[int, int]]:
    run: list[re.Match[str]] = []
    for group in _GROUP.finditer(text):
        if run and _GAP.fullmatch(text, run[-1].end(), group.start()) is None:
            yield from _phones_in(run)
            run = []
        run.append(group)
    yield from _phones_in(run)


def _phones_in(run: Sequence[re.Match[str]]) -> Iterator[tuple[int, int]]:
    """The telephone numbers in groups of digits that stand together: the longest that begins at each group."""
    first = 0
    while first < len(run):
        stops = range(min(len(run), first + _MOST_GROUPS), first, -1)
        stop = next((stop for stop in stops if _is_phone([group[0] for group in run[first:stop]])), 0)
        if stop:
            yield run[first].start(), run[stop - 1].end()
        first = stop or first + 1


def _is_phone(groups: Sequence[str]) -> bool:
    """Whether groups of digits are one telephone number: +46 and 00 with 8 to 15 digits (E.164), or a Swedish area
    code with 8 to 10 in all. Clock times (0730-1530, 08 12 17 22) and dates (08-12-2026) are none.
    """
    first, *rest = groups
    length = sum(len(group) for group in groups) - first.startswith("+")
    if any("+" in group for group in rest):
        return False
    if _ABROAD.fullmatch(first):
        local = rest[1:] if rest[:1] == ["0"] else rest
        return 9 <= length <= 15 and all(len(group) > 1 for group in local)
    if not rest:
        return 9 <= length <= 10 and _AREA.match(first) is not None
    if not _AREA.fullmatch(first) or not (9 <= length <= 10 or (first == "08" and length == 8)):
        return False
    if all(len(group) == 2 and int(group) <= 24 for group in rest):
        return False
    *inner, last = map(len, rest)
    whole = {2, 3, 4} if length == 10 else {2, 3}
    return not inner or (last in whole and all(size in (2, 3) for size in inner))


# --- street addresses ----------------------------------------------------------------------------------------------

_STREET: Final = re.compile(
    r"(?:gatan|gata|vägen|väg|stigen|stig|gränden|gränd|torget|torg|allén|allé|backen|backe|esplanaden)"
    r"[ \u00a0]{1,2}(?:nr\.?[ \u00a0]|nummer[ \u00a0])?"
    r"[0-9]{1,3}(?:[ \u00a0]?[A-H]|[a-h])?(?![\w%]|[.,:/][0-9])"
    # what is counted after the number is no house
    r"(?![ \u00a0]{1,2}(?:m|km|meter|min|minut|minuter|tim|timme|timmar|h|g|ggr|gång|gånger|x|st|steg|varv|dag|dagar|"
    r"vecka|veckor|person|personer|kr|kronor|procent)\b)",
    re.IGNORECASE,
)
_LONGEST_NAME: Final = 40
_LEAST_STEM: Final = 2
_WAYS: Final = wordset(
    "gång cykel promenad motor lands skogs grus luft urin mot om ut in till upp ner bil buss vandrings sido halv"
)
"""What makes a word for a kind of way, and no name of a street, in lower case."""


def _street_addresses(text: str) -> Iterator[tuple[int, int]]:
    for match in _STREET.finditer(text):
        start = _name_start(text, match.start())
        if _is_name(text[start : match.start()]):
            yield start, match.end()


def _name_start(text: str, end: int) -> int:
    """Where the name begins whose ending stands at `end`: "Stor|gatan", or a genitive before it, "Karins |väg"."""
    start = end
    genitive = end > 1 and text[end - 1] == " " and text[end - 2] == "s"
    start -= genitive
    while start > max(0, end - _LONGEST_NAME) and (text[start - 1].isalpha() or text[start - 1] == "-"):
        start -= 1
    return start


def _is_name(stem: str) -> bool:
    if stem.endswith(" "):
        return stem[0].isupper() and len(stem) > _LEAST_STEM + 1
    return len(stem) >= _LEAST_STEM and (stem[0].isupper() or stem not in _WAYS)

"""Dates, frequencies and times of the day in words."""

from __future__ import annotations

from datetime import date
from typing import Final

from nlg.entries.activity import Frequency, PartOfDay, Period, Planning, Weekday, WeekParity
from nlg.lists import enumerate_items

_MONTHS: Final = (
    "januari",
    "februari",
    "mars",
    "april",
    "maj",
    "juni",
    "juli",
    "augusti",
    "september",
    "oktober",
    "november",
    "december",
)

_NUMBERS: Final = ("noll", "en", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv")

_PER: Final[dict[Period, str]] = {
    Period.DAY: "om dagen",
    Period.WEEK: "i veckan",
    Period.MONTH: "i månaden",
    Period.YEAR: "om året",
}
_DAYS: Final[dict[Weekday, str]] = {
    Weekday.MON: "måndagar",
    Weekday.TUE: "tisdagar",
    Weekday.WED: "onsdagar",
    Weekday.THU: "torsdagar",
    Weekday.FRI: "fredagar",
    Weekday.SAT: "lördagar",
    Weekday.SUN: "söndagar",
}
_WEEKS: Final[dict[WeekParity, str]] = {WeekParity.ODD: "udda veckor", WeekParity.EVEN: "jämna veckor"}
_PARTS: Final[dict[PartOfDay, str]] = {
    PartOfDay.MORNING: "på morgonen",
    PartOfDay.FORENOON: "på förmiddagen",
    PartOfDay.LUNCH: "vid lunch",
    PartOfDay.AFTERNOON: "på eftermiddagen",
    PartOfDay.EVENING: "på kvällen",
    PartOfDay.NIGHT: "på natten",
}


def long_date(day: date) -> str:
    """den 1 september 2026"""
    return f"den {day.day} {_MONTHS[day.month - 1]} {day.year}"


def month(day: date) -> str:
    """mars 2026"""
    return f"{_MONTHS[day.month - 1]} {day.year}"


def number(value: int) -> str:
    """Whole numbers up to twelve in letters, the rest in figures (Svenska skrivregler)."""
    return _NUMBERS[value] if 0 <= value < len(_NUMBERS) else str(value)


def frequency(value: Frequency) -> str:
    """en gång i veckan, två gånger om dagen"""
    noun = "gång" if value.times == 1 else "gånger"
    return f"{number(value.times)} {noun} {_PER[value.per]}"


def weekdays(days: tuple[Weekday, ...]) -> str:
    """på måndagar och torsdagar; every day of the week is "varje dag"."""
    if len(days) == len(Weekday):
        return "varje dag"
    return "på " + enumerate_items([_DAYS[day] for day in days])


def when(planning: Planning) -> str:
    """When: "den 3 mars 2026", "en gång i veckan, på måndagar i udda veckor, på morgonen"; empty if nothing is said."""
    days = weekdays(planning.weekdays) if planning.weekdays else ""
    if planning.weeks is not None:
        days = f"{days} i {_WEEKS[planning.weeks]}" if days else f"i {_WEEKS[planning.weeks]}"
    parts = (
        long_date(planning.on) if planning.on else "",
        frequency(planning.frequency) if planning.frequency else "",
        days,
        _PARTS[planning.part_of_day] if planning.part_of_day else "",
    )
    return ", ".join(part for part in parts if part)


def minutes(value: int, *, repeated: bool) -> str:
    """30 minuter; "varje gång" is added where the activity recurs."""
    noun = "minut" if value == 1 else "minuter"
    return f"{value} {noun} varje gång" if repeated else f"{value} {noun}"

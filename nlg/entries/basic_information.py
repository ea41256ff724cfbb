"""Basic information (Basinformation i socialtjänsten, SKR): 17 items with their values."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Final

from nlg.entries.reading import calendar_date, fault, only_known, required, whole_number
from phrases.catalogue import catalogue
from phrases.resources import read_yaml

MAX_AGE: Final = 125
MAX_VALUES: Final = 20


@dataclass(frozen=True, slots=True)
class PersonId:
    """A personal identity number as it is written; `coordination` says that it is a samordningsnummer (day + 60)."""

    text: str
    coordination: bool


Value = str | int | date | PersonId


@dataclass(frozen=True, slots=True)
class BasicInformation:
    """One item with its value or values; `on` dates the referral (aktualiseringstyp)."""

    item: str
    values: tuple[Value, ...]
    on: date | None = None


@lru_cache(maxsize=1)
def items() -> Mapping[str, Any]:
    """The items by their name, from `phrases/data/basic_information.yaml`."""
    table: Mapping[str, Any] = read_yaml("basic_information.yaml")
    return table


_FIELDS: Final = frozenset({"type", "item", "value", "date"})


def read_basic_information(raw: Mapping[str, Any]) -> BasicInformation:
    """An item from its JSON object. InputError names the field; a value outside the list is an error."""
    only_known("entry", raw, _FIELDS)
    item = _item(required(raw, "item"))
    row = items()[item]
    value = required(raw, "value")
    values = value if isinstance(value, list) else [value]
    if not values or len(values) > (MAX_VALUES if row.get("many") else 1):
        raise fault("value", "Uppgiften tar ett värde.", "The item takes one value.")
    if "date" in raw and "on_date" not in row["journal"]:
        raise fault("date", "Datum hör till aktualiseringstyp här.", "The date belongs to aktualiseringstyp here.")
    read = {"choice": _choice_of, "date": _date, "age": _age, "person_id": _person_id, "service": _service}[row["kind"]]
    return BasicInformation(
        item,
        tuple(dict.fromkeys(read(row, single) for single in values)),
        calendar_date("date", raw["date"]) if "date" in raw else None,
    )


def _item(raw: object) -> str:
    name = re.sub(r"[_\s]+", " ", raw).strip().casefold() if isinstance(raw, str) else ""
    if name in items():
        return name
    raise fault("item", "Uppgiften finns inte i basinformationen.", "There is no such item.", tuple(items()))


def _choice_of(row: Mapping[str, Any], raw: object) -> Value:
    if isinstance(raw, str) and raw in row["values"]:
        return raw
    raise fault("value", "Värdet finns inte i värdemängden.", "The value is not in the list.", tuple(row["values"]))


def _date(row: Mapping[str, Any], raw: object) -> Value:
    return calendar_date("value", raw)


def _age(row: Mapping[str, Any], raw: object) -> Value:
    return whole_number("value", raw, 0, MAX_AGE)


def _service(row: Mapping[str, Any], raw: object) -> Value:
    code = catalogue().ksi(raw if isinstance(raw, str) else "", field="value").code
    if code in catalogue().statistical:
        return code
    raise fault("value", "Insats anges med en kod som börjar på YA.", "A service takes a code that begins with YA.")


_NUMBER: Final = re.compile(r"(?:\d{2})?(\d{2})(\d{2})(\d{2})[-+]?(\d{4})", re.ASCII)
_RESERVE: Final = re.compile(r"(?=.*[A-ZÅÄÖ])[A-ZÅÄÖ0-9-]{6,20}")
_COORDINATION: Final = 60


def _person_id(row: Mapping[str, Any], raw: object) -> Value:
    """A personal identity number with right check digit, or a reserve number (letters and digits, local make)."""
    text = raw.strip() if isinstance(raw, str) else ""
    number = _NUMBER.fullmatch(text)
    if number is not None:
        year, month, day, _ = (int(part) for part in number.groups())
        coordination = day > _COORDINATION
        if _is_date(year, month, day - _COORDINATION * coordination) and _luhn("".join(number.groups())):
            return PersonId(text, coordination)
    elif _RESERVE.fullmatch(text):
        return PersonId(text, False)
    raise fault(
        "value",
        "Numret är inte ett person- eller samordningsnummer. Kontrollera siffrorna.",
        "The number is no personal identity or coordination number. Check its digits.",
        ("ÅÅÅÅMMDD-NNNN",),
    )


def _is_date(year: int, month: int, day: int) -> bool:
    """True for a day that exists in this century or the last: the two-digit year does not say which."""
    for century in (1900, 2000):
        try:
            date(century + year, month, day)
        except ValueError:
            continue
        return True
    return False


def _luhn(digits: str) -> bool:
    doubled = (int(digit) * (2 - place % 2) for place, digit in enumerate(digits))
    return sum(value // 10 + value % 10 for value in doubled) % 10 == 0

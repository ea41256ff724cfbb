"""The sheet in which people decide what each name of a service means: written for them, and read back from them."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from coding_assist.service_names import Mapped
from phrases.catalogue import catalogue
from phrases.errors import InputError
from phrases.tables import Table, no_table
from service.codebook import plain
from service.service_list import Listed, column_letter, read_tables

__all__ = ["Decisions", "Reviewed", "read_review", "write_review"]

PROPOSALS: Final = 3
_SHEET: Final = "Granska"
_EXPLAINED: Final = "Så gör du"
_ROW, _NAME, _DECISION, _REMARK = "Rad", "Namn", "Beslut", "Anmärkning"
_CODES: Final = tuple(f"Kod {number}" for number in range(1, PROPOSALS + 1))
_OF_EACH: Final = ("Titel", "Klarspråk", "Säkerhet", "Träffade på")
_COLUMNS: Final = (
    _ROW,
    _NAME,
    _DECISION,
    *_CODES,
    *(f"{what} {number}" for number in range(1, PROPOSALS + 1) for what in _OF_EACH),
    "Bortsett från",
    _REMARK,
)
_WIDTHS: Final[Mapping[str, int]] = {
    _ROW: 6, _NAME: 34, _DECISION: 18, "Kod": 13, "Titel": 40, "Klarspråk": 44, "Säkerhet": 10, "Träffade på": 22,
    "Bortsett från": 20, _REMARK: 34,
}  # fmt: skip
_NO_CODE: Final = frozenset({"-", "–", "ingen", "inget", "inget passar"})
"""Decisions that say that no code fits."""
_FORMULA: Final = ("=", "+", "-", "@")
"""What a spreadsheet takes for the beginning of a formula."""
_SEPARATED: Final = re.compile(r"[,;\n]")
_EXPLANATION: Final = (
    "Varje rad är ett namn ur er lista, med upp till tre förslag på KSI-kod. Förslagen är gissningar: ni bestämmer.",
    "Skriv ert beslut i kolumnen Beslut. Lämna den tom om ni inte har bestämt er.",
    "Beslutet är en kod (till exempel SMB.SZ.ZZ eller YAA.35), eller 1, 2 eller 3 för ett av förslagen.",
    "Flera koder skiljs åt med komma. Skriv - (ett streck) om ingen kod passar.",
    "Säkerhet: hög när sökningen och modellen är överens, medel när den ena är säker, låg annars.",
    "SZ betyder att det inte är sagt hur stödet ges. Välj hellre RB, RA eller någon annan agerandetyp om ni vet.",
    "Bortsett från: hur ofta och när. Det säger ingen kod.",
    "Ändra inte kolumnerna Rad och Namn. Rader får sorteras och tas bort.",
    "Läs tillbaka bladet med: ordbro map --read FIL. Besluten kontrolleras, och de som är riktiga blir lokala namn.",
)


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What a review sheet decides: names with codes, how many rows are undecided, how many names no code fits, and what
    is wrong, with row and column.
    """

    names: Mapping[str, tuple[str, ...]]
    undecided: int
    without_code: int
    faults: tuple[str, ...]


Decisions = Mapping[str, tuple[str, ...]]


def write_review(path: Path, rows: Iterable[tuple[Listed, Mapped | None]]) -> None:
    """Write the review sheet of a list; a row without proposals is kept and told. InputError if that cannot be done."""
    import openpyxl
    from openpyxl.styles import Alignment, Font
    from openpyxl.worksheet.datavalidation import DataValidation

    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = _SHEET
    _write_row(sheet, 1, _COLUMNS)
    last = 1
    for last, (listed, mapped) in enumerate(rows, 2):
        _write_row(sheet, last, _cells(listed, mapped))
    for place, heading in enumerate(_COLUMNS):
        column = sheet.column_dimensions[column_letter(place)]
        column.width = _WIDTHS.get(heading, _WIDTHS.get(heading.rsplit(" ", 1)[0], 12))
        sheet.cell(1, place + 1).font = Font(bold=True)
        for number in range(2, last + 1):
            sheet.cell(number, place + 1).alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "D2"
    sheet.auto_filter.ref = f"A1:{column_letter(len(_COLUMNS) - 1)}{max(last, 2)}"
    # A drop-down of the row's own proposals; anything else may be written too, and is checked when the sheet is read.
    choices = DataValidation(type="list", formula1="=$D2:$F2", allow_blank=True, showErrorMessage=False)
    choices.add(f"C2:C{max(last, 2)}")
    sheet.add_data_validation(choices)
    explained = book.create_sheet(_EXPLAINED)
    explained.column_dimensions["A"].width = 110
    for number, line in enumerate((_EXPLAINED, *_EXPLANATION), 1):
        _write_row(explained, number, (line,))
    explained.cell(1, 1).font = Font(bold=True)
    try:
        book.save(path)
    except OSError:
        raise no_table(
            "Granskningsbladet går inte att skriva där. Stäng det om det är öppet, eller välj en annan plats: --out.",
            "The sheet cannot be written there. Close it if it is open, or choose another place: --out.",
        ) from None


def read_review(path: Path) -> Reviewed:
    """What a reviewed sheet decides; every decision is checked against the catalogue, and good rows are kept.

    InputError (field "file") when it is no review sheet.
    """
    table, places = _found(path)
    names: dict[str, tuple[str, ...]] = {}
    decided: set[str] = set()
    faults: list[str] = []
    undecided = without_code = 0
    for number, row in enumerate(table.rows[1:], 2):
        cells = {heading: row[place].strip() if place < len(row) else "" for heading, place in places.items()}
        decision, name = cells[_DECISION], cells[_NAME]
        if not decision:
            undecided += bool(name)
            continue
        at = f"rad {number}, kolumn {column_letter(places[_DECISION])}"
        if not name:
            faults.append(f"{at}: beslutet har inget namn.")
        elif decision.casefold() in _NO_CODE:
            without_code += 1
        elif name.casefold() in decided:
            faults.append(f"{at}: namnet har redan ett beslut längre upp.")
        else:
            try:
                names[name] = _decided(decision, [cells.get(heading, "") for heading in _CODES])
                decided.add(name.casefold())
            except InputError as fault:
                faults.append(f"{at}: {fault.text}")
    return Reviewed(names, undecided, without_code, tuple(faults))


def _cells(listed: Listed, mapped: Mapped | None) -> list[object]:
    matches = mapped.matches if mapped else ()
    known = catalogue()
    told: list[object] = []
    for place in range(PROPOSALS):
        if place < len(matches):
            match = matches[place]
            title = known.ksi(match.code).title
            told += [title, plain(match.code), match.certainty.value, match.matched]
        else:
            told += [""] * len(_OF_EACH)
    codes = [matches[place].code if place < len(matches) else "" for place in range(PROPOSALS)]
    remark = listed.fault or ("" if matches else "Inget förslag. Sök med: ordbro codes search")
    return [listed.row, listed.name, "", *codes, *told, ", ".join(mapped.set_aside) if mapped else "", remark]


def _write_row(sheet: Any, number: int, values: Sequence[object]) -> None:
    for place, value in enumerate(values, 1):
        if value == "":
            continue
        cell = sheet.cell(number, place, value)
        if isinstance(value, str) and value.startswith(_FORMULA):
            cell.data_type = "s"  # text, whatever it looks like
            cell.quotePrefix = True


def _found(path: Path) -> tuple[Table, dict[str, int]]:
    for table in read_tables(path):
        headings = [cell.strip() for cell in table.rows[0]] if table.rows else []
        if {_NAME, _DECISION} <= set(headings):
            wanted = (_NAME, _DECISION, *_CODES)
            return table, {heading: headings.index(heading) for heading in wanted if heading in headings}
    raise no_table(
        "Det är inget granskningsblad: kolumnerna Namn och Beslut saknas.",
        "This is no review sheet: the columns Namn and Beslut are missing.",
    )


def _decided(decision: str, proposed: Sequence[str]) -> tuple[str, ...]:
    """The codes that a decision stands for, in canonical writing. InputError for anything else."""
    codes: list[str] = []
    for part in filter(None, map(str.strip, _SEPARATED.split(decision))):
        if part in ("1", "2", "3"):
            code = proposed[int(part) - 1]
            if not code:
                raise InputError(_DECISION, f"Det finns inget förslag {part}.", f"There is no proposal {part}.")
            part = code
        codes.append(catalogue().ksi(part, field=_DECISION).code)
    if not codes:
        raise InputError(_DECISION, "Beslutet har ingen kod.", "The decision has no code.")
    return tuple(dict.fromkeys(codes))

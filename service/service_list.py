"""A municipality's own list of services, as it comes: Excel or csv, a column with names, rows that hold none."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from coding_assist.service_names import MAX_NAME
from phrases.errors import InputError
from phrases.tables import ERRORS, EXCEL, Table, decoded, no_table, read_sheets, read_text, split_text
from service import limits

__all__ = ["Listed", "column_letter", "read_list", "read_tables"]

_HEADINGS: Final = (
    "insatsnamn", "insats", "insatser", "tjänstenamn", "tjänst", "tjänster", "benämning", "namn", "namn på insats",
    "lokalt namn", "aktivitet", "service",
)  # fmt: skip
"""What the column of names is called, the surest first."""
_HEADING_ROWS: Final = 10
_SEPARATORS: Final = (";", "\t", ",")
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f]+")


@dataclass(frozen=True, slots=True)
class Listed:
    """A row of the list: its number in the file, the name as given, and what is wrong with it ("" for nothing)."""

    row: int
    name: str
    fault: str = ""


def read_list(path: Path, column: str | None = None, sheet: str | None = None) -> list[Listed]:
    """The names of a list. `column` names the column by heading, letter ("B") or number ("2"), where that is unclear;
    `sheet` the sheet of a workbook. Empty rows are passed over; rows without a usable name stay, with what is wrong.

    InputError on field "file", "column" or "sheet".
    """
    table = _chosen(read_tables(path), sheet)
    start, place = _column(table, column)
    return list(_listed(table.rows[start:], start, place))


def read_tables(path: Path) -> list[Table]:
    """The tables of a file within the limits of size and rows. InputError on field "file"."""
    most = limits.LIST_ROWS + _HEADING_ROWS
    try:
        large = path.stat().st_size > limits.LIST_BYTES
    except OSError:
        raise no_table("Filen går inte att öppna.", "The file cannot be opened.") from None
    if large:
        size = limits.LIST_BYTES
        raise no_table(f"Filen får vara högst {size} byte.", f"The file may be at most {size} bytes.")
    if path.suffix.lower() in EXCEL:
        tables = read_sheets(path, values=True, most=most + 1)
    elif path.suffix.lower() == ".xls":
        raise no_table("Spara filen som xlsx eller csv.", "Save the file as xlsx or csv.")
    else:
        text = decoded(read_text(path), or_windows=True)
        tables = [split_text(path, text, _separator(text), most + 1)]
    if any(len(table.rows) > most for table in tables):
        rows = limits.LIST_ROWS
        raise no_table(f"Högst {rows} rader. Dela upp listan.", f"At most {rows} rows. Split the list.")
    return tables


def column_letter(place: int) -> str:
    """The letter of a column, counted from 0: 0 is A, 26 is AA."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _separator(text: str) -> str:
    lines = [line for line in text.splitlines()[:_HEADING_ROWS] if line.strip()]
    return max(_SEPARATORS, key=lambda separator: sum(separator in line for line in lines))


def _chosen(tables: Sequence[Table], sheet: str | None) -> Table:
    filled = [table for table in tables if any(cell.strip() for row in table.rows for cell in row)]
    if sheet is not None:
        named = next((table for table in tables if table.sheet.casefold() == sheet.strip().casefold()), None)
        if named is None:
            raise InputError(
                "sheet", "Bladet finns inte.", "There is no such sheet.", [table.sheet for table in tables]
            )
        return named
    if not filled:
        raise no_table("Filen är tom.", "The file is empty.")
    with_names = [table for table in filled if _known_headings(table)]
    return (with_names or filled)[0]


def _known_headings(table: Table) -> tuple[int, int] | None:
    """Row and place of the surest heading among the first rows."""
    found = [
        (_HEADINGS.index(heading), number, place)
        for number, row in enumerate(table.rows[:_HEADING_ROWS])
        for place, cell in enumerate(row)
        if (heading := _tidy(cell).casefold()) in _HEADINGS
    ]
    return min(found)[1:] if found else None


def _column(table: Table, asked: str | None) -> tuple[int, int]:
    """The row after the headings, and the place of the column with names."""
    first = next((number for number, row in enumerate(table.rows) if any(map(_tidy, row))), 0)
    known = _known_headings(table)
    if asked is not None:
        return _asked(table, asked, first if known is None else known[0])
    if known is not None:
        return known[0] + 1, known[1]
    lettered = sorted({place for row in table.rows for place, cell in enumerate(row) if _has_letters(cell)})
    if len(lettered) == 1:
        return first, lettered[0]  # a mere list of names
    headings = [_tidy(cell) or column_letter(place) for place, cell in enumerate(table.rows[first])]
    raise InputError(
        "column",
        "Vilken kolumn har namnen? Ange --column med rubrik eller bokstav.",
        "Which column holds the names? Give --column with heading or letter.",
        headings[:20],
    )


def _asked(table: Table, asked: str, headings: int) -> tuple[int, int]:
    """The column that was asked for: by its heading, then by letter or number."""
    wanted = asked.strip().casefold()
    for number, row in enumerate(table.rows[:_HEADING_ROWS]):
        for place, cell in enumerate(row):
            if _tidy(cell).casefold() == wanted and wanted:
                return number + 1, place
    width = max((len(row) for row in table.rows), default=0)
    for place in range(width):
        if wanted in (column_letter(place).casefold(), str(place + 1)):
            has_headings = _known_headings(table) is not None
            return headings + has_headings, place
    allowed = [_tidy(cell) or column_letter(place) for place, cell in enumerate(table.rows[headings])]
    raise InputError("column", "Kolumnen finns inte.", "There is no such column.", allowed[:20])


def _listed(rows: Sequence[Sequence[str]], start: int, place: int) -> Iterator[Listed]:
    seen: dict[str, int] = {}
    for number, row in enumerate(rows, start + 1):
        if not any(map(_tidy, row)):
            continue
        raw = row[place] if place < len(row) else ""
        name = _tidy(raw)
        fault = _fault(raw, name, seen.get(name.casefold()))
        if not fault:
            seen[name.casefold()] = number
        yield Listed(number, name[:MAX_NAME], fault)


def _fault(raw: str, name: str, earlier: int | None) -> str:
    if not name:
        return "Raden har inget namn."
    if name.startswith(ERRORS):
        return "Cellen har ett fel i stället för ett namn."
    if not _has_letters(name):
        return "Namnet har inga bokstäver."
    if len(name) > MAX_NAME:
        return f"Namnet är för långt: högst {MAX_NAME} tecken."
    return f"Samma namn som på rad {earlier}." if earlier else ""


def _tidy(cell: str) -> str:
    return " ".join(_CONTROL.sub(" ", cell).split())


def _has_letters(text: str) -> bool:
    return any(letter.isalpha() for letter in text)

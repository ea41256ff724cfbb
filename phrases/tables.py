"""Tables in the files that people send: the sheets of an Excel workbook, and text with a separator, as rows of text."""

import csv
import io
import warnings
import zlib
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, Final
from zipfile import BadZipFile, ZipFile

from phrases.errors import InputError

__all__ = ["ERRORS", "EXCEL", "Table", "decoded", "is_broken", "no_table", "read_sheets", "read_text", "split_text"]

EXCEL: Final = (".xlsx", ".xlsm")
ERRORS: Final = ("#REF!", "#NAME?", "#N/A", "#VALUE!", "#DIV/0!", "#NUM!", "#NULL!")
"""What Excel shows where a formula went wrong."""
# What openpyxl lets through when a part of a workbook is damaged; errors in XML are syntax errors.
_DAMAGED: Final = (OSError, BadZipFile, zlib.error, SyntaxError, LookupError, ValueError, TypeError, AttributeError)
MAX_UNPACKED: Final = 200_000_000
"""An Excel file is packed: what it may be unpacked, in bytes."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a file: its sheet ("" for a text file) and its rows from the first line on."""

    file: str
    sheet: str
    rows: Sequence[tuple[str, ...]]

    def place(self, number: int) -> str:
        """A row, counted from 1, as people look for it."""
        return f"{self.sheet} rad {number}" if self.sheet else f"rad {number}"


def read_sheets(path: Path, *, values: bool = False, most: int | None = None) -> list[Table]:
    """The sheets of an Excel workbook, at most `most` rows of each. `values`: what formulas gave instead of themselves.

    InputError (field "file") for anything else.
    """
    import openpyxl  # heavy, and needed for this only

    try:
        # openpyxl leaves a file open that it cannot read, so it is given one that is open.
        with path.open("rb") as file, warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # headers, footers and choices of cells, which we do not read
            if sum(part.file_size for part in ZipFile(file).infolist()) > MAX_UNPACKED:
                raise no_table("Excelfilen är för stor.", "The Excel file is too large.")
            with closing(openpyxl.load_workbook(file, read_only=True, data_only=values)) as book:
                return [_sheet(path, sheet, most) for sheet in book.worksheets]
    except InputError:
        raise
    except _DAMAGED:
        raise no_table("Filen går inte att läsa som Excel.", "The file cannot be read as Excel.") from None


def read_text(path: Path) -> bytes:
    """The bytes of a file. InputError (field "file") if it cannot be opened."""
    try:
        return path.read_bytes()
    except OSError:
        raise no_table("Filen går inte att öppna.", "The file cannot be opened.") from None


def decoded(raw: bytes, *, or_windows: bool = False) -> str:
    """Text in UTF-8, or else in Windows' code page for western Europe (cp1252), which Excel still writes.

    InputError (field "file") for anything else.
    """
    for encoding in ("utf-8-sig", "cp1252")[: 1 + or_windows]:
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise no_table("Filen är inte UTF-8.", "The file is not UTF-8.")


def split_text(path: Path, text: str, separator: str, most: int | None = None) -> Table:
    """A text as a table. InputError (field "file") if it is none."""
    try:
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        return Table(path.name, "", [tuple(row) for row in islice(rows, most)])
    except csv.Error:
        raise no_table("Filen är ingen tabell.", "The file is no table.") from None


def is_broken(text: str) -> bool:
    """Whether a cell holds a formula or its error instead of a text."""
    return text.startswith(("=", *ERRORS))


def no_table(message: str, message_en: str) -> InputError:
    """The error for a file that is not what it should be."""
    return InputError("file", message, message_en)


def _sheet(path: Path, sheet: Any, most: int | None) -> Table:
    sheet.reset_dimensions()  # the stated size counts rows and columns that were once formatted
    return Table(path.name, sheet.title.strip(), list(islice(_rows(sheet), most)))


def _rows(sheet: Any) -> Iterator[tuple[str, ...]]:
    for row in sheet.iter_rows(values_only=True):
        yield tuple(map(_text, row))


def _text(value: object) -> str:
    """A cell as text; whole numbers without a decimal point, as they look in the sheet."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)

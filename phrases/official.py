"""Reads the official KSI and ICF files as published, faults and all, into clean rows; says what was wrong.

Known faults (2025): codes misspelt or with odd spaces, a formula for a text, "1?", "1 (inkl. SiS)" and "2" in the
columns of the selections, placeholders (xx, yy) among related codes, empty columns, headings with line breaks.

Decided (the legend of ksi-2025.xlsx knows only 1 and 0): "1?", "1 (inkl. SiS)" and "2" mean included. The question mark
reads as somebody's note in the margin, SiS as a widening; the codes marked 2 belong to the state's institutions
(LVM-hem, särskilda ungdomshem). A blank says neither yes nor no.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Final, Literal

from phrases.catalogue import catalogue
from phrases.codes import parse_icf, parse_ksi, tidy
from phrases.errors import InputError
from phrases.resources import read_yaml
from phrases.tables import EXCEL, Table, decoded, is_broken, read_sheets, read_text, split_text

__all__ = [
    "Correction",
    "Description",
    "Finding",
    "Kind",
    "Row",
    "System",
    "clean_relation",
    "corrections",
    "included",
    "left_out",
    "our_title",
    "read_rows",
]

Kind = Literal["code", "cells", "formula", "title", "relation", "selection", "description", "unknown", "sheet"]
System = Literal["ksi", "icf", "action", "status"]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something in an official file that was not as it should be, and what was done about it (Swedish)."""

    file: str
    place: str
    kind: Kind
    code: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}, {self.place}: {self.code + ' ' if self.code else ''}{self.message}"


@dataclass(frozen=True, slots=True)
class Description:
    """Socialstyrelsen's sentences about a code; "" where the files have none."""

    description: str = ""
    includes: str = ""
    excludes: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of an official list, cleaned: what the importer makes of it before it compares.

    `system` tells KSI and ICF codes, actions and statuses apart (SM is a chapter and an action). `relation` is the
    related ICF code, cleaned, None where the list has no such column or it cannot be made out; `selections` holds yes,
    no or None (blank) for each.
    """

    file: str
    place: str
    system: System
    code: str
    title: str
    relation: str | None
    selections: Mapping[str, bool | None]
    texts: Description


@dataclass(frozen=True, slots=True)
class Correction:
    """A slip of the official files: what stands there, what we write, why."""

    official: str
    ours: str
    why: str


@lru_cache(maxsize=1)
def corrections() -> Mapping[str, Mapping[str, Correction]]:
    """The listed slips by kind ("ksi", "icf", "relations") and code."""
    return MappingProxyType(
        {
            kind: MappingProxyType({code: Correction(*row) for code, row in rows.items()})
            for kind, rows in read_yaml("ksi/corrections.yaml").items()
        }
    )


# --- cells ---------------------------------------------------------------------------------------------------------


def _clean(text: str) -> str:
    """A cell without the carriage returns of Excel (_x000D_), odd spaces, and empty lines."""
    lines = (" ".join(line.split()) for line in text.replace("_x000D_", "\n").splitlines())
    return "\n".join(line for line in lines if line)


_INCLUDED: Final[Mapping[str, bool | None]] = {
    "": None,
    "0": False,
    "1": True,
    "1?": True,
    "1 (inkl. SiS)": True,
    "2": True,
}


def included(mark: str) -> bool | None:
    """What a mark in the column of a selection means: in, out, or None for a blank. InputError for an unknown mark."""
    try:
        return _INCLUDED[_clean(mark)]
    except KeyError:
        raise InputError(
            "selection",
            "Okänt märke i en urvalskolumn.",
            "Unknown mark in the column of a selection.",
            [known for known in _INCLUDED if known],
        ) from None


def clean_relation(text: str) -> str:
    """The ICF code or interval that a cell of related codes means, "" for none: "e115-e145xx" gives "e115-e145".

    Placeholders for codes that ICF lacks (d6608yy) become what `corrections()["relations"]` says. InputError for what
    is no code.
    """
    trimmed = tidy(text)
    listed = {row.official: row.ours for row in corrections()["relations"].values() if row.official}
    if not trimmed or trimmed in listed:
        return listed.get(trimmed, "")
    return parse_icf(trimmed).code


# --- tables --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Layout:
    """How one of the official lists is laid out: the headings by what they hold, and how its codes are written."""

    system: System
    code: str
    title: str
    texts: Mapping[str, str] = field(default_factory=dict)
    relation: str | None = None
    tells: tuple[str, ...] = ()
    parse: Callable[[str], str] = str

    def required(self) -> set[str]:
        return {self.code, self.title, *self.texts.values(), *self.tells} | (
            {self.relation} if self.relation else set()
        )


def _ksi(text: str) -> str:
    """KSI codes of any kind: a chapter's range, a target, an activity."""
    squeezed = tidy(text).replace(" ", "").upper()
    return squeezed if squeezed in catalogue().chapters or squeezed in _ROOTS else parse_ksi(text, allow_target=True)


_ROOTS: Final = ("XA", "YA")
_COMPONENTS: Final = ("b", "s", "d", "e")


def _icf(text: str) -> str:
    squeezed = tidy(text).replace(" ", "")
    return squeezed if squeezed in _COMPONENTS else parse_icf(squeezed).code


_TEXTS: Final = {"description": "Beskrivning", "includes": "Innefattar", "excludes": "Utesluter"}

_LAYOUTS: Final = (
    _Layout("ksi", "Kod", "Titel", _TEXTS, relation="Relaterad ICF-kod", parse=_ksi),
    _Layout("icf", "Kod", "Titel", {**_TEXTS, "remark": "Anmärkning"}, tells=("Bedömningsfaktor",), parse=_icf),
    _Layout(
        "ksi",
        "Aktivitet_kod",
        "Aktivitet_text",
        {**_TEXTS, "description": "Aktivitet_beskrivning"},
        relation="ICF_kod",
        parse=_ksi,
    ),
    _Layout(
        "ksi", "Inriktning_kod", "Inriktning_text", {"description": "Inriktning_beskrivning"}, "ICF-kod", parse=_ksi
    ),
    _Layout("action", "Agerande_kod", "Agerande_text", {"description": "Agerande_beskrivning"}, parse=tidy),
    _Layout("ksi", "Kapitel_kod", "Kapitel_text", parse=_ksi),
    _Layout("status", "Kod", "Titel", {"description": "Beskrivning", "remark": "Kommentar"}, parse=tidy),
    _Layout(
        "icf", "ICF-koder", "Benämning/kodtext", {**_TEXTS, "remark": "Anmärkning"}, tells=("Leafnode",), parse=_icf
    ),
    _Layout("icf", "ICF-kod", "ICF kategori", {**_TEXTS, "description": "Beskrivningstext"}, parse=_icf),
    _Layout("ksi", "KSI-kod", "KSI kodtext", {"description": "Beskrivningstext"}, parse=_ksi),
)
_HEADING_ROWS: Final = 5
_REMOVED: Final = "Borttagna koder"
"""The sheet of codes that no longer exist."""


def _tables(path: Path) -> list[Table]:
    if path.suffix.lower() in EXCEL:
        return read_sheets(path)
    return [split_text(path, decoded(read_text(path)), "\t")]


class _Reader:
    """Reads the rows of one table, noting what it finds."""

    def __init__(self, table: Table, findings: list[Finding]) -> None:
        self._table = table
        self._findings = findings
        self._untidy = 0

    def note(self, place: str, kind: Kind, code: str, message: str) -> None:
        self._findings.append(Finding(self._table.file, place, kind, code, message))

    def rows(self) -> Iterator[Row]:
        """The rows that carry a code we can make out."""
        sheet = self._table.sheet or "filen"
        found = None if self._table.sheet == _REMOVED else self._layout()
        if found is None:
            self.note(sheet, "sheet", "", "hoppades över: ingen lista med gällande KSI- eller ICF-koder")
            return
        start, layout, columns = found
        self._empty(sheet, start)
        for number, cells in enumerate(self._table.rows[start:], start + 1):
            row = self._row(number, cells, layout, columns)
            if row is not None:
                yield row
        if self._untidy:
            self.note(sheet, "cells", "", f"{self._untidy} celler hade blanksteg, radbrott eller styrtecken för mycket")

    def _layout(self) -> tuple[int, _Layout, Mapping[str, int]] | None:
        """The layout whose headings stand in one of the first rows; where they stand, and in which columns."""
        for number, cells in enumerate(self._table.rows[:_HEADING_ROWS], 1):
            columns: dict[str, int] = {}
            for column, heading in enumerate(cells):
                columns.setdefault(tidy(heading), column)
            for layout in _LAYOUTS:
                if layout.required() <= columns.keys():
                    return number, layout, columns
        return None

    def _empty(self, sheet: str, start: int) -> None:
        headings = self._table.rows[start - 1]
        width = max((len(row) for row in self._table.rows), default=0)
        used = max((column + 1 for column, heading in enumerate(headings) if heading.strip()), default=0)
        rows = sum(not any(cell.strip() for cell in row) for row in self._table.rows[start:])
        if width > used or rows:
            self.note(sheet, "sheet", "", f"{width - used} kolumner utan rubrik och {rows} tomma rader hoppades över")

    def _row(self, number: int, cells: tuple[str, ...], layout: _Layout, columns: Mapping[str, int]) -> Row | None:
        place = self._table.place(number)

        def cell(heading: str) -> str:
            column = columns[heading]
            return cells[column] if column < len(cells) else ""

        raw = cell(layout.code)
        title = self._cell(cell(layout.title), place, raw)
        if not raw.strip():
            if title:
                self.note(place, "code", "", "raden saknar kod och hoppades över")
            return None
        code = self._code(raw, title, layout, place)
        if not code:
            return None
        texts = {name: self._cell(cell(heading), place, code) for name, heading in layout.texts.items()}
        return Row(
            self._table.file,
            place,
            layout.system,
            code,
            title,
            self._relation(cell(layout.relation), place, code) if layout.relation else None,
            self._selections(cell, columns, place, code),
            Description(**texts),
        )

    def _cell(self, raw: str, place: str, code: str) -> str:
        if is_broken(raw):
            self.note(place, "formula", _clean(code), "en formel står där en text ska stå; cellen lämnades tom")
            return ""
        cleaned = _clean(raw)
        self._untidy += cleaned != raw
        return cleaned

    def _code(self, raw: str, title: str, layout: _Layout, place: str) -> str:
        try:
            code = layout.parse(raw)
        except InputError:
            code = ""
        if layout.system == "ksi" and code not in _ROOTS and our_title("ksi", code) is None:
            meant = _code_of_term(title)
            if meant:
                self.note(
                    place, "code", meant, f"koden {_clean(raw)} finns inte; raden lästes som {meant} efter sin titel"
                )
                return meant
        if not code:
            self.note(place, "code", "", f"{_clean(raw)} är ingen kod; raden hoppades över")
        elif code != raw:
            self.note(place, "code", code, "koden hade tecken för mycket eller annan skrivning och rättades")
        return code

    def _relation(self, raw: str, place: str, code: str) -> str | None:
        """The related code; None for one that cannot be made out."""
        try:
            relation = clean_relation(raw)
        except InputError:
            self.note(place, "relation", code, f"den relaterade ICF-koden {_clean(raw)} går inte att tyda")
            return None
        if relation != raw:
            self.note(place, "relation", code, f"den relaterade ICF-koden {_clean(raw)} lästes som {relation}")
        return relation

    def _selections(
        self, cell: Callable[[str], str], columns: Mapping[str, int], place: str, code: str
    ) -> dict[str, bool | None]:
        marks: dict[str, bool | None] = {}
        for name in catalogue().selections:
            if name not in columns:
                continue
            mark = cell(name)
            try:
                marks[name] = included(mark)
            except InputError:
                self.note(place, "selection", code, f"märket i kolumnen {name} är okänt och räknades som tomt")
                marks[name] = None
            else:
                if _clean(mark) not in ("", "0", "1"):
                    self.note(place, "selection", code, f"”{mark}” i kolumnen {name} räknades som att koden ingår")
        return marks


@lru_cache(maxsize=1)
def _titles() -> Mapping[tuple[System, str], str]:
    known = catalogue()
    titles: dict[tuple[System, str], str] = {("ksi", code): title for code, title in known.chapters.items()}
    for items in (known.groups, known.activities, known.administrative, known.statistical):
        titles.update({("ksi", code): item.title for code, item in items.items()})
    titles.update({("ksi", code): target.term for code, target in known.targets.items()})
    titles.update({("icf", code): category.term for code, category in known.icf.items()})
    titles.update({("action", code): action.term for code, action in known.actions.items()})
    titles.update({("status", code): status.title for code, status in known.statuses.items()})
    return titles


def our_title(system: System, code: str) -> str | None:
    """The catalogue's title for a code; None for one it does not have."""
    return _titles().get((system, code))


def left_out(row: Row) -> bool:
    """Whether the catalogue leaves a code out on purpose: the roots, and the finer categories of b and s."""
    return row.code in _ROOTS or row.code in _COMPONENTS or (row.code[0] in "bs" and len(row.code) > 4)


def _code_of_term(title: str) -> str:
    """The target that has this term, "" for none: the sheet Inriktning writes some codes wrong."""
    wanted = tidy(title)
    return next((target.code for target in catalogue().targets.values() if tidy(target.term) == wanted), "")


def read_rows(path: Path, findings: list[Finding]) -> Iterator[Row]:
    """Every row with a code in an official file, cleaned; what was wrong is appended to `findings`.

    InputError (field "file") for a file that cannot be read at all.
    """
    for table in _tables(path):
        yield from _Reader(table, findings).rows()

"""Tables in files that people send: whole ones are read, damaged ones are refused in a sentence."""

import io
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from phrases import tables
from phrases.errors import InputError
from phrases.tables import decoded, is_broken, read_sheets, split_text


def workbook() -> bytes:
    book = openpyxl.Workbook()
    for row in (["Insats", "Antal"], ["Städ", 2.0], [None, 2.5], ["=1+1", None]):
        book.worksheets[0].append(row)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


WHOLE = workbook()
PARTS = ZipFile(io.BytesIO(WHOLE)).namelist()


def damaged(part: str, start: int, length: int) -> bytes:
    """The workbook without some bytes of one part."""
    written = io.BytesIO()
    with ZipFile(io.BytesIO(WHOLE)) as whole, ZipFile(written, "w") as packed:
        for name in whole.namelist():
            content = whole.read(name)
            packed.writestr(name, content[:start] + content[start + length :] if name == part else content)
    return written.getvalue()


def test_cells_as_they_look(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(WHOLE)
    (table,) = read_sheets(path)
    assert list(table.rows) == [("Insats", "Antal"), ("Städ", "2"), ("", "2.5"), ("=1+1",)]
    assert read_sheets(path, values=True)[0].rows[3] == ("",)  # nobody has worked the formula out
    assert len(read_sheets(path, most=2)[0].rows) == 2


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(PARTS), st.integers(0, 900), st.integers(1, 400))
def test_a_damaged_workbook_is_read_or_refused(tmp_path: Path, part: str, start: int, length: int) -> None:
    path = tmp_path / "b.xlsx"
    path.write_bytes(damaged(part, start, length))
    try:
        read_sheets(path)
    except InputError as error:
        assert error.field == "file"


def test_a_workbook_that_unpacks_to_too_much(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "MAX_UNPACKED", 1000)
    path = tmp_path / "c.xlsx"
    path.write_bytes(WHOLE)
    with pytest.raises(InputError) as raised:
        read_sheets(path)
    assert "för stor" in raised.value.message


def test_text_from_windows_only_where_it_may_be() -> None:
    raw = "Städ;Tvätt".encode("cp1252")
    assert decoded(raw, or_windows=True) == "Städ;Tvätt"
    with pytest.raises(InputError):
        decoded(raw)


def test_quoted_cells_may_hold_the_separator() -> None:
    assert split_text(Path("a.csv"), '"Städ; tvätt";2\n"', ";").rows[0] == ("Städ; tvätt", "2")


@pytest.mark.parametrize(("cell", "broken"), [("=A1", True), ("#REF!", True), ("#DIV/0!", True), ("Städ", False)])
def test_cells_without_a_text(cell: str, broken: bool) -> None:
    assert is_broken(cell) is broken

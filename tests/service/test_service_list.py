"""Lists of services as municipalities have them: which column, which rows, which encoding."""

from pathlib import Path

import openpyxl
import pytest

from phrases.errors import InputError
from service import limits
from service.service_list import Listed, column_letter, read_list


def csv(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "lista.csv"
    path.write_bytes(text.encode(encoding))
    return path


def xlsx(folder: Path, *rows: list[object], sheet: str = "Blad1", before: str = "") -> Path:
    book = openpyxl.Workbook()
    if before:
        book.worksheets[0].title = before
        book.worksheets[0].append(["Läs mig"])
        book.create_sheet(sheet)
    else:
        book.worksheets[0].title = sheet
    for row in rows:
        book.worksheets[-1].append(row)
    path = folder / "lista.xlsx"
    book.save(path)
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_csv_as_excel_writes_it(tmp_path: Path, encoding: str, separator: str) -> None:
    text = "Nr;Insats\r\n1;Städ å ä ö\r\n2;Dusch\r\n".replace(";", separator)
    assert read_list(csv(tmp_path, text, encoding)) == [Listed(2, "Städ å ä ö"), Listed(3, "Dusch")]


def test_a_mere_list_of_names(tmp_path: Path) -> None:
    assert read_list(csv(tmp_path, "Städ\nDusch\n")) == [Listed(1, "Städ"), Listed(2, "Dusch")]


def test_headings_below_a_title_and_the_surest_heading(tmp_path: Path) -> None:
    path = xlsx(tmp_path, ["Insatser 2026"], [], ["Namn", "Insats", "Pris"], ["Enhet A", "Städ", 5], before="Om")
    assert read_list(path) == [Listed(4, "Städ")]


def test_bad_rows_stay_and_say_why(tmp_path: Path) -> None:
    path = csv(tmp_path, "Nr;Insats\n1;Städ\n\n2;\n3;123\n4;städ\n5;#REF!\n6;" + "x" * 101 + "\n7;=Dusch\n")
    assert read_list(path) == [
        Listed(2, "Städ"),
        Listed(4, "", "Raden har inget namn."),
        Listed(5, "123", "Namnet har inga bokstäver."),
        Listed(6, "städ", "Samma namn som på rad 2."),
        Listed(7, "#REF!", "Cellen har ett fel i stället för ett namn."),
        Listed(8, "x" * 100, "Namnet är för långt: högst 100 tecken."),
        Listed(9, "=Dusch"),
    ]


@pytest.mark.parametrize("column", ["Vad", "vad ", "B", "2"])
def test_the_column_is_asked_for_where_it_is_unclear(tmp_path: Path, column: str) -> None:
    path = csv(tmp_path, "Enhet;Vad\nNorr;Städ\n")
    with pytest.raises(InputError) as raised:
        read_list(path)
    assert (raised.value.field, raised.value.allowed) == ("column", ("Enhet", "Vad"))
    assert read_list(path, column)[-1] == Listed(2, "Städ")


def test_a_column_or_sheet_that_is_not_there(tmp_path: Path) -> None:
    path = xlsx(tmp_path, ["Insats"], ["Städ"], sheet="Hemtjänst")
    assert read_list(path, sheet="hemtjänst") == [Listed(2, "Städ")]
    for options, field in (({"column": "Z"}, "column"), ({"sheet": "LSS"}, "sheet")):
        with pytest.raises(InputError) as raised:
            read_list(path, **options)
        assert raised.value.field == field


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("saknas.csv", None),
        ("tom.csv", b""),
        ("blank.csv", b"\n;;\n"),
        ("annat.xlsx", b"PK\x03\x04"),
        ("gammal.xls", b"\xd0\xcf"),
        ("odd.csv", b"Insats\n\x81\x8d\n"),
        ("stor.csv", b"a" * (limits.LIST_BYTES + 1)),
        ("rader.csv", b"a\n" * (limits.LIST_ROWS + 20)),
    ],
)
def test_what_is_no_list(tmp_path: Path, name: str, raw: bytes | None) -> None:
    path = tmp_path / name
    if raw is not None:
        path.write_bytes(raw)
    with pytest.raises(InputError) as raised:
        read_list(path)
    assert raised.value.field == "file"


def test_letters_of_columns() -> None:
    assert [column_letter(place) for place in (0, 25, 26, 51, 52, 701, 702)] == [
        "A",
        "Z",
        "AA",
        "AZ",
        "BA",
        "ZZ",
        "AAA",
    ]

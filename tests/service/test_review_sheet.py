"""The review sheet: what is written for people, and what is read back of their decisions."""

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from coding_assist.service_names import Certainty, Mapped, Match
from phrases.errors import InputError
from service.review_sheet import read_review, write_review
from service.service_list import Listed

DUSCH = Mapped(
    "Dusch 2 ggr/v",
    "Dusch",
    ("2 ggr/v",),
    (Match("SMB.SZ.ZZ", Certainty.HIGH, "dusch"), Match("YAA.05.15", Certainty.LOW, "")),
)


def written(path: Path, *rows: tuple[Listed, Mapped | None]) -> Any:
    write_review(path, rows)
    return openpyxl.load_workbook(path)


def reviewed(path: Path, *rows: tuple[object, ...]) -> Path:
    book = openpyxl.Workbook()
    for row in (("Rad", "Namn", "Beslut", "Kod 1", "Kod 2", "Kod 3"), *rows):
        book.worksheets[0].append(row)
    book.save(path)
    return path


def test_a_row_for_a_person(tmp_path: Path) -> None:
    book = written(tmp_path / "a.xlsx", (Listed(2, "Dusch 2 ggr/v"), DUSCH))
    sheet = book.worksheets[0]
    row = {heading.value: cell.value for heading, cell in zip(sheet[1], sheet[2], strict=True)}
    assert {key: row[key] for key in ("Rad", "Namn", "Beslut", "Kod 1", "Kod 2", "Kod 3")} == {
        "Rad": 2, "Namn": "Dusch 2 ggr/v", "Beslut": None, "Kod 1": "SMB.SZ.ZZ", "Kod 2": "YAA.05.15", "Kod 3": None,
    }  # fmt: skip
    assert row["Titel 1"] == "Stöd i att tvätta sig"
    assert row["Klarspråk 1"] == "Personalen ska ge NN stöd med att tvätta sig."
    assert (row["Säkerhet 1"], row["Träffade på 1"], row["Bortsett från"]) == ("hög", "dusch", "2 ggr/v")
    assert sheet.freeze_panes == "D2"
    (choice,) = sheet.data_validations.dataValidation
    assert (str(choice.sqref), choice.formula1) == ("C2", "=$D2:$F2")
    assert [one.title for one in book.worksheets] == ["Granska", "Så gör du"]


def test_a_row_without_proposals_is_kept_and_told(tmp_path: Path) -> None:
    faulty = (Listed(3, "", "Raden har inget namn."), None)
    sheet = written(tmp_path / "a.xlsx", faulty, (Listed(4, "Xyz"), Mapped("Xyz", "Xyz", (), ()))).worksheets[0]
    assert [row[0].value for row in sheet.iter_rows(min_row=2)] == [3, 4]
    assert [str(row[-1].value).split(".")[0] for row in sheet.iter_rows(min_row=2)] == [
        "Raden har inget namn",
        "Inget förslag",
    ]


@pytest.mark.parametrize("name", ['=HYPERLINK("x")', "+46", "-1+1", "@SUM(A1)", "=cmd|' /C calc'!A0"])
def test_a_name_is_never_a_formula(tmp_path: Path, name: str) -> None:
    cell = written(tmp_path / "a.xlsx", (Listed(2, name), None)).worksheets[0]["B2"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == (name, "s", True)


def test_decisions_are_read_in_any_writing(tmp_path: Path) -> None:
    found = read_review(
        reviewed(
            tmp_path / "b.xlsx",
            (2, "Dusch", "smb.rb", "SMB.SZ.ZZ"),
            (3, "Städ", 1, "SOG.SZ.ZZ"),
            (4, "Städ och inköp", "SOG.SZ; yaa.05.25, 1", "SOG.SZ.ZZ"),
            (5, "Taxi", "-"),
            (6, "Larm", None),
            (),
        )
    )
    assert found.names == {
        "Dusch": ("SMB.RB.ZZ",),
        "Städ": ("SOG.SZ.ZZ",),
        "Städ och inköp": ("SOG.SZ.ZZ", "YAA.05.25"),
    }
    assert (found.undecided, found.without_code, found.faults) == (1, 1, ())


def test_a_wrong_decision_is_named_and_the_good_ones_stay(tmp_path: Path) -> None:
    found = read_review(
        reviewed(
            tmp_path / "b.xlsx",
            (2, "Dusch", "SMX.RB.ZZ"),
            (3, "Städ", "SOG.RB"),
            (4, "Mat", "SMF.RA"),
            (5, "Larm", "3", "YAA.35.ZZ"),
            (6, "städ", "SOG.RA"),
            (7, "", "SOG.RA"),
            (8, "Tvätt", ","),
        )
    )
    assert found.names == {"Städ": ("SOG.RB.ZZ",)}
    assert [fault.split(":")[0] for fault in found.faults] == [f"rad {row}, kolumn C" for row in (2, 4, 5, 6, 7, 8)]
    assert "SMF.RB.ZZ" in found.faults[1]  # what may stand there


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = written(path, (Listed(2, "=Dusch"), DUSCH), (Listed(3, "Larm"), None))
    book.worksheets[0]["C2"] = "2"
    book.save(path)
    found = read_review(path)
    assert (found.names, found.undecided) == ({"=Dusch": ("YAA.05.15",)}, 1)


def test_what_is_no_review_sheet(tmp_path: Path) -> None:
    path = tmp_path / "lista.csv"
    path.write_text("Insats\nDusch\n", encoding="utf-8")
    with pytest.raises(InputError) as raised:
        read_review(path)
    assert raised.value.field == "file"

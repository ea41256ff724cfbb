from collections.abc import Mapping, Sequence
from pathlib import Path

import openpyxl
import pytest

from phrases.catalogue import catalogue
from phrases.errors import InputError
from phrases.official import Description, Finding, Row, clean_relation, corrections, included, read_rows

HEADINGS = ("Kod", "Överordnad kod", "Titel", "Beskrivning", "Innefattar", "Utesluter", "Relaterad ICF-kod")


def _tsv(path: Path, *rows: Sequence[str], headings: Sequence[str] = HEADINGS) -> Path:
    text = "\n".join("\t".join(f'"{cell}"' for cell in row) for row in (headings, *rows))
    path.write_text(text, encoding="utf-8")
    return path


def _xlsx(path: Path, sheets: Mapping[str, Sequence[Sequence[object]]]) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def _read(path: Path) -> tuple[list[Row], list[Finding]]:
    findings: list[Finding] = []
    return list(read_rows(path, findings)), findings


# --- cells


@pytest.mark.parametrize(
    ("mark", "inside"),
    [("", None), ("0", False), ("1", True), ("1?", True), ("2", True), ("1 (inkl. SiS)", True), (" 1\u00a0", True)],
)
def test_marks_of_selections(mark: str, inside: bool | None) -> None:
    assert included(mark) is inside


def test_unknown_mark() -> None:
    with pytest.raises(InputError) as raised:
        included("ja")
    assert raised.value.allowed == ("0", "1", "1?", "1 (inkl. SiS)", "2")


@pytest.mark.parametrize(
    ("cell", "relation"),
    [
        ("", ""),
        ("d6402", "d6402"),
        (" d298A", "d298A"),
        ("D298a", "d298A"),
        ("\u00a0d310-d329", "d310-d329"),
        ("d6608yy", "d6608B"),
        ("d898xx", "d898"),
        ("e398xx", "e398"),
        ("e115-e145xx", "e115-e145"),
    ],
)
def test_relations_are_cleaned(cell: str, relation: str) -> None:
    assert clean_relation(cell) == relation


def test_a_relation_that_is_no_code() -> None:
    with pytest.raises(InputError):
        clean_relation("d640yy")


def test_corrections_are_about_codes_we_have() -> None:
    known = catalogue()
    assert corrections()["ksi"].keys() <= known.activities.keys()
    assert corrections()["icf"].keys() <= known.icf.keys()
    assert corrections()["relations"].keys() <= known.targets.keys()
    for slips in corrections().values():
        for slip in slips.values():
            assert slip.official != slip.ours
            assert slip.why


# --- tables


def test_a_clean_row(tmp_path: Path) -> None:
    rows, findings = _read(
        _tsv(tmp_path / "ksi.tsv", ("SOG", "SN-SP", "Att städa bostaden", "Städa.", "Golv", "", "d6402"))
    )
    assert rows == [
        Row("ksi.tsv", "rad 2", "ksi", "SOG", "Att städa bostaden", "d6402", {}, Description("Städa.", "Golv", "", ""))
    ]
    assert findings == []


def test_codes_with_odd_spaces_and_placeholders(tmp_path: Path) -> None:
    rows, findings = _read(
        _tsv(
            tmp_path / "ksi.tsv",
            ("TAQ.AS.ZZ\u00a0", "TAQ", "Utredande samtal om känsla av otrygghet ", "", "", "", "b1528C"),
            ("SPG", "SN-SP", "Att som anhörig bistå närstående", "", "", "", "d6608yy"),
        )
    )
    assert [(row.code, row.relation) for row in rows] == [("TAQ.AS.ZZ", "b1528C"), ("SPG", "d6608B")]
    assert [(finding.kind, finding.code) for finding in findings] == [
        ("code", "TAQ.AS.ZZ"),
        ("relation", "SPG"),
        ("cells", ""),
    ]
    assert str(findings[1]) == "ksi.tsv, rad 3: SPG den relaterade ICF-koden d6608yy lästes som d6608B"


def test_rows_without_a_code_that_can_be_made_out(tmp_path: Path) -> None:
    rows, findings = _read(
        _tsv(
            tmp_path / "ksi.tsv",
            ("", "", "Ensam titel", "", "", "", ""),
            ("LSS", "", "Rubrik", "", "", "", ""),
            ("", "", "", "", "", "", ""),
        )
    )
    assert rows == []
    assert [(finding.kind, finding.message) for finding in findings] == [
        ("sheet", "0 kolumner utan rubrik och 1 tomma rader hoppades över"),
        ("code", "raden saknar kod och hoppades över"),
        ("code", "LSS är ingen kod; raden hoppades över"),
    ]


def test_a_relation_that_cannot_be_made_out(tmp_path: Path) -> None:
    rows, findings = _read(_tsv(tmp_path / "k.tsv", ("SOG", "SN-SP", "Att städa bostaden", "", "", "", "se ovan")))
    assert rows[0].relation is None
    assert [finding.message for finding in findings] == ["den relaterade ICF-koden se ovan går inte att tyda"]


def test_a_workbook_with_every_fault(tmp_path: Path) -> None:
    """Headings below a preface and with line breaks, empty columns and rows, a formula, odd marks, misspelt codes."""
    activity = ["Aktivitet_kod", "Aktivitet_text", "Aktivitet_beskrivning", "Innefattar", "Utesluter", "ICF_kod"]
    path = _xlsx(
        tmp_path / "ksi.xlsx",
        {
            "Anvisningar": [["Läs detta"]],
            "Aktiviteter": [
                ["KSI"],
                [*activity, "ÄOU", "BoUU", "Ändrad Aktivitet_\nkod ", None, None],
                [
                    "SOG.RB.ZZ\n",
                    "Stöd i att\nstäda",
                    "Hjälp_x000D_\n att städa",
                    "=+C2",
                    None,
                    "d6402",
                    1,
                    0,
                    None,
                    " ",
                ],
                ["XAH.52.ZZ", "Besluta om utskrivning från HVB", None, None, None, None, "1?", "1 (inkl. SiS)"],
                ["XAE.02.ZZ", "Underrätta", None, None, None, None, "x", 2.0],
                [" "],
            ],
            "Inriktning": [
                ["Inriktning_kod", "Inriktning_text", "Inriktning_beskrivning", "ICF-kod"],
                ["VCE", "Beteenden och vanor avseende sömn", None, None],
                ["S2", "Att kommunicera – att vara sändare", None, "d330-d349"],
            ],
            "Borttagna koder": [
                ["ICF-koder", "Benämning/kodtext", "Leafnode", "Beskrivning", "Innefattar", "Utesluter", "Anmärkning"],
                ["b1303", "Begär", True, "", "", "", ""],
            ],
        },
    )
    rows, findings = _read(path)
    assert [(row.place, row.code) for row in rows] == [
        ("Aktiviteter rad 3", "SOG.RB.ZZ"),
        ("Aktiviteter rad 4", "XAH.52.ZZ"),
        ("Aktiviteter rad 5", "XAE.02.ZZ"),
        ("Inriktning rad 2", "VEC"),
        ("Inriktning rad 3", "SF2"),
    ]
    assert rows[0].texts == Description("Hjälp\natt städa", "", "", "")
    assert [row.selections for row in rows[:3]] == [
        {"ÄOU": True, "BoUU": False},
        {"ÄOU": True, "BoUU": True},
        {"ÄOU": None, "BoUU": True},
    ]
    messages = [(finding.place, finding.kind, finding.message) for finding in findings]
    assert ("Anvisningar", "sheet", "hoppades över: ingen lista med gällande KSI- eller ICF-koder") in messages
    assert ("Borttagna koder", "sheet", "hoppades över: ingen lista med gällande KSI- eller ICF-koder") in messages
    assert ("Aktiviteter", "sheet", "1 kolumner utan rubrik och 1 tomma rader hoppades över") in messages
    assert ("Aktiviteter rad 3", "formula", "en formel står där en text ska stå; cellen lämnades tom") in messages
    assert ("Aktiviteter rad 4", "selection", "”1?” i kolumnen ÄOU räknades som att koden ingår") in messages
    assert ("Aktiviteter rad 5", "selection", "märket i kolumnen ÄOU är okänt och räknades som tomt") in messages
    assert ("Inriktning rad 2", "code", "koden VCE finns inte; raden lästes som VEC efter sin titel") in messages


def test_a_chapter_an_action_and_a_status_are_told_apart(tmp_path: Path) -> None:
    path = _xlsx(
        tmp_path / "ksi.xlsx",
        {
            "Kapitel": [["Kapitel_kod", "Kapitel_text"], ["SM ", "Aktiviteter gällande personlig vård"]],
            "Agerande": [
                ["Agerande_kod", "Agerande_text", "Agerande_beskrivning"],
                ["SM", "Hantering av utrustning eller omgivande miljö", "Ställa in"],
            ],
            "Status": [["Rubrik"], ["Kod", "Titel", "Beskrivning", "Kommentar"], [40, "genomförd ", "Gjord", None]],
        },
    )
    rows, _ = _read(path)
    assert [(row.system, row.code) for row in rows] == [("ksi", "SM"), ("action", "SM"), ("status", "40")]


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.tsv", b"Kod\xff", "UTF-8"),
        ("a.tsv", b'"' + b"x" * 200_000, "ingen tabell"),
        ("a.xlsx", b"no zip", "Excel"),
        ("a.xlsx", b"PK\x05\x06" + b"\0" * 18, "Excel"),
    ],
)
def test_files_that_cannot_be_read(name: str, content: bytes, says: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(InputError, match=says) as raised:
        _read(tmp_path / name)
    assert raised.value.field == "file"


@pytest.mark.parametrize("name", ["missing.tsv", "missing.xlsx"])
def test_files_that_are_not_there(name: str, tmp_path: Path) -> None:
    with pytest.raises(InputError) as raised:
        _read(tmp_path / name)
    assert raised.value.field == "file"


def test_every_row_of_the_published_lists(shared: Path) -> None:
    rows, findings = _read(shared / "official" / "ksi.tsv")
    assert len(rows) == 2071
    assert [finding.code for finding in findings if finding.kind == "code"] == [
        "TAQ.AS.ZZ",
        "TAQ.AT.ZZ",
        "TAQ.AV.ZZ",
        "TAQ.PU.ZZ",
    ]
    rows, findings = _read(shared / "official" / "icf.tsv")
    assert len(rows) == 1670
    assert {finding.kind for finding in findings} <= {"cells"}

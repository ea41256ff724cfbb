from pathlib import Path

import pytest

from phrases.errors import InputError
from phrases.importer import FILE, Description, import_official, read_descriptions

HEADINGS = ("Kod", "Överordnad kod", "Titel", "Beskrivning", "Innefattar", "Utesluter", "Relaterad ICF-kod")
TITLE = "Praktiskt stöd i att städa bostaden"
SOG = ("SOG", "SN-SP", "Att städa bostaden", "Städa golv.", "", "", "d6402")


def _list(path: Path, *rows: tuple[str, ...]) -> Path:
    path.write_text("\n".join("\t".join(row) for row in (HEADINGS, *rows)), encoding="utf-8")
    return path


def test_descriptions_are_kept_for_the_user(tmp_path: Path) -> None:
    report = import_official(
        [_list(tmp_path / "ksi.tsv", SOG, ("SOG.RB.ZZ", "SOG", TITLE, "", "Golv", "Tak", "d6402"))], tmp_path / "data"
    )
    assert (report.files, report.rows, report.findings, report.descriptions) == (("ksi.tsv",), 2, (), 2)
    assert report.written == tmp_path / "data" / FILE
    assert read_descriptions(tmp_path / "data") == {
        "SOG": Description("Städa golv."),
        "SOG.RB.ZZ": Description(includes="Golv", excludes="Tak"),
    }
    assert [path.name for path in (tmp_path / "data").iterdir()] == [FILE]


def test_files_may_come_one_at_a_time(tmp_path: Path) -> None:
    import_official([_list(tmp_path / "a.tsv", SOG)], tmp_path)
    import_official([_list(tmp_path / "b.tsv", ("SME", "SM", "Att klä sig", "Klä sig.", "", "", "d540"))], tmp_path)
    assert read_descriptions(tmp_path).keys() == {"SOG", "SME"}


def test_the_first_file_counts_and_later_ones_complete_it(tmp_path: Path) -> None:
    first = _list(tmp_path / "a.tsv", SOG)
    second = _list(tmp_path / "b.tsv", ("SOG", "SN-SP", "Att städa bostaden", "Annat.", "Golv", "", "d6402"))
    report = import_official([first, second], tmp_path)
    assert read_descriptions(tmp_path)["SOG"] == Description("Städa golv.", "Golv")
    assert [str(finding) for finding in report.findings] == [
        "b.tsv, rad 2: SOG här börjar 1 beskrivningar som lyder annorlunda i en tidigare fil; den gäller"
    ]


def test_what_differs_from_the_catalogue_is_reported(tmp_path: Path) -> None:
    report = import_official(
        [
            _list(
                tmp_path / "ksi.tsv",
                ("SOG", "SN-SP", "Att städa hemmet", "", "", "", "d640"),
                ("SMH.RB.ZZ", "SMH", "Praktiskt stöd i av att sköta sin egen hälsa", "", "", "", "d570"),
                ("SZB.RB.ZZ", "SZB", "En ny aktivitet", "", "", "", ""),
                ("XA", "", "Juridiskt administrativa aktiviteter", "", "", "", ""),
            )
        ],
        tmp_path,
    )
    assert [(finding.kind, finding.code, finding.message) for finding in report.findings] == [
        ("title", "SOG", "titeln lyder ”Att städa hemmet”, i katalogen ”Att städa bostaden”"),
        ("relation", "SOG", "relaterar till d640, i katalogen d6402"),
        ("title", "SMH.RB.ZZ", "ett känt skrivfel i titeln rättades"),
        ("unknown", "SZB.RB.ZZ", "koden finns inte i katalogen"),
    ]
    assert report.counts() == {"title": 2, "relation": 1, "unknown": 1}
    assert report.descriptions == 0


def test_a_description_that_is_another_targets_is_left_out(tmp_path: Path) -> None:
    laundry = "Att tvätta kläder i maskin"
    report = import_official(
        [
            _list(
                tmp_path / "ksi.tsv",
                ("SOE", "SN-SP", "Att tvätta och torka kläder", laundry, "", "", "d6400"),
                ("SPD", "SN-SP", "Att bistå andra", laundry, "Barn", "", "d660"),
            )
        ],
        tmp_path,
    )
    assert [(finding.code, finding.kind) for finding in report.findings] == [("SPD", "description")]
    assert read_descriptions(tmp_path) == {"SOE": Description(laundry), "SPD": Description(includes="Barn")}


def test_a_file_that_cannot_be_read_leaves_all_as_it_was(tmp_path: Path) -> None:
    good = _list(tmp_path / "ksi.tsv", SOG)
    with pytest.raises(InputError):
        import_official([good, tmp_path / "missing.tsv"], tmp_path / "data")
    assert not (tmp_path / "data").exists()


def test_no_import_no_descriptions(tmp_path: Path) -> None:
    assert read_descriptions(tmp_path) == {}


@pytest.mark.parametrize("content", ["", "[]", '{"SOG": {"x": "y"}}', '{"SOG"'])
def test_a_damaged_file_says_so_and_a_new_import_mends_it(content: str, tmp_path: Path) -> None:
    (tmp_path / FILE).write_text(content)
    with pytest.raises(InputError, match="skadad"):
        read_descriptions(tmp_path)
    import_official([_list(tmp_path / "ksi.tsv", SOG)], tmp_path)
    assert read_descriptions(tmp_path).keys() == {"SOG"}


def test_the_published_files(shared: Path, tmp_path: Path) -> None:
    official = shared / "official"
    names = ("ksi.tsv", "icf.tsv", "ksi-2025.xlsx", "icf-2025-inkl-core-sets.xlsx", "urval-informationsutbyte.xlsx")
    report = import_official([official / name for name in names], tmp_path)
    described = read_descriptions(tmp_path)
    assert report.files == names
    assert report.descriptions == len(described) > 2700
    assert {"SOG.RB.ZZ", "YAA.35.ZZ", "XAD.01.ZZ", "d6402", "b1528C", "action:RB", "status:45"} <= described.keys()
    assert not described.keys() & {"SM", "SX"}  # chapters have no description, and the actions' are not theirs
    assert "SPD" not in described or not described["SPD"].description
    assert described["SOL"].description
    assert not [finding for finding in report.findings if finding.kind == "unknown"]
    assert [finding.code for finding in report.findings if finding.kind == "formula"] == ["SA1.AC.ZZ"]
    assert not [finding for finding in report.findings if "är ett annat i katalogen" in finding.message]

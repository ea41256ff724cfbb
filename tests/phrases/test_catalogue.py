import csv
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phrases.catalogue import Activity, Category, Item, catalogue, relation_covers
from phrases.errors import InputError
from phrases.official import Finding, Row, clean_relation, corrections, read_rows

KNOWN = catalogue()

# --- as the official files have it


def _table(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file, delimiter="\t")


def _tidy(text: str) -> str:
    return " ".join(text.split())


@pytest.fixture(scope="module")
def ksi(shared: Path) -> Mapping[str, dict[str, str]]:
    """The official list of KSI by code, read without our importer."""
    return {_tidy(row["Kod"]): row for row in _table(shared / "official" / "ksi.tsv")}


@pytest.fixture(scope="module")
def icf(shared: Path) -> Mapping[str, dict[str, str]]:
    return {_tidy(row["Kod"]): row for row in _table(shared / "official" / "icf.tsv")}


@pytest.fixture(scope="module")
def workbook(shared: Path) -> list[Row]:
    findings: list[Finding] = []
    return list(read_rows(shared / "official" / "ksi-2025.xlsx", findings))


def test_counts() -> None:
    assert len(KNOWN.targets) == 140
    assert len(KNOWN.actions) == 21
    assert len(KNOWN.activities) == 1604
    assert len(KNOWN.administrative) == 214
    assert len(KNOWN.statistical) == 85
    assert len(KNOWN.statuses) == 12
    assert len(KNOWN.selections) == 9


def test_every_official_ksi_code_and_no_other(ksi: Mapping[str, dict[str, str]]) -> None:
    ours = {
        *KNOWN.chapters,
        *KNOWN.targets,
        *KNOWN.activities,
        *KNOWN.groups,
        *KNOWN.administrative,
        *KNOWN.statistical,
    }
    assert ours == ksi.keys() - {"XA", "YA"}


def test_every_official_title(ksi: Mapping[str, dict[str, str]]) -> None:
    """What is listed as a slip stands there as listed, and ours is what we say; every other title is equal."""
    slips = corrections()["ksi"]
    ours = {
        **{code: activity.title for code, activity in KNOWN.activities.items()},
        **{code: item.title for code, item in (*KNOWN.administrative.items(), *KNOWN.statistical.items())},
        **{code: group.title for code, group in KNOWN.groups.items()},
        **{code: target.term for code, target in KNOWN.targets.items()},
        **KNOWN.chapters,
    }
    official = {code: _tidy(row["Titel"]) for code, row in ksi.items() if code in ours}
    assert {code: slip.official for code, slip in slips.items()} == {code: official[code] for code in slips}
    assert ours == official | {code: slip.ours for code, slip in slips.items()}


def test_parents(ksi: Mapping[str, dict[str, str]]) -> None:
    ours = {
        **{target.code: target.chapter for target in KNOWN.targets.values()},
        **{activity.code: activity.target for activity in KNOWN.activities.values()},
        **{item.code: item.parent for item in (*KNOWN.administrative.values(), *KNOWN.statistical.values())},
        **{group.code: group.parent for group in KNOWN.groups.values()},
    }
    assert ours == {code: ksi[code]["Överordnad kod"] for code in ours}


def test_relations(ksi: Mapping[str, dict[str, str]]) -> None:
    listed = corrections()["relations"]
    for code, target in KNOWN.targets.items():
        official = ksi[code]["Relaterad ICF-kod"].strip()
        if code in listed:
            assert (official, "".join(target.icf)) == (listed[code].official, listed[code].ours)
        else:
            assert official == "".join(target.icf)


CHAPTERS = re.compile(r"([bde])(\d)[01]\d-\1\2\d\d")


def test_relations_of_activities_are_those_of_their_targets(ksi: Mapping[str, dict[str, str]]) -> None:
    """Where a target has a whole chapter (d1) its activities name the same as an interval (d110-d199)."""
    for activity in KNOWN.activities.values():
        official = clean_relation(ksi[activity.code]["Relaterad ICF-kod"])
        relation = "".join(KNOWN.targets[activity.target].icf)
        if len(relation) == 2:
            assert CHAPTERS.fullmatch(official), activity
            assert official[:2] == relation
        elif activity.target in ("SJB", "SOM"):  # missing in the list; the workbook has them
            assert official == ""
        else:
            assert official == relation, activity


def test_relations_missing_in_the_list_are_those_of_the_workbook(workbook: list[Row]) -> None:
    found = {row.code: row.relation for row in workbook if row.code[:3] in ("SJB", "SOM")}
    assert found == {
        code: "d451" if code.startswith("SJB") else "d6407"
        for target in ("SJB", "SOM")
        for code in (target, *(f"{target}.{action}.ZZ" for action in KNOWN.actions_of(target)))
    }


def test_levels_of_targets(workbook: list[Row], shared: Path) -> None:
    """The sheet Inriktning gives levels; where its rows have slipped (UAK on) the level fits the related category."""
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.load_workbook(shared / "official" / "ksi-2025.xlsx", read_only=True)
    rows = [row for row in book["Inriktning"].iter_rows(values_only=True, min_row=2) if row[0]]
    official = {_tidy(str(row[0])): row[3] for row in rows if _tidy(str(row[0])) in KNOWN.targets}
    book.close()
    assert len(official) == 111
    assert {code: KNOWN.targets[code].level for code in official} == official


def test_selections(workbook: list[Row]) -> None:
    activities = [row for row in workbook if row.selections]
    assert len(activities) == 1902  # YAE.20.95 stands in the list only
    for name, codes in KNOWN.selections.items():
        assert codes == {row.code for row in activities if row.selections[name]}, name
    blank = {row.code for row in activities if all(mark is None for mark in row.selections.values())}
    assert KNOWN.unplaced == blank | {"YAE.20.95"}


def test_statuses_and_actions(workbook: list[Row]) -> None:
    assert {row.code: row.title for row in workbook if row.system == "status"} == {
        code: status.title for code, status in KNOWN.statuses.items()
    }
    actions = {row.code: row.title for row in workbook if row.system == "action"}
    assert actions == {code: KNOWN.actions[code].term for code in KNOWN.actions if code not in ("AX", "SX")}


def _carried(code: str) -> bool:
    """What we set out to carry of ICF: d whole, chapters to second level, national additions, what KSI relates to."""
    if len(code) == 1:
        return False
    if code[0] == "d" or "-" in code or len(code) <= 4 or code[-1].isalpha():
        return True
    return any(relation_covers(relation, code) for target in KNOWN.targets.values() for relation in target.icf)


def test_every_official_icf_category_that_we_carry_and_no_other(icf: Mapping[str, dict[str, str]]) -> None:
    wanted = {code for code in icf if _carried(code)}
    wider = {code[:-1] for code in wanted if code[-1].isalpha()}  # that no national addition hangs in the air
    assert KNOWN.icf.keys() == wanted | wider


def test_every_official_icf_term(icf: Mapping[str, dict[str, str]]) -> None:
    slips = corrections()["icf"]
    official = {code: _tidy(icf[code]["Titel"]) for code in KNOWN.icf}
    assert {code: slip.official for code, slip in slips.items()} == {code: official[code] for code in slips}
    assert {code: category.term for code, category in KNOWN.icf.items()} == official | {
        code: slip.ours for code, slip in slips.items()
    }


def test_icf_parents(icf: Mapping[str, dict[str, str]]) -> None:
    slipped = {"e26008": ("e2608", "e2600"), "e26009": ("e2609", "e2600")}  # official, ours
    for code, category in KNOWN.icf.items():
        official = icf[code]["Överordnad kod"]
        if code in slipped:
            assert (official, category.parent) == slipped[code]
        else:
            assert category.parent == (official if len(official) > 1 else ""), code


# --- what it answers


def test_look_up_in_any_writing() -> None:
    activity = Activity("SME.RB.ZZ", "SME", "RB", "Praktiskt stöd i att klä sig")
    assert KNOWN.ksi("sme.rb") == KNOWN.ksi("SME RB ZZ") == KNOWN.ksi("SME\u00a0RB") == activity
    assert KNOWN.ksi("yaa 35") == Item("YAA.35.ZZ", "Trygghetslarm", "YAA")
    assert KNOWN.ksi("xad.01.zz") == Item("XAD.01.ZZ", "Utforma uppdrag för utförare", "XAD")
    assert KNOWN.ksi("YAA.05").code == "YAA.05.00"
    assert KNOWN.icf_category("D6402.2") == Category("d6402", "Att städa bostaden", "d640", "third", "")


def test_impossible_combination_says_which_actions_exist() -> None:
    with pytest.raises(InputError) as raised:
        KNOWN.ksi("SMF.RA")
    assert raised.value.field == "ksi"
    assert raised.value.message == "Det agerandet finns inte för inriktningen SMF i KSI 2025."
    assert raised.value.allowed == tuple(f"SMF.{action}.ZZ" for action in KNOWN.actions_of("SMF"))
    assert "SMF.RB.ZZ" in raised.value.allowed
    assert "SMF.RA.ZZ" not in raised.value.allowed


def test_unknown_codes_say_which_are_near() -> None:
    with pytest.raises(InputError) as raised:
        KNOWN.ksi("SMX.RB")
    assert raised.value.allowed == ("SM1", "SMB", "SMC", "SMD", "SME", "SMF", "SMG", "SMH", "SMI")
    with pytest.raises(InputError) as raised:
        KNOWN.ksi("YAA.99")
    assert raised.value.allowed == ("YAA.95.ZZ",)
    with pytest.raises(InputError) as raised:
        KNOWN.icf_category("d6406")
    assert raised.value.field == "icf"
    assert "d6402" in raised.value.allowed
    with pytest.raises(InputError) as raised:
        KNOWN.target("XYZ", field="code")
    assert (raised.value.field, raised.value.allowed) == ("code", ())


def test_a_group_is_no_code_of_its_own() -> None:
    with pytest.raises(InputError):
        KNOWN.ksi("YAA")


@pytest.mark.parametrize(
    ("code", "title"),
    [
        ("SOG.RB.ZZ", "Praktiskt stöd i att städa bostaden"),
        ("SHA.AT.ZZ", "Inhämtning av uppgifter, från professionell, om att ändra grundläggande kroppsställning"),
        ("SA1.AZ.ZZ", "Utredande eller uppföljande aktivitet om lärande och att tillämpa kunskap, ospecificerad"),
        ("SE2.PH.ZZ", "Färdighetsträning i att vara mottagare av kommunikation"),
        ("VAA.RC.ZZ", "Emotionellt stöd som rör beteenden och vanor avseende alkohol"),
        ("UC1.PN.ZZ", "Råd eller information gällande individens personliga stöd"),
        ("WZZ.SM.ZZ", "Hantering av utrustning eller omgivande miljö, ospecificerad inriktning"),
        ("WZZ.AZ.ZZ", "Utredande aktivitet, annan specificerad och ospecificerad, ospecificerad inriktning"),
    ],
)
def test_composed_titles(code: str, title: str) -> None:
    assert KNOWN.activities[code].title == title


def test_title_parts() -> None:
    assert KNOWN.title_parts("sog.rb") == ("Praktiskt stöd", "i", "att städa bostaden")
    assert KNOWN.title_parts("WZZ.RB") == ("Praktiskt stöd", "", "ospecificerad inriktning")
    with pytest.raises(InputError, match="sammansatta titlar"):
        KNOWN.title_parts("YAA.35")


@pytest.mark.parametrize(
    ("target", "parent", "block"),
    [
        ("SOG", "SOD", "SO2"),
        ("SOD", "SO2", "SO2"),
        ("SO2", "SN1", "SN1"),
        ("SN1", "", "SN1"),
        ("SMB", "SM1", "SM1"),
        ("SVJ", "ST1", "ST1"),  # play stands among the letters of economic life, but in the chapter of d8
        ("TAQ", "TAP", "TA1"),
        ("UAD", "UA1", "UA1"),
        ("VAC", "VA2", "VA2"),
        ("VED", "VE2", "VE2"),
        ("VE2", "VA1", "VA1"),
        ("WXA", "", "WXA"),
    ],
)
def test_what_is_wider_than_a_target(target: str, parent: str, block: str) -> None:
    assert KNOWN.targets[target].parent == parent
    assert KNOWN.block_of(target.lower()) == block


def test_relations_run_both_ways() -> None:
    assert KNOWN.icf_for_target("SOG") == ("d6402",)
    assert KNOWN.targets_for_icf("d6402") == ("SOG", "SOD", "SO2", "SN1")
    assert KNOWN.targets_for_icf("b1528C") == ("TAQ", "TAP", "TA1")
    assert KNOWN.targets_for_icf("e1151") == ("UAD", "UA1")
    assert KNOWN.icf_for_target("SDA")[0] == "d210"
    assert KNOWN.icf_for_target("SO2")[0] == "d630-d649"
    assert KNOWN.icf_for_target("VAA") == ()
    assert KNOWN.targets_for_icf("s110") == ()


def test_a_placeholder_in_the_rest_does_not_take_what_stands_beneath_it() -> None:
    assert KNOWN.icf_for_target("UCU") == ("e398",)
    assert "UCU" not in KNOWN.targets_for_icf("e398A")


@given(st.sampled_from(list(KNOWN.targets)), st.sampled_from(list(KNOWN.icf)))
def test_relations_are_each_others_converse(target: str, code: str) -> None:
    assert (code in KNOWN.icf_for_target(target)) == (target in KNOWN.targets_for_icf(code))


@pytest.mark.parametrize(
    ("relation", "code", "covered"),
    [
        ("d640", "d6402", True),
        ("d640", "d640", True),
        ("d640", "d64", False),
        ("d640", "d630-d649", False),
        ("d630", "d630-d649", False),
        ("d630-d649", "d6408A", True),
        ("d630-d649", "d649", True),
        ("d630-d649", "d650", False),
        ("d6", "d630-d649", True),
        ("d6", "d699", True),
        ("d6", "d6", True),
        ("d8", "d898", True),
        ("e398", "e398A", False),
        ("e115-e145", "e1458", True),
        ("e115-e145", "e110", False),
        ("b152", "b1528C", True),
    ],
)
def test_what_a_relation_covers(relation: str, code: str, covered: bool) -> None:
    assert relation_covers(relation, code) is covered


@pytest.mark.parametrize(
    ("code", "level", "parent", "residual"),
    [
        ("d6", "chapter", "", ""),
        ("d630-d649", "block", "d6", ""),
        ("d640", "second", "d630-d649", ""),
        ("d510", "second", "d5", ""),
        ("d5408", "third", "d540", "specified"),
        ("d5409", "third", "d540", "unspecified"),
        ("d598", "second", "d5", "specified"),
        ("d649", "second", "d630-d649", "specified and unspecified"),
        ("d8", "chapter", "", ""),
        ("d298A", "third", "d298", ""),
        ("d6408A", "fourth", "d6408", ""),
        ("b1528C", "fourth", "b1528", ""),
        ("d57020", "fourth", "d5702", ""),
    ],
)
def test_shape_of_categories(code: str, level: str, parent: str, residual: str) -> None:
    category = KNOWN.icf[code]
    assert (category.level, category.parent, category.residual) == (level, parent, residual)


def test_residual_categories_are_those_that_say_so() -> None:
    for category in KNOWN.icf.values():
        says = bool(re.search(r"\bo?specificera", category.term, re.IGNORECASE))
        assert bool(category.residual) == says, category


def test_selections_have_titles() -> None:
    assert KNOWN.selection_titles.keys() == KNOWN.selections.keys()
    assert KNOWN.selection_titles["ÄOU"] == "Äldreomsorg, utförare"


def test_no_selection_has_a_code_that_none_places() -> None:
    for codes in KNOWN.selections.values():
        assert not codes & KNOWN.unplaced
        assert codes <= {*KNOWN.activities, *KNOWN.administrative}
    assert "TAQ.RC.ZZ" in KNOWN.unplaced


def test_read_once_and_read_only() -> None:
    assert catalogue() is KNOWN
    with pytest.raises(TypeError):
        KNOWN.targets["SMB"] = KNOWN.targets["SMC"]  # type: ignore[index]
    assert re.fullmatch(r"KSI 2025 v1\.0, ICF 2025 v1\.1, [0-9a-f]{12}", KNOWN.version)

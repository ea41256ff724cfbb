"""Local names and local choices of action types: read, checked, and used as selections."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phrases.catalogue import catalogue
from phrases.errors import InputError
from phrases.local import (
    STEPS,
    Choice,
    Local,
    applied,
    local,
    read_local,
    selected,
    selection_names,
    write_names,
)
from phrases.search import Index

KNOWN = catalogue()
EXAMPLES = Path(__file__).parents[2] / "examples" / "lokalt"
SUPPORT = [code for code, action in KNOWN.actions.items() if not action.is_investigating]
PLANNING = Local(steps={"planering": Choice(2, frozenset({"RB", "RA"})), "uppdrag": Choice(3, frozenset(SUPPORT))})


def left(choice: Choice, target: str) -> list[str]:
    _, out = applied(choice, KNOWN)
    return [action for action in KNOWN.actions_of(target) if f"{target}.{action}.ZZ" not in out]


INQUIRIES = ["AA", "AM", "AS", "AT", "AU", "AV"]


@pytest.mark.parametrize(
    ("way", "actions", "kept"),
    [
        (1, ["RB", "RA"], ["RA", "RB", "SZ"]),
        (2, ["RB", "RA"], ["RA", "RB"]),
        (3, ["RB", "RA"], ["SZ"]),
        (2, ["SM"], ["SZ"]),  # none of the relevant ones exists for the target: its support is not lost
    ],
)
def test_the_three_ways(way: int, actions: list[str], kept: list[str]) -> None:
    assert left(Choice(way, frozenset(actions)), "SOG") == [*INQUIRIES, *kept]


@given(st.sampled_from([1, 2, 3]), st.frozensets(st.sampled_from(SUPPORT), min_size=1))
def test_no_target_and_no_inquiry_is_lost(way: int, actions: frozenset[str]) -> None:
    added, out = applied(Choice(way, actions), KNOWN)
    assert added == frozenset()
    assert not any(KNOWN.actions[code.split(".")[1]].is_investigating for code in out)
    for target in KNOWN.targets:
        support = {f"{target}.{action}.ZZ" for action in KNOWN.actions_of(target) if action in SUPPORT}
        assert not support or support - out


def test_a_step_is_a_selection_alone_or_within_an_official_one() -> None:
    assert selected("äou", PLANNING).official == "ÄOU"
    assert selected(" Planering ", PLANNING).official is None
    within = selected("äou/planering", PLANNING)
    assert (within.name, within.official, "SOG.SZ.ZZ" in within.withheld) == ("ÄOU/planering", "ÄOU", True)
    assert [name for name in selection_names(PLANNING) if name.startswith("ÄOU")] == [
        "ÄOU",
        "ÄOU/planering",
        "ÄOU/uppdrag",
    ]


@pytest.mark.parametrize("name", ["", "/", "ÄOU/", "/planering", "ÄOU/utredning", "planering/ÄOU", "ÄOX"])
def test_what_is_no_selection(name: str) -> None:
    with pytest.raises(InputError) as raised:
        selected(name, PLANNING)
    assert raised.value.field == "selection"
    assert {"ÄOU", "planering"} <= set(raised.value.allowed)


def test_the_unspecified_action_is_added_where_the_official_selection_has_support() -> None:
    added, out = applied(Choice(3, frozenset(SUPPORT)), KNOWN, "ÄOU")
    assert "SOG.SZ.ZZ" not in KNOWN.selections["ÄOU"]
    assert "SOG.SZ.ZZ" in added
    assert {"SOG.RB.ZZ", "TAQ.RC.ZZ"} <= out


def test_without_local_choices_the_official_selections_are_all_there_are() -> None:
    with pytest.raises(InputError) as raised:
        selected("ÄO", Local())
    assert raised.value.allowed == selection_names(Local()) == tuple(KNOWN.selections)


def test_type_ahead_leaves_out_what_the_choice_does(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("phrases.local.local", lambda: PLANNING)
    found = [hit.code for hit in Index(KNOWN).search("städa bostaden", system="ksi", selection="ÄOU/planering")]
    assert "SOG.RB.ZZ" in found
    assert not {"SOG.SZ.ZZ", "SOG.RC.ZZ"} & set(found)


# --- files


def test_the_examples_are_good() -> None:
    found, faults = read_local(EXAMPLES)
    assert faults == []
    assert tuple(found.steps) == STEPS
    assert found.names["Serviceinsats liten"] == ("YAA.05.25", "SOG.SZ.ZZ")


def test_names_come_back_as_written(tmp_path: Path) -> None:
    names = {
        "Städ: varannan v.": ("SOG.SZ.ZZ",),
        "# 7": ("YAA.35.ZZ",),
        "ja": ("SMB.RB.ZZ", "SMB.RA.ZZ"),
        "=1+a": ("YAA.05.25",),
    }
    names.pop("# 7")
    path = write_names(tmp_path, names)
    assert read_local(tmp_path) == (Local(dict(sorted(names.items()))), [])
    assert "Städ: varannan v." in path.read_text(encoding="utf-8")


def test_every_fault_is_told_and_the_good_rows_stay(tmp_path: Path) -> None:
    (tmp_path / "local_names.yaml").write_text(
        "Städ: SOG.RB\nDusch: SMX.RB.ZZ\nMat: []\nstäd: SOG.RB\n7: YAA.35\n", encoding="utf-8"
    )
    (tmp_path / "action_types.yaml").write_text(
        "planering: {way: 2, actions: [AA]}\nutredning: {way: 4}\nbeslut: {way: 1}\nuppdrag: {way: 3}\n",
        encoding="utf-8",
    )
    found, faults = read_local(tmp_path)
    assert found.names == {"Städ": ("SOG.RB.ZZ",)}
    assert [*found.steps] == ["uppdrag"]
    assert [fault.rsplit(": ", 1)[0] for fault in faults][:4] == [
        f"local_names.yaml: {name}" for name in ("Dusch", "Mat", "städ", "7")
    ]
    assert [fault.split(": ")[1] for fault in faults[4:]] == ["planering", "utredning", "beslut"]


def test_files_that_are_no_tables(tmp_path: Path) -> None:
    (tmp_path / "local_names.yaml").write_bytes("Städ: SOG.RB".encode("cp1252"))
    (tmp_path / "action_types.yaml").write_text("- planering", encoding="utf-8")
    found, faults = read_local(tmp_path)
    assert found == Local()
    assert len(faults) == 2
    with pytest.raises(InputError) as raised:
        local(tmp_path)
    assert raised.value.field == "local"


def test_a_site_without_local_files(tmp_path: Path) -> None:
    assert read_local(tmp_path) == (Local(), [])

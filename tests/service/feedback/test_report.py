"""The report, the same on SQLite and PostgreSQL: every figure against records that can be counted by hand."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from phrases.errors import InputError
from service import examples
from service.commands import feedback as command
from service.feedback.record import read
from service.feedback.report import figures, rows
from service.feedback.store import Store
from service.requests import FeedbackRequest

VERSIONS = examples.SUGGESTION_VERSIONS
NEWER = {**VERSIONS, "model": "fedcba987654", "model_hash": "f" * 64}


def save(
    store: Store, offered: Sequence[tuple[str, str, bool]], chosen: Sequence[tuple[str, str]], **more: Any
) -> None:
    body = {
        "offered": [
            {"rank": rank, "code": code, "status": status, "confidence": 0.5, "selected": selected}
            for rank, (code, status, selected) in enumerate(offered, 1)
        ],
        "chosen": [{"code": code, "status": status} for code, status in chosen],
        "none_fits": not chosen,
        "versions": VERSIONS,
        **more,
    }
    record, faults = read(FeedbackRequest.model_validate(body))
    assert faults == []
    store.save(record, None)


@pytest.fixture
def told(store: Store) -> dict[str, Any]:
    """The report on four records of two models."""
    bath, clean, walk = "SMB.RB.ZZ", "SOG.RA.ZZ", "SMB.RC.ZZ"
    save(store, [(bath, "40", True), (clean, "40", True), (walk, "40", False)], [(bath, "40"), (walk, "50")])
    save(store, [(clean, "55", False)], [(bath, "40")])
    save(store, [(clean, "55", True)], [])
    save(store, [(bath, "55", True)], [(bath, "55"), ("YAA.35.ZZ", "30")], versions=NEWER)
    with store.reading() as connection:
        return figures(connection)


def test_the_whole(told: dict[str, Any]) -> None:
    today = datetime.now(UTC).date()
    assert told["last_day"] == today.isoformat()
    whole = ("records", "none_fits", "offered", "accepted", "acceptance", "selected", "selected_accepted", "missed")
    assert [told[name] for name in whole] == [4, 1, 6, 3, 0.5, 4, 2, 2]


def test_the_rank_of_the_chosen_codes(told: dict[str, Any]) -> None:
    assert told["rank"] == {
        "chosen": 5,
        "top_1": 2,
        "top_3": 3,
        "top_5": 3,
        "offered": 3,
        "not_offered": 2,
        "shares": {"top_1": 0.4, "top_3": 0.6, "top_5": 0.6, "offered": 0.6, "not_offered": 0.4},
        "same_status": 2,
        "same_status_share": 0.6667,
    }


def test_each_model(told: dict[str, Any]) -> None:
    models = {model["model_hash"]: model for model in told["models"]}
    older, newer = models[VERSIONS["model_hash"]], models["f" * 64]
    assert (older["records"], older["none_fits"], older["rank"]["chosen"], older["rank"]["top_1"]) == (3, 1, 3, 1)
    assert (newer["records"], newer["none_fits"], newer["rank"]["chosen"], newer["rank"]["top_1"]) == (1, 0, 2, 1)


def test_each_target(told: dict[str, Any]) -> None:
    counted = [
        [row[name] for name in ("code", "title", "offered", "accepted", "selected", "selected_accepted", "missed")]
        for row in told["targets"]
    ]
    assert counted == [
        ["SMB", "Att tvätta sig", 3, 3, 2, 2, 1],
        ["YAA", "Insatser till äldre personer och personer med funktionsnedsättning enligt SoL", 0, 0, 0, 0, 1],
        ["SOG", "Att städa bostaden", 3, 0, 2, 0, 0],
    ]


def test_each_action(told: dict[str, Any]) -> None:
    counted = [[row[name] for name in ("code", "title", "offered", "accepted", "missed")] for row in told["actions"]]
    assert counted == [
        ["RB", "Praktiskt stöd", 2, 2, 1],
        ["RC", "Emotionellt stöd", 1, 1, 0],
        ["YA", "Insatser i officiell statistik", 0, 0, 1],
        ["RA", "Kompensatoriskt stöd", 3, 0, 0],
    ]


def test_a_day_bounds_report_and_records(store: Store) -> None:
    save(store, [], [("SMB.RB.ZZ", "40")])
    today = datetime.now(UTC).date()
    with store.reading() as connection:
        assert figures(connection, today - timedelta(days=1))["records"] == 1
        assert figures(connection, today + timedelta(days=1))["records"] == 0
        assert list(rows(connection, today + timedelta(days=1))) == []


def test_an_empty_store_has_shares_of_nothing(store: Store) -> None:
    with store.reading() as connection:
        told = figures(connection)
    assert (told["records"], told["first_day"], told["rank"]["shares"]["top_1"], told["targets"]) == (0, None, None, [])


# --- the command line ----------------------------------------------------------------------------------------------


@pytest.fixture
def chosen_store(store: Store, feedback_url: str, monkeypatch: pytest.MonkeyPatch) -> Store:
    """The store that the settings name."""
    monkeypatch.setenv("ORDBRO_FEEDBACK_URL", feedback_url)
    return store


def test_the_report_for_people(chosen_store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    save(chosen_store, [("SMB.RB.ZZ", "40", True)], [("SMB.RB.ZZ", "40")])
    command.report(None, as_json=False, everything=False)
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("1 återkopplingar, ")
    assert [line.split() for line in lines if "SMB" in line] == [
        ["SMB", "1", "1", "100", "%", "1", "1", "100", "%", "0", "Att", "tvätta", "sig"]
    ]
    assert "  Först                         100 %  1" in lines


def test_the_report_as_json_is_the_figures(chosen_store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    save(chosen_store, [("SMB.RB.ZZ", "40", True)], [("SMB.RB.ZZ", "40")])
    command.report("2026-01-01", as_json=True, everything=False)
    with chosen_store.reading() as connection:
        assert json.loads(capsys.readouterr().out) == figures(connection)


def test_a_report_makes_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Made by an administrator, it would be closed to the service."""
    monkeypatch.setenv("ORDBRO_FEEDBACK_URL", f"sqlite:///{tmp_path / 'feedback.db'}")
    with pytest.raises(InputError, match="Ingen återkoppling har kommit än") as caught:
        command.report(None, as_json=False, everything=False)
    assert caught.value.field == "ORDBRO_FEEDBACK_URL"
    assert list(tmp_path.iterdir()) == []
    command.migrate()
    assert capsys.readouterr().out == "Tabellerna för återkoppling är på plats.\n"
    command.report(None, as_json=False, everything=False)
    assert capsys.readouterr().out == "Ingen återkoppling finns.\n"


def test_what_cannot_be_reached_is_told_with_its_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ORDBRO_FEEDBACK_URL", "postgresql://anna:hemlig@127.0.0.1:1/x")
    with pytest.raises(InputError, match="Återkopplingen kan inte nås") as caught:
        command.export(None)
    assert "hemlig" not in str(caught.value)


@pytest.mark.parametrize("day", ["i går", "2026-13-01", "20"])
def test_a_day_that_is_none(day: str, chosen_store: Store) -> None:
    with pytest.raises(InputError, match="2026-11-30"):
        command.report(day, as_json=True, everything=False)


def test_an_export_has_a_record_a_line(chosen_store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    for _ in range(3):
        save(chosen_store, [("SMB.RB.ZZ", "40", True)], [("SMB.RB.ZZ", "40")], selection="ÄOU")
    command.export(None)
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["selection"] for line in lines] == ["ÄOU"] * 3
    assert len({line["id"] for line in lines}) == 3

"""`ordbro benchmark` measures what it says, on a small scale; no test looks at a speed."""

import json
from pathlib import Path
from typing import Any

import pytest

from service.commands import benchmark
from service.comparators import rankers
from tests.service.conftest import SpySuggester

NOTE = "hjälpte till i duschen och tvättade håret sedan åt hon gröt med god aptit och jag diskade innan jag gick"


@pytest.fixture
def figures(
    suggester: SpySuggester, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Any:
    monkeypatch.setattr("service.answers.load_suggester", lambda: suggester)
    monkeypatch.setattr(benchmark, "_PHRASES", 40)
    monkeypatch.setattr(benchmark, "_LONG", (30, 60))
    monkeypatch.setattr(benchmark, "starts", lambda: {"help": 0.2})
    monkeypatch.setattr(benchmark, "_model_megabytes", lambda: 1.0)
    path = tmp_path / "notes.jsonl"
    gold = [{"target": "SMB", "actions": ["RB"], "status": ["40"], "evidence": "duschen"}]
    path.write_text(json.dumps({"id": 1, "text": NOTE, "gold": gold}) + "\n", encoding="utf-8")
    benchmark.run(str(path))
    return json.loads(capsys.readouterr().out)


def test_the_figures_of_the_contract_are_there(figures: Any, suggester: SpySuggester) -> None:
    assert figures["phrases"]["phrases"] == 40
    assert figures["suggestions"]["notes"] == 1
    assert figures["type_ahead"]["queries"] > 20
    for job, each in (("phrases", "phrases"), ("suggestions", "notes"), ("type_ahead", "queries")):
        assert {f"{each}_per_second", "p50_ms", "p95_ms", "first_pass_per_second"} <= figures[job].keys()
        assert 0 <= figures[job]["p50_ms"] <= figures[job]["p95_ms"]  # a spy may take less than the last digit
    assert {"resident_megabytes", "model_megabytes", "start_seconds", "machine"} <= figures.keys()
    assert figures["comparators"].keys() == rankers().keys()
    assert figures["long_notes_ms"].keys() == {"30", "60"}
    assert suggester.asked[0] == (NOTE, None, 8)


def test_targets_found_are_counted_for_all_in_the_same_run(figures: Any) -> None:
    assert figures["found_at_5"].keys() == {"ordbro", *rankers()}
    assert figures["found_at_5"]["ordbro"] == 1.0


def test_notes_of_our_own_are_of_the_length_that_is_asked_for() -> None:
    notes = benchmark._own_notes()
    assert len(notes) > 50
    assert all(20 <= len(note.split()) <= 40 for note in notes)


def test_a_start_is_a_process_of_its_own() -> None:
    assert 0 < benchmark._start(["--version"]) < 60

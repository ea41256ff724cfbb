"""Our figures against the project's yardstick, and by hand on three notes."""

import importlib.util
import random
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from models.evaluation import evaluate

NOTES: list[dict[str, Any]] = [
    {
        "id": "1",
        "text": "a",
        "selection": "ÄOU",
        "profile": "clean",
        "gold": [{"target": "SMB", "actions": ["RB"], "status": ["40"], "evidence": "a", "alt_targets": ["SMC"]}],
    },
    {"id": "2", "text": "b", "selection": "ÄOU", "profile": "L2", "gold": []},
    {
        "id": "3",
        "text": "c",
        "selection": "ÄOU",
        "profile": "L2",
        "gold": [{"code": "YAA.35.ZZ", "status": ["30"], "evidence": "c"}],
    },
]


@dataclass
class Fixed:
    """A suggester that answers from a table."""

    answers: Mapping[str, list[dict[str, Any]]]

    def suggest(self, text: str, selection: str | None = None, limit: int = 8) -> "Fixed":
        return Fixed({"": self.answers.get(text, [])})

    def as_dict(self) -> Mapping[str, Any]:
        return {"suggestions": self.answers[""]}


def suggestion(code: str, status: str, confidence: float, selected: bool) -> dict[str, Any]:
    return {"code": code, "status": status, "confidence": confidence, "selected": selected}


def test_figures_by_hand() -> None:
    answers = {
        "a": [suggestion("SMC.RB.ZZ", "40", 0.9, True), suggestion("SMF.RB.ZZ", "40", 0.6, True)],
        "b": [suggestion("SOG.RA.ZZ", "40", 0.7, True)],
        "c": [suggestion("YAA.30.ZZ", "30", 0.3, False), suggestion("YAA.35.ZZ", "20", 0.2, False)],
    }
    figures = evaluate(NOTES, Fixed(answers))["all"]
    assert figures["targetP"] == 1 / 3
    assert figures["targetR"] == 1 / 2
    assert figures["found@3"] == 1.0
    assert figures["first"] == 1 / 2
    assert figures["status"] == 1 / 2
    assert figures["alarm"] == 1.0


def test_the_same_figures_as_the_yardstick(shared: Path) -> None:
    spec = importlib.util.spec_from_file_location("yardstick", shared / "bench" / "score.py")
    assert spec is not None
    assert spec.loader is not None
    yardstick = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(yardstick)
    chance = random.Random(4)
    codes = ["SMB.RB.ZZ", "SMC.RA.ZZ", "SMF.RB.ZZ", "YAA.35.ZZ", "YAA.30.ZZ"]
    answers = {
        note["text"]: [
            suggestion(code, chance.choice(["40", "30"]), round(chance.random(), 3), chance.random() < 0.5)
            for code in chance.sample(codes, 4)
        ]
        for note in NOTES
    }
    theirs = yardstick.score(NOTES, {note["id"]: answers[note["text"]] for note in NOTES})
    ours = evaluate(NOTES, Fixed(answers))
    for group, figures in theirs.items():
        assert {name: round(value, 9) for name, value in figures.items()} == {
            name: round(ours[group][name], 9) for name in figures
        }

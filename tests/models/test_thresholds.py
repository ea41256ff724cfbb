"""Thresholds: which activities are proposed, and how the thresholds are chosen."""

import numpy as np
import pytest

from models.annotation import Label, Note
from models.candidates import Candidate
from models.thresholds import Judgement, Thresholds, best

NONE = np.zeros(0, np.float32)


@pytest.mark.parametrize(
    ("presence", "chances", "proposed"),
    [
        (0.9, [0.6, 0.35, 0.2], [True, True, False]),
        (0.7, [0.6, 0.35], [False, False]),
        (0.8, [0.3], [True]),
        (0.9, [], []),
    ],
)
def test_an_activity_is_proposed_where_the_note_tells_of_any(
    presence: float, chances: list[float], proposed: list[bool]
) -> None:
    assert Thresholds(presence=0.8, activity=0.3).proposed(presence, chances) == proposed


def note(*targets: str) -> Note:
    labels = tuple(Label(0, 1, (target,), ("RB",), ("40",)) for target in targets)
    return Note("id", "ÄOU", "journal", "clean", "hemtjänst", "staff", "a", labels)


def judgement(number: int, presence: float, target: str, right: bool) -> Judgement:
    return Judgement(number, presence, Candidate(target, 0, 0, 0.5, NONE, NONE, NONE), right, right, 1.0)


def test_an_empty_note_is_left_in_peace_and_a_second_activity_found() -> None:
    notes = {0: note("SMB", "SMF"), 1: note()}
    judged = [judgement(0, 0.9, "SMB", True), judgement(0, 0.9, "SMF", True), judgement(1, 0.6, "SOG", False)]
    chosen, figures = best(notes, judged, np.array([0.5, 0.3, 0.4], np.float32))
    assert chosen.proposed(0.9, [0.5, 0.3]) == [True, True]
    assert chosen.proposed(0.6, [0.4]) == [False]
    assert figures == {"targetF1": 1.0, "codeF1": 1.0, "alarm": 0.0}

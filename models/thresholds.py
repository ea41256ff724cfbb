"""From which probability on activities are proposed: chosen in training, kept in the manifest, used for every note.

Two thresholds. That the note tells of any activity at all must reach `presence` before anything is proposed: most false
alarms are notes in which staff did nothing. Then all activities that reach `activity` are proposed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from models.annotation import Note
from models.candidates import Candidate

ALARM_PRICE: Final = 0.25
"""How much of F1 may be given for a note without activity that is left in peace, each as a share of its kind."""

_ACTIVITY: Final = tuple(round(0.2 + 0.02 * number, 2) for number in range(21))
# finer towards 1: many clauses together make a note sure
_PRESENCE: Final = (0.5, 0.7, 0.8, 0.9, 0.93, 0.95, 0.97, 0.98, 0.985, 0.99, 0.993, 0.995, 0.997, 0.998, 0.999)


class Thresholds(NamedTuple):
    """Probabilities, 0..1."""

    presence: float
    activity: float

    def proposed(self, presence: float, chances: Sequence[float]) -> list[bool]:
        """Which of a note's activities are proposed, by the probability that there is any and by theirs."""
        opened = presence >= self.presence
        return [opened and chance >= self.activity for chance in chances]


class Judgement(NamedTuple):
    """A candidate of a note (by number) whose networks had not seen it: whether its target is right, and its likeliest
    action, which has probability `action`. `presence` is the note's.
    """

    note: int
    presence: float
    candidate: Candidate
    right: bool
    right_code: bool
    action: float


def best(
    notes: Mapping[int, Note], judged: Sequence[Judgement], chances: npt.NDArray[np.float32]
) -> tuple[Thresholds, dict[str, float]]:
    """The thresholds with the best mean of targetF1 and codeF1, less the price of the alarms, and these three figures.

    `notes` are those that count, by the number that judgements give them; clauses among them do not count, nor do
    judgements of other notes. `chances[i]` is the probability of `judged[i]`.
    """
    of_note: defaultdict[int, list[int]] = defaultdict(list)
    for place, one in enumerate(judged):
        of_note[one.note].append(place)
    whole = [(note, of_note[number]) for number, note in notes.items() if not note.clause]
    presences = np.array([judged[places[0]].presence if places else 0.0 for _, places in whole])
    labels, empty = sum(len(note.labels) for note, _ in whole), sum(not note.labels for note, _ in whole)
    tried = {}
    for activity in _ACTIVITY:
        counts = np.array(
            [_counts(note, [judged[place] for place in places if chances[place] >= activity]) for note, places in whole]
        )
        for presence in _PRESENCE:
            opened = _Counts(*counts[presences >= presence].sum(axis=0).tolist())
            tried[Thresholds(presence, activity)] = _figures(opened, labels, empty)
    chosen = max(tried, key=lambda pair: _value(tried[pair]))
    return chosen, {name: round(value, 3) for name, value in tried[chosen].items()}


def _value(figures: Mapping[str, float]) -> float:
    return (figures["targetF1"] + figures["codeF1"]) / 2 - ALARM_PRICE * figures["alarm"]


class _Counts(NamedTuple):
    """What is proposed in a note (or in many), and what of it and of the labels is right."""

    proposed: int
    right: int
    right_codes: int
    recalled: int
    recalled_codes: int
    alarm: int


def _counts(note: Note, proposed: Sequence[Judgement]) -> _Counts:
    targets = {one.candidate.target for one in proposed}
    right = {one.candidate.target for one in proposed if one.right}
    right_codes = {one.candidate.target for one in proposed if one.right_code}
    return _Counts(
        len(targets),
        len(right),
        len(right_codes),
        sum(bool(right.intersection(label.answers)) for label in note.labels),
        sum(bool(right_codes.intersection(label.answers)) for label in note.labels),
        not note.labels and bool(targets),
    )


def _figures(counts: _Counts, labels: int, empty: int) -> dict[str, float]:
    return {
        "targetF1": _f1(counts.right, counts.proposed, counts.recalled, labels),
        "codeF1": _f1(counts.right_codes, counts.proposed, counts.recalled_codes, labels),
        "alarm": counts.alarm / max(1, empty),
    }


def _f1(right: int, proposed: int, recalled: int, labels: int) -> float:
    precision, recall = right / max(1, proposed), recalled / max(1, labels)
    return 2 * precision * recall / max(1e-9, precision + recall)

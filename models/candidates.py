"""From a reading to candidates: which target, in which clauses, with which actions and statuses, and how likely.

Two stages. A small network scores every clause for every target. Where a target stands out, neighbouring clauses make
one candidate, and actions and statuses are judged on those clauses together. The ranker, a small set of trees, then
looks at the candidate in its surroundings (margin to the next target, search words, who did it) and says how likely
it is right.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import exp, log
from typing import Final

import numpy as np
import numpy.typing as npt

from models.features import Index, Rows
from models.reading import Reading
from phrases.lexicon import Strength

Vector = npt.NDArray[np.float32]

FLOOR: Final = 0.03
NEAR: Final = 0.35
MOST: Final = 24
ALWAYS: Final = 6
"""So many targets are candidates however unlikely they are: a person may know better."""
MOST_ACTIVE: Final = np.float32(0.999)
"""No clause is surer than this to tell of an activity: one alone must not decide how busy a note is."""
BESIDE: Final = -1.0
"""What stands for the activity of a clause beside a stretch where there is none."""
KIND_WEIGHT: Final = np.float32(0.8)
CUES: Final = (
    "by_person",
    "by_relative",
    "by_professional",
    "by_staff",
    "together",
    "no_need",
    "staff_matter",
    "medical",
    "weather",
    "told_professional",
    "refused",
    "not_done",
    "other_way",
    "planned",
    "standing",
    "proposed",
    "granted",
    "with_person",
    "reminded",
    "encouraged",
    "practised",
    "informed",
    "followed_up",
    "asked_person",
    "asked_other",
    "asked_professional",
    "assessed",
    "observed",
    "for_person",
    "adjusted",
    "provided",
)
IDLE: Final = frozenset(("by_person", "no_need", "medical", "weather", "staff_matter"))


STEPS: Final = 15
"""So many steps from nought to the largest weight of a unit; with 127 the file is much larger, no figure better."""


def _in_steps(weights: Vector) -> tuple[npt.NDArray[np.int8], Vector]:
    """Weights as whole numbers from -STEPS to STEPS, and the scale of each column that makes them weights again."""
    scale = (np.maximum(np.abs(weights).max(axis=0), np.float32(1e-6)) / np.float32(STEPS)).astype(np.float32)
    return np.rint(weights / scale).astype(np.int8), scale


@dataclass(frozen=True, slots=True)
class Network:
    """One hidden layer: the inner weights as whole numbers times a scale a unit, the outer ones as they are."""

    inner: npt.NDArray[np.int8]
    scale: Vector
    inner_bias: Vector
    outer: Vector
    outer_bias: Vector

    @classmethod
    def rounded(cls, inner: Vector, inner_bias: Vector, outer: Vector, outer_bias: Vector) -> Network:
        """A network with its inner weights rounded to steps between the largest of a unit and its opposite."""
        return cls(*_in_steps(inner), inner_bias, outer, outer_bias)

    def before(self, ids: npt.NDArray[np.int32], values: Vector) -> Vector:
        """What one row of features gives each hidden unit."""
        result: Vector = (values @ self.inner[ids].astype(np.float32)) * self.scale + self.inner_bias
        return result

    def shift(self, ids: Sequence[int]) -> Vector:
        """What features of weight 1 add to each hidden unit."""
        result: Vector = self.inner[ids].sum(axis=0, dtype=np.float32) * self.scale
        return result

    def after(self, before: Vector) -> Vector:
        """The scores of all classes, from what the hidden units get."""
        result: Vector = np.maximum(before, np.float32(0)) @ self.outer + self.outer_bias
        return result

    def scores(self, ids: npt.NDArray[np.int32], values: Vector) -> Vector:
        """The scores of all classes for one row of features."""
        return self.after(self.before(ids, values))


@dataclass(frozen=True, slots=True)
class Heads:
    """The first stage: one index of features, a network for each question, and the names of their classes.

    `targets` has one class more than `target_names`, the last: whether the clause tells of any activity at all.
    `kind_statuses[k, s]` is how much likelier status s is in notes of kind k than in all notes.
    """

    index: Index
    targets: Network
    target_names: tuple[str, ...]
    actions: Network
    action_names: tuple[str, ...]
    statuses: Network
    status_names: tuple[str, ...]
    kinds: Network
    kind_names: tuple[str, ...]
    kind_statuses: Vector

    def status_prior(self, rows: Rows, clauses: int) -> Vector:
        """What the kind of note (journal, plan, investigation ...) says of each status, as log-odds against all notes.

        A plan written in the present tense carries no cue of its own in each clause; the whole of it does.
        """
        kinds = softmax(self.kinds.scores(*rows.row(0, clauses - 1)))
        prior: Vector = np.log(kinds @ self.kind_statuses)
        return prior * KIND_WEIGHT

    def places(self, targets: Iterable[str]) -> list[int]:
        """The places of targets in the scores; those that no class stands for have none."""
        of_name = _places(self.target_names)
        return [of_name[target] for target in targets if target in of_name]

    def kin(self, place: int) -> npt.NDArray[np.int64]:
        """The places of the other targets of the same chapter part (the first two letters)."""
        return _kin(self.target_names)[place]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A target in clauses first..last. `chance` is the first stage's; `actions` and `statuses` are distributions
    over all names.
    """

    target: str
    first: int
    last: int
    chance: float
    actions: Vector
    statuses: Vector
    inputs: Vector


@lru_cache(maxsize=8)
def _places(names: tuple[str, ...]) -> dict[str, int]:
    return {name: place for place, name in enumerate(names)}


@lru_cache(maxsize=8)
def _kin(names: tuple[str, ...]) -> tuple[npt.NDArray[np.int64], ...]:
    return tuple(
        np.array([i for i, other in enumerate(names) if other[:2] == name[:2] and other != name], dtype=np.int64)
        for name in names
    )


def extras(target: str) -> tuple[str, ...]:
    """The features that tell the action and status heads which target is meant."""
    return (f"t:{target}", f"tt:{target[:2]}")


@dataclass(frozen=True, slots=True)
class Found:
    """The candidates of a note, and the probability that it tells of any activity at all."""

    candidates: Sequence[Candidate]
    presence: float


def find(reading: Reading, heads: Heads, selection: str | None) -> Found:
    """The candidates of a reading, without the ranker's word; `inputs` is what the ranker looks at."""
    if not reading.clauses:
        return Found((), 0.0)
    rows = Rows(heads.index, reading, selection)
    scores = np.stack([heads.targets.scores(*rows.row(i, i)) for i in range(len(reading.clauses))])
    note = _Note(reading, heads, scores[:, :-1], sigmoid(scores[:, -1]))
    prior = heads.status_prior(rows, len(reading.clauses))
    found = []
    for place, first, last in _groups(note.chances, heads.places(note.strong)):
        stretch = note.stretch(first, last, rows)
        target = heads.target_names[place]
        about = [number for name in extras(target) if (number := heads.index.number(name)) >= 0]
        actions = softmax(heads.actions.after(stretch.actions + heads.actions.shift(about)))
        statuses = softmax(heads.statuses.after(stretch.statuses + heads.statuses.shift(about)) + prior)
        chance = float(note.chances[first : last + 1, place].max())
        inputs = note.inputs(place, stretch, actions, statuses)
        found.append(Candidate(target, first, last, chance, actions, statuses, inputs))
    return Found(found, note.presence)


def sigmoid(scores: Vector) -> Vector:
    """Log-odds as probabilities; beyond 80 there is no telling them from 0 or 1."""
    result: Vector = np.float32(1) / (np.float32(1) + np.exp(np.minimum(-scores, np.float32(80))))
    return result


def log_odds(chance: float) -> float:
    """A probability as log-odds, none beyond 1 in 1,000."""
    clipped = min(max(chance, 1e-3), 1 - 1e-3)
    return log(clipped / (1 - clipped))


def softmax(scores: Vector) -> Vector:
    """Scores as a distribution."""
    powers = np.exp(scores - scores.max())
    result: Vector = powers / powers.sum()
    return result


def _groups(chances: Vector, named: Sequence[int]) -> list[tuple[int, int, int]]:
    """(target, first clause, last clause): runs of clauses where a target stays near its best in the note.

    Targets that stand out, some that do not, and all that a search word in the note has `named`.
    """
    best = chances.max(axis=0)
    order = np.argsort(-best, kind="stable")[:MOST]
    groups = []
    chosen = [int(place) for rank, place in enumerate(order) if best[place] >= FLOOR or rank < ALWAYS]
    for place in dict.fromkeys((*chosen, *named)):
        limit = NEAR * float(best[place])
        run = -1
        for clause in range(len(chances) + 1):
            inside = clause < len(chances) and chances[clause, place] >= limit
            if inside and run < 0:
                run = clause
            elif not inside and run >= 0:
                groups.append((place, run, clause - 1))
                run = -1
    return groups


def _busy(active: Vector) -> float:
    """Minus the logarithm of the probability that none of these clauses tells of an activity."""
    return -float(np.log1p(-np.minimum(active, MOST_ACTIVE)).sum())


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Clauses first..last of a note: the networks' scores on them together, and what stands there.

    `actions` and `statuses` are what the hidden units get before the target is known.
    """

    first: int
    last: int
    own: Vector
    order: Sequence[int]
    joint: Vector
    actions: Vector
    statuses: Vector
    chances: float
    strong: Counter[str]
    weak: Counter[str]
    numbers: Sequence[float]
    cues: Sequence[float]


class _Note:
    """What the ranker's inputs of one note share."""

    def __init__(self, reading: Reading, heads: Heads, scores: Vector, active: Vector) -> None:
        self.reading = reading
        self.heads = heads
        self.scores = scores
        self.active = active
        self.busy = _busy(active)
        self.presence = 1 - exp(-self.busy)
        self.chances = sigmoid(scores)
        self.total = float(self.chances.max(axis=0).sum())
        self.top = float(self.chances.max())
        self.strong = Counter(h.target for hits in reading.hits for h in hits if h.strength is Strength.WORD)
        names = {mark.category.name for marks in reading.marks for mark in marks}
        self.idle = float(len(names & IDLE))
        self.stretches: dict[tuple[int, int], _Stretch] = {}

    def stretch(self, first: int, last: int, rows: Rows) -> _Stretch:
        known = self.stretches.get((first, last))
        if known is None:
            known = self.stretches[first, last] = self._stretch(first, last, rows)
        return known

    def _stretch(self, first: int, last: int, rows: Rows) -> _Stretch:
        reading, heads = self.reading, self.heads
        row = rows.row(first, last)
        own = self.scores[first : last + 1].max(axis=0)
        hits = [hit for hits in reading.hits[first : last + 1] for hit in hits]
        cues = {mark.category.name for marks in reading.marks[first : last + 1] for mark in marks}
        return _Stretch(
            first,
            last,
            own,
            np.argsort(-own, kind="stable")[:2].tolist(),
            own if first == last else heads.targets.scores(*row)[:-1],
            heads.actions.before(*row),
            heads.statuses.before(*row),
            float(self.chances[first : last + 1].max(axis=0).sum()),
            Counter(hit.target for hit in hits if hit.strength is Strength.WORD),
            Counter(hit.target for hit in hits if hit.strength is Strength.WEAK),
            (
                float(last - first + 1),
                float(len(reading.clauses)),
                float(reading.spans[last][1] - reading.spans[first][0] + 1),
                float(first == 0),
                float(self.active[first : last + 1].max()),
                float(self.active.max()),
                self.busy,
                float(self.active[first - 1]) if first else BESIDE,
                float(self.active[last + 1]) if last + 1 < len(self.active) else BESIDE,
                self.busy - _busy(self.active[first : last + 1]),
            ),
            [float(name in cues) for name in CUES],
        )

    def inputs(self, place: int, stretch: _Stretch, actions: Vector, statuses: Vector) -> Vector:
        """What the ranker looks at for a target in a stretch."""
        target = self.heads.target_names[place]
        own = stretch.own
        mine = float(own[place])
        rival = next((other for other in stretch.order if other != place), place)
        kin = self.heads.kin(place)
        strong = stretch.strong[target]
        numbers = [
            mine,
            float(stretch.joint[place]),
            mine - float(own[rival]),
            float((own > mine).sum()),
            mine - float(own[kin].max()) if len(kin) else 9.0,
            stretch.chances,
            self.total,
            float(self.scores[:, place].max()) - mine,
            self.top,
            *stretch.numbers,
            float(strong),
            float(stretch.weak[target]),
            float(stretch.strong.total() - strong),
            float(self.strong[target] - strong),
            float(actions.max()),
            float(statuses.max()),
            float(self.heads.targets.outer_bias[place]),
            self.idle,
            *stretch.cues,
        ]
        return np.array(numbers, dtype=np.float32)


def overlap(reading: Reading, first: int, last: int, start: int, end: int) -> float:
    """How much of the shorter of two stretches (clauses first..last, offsets start..end) lies in the other, 0..1."""
    a, b = reading.clauses[first].start, reading.clauses[last].end
    shared = min(b, end) - max(a, start)
    return max(0.0, shared / max(1, min(b - a, end - start)))


def labelled(reading: Reading, spans: Sequence[tuple[int, int]], least: float = 0.5) -> list[tuple[int, int] | None]:
    """For each stretch of offsets the first and last clause that it covers, or None."""
    result: list[tuple[int, int] | None] = []
    for start, end in spans:
        inside = [i for i in range(len(reading.clauses)) if overlap(reading, i, i, start, end) >= least]
        result.append((inside[0], inside[-1]) if inside else None)
    return result

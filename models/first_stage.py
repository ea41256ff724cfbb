"""The first stage of training: from notes to networks that tell targets, actions, statuses and kinds of notes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import sparse

from models import candidates, network
from models.annotation import Label, Note
from models.candidates import Heads, Network
from models.features import GrowingIndex, Ids, Index, Rows, Values
from models.network import Matrix, Plan, Slope
from models.noise import noisy
from models.reading import Reader, Reading
from phrases.catalogue import catalogue
from phrases.lexicon import Strength

MIN_FEATURE: Final = 6
ALTERNATIVE: Final = 0.6
NOISE: Final = ((0.2, 1),)
KINDS: Final[Mapping[str, str]] = {
    "journal": "journal",
    "avvikelse": "journal",
    "plan": "plan",
    "utredning": "utredning",
    "beslut": "utredning",
    "uppföljning": "uppföljning",
}
"""Kinds of notes that the model tells apart; decisions read like investigations, deviations like journals."""
KIND_NAMES: Final = tuple(dict.fromkeys(KINDS.values()))
PLAN: Final = Plan(hidden=128)
# Far fewer rows than clauses teach these, so they are smaller and learn slower.
SMALL_PLAN: Final = Plan(hidden=56, passes=8, spread=0.05, batch=256, step=2e-3, least=6)
ACTION_PLAN: Final = replace(SMALL_PLAN, hidden=96)
KIND_PLAN: Final = replace(SMALL_PLAN, hidden=16)
FOUND: Final = 0.7
"""What a stretch that the first stage found weighs, against one that the writer of a note marked."""
SEARCH_WORD: Final = 0.3
"""What a search word weighs, against a clause of a note."""


@dataclass(frozen=True, slots=True)
class Example:
    """A note, or a noised copy of one, with its reading; `weight` is below 1 for copies."""

    note: Note
    reading: Reading
    weight: float


def examples(notes: Iterable[Note], reader: Reader, noise: Sequence[tuple[float, int]] = NOISE) -> list[Example]:
    """The notes, read, and noised copies of the whole ones."""
    result = []
    for note in notes:
        result.append(Example(note, reader.read(note.text), 1.0))
        for share, seed in () if note.clause else noise:
            copy = noisy(note, share, seed)
            if copy.text != note.text:
                result.append(Example(copy, reader.read(copy.text), 0.5))
    return result


class ClauseRow(NamedTuple):
    """One clause of an example and the labels that cover it."""

    example: Example
    clause: int
    labels: tuple[Label, ...]


class Stretch(NamedTuple):
    """Clauses first..last of an example that tell of a label, read as that target; `weight` is what it counts."""

    example: Example
    label: Label
    target: str
    first: int
    last: int
    weight: float


class SearchWord(NamedTuple):
    """A search word, read as if it were a note, and the targets that it speaks for."""

    reading: Reading
    targets: tuple[str, ...]


def search_words(reader: Reader) -> list[SearchWord]:
    """The search words of the reader's lexicon, each once, stars left out."""
    targets: dict[str, list[str]] = {}
    for pattern in reader.lexicon.patterns:
        if pattern.strength is Strength.WORD:
            targets.setdefault(pattern.written.replace("*", ""), []).append(pattern.target)
    read = [SearchWord(reader.read(word), tuple(found)) for word, found in targets.items()]
    return [word for word in read if word.reading.clauses]


def clause_rows(found: Iterable[Example]) -> list[ClauseRow]:
    """Every clause with its labels."""
    rows = []
    for example in found:
        reading = example.reading
        for index in range(len(reading.clauses)):
            labels = tuple(
                label
                for label in example.note.labels
                if candidates.overlap(reading, index, index, label.start, label.end) >= 0.5
            )
            rows.append(ClauseRow(example, index, labels))
    return rows


def stretches(found: Iterable[Example]) -> list[Stretch]:
    """The stretches that the writers of the notes marked."""
    rows = []
    for example in found:
        spans = [(label.start, label.end) for label in example.note.labels]
        for label, place in zip(example.note.labels, candidates.labelled(example.reading, spans), strict=True):
            if place is not None:
                rows.append(Stretch(example, label, label.answers[0], *place, example.weight))
    return rows


_SEARCH_FEATURES: Final = frozenset(("L:", "N:", "D:", "K:"))


class Targets(NamedTuple):
    """The targets that the first stage knows, and the network that finds them."""

    names: tuple[str, ...]
    network: Network


class Fitter:
    """Fits the networks on examples and search words; every row of features is made once."""

    def __init__(self, found: Sequence[Example], words: Sequence[SearchWord], index: Index) -> None:
        self._found = found
        self._words = words
        self._index = index
        self._rows = {id(example): Rows(index, example.reading, example.note.selection) for example in found}

    def heads(self, targets: Targets, judged: Sequence[Stretch] = ()) -> Heads:
        """The first stage. `judged` are further stretches for actions and statuses, as a first stage finds them: they
        end elsewhere than a writer would mark them, and use meets such ones.
        """
        told = (*stretches(self._found), *judged)
        action_names, status_names = tuple(catalogue().actions), tuple(catalogue().statuses)
        acting = [one for one in told if one.label.code is None]
        kinds, kind_statuses = self._kinds(status_names)
        return Heads(
            self._index,
            targets.network,
            targets.names,
            self._sets(acting, [one.label.actions for one in acting], action_names, ACTION_PLAN),
            action_names,
            self._sets(told, [one.label.statuses for one in told], status_names, SMALL_PLAN),
            status_names,
            kinds,
            KIND_NAMES,
            kind_statuses,
        )

    def targets(self) -> Targets:
        """The targets that notes or search words speak for, and the network that finds them in clauses. Its last class,
        which has no name, is any activity at all; of that a search word says nothing.
        """
        clauses = clause_rows(self._found)
        spoken_for = {target for word in self._words for target in word.targets}
        names = tuple(sorted(spoken_for.union(*(one.label.answers for one in stretches(self._found)))))
        place = {name: number for number, name in enumerate(names)}
        answers = np.zeros((len(clauses) + len(self._words), len(names) + 1), np.float32)
        trust = np.full_like(answers, SEARCH_WORD)
        trust[len(clauses) :, -1] = 0
        for number, row in enumerate(clauses):
            trust[number] = row.example.weight
            for label in row.labels:
                for rank, target in enumerate(label.answers):
                    answers[number, [place[target], -1]] = 1
                    if rank:
                        trust[number, place[target]] *= ALTERNATIVE
        share = (trust * answers)[: len(clauses)].sum(axis=0) / trust[: len(clauses)].sum(axis=0)
        for number, word in enumerate(self._words, len(clauses)):
            answers[number, [place[target] for target in word.targets]] = 1
        rows = [self._row(row.example, row.clause, row.clause) for row in clauses]
        rows += [self._letters_and_words(word) for word in self._words]
        common = np.clip(share, 1e-4, 0.5)
        return Targets(names, self._fitted(self._matrix(rows), common, network.each(answers, trust), PLAN))

    def _letters_and_words(self, word: SearchWord) -> tuple[Ids, Values]:
        """A search word's features without those that say that it is one: so that its letters come to speak for it."""
        ids, values = Rows(self._index, word.reading, None).row(0, len(word.reading.clauses) - 1)
        keep = np.array([self._index.names[number][:2] not in _SEARCH_FEATURES for number in ids], bool)
        return ids[keep], values[keep]

    def _sets(
        self, chosen: Sequence[Stretch], right: Sequence[Sequence[str]], names: Sequence[str], plan: Plan
    ) -> Network:
        """A network for the classes of stretches whose target is known; `right` are each one's answers, best first."""
        rows = (self._row(one.example, one.first, one.last, candidates.extras(one.target)) for one in chosen)
        answers = np.zeros((len(chosen), len(names)), np.float32)
        for number, values in enumerate(right):
            for rank, value in enumerate(values):
                answers[number, names.index(value)] = ALTERNATIVE if rank else 1
        return self._one(self._matrix(rows), answers, [one.weight for one in chosen], plan)

    def _kinds(self, status_names: Sequence[str]) -> tuple[Network, Matrix]:
        """The network that tells kinds of notes apart by the whole note, and how much likelier each status is in
        each kind.
        """
        readable = [example for example in self._found if example.reading.clauses]
        answers = np.zeros((len(readable), len(KIND_NAMES)), np.float32)
        counts = np.ones((len(KIND_NAMES), len(status_names)), np.float32)
        for number, example in enumerate(readable):
            kind = KIND_NAMES.index(KINDS[example.note.kind])
            answers[number, kind] = 1
            for label in example.note.labels:
                counts[kind, status_names.index(label.statuses[0])] += example.weight
        rows = self._matrix(self._row(example, 0, len(example.reading.clauses) - 1) for example in readable)
        of_kind = counts / counts.sum(axis=1, keepdims=True)
        of_all = counts.sum(axis=0) / counts.sum()
        kinds = self._one(rows, answers, [example.weight for example in readable], KIND_PLAN)
        return kinds, (of_kind / of_all).astype(np.float32)

    def _one(self, rows: sparse.csr_matrix, answers: Matrix, weights: Sequence[float], plan: Plan) -> Network:
        trust = np.array(weights, np.float32)
        share = np.maximum((answers * trust[:, None]).sum(axis=0), 0.5) / trust.sum()
        return self._fitted(rows, share, network.one(answers, trust), plan)

    def _fitted(self, rows: sparse.csr_matrix, share: npt.NDArray[np.floating], slope: Slope, plan: Plan) -> Network:
        fitted = network.fit(rows, np.log(share).astype(np.float32), slope, plan)
        return Network.rounded(fitted.inner, fitted.inner_bias, fitted.outer, fitted.outer_bias)

    def _row(self, example: Example, first: int, last: int, extras: Iterable[str] = ()) -> tuple[Ids, Values]:
        return self._rows[id(example)].row(first, last, extras)

    def _matrix(self, found: Iterable[tuple[Ids, Values]]) -> sparse.csr_matrix:
        rows = list(found)
        ends = np.cumsum([0, *(len(ids) for ids, _ in rows)])
        return sparse.csr_matrix(
            (np.concatenate([values for _, values in rows]), np.concatenate([ids for ids, _ in rows]), ends),
            shape=(len(rows), len(self._index.names)),
        )


def make_index(found: Sequence[Example]) -> Index:
    """The features that come at least `MIN_FEATURE` times in clauses, in order of name, and those that name a
    target.
    """
    growing = GrowingIndex()
    counts: Counter[int] = Counter()
    for example in found:
        rows = Rows(growing, example.reading, example.note.selection)
        for clause in range(len(example.reading.clauses)):
            counts.update(rows.row(clause, clause)[0].tolist())
    names = {name for name, number in growing.ids.items() if counts[number] >= MIN_FEATURE}
    names.update(
        extra for example in found for label in example.note.labels for extra in candidates.extras(label.answers[0])
    )
    return Index(sorted(names))

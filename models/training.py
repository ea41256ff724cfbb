"""Training, from the notes to the stored model: `python -m models.training`.

1. Vocabulary of the domain from the notes, lexicon and cues.
2. First stage: heads for targets, actions and statuses, on the clauses that the segmenter makes (so that training
   equals use), with noised copies.
3. Second stage: the ranker, on candidates that heads make which have not seen the note (folds).
4. Calibration and thresholds on the same candidates.

Everything is ordered and seeded: the same notes give the same bytes.
"""

from __future__ import annotations

import platform
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
import scipy
from scipy import sparse
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from models import candidates, linear, network, store, trees
from models.annotation import NOTES, Label, Note, data_hash, load_notes
from models.candidates import Candidate, Head, Heads, Network
from models.features import GrowingIndex, Index, Rows
from models.noise import noisy
from models.normalise import Normaliser, Vocabulary
from models.reading import Reader, Reading
from models.store import Stored
from models.trees import Trees
from models.vocabulary import count_words, names
from phrases.catalogue import catalogue
from phrases.cues import cues
from phrases.lexicon import lexicon

HELD_OUT: Final = 8
FOLDS: Final = 3
MIN_FEATURE: Final = 2
ALTERNATIVE: Final = 0.6
NOISE: Final = ((0.2, 1),)
STRENGTH: Final = {"actions": 4.0, "statuses": 4.0, "kinds": 2.0}
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
PLAN: Final = network.Plan(hidden=128, passes=6)
ROUNDS: Final = 30
TREES: Final = 120
WORKERS: Final = 2
ALARM_PRICE: Final = 0.2


def held_out(note: Note) -> bool:
    """Whether a note is kept apart for measuring: one whole note in eight, by its id, for ever."""
    return not note.clause and int(note.id[:6], 16) % HELD_OUT == 0


def fold_of(note: Note) -> int:
    """The fold of a note that is not held out."""
    return int(note.id[6:12], 16) % FOLDS


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


def answers_of(label: Label) -> tuple[str, ...]:
    """The classes of the target head that are right for a label, best first."""
    return label.targets if label.code is None else (label.code,)


@dataclass(frozen=True, slots=True)
class ClauseRow:
    """One clause of an example and the labels that cover it."""

    example: Example
    clause: int
    labels: tuple[Label, ...]


@dataclass(frozen=True, slots=True)
class LabelRow:
    """One label of an example and the clauses that it covers."""

    example: Example
    label: Label
    first: int
    last: int


def clause_rows(found: Iterable[Example]) -> list[ClauseRow]:
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


def label_rows(found: Iterable[Example]) -> list[LabelRow]:
    rows = []
    for example in found:
        spans = [(label.start, label.end) for label in example.note.labels]
        for label, place in zip(example.note.labels, candidates.labelled(example.reading, spans), strict=True):
            if place is not None:
                rows.append(LabelRow(example, label, *place))
    return rows


def _matrix(rows: Sequence[tuple[np.ndarray, np.ndarray]], width: int) -> sparse.csr_matrix:
    ends = np.cumsum([0, *(len(ids) for ids, _ in rows)])
    return sparse.csr_matrix(
        (np.concatenate([values for _, values in rows]), np.concatenate([ids for ids, _ in rows]), ends),
        shape=(len(rows), width),
    )


def fit_heads(found: Sequence[Example], index: Index) -> Heads:
    """The first stage, from examples."""
    clauses, labels = clause_rows(found), label_rows(found)
    of = {id(example): Rows(index, example.reading, example.note.selection) for example in found}
    rows = [of[id(r.example)].row(r.clause, r.clause) for r in clauses]
    names = tuple(sorted({target for row in labels for target in answers_of(row.label)}))
    place = {name: number for number, name in enumerate(names)}
    answers = np.zeros((len(rows), len(names)), np.float32)
    trust = np.repeat(np.array([[r.example.weight] for r in clauses], np.float32), len(names), axis=1)
    for number, row in enumerate(clauses):
        for label in row.labels:
            for rank, target in enumerate(answers_of(label)):
                answers[number, place[target]] = 1
                if rank:
                    trust[number, place[target]] *= ALTERNATIVE
    share = (trust * answers).sum(axis=0) / np.maximum(trust.sum(axis=0), 1)
    start = np.log(np.clip(share, 1e-4, 0.5)).astype(np.float32)
    fitted = network.fit(_matrix(rows, len(index.names)), start, network.each(answers, trust), PLAN)
    targets = Network.rounded(fitted.inner, fitted.inner_bias, fitted.outer, fitted.outer_bias)
    rows = [of[id(r.example)].row(r.first, r.last, candidates.extras(answers_of(r.label)[0])) for r in labels]
    matrix = _matrix(rows, len(index.names))
    weights = np.array([r.example.weight for r in labels], np.float32)
    action_names, status_names = tuple(catalogue().actions), tuple(catalogue().statuses)
    acting = np.array([r.label.code is None for r in labels])
    actions = linear.fit_one(
        matrix[acting],
        _sets([r.label.actions for r in labels if r.label.code is None], action_names),
        weights[acting],
        strength=STRENGTH["actions"],
        rounds=ROUNDS,
    )
    statuses = linear.fit_one(
        matrix,
        _sets([r.label.statuses for r in labels], status_names),
        weights,
        strength=STRENGTH["statuses"],
        rounds=ROUNDS,
    )
    kinds, kind_statuses = _fit_kinds(found, of, len(index.names), status_names)
    return Heads(
        index,
        targets,
        names,
        Head.rounded(actions.weights, actions.bias),
        action_names,
        Head.rounded(statuses.weights, statuses.bias),
        status_names,
        Head.rounded(kinds.weights, kinds.bias),
        KIND_NAMES,
        kind_statuses,
    )


def _fit_kinds(
    found: Sequence[Example], of: Mapping[int, Rows], width: int, status_names: Sequence[str]
) -> tuple[linear.Weights, linear.Matrix]:
    """The head that tells kinds of notes apart by the whole note, and how much likelier each status is in each kind."""
    readable = [example for example in found if example.reading.clauses]
    rows = [of[id(example)].row(0, len(example.reading.clauses) - 1) for example in readable]
    answers = np.zeros((len(rows), len(KIND_NAMES)), np.float32)
    counts = np.ones((len(KIND_NAMES), len(status_names)), np.float32)
    for number, example in enumerate(readable):
        kind = KIND_NAMES.index(KINDS[example.note.kind])
        answers[number, kind] = 1
        for label in example.note.labels:
            counts[kind, list(status_names).index(label.statuses[0])] += example.weight
    weights = np.array([example.weight for example in readable], np.float32)
    kinds = linear.fit_one(_matrix(rows, width), answers, weights, strength=STRENGTH["kinds"], rounds=ROUNDS)
    of_kind = counts / counts.sum(axis=1, keepdims=True)
    of_all = counts.sum(axis=0) / counts.sum()
    return kinds, (of_kind / of_all).astype(np.float32)


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
        extra for example in found for label in example.note.labels for extra in candidates.extras(answers_of(label)[0])
    )
    return Index(sorted(names))


def _sets(found: Sequence[Sequence[str]], names: Sequence[str]) -> linear.Matrix:
    place = {name: number for number, name in enumerate(names)}
    answers = np.zeros((len(found), len(names)), np.float32)
    for number, values in enumerate(found):
        for rank, value in enumerate(values):
            answers[number, place[value]] = ALTERNATIVE if rank else 1
    return answers


def right_labels(example: Example, candidate: Candidate) -> list[Label]:
    """The labels that a candidate meets: target among their answers and evidence in its clauses."""
    return [
        label
        for label in example.note.labels
        if candidate.target in answers_of(label)
        and candidates.overlap(example.reading, candidate.first, candidate.last, label.start, label.end) > 0.3
    ]


def build_reader(notes: Iterable[Note]) -> tuple[Reader, Mapping[str, int]]:
    """A reader whose vocabulary comes from these notes, and that vocabulary."""
    words = count_words(notes, lexicon(), cues())
    return Reader(Normaliser(Vocabulary(words), names()), lexicon(), cues()), words


@dataclass(frozen=True, slots=True)
class Judgement:
    """A candidate of a note that the heads had not seen: what the ranker and the calibration learn from."""

    note: int
    candidate: Candidate
    right: bool
    right_code: bool
    action: float


def judgements(found: Sequence[Example], index: Index) -> list[Judgement]:
    """Candidates of every whole note, made by heads that were fitted without that note's fold; folds run side by
    side.
    """
    with ProcessPoolExecutor(WORKERS, mp_context=get_context("fork")) as pool:
        parts = pool.map(_fold_judgements, range(FOLDS), [found] * FOLDS, [index] * FOLDS)
        return sorted((one for part in parts for one in part), key=lambda one: one.note)


def _fold_judgements(fold: int, found: Sequence[Example], index: Index) -> list[Judgement]:
    with threadpool_limits(1):
        heads = fit_heads([e for e in found if fold_of(e.note) != fold], index)
    result = []
    for number, example in enumerate(found):
        if fold_of(example.note) != fold or example.note.clause:
            continue
        for candidate in candidates.find(example.reading, heads, example.note.selection):
            labels = right_labels(example, candidate)
            action, chance = best_action(candidate, heads)
            right_code = any(label.code is not None or action in label.actions for label in labels)
            result.append(Judgement(number, candidate, bool(labels), right_code, chance))
    return result


def best_action(candidate: Candidate, heads: Heads) -> tuple[str, float]:
    """The likeliest action that exists for the candidate's target, and its share among those that do."""
    if candidate.target not in catalogue().targets:
        return "", 1.0
    existing = catalogue().actions_of(candidate.target)
    shares = {name: float(candidate.actions[i]) for i, name in enumerate(heads.action_names) if name in existing}
    best = max(shares, key=lambda name: shares[name])
    return best, shares[best] / max(sum(shares.values()), 1e-9)


def fit_ranker(judged: Sequence[Judgement]) -> Trees:
    """The second stage: trees over what surrounds a candidate."""
    from sklearn.ensemble import HistGradientBoostingClassifier

    rows = np.stack([one.candidate.inputs for one in judged])
    answers = np.array([one.right for one in judged])
    model = HistGradientBoostingClassifier(
        max_iter=TREES,
        max_depth=4,
        learning_rate=0.06,
        min_samples_leaf=20,
        l2_regularization=1.0,
        early_stopping=False,
        random_state=0,
    )
    model.fit(rows, answers)
    return trees.export(model)


def cross_judged(found: Sequence[Example], judged: Sequence[Judgement]) -> npt.NDArray[np.float32]:
    """Each judgement's probability by a ranker that was fitted without its note: what thresholds may be tuned on."""
    folds = [fold_of(found[one.note].note) for one in judged]
    scores = np.zeros(len(judged), np.float32)
    for fold in range(FOLDS):
        ranker = fit_ranker([one for one, f in zip(judged, folds, strict=True) if f != fold])
        inside = [place for place, f in enumerate(folds) if f == fold]
        scores[inside] = ranker.scores(np.stack([judged[place].candidate.inputs for place in inside]))
    return candidates.sigmoid(scores)


def calibrate(chances: npt.NDArray[np.float32], judged: Sequence[Judgement]) -> list[float]:
    """Weights of (1, log-odds of the target, log-odds of the action) for the probability that a whole code is right."""
    from sklearn.linear_model import LogisticRegression

    rows = [
        (candidates.log_odds(float(chance)), candidates.log_odds(one.action))
        for chance, one in zip(chances, judged, strict=True)
    ]
    fitted = LogisticRegression(C=10.0).fit(rows, [one.right_code for one in judged])
    return [round(float(x), 4) for x in (fitted.intercept_[0], *fitted.coef_[0])]


def best_threshold(
    found: Sequence[Example], judged: Sequence[Judgement], chances: npt.NDArray[np.float32]
) -> tuple[float, dict[str, float]]:
    """The probability from which a target is proposed: the best mean of targetF1 and codeF1, less a share of the
    alarms.
    """
    by_note: defaultdict[int, list[int]] = defaultdict(list)
    for place, one in enumerate(judged):
        by_note[one.note].append(place)
    whole = [(number, example) for number, example in enumerate(found) if not example.note.clause]
    best: tuple[float, float, dict[str, float]] = (-1.0, 0.5, {})
    for threshold in np.arange(0.1, 0.8, 0.02):
        counts: Counter[str] = Counter()
        for number, example in whole:
            places = [place for place in by_note[number] if chances[place] >= threshold]
            _count(counts, example.note, [judged[place] for place in places])
        target = _f1(counts["right"], counts["proposed"], counts["recalled"], counts["labels"])
        code = _f1(counts["right codes"], counts["proposed"], counts["recalled codes"], counts["labels"])
        alarm = counts["alarm"] / max(1, counts["empty"])
        value = (target + code) / 2 - ALARM_PRICE * alarm
        if value > best[0]:
            figures = {"targetF1": round(target, 3), "codeF1": round(code, 3), "alarm": round(alarm, 3)}
            best = (value, round(float(threshold), 2), figures)
    return best[1], best[2]


def _count(counts: Counter[str], note: Note, proposed: Sequence[Judgement]) -> None:
    targets = {one.candidate.target for one in proposed}
    right = {one.candidate.target for one in proposed if one.right}
    right_codes = {one.candidate.target for one in proposed if one.right_code}
    counts["proposed"] += len(targets)
    counts["right"] += len(right)
    counts["right codes"] += len(right_codes)
    counts["labels"] += len(note.labels)
    counts["recalled"] += sum(bool(right.intersection(answers_of(label))) for label in note.labels)
    counts["recalled codes"] += sum(bool(right_codes.intersection(answers_of(label))) for label in note.labels)
    counts["empty"] += not note.labels
    counts["alarm"] += not note.labels and bool(targets)


def _f1(right: int, proposed: int, recalled: int, labels: int) -> float:
    precision, recall = right / max(1, proposed), recalled / max(1, labels)
    return 2 * precision * recall / max(1e-9, precision + recall)


def train(notes: Sequence[Note], say: Callable[[str], None]) -> Stored:
    """The whole training on notes none of which is held out. `say` is told how far it is."""
    reader, words = build_reader(notes)
    found = examples(notes, reader)
    index = make_index([example for example in found if example.weight == 1.0])
    say(f"{len(notes)} notes, {len(found)} with copies, {len(index.names)} features; {FOLDS} folds for the ranker")
    judged = judgements(found, index)
    chances = cross_judged(found, judged)
    threshold, figures = best_threshold(found, judged, chances)
    say(f"ranker: {len(judged)} candidates; threshold {threshold}: {figures}")
    manifest = {
        "made_by": "python -m models.training",
        "notes": len(notes),
        "labels": sum(len(note.labels) for note in notes),
        "features": len(index.names),
        "threshold": threshold,
        "calibration": calibrate(chances, judged),
        "cross_judged": figures,
    }
    ranker = fit_ranker(judged)
    heads = fit_heads(found, index)
    return Stored(heads, ranker, words, manifest)


def versions() -> dict[str, str]:
    """Versions of what computes: other versions may give other last digits."""
    import sklearn

    return {
        "python": platform.python_version(),
        "numpy": np.__version__,
        "scipy": scipy.__version__,
        "scikit-learn": sklearn.__version__,
    }


def sources(folder: Path = NOTES) -> dict[str, str]:
    """Hashes of what a model is made from: the manifest carries them, and a test compares them with what stands
    here now.
    """
    return {"data": data_hash(folder), "lexicon": lexicon().version, "cues": cues().version}


def main() -> None:
    """Train on every note that is not held out and store the model."""
    # more threads would add up in another order, and give other last digits
    with threadpool_limits(1):
        stored = train([note for note in load_notes() if not held_out(note)], lambda line: print(line, file=sys.stderr))
    manifest = {**stored.manifest, "sources": sources(), "versions": versions(), "catalogue": catalogue().version}
    digest = store.save(Stored(stored.heads, stored.ranker, stored.words, manifest))
    print(f"stored {digest}", file=sys.stderr)


if __name__ == "__main__":
    main()

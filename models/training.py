"""Training, from the notes to the stored model: `python -m models.training`.

1. Vocabulary of the domain from the notes, lexicon and cues.
2. First stage (`first_stage`): networks for targets, actions and statuses, on the clauses that the segmenter makes (so
   that training equals use), with noised copies.
3. Second stage: the ranker, on candidates of networks that have not seen the note (folds).
4. Calibration and thresholds (`thresholds`) on the same candidates; their stretches also teach the final network for
   actions.

Everything is ordered and seeded: the same notes give the same bytes.
"""

from __future__ import annotations

import platform
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
import scipy
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from models import candidates, store, thresholds, trees
from models.annotation import NOTES, Label, Note, data_hash, load_notes
from models.candidates import Candidate, Heads
from models.features import Index
from models.first_stage import FOUND, Example, Fitter, SearchWord, Stretch, Targets, examples, make_index, search_words
from models.normalise import Normaliser, Vocabulary
from models.reading import Reader
from models.store import Stored
from models.thresholds import Judgement
from models.trees import Trees
from models.vocabulary import count_words, names
from phrases.catalogue import catalogue
from phrases.cues import cues
from phrases.lexicon import lexicon

HELD_OUT: Final = 8
FOLDS: Final = 3
TREES: Final = 200
WORKERS: Final = 2


def held_out(note: Note) -> bool:
    """Whether a note is kept apart for measuring: one whole note in eight, by its id, for ever."""
    return not note.clause and int(note.id[:6], 16) % HELD_OUT == 0


def fold_of(note: Note) -> int:
    """The fold of a note that is not held out."""
    return int(note.id[6:12], 16) % FOLDS


def right_labels(example: Example, candidate: Candidate) -> list[Label]:
    """The labels that a candidate meets: target among their answers and evidence in its clauses."""
    return [
        label
        for label in example.note.labels
        if candidate.target in label.answers
        and candidates.overlap(example.reading, candidate.first, candidate.last, label.start, label.end) > 0.3
    ]


def build_reader(notes: Iterable[Note]) -> tuple[Reader, Mapping[str, int]]:
    """A reader whose vocabulary comes from these notes, and that vocabulary."""
    words = count_words(notes, lexicon(), cues())
    return Reader(Normaliser(Vocabulary(words), names()), lexicon(), cues()), words


def first_networks(
    found: Sequence[Example], searched: Sequence[SearchWord], index: Index
) -> tuple[Targets, list[Judgement]]:
    """The final network for targets, and the candidates of every whole note, made by heads that were fitted without
    that note's fold; all side by side.
    """
    with ProcessPoolExecutor(WORKERS, mp_context=get_context("fork")) as pool:
        targets = pool.submit(_targets, found, searched, index)
        parts = pool.map(_fold_judgements, range(FOLDS), [found] * FOLDS, [searched] * FOLDS, [index] * FOLDS)
        judged = sorted((one for part in parts for one in part), key=lambda one: one.note)
        return targets.result(), judged


def _targets(found: Sequence[Example], searched: Sequence[SearchWord], index: Index) -> Targets:
    with threadpool_limits(1):
        return Fitter(found, searched, index).targets()


def _fold_judgements(
    fold: int, found: Sequence[Example], searched: Sequence[SearchWord], index: Index
) -> list[Judgement]:
    with threadpool_limits(1):
        fitter = Fitter([e for e in found if fold_of(e.note) != fold], searched, index)
        heads = fitter.heads(fitter.targets())
    result = []
    for number, example in enumerate(found):
        if fold_of(example.note) != fold or example.note.clause:
            continue
        read = candidates.find(example.reading, heads, example.note.selection)
        for candidate in read.candidates:
            labels = right_labels(example, candidate)
            action, chance = best_action(candidate, heads)
            right_code = any(label.code is not None or action in label.actions for label in labels)
            result.append(Judgement(number, read.presence, candidate, bool(labels), right_code, chance))
    return result


def found_stretches(found: Sequence[Example], judged: Iterable[Judgement]) -> list[Stretch]:
    """The right candidates as stretches, one for each label that they meet."""
    rows = []
    for one in judged:
        example, candidate = found[one.note], one.candidate
        for label in right_labels(example, candidate):
            weight = FOUND * example.weight
            rows.append(Stretch(example, label, candidate.target, candidate.first, candidate.last, weight))
    return rows


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
        max_depth=6,
        learning_rate=0.05,
        min_samples_leaf=40,
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


def calibrate(judged: Iterable[tuple[float, Judgement]]) -> list[float]:
    """Weights of (1, log-odds of the target, log-odds of the action) for the probability that a whole code is right,
    from probabilities of targets and their judgements.
    """
    from sklearn.linear_model import LogisticRegression

    rows, right = [], []
    for chance, one in judged:
        rows.append((candidates.log_odds(chance), candidates.log_odds(one.action)))
        right.append(one.right_code)
    fitted = LogisticRegression(C=10.0).fit(rows, right)
    return [round(float(x), 4) for x in (fitted.intercept_[0], *fitted.coef_[0])]


def train(notes: Sequence[Note], say: Callable[[str], None]) -> Stored:
    """The whole training on notes none of which is held out. `say` is told how far it is."""
    reader, words = build_reader(notes)
    found = examples(notes, reader)
    index = make_index([example for example in found if example.weight == 1.0])
    say(f"{len(notes)} notes, {len(found)} with copies, {len(index.names)} features; {FOLDS} folds for the ranker")
    searched = search_words(reader)
    targets, judged = first_networks(found, searched, index)
    chances = cross_judged(found, judged)
    # copies with noise teach, but nothing is tuned on them: they are harder than what is written
    original = {number: example.note for number, example in enumerate(found) if example.weight == 1.0}
    chosen, figures = thresholds.best(original, judged, chances)
    say(f"ranker: {len(judged)} candidates; {chosen}: {figures}")
    manifest = {
        "made_by": "python -m models.training",
        "notes": len(notes),
        "labels": sum(len(note.labels) for note in notes),
        "features": len(index.names),
        "thresholds": chosen._asdict(),
        "calibration": calibrate(
            [(float(chance), one) for chance, one in zip(chances, judged, strict=True) if one.note in original]
        ),
        "cross_judged": figures,
    }
    ranker = fit_ranker(judged)
    heads = Fitter(found, searched, index).heads(targets, found_stretches(found, judged))
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
    made_from = sources()  # before training, so that a file changed meanwhile leaves the model stale
    # more threads would add up in another order, and give other last digits
    with threadpool_limits(1):
        stored = train([note for note in load_notes() if not held_out(note)], lambda line: print(line, file=sys.stderr))
    manifest = {**stored.manifest, "sources": made_from, "versions": versions(), "catalogue": catalogue().version}
    digest = store.save(Stored(stored.heads, stored.ranker, stored.words, manifest))
    print(f"stored {digest}", file=sys.stderr)


if __name__ == "__main__":
    main()

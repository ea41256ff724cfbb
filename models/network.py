"""A small network for rows of features, with one hidden layer. Training only: needs scipy.

    hidden = max(0, row @ inner + inner_bias);  scores = hidden @ outer + outer_bias

The inner weights are a vector for every feature, so words that speak for the same targets come to lie together,
which a purely linear model cannot learn. Two kinds of answers: a yes or no for every class (`each`: targets), or one
distribution over classes that exclude each other (`one`: actions, statuses, kinds of notes). Fitted with Adam on
small batches; only the vectors of features that a batch holds are touched. All chance comes from one seeded
generator, so the same examples give the same weights.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

import numpy as np
import numpy.typing as npt
from scipy import sparse

from models.candidates import sigmoid

Matrix: TypeAlias = npt.NDArray[np.float32]
# What an example says: its rows' numbers -> the loss's slope for the scores of a batch.
Slope: TypeAlias = Callable[[Matrix, npt.NDArray[Any]], Matrix]

_FIRST: Final = np.float32(0.9)
_SECOND: Final = np.float32(0.999)


@dataclass(frozen=True, slots=True)
class Weights:
    """A fitted network."""

    inner: Matrix
    inner_bias: Matrix
    outer: Matrix
    outer_bias: Matrix


@dataclass(frozen=True, slots=True)
class Plan:
    """How to fit: size of the hidden layer, passes over the examples, batch, step, and what is left out."""

    hidden: int = 128
    passes: int = 10
    spread: float = 0.1
    batch: int = 512
    step: float = 6e-3
    least: int = 1
    """In how many rows a feature must stand; the vectors of rarer ones are nought."""
    drop_features: float = 0.2
    drop_hidden: float = 0.3
    shrink: float = 1e-6
    seed: int = 0


def each(answers: Matrix, trust: Matrix) -> Slope:
    """One yes/no answer a class: `answers` 0/1, `trust` how much each counts."""

    def slope(scores: Matrix, rows: npt.NDArray[Any]) -> Matrix:
        result: Matrix = trust[rows] * (sigmoid(scores) - answers[rows])
        return result

    return slope


def one(answers: Matrix, trust: Matrix) -> Slope:
    """One distribution over all classes. An example's answer is a set of classes, each of them right (`answers[i, k]`
    > 0: a weight, best first), and the loss is the negative logarithm of the set's probability, so that "RA/RB"
    teaches neither as wrong. `trust` is one weight an example.
    """
    logged = np.log(np.maximum(answers, np.float32(1e-9)))

    def slope(scores: Matrix, rows: npt.NDArray[Any]) -> Matrix:
        result: Matrix = trust[rows, None] * (_softmax(scores) - _softmax(scores + logged[rows]))
        return result

    return slope


def _softmax(scores: Matrix) -> Matrix:
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    result: Matrix = powers / powers.sum(axis=1, keepdims=True)
    return result


def fit(rows: sparse.csr_matrix, start: Matrix, slope: Slope, plan: Plan) -> Weights:
    """Fit a network; `start` is the outer bias to begin with (log-odds or logarithms of how common the classes are)."""
    chance = np.random.default_rng(plan.seed)
    count = rows.shape[1]
    used = np.bincount(rows.indices, minlength=count) >= plan.least
    rows = (rows @ sparse.diags_array(used.astype(np.float32)).tocsr()).tocsr()
    rows.eliminate_zeros()
    parameters: dict[str, Matrix] = {
        "inner": (chance.standard_normal((count, plan.hidden)) * plan.spread * used[:, None]).astype(np.float32),
        "inner_bias": np.zeros(plan.hidden, np.float32),
        "outer": (chance.standard_normal((plan.hidden, len(start))) * 0.05).astype(np.float32),
        "outer_bias": start.astype(np.float32),
    }
    steps = {name: _Adam(values) for name, values in parameters.items()}
    keep_features, keep_hidden = np.float32(1 - plan.drop_features), np.float32(1 - plan.drop_hidden)
    for number in range(plan.passes):
        order = chance.permutation(rows.shape[0])
        step = plan.step * (1 - number / plan.passes)
        for begin in range(0, len(order), plan.batch):
            chosen = order[begin : begin + plan.batch]
            batch = rows[chosen]
            columns, places = np.unique(batch.indices, return_inverse=True)
            values = batch.data * (chance.random(len(batch.data), np.float32) < keep_features) / keep_features
            local = sparse.csr_matrix((values, places, batch.indptr), shape=(len(chosen), len(columns)))
            before = local @ parameters["inner"][columns] + parameters["inner_bias"]
            open_ = (chance.random(before.shape, np.float32) < keep_hidden) * (before > 0) / keep_hidden
            hidden = before * open_
            error = slope(hidden @ parameters["outer"] + parameters["outer_bias"], chosen)
            back = (error @ parameters["outer"].T) * open_
            steps["outer"].move(hidden.T @ error, step)
            steps["outer_bias"].move(error.sum(axis=0), step)
            steps["inner_bias"].move(back.sum(axis=0), step)
            steps["inner"].move_rows(columns, local.T.tocsr() @ back, step, plan.shrink)
    return Weights(**parameters)


class _Adam:
    """Adam's state for one array, moved in place."""

    def __init__(self, values: Matrix) -> None:
        self.values = values
        self.mean = np.zeros_like(values)
        self.square = np.zeros_like(values)
        self.moves = 0

    def move(self, slope: Matrix, step: float) -> None:
        self.moves += 1
        self.mean += (1 - _FIRST) * (slope - self.mean)
        self.square += (1 - _SECOND) * (slope * slope - self.square)
        self.values -= self._way(self.mean, self.square, step)

    def move_rows(self, rows: npt.NDArray[Any], slope: Matrix, step: float, shrink: float) -> None:
        """Move some rows only; the others keep their state."""
        self.moves += 1
        mean = _FIRST * self.mean[rows] + (1 - _FIRST) * slope
        square = _SECOND * self.square[rows] + (1 - _SECOND) * slope * slope
        self.mean[rows], self.square[rows] = mean, square
        old = self.values[rows]
        self.values[rows] = old - self._way(mean, square, step) - np.float32(step * shrink) * old

    def _way(self, mean: Matrix, square: Matrix, step: float) -> Matrix:
        mean_rate = np.float32(step / (1 - float(_FIRST) ** self.moves))
        square_rate = np.float32(1 / (1 - float(_SECOND) ** self.moves))
        result: Matrix = mean_rate * mean / (np.sqrt(square * square_rate) + np.float32(1e-6))
        return result

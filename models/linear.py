"""Linear models with set-valued answers, fitted with L-BFGS on sparse rows. Training only: needs scipy.

One distribution over the classes, for what excludes each other (actions, statuses, kinds of notes). An example's answer
is a set of classes of which each is right, and the loss is the negative logarithm of the set's probability, so that
"RA/RB" teaches neither as wrong. Deterministic: no random start, no shuffling, single-threaded sparse products.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import optimize, sparse

Matrix = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights (features x classes) and a bias a class; `scores = row @ weights + bias`."""

    weights: Matrix
    bias: Matrix


def fit_one(rows: sparse.csr_matrix, answers: Matrix, trust: Matrix, *, strength: float, rounds: int) -> Weights:
    """One softmax over all classes. `answers[i, k]` > 0 where class k is right for example i (a weight: best first);
    `trust` is one weight an example.
    """
    logged = np.where(answers > 0, np.log(np.maximum(answers, 1e-9)), -np.inf).astype(np.float32)
    weight = trust.reshape(-1, 1)

    def loss(scores: Matrix) -> tuple[float, Matrix]:
        chances = _softmax(scores)
        right = _softmax(scores + logged)
        total = np.log(np.maximum((chances * answers).sum(1), 1e-30))
        return float(-(trust * total).sum()), weight * (chances - right)

    start = np.log(np.maximum((answers * weight).sum(0), 0.5) / max(float(trust.sum()), 1.0))
    return _fit(rows, answers.shape[1], start, loss, strength, rounds)


def _fit(
    rows: sparse.csr_matrix,
    classes: int,
    start: npt.NDArray[Any],
    loss: Callable[[Matrix], tuple[float, Matrix]],
    strength: float,
    rounds: int,
) -> Weights:
    count = rows.shape[1]
    across = rows.T.tocsr()

    def objective(flat: npt.NDArray[np.float64]) -> tuple[float, npt.NDArray[np.float64]]:
        weights = flat[:-classes].reshape(count, classes).astype(np.float32)
        bias = flat[-classes:].astype(np.float32)
        value, slope = loss(rows @ weights + bias)
        slope *= np.float32(strength)
        gradient = np.empty_like(flat)
        gradient[:-classes] = (across @ slope).ravel()
        gradient[:-classes] += flat[:-classes]
        gradient[-classes:] = slope.sum(0)
        return strength * value + 0.5 * float(flat[:-classes] @ flat[:-classes]), gradient

    first = np.zeros(count * classes + classes)
    first[-classes:] = start
    found = optimize.minimize(objective, first, jac=True, method="L-BFGS-B", options={"maxiter": rounds, "maxcor": 6})
    return Weights(found.x[:-classes].reshape(count, classes).astype(np.float32), found.x[-classes:].astype(np.float32))


def _softmax(scores: Matrix) -> Matrix:
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    result: Matrix = powers / powers.sum(axis=1, keepdims=True)
    return result

"""The small network: it learns its examples, always the same."""

import numpy as np
from scipy import sparse

from models.network import Plan, each, fit

ROWS = sparse.csr_matrix(np.tile(np.eye(4, dtype=np.float32)[:, :] + np.eye(4, k=1, dtype=np.float32), (64, 1)))
ANSWERS = np.tile(np.array([[1, 0], [0, 1], [1, 0], [0, 1]], np.float32), (64, 1))
PLAN = Plan(hidden=8, passes=40, batch=16, step=0.02, drop_features=0.0, drop_hidden=0.0)


def fitted(plan: Plan, trust: float = 1.0) -> np.ndarray:
    weights = fit(ROWS, np.zeros(2, np.float32), each(ANSWERS, np.full_like(ANSWERS, trust)), plan)
    hidden = np.maximum(ROWS @ weights.inner + weights.inner_bias, 0)
    result: np.ndarray = hidden @ weights.outer + weights.outer_bias
    return result


def test_it_learns_its_examples() -> None:
    assert ((fitted(PLAN) > 0) == (ANSWERS > 0)).all()


def test_the_same_examples_give_the_same_weights() -> None:
    assert (fitted(PLAN) == fitted(PLAN)).all()


def test_examples_without_trust_teach_nothing() -> None:
    assert np.ptp(fitted(PLAN, trust=0.0), axis=0).max() < 0.2

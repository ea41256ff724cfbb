"""The small network: it learns its examples, always the same."""

import numpy as np
from scipy import sparse

from models.network import Plan, Slope, each, fit, one

ROWS = sparse.csr_matrix(np.tile(np.eye(4, dtype=np.float32)[:, :] + np.eye(4, k=1, dtype=np.float32), (64, 1)))
ANSWERS = np.tile(np.array([[1, 0], [0, 1], [1, 0], [0, 1]], np.float32), (64, 1))
PLAN = Plan(hidden=8, passes=40, batch=16, step=0.02, drop_features=0.0, drop_hidden=0.0)
RARE = Plan(hidden=2, passes=1, least=2)


def answers(trust: float = 1.0) -> Slope:
    return each(ANSWERS, np.full_like(ANSWERS, trust))


def fitted(plan: Plan, slope: Slope) -> np.ndarray:
    weights = fit(ROWS, np.zeros(2, np.float32), slope, plan)
    hidden = np.maximum(ROWS @ weights.inner + weights.inner_bias, 0)
    result: np.ndarray = hidden @ weights.outer + weights.outer_bias
    return result


def test_it_learns_its_examples() -> None:
    assert ((fitted(PLAN, answers()) > 0) == (ANSWERS > 0)).all()


def test_it_learns_which_class_excludes_the_other() -> None:
    scores = fitted(PLAN, one(ANSWERS, np.ones(len(ANSWERS), np.float32)))
    assert (scores.argmax(axis=1) == ANSWERS.argmax(axis=1)).all()


def test_of_several_right_classes_none_is_taught_as_wrong() -> None:
    slope = one(np.array([[1, 0.6, 0]], np.float32), np.ones(1, np.float32))
    either = slope(np.array([[9, 9, -9]], np.float32), np.array([0]))
    neither = slope(np.array([[-9, -9, 9]], np.float32), np.array([0]))
    assert np.abs(either).max() < 0.15
    assert np.abs(neither).max() > 0.5


def test_the_same_examples_give_the_same_weights() -> None:
    assert (fitted(PLAN, answers()) == fitted(PLAN, answers())).all()


def test_examples_without_trust_teach_nothing() -> None:
    assert np.ptp(fitted(PLAN, answers(trust=0.0)), axis=0).max() < 0.2


def test_the_vectors_of_rare_features_are_nought() -> None:
    rare = sparse.csr_matrix(np.array([[1, 1], [1, 0]], np.float32))
    weights = fit(rare, np.zeros(1, np.float32), each(np.ones((2, 1), np.float32), np.ones((2, 1), np.float32)), RARE)
    assert weights.inner[0].any()
    assert not weights.inner[1].any()

"""Exported trees answer as the fitted model does."""

import numpy as np

from models.trees import Trees, export


def test_exported_trees_equal_the_fitted_model() -> None:
    from sklearn.ensemble import HistGradientBoostingClassifier

    chance = np.random.default_rng(7)
    rows = chance.random((400, 5)).astype(np.float32)
    answers = (rows[:, 0] + rows[:, 1] * rows[:, 2] > 0.8).astype(int)
    fitted = HistGradientBoostingClassifier(max_iter=15, max_depth=3, early_stopping=False, random_state=0)
    fitted.fit(rows, answers)
    assert np.allclose(export(fitted).scores(rows), fitted.decision_function(rows), atol=1e-5)


def test_one_tree_by_hand() -> None:
    node = np.array([[1, 0, 0]], np.int16)
    trees = Trees(
        inputs=node,
        thresholds=np.array([[0.5, 0, 0]], np.float32),
        left=np.array([[1, 1, 2]], np.int16),
        right=np.array([[2, 1, 2]], np.int16),
        values=np.array([[0, -1, 2]], np.float32),
        base=0.25,
        depth=1,
    )
    assert trees.scores(np.array([[9, 0.5], [9, 0.6]], np.float32)).tolist() == [-0.75, 2.25]

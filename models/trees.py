"""Boosted decision trees as plain arrays: exported after training, evaluated with numpy, stored without any code.

A tree is a row of nodes; node 0 is its root. A leaf points at itself, so that all trees are walked the same number
of steps.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from sklearn.ensemble import HistGradientBoostingClassifier


@dataclass(frozen=True, slots=True)
class Trees:
    """`trees` x `nodes` arrays: which input a node asks for, its threshold (<= goes left), its children; the value
    of leaves.
    """

    inputs: npt.NDArray[np.int16]
    thresholds: npt.NDArray[np.float32]
    left: npt.NDArray[np.int16]
    right: npt.NDArray[np.int16]
    values: npt.NDArray[np.float32]
    base: float
    depth: int

    def scores(self, rows: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        """Log-odds for each row."""
        count = self.inputs.shape[0]
        tree = np.arange(count)[None, :]
        node = np.zeros((len(rows), count), dtype=np.int64)
        row = np.arange(len(rows))[:, None]
        for _ in range(self.depth):
            goes_left = rows[row, self.inputs[tree, node]] <= self.thresholds[tree, node]
            node = np.where(goes_left, self.left[tree, node], self.right[tree, node]).astype(np.int64)
        result: npt.NDArray[np.float32] = self.values[tree, node].sum(axis=1) + np.float32(self.base)
        return result


def export(model: HistGradientBoostingClassifier) -> Trees:
    """The trees of a fitted two-class scikit-learn model without categorical inputs; inputs are never missing."""
    found = [stage[0].nodes for stage in model._predictors]
    size = max(len(nodes) for nodes in found)
    depth = max(int(nodes["depth"].max()) for nodes in found)
    shape = (len(found), size)
    inputs, left, right = np.zeros(shape, np.int16), np.zeros(shape, np.int16), np.zeros(shape, np.int16)
    thresholds, values = np.zeros(shape, np.float32), np.zeros(shape, np.float32)
    for tree, nodes in enumerate(found):
        for number, node in enumerate(nodes):
            leaf = bool(node["is_leaf"])
            left[tree, number] = number if leaf else node["left"]
            right[tree, number] = number if leaf else node["right"]
            inputs[tree, number] = 0 if leaf else node["feature_idx"]
            # rounded down to float32, so that what went left in training goes left here
            thresholds[tree, number] = 0 if leaf else np.float32(node["num_threshold"])
            values[tree, number] = node["value"] if leaf else 0
    base = float(np.asarray(model._baseline_prediction).ravel()[0])
    return Trees(inputs, thresholds, left, right, values, base, depth)

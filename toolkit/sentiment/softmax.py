"""Softmax regression with a quadratic penalty, over n-grams in hashed buckets: how every model here is trained.

The penalty on a bucket is weaker the more unequally the classes share it (Wang and Manning, "Baselines and Bigrams",
ACL 2012: the log-count ratios of naive Bayes), which is worth two points with a few thousand short messages.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from toolkit.sentiment.descent import descend
from toolkit.sentiment.features import Places
from toolkit.sentiment.linear import Scores, softmax
from toolkit.sentiment.table import Table
from toolkit.values import dataclass

if TYPE_CHECKING:
    from scipy.sparse import csr_array

Classes = npt.NDArray[np.intp]  # for each message its place in CLASSES
Reals = npt.NDArray[np.float64]
COUNT: Final = 3


@dataclass(frozen=True, slots=True)
class Recipe:
    """How to train: how much an example counts against the penalty, and how much more a negative one."""

    strength: float
    negative: float = 1.5  # a missed complaint costs more than a false one
    smoothing: float = 1.0  # what is added to the counts of naive Bayes


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """A trained model before it is rounded: one row of coefficients for each bucket in `places`."""

    places: Places
    coefficients: Scores
    bias: Reals
    trust: float = 0.0  # what the scores of the model below are multiplied by

    def score(self, table: Table, below: Scores | None = None) -> Scores:
        """The scores of the table's messages, on top of those of the model below."""
        own = table.matrix[:, self.places] @ self.coefficients + self.bias
        return np.asarray(own if below is None else own + self.trust * below)


def train(table: Table, classes: Classes, recipe: Recipe, below: Scores | None = None) -> Fit:
    """The model that explains `classes` best, on top of the scores of the model `below` if there is one."""
    places = np.unique(table.frequent.indices).astype(np.intp)
    matrix = table.frequent[:, places]
    ratio = _ratio(matrix, classes, recipe.smoothing)
    matrix = (matrix * ratio).tocsr()
    objective = _Objective(matrix, classes, recipe, below)
    found = objective.minimise()
    size = matrix.shape[1] * COUNT
    coefficients = found[:size].reshape(-1, COUNT) * ratio[:, None]
    return Fit(places, coefficients, found[size : size + COUNT], float(found[-1]) if below is not None else 0.0)


def _ratio(matrix: csr_array, classes: Classes, smoothing: float) -> Reals:
    """For each bucket how unequally the classes share it: the length of its centred log-ratios."""
    has = matrix.copy()
    has.data = np.ones_like(has.data)
    members = np.eye(COUNT)[classes]
    shares = np.log((has.T @ members + smoothing) / (members.sum(axis=0) + 2 * smoothing))
    return np.asarray(np.linalg.norm(shares - shares.mean(axis=1, keepdims=True), axis=1))


class _Objective:
    """strength (sum of weight * cross entropy) + |coefficients|^2 / 2 + strength (trust - 1)^2 / 2."""

    def __init__(self, matrix: csr_array, classes: Classes, recipe: Recipe, below: Scores | None) -> None:
        self._matrix, self._turned = matrix, matrix.T.tocsr()
        self._truth = np.eye(COUNT)[classes]
        self._weight = recipe.strength * np.where(classes == 0, recipe.negative, 1.0)
        self._below, self._strength = below, recipe.strength
        self._size = matrix.shape[1] * COUNT

    def minimise(self) -> Reals:
        start = np.zeros(self._size + COUNT + 1)
        start[-1] = 1.0
        return descend(self._value, start)

    def _value(self, point: Reals) -> tuple[float, Reals]:
        """The objective and its gradient."""
        coefficients = point[: self._size].reshape(-1, COUNT)
        scores = self._matrix @ coefficients + point[self._size : -1]
        if self._below is not None:
            scores = scores + point[-1] * self._below
        found = softmax(scores)
        error = (found - self._truth) * self._weight[:, None]
        likely = np.maximum((found * self._truth).sum(axis=1), 1e-300)
        value = -(self._weight * np.log(likely)).sum() + 0.5 * (coefficients**2).sum()
        gradient = np.empty_like(point)
        gradient[: self._size] = (self._turned @ error + coefficients).ravel()
        gradient[self._size : -1] = error.sum(axis=0)
        doubt = point[-1] - 1
        gradient[-1] = self._strength * doubt
        if self._below is not None:
            gradient[-1] += (error * self._below).sum()
        return float(value + 0.5 * self._strength * doubt**2), gradient

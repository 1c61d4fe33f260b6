"""Messages as rows of numbers, for training; judging needs no such table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from toolkit.sentiment.features import Grams, Hashes, Places, find_grams
from toolkit.sentiment.linear import BUCKETS, buckets
from toolkit.values import dataclass

if TYPE_CHECKING:
    from scipy.sparse import csr_array


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """Messages x buckets. `matrix` has every n-gram, `frequent` only those that several messages share.

    A model is trained on the frequent ones, so that what a single person wrote leaves no trace in it.
    """

    matrix: csr_array
    frequent: csr_array

    def take(self, rows: npt.NDArray[np.intp]) -> Table:
        return Table(self.matrix[rows], self.frequent[rows])


def make_table(texts: Sequence[str], shared: int) -> Table:
    """The table of `texts`; an n-gram is frequent when at least `shared` of them have it."""
    grams = find_grams(texts)
    return Table(_matrix(grams, np.ones(len(grams.gram), bool)), _matrix(grams, _frequent(grams, shared)))


def _matrix(grams: Grams, kept: npt.NDArray[np.bool_]) -> csr_array:
    from scipy.sparse import csr_array

    places = (grams.message[kept], buckets(grams.gram[kept]))
    return csr_array((grams.worth[kept], places), shape=(grams.messages, BUCKETS))


def _frequent(grams: Grams, shared: int) -> npt.NDArray[np.bool_]:
    """Which rows hold an n-gram that at least `shared` messages have."""
    once = _first_of_each(grams.message, grams.gram)
    found, counts = np.unique(grams.gram[once], return_counts=True)
    return np.isin(grams.gram, found[counts >= shared])


def _first_of_each(message: Places, gram: Hashes) -> Places:
    """One row for each n-gram of each message."""
    order = np.lexsort((gram, message))
    changed = (np.diff(message[order]) != 0) | (gram[order][1:] != gram[order][:-1])
    return order[np.concatenate([[True], changed])] if len(order) else order

"""How good answers are: what every figure here is computed by. Classes are places in `CLASSES`, negative is 0."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from toolkit.values import dataclass

Classes = npt.NDArray[np.intp]
Probabilities = npt.NDArray[np.float64]  # messages x classes

COUNT: Final = 3
_BINS: Final = 10


@dataclass(frozen=True, slots=True)
class Quality:
    """Figures of one model on `n` labelled messages, each between 0 and 1.

    `macro_f1` is the mean of the classes' F1; `auc_negative` how often a negative message is ranked before another one;
    `brier` the mean squared error of the probabilities over the classes (0 to 2); `calibration` the expected error of
    the likeliest class's probability, in ten bins of equal width.
    """

    n: int
    accuracy: float
    macro_f1: float
    auc_negative: float
    brier: float
    calibration: float


def measure(classes: Classes, probabilities: Probabilities) -> Quality:
    """The figures of answers given as `probabilities` for messages that belong to `classes`."""
    likeliest = probabilities.argmax(axis=1)
    return Quality(
        len(classes),
        float((likeliest == classes).mean()),
        macro_f1(classes, likeliest),
        auc(classes == 0, probabilities[:, 0]),
        float(((probabilities - np.eye(COUNT)[classes]) ** 2).sum(axis=1).mean()),
        calibration_error(likeliest == classes, probabilities.max(axis=1)),
    )


def macro_f1(classes: Classes, answers: Classes) -> float:
    """The mean over the classes of the harmonic mean of precision and recall; a class that nobody names counts 0."""
    both = np.array([((classes == one) & (answers == one)).sum() for one in range(COUNT)])
    either = np.bincount(classes, minlength=COUNT) + np.bincount(answers, minlength=COUNT)
    return float((2 * both / np.maximum(either, 1)).mean())


def count_confusion(classes: Classes, answers: Classes) -> tuple[tuple[int, ...], ...]:
    """Messages by their class (rows) and by the answer they got (columns)."""
    counts = np.bincount(classes * COUNT + answers, minlength=COUNT * COUNT).reshape(COUNT, COUNT)
    return tuple(tuple(row) for row in counts.tolist())


def auc(wanted: npt.NDArray[np.bool_], scores: npt.NDArray[np.float64]) -> float:
    """The probability that a wanted one has a higher score than another, ties counting half; 0.5 without either sort."""
    _values, inverse, counts = np.unique(scores, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[inverse]
    some, others = int(wanted.sum()), int((~wanted).sum())
    if not some or not others:
        return 0.5
    return float((ranks[wanted].sum() - some * (some + 1) / 2) / (some * others))


def calibration_error(right: npt.NDArray[np.bool_], sure: npt.NDArray[np.float64]) -> float:
    """How far, on average, the answers' probability is from how often they are right, over bins of equal width."""
    bins = np.minimum((sure * _BINS).astype(np.intp), _BINS - 1)
    gaps = np.bincount(bins, right, _BINS) - np.bincount(bins, sure, _BINS)
    return float(np.abs(gaps).sum() / len(sure))

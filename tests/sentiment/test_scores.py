from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import accuracy_score, f1_score, roc_auc_score

from toolkit.sentiment.scores import auc, calibration_error, macro_f1, measure

SOME = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 4), st.integers(0, 4), st.integers(0, 4)), min_size=1)


@given(SOME)
def test_figures_are_those_of_scikit_learn(rows: list[tuple[int, int, int, int]]) -> None:
    """Accuracy, macro-F1 and AUC agree with another implementation, ties and missing classes included."""
    classes = np.array([row[0] for row in rows], np.intp)
    shares = np.array([row[1:] for row in rows]) + 0.5
    shares /= shares.sum(axis=1, keepdims=True)
    quality, answers = measure(classes, shares), shares.argmax(axis=1)
    assert quality.accuracy == pytest.approx(accuracy_score(classes, answers))
    wanted = f1_score(classes, answers, labels=[0, 1, 2], average="macro", zero_division=0.0)
    assert macro_f1(classes, answers) == pytest.approx(wanted)
    if len(set(classes == 0)) == 2:
        assert quality.auc_negative == pytest.approx(roc_auc_score(classes == 0, shares[:, 0]))
    assert quality.brier == pytest.approx(((shares - np.eye(3)[classes]) ** 2).sum(axis=1).mean())


def test_a_ranking_of_one_sort_says_nothing() -> None:
    """Without negative messages, or with nothing else, the AUC is that of a coin."""
    assert auc(np.array([True, True]), np.array([0.1, 0.9])) == 0.5


def test_calibration_is_how_far_promises_are_from_facts() -> None:
    """Four answers that are sure by 0.9 and half right are off by 0.4."""
    assert calibration_error(np.array([True, True, False, False]), np.full(4, 0.9)) == pytest.approx(0.4)
    assert calibration_error(np.array([True]), np.array([1.0])) == 0

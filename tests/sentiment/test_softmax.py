from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import fmin_l_bfgs_b
from scipy.sparse import csr_array
from sklearn.linear_model import LogisticRegression

from toolkit.sentiment.descent import descend
from toolkit.sentiment.linear import softmax
from toolkit.sentiment.softmax import Recipe, _Objective, train
from toolkit.sentiment.table import Table

DRAWN = np.random.default_rng(7)
ROWS = DRAWN.integers(0, 3, (60, 12)).astype(float)
CLASSES = np.array([min(2, int(row[0])) if row[1] else DRAWN.integers(0, 3) for row in ROWS], np.intp)


def test_training_is_that_of_scikit_learn() -> None:
    """Without naive Bayes' ratios and with equal classes, both find the same probabilities."""
    matrix = csr_array(ROWS)
    found = _Objective(matrix, CLASSES, Recipe(0.5, negative=1.0), None).minimise()
    ours = softmax(ROWS @ found[:36].reshape(12, 3) + found[36:39])
    theirs = LogisticRegression(C=0.5, tol=1e-8, max_iter=1000).fit(ROWS, CLASSES).predict_proba(ROWS)
    assert ours == pytest.approx(theirs, abs=2e-3)


def test_the_gradient_is_the_slope() -> None:
    """Each number of the gradient is what a small step changes, also that of the trust in the model below."""
    objective = _Objective(csr_array(ROWS), CLASSES, Recipe(0.5), DRAWN.normal(size=(60, 3)))
    point = DRAWN.normal(size=40)
    _value, gradient = objective._value(point)
    for at in (0, 17, 35, 36, 38, 39):
        step = np.zeros(40)
        step[at] = 1e-5
        slope = (objective._value(point + step)[0] - objective._value(point - step)[0]) / 2e-5
        assert gradient[at] == pytest.approx(slope, rel=1e-4)


def test_the_descent_ends_where_scipys_does() -> None:
    """The lowest value is found to nine digits."""
    objective = _Objective(csr_array(ROWS), CLASSES, Recipe(5.0), None)
    ours = objective._value(descend(objective._value, np.zeros(40)))[0]
    _point, theirs, _told = fmin_l_bfgs_b(objective._value, np.zeros(40), factr=10, pgtol=1e-9)
    assert ours == pytest.approx(theirs, rel=1e-7)


def test_a_model_below_is_a_start() -> None:
    """With a dozen examples and little weight on them, the answers stay those of the model below."""
    matrix = csr_array(ROWS)
    below = 6.0 * np.eye(3)[CLASSES]
    fit = train(Table(matrix[:12], matrix[:12]), CLASSES[:12], Recipe(0.01), below[:12])
    answers = fit.score(Table(matrix, matrix), below).argmax(axis=1)
    assert fit.trust == pytest.approx(1, abs=0.2)
    assert (answers == CLASSES).mean() > 0.9

"""Finding the lowest point of a smooth convex function of very many numbers: L-BFGS (Liu and Nocedal 1989).

Sums are numpy's own and no library of linear algebra's, so that the result does not depend on how many threads that one
may use; waiting for those costs more than they bring on vectors like these.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import Final

import numpy as np
import numpy.typing as npt

Reals = npt.NDArray[np.float64]
Slope = Callable[[Reals], tuple[float, Reals]]  # a point → the value and the gradient there

_MEMORY: Final = 10
_STEPS: Final = 300
_HALVINGS: Final = 30
_ENOUGH: Final = 1e-4  # of the descent that the gradient promises (Armijo)
_FLAT: Final = 1e-4  # the largest slope in any direction
_STILL: Final = 1e-9  # of the value, that a step is worth


def descend(slope: Slope, start: Reals) -> Reals:
    """The point with the lowest value, to about nine digits of it, or where 300 steps lead."""
    point, (value, gradient) = start, slope(start)
    steps: deque[tuple[Reals, Reals, float]] = deque(maxlen=_MEMORY)
    for _step in range(_STEPS):
        if np.abs(gradient).max() < _FLAT:
            break
        found = _search(slope, point, value, gradient, -_turn(gradient, steps))
        if found is None:
            break
        moved, change = found[0] - point, found[2] - gradient
        bend = _dot(moved, change)
        if bend > 0:
            steps.append((moved, change, bend))
        worth = value - found[1]
        point, value, gradient = found
        if worth < _STILL * max(abs(value), 1.0):
            break
    return point


def _turn(gradient: Reals, steps: deque[tuple[Reals, Reals, float]]) -> Reals:
    """The gradient times what the last steps tell of the inverse curvature: the two loops."""
    direction = gradient.copy()
    shares = []
    for moved, change, bend in reversed(steps):
        share = _dot(moved, direction) / bend
        direction -= share * change
        shares.append(share)
    if steps:
        _moved, change, bend = steps[-1]
        direction *= bend / _dot(change, change)
    else:
        direction /= max(float(np.sqrt(_dot(gradient, gradient))), 1.0)
    for (moved, change, bend), share in zip(steps, reversed(shares), strict=True):
        direction += (share - _dot(change, direction) / bend) * moved
    return direction


def _search(
    slope: Slope, point: Reals, value: float, gradient: Reals, direction: Reals
) -> tuple[Reals, float, Reals] | None:
    """The first point on the way, halving it each time, that is low enough; None when none is."""
    promised = _dot(gradient, direction)
    length = 1.0
    for _halving in range(_HALVINGS):
        tried = point + length * direction
        there, gradient_there = slope(tried)
        if there <= value + _ENOUGH * length * promised:
            return tried, there, gradient_there
        length /= 2
    return None


def _dot(one: Reals, other: Reals) -> float:
    return float((one * other).sum())

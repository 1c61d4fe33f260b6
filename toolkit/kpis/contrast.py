"""Groups of posts against all other posts, everything else that is known of them taken out, each with its p.

One linear model of the logarithm of what posts brought: a column for each group of each kind (weekday, pillar, format,
month …), so that a weekday is not praised for the good pillar that happened to go out on it. Films scatter more than
photos and groups are small, so errors are robust (HC2) and have the degrees of freedom that their own posts give them
(Bell and McCaffrey 2002, Imbens and Kolesár 2016). A group is compared with the mean of the other groups of its kind,
weighted by their posts; a trait that a post has or not, with the posts without it.

numpy and SciPy are imported where they are needed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from math import sqrt
from typing import TYPE_CHECKING, Final

from toolkit.kpis.chance import FEWEST
from toolkit.values import dataclass

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

FREEDOM: Final = 20  # posts more than columns, below which nothing is said
MANY: Final = 2000  # posts, above which the degrees of freedom are no longer worth their price
_TINY: Final = 1e-9


@dataclass(frozen=True, slots=True)
class Row:
    """One post: the logarithm of what it brought over the usual, its group of each kind, and its traits.

    `traits` is None where nobody knows them: a post without a file has no text to look at.
    """

    lift: float
    groups: Mapping[str, str]
    traits: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Contrast:
    """A group against the other posts: the difference of the logarithms, its standard error and degrees of freedom."""

    kind: str
    group: str
    n: int
    others: int
    value: float
    error: float
    freedom: float

    @property
    def p(self) -> float:
        """Two-sided, of Student's t."""
        from scipy.stats import t

        return float(2 * t.sf(abs(self.value) / self.error, self.freedom))

    def reach(self, level: float = 0.9) -> float:
        """Half the width of the interval at this level."""
        from scipy.stats import t

        return float(t.ppf((1 + level) / 2, self.freedom)) * self.error


class Model:
    """The posts as a linear model; a kind in which all posts are alike has no column."""

    def __init__(self, rows: Sequence[Row]) -> None:
        import numpy as np

        self.rows = rows
        self.names = [(kind, group) for kind in _kinds(rows) for group in _groups(rows, kind)]
        columns = [np.ones(len(rows))]
        columns += [np.array([row.groups.get(kind, "") == group for row in rows], float) for kind, group in self.names]
        matrix = np.column_stack(columns)
        self._inverse = np.linalg.pinv(matrix.T @ matrix)
        self._matrix = matrix
        self._reached = self._inverse @ matrix.T @ matrix  # identity on what the posts can tell apart
        lifts = np.array([row.lift for row in rows], float)
        self._beta = self._inverse @ matrix.T @ lifts
        drawn = self._inverse @ matrix.T
        share = np.einsum("ij,ji->i", matrix, drawn)
        self._rest = _Rest(lifts - matrix @ self._beta, share, matrix @ drawn if len(rows) <= MANY else None)

    def groups(self, kind: str, fewest: int = FEWEST) -> list[Contrast]:
        """Each group of a kind against the rest; only groups with at least `fewest` posts, and as many others."""
        counts = Counter(row.groups.get(kind, "") for row in self.rows)
        found = [self._group(kind, group, counts, fewest) for group in sorted(counts) if group]
        return [one for one in found if one is not None]

    def between(self, kind: str, group: str, other: str, fewest: int = FEWEST) -> Contrast | None:
        """One group of a kind against one other; None where either has too few posts."""
        n, others = (sum(row.groups.get(kind, "") == name for row in self.rows) for name in (group, other))
        return self._contrast(kind, group, (n, others), {(kind, group): 1.0, (kind, other): -1.0}, fewest)

    def _group(self, kind: str, group: str, counts: Mapping[str, int], fewest: int) -> Contrast | None:
        n, others = counts[group], len(self.rows) - counts[group]
        if not others:
            return None
        weights = {(kind, other): -count / others for other, count in counts.items()} | {(kind, group): 1.0}
        return self._contrast(kind, group, (n, others), weights, fewest)

    def _contrast(
        self, kind: str, group: str, counts: tuple[int, int], weights: Mapping[tuple[str, str], float], fewest: int
    ) -> Contrast | None:
        import numpy as np

        if min(counts) < fewest or self._rest.freedom < FREEDOM:
            return None
        wanted = np.array([0.0, *(weights.get(name, 0.0) for name in self.names)])
        if np.abs(wanted @ self._reached - wanted).max() > 1e-6:
            return None  # two things that always come together: nobody can tell which of them it was
        error, freedom = self._rest.error(self._matrix @ (self._inverse @ wanted))
        return Contrast(kind, group, *counts, float(wanted @ self._beta), error, freedom)

    def trait(self, kind: str, trait: str, fewest: int = FEWEST) -> Contrast | None:
        """Posts with a trait against those without it, among the posts whose traits are known."""
        import numpy as np

        known = [row for row in self.rows if row.traits is not None]
        n = sum(trait in (row.traits or ()) for row in known)
        if min(n, len(known) - n) < fewest or self._rest.freedom - 1 < FREEDOM:
            return None
        column = np.array([row.traits is not None and trait in row.traits for row in self.rows], float)
        own = column - self._matrix @ (self._inverse @ (self._matrix.T @ column))
        square = float(own @ own)
        if square < 1e-6:
            return None
        value = float(own @ self._rest.left) / square
        error, freedom = self._rest.without(own, value, square).error(own / square)
        return Contrast(kind, trait, n, len(known) - n, value, error, freedom)

    def levels(self) -> dict[tuple[str, str], float]:
        """(kind, group) → what belonging to it adds to a lift, all kinds together; only differences inside a kind mean anything."""
        return dict(zip(self.names, map(float, self._beta[1:]), strict=True))

    def spread_of(self, kind: str) -> Floats | None:
        """How unsure the levels of a kind are together: their covariance, in the order of `names`.

        As if all posts scattered alike: a group of one post has no scatter of its own that could be measured. None where
        the posts cannot tell the kind's groups apart from the other kinds', or are too few.
        """
        import numpy as np

        at = [number for number, (own, _group) in enumerate(self.names, start=1) if own == kind]
        if len(at) < 2 or self._rest.freedom < FREEDOM:
            return None
        wanted = np.eye(len(self.names) + 1)[at] - np.eye(len(self.names) + 1)[at].mean(axis=0)
        if np.abs(wanted @ self._reached - wanted).max() > 1e-6:
            return None
        noise = float(self._rest.left @ self._rest.left) / self._rest.freedom
        return np.asarray(max(noise, _TINY) * self._inverse[np.ix_(at, at)], float)


class _Rest:
    """What a model leaves of each post, how far each post draws the model to itself, and to every other one (`hat`).

    The last is a square as wide as there are posts; None for `MANY`.
    """

    def __init__(self, left: Floats, share: Floats, hat: Floats | None) -> None:
        self.left = left
        self.share = share
        self.hat = hat
        self.freedom = len(left) - round(float(share.sum()))

    def without(self, own: Floats, value: float, square: float) -> _Rest:
        """The same, when one column more explains a part of it."""
        import numpy as np

        hat = None if self.hat is None else self.hat + np.outer(own, own) / square
        return _Rest(self.left - value * own, self.share + own**2 / square, hat)

    def error(self, pull: Floats) -> tuple[float, float]:
        """The standard error of a sum of the posts weighted by `pull`, and its degrees of freedom."""
        import numpy as np

        apart = 1 - self.share
        # A post that is the only one of its group says nothing about the others.
        weights = np.where(apart > 1e-6, pull**2 / np.maximum(apart, 1e-6), 0.0)
        error = max(sqrt(float(weights @ self.left**2)), _TINY)
        if self.hat is None:
            return error, float(self.freedom)
        mixed = np.eye(len(self.left)) - self.hat
        square = float(weights @ (mixed**2) @ weights)
        freedom = float(weights @ apart) ** 2 / square if square > 0 else 1.0
        return error, max(1.0, min(freedom, float(self.freedom)))


def _kinds(rows: Sequence[Row]) -> list[str]:
    return sorted({kind for row in rows for kind in row.groups})


def _groups(rows: Sequence[Row], kind: str) -> list[str]:
    """The groups of a kind that get a column: all, when there are two or more; the inverse copes with the sum."""
    found = sorted({row.groups.get(kind, "") for row in rows})
    return found if len(found) > 1 else []

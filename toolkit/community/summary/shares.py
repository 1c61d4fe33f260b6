"""A share of a few messages with its limits: three of four is no three quarters."""

from __future__ import annotations

from math import sqrt
from statistics import NormalDist
from typing import Final

from toolkit.values import dataclass

LEVEL: Final = 0.9
Z: Final = NormalDist().inv_cdf(0.5 + LEVEL / 2)
ENOUGH: Final = 8  # of fewer nothing is concluded


@dataclass(frozen=True, slots=True)
class Share:
    """`hits` of `n`. The limits hold the true share in nine of ten cases (Wilson 1927)."""

    hits: int
    n: int

    @property
    def value(self) -> float | None:
        """From 0 to 1; None where there is nothing to have a share of."""
        return self.hits / self.n if self.n else None

    @property
    def limits(self) -> tuple[float, float]:
        """The lower and the upper one; anything between 0 and 1 where n is 0.

        >>> [round(limit, 3) for limit in Share(3, 4).limits]
        [0.36, 0.941]
        """
        if not self.n:
            return 0.0, 1.0
        p, z = self.hits / self.n, Z * Z / self.n
        middle = (p + z / 2) / (1 + z)
        spread = Z * sqrt(p * (1 - p) / self.n + z / (4 * self.n)) / (1 + z)
        return min(p, max(0.0, middle - spread)), max(p, min(1.0, middle + spread))

    @property
    def enough(self) -> bool:
        """Whether n allows a conclusion at all."""
        return self.n >= ENOUGH

    def differs(self, other: Share) -> bool:
        """Whether the two shares differ by more than chance, in nine of ten cases (Newcombe 1998, method 10)."""
        if not self.n or not other.n:
            return False
        p, q = self.hits / self.n, other.hits / other.n
        (low, high), (low_, high_) = self.limits, other.limits
        gap = p - q
        least = gap - sqrt((p - low) ** 2 + (high_ - q) ** 2)
        most = gap + sqrt((high - p) ** 2 + (q - low_) ** 2)
        return least > 0 or most < 0

"""How surprising a count is: upper tails of the negative binomial and the binomial, exact where far too small for a float.

The tail is a regularized incomplete beta function, ``P(X ≥ k) = I_x(k, r)``, computed as DiDonato and Morris do (ACM
TOMS 18/3, 1992, algorithm 708): a prefactor in logarithms times a continued fraction, on the side where the fraction
converges. Nothing great is subtracted from its like, so that a count a thousand times the usual has its own score
instead of "infinite". scipy's tail ends at 1e-308, and scipy.stats takes 0.8 s of CPU to import where numpy takes 0.1.
"""

from __future__ import annotations

from math import log, pi
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

LN10: Final = log(10)
LEAST_MEAN: Final = 0.2  # fewer in a window than that are not told apart: one mention after silence is no news
LEAST_SPREAD: Final = 1.05  # variance per mean: counts of people are never calmer than chance
LEAST_SHAPE: Final = (
    1e-6  # of windows that are ever compared none is less: n of them vary by n times their mean squared
)
CLOSE: Final = 1e-13  # where the fraction stops; its steps shrink faster than that
STIRLING: Final = 10.0  # from here the series below is exact to the last digit
TINY: Final = 1e-300


def surprise(counts: Floats, means: Floats, variances: Floats) -> Floats:
    """-log10 of the chance of such a count or a greater one; never negative, 0 where the count is 0.

    Three arrays of one length: counts ≥ 0, what the counts before had as mean and variance (in counts). Means under
    0.2 are taken as 0.2, variances under 1.05 means as that.
    """
    import numpy as np

    means = np.maximum(means, LEAST_MEAN)
    variances = np.maximum(variances, LEAST_SPREAD * means)
    scores = np.zeros_like(means)
    some = counts > 0
    k, mean = counts[some], means[some]
    scores[some] = _tail(k, mean, np.maximum(mean * mean / (variances[some] - mean), LEAST_SHAPE))
    return scores


def share_surprise(counts: Floats, draws: Floats, shares: Floats) -> Floats:
    """-log10 of the chance that so many or more of `draws` fall where one falls with the chance `shares`: binomial.

    Three arrays of one length: 0 ≤ counts ≤ draws, 0 < shares < 1. 0 where the count is 0.
    """
    import numpy as np

    scores = np.zeros_like(shares)
    some = counts > 0
    k, share = counts[some], shares[some]
    # Both upper tails are I_x(k, r): here x is the share and r the draws that are left, and one.
    r = draws[some] - k + 1
    scores[some] = _tail(k, r * share / (1 - share), r)
    return scores


def _tail(k: Floats, mean: Floats, r: Floats) -> Floats:
    """-log10 P(X ≥ k) of the negative binomial with that mean and the shape `r`, for k > 0."""
    import numpy as np

    # Where each fraction converges: x < (a + 1) / (a + b + 2). For small shapes that is far above the mean.
    above = (k + 1 - mean) * r >= mean
    x, y = mean / (r + mean), r / (r + mean)
    first, second = np.where(above, k, r), np.where(above, r, k)
    fraction = _fraction(first, second, np.where(above, x, y), np.where(above, y, x))
    part = _log_prefactor(k, mean, r) - np.log(fraction)
    # Else the fraction gives the lower tail, which is what is missing to 1.
    upper = np.where(above, part, np.log1p(-np.exp(np.where(above, -1.0, np.minimum(part, 0.0)))))
    return np.maximum(-upper / LN10, 0.0)


def _log_prefactor(k: Floats, mean: Floats, r: Floats) -> Floats:
    """``ln(x^k y^r / B(k, r))``, written by how far `k` is from the mean: no two great numbers are subtracted."""
    import numpy as np

    off = k - mean
    near = k * np.log1p(-r * off / (k * (r + mean))) + r * np.log1p(off / (r + mean))
    return near + 0.5 * np.log(k * r / (k + r) / (2 * pi)) + _correction(k + r) - _correction(k) - _correction(r)


def _correction(z: Floats) -> Floats:
    """What Stirling's formula lacks: ``lnΓ(z) - ((z - ½) ln z - z + ½ ln 2π)``."""
    import numpy as np

    lacking = np.zeros_like(z)
    z = z.copy()
    while (small := z < STIRLING).any():
        lacking[small] += (z[small] + 0.5) * np.log1p(1 / z[small]) - 1
        z[small] += 1
    s = 1 / (z * z)
    series = 1 / 12 - s * (1 / 360 - s * (1 / 1260 - s * (1 / 1680 - s * (1 / 1188 - s * (691 / 360360 - s / 156)))))
    return lacking + series / z


def _fraction(a: Floats, b: Floats, x: Floats, y: Floats) -> Floats:
    """The continued fraction of I_x(a, b) by Lentz's way; what has converged leaves the arrays."""
    import numpy as np

    base = a * y - b * x + 1
    found = a * base / (a + 1)
    c, d = found.copy(), np.zeros_like(found)
    f, at = found.copy(), np.arange(len(found))
    m = 1
    while len(at):
        odd = a + (2 * m - 1)
        t = m * (b - m) * x / odd
        numerator = (a + (m - 1)) * (a + b + (m - 1)) * t * x / odd
        denominator = m + t + (a + m) * (base + m * (2 - x)) / (odd + 2)
        d = 1 / _not_zero(denominator + numerator * d)
        c = _not_zero(denominator + numerator / c)
        step = c * d
        f = f * step
        m += 1
        done = ~(np.abs(step - 1) >= CLOSE)  # so that what is no number ends as well
        if done.any():
            found[at[done]] = f[done]
            left = ~done
            a, b, x, base, c, d, f = (each[left] for each in (a, b, x, base, c, d, f))
            at = at[left]
    return found


def _not_zero(values: Floats) -> Floats:
    import numpy as np

    return np.where(values == 0, TINY, values)

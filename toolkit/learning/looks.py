"""What looking again and again costs: how likely chance is to bring such a difference at any look within a year.

Whoever asks every month, of a year of posts that is the last month's but for a twelfth, has a dozen chances to be fooled,
and a p that holds for one look promises too much. Two looks have in common what their windows have in common; with the
window sliding over the posts the standardised difference is Slepian's process, and how likely it is to be above c somewhere
within one window's length has a closed form (Slepian 1961, Shepp 1966)::

    1 - Φ(c)² + φ(c) · (c · Φ(c) + φ(c))

That is what stands here in the place of p: it holds for twelve looks and for one each morning, and nobody has to write down
who looked when. It costs what ten to twenty separate questions would. A window that still grows, in a house's first year,
costs no more. Nothing depends on when somebody stops looking, so the false-discovery rate of Benjamini and Hochberg
holds for everything proposed within the year together (Johari, Koomen, Pekelis and Walsh 2022).
``benchmarks/learning.py --looks`` measures it.
"""

from __future__ import annotations

from statistics import NormalDist
from typing import Final

_NORMAL: Final = NormalDist()
_LEAST: Final = 1e-300  # what the normal distribution can still be asked about


def within_a_year(p: float, windows: int = 1) -> float:
    """A two-sided p of one look, as one of all looks within a year; `windows` is how often the posts are replaced in it.

    >>> [round(within_a_year(p), 5) for p in (0.5, 0.05, 0.001, 0.00001)]
    [1.0, 0.32895, 0.0137, 0.00022]
    """
    half = max(p, _LEAST) / 2
    edge = -_NORMAL.inv_cdf(half)
    density, below = _NORMAL.pdf(edge), 1 - half
    above = half * (2 - half) + density * (edge * below + density)
    return min(1.0, 2 * above * windows)

"""A factor with its interval on a line, no difference in the middle; the numbers stand beside it in words."""

from __future__ import annotations

from math import log
from typing import Final

from toolkit.pages.markup import Html, tag

# What lies outside is drawn at the edge: a quarter to four times.
_EDGE: Final = log(4)
_WIDTH: Final = 200


def strip(low: float, factor: float, high: float, *, sure: bool | None = None) -> Html:
    """The picture; factors above 0. It is coloured where the interval leaves out no difference, or as `sure` says."""
    left, middle, right = (_place(value) for value in (low, factor, high))
    centre = _WIDTH / 2
    coloured = (low > 1 or high < 1) if sure is None else sure
    return tag(
        "svg",
        tag("line", x1="0", x2=str(_WIDTH), y1="10", y2="10", class_="ls-axis"),
        tag("line", x1=f"{centre:g}", x2=f"{centre:g}", y1="2", y2="18", class_="ls-none"),
        tag("line", x1=f"{left:.1f}", x2=f"{right:.1f}", y1="10", y2="10", class_="ls-span"),
        tag("circle", cx=f"{middle:.1f}", cy="10", r="4"),
        viewBox=f"0 0 {_WIDTH} 20",
        class_="ls-range ls-sure" if coloured else "ls-range",
        aria_hidden="true",
    )


def _place(factor: float) -> float:
    share = max(-1.0, min(1.0, log(max(factor, 1e-9)) / _EDGE))
    return _WIDTH / 2 + share * (_WIDTH / 2 - 6)

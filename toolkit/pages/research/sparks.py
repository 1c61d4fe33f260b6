"""A few values as a small line without axes, beside the numbers that say the same."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from toolkit.pages.markup import Html, tag

WIDTH: Final = 120
HEIGHT: Final = 24
EDGE: Final = 2.0


def spark(values: Sequence[float]) -> Html | None:
    """The line, with a dot at its end; silent, because a table says its numbers. None for fewer than two values."""
    if len(values) < 2:
        return None
    top, bottom = max(values), min(values)
    step, scale = (WIDTH - 2 * EDGE) / (len(values) - 1), (HEIGHT - 2 * EDGE) / ((top - bottom) or 1.0)
    points = [(EDGE + at * step, EDGE + (top - value) * scale) for at, value in enumerate(values)]
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    x, y = points[-1]
    return tag(
        "svg",
        tag("polyline", points=path),
        tag("circle", cx=f"{x:.1f}", cy=f"{y:.1f}", r="2"),
        viewBox=f"0 0 {WIDTH} {HEIGHT}",
        aria_hidden="true",
        class_="ls-spark",
    )

"""From a matplotlib figure to one SVG that is readable on light, on dark and on paper.

Charts are drawn with stand-in colours; `to_svg` turns them into CSS variables that the SVG itself defines for light
and dark. Text stays text, in the reader's own font.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from toolkit.tokens import SERIES, SERIES_ROLES, Brand, brand_css, chart_style

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

ROLES: Final = (
    "text",
    "text-muted",
    "border",
    "primary",
    "accent",
    "surface",
    "background",
    *SERIES_ROLES,
)
_STAND_INS: Final[Mapping[str, str]] = {role: f"#0000{number:02x}" for number, role in enumerate(ROLES, start=1)}
_STAND_IN: Final = re.compile("|".join(_STAND_INS.values()))
_SIZE: Final = 11.5  # points; a chart as wide as a phone is drawn a quarter smaller
_ROOM: Final = 0.09  # inches on the left and right of a chart


def ink(role: str) -> str:
    """The stand-in colour of a role."""
    return _STAND_INS[role]


def series(number: int) -> str:
    """The stand-in colour of a data series, from 0; after the last colour they begin again."""
    return ink(SERIES_ROLES[number % SERIES])


@contextmanager
def canvas(width: float = 5.0, height: float = 2.9) -> Iterator[tuple[Figure, Axes]]:
    """A figure of `width` by `height` inches with one set of axes in the brand's style."""
    import matplotlib as mpl
    import seaborn as sns
    from matplotlib.figure import Figure
    from matplotlib.layout_engine import ConstrainedLayoutEngine
    from matplotlib.rcsetup import cycler

    quiet: Any = {
        "font.size": _SIZE,
        "axes.titlesize": _SIZE,
        "axes.labelsize": _SIZE,
        "xtick.labelsize": _SIZE - 1,
        "ytick.labelsize": _SIZE - 1,
        **chart_style(ink),
        "axes.prop_cycle": cycler(color=[series(number) for number in range(SERIES)]),
        "grid.linewidth": 0.6,
        "axes.axisbelow": True,
        "svg.fonttype": "none",
        "svg.hashsalt": "leitstand",
    }
    with sns.axes_style("white"), mpl.rc_context(quiet):
        # The reader's font may be a little wider than the one with which the room for texts was measured.
        figure = Figure(figsize=(width, height), layout=ConstrainedLayoutEngine(w_pad=_ROOM))
        axes = figure.add_subplot()
        yield figure, axes


def tidy(axes: Axes, grid: str = "y") -> None:
    """No frame; grid lines only across the direction in which values are read."""
    import seaborn as sns

    sns.despine(ax=axes, left=grid == "y", bottom=grid == "x")
    if grid:
        axes.grid(visible=True, axis="y" if grid == "y" else "x")
    axes.tick_params(length=0)
    axes.tick_params(axis="x", pad=7)  # the first day's name must not meet the zero of the other axis
    axes.set_xlabel("")
    axes.set_ylabel("")


def to_svg(figure: Figure, brand: Brand) -> str:
    """The figure as an SVG document without a date, so that the same numbers give the same bytes."""
    target = io.StringIO()
    figure.savefig(target, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
    text = target.getvalue()
    text = re.sub(r"<metadata>.*?</metadata>", "", text[text.index("<svg") :], flags=re.DOTALL)
    names = {stand_in: role for role, stand_in in _STAND_INS.items()}
    text = _STAND_IN.sub(lambda match: f"var(--{names[match[0]]})", text)
    text = re.sub(r"font-family: [^;\"]*", "font-family: system-ui, sans-serif", text)
    start = text.index(">") + 1
    return f"{text[:start]}<style>{brand_css(brand)}</style>{text[start:]}"

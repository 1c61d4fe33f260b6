"""The report's charts. Each takes plain values and returns the picture with its alternative text."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from toolkit.kpis.dayparts import DAY_PARTS
from toolkit.kpis.lifts import GroupLift
from toolkit.kpis.titles import part_title, weekday_title
from toolkit.messages import _
from toolkit.reports.blocks import Chart, Table
from toolkit.reports.canvas import canvas, ink, series, tidy, to_svg
from toolkit.reports.wording import Wording
from toolkit.tokens import Brand, Colour, contrast, readable, say_hex

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_Colour = Callable[[float], tuple[float, float, float, float]]
_CAP: Final = 2.0  # factors beyond this share the strongest colour


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar; None is a gap with a note, never a bar of height zero. `text` is the value as people read it."""

    label: str
    value: float | None
    text: str
    low: float | None = None
    high: float | None = None
    strong: bool = False
    interval: str = ""  # `low` and `high` as people read them
    n: str = ""  # how much it rests on


def bar_table(items: Sequence[Bar], caption: str) -> Table:
    """The numbers of bars, with intervals and n where there are any."""
    intervals, counts = any(item.interval for item in items), any(item.n for item in items)
    head = ["", _("Value"), *([_("Interval (90 %)")] if intervals else []), *(["n"] if counts else [])]
    rows = tuple(
        (
            " ".join(item.label.split()),
            item.text,
            *([item.interval or _("not enough")] if intervals else []),
            *([item.n] if counts else []),
        )
        for item in items
    )
    return Table(caption, tuple(head), rows, frozenset(range(1, len(head))))


def columns(bars: Sequence[Bar], caption: str, alt: str, *, brand: Brand, wording: Wording) -> Chart:
    """Upright bars in time order, the strong one in the accent colour, whiskers where an interval is known."""
    import seaborn as sns
    from matplotlib.ticker import FuncFormatter

    with canvas() as (figure, axes):
        places = list(range(len(bars)))
        heights = [bar.value or 0 for bar in bars]
        sns.barplot(x=places, y=heights, ax=axes, color=ink("primary"), saturation=1, width=0.72)
        for place, (bar, patch) in enumerate(zip(bars, axes.patches, strict=True)):
            patch.set_facecolor(ink("accent" if bar.strong else "primary"))
            _whisker(axes, place, bar)
            if bar.value is None:
                axes.text(place, 0, bar.text, rotation=90, ha="center", va="bottom", color=ink("text-muted"))
            elif bar.strong:
                axes.text(place, max(bar.value, bar.high or 0), bar.text, ha="center", va="bottom", weight="bold")
        axes.set_xticks(places, [bar.label for bar in bars])
        tidy(axes)
        shares = any(bar.text.endswith("%") for bar in bars)
        axes.yaxis.set_major_formatter(
            FuncFormatter(lambda value, _place: wording.percent(value) if shares else wording.number(value))
        )
        return Chart(caption, to_svg(figure, brand), alt, bar_table(bars, caption))


def _whisker(axes: Axes, place: float, bar: Bar, *, lying: bool = False) -> None:
    if bar.value is None or bar.low is None or bar.high is None:
        return
    reach = [[max(0.0, bar.value - bar.low)], [max(0.0, bar.high - bar.value)]]
    x, y = ([bar.value], [place]) if lying else ([place], [bar.value])
    sides = (None, reach) if lying else (reach, None)
    axes.errorbar(x, y, yerr=sides[0], xerr=sides[1], fmt="none", ecolor=ink("text"), elinewidth=1.1, capsize=2.5)


def bars(items: Sequence[Bar], caption: str, alt: str, brand: Brand) -> Chart:
    """Lying bars with their values written beside them."""
    import seaborn as sns

    with canvas(height=0.35 + 0.34 * len(items)) as (figure, axes):
        places = list(range(len(items)))
        sns.barplot(
            x=[item.value or 0 for item in items], y=places, ax=axes, orient="h", color=ink("primary"), saturation=1
        )
        top = max((item.high or item.value or 0 for item in items), default=0) or 1
        for place, (item, patch) in enumerate(zip(items, axes.patches, strict=True)):
            patch.set_facecolor(ink("accent" if item.strong else "primary"))
            _whisker(axes, place, item, lying=True)
            reach = 0 if item.value is None else max(item.value, item.high or 0)
            axes.text(reach + top * 0.02, place, item.text, va="center", ha="left")
        axes.set_yticks(places, [item.label for item in items])
        axes.set_xlim(0, top * 1.22)
        tidy(axes, grid="")
        axes.spines["bottom"].set_visible(False)
        axes.set_xticks([])
        return Chart(caption, to_svg(figure, brand), alt, bar_table(items, caption))


def lines(
    curves: Mapping[str, Sequence[tuple[date, float]]], caption: str, alt: str, *, brand: Brand, wording: Wording
) -> Chart:
    """Lines over time from zero, each named at its end; a gap in the data is a gap in the line's reach."""
    import seaborn as sns
    from matplotlib.dates import AutoDateLocator, DateFormatter
    from matplotlib.ticker import FuncFormatter

    with canvas(height=3.0) as (figure, axes):
        for number, points in enumerate(curves.values()):
            days, values = [day for day, _value in points], [value for _day, value in points]
            sns.lineplot(x=days, y=values, ax=axes, color=series(number), linewidth=2, legend=False)
        axes.set_ylim(bottom=0)
        top = axes.get_ylim()[1]
        for number, (name, place) in enumerate(_apart({name: points[-1][1] for name, points in curves.items()}, top)):
            colour = series(list(curves).index(name))
            axes.annotate(
                name, (1.0, place), xycoords=("axes fraction", "data"), xytext=(6, 0), textcoords="offset points",
                va="center", color=colour, annotation_clip=False, gid=f"label-{number}",
            )  # fmt: skip
        axes.xaxis.set_major_locator(AutoDateLocator(minticks=3, maxticks=7))  # type: ignore[no-untyped-call]
        axes.xaxis.set_major_formatter(DateFormatter(_day_pattern(curves)))  # type: ignore[no-untyped-call]
        axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _place: wording.number(value)))
        tidy(axes)
        return Chart(caption, to_svg(figure, brand), alt, _line_table(curves, caption, wording))


def _line_table(curves: Mapping[str, Sequence[tuple[date, float]]], caption: str, wording: Wording) -> Table:
    """A row for each day on which any of the lines has a value."""
    known = {name: dict(points) for name, points in curves.items()}
    days = sorted({day for points in known.values() for day in points})
    rows = tuple(
        (
            wording.day(day),
            *(wording.number(points[day]) if day in points else _("no data") for points in known.values()),
        )
        for day in days
    )
    return Table(caption, (_("Day"), *known), rows, frozenset(range(1, len(known) + 1)))


def _day_pattern(curves: Mapping[str, Sequence[tuple[date, float]]]) -> str:
    """Months for long lines, days for short ones."""
    days = [day for points in curves.values() for day, _value in points]
    return "%m/%y" if max(days) - min(days) > timedelta(days=150) else "%d.%m."


def _apart(ends: Mapping[str, float], top: float, least: float = 0.075) -> list[tuple[str, float]]:
    """Places for the lines' names, near their ends but far enough from each other to be read."""
    placed: list[tuple[str, float]] = []
    for name, value in sorted(ends.items(), key=lambda end: end[1]):
        lowest = placed[-1][1] + top * least if placed else 0.0
        placed.append((name, max(value, lowest)))
    return placed


def heat(cells: Mapping[str, GroupLift], caption: str, alt: str, *, brand: Brand, wording: Wording) -> Chart:
    """Weekday by part of the day: the factor where n is enough, else only n, without a colour."""
    import numpy as np
    import seaborn as sns
    from matplotlib.colors import LinearSegmentedColormap, LogNorm

    parts, days = list(DAY_PARTS), range(1, 8)
    values = np.full((7, len(parts)), np.nan)
    for row, day in enumerate(days):
        for column, part in enumerate(parts):
            cell = cells.get(f"{day} {part}")
            if cell is not None and cell.effect is not None:
                values[row, column] = cell.factor
    colours = [say_hex(brand.light[role]) for role in ("series-2", "surface", "primary")]
    with canvas(height=3.2) as (figure, axes):
        scale = LinearSegmentedColormap.from_list("lift", colours)
        norm = LogNorm(1 / _CAP, _CAP)
        sns.heatmap(
            np.clip(values, 1 / _CAP, _CAP), ax=axes, cmap=scale, norm=norm, cbar=False, linewidths=2,
            linecolor="none", mask=np.isnan(values),
        )  # fmt: skip
        for row, day in enumerate(days):
            for column, part in enumerate(parts):
                text, colour = _heat_text(cells.get(f"{day} {part}"), wording, brand, lambda lift: scale(norm(lift)))
                axes.text(column + 0.5, row + 0.5, text, ha="center", va="center", color=colour)
        axes.set_xticklabels([part_title(part) for part in parts])
        axes.set_yticklabels([weekday_title(day) for day in days], rotation=0)
        axes.xaxis.tick_top()
        tidy(axes, grid="")
        axes.spines[:].set_visible(False)
        return Chart(caption, to_svg(figure, brand), alt, _heat_table(cells, caption, wording))


def _heat_table(cells: Mapping[str, GroupLift], caption: str, wording: Wording) -> Table:
    rows = tuple(
        (weekday_title(day), *(_heat_words(cells.get(f"{day} {part}"), wording) for part in DAY_PARTS))
        for day in range(1, 8)
    )
    return Table(caption, (_("Weekday"), *map(part_title, DAY_PARTS)), rows)


def _heat_words(cell: GroupLift | None, wording: Wording) -> str:
    if cell is None:
        return _("no posts")
    if cell.effect is None:
        return _("n = {n}, not enough").format(n=cell.n)
    low, high = wording.times(cell.effect.low), wording.times(cell.effect.high)
    words = _("{factor} ({low} to {high}), n = {n}")
    return words.format(factor=wording.times(cell.factor), low=low, high=high, n=cell.n)


def _heat_text(cell: GroupLift | None, wording: Wording, brand: Brand, colour: _Colour) -> tuple[str, object]:
    if cell is None:
        return "", ink("text-muted")
    if cell.effect is None:
        return f"n = {cell.n}", ink("text-muted")
    red, green, blue, _alpha = colour(min(_CAP, max(1 / _CAP, cell.factor)))
    ground = Colour(*(round(255 * part) for part in (red, green, blue)))
    inks = (brand.light["text"], brand.light["background"])
    best = max(inks, key=lambda one: contrast(one, ground))
    return f"{wording.times(cell.factor)}, n = {cell.n}", say_hex(readable(best, ground))

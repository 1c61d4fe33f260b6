"""The report's charts. Each takes plain values and returns the picture with its alternative text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from textwrap import fill
from typing import TYPE_CHECKING, Final

from toolkit.messages import _, decimal
from toolkit.reports.blocks import Cell, Chart, Table
from toolkit.reports.canvas import canvas, ink, series, tidy, to_svg
from toolkit.reports.wording import Wording
from toolkit.tokens import SERIES, Brand
from toolkit.values import dataclass

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_NAME: Final = 18  # letters of a line's name before it is broken
_LEAST: Final = 2.0  # a scale of factors shows at least this much more and less
_MARKS: Final = (0.25, 0.5, 1.0, 2.0, 4.0)


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


def bar_table(items: Sequence[Bar], caption: str, named: str) -> Table:
    """The numbers of bars, with intervals and n where there are any; `named` is what the bars' names are."""
    intervals, counts = any(item.interval for item in items), any(item.n for item in items)
    head = [named, _("Value"), *([_("Interval (90%)")] if intervals else []), *(["n"] if counts else [])]
    rows: tuple[tuple[str | Cell, ...], ...] = tuple(
        (
            " ".join(item.label.split()),
            Cell(item.text, exact=item.value),
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
        return Chart(caption, to_svg(figure, brand), alt, bar_table(bars, caption, _("Month")))


def _whisker(axes: Axes, place: float, bar: Bar, *, lying: bool = False) -> None:
    if bar.value is None or bar.low is None or bar.high is None:
        return
    reach = [[max(0.0, bar.value - bar.low)], [max(0.0, bar.high - bar.value)]]
    x, y = ([bar.value], [place]) if lying else ([place], [bar.value])
    sides = (None, reach) if lying else (reach, None)
    # Below it a wider one in the page's colour: half of it lies on the bar.
    for colour, wider in ((ink("background"), 2.0), (ink("text"), 0.0)):
        axes.errorbar(
            x, y, yerr=sides[0], xerr=sides[1], fmt="none", ecolor=colour, elinewidth=1.3 + wider, capsize=2.5 + wider / 2,
            capthick=1.3 + wider,
        )  # fmt: skip


def bars(items: Sequence[Bar], caption: str, alt: str, brand: Brand) -> Chart:
    """Lying bars with their values written beside them."""
    import seaborn as sns

    with canvas(height=0.35 + 0.36 * len(items)) as (figure, axes):
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
        return Chart(caption, to_svg(figure, brand), alt, bar_table(items, caption, _("Group")))


def lines(
    curves: Mapping[str, Sequence[tuple[date, float]]], caption: str, alt: str, *, brand: Brand, wording: Wording
) -> Chart:
    """Lines over time from zero, each named at its end; a gap in the data is a gap in the line's reach."""
    import seaborn as sns
    from matplotlib.dates import AutoDateLocator, DateFormatter
    from matplotlib.ticker import FuncFormatter

    names = {name: fill(name, _NAME, break_long_words=False) for name in curves}
    rows = sum(name.count("\n") + 1 for name in names.values())
    with canvas(height=max(3.0, 0.6 + 0.23 * rows)) as (figure, axes):
        for number, points in enumerate(curves.values()):
            days, values = [day for day, _value in points], [value for _day, value in points]
            # Where the colours begin again, the line is broken.
            style = "-" if number < SERIES else (0, (3, 1.5))
            sns.lineplot(x=days, y=values, ax=axes, color=series(number), linewidth=2, linestyle=style, legend=False)
        axes.set_ylim(bottom=0)
        _name_lines(
            axes, [(names[name], points[-1][1], series(at)) for at, (name, points) in enumerate(curves.items())]
        )
        axes.xaxis.set_major_locator(AutoDateLocator(minticks=3, maxticks=7))  # type: ignore[no-untyped-call]
        axes.xaxis.set_major_formatter(DateFormatter(_day_pattern(curves, wording)))  # type: ignore[no-untyped-call]
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
            *(
                Cell(wording.number(points[day]), exact=points[day]) if day in points else _("no data")
                for points in known.values()
            ),
        )
        for day in days
    )
    return Table(caption, (_("Day"), *known), rows, frozenset(range(1, len(known) + 1)))


def _day_pattern(curves: Mapping[str, Sequence[tuple[date, float]]], wording: Wording) -> str:
    """Months for long lines, days for short ones, as the language writes them."""
    days = [day for points in curves.values() for day, _value in points]
    if max(days) - min(days) > timedelta(days=150):
        return "%m/%y" if wording.german else "%b %y"
    return "%d.%m." if wording.german else "%d %b"


def _name_lines(axes: Axes, ends: Sequence[tuple[str, float, str]]) -> None:
    """Each line's name beside its end: text (with line breaks), value, colour."""
    figure = axes.get_figure(root=True)
    height = figure.get_size_inches()[1] if figure is not None else 3.0
    row = axes.get_ylim()[1] * 0.19 / (height - 0.45)
    order = sorted(ends, key=lambda end: end[1])
    heights = [row * (text.count("\n") + 1.15) for text, _value, _colour in order]
    places = apart([value for _text, value, _colour in order], heights)
    for number, ((text, _value, colour), place) in enumerate(zip(order, places, strict=True)):
        axes.annotate(
            text, (1.0, place), xycoords=("axes fraction", "data"), xytext=(6, 0), textcoords="offset points",
            va="center", color=colour, annotation_clip=False, gid=f"label-{number}", linespacing=1.0,
        )  # fmt: skip


def apart(wanted: Sequence[float], heights: Sequence[float]) -> list[float]:
    """Middles for labels, as near as can be (least squares) to the wanted ones, which ascend, without two of them meeting.

    >>> apart([1, 1, 9], [2, 2, 2])
    [0.0, 2.0, 9.0]
    """
    offsets = [sum(heights[:at]) + height / 2 for at, height in enumerate(heights)]
    pools: list[tuple[float, int]] = []  # labels that touch: where their stack begins, how many they are
    for want, offset in zip(wanted, offsets, strict=True):
        base, count = want - offset, 1
        while pools and pools[-1][0] > base:
            lower, others = pools.pop()
            base, count = (lower * others + base * count) / (others + count), others + count
        pools.append((base, count))
    bases = [base for base, count in pools for _label in range(count)]
    return [base + offset for base, offset in zip(bases, offsets, strict=True)]


def factors(items: Sequence[Bar], caption: str, alt: str, brand: Brand) -> Chart:
    """Factors as points with their intervals, beside a line for "no difference"; what touches the line may be none.

    The scale is that of factors: twice as much is as far to the right as half as much is to the left.
    """
    from matplotlib.ticker import FixedLocator, NullFormatter, NullLocator

    with canvas(height=0.6 + 0.36 * len(items)) as (figure, axes):
        ends = [edge for item in items for edge in (item.value, item.low, item.high) if edge]
        reach = max([_LEAST, *(max(edge, 1 / edge) for edge in ends)]) * 1.05
        axes.set_xscale("log")
        axes.set_xlim(1 / reach, reach)
        axes.axvline(1, color=ink("text-muted"), linewidth=1.2)
        for place, item in enumerate(items):
            if item.value is None:
                axes.text(1.02, place, item.text, va="center", ha="left", color=ink("text-muted"))
                continue
            _whisker(axes, place, item, lying=True)
            colour = ink("accent" if item.strong else "primary")
            axes.plot([item.value], [place], "o", color=colour, markersize=8, zorder=3)
        axes.set_yticks(range(len(items)), [item.label for item in items])
        axes.set_ylim(len(items) - 0.5, -0.5)
        marks = [mark for mark in _MARKS if 1 / reach <= mark <= reach]
        axes.xaxis.set_major_locator(FixedLocator(marks))
        axes.xaxis.set_minor_locator(NullLocator())
        axes.xaxis.set_minor_formatter(NullFormatter())
        axes.set_xticklabels([f"{decimal(mark, 'g')}×" for mark in marks])  # noqa: RUF001  # the sign that people read as "times"
        tidy(axes, grid="x")
        return Chart(caption, to_svg(figure, brand), alt, bar_table(items, caption, _("Time")))

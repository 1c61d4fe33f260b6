"""The course of things: a KPI by month, followers, visits and orders."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta

from toolkit.dates import month_names
from toolkit.kpis import KPIS, Kpi, Period, UnitRow
from toolkit.messages import _
from toolkit.reports.blocks import Block, Chart, Paragraph, Section
from toolkit.reports.charts import Bar, columns, lines
from toolkit.reports.periods import shift
from toolkit.reports.scope import Scope

MONTHS = 13


def series_section(scope: Scope) -> Section:
    """Interactions of the last thirteen months, followers, visits and orders."""
    blocks: list[Block] = [Paragraph(_("No data for this month or the year before it."))]
    found = (months_chart(scope, KPIS["interactions"]), followers_chart(scope), _days(scope))
    charts = [chart for chart in found if chart is not None]
    if charts:
        blocks = list(charts)
    return Section("series", _("Over time"), tuple(blocks))


def months_chart(scope: Scope, kpi: Kpi, months: int = MONTHS, channel: str = "") -> Chart | None:
    """A KPI month by month with its intervals; None when no month has it."""
    points = [_month_bar(scope, kpi, ago, channel) for ago in range(months - 1, -1, -1)]
    known = [point for point in points if point.value is not None]
    if not known:
        return None
    best = max(known, key=lambda point: point.value or 0)
    words = _("{kpi}: {value} in {month}; the highest of {months} months is {best} in {when}.")
    if best is points[-1]:
        words = _("{kpi}: {value} in {month}, the highest of {months} months.")
    alt = words.format(
        kpi=_(kpi.title),
        value=points[-1].text,
        month=scope.title,
        months=months,
        best=best.text,
        when=_flat(best.label),
    )
    caption = _("{kpi} per month").format(kpi=_(kpi.title))
    if kpi.sampled:
        caption = _("{kpi} per month, with intervals (90%)").format(kpi=_(kpi.title))
    return columns(_shortened(points), caption, alt, brand=scope.brand, wording=scope.wording)


def _month_bar(scope: Scope, kpi: Kpi, ago: int, channel: str) -> Bar:
    result, interval = scope.result(kpi, ago, channel), ""
    low, high = (result.interval.low, result.interval.high) if result.interval else (None, None)
    if low is not None and high is not None:
        interval = scope.wording.between(low, high, kpi.unit)
    first = shift(scope.first, -ago)
    label = f"{month_names()[first.month - 1][:3]}\n{first.year}"
    text = scope.wording.value(result.value, kpi.unit)
    n = scope.wording.number(result.n)
    return Bar(label, result.value, text, low, high, strong=ago == 0, interval=interval, n=n)


def _shortened(points: list[Bar]) -> list[Bar]:
    """The year stands below the first month and each January only."""
    years = [point.label.partition("\n")[2] for point in points]
    return [
        point if at == 0 or years[at] != years[at - 1] else replace(point, label=point.label.partition("\n")[0])
        for at, point in enumerate(points)
    ]


def _flat(label: str) -> str:
    return label.replace("\n", " ")


def followers_chart(scope: Scope) -> Chart | None:
    """The followers of every account at the end of each month."""
    curves: dict[str, list[tuple[date, float]]] = {}
    for ago in range(MONTHS - 1, -1, -1):
        for row in scope.rows("followers", scope.period(ago)):
            curves.setdefault(scope.channel_title(row.channel), []).append((_month_end(scope, ago), row.part or 0))
    if not curves:
        return None
    words = [_moved(scope, name, points) for name, points in curves.items()]
    alt = _("Followers over {months} months: {accounts}.").format(months=MONTHS, accounts=scope.wording.join(words))
    caption = _("Followers at the end of each month")
    return lines(curves, caption, alt, brand=scope.brand, wording=scope.wording)


def _month_end(scope: Scope, ago: int) -> date:
    return shift(scope.first, 1 - ago) - timedelta(days=1)


def _moved(scope: Scope, name: str, points: list[tuple[date, float]]) -> str:
    words = _("{name} from {first} to {last}")
    return words.format(name=name, first=scope.wording.number(points[0][1]), last=scope.wording.number(points[-1][1]))


def _days(scope: Scope) -> Chart | None:
    """Visits and orders of the quarter that ends with the month, by week, so that a bad week shows."""
    start, end = scope.period(2).start, scope.period().end
    quarter = Period(start, end, scope.now, scope.age_hours)
    curves = {}
    for name in ("visits", "orders"):
        weeks = _weeks(scope, scope.rows(name, quarter))
        if weeks:
            curves[_(KPIS[name].title)] = weeks
    if not curves:
        return None
    # Orders are far fewer than visits: each as per cent of its own mean week.
    shown = {name: [(day, value / _mean(points) * 100) for day, value in points] for name, points in curves.items()}
    alt = _("Visits and orders per week in per cent of their mean, three months to {month}: {low}.")
    text = alt.format(month=scope.title, low="; ".join(_lowest(scope, curves)))
    caption = _("Visits and orders per week, 100 = mean of the three months")
    return lines(shown, caption, text, brand=scope.brand, wording=scope.wording)


def _weeks(scope: Scope, rows: list[UnitRow]) -> list[tuple[date, float]]:
    """Monday → sum of a whole week; the cut-off weeks at the ends are left out."""
    days: dict[date, float] = {}
    for row in rows:
        day = row.at.astimezone(scope.zone).date()
        days[day] = days.get(day, 0) + (row.part or 0)
    weeks: dict[date, list[float]] = {}
    for day, value in days.items():
        weeks.setdefault(day - timedelta(days=day.weekday()), []).append(value)
    return [(monday, sum(values)) for monday, values in sorted(weeks.items()) if len(values) == 7]


def _lowest(scope: Scope, curves: Mapping[str, list[tuple[date, float]]]) -> Iterator[str]:
    """Each curve's worst week; those with the same one in one breath."""
    weeks: dict[date, list[str]] = {}
    for name, points in curves.items():
        weeks.setdefault(min(points, key=lambda point: point[1])[0], []).append(name)
    for day, names in weeks.items():
        words = _("{name} lowest in the week of {day}")
        yield words.format(name=scope.wording.join(names), day=scope.wording.day(day))


def _mean(points: list[tuple[date, float]]) -> float:
    return sum(value for _day, value in points) / len(points) or 1

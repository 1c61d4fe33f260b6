"""The course of things: interactions by month, followers, visits and orders, channels beside each other."""

from __future__ import annotations

from datetime import date, timedelta

from toolkit.dates import month_names
from toolkit.kpis import KPIS, Period, UnitRow
from toolkit.messages import _
from toolkit.reports.blocks import Block, Cell, Chart, Paragraph, Section, Table
from toolkit.reports.charts import Bar, bars, columns, lines
from toolkit.reports.compared import change, mood
from toolkit.reports.periods import shift
from toolkit.reports.scope import Scope

MONTHS = 13


def series_section(scope: Scope) -> Section:
    """Interactions of the last thirteen months, followers, visits and orders."""
    blocks: list[Block] = [Paragraph(_("No data for this month or the year before it."))]
    charts = [chart for chart in (_months(scope), _followers(scope), _days(scope)) if chart is not None]
    if charts:
        blocks = list(charts)
    return Section("series", _("Over time"), tuple(blocks))


def _months(scope: Scope) -> Chart | None:
    kpi = KPIS["interactions"]
    points: list[Bar] = []
    for ago in range(MONTHS - 1, -1, -1):
        result = scope.result(kpi, ago)
        first = shift(scope.first, -ago)
        low, high = (result.interval.low, result.interval.high) if result.interval else (None, None)
        label = f"{month_names()[first.month - 1][:3]}" + (
            f"\n{first.year}" if first.month == 1 or ago == MONTHS - 1 else ""
        )
        points.append(Bar(label, result.value, _("no data"), low, high, strong=ago == 0))
    known = [point for point in points if point.value is not None]
    if not known:
        return None
    best = max(known, key=lambda point: point.value or 0)
    alt = _(
        "Bar chart: interactions per month, {months} months to {month}. This month {value}, highest {best} in {when}."
    )
    now = points[-1].value
    return columns(
        points,
        _("Interactions per month, with intervals (90 %)"),
        alt.format(
            months=MONTHS,
            month=scope.title,
            value=scope.wording.value(now, kpi.unit),
            best=scope.wording.value(best.value, kpi.unit),
            when=best.label.replace("\n", " "),
        ),
        scope.brand,
    )


def _followers(scope: Scope) -> Chart | None:
    curves: dict[str, list[tuple[date, float]]] = {}
    for ago in range(MONTHS - 1, -1, -1):
        for row in scope.rows("followers", scope.period(ago)):
            curves.setdefault(scope.channel_title(row.channel), []).append((row.at.date(), row.part or 0))
    if not curves:
        return None
    ends = [f"{name} {scope.wording.number(points[-1][1])}" for name, points in curves.items()]
    alt = _("Line chart: followers at the end of each month. At last: {ends}.").format(ends=scope.wording.join(ends))
    caption = _("Followers at the end of each month")
    return lines(curves, caption, alt, brand=scope.brand, wording=scope.wording)


def _days(scope: Scope) -> Chart | None:
    """Visits and orders of the quarter that ends with the month, by week, so that a bad week shows."""
    start, end = scope.period(2).start, scope.period().end
    quarter = Period(start, end, scope.now)
    curves = {}
    for name in ("visits", "orders"):
        weeks = _weeks(scope, scope.rows(name, quarter))
        if weeks:
            curves[_(KPIS[name].title)] = weeks
    if not curves:
        return None
    # Orders are far fewer than visits: each as per cent of its own mean week.
    shown = {name: [(day, value / _mean(points) * 100) for day, value in points] for name, points in curves.items()}
    low = [
        _("{name} lowest in the week of {day}").format(
            name=name, day=scope.wording.day(min(points, key=lambda p: p[1])[0])
        )
        for name, points in curves.items()
    ]
    alt = _("Line chart: visits and orders per week in per cent of their mean, three months to {month}. {low}.")
    text = alt.format(month=scope.title, low="; ".join(low))
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


def _mean(points: list[tuple[date, float]]) -> float:
    return sum(value for _day, value in points) / len(points) or 1


def channels_section(scope: Scope) -> Section:
    """Every account: posts, interactions, rate, followers; accounts without data say so."""
    rate, total, followers = KPIS["engagement_rate_followers"], KPIS["interactions"], KPIS["followers"]
    rows, items = [], []
    for name in scope.accounts:
        now, before = scope.result(total, 0, name), scope.result(total, 1, name)
        share = change(now, before)
        rates, level = scope.result(rate, 0, name), scope.result(followers, 0, name)
        moved = Cell(scope.wording.change(share), mood(share, total)) if share is not None else Cell("–")  # noqa: RUF001  # a dash, as tables have it
        rows.append(
            (
                scope.channel_title(name),
                scope.wording.number(now.n),
                scope.wording.value(now.value, total.unit),
                moved,
                scope.wording.value(rates.value, rate.unit),
                scope.wording.value(level.value, followers.unit),
            )
        )
        if rates.value is not None:
            low, high = (rates.interval.low, rates.interval.high) if rates.interval else (None, None)
            text = f"{scope.wording.value(rates.value, rate.unit)}, n = {rates.n}"
            items.append(Bar(scope.channel_title(name), rates.value, text, low, high))
    head = (_("Channel"), _("Posts"), _("Interactions"), _("Change"), _("Engagement rate"), _("Followers"))
    table = Table(_("Channels in {month}").format(month=scope.title), head, tuple(rows), frozenset(range(1, 6)))
    if not items:
        return Section("channels", _("Channels"), (table,))
    items.sort(key=lambda item: -(item.value or 0))
    ranked = scope.wording.join([f"{item.label} {item.text}" for item in items])
    alt = _("Bar chart: interactions per post and follower, with intervals (90 %). {ranked}.").format(ranked=ranked)
    caption = _("Interactions per post and follower, with intervals (90 %)")
    return Section("channels", _("Channels"), (bars(items, caption, alt, scope.brand), table))

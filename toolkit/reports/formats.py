"""Formats of one channel beside each other: medians, ranks, and "not enough" where a format has too few posts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from toolkit.kpis import KPIS, Comparison, Interval, Unit, any_difference, compare, discount, median, median_interval
from toolkit.kpis.chance import FEWEST
from toolkit.kpis.rows import own_values
from toolkit.kpis.titles import format_title
from toolkit.messages import _
from toolkit.reports.blocks import Block, Cell, Heading, Paragraph, Table
from toolkit.reports.charts import Bar, bars
from toolkit.reports.scope import Scope
from toolkit.values import dataclass


@dataclass(frozen=True, slots=True)
class Standing:
    """One format: its posts' values, and how it compares with the first one by ranks."""

    format: str
    n: int
    median: float
    interval: Interval | None
    against: Comparison | None  # None for the first, and for those with too few posts
    p: float | None  # of `against`, corrected for the number of comparisons

    @property
    def enough(self) -> bool:
        return self.n >= FEWEST


@dataclass(frozen=True, slots=True)
class Ranking:
    """The formats with enough posts, best first, then the others; and whether they differ at all (Kruskal-Wallis)."""

    standings: tuple[Standing, ...]
    p: float | None


def rank_formats(scope: Scope, measure: str, channel: str) -> Ranking:
    """The formats of a channel over twelve months by the median of a KPI, or of any metric that is counted of posts."""
    groups: dict[str, list[float]] = {}
    for uid, value in values_of(scope, measure, channel).items():
        about = scope.subjects.get(uid)
        if about is not None and about.format:
            groups.setdefault(about.format, []).append(value)
    order = sorted(groups, key=lambda name: (len(groups[name]) < FEWEST, -(median(groups[name]) or 0), name))
    if not order:
        return Ranking((), None)
    rest = [name for name in order[1:] if len(groups[name]) >= FEWEST]
    found = {name: compare(groups[order[0]], groups[name]) for name in rest}
    corrected = dict(zip(found, discount([one.p or 1.0 for one in found.values()]), strict=True))
    standings = tuple(_standing(name, groups[name], found.get(name), corrected.get(name)) for name in order)
    different = any_difference([groups[name] for name in order])
    return Ranking(standings, different[1] if different else None)


def _standing(name: str, values: Sequence[float], against: Comparison | None, p: float | None) -> Standing:
    return Standing(name, len(values), median(values) or 0.0, median_interval(values), against, p)


def values_of(scope: Scope, measure: str, channel: str) -> Mapping[str, float]:
    """Uid → the post's own value at the age of the report."""
    if measure in KPIS:
        rows = [row for row in scope.rows(measure, scope.year) if row.channel == channel]
        return {row.unit: own_values(KPIS[measure], [row])[0] for row in rows if own_values(KPIS[measure], [row])}
    sql = """
        SELECT subject, arg_max(value, (observed_at, imported_at)) AS value FROM observations
        WHERE metric = $metric AND channel = $channel AND published_at >= $start AND published_at < $end
          AND observed_at >= published_at AND observed_at <= published_at + to_seconds($age) GROUP BY subject
    """
    start, end, _until = scope.year.naive
    named = {"metric": measure, "channel": channel, "start": start, "end": end, "age": int(scope.age_hours * 3600)}
    return {row["subject"]: row["value"] for row in scope.store.query(sql, {}, named).to_pylist()}


def formats_blocks(scope: Scope, measure: str, channel: str) -> list[Block]:
    """The ranking of one channel; nothing where fewer than two formats were counted."""
    ranking = rank_formats(scope, measure, channel)
    if len(ranking.standings) < 2:
        return []
    title = measure_title(measure)
    caption = _("{measure} per post by format, {channel}").format(measure=title, channel=scope.channel_title(channel))
    unit = KPIS[measure].unit if measure in KPIS else Unit.COUNT
    verdict = verdict_of(scope, ranking, unit)
    items = [_bar(scope, one, unit) for one in ranking.standings if one.enough]
    blocks: list[Block] = [Heading(scope.channel_title(channel)), Paragraph(verdict, "lead")]
    if len(items) > 1:
        blocks.append(bars(items, _("{caption}, medians").format(caption=caption), verdict, scope.brand))
    return [*blocks, _table(scope, ranking, caption, unit)]


def measure_title(measure: str) -> str:
    """How a KPI is called; a metric that is none keeps its name."""
    return _(KPIS[measure].title) if measure in KPIS else measure.replace("_", " ")


def verdict_of(scope: Scope, ranking: Ranking, unit: Unit) -> str:
    """What can be said: the first format, whether chance explains it, and which have too few posts."""
    first, words = ranking.standings[0], []
    if not first.enough:
        words.append(_("No format has enough posts to be compared."))
    else:
        known = [one for one in ranking.standings[1:] if one.p is not None]
        sure = bool(known) and all((one.p or 1) < 0.05 for one in known)
        text = _(
            "“{format}” has the highest median with {value} (n = {n}); the difference to each other format is reliable."
        )
        if not sure:
            text = _("“{format}” has the highest median with {value} (n = {n}), but chance can explain the order.")
        value = scope.wording.value(first.median, unit)
        words.append(text.format(format=format_title(first.format), value=value, n=scope.wording.number(first.n)))
    few = [f"{format_title(one.format)} (n = {one.n})" for one in ranking.standings if not one.enough]
    if few and first.enough:
        words.append(_("Not enough posts: {names}.").format(names=scope.wording.join(few)))
    return " ".join(words)


def _bar(scope: Scope, one: Standing, unit: Unit) -> Bar:
    low, high = (one.interval.low, one.interval.high) if one.interval else (None, None)
    interval = scope.wording.between(low, high, unit) if low is not None and high is not None else ""
    text = scope.wording.value(one.median, unit)
    return Bar(format_title(one.format), one.median, text, low, high, interval=interval, n=str(one.n))


def _table(scope: Scope, ranking: Ranking, caption: str, unit: Unit) -> Table:
    head = (_("Format"), "n", _("Median"), _("Interval (90%)"), _("behind the first in"), "p")
    rows = tuple(_row(scope, one, unit, first=at == 0) for at, one in enumerate(ranking.standings))
    return Table(caption, head, rows, frozenset({1, 2, 3, 4, 5}))


def _row(scope: Scope, one: Standing, unit: Unit, *, first: bool) -> tuple[str | Cell, ...]:
    interval = _("not enough")
    if one.interval is not None:
        interval = scope.wording.between(one.interval.low, one.interval.high, unit)
    cells = format_title(one.format), str(one.n), scope.wording.value(one.median, unit), interval
    if not one.enough:
        return *cells, _("n = {n}, not enough").format(n=one.n), ""
    if first or one.against is None or one.p is None:
        return *cells, "", ""
    behind = _("{share} of all pairs").format(share=scope.wording.percent((1 + one.against.effect) / 2, 0))
    return *cells, behind, p_text(scope, one.p)


def p_text(scope: Scope, p: float) -> str:
    """A probability as people read it."""
    least = scope.wording.number(0.001, 3)
    return _("below {least}").format(least=least) if p < 0.001 else scope.wording.number(p, 3)

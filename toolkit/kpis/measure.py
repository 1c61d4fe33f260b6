"""KPIs over a period, as a whole or by group, computed inside the engine: only results come out of it.

KPIs of the same facts are one question. A second one asks for what intervals are made of: each post's part and base
where a group is small enough to draw its posts anew, else the group's sums of squares.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from toolkit.kpis.chance import MANY, Interval, Sums, sums_interval
from toolkit.kpis.definitions import Fold, Kpi
from toolkit.kpis.facts import KEPT, Kept, Posts
from toolkit.kpis.grouping import GROUPS, group_tables
from toolkit.kpis.period import Period, split_months
from toolkit.kpis.rows import (
    Engine,
    Keeping,
    Result,
    cluster_interval,
    dialect_of,
    doubtful,
    is_ready,
    one_state,
    wanted_channels,
)
from toolkit.kpis.sql import fill, make_sql
from toolkit.kpis.tally import Asked, Clusters, Squares, Tally, Whole
from toolkit.metrics.arrays import text_array
from toolkit.model import Subject
from toolkit.values import dataclass

if TYPE_CHECKING:
    import pyarrow as pa

Answer = Mapping[str, float | str | None]  # the columns of one group


def measure(
    kpi: Kpi,
    engine: Engine,
    period: Period,
    *,
    by: str = "",
    zone: ZoneInfo,
    subjects: Mapping[str, Subject] | None = None,
    channels: Iterable[str] = (),
) -> tuple[Result, ...]:
    """The KPI over `period`, one result per group; without `by` one result whose group is "".

    `by` is one of `GROUPS`; months and weekdays are those of `zone`, the rest is taken from `subjects`.
    """
    return measure_all([kpi], engine, period, by=by, zone=zone, subjects=subjects, channels=channels)[kpi.name]


def measure_all(
    kpis: Iterable[Kpi],
    engine: Engine,
    period: Period,
    *,
    by: str = "",
    zone: ZoneInfo,
    subjects: Mapping[str, Subject] | None = None,
    channels: Iterable[str] = (),
) -> dict[str, tuple[Result, ...]]:
    """Name → what `measure` gives, for many KPIs in few questions."""
    kpis, channels = list(kpis), tuple(channels)
    if by and by not in GROUPS:
        raise ValueError(f"unknown group {by!r}")
    if by == "month":
        months = [
            (name, measure_all(kpis, engine, part, zone=zone, channels=channels))
            for name, part in split_months(period, zone)
        ]
        return {kpi.name: tuple(replace(month[kpi.name][0], group=name) for name, month in months) for kpi in kpis}
    tables = group_tables(by, period, zone, subjects or {})
    found: dict[str, tuple[Result, ...]] = {}
    with one_state(engine) as still:
        for asked in _questions(kpis, by, channels, ready=is_ready(still, period)):
            found |= _Question(asked, still, period, tables).once()
    return {kpi.name: found[kpi.name] for kpi in kpis}


def _questions(kpis: Iterable[Kpi], by: str, channels: tuple[str, ...], *, ready: bool) -> Iterator[Asked]:
    """KPIs of the same facts together."""
    kpis = list(kpis)
    together: dict[Asked, list[Kpi]] = {}
    followers = any(_with_followers(kpi) for kpi in kpis)
    for kpi in kpis:
        facts = (kpi.units.ready if ready else kpi.units).facts
        # Who asks for followers looks at the same posts as the others.
        facts = replace(facts, followers=followers) if isinstance(facts, Posts) else facts
        together.setdefault(Asked(facts, (), by, wanted_channels(kpi, channels)), []).append(kpi)
    for asked, some in together.items():
        yield replace(asked, kpis=tuple(some))


def _with_followers(kpi: Kpi) -> bool:
    return isinstance(kpi.units.facts, Posts) and kpi.units.facts.followers


@dataclass(frozen=True, slots=True)
class _Question:
    """One question to one engine."""

    asked: Asked
    engine: Engine
    period: Period
    tables: Mapping[str, pa.Table]

    def once(self) -> dict[str, tuple[Result, ...]]:
        """The results, with the facts made only once where the engine can keep them."""
        if not isinstance(self.engine, Keeping):
            return self.results()
        sql = fill(make_sql(Whole(self.asked), dialect_of(self.engine)), self.period)
        with self.engine.keeping(KEPT, sql):
            return replace(self, asked=replace(self.asked, facts=Kept(self.asked.facts))).results()

    def results(self) -> dict[str, tuple[Result, ...]]:
        answers = self._rows(Tally(self.asked))
        answers.sort(key=lambda answer: str(answer["group"]))
        if not answers and not self.asked.by:
            answers = [{"group": ""}]
        intervals = self._intervals(answers)
        return {
            kpi.name: tuple(
                _result(kpi, at, answer, intervals.get((str(answer["group"]), at)))
                for answer in answers
                if not self.asked.by or answer.get(f"n{at}") or answer.get(f"base{at}")
            )
            for at, kpi in enumerate(self.asked.kpis)
        }

    def _intervals(self, answers: list[Answer]) -> dict[tuple[str, int], Interval]:
        drawn = [at for at, kpi in enumerate(self.asked.kpis) if kpi.sampled and kpi.fold is Fold.RATIO]
        if not drawn:
            return {}
        sizes = {str(answer["group"]): max(_number(answer, f"n{at}") for at in drawn) for answer in answers}
        few = [group for group, n in sizes.items() if 0 < n <= MANY]
        many = {group for group, n in sizes.items() if n > MANY}
        found = self._drawn(few, drawn, some=bool(many)) if few else {}
        return found | self._summed(many, drawn) if many else found

    def _drawn(self, few: list[str], drawn: list[int], *, some: bool) -> dict[tuple[str, int], Interval]:
        posts = self._ask(Clusters(self.asked, some), {"few": _names(few)} if some else {})
        places: dict[str, list[int]] = {}
        keys = zip(posts["group"].to_pylist(), posts["unit"].to_pylist(), range(len(posts)), strict=True)
        for group, _unit, place in sorted(keys):
            places.setdefault(group, []).append(place)
        found = {}
        for at in drawn:
            parts, bases = (posts[f"{name}{at}"].to_pylist() for name in ("part", "base"))
            for group, own in places.items():
                known = [place for place in own if parts[place] is not None]
                drawn_from = [parts[place] for place in known], [bases[place] for place in known]
                interval = cluster_interval(self.asked.kpis[at], *drawn_from)
                if interval is not None:
                    found[group, at] = interval
        return found

    def _summed(self, groups: set[str], drawn: list[int]) -> dict[tuple[str, int], Interval]:
        found = {}
        for answer in self._rows(Squares(self.asked)):
            group = str(answer["group"])
            for at in drawn if group in groups else ():
                sums = Sums(int(_number(answer, f"n{at}")), *(_number(answer, f"{name}{at}") for name in _SUMS))
                interval = sums_interval(
                    sums
                    if self.asked.kpis[at].denominator
                    else replace(sums, base=sums.n, bases=sums.n, product=sums.part)
                )
                if interval is not None:
                    scale = 1.0 if self.asked.kpis[at].denominator else sums.n
                    found[group, at] = Interval(interval.low * scale, interval.high * scale)
        return found

    def _rows(self, table: Tally | Squares) -> list[Answer]:
        rows: list[Answer] = self._ask(table, {}).to_pylist()
        return rows

    def _ask(self, table: Tally | Squares | Clusters, more: Mapping[str, pa.Table]) -> pa.Table:
        sql = fill(make_sql(table, dialect_of(self.engine)), self.period)
        return self.engine.query(sql, {**self.tables, **more})


_SUMS = ("part", "base", "parts", "bases", "product")


def _names(groups: list[str]) -> pa.Table:
    import pyarrow as pa

    return pa.table({"name": text_array(groups)})


def _number(answer: Answer, name: str) -> float:
    return float(answer.get(name) or 0)


def _result(kpi: Kpi, at: int, answer: Answer, interval: Interval | None) -> Result:
    n, group = int(_number(answer, f"n{at}")), str(answer["group"])
    whole = _number(answer, f"base{at}") if kpi.denominator and answer.get(f"base{at}") is not None else None
    if not n or whole == 0:
        return Result(group, None, whole, n, None, None)
    part = _number(answer, f"part{at}")
    value = part / whole if whole else part
    if kpi.fold is not Fold.RATIO:
        value = _number(answer, f"{kpi.fold.value}{at}")
    middle = answer.get(f"median{at}") if kpi.fold is Fold.RATIO else None
    if answer.get(f"doubt{at}") is not None and whole:
        interval = doubtful(value, _number(answer, f"doubt{at}") / whole)
    return Result(group, value, whole, n, None if middle is None else float(middle), interval)

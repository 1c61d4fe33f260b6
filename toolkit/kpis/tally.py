"""The sums of several KPIs over the same facts, by group, as Ibis expressions: what leaves an engine is results only.

A KPI's columns are numbered as the KPIs are: ``n0``, ``part0``, ``base0``, ``median0``, ``n1`` …
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from toolkit.kpis.definitions import Fold, Kpi, Of
from toolkit.kpis.dictionary import are_known
from toolkit.kpis.facts import Facts
from toolkit.kpis.grouping import grouped
from toolkit.kpis.units import one
from toolkit.values import dataclass

if TYPE_CHECKING:
    import ibis.expr.types as ir


@dataclass(frozen=True, slots=True)
class Asked:
    """Some KPIs of the same facts, the kind of groups, and the channels (all, if none is named)."""

    facts: Facts
    kpis: tuple[Kpi, ...]
    by: str = ""
    channels: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """What tells it from all others; "" where a KPI is not the dictionary's."""
        names = [kpi.name for kpi in self.kpis]
        return f"{self.facts!r} {names} {self.by} {self.channels}" if are_known(self.kpis) else ""

    def table(self) -> ir.Table:
        """The facts with their groups."""
        table = self.facts()
        table = table.filter(table.channel.isin(self.channels)) if self.channels else table
        return grouped(table, self.by)


@dataclass(frozen=True, slots=True)
class Whole:
    """The facts themselves, as an engine keeps them for the questions below."""

    asked: Asked

    @property
    def name(self) -> str:
        return self.asked.name and f"whole {self.asked.facts!r}"

    def __call__(self) -> ir.Table:
        return self.asked.facts()


@dataclass(frozen=True, slots=True)
class Tally:
    """One row per group: how many units, their sums, their middle."""

    asked: Asked

    @property
    def name(self) -> str:
        return self.asked.name and f"tally {self.asked.name}"

    def __call__(self) -> ir.Table:
        table = self.asked.table()
        columns = {name: value for at, kpi in enumerate(self.asked.kpis) for name, value in _sums(table, kpi, at)}
        return table.group_by("group").agg(**columns)


@dataclass(frozen=True, slots=True)
class Clusters:
    """One row per post, of all groups or `some`, those in the table `few`: what an interval is drawn from."""

    asked: Asked
    some: bool = False

    @property
    def name(self) -> str:
        return self.asked.name and f"clusters {self.some} {self.asked.name}"

    def __call__(self) -> ir.Table:
        import ibis

        table = self.asked.table()
        if not self.some:
            return _per_post(table, self.asked.kpis)
        few = ibis.table({"name": "string"}, name="few")
        return _per_post(table.semi_join(few, table.group == few["name"]), self.asked.kpis)


@dataclass(frozen=True, slots=True)
class Squares:
    """One row per group: the sums of squares over its posts."""

    asked: Asked

    @property
    def name(self) -> str:
        return self.asked.name and f"squares {self.asked.name}"

    def __call__(self) -> ir.Table:
        posts = _per_post(self.asked.table(), self.asked.kpis)
        columns: dict[str, ir.Value] = {}
        for at in range(len(self.asked.kpis)):
            part, base = posts[f"part{at}"], posts[f"base{at}"]
            columns |= {
                f"n{at}": part.count(),
                f"part{at}": part.sum(),
                f"base{at}": base.sum(),
                f"parts{at}": (part * part).sum(),
                f"bases{at}": (base * base).sum(),
                f"product{at}": (part * base).sum(),
            }
        return posts.group_by("group").agg(**columns)


def _sums(table: ir.Table, kpi: Kpi, at: int) -> Iterator[tuple[str, ir.Value]]:
    part, base, counted = _counted(table, kpi)
    yield f"n{at}", counted.sum()
    yield f"part{at}", part.sum(where=counted)
    whole = base > 0 if kpi.units.base_alone else counted
    yield f"base{at}", base.sum(where=whole)
    own = part / base.nullif(0) if kpi.denominator else part
    if kpi.of is Of.POSTS or kpi.fold is Fold.MEDIAN:
        yield f"median{at}", own.quantile(0.5, where=counted)
    if kpi.fold is Fold.P90:
        yield f"p90{at}", own.quantile(0.9, where=counted)
    if kpi.units.doubt is not None:
        yield f"doubt{at}", kpi.units.doubt(table).sum(where=counted)


def _per_post(table: ir.Table, kpis: tuple[Kpi, ...]) -> ir.Table:
    columns: dict[str, ir.Value] = {}
    for at, kpi in enumerate(kpis):
        part, base, counted = _counted(table, kpi)
        columns |= {f"part{at}": part.sum(where=counted), f"base{at}": base.sum(where=counted)}
    return table.group_by(["group", "unit"]).agg(**columns)


def _counted(table: ir.Table, kpi: Kpi) -> tuple[ir.Value, ir.Value, ir.Value]:
    """Part, base (1 for totals) and whether a unit has both."""
    part = kpi.units.part(table).cast("float64")
    if kpi.units.base is None:
        return part, one(table), part.notnull()
    base = kpi.units.base(table).cast("float64")
    return part, base, (part.notnull() & (base > 0)).fill_null(False)

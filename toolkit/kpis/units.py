"""What a KPI counts: the columns of one of the tables of `toolkit.kpis.facts`, as one Ibis expression.

The expression yields *units*, the things that are counted together: posts, days, accounts, messages. Columns: `unit`,
`channel`, `at` (naive UTC), `part` and `base`. The value of a group is ``sum(part) / sum(base)``, or ``sum(part)``
where there is no base. A unit without `part` only adds to the base.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from toolkit.kpis.facts import Days, Facts, Posts, Voices
from toolkit.values import dataclass

if TYPE_CHECKING:
    import ibis.expr.types as ir

Column = Callable[["ir.Table"], "ir.Value"]


@dataclass(frozen=True, slots=True)
class Units:
    """Which facts, and which of their columns."""

    facts: Facts
    part: Column
    base: Column | None = None
    # Units without a part that still count in the base, as competitors do in a share of voice.
    base_alone: bool = False
    # By how much the sum of the parts can be wrong, for what a classifier counted.
    doubt: Column | None = None

    def __call__(self) -> ir.Table:
        """The units, those left out that the KPI does not count."""
        return self.choose(self.facts())

    def choose(self, table: ir.Table) -> ir.Table:
        """The units of a table of these facts, which may have further columns such as a group."""
        import ibis

        blank = ibis.null("float64")
        columns = {"part": self.part(table).cast("float64"), "base": blank, "doubt": blank}
        if self.base is not None:
            columns["base"] = self.base(table).cast("float64")
        if self.doubt is not None:
            columns["doubt"] = self.doubt(table).cast("float64")
        kept = [name for name in ("unit", "channel", "at", "group") if name in table.columns]
        units = table.select(*kept, **columns)
        units = units if self.base is None else units.filter(units.base > 0)
        return units if self.base_alone else units.filter(units.part.notnull())

    @property
    def ready(self) -> Units:
        """The same from the store's values at age."""
        if isinstance(self.facts, Posts | Voices):
            return replace(self, facts=replace(self.facts, ready=True))
        return self


def column(name: str) -> Column:
    """A column of the facts."""
    return lambda table: table[name]


def one(table: ir.Table) -> ir.Value:
    """One for each unit: the denominator of what is counted per post."""
    # Whole numbers that are cast: "1.0" is a decimal to some engines.
    return table["at"].notnull().ifelse(1, 0).cast("float64")


def daily_total(subject: str, metric: str) -> Units:
    """The sum over the period's days."""
    return Units(Days(subject, (metric,)), column(metric))

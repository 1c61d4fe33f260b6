"""What a KPI is: handbook page, notebook, goal and command share one definition."""

from __future__ import annotations

from enum import StrEnum

from toolkit.kpis.units import Units
from toolkit.values import dataclass


class Better(StrEnum):
    """Which direction is good news."""

    HIGHER = "higher"
    LOWER = "lower"


class Unit(StrEnum):
    """How a value reads."""

    COUNT = "count"
    AVERAGE = "average"  # a count per post or visit, shown with decimals
    SHARE = "share"  # 0..1, shown as per cent
    BALANCE = "balance"  # -1..1
    EURO = "EUR"
    SECONDS = "seconds"


class Of(StrEnum):
    """What a KPI is counted over."""

    POSTS = "posts"
    ACCOUNTS = "accounts"
    DAYS = "days"
    MESSAGES = "messages"


class Fold(StrEnum):
    """How the units of a group become one value."""

    RATIO = "ratio"  # sum(part) / sum(base), or sum(part)
    MEDIAN = "median"
    P90 = "p90"


@dataclass(frozen=True, slots=True)
class Kpi:
    """One KPI. Texts are English and translated where they are shown."""

    name: str
    title: str
    definition: str
    formula: str
    denominator: str  # "" for totals
    unit: Unit
    of: Of
    units: Units
    # What is imported or measured for it, by subject: any of a set is enough, every set is needed.
    needs: tuple[frozenset[str], ...] = ()
    better: Better = Better.HIGHER
    fold: Fold = Fold.RATIO
    # Whether the units can be drawn anew for an interval; days and accounts cannot.
    sampled: bool = True
    also: tuple[str, ...] = ()  # other names that people use

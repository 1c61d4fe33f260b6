"""KPIs: each defined once as an Ibis expression, computed with its denominator, n and interval.

Missing is never zero: a KPI without data has no value. Posts are compared at equal age. See `dictionary.KPIS`.
"""

from toolkit.kpis.chance import (
    ENOUGH,
    FEWEST,
    Comparison,
    Interval,
    any_difference,
    compare,
    discount,
    median,
    median_interval,
    posts_needed,
    ratio_interval,
    total_interval,
    usual,
)
from toolkit.kpis.definitions import Better, Fold, Kpi, Of, Unit
from toolkit.kpis.dictionary import KPIS, find_kpi
from toolkit.kpis.grouping import GROUPS
from toolkit.kpis.measure import measure, measure_all
from toolkit.kpis.period import AGE_HOURS, Period, midnight, split_months
from toolkit.kpis.rows import Engine, Result, UnitRow, result_of, unit_rows
from toolkit.kpis.subjects import known_subjects

__all__ = [
    "AGE_HOURS",
    "ENOUGH",
    "FEWEST",
    "GROUPS",
    "KPIS",
    "Better",
    "Comparison",
    "Engine",
    "Fold",
    "Interval",
    "Kpi",
    "Of",
    "Period",
    "Result",
    "Unit",
    "UnitRow",
    "any_difference",
    "compare",
    "discount",
    "find_kpi",
    "known_subjects",
    "measure",
    "measure_all",
    "median",
    "median_interval",
    "midnight",
    "posts_needed",
    "ratio_interval",
    "result_of",
    "split_months",
    "total_interval",
    "unit_rows",
    "usual",
]

"""KPIs: each defined once as an Ibis expression, computed with its denominator, n and interval.

Missing is never zero: a KPI without data has no value. Posts are compared at equal age. See `definitions.KPIS`.
"""

from toolkit.kpis.definitions import KPIS, Better, Kpi, Of, Unit
from toolkit.kpis.facts import AGE_HOURS, Period, midnight
from toolkit.kpis.intervals import ENOUGH, Interval, median, median_interval, ratio_interval, total_interval
from toolkit.kpis.measure import GROUPS, Engine, Result, UnitRow, measure, result_of, split_months, unit_rows
from toolkit.kpis.subjects import known_subjects

__all__ = [
    "AGE_HOURS",
    "ENOUGH",
    "GROUPS",
    "KPIS",
    "Better",
    "Engine",
    "Interval",
    "Kpi",
    "Of",
    "Period",
    "Result",
    "Unit",
    "UnitRow",
    "known_subjects",
    "measure",
    "median",
    "median_interval",
    "midnight",
    "ratio_interval",
    "result_of",
    "split_months",
    "total_interval",
    "unit_rows",
]

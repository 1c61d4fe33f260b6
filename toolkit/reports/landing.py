"""Where the goals of a campaign come out: what its days brought, held against how past campaigns went."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from toolkit.kpis import KPIS, Period, UnitRow
from toolkit.kpis.pace import Course, Landing, Pace, judge, land, learn_course
from toolkit.reports.scope import Scope

_DAY = timedelta(days=1)


def is_sum(metric: str) -> bool:
    """Whether a goal's value grows day by day, so that its end can be told from its days; a rate or a level cannot."""
    kpi = KPIS.get(metric)
    return kpi is not None and not kpi.denominator and metric != "followers"


def whole_days(rows: Iterable[UnitRow], period: Period) -> list[float]:
    """What each day brought, from the first one to the last that was over at the period's `until`; 0 where nothing was."""
    count = max(0, (min(period.until, period.end) - period.start) // _DAY)
    days = [0.0] * count
    for row in rows:
        at = (row.at - period.start) // _DAY
        if 0 <= at < count:
            days[at] += row.part or 0.0
    return days


def find_landing(rows: Iterable[UnitRow], period: Period, course: Course) -> Landing | None:
    """Where a sum comes out; None while it is too early to say."""
    return land(whole_days(rows, period), round((period.end - period.start) / _DAY), course)


def course_of(scope: Scope, metric: str, past: Iterable[tuple[list[UnitRow], Period]]) -> Course:
    """How past campaigns brought this metric, learned once for a report. `past` is only asked the first time."""
    if metric not in scope.courses:
        scope.courses[metric] = learn_course([whole_days(rows, period) for rows, period in past])
    return scope.courses[metric]


def find_pace(metric: str, value: float | None, target: float, landing: Landing | None, *, over: bool) -> Pace:
    """How a goal stands; of a rate or a level nothing is said before the time is over."""
    if not over and not is_sum(metric) and value is not None:
        return Pace.OPEN
    return judge(landing, target, value, over=over)


def pace_mood(pace: Pace) -> str:
    """``good``, ``bad`` or "" for the colour of the word."""
    if pace in {Pace.BEHIND, Pace.MISSED}:
        return "bad"
    return "good" if pace in {Pace.AHEAD, Pace.ON_TRACK, Pace.REACHED} else ""

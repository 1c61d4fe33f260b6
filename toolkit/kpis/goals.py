"""Monthly goals beside their own history: how often the months reached them, and what the next ones let expect."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from toolkit.kpis.definitions import Better, Kpi, Of
from toolkit.kpis.dictionary import KPIS
from toolkit.kpis.measure import measure
from toolkit.kpis.outlook import Outlook, Realism, look_ahead, reached, realism
from toolkit.kpis.period import Period, midnight, split_months
from toolkit.kpis.rows import Engine, one_state
from toolkit.values import dataclass
from toolkit.workspace import Goal

MONTHS: Final = 24  # of history that are looked at
_LATEST: Final = 12  # months that are told as comparable ones


@dataclass(frozen=True, slots=True)
class GoalOutlook:
    """A monthly goal and its history. `months` are complete ones, such as ``2026-10``, oldest first, None without data."""

    goal: Goal
    months: tuple[tuple[str, float | None], ...]
    outlook: Outlook | None  # of the month that the goal is for; None when it is too early to say
    lower: bool = False  # whether less is better
    unripe: bool = False  # whether posts of the latest month were still younger than the age at which they count

    @property
    def known(self) -> tuple[float, ...]:
        """The latest comparable months that have data, twelve at most."""
        return tuple(value for _month, value in self.months if value is not None)[-_LATEST:]

    @property
    def reached(self) -> int:
        """How many of `known` reached the target."""
        return reached(self.known, self.goal.target, lower=self.lower)

    @property
    def chance(self) -> float | None:
        """The probability that the month reaches the target; None when it is too early to say."""
        return None if self.outlook is None else self.outlook.chance(self.goal.target, lower=self.lower)

    @property
    def realism(self) -> Realism:
        """What can be said of the target."""
        return realism(self.outlook, self.goal.target, lower=self.lower)


def goal_outlooks(goals: Iterable[Goal], engine: Engine, zone: ZoneInfo, now: datetime) -> tuple[GoalOutlook, ...]:
    """Each goal of a known KPI, with the complete months before `now` (aware)."""
    with one_state(engine) as still:
        known = [(goal, KPIS[goal.metric]) for goal in goals if goal.metric in KPIS]
        return tuple(_look(goal, kpi, still, zone, now) for goal, kpi in known)


def _look(goal: Goal, kpi: Kpi, engine: Engine, zone: ZoneInfo, now: datetime) -> GoalOutlook:
    today = now.astimezone(zone).date()
    period = _history(today, zone, now)
    results = {
        one.group: one.value
        for one in measure(kpi, engine, period, by="month", zone=zone, channels=[goal.channel] if goal.channel else ())
    }
    months = _without_gap([(name, results.get(name)) for name, _part in split_months(period, zone)])
    values = [value for _name, value in months if value is not None]
    whole = len(values) == len(months)
    lower = kpi.better is Better.LOWER
    unripe = bool(months) and kpi.of is Of.POSTS and not period.ripe
    return GoalOutlook(goal, months, look_ahead(values, _ahead(goal, today)) if whole else None, lower, unripe)


def _history(today: date, zone: ZoneInfo, now: datetime) -> Period:
    first = today.year * 12 + today.month - 1 - MONTHS
    start = date(first // 12, first % 12 + 1, 1)
    return Period(midnight(start, zone), midnight(today.replace(day=1), zone), now)


def _without_gap(months: list[tuple[str, float | None]]) -> tuple[tuple[str, float | None], ...]:
    """The months since the last one without data; the first known one was seldom counted from its first day."""
    last = max((at for at, (_name, value) in enumerate(months) if value is None), default=-1)
    return tuple(months[last + 2 :] if last >= 0 else months)


def _ahead(goal: Goal, today: date) -> int:
    """This month is the first that is not known; a goal with a day is for the month of that day."""
    if goal.deadline is None or goal.deadline < today:
        return 1
    return (goal.deadline.year - today.year) * 12 + goal.deadline.month - today.month + 1

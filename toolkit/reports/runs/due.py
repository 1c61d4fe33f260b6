"""When reports are due: on a day of the next month as provisional, a week after the month's end at the earliest as final."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from toolkit.kpis import AGE_HOURS, midnight
from toolkit.ledger import Run, RunState
from toolkit.reports.periods import last_month, read_month, shift
from toolkit.settings import ReportPolicy
from toolkit.values import dataclass

PROVISIONAL: Final = "provisional"
FINAL: Final = "final"
# A quarter: what is delivered quarterly still makes its months final, and nobody who comes back after a year gets a dozen
# mails. Older months are made with `leitstand report --month`.
BACK: Final = 3
LONGEST: Final = 12  # months before those that somebody is told about


@dataclass(frozen=True, slots=True)
class Month:
    """The two stages of a report of one month, and when each is due at the earliest. Moments are aware, UTC."""

    report: str
    month: str  # 2026-10
    provisional_at: datetime
    final_at: datetime

    def due_at(self, stage: str) -> datetime:
        """The first moment of a stage."""
        return self.final_at if stage == FINAL else self.provisional_at


def find_months(policy: ReportPolicy, zone: ZoneInfo, now: datetime, since: datetime | None) -> list[Month]:
    """The months that are looked after at `now`, the oldest first.

    The last `BACK` ones that are over; of those that were over when somebody first looked after them (`since`), the
    last one only.
    """
    last = read_month(last_month(now, zone.key))
    first = read_month(last_month(since or now, zone.key))
    months = (f"{one:%Y-%m}" for one in (shift(last, -back) for back in reversed(range(BACK))) if one >= first)
    return [_month(report, month, policy, zone) for month in months for report in dict.fromkeys(policy.automatic)]


def _month(report: str, month: str, policy: ReportPolicy, zone: ZoneInfo) -> Month:
    following = shift(read_month(month), 1)
    # A time that the spring leaves out is the same moment an hour later, one that the autumn has twice the first.
    wall = datetime.combine(following.replace(day=policy.day), policy.at, zone)
    return Month(
        report, month, wall.astimezone(UTC), midnight(following, zone).astimezone(UTC) + timedelta(hours=AGE_HOURS)
    )


def next_due(policy: ReportPolicy, zone: ZoneInfo, now: datetime) -> Month | None:
    """The next month whose provisional report falls due after `now`; None when no report comes by itself."""
    this = now.astimezone(zone).date().replace(day=1)
    coming = (
        _month(report, f"{shift(this, -1 + ahead):%Y-%m}", policy, zone)
        for ahead in (0, 1)
        for report in policy.automatic
    )
    return next((one for one in coming if one.provisional_at > now), None)


def find_open(months: Iterable[Month], runs: Mapping[str, Run], now: datetime) -> Iterator[Run]:
    """What may have to be done now, as far as calendar and ledger say; `runs` by their names."""
    for one in months:
        final = runs.get(f"{one.report} {one.month} {FINAL}", Run(one.report, one.month, FINAL))
        first = runs.get(f"{one.report} {one.month} {PROVISIONAL}", Run(one.report, one.month, PROVISIONAL))
        for run in (first, final):
            if now >= one.due_at(run.stage) and wants(run, now):
                yield run


def find_lapsed(
    policy: ReportPolicy, zone: ZoneInfo, now: datetime, since: datetime | None, runs: Mapping[str, Run]
) -> Iterator[Run]:
    """The final stages that are still to be made of months that nobody looks after any more, at most a year of them."""
    first = shift(read_month(last_month(now, zone.key)), 1 - BACK)
    begun = max(read_month(last_month(since or now, zone.key)), shift(first, -LONGEST))
    count = (first.year - begun.year) * 12 + first.month - begun.month
    for month in (f"{shift(begun, number):%Y-%m}" for number in range(count)):
        for report in dict.fromkeys(policy.automatic):
            blank = Run(report, month, FINAL)
            run = runs.get(blank.name, blank)
            if run.open and not run.taken(now):
                yield run


def wants(run: Run, now: datetime) -> bool:
    """Whether something is left to do of a run whose time has come, and nobody is at it."""
    left = run.open or (run.state is RunState.MADE and not run.mailed)
    return left and not run.taken(now) and not run.rests(now)

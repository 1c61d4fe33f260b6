"""A KPI beside earlier periods and goals."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from toolkit.kpis import KPIS, Period, Result, midnight
from toolkit.kpis.against import beside_earlier, beside_goal, earlier_period

BERLIN = ZoneInfo("Europe/Berlin")


def span(first: str, after: str) -> Period:
    start, end = (midnight(date.fromisoformat(day), BERLIN) for day in (first, after))
    return Period(start, end, datetime(2026, 11, 21, tzinfo=UTC))


def result(group: str, value: float | None) -> Result:
    return Result(group, value, None, 9, None, None)


@pytest.mark.parametrize(
    ("period", "which", "wanted"),
    [
        (("2026-10-01", "2026-11-01"), "previous", ("2026-09-01", "2026-10-01")),
        (("2026-01-01", "2026-04-01"), "previous", ("2025-10-01", "2026-01-01")),
        (("2026-10-05", "2026-10-12"), "previous", ("2026-09-28", "2026-10-05")),
        (("2026-10-01", "2026-11-01"), "year", ("2025-10-01", "2025-11-01")),
        (("2024-02-01", "2024-03-01"), "year", ("2023-02-01", "2023-03-01")),
        (("2024-02-29", "2024-03-01"), "year", ("2023-02-28", "2023-03-01")),
        (("2026-12-01", "2027-01-01"), "previous", ("2026-11-01", "2026-12-01")),
    ],
)
def test_earlier_periods_are_calendars(period: tuple[str, str], which: str, wanted: tuple[str, str]) -> None:
    """Months are compared with months and weeks with weeks, across years and clock changes; both ends are midnights."""
    found = earlier_period(span(*period), which, BERLIN)
    assert (found.start, found.end) == (span(*wanted).start, span(*wanted).end)
    assert (found.start.astimezone(BERLIN).hour, found.until) == (0, span(*period).until)


def test_changes_know_what_is_good() -> None:
    """More reach is good news, a longer response time is not; what is new or gone is compared with nothing."""
    now, then = [result("a", 12), result("b", 5), result("d", 0)], [result("a", 10), result("c", 7), result("d", 0)]
    reach = {one.group: one for one in beside_earlier(KPIS["reach"], now, then)}
    assert reach["a"].change == pytest.approx(0.2)
    assert reach["a"].good is True
    assert [reach[name].change for name in "bcd"] == [None, None, None]
    assert (reach["b"].value, reach["c"].other) == (5, 7)
    slower = beside_earlier(KPIS["response_time"], [result("", 12)], [result("", 10)])[0]
    assert slower.change == pytest.approx(0.2)
    assert slower.good is False


def test_attainment_is_the_share_of_the_goal() -> None:
    """Value over target; target over value where less is better; without a value nothing."""
    half = beside_goal(KPIS["reach"], [result("", 50)], {"": 100})[0]
    assert (half.change, half.good) == (0.5, False)
    fast = beside_goal(KPIS["response_time"], [result("", 1800)], {"": 3600})[0]
    assert (fast.change, fast.good) == (2, True)
    none = beside_goal(KPIS["reach"], [result("", None)], {"": 100})[0]
    assert (none.change, none.good) == (None, None)

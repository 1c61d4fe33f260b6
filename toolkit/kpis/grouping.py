"""Groups inside the engine: a column `group` beside the facts, so that posts need not come out to be grouped.

What files and imports say about posts, and the zone's shifts of clock, are handed to the engine as small tables. So
weekdays are the same on every engine, whatever it knows about zones.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from toolkit.kpis.period import Period
from toolkit.metrics.arrays import text_array, whole_array
from toolkit.model import Subject

if TYPE_CHECKING:
    import ibis.expr.types as ir
    import pyarrow as pa

GROUPS: Final = ("channel", "month", "weekday", "pillar", "format", "campaign")
ABOUT: Final = ("pillar", "format", "campaign")
_CLOCK: Final = ("clock_since", "clock_before", "clock_ahead")
_DAY: Final = 86_400
_THURSDAY: Final = 3  # 1 January 1970, counted from Monday


def grouped(table: ir.Table, by: str) -> ir.Table:
    """`table` with a column `group`: "" for all, the channel, the weekday 1 to 7, or what is said about a post."""
    import ibis

    if by == "channel":
        return table.mutate(group=table.channel)
    if by == "weekday":
        return _weekdays(table)
    if by in ABOUT:
        about = ibis.table({"uid": "string", "name": "string"}, name="about")
        joined = table.left_join(about, table.unit == about.uid)
        return joined.mutate(group=joined["name"].coalesce("")).drop("uid", "name")
    return table.mutate(group=ibis.literal(""))


def _weekdays(table: ir.Table) -> ir.Table:
    import ibis

    clock = ibis.table(dict.fromkeys(_CLOCK, "int64"), name="clock")
    moment = table.mutate(clock_epoch=table["at"].epoch_seconds().floor().cast("int64"))
    inside = [moment.clock_epoch >= clock.clock_since, moment.clock_epoch < clock.clock_before]
    joined = moment.inner_join(clock, inside)
    days = ((joined.clock_epoch + joined.clock_ahead) / _DAY).floor().cast("int64")
    number = (days + _THURSDAY) % 7 + 1
    return joined.mutate(group=number.cast("string")).drop("clock_epoch", *_CLOCK)


def group_tables(by: str, period: Period, zone: ZoneInfo, subjects: Mapping[str, Subject]) -> dict[str, pa.Table]:
    """The small tables that `grouped` needs."""
    import pyarrow as pa

    if by == "weekday":
        columns = zip(*clock_shifts(period.start, period.end, zone), strict=True)
        return {"clock": pa.table(dict(zip(_CLOCK, map(whole_array, columns), strict=True)))}
    if by in ABOUT:
        named = [(uid, getattr(subject, by)) for uid, subject in subjects.items() if getattr(subject, by)]
        uids, names = [uid for uid, _name in named], [name for _uid, name in named]
        return {"about": pa.table({"uid": text_array(uids), "name": text_array(names)})}
    return {}


def clock_shifts(start: datetime, end: datetime, zone: ZoneInfo) -> list[tuple[int, int, int]]:
    """Since and before when (seconds of the epoch) the zone's clock is how many seconds ahead of UTC.

    >>> from datetime import datetime, UTC
    >>> shifts = clock_shifts(datetime(2026, 10, 1, tzinfo=UTC), datetime(2026, 11, 1, tzinfo=UTC), ZoneInfo("Europe/Berlin"))
    >>> [(datetime.fromtimestamp(since, UTC).isoformat(), seconds) for since, _before, seconds in shifts]
    [('2026-10-01T00:00:00+00:00', 7200), ('2026-10-25T01:00:00+00:00', 3600)]
    """
    at, last = int(start.timestamp()), int(end.timestamp()) + 1
    marks = [at]
    while at < last:
        following = min(at + _DAY, last)
        if _ahead(at, zone) != _ahead(following, zone):
            marks.append(_change_between(at, following, zone))
        at = following
    return [(mark, after, _ahead(mark, zone)) for mark, after in zip(marks, [*marks[1:], last], strict=True)]


def _change_between(low: int, high: int, zone: ZoneInfo) -> int:
    """The first second of the later clock."""
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if _ahead(middle, zone) == _ahead(low, zone) else (low, middle)
    return high


def _ahead(second: int, zone: ZoneInfo) -> int:
    offset = datetime.fromtimestamp(second, UTC).astimezone(zone).utcoffset() or timedelta()
    return int(offset.total_seconds())

"""Business time: exact to the microsecond, across clocks that are moved, nights, holidays and weeks without hours."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.community.hours import ALWAYS, Timetable
from toolkit.community.hours.spans import spans_of, ticks
from toolkit.settings import Hours
from toolkit.settings.windows import read_hours

BERLIN = ZoneInfo("Europe/Berlin")
ZONES = tuple(map(ZoneInfo, ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia", "UTC")))
MINUTE = timedelta(minutes=1)


def hours(*said: str) -> tuple[Hours, ...]:
    found = [read_hours(one) for one in said]
    return tuple(one for one in found if one is not None)


def table(*said: str, zone: ZoneInfo = BERLIN) -> Timetable:
    week = hours(*said)
    return Timetable(zone, lambda _day: week)


def wall(text: str, *, fold: int = 0) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN, fold=fold)


OFFICE = ("mon-fri 08:00-18:00", "sat 10:00-16:00")


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2026-11-20 17:30", "2026-11-21 10:30", timedelta(hours=1)),  # Friday evening, Saturday morning
        ("2026-11-21 16:00", "2026-11-23 08:00", timedelta(0)),  # from the closing on Saturday to Monday's opening
        ("2026-11-16 00:00", "2026-11-23 00:00", timedelta(hours=56)),  # a week
        ("2026-11-17 09:00", "2026-11-17 09:00", timedelta(0)),
        ("2026-11-17 10:00", "2026-11-17 09:00", -timedelta(hours=1)),
        ("2026-10-23 17:00", "2026-10-26 09:00", timedelta(hours=8)),  # over the night with 25 hours
    ],
)
def test_only_open_time_counts(start: str, end: str, expected: timedelta) -> None:
    """Nights, the Sunday and a clock that is moved at night take nothing and add nothing."""
    assert table(*OFFICE).business_time(wall(start), wall(end)) == expected


@pytest.mark.parametrize(
    ("said", "day", "expected"),
    [
        ("sun 01:00-04:00", date(2026, 3, 29), timedelta(hours=2)),  # 02:00 to 03:00 does not exist
        ("sun 02:00-03:00", date(2026, 3, 29), timedelta(0)),
        ("sat 22:00-06:00", date(2026, 3, 28), timedelta(hours=7)),
        ("sun 01:00-04:00", date(2026, 10, 25), timedelta(hours=4)),  # 02:00 to 03:00 comes twice
        ("sun 02:00-03:00", date(2026, 10, 25), timedelta(hours=2)),
        ("sun 01:00-02:30", date(2026, 10, 25), timedelta(hours=2)),
        ("sat 22:00-06:00", date(2026, 10, 24), timedelta(hours=9)),
        ("sun 00:00-24:00", date(2026, 10, 25), timedelta(hours=25)),
    ],
)
def test_a_moved_clock_is_followed(said: str, day: date, expected: timedelta) -> None:
    """Open is when the clock on the wall says so: a night shift has seven hours in spring and nine in autumn."""
    begin = datetime.combine(day, time(), BERLIN).astimezone(UTC)
    assert table(said).business_time(begin, begin + timedelta(days=2)) == expected


@settings(max_examples=40, deadline=None)
@given(
    st.sampled_from(ZONES),
    st.lists(st.tuples(st.integers(0, 6), st.integers(0, 95), st.integers(0, 95)), max_size=4),
    st.sampled_from(["2026-03-28", "2026-10-24", "2026-04-04", "2011-12-29", "2026-10-03", "2026-07-01"]),
)
def test_what_the_clock_on_the_wall_says_is_what_counts(
    zone: ZoneInfo, week: list[tuple[int, int, int]], first: str
) -> None:
    """Minute by minute over three days with and without a moved clock: open is what the wall time says, added up too."""
    spans = [
        Hours(frozenset([day]), time(*divmod(start * 15, 60)), time(*divmod(end * 15, 60))) for day, start, end in week
    ]
    timetable = Timetable(zone, lambda _day: spans)
    begin, counted = datetime.fromisoformat(first).replace(tzinfo=UTC), 0
    for minute in range(0, 3 * 24 * 60, 15):
        at = begin + minute * MINUTE
        said = any(span.contains(at.astimezone(zone).replace(tzinfo=None)) for span in spans)
        assert timetable.is_open(at) is said, at
        counted += 15 * said
    assert timetable.business_time(begin, begin + timedelta(days=3)) == counted * MINUTE


MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2029, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001  # hypothesis adds the zone
WEEKS = st.lists(
    st.sampled_from(["mon-fri 08:00-18:00", "sat 10:00-16:00", "22:00-06:00", "sun 02:15-02:45", "wed 00:00-24:00"]),
    max_size=3,
)


@settings(max_examples=50, deadline=None)
@given(st.sampled_from(ZONES), WEEKS, MOMENTS, MOMENTS, MOMENTS)
def test_parts_make_up_the_whole(
    zone: ZoneInfo, week: list[str], one: datetime, two: datetime, three: datetime
) -> None:
    """Business time is additive and monotone, never more than real time, and backwards the same with a minus."""
    timetable = table(*week, zone=zone)
    early, middle, late = sorted((one, two, three))
    first, second = timetable.business_time(early, middle), timetable.business_time(middle, late)
    assert first + second == timetable.business_time(early, late)
    assert timedelta(0) <= first <= middle - early
    assert timetable.business_time(middle, early) == -first


@settings(max_examples=50, deadline=None)
@given(st.sampled_from(ZONES), WEEKS, MOMENTS, st.timedeltas(timedelta(microseconds=1), timedelta(hours=400)))
def test_a_deadline_undoes_business_time(
    zone: ZoneInfo, week: list[str], start: datetime, allowance: timedelta
) -> None:
    """At the deadline exactly so much time has passed, a microsecond earlier less; without hours it never comes."""
    timetable = table(*week, zone=zone)
    due = timetable.deadline(start, allowance)
    if due is None:
        assert not week
        return
    assert timetable.business_time(start, due) == allowance
    assert timetable.business_time(start, due - timedelta(microseconds=1)) == allowance - timedelta(microseconds=1)


def test_a_promise_that_ends_with_the_day_ends_in_the_evening() -> None:
    """Two hours before closing and two hours allowed is closing time, and not the next morning."""
    assert table(*OFFICE).deadline(wall("2026-11-20 16:00"), timedelta(hours=2)) == wall("2026-11-20 18:00")
    assert table(*OFFICE).deadline(wall("2026-11-20 16:00"), timedelta(hours=2, microseconds=1)) == wall(
        "2026-11-21 10:00"
    ) + timedelta(microseconds=1)
    assert table(*OFFICE).deadline(wall("2026-11-22 12:00"), timedelta(hours=2)) == wall("2026-11-23 10:00")


def test_nothing_allowed_is_over_at_once() -> None:
    """Also where nobody ever answers."""
    assert table().deadline(wall("2026-11-20 16:00"), timedelta(0)) == wall("2026-11-20 16:00")


def test_an_empty_week_never_opens() -> None:
    """Nothing passes, nothing falls due, and the answer does not take the search of two centuries."""
    empty = Timetable(BERLIN, lambda _day: (), until=0)
    assert not empty.is_open(wall("2026-11-20 16:00"))
    assert empty.business_time(wall("2026-01-01 00:00"), wall("2027-01-01 00:00")) == timedelta(0)
    assert empty.deadline(wall("2026-11-20 16:00"), timedelta(minutes=1)) is None


def test_a_single_day_years_away_is_found() -> None:
    """The only hours of all are on one day; the deadline is on it, or never."""
    day = date(2033, 5, 4)
    lonely = Timetable(BERLIN, lambda one: hours("10:00-12:00") if one == day else (), until=2034)
    assert lonely.deadline(wall("2026-11-20 16:00"), timedelta(hours=1)) == wall("2033-05-04 11:00")
    assert lonely.deadline(wall("2026-11-20 16:00"), timedelta(hours=3)) is None


def test_what_follows_midnight_belongs_to_the_day_it_began_on() -> None:
    """A night shift of a day that is off does not happen; that of the evening before goes on to its end."""
    off = date(2026, 12, 25)
    nights = Timetable(BERLIN, lambda day: () if day == off else hours("22:00-06:00"))
    assert nights.is_open(wall("2026-12-25 05:59"))
    assert not nights.is_open(wall("2026-12-25 22:00"))
    assert not nights.is_open(wall("2026-12-26 05:59"))


def test_hours_that_overlap_count_once() -> None:
    """Two people on duty at once do not make the time pass twice as fast."""
    both = table("mon 08:00-12:00", "mon 10:00-14:00", "mon 14:00-15:00")
    assert both.business_time(wall("2026-11-23 00:00"), wall("2026-11-24 00:00")) == timedelta(hours=7)


def test_always_is_real_time() -> None:
    """A promise around the clock runs at night as well."""
    start = wall("2026-10-24 20:00")
    assert ALWAYS.is_open(start)
    assert ALWAYS.deadline(start, timedelta(minutes=30)) == start + timedelta(minutes=30)
    assert ALWAYS.business_time(start, start.astimezone(UTC) + timedelta(hours=12)) == timedelta(hours=12)


def test_a_moment_without_a_zone_is_refused() -> None:
    """It could be any of twenty-four."""
    naive = datetime(2026, 11, 20, 16, 0)  # noqa: DTZ001  # that is the point
    with pytest.raises(TypeError):
        table(*OFFICE).is_open(naive)


def test_years_can_be_asked_for_in_any_order() -> None:
    """What was known before does not change what is answered: later, earlier and later again are like asking once."""
    known = table(*OFFICE)
    for year in (2026, 1999, 2040, 1971, 2026):
        at = datetime(year, 6, 30, 9, tzinfo=UTC)
        assert known.business_time(at, at + timedelta(days=7)) == table(*OFFICE).business_time(
            at, at + timedelta(days=7)
        )


def test_a_day_that_a_zone_left_out_has_no_hours() -> None:
    """Samoa had no 30 December 2011."""
    day = partial(spans_of, hours=hours("00:00-24:00"), zone=ZoneInfo("Pacific/Apia"))
    assert list(day(date(2011, 12, 30))) == []
    ((begin, end),) = day(date(2011, 12, 31))
    assert end - begin == 24 * 3600 * 10**6
    assert begin == ticks(datetime(2011, 12, 30, 10, tzinfo=UTC))

from __future__ import annotations

import copy
import pickle
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.findings.moment import Moment

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
LATER = NOW + timedelta(hours=3)
NEAR = st.integers(-20, 20).map(lambda hours: NOW + timedelta(hours=hours))
ZONES = st.sampled_from(["UTC", "Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Pacific/Apia"]).map(ZoneInfo)
QUESTIONS = {
    "before": lambda now, other: now < other,
    "not after": lambda now, other: now <= other,
    "after": lambda now, other: now > other,
    "not before": lambda now, other: now >= other,
    "is": lambda now, other: now == other,
    "is not": lambda now, other: now != other,
    "turned": lambda now, other: other >= now,
    "soon": lambda now, other: now + timedelta(hours=5) > other,
    "late": lambda now, other: now - timedelta(hours=5) >= other,
    "naive": lambda now, other: now.replace(tzinfo=None) < other.replace(tzinfo=None),
    "day": lambda now, other: now.astimezone(ZoneInfo("Europe/Berlin")).date() < other.date(),
    "earliest": lambda now, other: min(now, other) == other,
    "distance": lambda now, other: (other - now).total_seconds() > 0,
    "hour": lambda now, other: now.hour < other.hour,
    "text": lambda now, other: f"{now:%H:%M}" < f"{other:%H:%M}",
    "itself": lambda now, _other: now < now + timedelta(hours=1),
}


@given(NEAR, NEAR, ZONES, st.integers(-100_000, 100_000), st.lists(st.sampled_from(sorted(QUESTIONS)), min_size=1))
def test_what_was_concluded_holds_throughout_the_period(
    now: datetime, other: datetime, zone: ZoneInfo, seconds: int, names: list[str]
) -> None:
    """Whatever was asked, at any other moment of the period the answers are the same; outside they may differ."""
    other = other.astimezone(zone).replace(tzinfo=zone) if zone.key != "UTC" else other
    moment = Moment.watch(now)
    found = [QUESTIONS[name](moment, other) for name in names]  # type: ignore[no-untyped-call]  # lambdas
    assert found == [QUESTIONS[name](now, other) for name in names]  # type: ignore[no-untyped-call]  # lambdas
    assert moment.period.contains(now)
    then = now + timedelta(seconds=seconds)
    if moment.period.contains(then):
        assert found == [QUESTIONS[name](then, other) for name in names]  # type: ignore[no-untyped-call]  # lambdas


def test_a_comparison_holds_up_to_its_border() -> None:
    """Three hours before, it is not due; it will be at that very moment."""
    moment = Moment.watch(NOW)
    assert moment <= LATER
    assert moment.period.until == LATER + timedelta.resolution
    assert moment < LATER
    assert moment.period.until == LATER


def test_a_day_holds_until_midnight_of_the_zone() -> None:
    """In Berlin from 23:00 to 23:00 UTC; on the day of a clock change for this moment only."""
    moment = Moment.watch(NOW)
    assert moment.astimezone(ZoneInfo("Europe/Berlin")).date().day == 21
    assert (moment.period.since.hour, moment.period.until.hour) == (23, 23)
    changing = Moment.watch(datetime(2026, 10, 25, 12, tzinfo=UTC))
    assert changing.astimezone(ZoneInfo("Europe/Berlin")).date().day == 25
    assert changing.period.until - changing.period.since == timedelta.resolution


@pytest.mark.parametrize(
    "ask",
    [str, repr, hash, datetime.isoformat, copy.deepcopy, pickle.dumps, "{:%H}".format, lambda now: now.timestamp(),
     lambda now: now.year, lambda now: now - NOW, lambda now: NOW - now, lambda now: now.time(),
     lambda now: now.astimezone(ZoneInfo("Europe/Berlin")) + timedelta(hours=1)],
)  # fmt: skip
def test_anything_else_holds_for_this_moment_only(ask: object) -> None:
    """The hour, a text, a hash, a distance: nobody knows what is concluded from them."""
    moment = Moment.watch(NOW)
    if ask is not datetime.isoformat:
        ask(moment)  # type: ignore[operator]  # callables of several kinds
        assert moment.period.until - moment.period.since == timedelta.resolution


def test_times_that_cannot_be_compared_are_no_crash() -> None:
    """A naive time is never equal, and the ends of the calendar have no neighbours."""
    moment = Moment.watch(NOW)
    assert moment != NOW.replace(tzinfo=None)
    with pytest.raises(TypeError):
        _ = moment < NOW.replace(tzinfo=None)
    assert moment < datetime.max.replace(tzinfo=UTC)
    assert moment >= datetime.min.replace(tzinfo=UTC)
    assert moment + timedelta(days=1) > datetime.min.replace(tzinfo=UTC)


@given(NEAR, NEAR, st.integers(-30, 30))
def test_what_is_noted_apart_is_noted_with_the_rest(one: datetime, other: datetime, hours: int) -> None:
    """A conclusion has a period of its own, and narrows that of everything; recalled later, it narrows it again."""
    moment = Moment.watch(NOW)
    assert (moment < one) == (one > NOW)
    before = moment.period.until

    with moment.apart() as take:
        assert take() is None
        said = moment < other
        own = take()
        assert take() is None
    assert own is not None
    assert own.contains(NOW)
    assert moment.period.until == min(before, own.until)
    later = Moment.watch(NOW + timedelta(hours=hours))
    if later.holds(own):
        assert (later < other) == said
        assert (later.period.since, later.period.until) == (own.since, own.until)
    else:
        assert later.period.until == datetime.max.replace(tzinfo=UTC)

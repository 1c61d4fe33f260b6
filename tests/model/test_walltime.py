# ruff: noqa: DTZ001  # a wall time has no zone of its own

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.model import Existence, WallTime, zone

START, END = datetime(2026, 1, 1, tzinfo=UTC), datetime(2036, 1, 1, tzinfo=UTC)
STEP = timedelta(days=2)
SECOND = timedelta(seconds=1)
ZONES = sorted(available_timezones())


def transitions(info: ZoneInfo) -> Iterator[tuple[datetime, timedelta, timedelta]]:
    """Each change of the zone's offset in ten years: the moment (UTC), the offset before, the offset after."""
    early, before = START, offset(info, START)
    while early < END:
        late = early + STEP
        after = offset(info, late)
        if after != before:
            yield bisect(info, early, late), before, after
        early, before = late, after


def offset(info: ZoneInfo, moment: datetime) -> timedelta:
    found = moment.astimezone(info).utcoffset()
    assert found is not None
    return found


def bisect(info: ZoneInfo, early: datetime, late: datetime) -> datetime:
    """The first second with the later offset."""
    after = offset(info, late)
    while late - early > SECOND:
        middle = early + (late - early) // 2
        middle = middle.replace(microsecond=0)
        early, late = (early, middle) if offset(info, middle) == after else (middle, late)
    return late


def wall(moment: datetime) -> datetime:
    return moment.replace(tzinfo=None)


def check_gap(name: str, moment: datetime, before: timedelta, after: timedelta) -> None:
    """The clock jumps from `first` to `last`."""
    first, last = wall(moment + before), wall(moment + after)
    for at in (first, first + (last - first) // 2, last - SECOND):
        skipped = WallTime(at, name)
        assert skipped.existence() is Existence.GAP
        assert skipped.instant() == (at - before).replace(tzinfo=UTC)
        assert wall(skipped.local()) == at + (after - before)  # moved on by the gap's length
    for at in (first - SECOND, last):
        assert WallTime(at, name).existence() is Existence.ONCE
        assert wall(WallTime(at, name).local()) == at


def check_fold(name: str, moment: datetime, before: timedelta, after: timedelta) -> None:
    """The clock jumps back from `last` to `first`."""
    first, last = wall(moment + after), wall(moment + before)
    for at in (first, first + (last - first) // 2, last - SECOND):
        assert WallTime(at, name).existence() is Existence.FOLD
        for fold, chosen in ((0, before), (1, after)):
            twice = WallTime(at, name, fold=fold)
            assert twice.instant() == (at - chosen).replace(tzinfo=UTC)
            assert (wall(twice.local()), twice.local().utcoffset()) == (at, chosen)
        settled = WallTime(at, name, offset=after)
        assert (settled.existence(), settled.instant()) == (Existence.ONCE, (at - after).replace(tzinfo=UTC))
    for at in (first - SECOND, last):
        assert WallTime(at, name).existence() is Existence.ONCE


def test_every_transition_of_every_zone() -> None:
    """At each change of each zone's clock in ten years, the skipped and repeated seconds are known to the second."""
    gaps = folds = 0
    for name in ZONES:
        for moment, before, after in transitions(ZoneInfo(name)):
            if after > before:
                check_gap(name, moment, before, after)
                gaps += 1
            else:
                check_fold(name, moment, before, after)
                folds += 1
    # More than a hundred zones change their clocks twice a year.
    assert min(gaps, folds) > 1000


@given(
    st.datetimes(datetime(1975, 1, 1), datetime(2150, 1, 1)).map(lambda at: at.replace(microsecond=0)),
    st.sampled_from(ZONES),
    st.sampled_from([None, 0, 1]),
)
def test_what_exists_once_reads_back(at: datetime, name: str, fold: int | None) -> None:
    """A wall time that exists once means one instant, whatever the fold, and its clock shows it again."""
    moment = WallTime(at, name, fold=fold)
    if moment.existence() is Existence.ONCE:
        assert wall(moment.local()) == at
        assert moment.instant() == WallTime(at, name).instant()


@given(st.datetimes(datetime(1975, 1, 1), datetime(2150, 1, 1)), st.integers(-23 * 60, 23 * 60))
def test_an_offset_always_wins(at: datetime, minutes: int) -> None:
    """With an offset, neither zone nor fold changes the instant."""
    shift = timedelta(minutes=minutes)
    for name in ("Europe/Berlin", "America/New_York"):
        moment = WallTime(at, name, fold=1, offset=shift)
        assert moment.existence() is Existence.ONCE
        assert moment.instant() == (at - shift).replace(tzinfo=UTC)


@pytest.mark.parametrize("name", ["Europe/Berln", "", "..", "/etc/passwd", "Europe", "\0", "x" * 300])
def test_what_is_no_zone(name: str) -> None:
    """Unknown and dangerous names are no zone, and an instant is never guessed from them."""
    assert zone(name) is None
    with pytest.raises(ValueError, match="unknown time zone"):
        WallTime(datetime(2026, 1, 1), name).instant()

"""Bins of time: seconds early or late, absences, summer time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.surprise import Count, Tuning, tally
from toolkit.surprise.grid import place_all

TUNING = Tuning()
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


def totals(*counts: tuple[float, int]) -> tuple[int | None, ...]:
    """The bins of counts at so many minutes after noon."""
    return place_all([Count(NOON + timedelta(minutes=at), value) for at, value in counts], TUNING).totals


def test_regular_counts_have_a_bin_each() -> None:
    """Every five minutes, a bin of five minutes."""
    assert totals((0, 4), (5, 0), (10, 2)) == (4, 0, 2)


@given(st.lists(st.tuples(st.integers(0, 99), st.floats(-2.4, 2.4)), min_size=2, max_size=60))
def test_seconds_early_or_late_change_nothing(rows: list[tuple[int, float]]) -> None:
    """A source that is less than half a step early or late, on no bin's edge, fills the bins that an exact one fills."""
    exact = [(5.0 * index, value) for index, (value, _late) in enumerate(rows)]
    ragged = [exact[0], *((at + late, value) for (at, value), (_, late) in zip(exact[1:], rows[1:], strict=True))]
    assert totals(*ragged) == totals(*exact)


def test_two_counts_in_one_bin_are_added_up() -> None:
    """A source that was asked twice in five minutes tells two parts of them."""
    assert totals((0, 4), (1, 3), (5, 1)) == (7, 1)


def test_what_was_not_seen_is_not_zero() -> None:
    """Bins without a count are None, and a zero is a zero."""
    assert totals((0, 4), (10, 0), (15, 1)) == (4, None, 0, 1)


def test_what_piled_up_in_an_absence_is_not_believed() -> None:
    """The first count after an absence stays out; one lost bin in twelve is no absence."""
    assert totals((0, 4), (15, 900), (20, 5)) == (4, None, None, None, 5)
    assert totals((0, 4), (10, 8), (15, 5)) == (4, None, 8, 5)


def test_a_second_part_of_such_a_bin_is_not_believed_either() -> None:
    """What piled up may come in two answers."""
    assert totals((0, 4), (300, 900), (301, 800), (305, 5))[-2:] == (None, 5)


def test_ten_years_of_absence_cost_no_memory() -> None:
    """An absence is kept as long as anything is remembered, and no longer."""
    assert len(totals((0, 4), (10 * 365 * 24 * 60, 4))) == TUNING.remembered + 2


def test_summer_time_neither_repeats_nor_leaves_out() -> None:
    """Five-minute counts over both changes of Europe/Berlin fill one bin each, told on the zone's own clock."""
    berlin = ZoneInfo("Europe/Berlin")
    for change in (datetime(2026, 3, 29, 0, tzinfo=UTC), datetime(2026, 10, 25, 0, tzinfo=UTC)):
        counts = [Count((change + timedelta(minutes=5 * step)).astimezone(berlin), step) for step in range(48)]
        assert place_all(counts, TUNING).totals == tuple(range(48))


def test_counts_come_in_the_order_of_time() -> None:
    """A count before the last bin is refused and says both times."""
    with pytest.raises(ValueError, match=r"12:00:00.* after the one of 2026-11-21T12:30"):
        totals((30, 4), (0, 4))


def test_a_number_beyond_all_measure_is_cut() -> None:
    """What could not be squared and added up exactly is taken as the greatest count that can."""
    assert totals((0, 10**15)) == (TUNING.greatest,)
    assert TUNING.kept * (TUNING.greatest * TUNING.longest) ** 2 < 2**63


@pytest.mark.parametrize(("at", "value"), [(NOON.replace(tzinfo=None), 1), (NOON, -1)])
def test_a_count_is_an_instant_and_no_less_than_nothing(at: datetime, value: int) -> None:
    """Wall times and negative numbers are no counts."""
    with pytest.raises(ValueError, match=r"zone|negative"):
        Count(at, value)


def test_mentions_are_tallied_zeros_included() -> None:
    """Each whole step of the time that was looked at has a count; mentions outside it have none."""
    minutes = (-1, 0, 4, 4.99, 11, 15, 16)
    found = tally((NOON + timedelta(minutes=each) for each in minutes), NOON, NOON + timedelta(minutes=17), TUNING.step)
    assert [(count.at - NOON, count.value) for count in found] == [
        (timedelta(minutes=0), 3),
        (timedelta(minutes=5), 0),
        (timedelta(minutes=10), 1),
    ]

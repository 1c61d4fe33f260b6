"""What a person was told, and when they may be written to again."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.alerts.brands import NOW
from toolkit.alerts.alert import Alert, Kind
from toolkit.alerts.record import GIVE_UP, Record, read_record

MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001  # hypothesis adds the zone
KEYS = st.dictionaries(st.text(max_size=20), MOMENTS, max_size=4)
RECORDS = st.builds(
    Record,
    told=KEYS,
    tried=KEYS,
    sent=st.lists(MOMENTS, max_size=4).map(tuple),
    fails=st.integers(0, 100),
    again=st.none() | MOMENTS,
    lease=st.none() | MOMENTS,
)


@given(RECORDS)
def test_a_record_survives_its_note(record: Record) -> None:
    """What is written into the ledger is read back as it was."""
    assert read_record(record.to_text()) == record


@given(RECORDS, st.timedeltas(timedelta(hours=1, seconds=1), timedelta(days=400)))
def test_a_clock_that_was_set_back_silences_nobody(record: Record, back: timedelta) -> None:
    """Moments further ahead than they can be are no reason to wait."""
    ahead = replace(record, sent=(NOW + back,) * 9, again=NOW + back, lease=NOW + back)
    assert ahead.may_send(NOW, 1)


def test_what_arrived_is_no_news_any_more() -> None:
    """Until a month later, when it can be of no use to anybody."""
    alert = Alert("a", Kind.FAILED, "A post", NOW)
    record = Record().arrived(["a"], NOW)
    assert record.news([alert]) == []
    assert record.arrived(["b"], NOW + timedelta(days=31)).news([alert]) == [alert]


def test_so_many_messages_an_hour() -> None:
    """The third of two waits until the first is an hour old."""
    record = Record().arrived(["a"], NOW).arrived(["b"], NOW + timedelta(minutes=20))
    assert not record.may_send(NOW + timedelta(minutes=59), 2)
    assert record.may_send(NOW + timedelta(minutes=60), 2)


def test_a_lease_keeps_others_away_until_it_is_over() -> None:
    """Two minutes; one that lies further ahead was written by a clock that has been set back since."""
    record = Record().leased(NOW)
    assert not record.may_send(NOW + timedelta(seconds=119), 6)
    assert record.may_send(NOW + timedelta(seconds=120), 6)
    assert record.may_send(NOW - timedelta(days=1), 6)


def test_failures_wait_longer_and_longer_and_end_after_a_day() -> None:
    """A minute, two, four … an hour; what has failed for a day counts as told, and the number of tries is bounded."""
    record, now, waits = Record(), NOW, list[timedelta]()
    while not record.told:
        record = record.failed(["a"], now)
        assert record.again is not None
        waits.append(record.again - now)
        now = record.again
    assert waits[:7] == [timedelta(minutes=minutes) for minutes in (1, 2, 4, 8, 16, 32, 60)]
    assert now - NOW >= GIVE_UP
    assert len(waits) == 30


def test_a_success_ends_the_waiting() -> None:
    """The next failure waits a minute again."""
    record = Record().failed(["a"], NOW).failed(["a"], NOW).arrived(["a"], NOW)
    assert (record.fails, record.again, record.tried) == (0, None, {})

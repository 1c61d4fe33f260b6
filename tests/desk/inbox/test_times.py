"""Moments at the desk: how they are said, what can be chosen, and the bar of who waits."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.desk.inbox.house_of import NOW
from toolkit.community.hours import Promise
from toolkit.community.hours.timetable import ALWAYS
from toolkit.community.triage.verdict import Triage
from toolkit.desk.inbox.service import say_wait
from toolkit.desk.inbox.times import read_later, read_moment, say, snoozes
from toolkit.errors import UsageError
from toolkit.workspace import ServiceLevel

BERLIN = ZoneInfo("Europe/Berlin")
PROMISE = Promise(ServiceLevel(timedelta(hours=4)), ALWAYS)


@pytest.mark.parametrize(
    ("moment", "short"),
    [
        (datetime(2026, 12, 1, 8, 30, tzinfo=UTC), "09:30"),
        (datetime(2026, 11, 30, 23, 30, tzinfo=UTC), "00:30"),
        (datetime(2026, 11, 30, 8, 30, tzinfo=UTC), "Mon 30 Nov, 09:30"),
        (datetime(2025, 12, 1, 8, 30, tzinfo=UTC), "Mon 1 Dec 2025"),
    ],
)
def test_moments_are_said_on_the_house_s_clock(monkeypatch: pytest.MonkeyPatch, moment: datetime, short: str) -> None:
    """Today by the clock, this year by the day, else with the year; in full for who asks."""
    monkeypatch.setenv("LEITSTAND_LANG", "en")
    found = say(moment, NOW, BERLIN)
    assert found.short == short
    assert "202" in found.exact


def test_a_press_puts_it_away_until_morning() -> None:
    """On a Tuesday: in an hour, Wednesday at 9, next Monday at 9, on the house's clock."""
    found = {one.name: one.moment.astimezone(BERLIN) for one in snoozes(NOW, BERLIN)}
    assert found["hour"] == NOW + timedelta(hours=1)
    assert found["tomorrow"] == datetime(2026, 12, 2, 9, tzinfo=BERLIN)
    assert found["monday"] == datetime(2026, 12, 7, 9, tzinfo=BERLIN)


@settings(deadline=None)  # the machine may be busy
@given(st.integers(0, 15 * 366 * 24 * 60))
def test_every_choice_lies_ahead(minutes: int) -> None:
    """At any minute of fifteen years, clocks moved or not."""
    now = datetime(2020, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    found = snoozes(now, BERLIN)
    assert all(one.moment > now for one in found)
    assert all(one.moment.astimezone(BERLIN).hour == 9 for one in found[1:])
    assert found[2].moment.weekday() == 0


@settings(deadline=None)  # the machine may be busy
@given(st.text(max_size=40))
def test_whatever_is_typed_is_a_moment_or_refused(text: str) -> None:
    """An aware moment, or the error that people are told; no other."""
    with suppress(UsageError):
        assert read_later(text, NOW, BERLIN).tzinfo is not None


def test_a_browser_s_field_is_wall_time() -> None:
    """Without an offset it is the house's own clock."""
    assert read_moment("2026-12-02T08:00", BERLIN) == datetime(2026, 12, 2, 7, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("hours", "share", "words", "tone"),
    [(1, 0.25, "3 h left", "quiet"), (3, 0.75, "60 min left", "warn"), (5, 1.25, "60 min late", "bad")],
)
def test_the_bar_says_how_much_is_used_up(
    monkeypatch: pytest.MonkeyPatch, hours: int, share: float, words: str, tone: str
) -> None:
    """Of four hours promised: what is left in words, and when it is late."""
    monkeypatch.setenv("LEITSTAND_LANG", "en")
    since = NOW - timedelta(hours=hours)
    found = say_wait(Triage(promise=PROMISE, since=since, due=PROMISE.due(since)), NOW, BERLIN)
    assert found is not None
    assert (found.share, found.tone) == (share, tone)
    assert found.words == words.replace("60 min", "1 h")


def test_where_nothing_is_promised_there_is_no_bar() -> None:
    """Only how long they wait; and nothing at all while it is their turn."""
    waiting = say_wait(Triage(since=NOW - timedelta(hours=2)), NOW, BERLIN)
    assert waiting is not None
    assert waiting.share is None
    assert say_wait(Triage(), NOW, BERLIN) is None

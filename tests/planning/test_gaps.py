"""Days of silence on accounts that usually speak."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from toolkit.planning import Gap, gaps, slots
from toolkit.planning.slots import Slot
from toolkit.workspace import Workspace

Plan = Callable[..., Workspace]
BERLIN = ZoneInfo("Europe/Berlin")
TODAY = date(2026, 11, 21)


def weekly(name: str, first: date, count: int, channel: str) -> dict[str, str]:
    return {f"{name}{n}": f"{first + timedelta(days=7 * n)} 09:00 {channel}" for n in range(count)}


def test_a_regular_account_has_gaps(plan: Plan) -> None:
    """An account that posts every week and has nothing for twelve days shows these days, and the open end."""
    posts = weekly("a", date(2026, 11, 2), 3, "mastodon") | {"b0": "2026-11-30 09:00 mastodon"}
    found = gaps(slots(plan(**posts)), TODAY, BERLIN)
    assert found == (
        Gap("mastodon", date(2026, 11, 21), date(2026, 11, 29)),
        Gap("mastodon", date(2026, 12, 1), date(2026, 12, 18)),
    )
    assert [gap.days for gap in found] == [9, 18]


def test_rare_accounts_have_none(plan: Plan) -> None:
    """Three posts, or posts far apart, make no rhythm that could be broken."""
    assert gaps(slots(plan(**weekly("a", date(2026, 11, 2), 3, "news"))), TODAY, BERLIN) == ()
    rare = {f"r{n}": f"{date(2026, 10, 26) + timedelta(days=13 * n)} 09:00 mastodon" for n in range(5)}
    assert gaps(slots(plan(folder="rare", **rare)), TODAY, BERLIN) == ()


def test_a_full_calendar_has_none(plan: Plan) -> None:
    """Posts every week to the end of the view leave no gap of more than seven days."""
    assert gaps(slots(plan(**weekly("a", date(2026, 10, 28), 9, "news"))), TODAY, BERLIN) == ()


@given(offsets=st.sets(st.integers(-28, 27), max_size=40), longer_than=st.integers(1, 14))
def test_gaps_are_exactly_the_silent_stretches(offsets: set[int], longer_than: int, template: Slot) -> None:
    """No gap holds a post, none is short, none reaches into the past, and every one is bounded by posts or the view."""
    assert template.due is not None
    start = template.due.astimezone(BERLIN).date()
    planned = [
        Slot(template.post, template.account, template.draft, template.due + timedelta(days=day)) for day in offsets
    ]
    found = gaps(planned, start, BERLIN, longer_than=longer_than)
    posted = {start + timedelta(days=day) for day in offsets}
    end = start + timedelta(days=28)
    for gap in found:
        assert gap.days > longer_than
        assert start <= gap.first <= gap.last < end
        assert not any(gap.first <= day <= gap.last for day in posted)
        assert gap.first == start or gap.first - timedelta(days=1) in posted
        assert gap.last + timedelta(days=1) == end or gap.last + timedelta(days=1) in posted

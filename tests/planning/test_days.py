"""Slots by days, and the days on which clocks change."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from toolkit.planning import between, clock_changes, slots
from toolkit.workspace import Workspace, load_workspace

Plan = Callable[..., Workspace]
BERLIN = ZoneInfo("Europe/Berlin")


def test_days_are_those_of_the_zone(plan: Plan) -> None:
    """A post at half past midnight in Berlin stands on that day, though it is the evening before in UTC."""
    workspace = plan(a="2026-12-01 00:30 news", b="2026-12-01 23:30 news", c="2026-12-02 09:00 news")
    found, first, second = slots(workspace), date(2026, 12, 1), date(2026, 12, 2)
    assert [slot.post.uid for slot in between(found, first, first, BERLIN)] == ["a", "b"]
    assert [slot.post.uid for slot in between(found, second, second, BERLIN)] == ["c"]


def test_what_waits_for_a_slot_comes_last(plan: Plan) -> None:
    """Posts without a moment stand last, and in a view that is open to the future only."""
    workspace = plan(a="2026-12-01 00:30 news", b="2026-12-03 00:30 news")
    (workspace.root / "content/posts/n.md").write_text(
        "---\nuid: n\npublish: next\nchannels: [news]\n---\nx\n", "utf-8"
    )
    found = slots(load_workspace(workspace.root))
    first = date(2026, 12, 2)
    assert [slot.post.uid for slot in between(found, first, None, BERLIN)] == ["b", "n"]
    assert [slot.post.uid for slot in between(found, None, first, BERLIN)] == ["a"]
    assert [slot.post.uid for slot in between(found, first, date(2026, 12, 3), BERLIN)] == ["b"]


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        ("Europe/Berlin", [("2026-03-29T01:00:00", 60, "CET", "CEST"), ("2026-10-25T01:00:00", -60, "CEST", "CET")]),
        (
            "Australia/Lord_Howe",
            [("2026-04-04T15:00:00", -30, "+11", "+1030"), ("2026-10-03T15:30:00", 30, "+1030", "+11")],
        ),
        ("Asia/Tokyo", []),
    ],
)
def test_clocks_change_at_the_second(zone: str, expected: list[tuple[str, int, str, str]]) -> None:
    """Both changes of 2026 are found at their very second, half an hour on Lord Howe, none where there is none."""
    start, end = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 12, 31, tzinfo=UTC)
    found = clock_changes(ZoneInfo(zone), start, end)
    assert [
        (f"{change.at:%Y-%m-%dT%H:%M:%S}", change.by // timedelta(minutes=1), change.before, change.after)
        for change in found
    ] == expected

"""Moments that `learn times` may suggest: the house's usual times, where settings, handbook and plan leave room."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from pathlib import Path

from tests.probe import write_files
from toolkit.learning.times import find_openings
from toolkit.learning.times.openings import AHEAD, usual_clocks
from toolkit.learning.times.posts import TimedPost
from toolkit.workspace import load_workspace

NOW = datetime(2026, 10, 1, 12, tzinfo=UTC)
TOML = """format = 1

[workspace]
id = "probe"
timezone = "Europe/Berlin"
languages = ["de"]
region = "DE-SH"

[policy]
quiet_hours = ["21:30-06:30"]
distance = 120

[accounts.news]
network = "feed"
id = "news"
server = "https://example.com/feeds"
"""
POST = """---
uid: 01JDK3V7Q2M8X4T6R9A0B1C2D3
title: Moin
status: ready
channels: [news]
publish: 2026-10-06T09:00
---
Moin.
"""


def openings(root: Path, files: dict[str, str], posts: list[TimedPost] | None = None) -> list[datetime]:
    """The openings of the account from `NOW` on."""
    workspace = load_workspace(write_files(root, {"leitstand.toml": TOML, **files}))
    return list(find_openings(workspace, workspace.settings.accounts["news"], posts or [], NOW))


def test_openings_are_ahead_in_order_and_never_in_quiet_hours(tmp_path: Path) -> None:
    """From tomorrow on the account's clock, eight weeks, one for each part of the day, none between 21:30 and 6:30."""
    found = openings(tmp_path, {})
    assert found == sorted(found)
    assert found[0].date() == date(2026, 10, 2)
    assert (NOW + AHEAD).date() >= found[-1].date() > date(2026, 11, 20)
    assert all(time(6, 30) <= local.time() <= time(21, 30) for local in found)
    assert {str(local.tzinfo) for local in found} == {"Europe/Berlin"}


def test_holidays_and_days_of_mourning_are_left_out(tmp_path: Path) -> None:
    """Reformation Day is a holiday in Schleswig-Holstein; on the national day of mourning nobody posts; days beside do."""
    days = {local.date() for local in openings(tmp_path, {})}
    assert not days & {date(2026, 10, 3), date(2026, 10, 31), date(2026, 11, 15)}
    assert {date(2026, 10, 2), date(2026, 10, 30), date(2026, 11, 14)} <= days


def test_what_is_planned_keeps_its_distance(tmp_path: Path) -> None:
    """Nothing is suggested within two hours of a post of the same account, and the days beside lose nothing."""
    before = openings(tmp_path / "without", {})
    after = openings(tmp_path / "with", {"content/posts/moin.md": POST})
    lost = set(before) - set(after)
    planned = datetime(2026, 10, 6, 7, tzinfo=UTC)
    assert lost
    assert all(abs((local - planned).total_seconds()) < 2 * 3600 for local in lost)
    assert not set(after) - set(before)


def test_a_posting_slot_stands_for_its_cell(tmp_path: Path) -> None:
    """Where the handbook keeps a time in the morning, that is the morning's moment, and not half an hour beside it."""
    page = "---\ntitle: Zeiten\n---\n```slots\nchannels: [news]\ntimes: [tue 09:10]\n```\n"
    found = openings(tmp_path, {"guidelines/zeiten.md": page})
    tuesdays = [local for local in found if local.date() == date(2026, 10, 6) and local.hour in {8, 9, 10}]
    assert [local.time() for local in tuesdays] == [time(9, 10)]


def test_the_usual_time_of_a_cell_is_the_houses(tmp_path: Path) -> None:
    """The middle of what the house did, to half an hour, and stays the wall's time when clocks go back."""
    moments = [datetime(2026, 9, day, 8, minute, tzinfo=UTC) for day, minute in ((1, 5), (2, 40), (3, 50))]
    posts = [TimedPost(str(at), at, "week morning", 0.0, {}) for at in moments]
    assert usual_clocks(posts)["week morning"] == time(8, 30)
    found = openings(tmp_path, {}, posts)
    mornings = [local for local in found if local.hour == 8 and local.isoweekday() < 6]
    assert all(local.time() == time(8, 30) for local in mornings)
    assert {local.utcoffset() for local in mornings} == {local.utcoffset() for local in (found[0], found[-1])}

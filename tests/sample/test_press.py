"""What the sample's feeds told: two subjects come up in it and no other, and single posts add up to the daily counts."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from toolkit.research.published import file_published, read_published
from toolkit.research.trends import find_trends
from toolkit.sample.history import make_planted
from toolkit.sample.press import PLANTED, press
from toolkit.sample.rivals import rival_days
from toolkit.sample.watched import watched
from toolkit.workspace import Workspace, load_workspace
from toolkit.workspace.feeds import read_feeds

ROOT = Path(__file__).parents[2]
NOW = datetime.fromisoformat("2026-11-21T12:00+01:00")


@pytest.fixture(scope="module")
def workspace() -> Workspace:
    return load_workspace(ROOT)


@pytest.mark.parametrize("seed", [7, 8, 9])
def test_what_was_planted_comes_up_and_nothing_else(tmp_path: Path, workspace: Workspace, seed: int) -> None:
    """Whatever the other papers write in that week; English papers are as ever."""
    reading, problems = read_feeds(workspace.tree)
    assert problems == ()
    file_published(tmp_path, press(reading.feeds, NOW, seed), NOW)
    german, english = find_trends(workspace, read_published(tmp_path), [], NOW)
    assert {one.burst.phrase for one in german.found} == set(PLANTED)
    assert english.found == ()
    freight, advent = (next(one for one in german.found if one.burst.phrase == name) for name in PLANTED)
    assert (freight.authorities, freight.competitors, freight.ours) == (("Warnungen",), ("Blog Röstwerk",), ())
    assert set(advent.competitors) == {"Blog Elbkaffee", "Blog Röstwerk"}
    assert "Adventskalender, Tür 1" in [one.post.title for one in advent.ours]


def test_single_posts_add_up_to_the_daily_counts(workspace: Workspace) -> None:
    """Of every brand and channel, as `rival_rows` exports them; only what lies after now is not there yet."""
    zone = ZoneInfo(workspace.settings.timezone)
    days = list(rival_days(make_planted(workspace.settings, NOW, 7), NOW, zone))
    sums: defaultdict[tuple[str, str, object], list[float]] = defaultdict(list)
    for post in watched(days, NOW):
        sums[post.brand, post.channel, post.at.date()].append(post.interactions)
    past = [day for day in days if day.noon.date() < NOW.date()]
    assert len(past) > 1600
    for day in past:
        found = sums[day.brand.subject.partition(":")[2], day.channel, day.noon.date()]
        assert (len(found), sum(found)) == (day.posts, day.interactions if day.posts else 0)

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.lint.conftest import SETTINGS, Desk
from toolkit.lint import check_workspace

POLICY = '\n[policy]\ndistance = {distance}\ncampaign_distance = {campaign}\nquiet_hours = ["21:30-06:30"]\n'


def write(desk: Desk, name: str, when: str, channels: str = "mastodon", extra: str = "") -> None:
    desk.post(f"---\nchannels: [{channels}]\npublish: {when}\n{extra}---\nText {name}\n", f"content/posts/{name}.md")


def said(desk: Desk, now: datetime = datetime(2026, 11, 21, 12, tzinfo=UTC)) -> list[tuple[str, str]]:
    return [(problem.path.rpartition("/")[2], problem.message) for problem in desk.check("distance", now=now)]


@pytest.fixture(autouse=True)
def _policy(desk: Desk) -> None:
    desk.settings(SETTINGS + POLICY.format(distance=30, campaign=0))


def test_the_later_post_is_told_of_the_other_and_of_the_next_free_time(desk: Desk) -> None:
    """The earlier one stays as it is; the third post is in the way of the first free time."""
    write(desk, "a", "2026-12-01 07:30")
    write(desk, "b", "2026-12-01 07:50")
    write(desk, "c", "2026-12-01 08:20")
    assert said(desk) == [
        (
            "b.md",
            "mastodon gets content/posts/a.md 20 minutes before; 30 have to lie between; next free: 2026-12-01 08:50",
        )
    ]
    assert desk.check("distance")[0].related == "content/posts/a.md"


def test_other_accounts_do_not_count(desk: Desk) -> None:
    """Each account has its own calendar."""
    write(desk, "a", "2026-12-01 07:30", "mastodon")
    write(desk, "b", "2026-12-01 07:30", "feed")
    assert said(desk) == []


def test_exactly_the_distance_is_enough(desk: Desk) -> None:
    """Thirty minutes are not less than thirty minutes."""
    write(desk, "a", "2026-12-01 07:30")
    write(desk, "b", "2026-12-01 08:00")
    assert said(desk) == []


def test_the_free_time_respects_quiet_hours(desk: Desk) -> None:
    """In the evening the next free time is the next morning."""
    write(desk, "a", "2026-12-01 21:20")
    write(desk, "b", "2026-12-01 21:25")
    assert said(desk)[0][1].endswith("next free: 2026-12-02 06:30")


def test_the_hour_that_autumn_repeats_is_sixty_minutes(desk: Desk) -> None:
    """02:50 before and 02:10 after the change are twenty minutes apart, whatever the wall says."""
    write(desk, "a", "2027-10-31 02:50+02:00")
    write(desk, "b", "2027-10-31 02:10+01:00")
    assert "20 minutes before" in said(desk)[0][1]
    write(desk, "b", "2027-10-31 02:50+01:00")
    assert said(desk) == []


def test_a_campaign_may_want_more_room(desk: Desk) -> None:
    """Two posts of one campaign on one account keep the campaign's distance; a post outside does not matter to it."""
    desk.settings(SETTINGS + POLICY.format(distance=30, campaign=1440))
    desk.write("content/campaigns/advent.md", "---\ntitle: Advent\n---\n")
    write(desk, "a", "2026-12-01 07:30", extra="campaign: advent\n")
    write(desk, "b", "2026-12-01 12:00")
    write(desk, "c", "2026-12-01 18:00", "mastodon, feed", "campaign: advent\n")
    ((name, message),) = said(desk)
    assert name == "c.md"
    assert message.startswith("mastodon gets content/posts/a.md of the campaign advent 630 minutes before; 1440 have")
    assert message.endswith("; next free: 2026-12-02 07:30")


def test_distances_of_nothing_switch_it_off(desk: Desk) -> None:
    """With 0 posts may come at once."""
    desk.settings(SETTINGS + POLICY.format(distance=0, campaign=0))
    write(desk, "a", "2026-12-01 07:30")
    write(desk, "b", "2026-12-01 07:30")
    assert said(desk) == []


def test_what_is_out_is_out(desk: Desk) -> None:
    """Posts of the past are not told apart; with an earlier --now they are to come."""
    write(desk, "a", "2026-11-01 07:30")
    write(desk, "b", "2026-11-01 07:31")
    assert said(desk) == []
    assert len(said(desk, datetime(2026, 10, 31, tzinfo=UTC))) == 1


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(minutes=st.lists(st.integers(0, 300), min_size=2, max_size=7))
def test_following_the_advice_helps(desk: Desk, minutes: list[int]) -> None:
    """Moving each reported post to the time proposed for it, one after another, always ends without a problem."""
    for old in (desk.root / "content/posts").glob("*.md") if (desk.root / "content/posts").is_dir() else ():
        old.unlink()
    for index, minute in enumerate(minutes):
        write(desk, f"p{index}", f"2026-12-01 {8 + minute // 60:02}:{minute % 60:02}")
    for _step in range(len(minutes) + 1):
        found = said(desk)
        if not found:
            return
        name, message = found[0]
        write(desk, name.removesuffix(".md"), message.rpartition("next free: ")[2])
    raise AssertionError(said(desk))


def test_asked_about_one_post_only_its_own_problem_is_told(desk: Desk) -> None:
    """The others are still compared with it; a post that is due already comes too soon after nothing."""
    write(desk, "a", "2026-12-01 07:30")
    write(desk, "b", "2026-12-01 07:40")
    write(desk, "c", "2026-11-21 12:30")
    for name, count in (("a", 0), ("b", 1), ("c", 0)):
        path = f"content/posts/{name}.md"
        found = check_workspace(desk.load(), now=datetime(2026, 11, 21, 12, tzinfo=UTC), paths=(path,))
        assert len([problem for problem in found if problem.rule == "distance"]) == count

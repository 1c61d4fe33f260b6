from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.pages.conftest import Outline, Studio

WEEK = "calendar/2026-W49.md"


def test_half_a_year_of_weeks_has_pages(studio: Studio) -> None:
    """However many posts there are, weeks have 53 pages: 26 before and after the one that runs."""
    studio.post(publish="2019-12-01 07:30")
    weeks = [path for path in studio.render() if path.startswith("calendar/") and "-W" in path]
    assert len(weeks) == 53
    assert weeks[26] == "calendar/2026-W47.md"


def test_a_week_shows_its_days_side_by_side(studio: Studio, outline: type[Outline]) -> None:
    """Seven days, the post on its own with channels by name, state in words, and the person who answers for it."""
    studio.post(channels="mastodon, bluesky")
    text = studio.page(WEEK)
    assert text.count("ls-date") == 7
    for words in ("Tür 1", "Mastodon", "Bluesky", "Ready", "Jule Hansen", "Times in Berlin"):
        assert words in text
    assert outline(text).open == []


def test_a_week_at_the_turn_of_the_year(studio: Studio) -> None:
    """The week of 1 January 2027 is the last one of 2026, and belongs to the month of its Thursday."""
    studio.post(publish="2026-12-31 07:30")
    text = studio.page("calendar/2026-W53.md")
    assert "Week 53, 2026" in text
    assert 'href="../2027-W01/"' in text
    assert 'href="../2026-12/"' in text


def test_the_switch_keeps_the_place(studio: Studio) -> None:
    """From this month one gets to this week, from another month to its first week, from a week to its month's list."""
    studio.post()
    assert 'href="../2026-W47/"' in studio.page("calendar/2026-11.md")
    assert 'href="../2026-W49/"' in studio.page("calendar/2026-12.md")
    assert 'href="../../posts/2026-12/"' in studio.page(WEEK)


def test_a_week_without_posts_says_so(studio: Studio) -> None:
    """An empty week is a page that says it is empty: a plan begins there."""
    assert "Nothing is planned in this week." in studio.page(WEEK)


def test_free_slots_stand_at_their_hours(studio: Studio) -> None:
    """What the handbook keeps and nobody has stands between the posts; what is taken or past does not."""
    block = "```slots\nchannels: [mastodon]\ntimes: [tu 07:30, tu 12:00]\n```\n"
    studio.write("guidelines/times.md", f"# Times\n\n{block}")
    studio.post()
    text = studio.page(WEEK)
    assert "<time>12:00</time> <span>free</span>" in text
    assert "<time>07:30</time> <span>free</span>" not in text
    assert "1 free slot" in studio.page("calendar/2026-12.md")
    later = studio.page(WEEK, datetime(2026, 12, 1, 20, tzinfo=UTC))
    assert "<span>free</span>" not in later

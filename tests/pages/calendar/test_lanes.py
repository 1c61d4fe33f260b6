from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as some

from toolkit.pages.calendar.lanes import Lane, place_lanes

if TYPE_CHECKING:
    from tests.pages.conftest import Studio

MONDAY = date(2026, 11, 30)
days = some.one_of(some.none(), some.integers(-10, 16).map(lambda number: MONDAY + timedelta(days=number)))


def lane(first: date | None, last: date | None) -> Lane:
    return Lane(first, last, "Advent", "campaign", "campaign", "advent")


def is_span(pair: tuple[date | None, date | None]) -> bool:
    return pair[0] is None or pair[1] is None or pair[0] <= pair[1]


@given(some.lists(some.tuples(days, days).filter(is_span), max_size=8))
def test_bars_never_overlap(spans: list[tuple[date | None, date | None]]) -> None:
    """On one line of a week no two bars share a day, each stays inside the week, and none that touches it is lost."""
    sunday = MONDAY + timedelta(days=6)
    lanes = [lane(*span) for span in spans]
    placed = place_lanes(lanes, MONDAY, sunday)
    assert len(placed) == sum(one.touches(MONDAY, sunday) for one in lanes)
    covered = [(one.line, one.first + timedelta(days=number)) for one in placed for number in range(one.days)]
    assert len(covered) == len(set(covered))
    assert all(MONDAY <= day <= sunday for _line, day in covered)


def test_a_bar_knows_its_ends() -> None:
    """A campaign from Tuesday into the next week begins here and does not end here."""
    (placed,) = place_lanes(
        [lane(MONDAY + timedelta(days=1), MONDAY + timedelta(days=9))], MONDAY, MONDAY + timedelta(days=6)
    )
    assert (placed.days, placed.begins, placed.ends) == (6, True, False)


def test_a_campaign_lies_across_its_days(studio: Studio) -> None:
    """Its bar leads to its page, says its period, and stands once in each week that it touches."""
    studio.write("content/campaigns/advent.md", "---\ntitle: Advent\nstart: 2026-12-03\nend: 2026-12-09\n---\n")
    studio.post(more="campaign: advent\n")
    text = studio.page("calendar/2026-12.md")
    assert text.count("ls-lane ls-lane-campaign") == 2
    assert "--line:0;--days:4" in text
    assert "--line:0;--days:3" in text
    assert 'title="Advent, 3 to 9 December 2026"' in text


def test_a_silent_channel_is_a_bar(studio: Studio) -> None:
    """A channel that posts every third day and then nothing for a fortnight: the calendar says for how many days."""
    for number, day in enumerate((10, 13, 16, 19, 22)):
        studio.post(path=f"{day}.md", uid=f"01JDK3V7Q2M8X4T6R9A0B1C2D{number}", publish=f"2026-11-{day} 09:00")
    text = studio.page("calendar/2026-11.md")
    assert "Mastodon: 26 days without a post" in text
    assert "ls-lane-gap" in text
    assert 'data-f-channel="mastodon"' in text

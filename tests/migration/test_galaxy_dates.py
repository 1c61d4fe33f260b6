from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.migration.galaxy.dates import birth_of, date_of_name, publish_dates, publish_times


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("2025-02-11-x.md", date(2025, 2, 11)),
        ("2024-10-2-x.md", date(2024, 10, 2)),
        ("24-01-2025-x.md", date(2025, 1, 24)),
        ("25-05-20-x.md", date(2025, 5, 20)),
        ("2025-06-w4e.md", date(2025, 6, 1)),
        ("retry-316_2025-05-19-x.md", date(2025, 5, 19)),
        ("2025-13-40-x.md", None),
        ("gcc_day2.md", None),
    ],
)
def test_dates_in_names(name: str, found: date | None) -> None:
    """Every form that stands in real names; what is no date is none."""
    assert date_of_name(f"posts/2025/{name}") == found


def test_the_order_of_publication_settles_what_names_say() -> None:
    """Queued news, an announced event, a mistyped year and a name without a date lie between hand-written neighbours."""
    order = [
        "posts/2025/2025-03-01-a.md",
        "posts/feed_bot/x/2026-03-02-typo.md",
        "posts/json_bot/galaxy_news/2025-01-20-queued.md",
        "posts/json_bot/galaxy_events/2025-09-09-event.md",
        "posts/2025/no_date.md",
        "posts/2025/2025-03-07-b.md",
        "posts/json_bot/galaxy_events/2025-10-10-event.md",
    ]
    first, seventh = date(2025, 3, 1), date(2025, 3, 7)
    assert list(publish_dates(order).values()) == [first, seventh, first, seventh, first, seventh, seventh]


NAMES = st.builds(
    lambda folder, day, word: f"posts/{folder}/{day}{word}.md",
    st.sampled_from(["2025", "json_bot/galaxy_news", "json_bot/galaxy_events"]),
    st.one_of(st.just(""), st.dates(date(2024, 1, 1), date(2026, 12, 31)).map(lambda day: f"{day}-")),
    st.text("abc", min_size=1, max_size=4),
)


@given(st.lists(NAMES, max_size=40, unique=True))
def test_trusted_dates_never_contradict_the_order(order: list[str]) -> None:
    """Every post has a day, and each lies between what was trusted before and after it; nothing depends on chance."""
    days = publish_dates(order)
    assert list(days) == order
    assert publish_dates(list(order)) == days
    hand_written = [path for path in order if "bot" not in path and date_of_name(path)]
    if len({date_of_name(path) for path in order}) == 1 and hand_written:
        assert set(days.values()) == {date_of_name(hand_written[0])}


@given(st.dictionaries(NAMES, st.dates(date(2025, 1, 1), date(2025, 1, 3)), max_size=60))
def test_times_keep_their_day_and_are_all_different(days: dict[str, date]) -> None:
    """However many posts a day has, each has a minute of its own on that day, none before nine."""
    times = publish_times(days)
    assert {path: moment.date() for path, moment in times.items()} == days
    assert len(set(times.values())) == len(days)
    assert all(moment.hour >= 9 for moment in times.values())


def test_a_post_is_born_on_a_day_that_never_changes() -> None:
    """The identity's date comes from name and folder alone."""
    assert birth_of("posts/2024/gcc.md") == date(2024, 1, 1)
    assert birth_of("posts/json_bot/x.md") == date(2000, 1, 1)
    assert publish_times({"a": date(2025, 1, 1)}) == {"a": datetime.fromisoformat("2025-01-01 09:00")}

"""Brands beside each other: how often, in which formats, what a post wins per follower, with n."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from toolkit.kpis import Period
from toolkit.metrics import open_store
from toolkit.model import Observation, Subject
from toolkit.research.rivals import Counted, compare_brands, own_posts, seen_posts
from toolkit.research.seen import SeenPost

BERLIN = ZoneInfo("Europe/Berlin")
START = datetime(2026, 10, 1, tzinfo=UTC)
OCTOBER = Period(START, datetime(2026, 10, 29, tzinfo=UTC), datetime(2026, 11, 21, tzinfo=UTC))


def seen(number: int, won: float, *, form: str = "photo", counted: float = 8, brand: str = "Röstwerk") -> SeenPost:
    at = START + timedelta(days=number, hours=6)
    address = f"https://x.example/{brand}/{number}"
    return SeenPost(brand, "mastodon", address, at, form, won, at + timedelta(days=counted), 1000)


def test_a_brand_is_told_with_rhythm_formats_hours_and_tops() -> None:
    """Ten photos and two videos in four weeks; of two videos no rate is told, and it is said how many there are."""
    posts = [seen(number, 10 + number) for number in range(10)]
    posts += [seen(number, 90, form="video") for number in (12, 20)]
    (brand,) = compare_brands(seen_posts(posts, OCTOBER), OCTOBER, BERLIN)
    assert (brand.name, brand.all.posts, brand.per_week, brand.gap) == ("Röstwerk", 12, 3, timedelta(days=8))
    assert brand.formats["photo"].rate == pytest.approx(0.0145)
    assert (brand.formats["photo"].low or 1) < 0.0145 < (brand.formats["photo"].high or 0)
    assert (brand.formats["video"].rate, brand.formats["video"].n) == (None, 2)
    assert brand.hours == {8: 12}
    assert [one.name.rpartition("/")[2] for one in brand.tops[:3]] == ["12", "20", "9"]


def test_a_post_that_was_not_counted_at_seven_days_is_in_no_rate() -> None:
    """It is one of the posts all the same."""
    posts = [seen(number, 10) for number in range(8)] + [seen(9, 500, counted=2)]
    (brand,) = compare_brands(seen_posts(posts, OCTOBER), OCTOBER, BERLIN)
    assert (brand.all.posts, brand.all.n) == (9, 8)
    assert brand.all.rate == pytest.approx(0.01)
    assert all(one.won == 10 for one in brand.tops)


def test_ours_is_the_key_figure_itself(tmp_path: Path) -> None:
    """The same posts, at seven days, on the channels where competitors are seen; the format is what the source says."""
    store, noon = open_store(tmp_path), START + timedelta(days=2)
    rows = [Observation("account", "mastodon", "followers", 500, START, None, "csv", "one")]
    for number in range(8):
        at = noon + timedelta(days=number)
        rows.append(Observation(f"0{number}", "mastodon", "likes", 5, at + timedelta(days=7), at, "csv", "one"))
    store.append(rows, subjects=[Subject("01", format="video")], imported_at=noon)
    ours = own_posts(store, OCTOBER, ("mastodon",), store.subjects())
    assert [one.format for one in ours] == ["", "video", *[""] * 6]
    first, second = compare_brands([*ours, *seen_posts([seen(n, 5) for n in range(8)], OCTOBER)], OCTOBER, BERLIN)
    assert (first.name, first.all.rate, first.all.n) == ("", 0.01, 8)
    assert (second.name, second.all.rate) == ("Röstwerk", 0.005)
    assert own_posts(store, OCTOBER, (), {}) == []


def test_brands_without_a_rate_come_last() -> None:
    """Few posts and no followers are no zero."""
    few = [Counted("Neu", "mastodon", str(number), START, "text") for number in range(9)]
    full = [seen(number, 1) for number in range(8)]
    brands = compare_brands([*few, *seen_posts(full, OCTOBER)], OCTOBER, BERLIN)
    assert [one.name for one in brands] == ["Röstwerk", "Neu"]
    assert (brands[1].all.rate, brands[1].all.n, brands[1].all.posts) == (None, 0, 9)

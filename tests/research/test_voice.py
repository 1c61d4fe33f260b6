"""Share of voice: public counts of all tracked brands, on the channels where they are tracked."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from toolkit.kpis import Period
from toolkit.metrics import Store, open_store
from toolkit.model import Observation
from toolkit.research import share_of_voice

OCTOBER = Period(
    datetime(2026, 10, 1, tzinfo=UTC), datetime(2026, 11, 1, tzinfo=UTC), datetime(2026, 11, 21, tzinfo=UTC)
)
NOON = datetime(2026, 10, 5, 12, tzinfo=UTC)


def level(subject: str, metric: str, value: float, at: datetime = NOON, channel: str = "mastodon") -> Observation:
    return Observation(subject, channel, metric, value, at, None, "csv", "one")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(tmp_path)


def test_shares_add_up_and_the_rate_can_be_compared(store: Store) -> None:
    """Each brand's share of all interactions, with posts and followers, and interactions per follower and post."""
    own = [
        Observation(f"0{n}", "mastodon", "likes", 20, NOON + timedelta(days=2), NOON, "csv", "one") for n in range(2)
    ]
    own.append(Observation("09", "linkedin", "likes", 500, NOON + timedelta(days=2), NOON, "csv", "one"))
    levels = [
        level("account", "followers", 1000),
        level("account", "followers", 9999, channel="linkedin"),
        level("competitor:Röstwerk", "interactions", 40),
        level("competitor:Röstwerk", "interactions", 20, NOON + timedelta(days=1)),
        level("competitor:Röstwerk", "posts", 3),
        level("competitor:Röstwerk", "followers", 500, NOON - timedelta(days=40)),
        level("competitor:Röstwerk", "followers", 400),
        level("competitor:Neu", "interactions", 0, NOON + timedelta(days=40)),
    ]
    store.append([*own, *levels], imported_at=NOON)
    rival, ours = share_of_voice(store, OCTOBER)
    assert (rival.brand, rival.share, rival.interactions, rival.posts, rival.followers) == ("Röstwerk", 0.6, 60, 3, 400)
    assert (ours.brand, ours.share, ours.posts, ours.followers) == ("", 0.4, 2, 1000)
    assert ours.rate == pytest.approx(40 / 2 / 1000)
    assert rival.rate == pytest.approx(60 / 3 / 400)


def test_without_competitors_there_is_no_share(store: Store) -> None:
    """Being alone is not a share of one hundred per cent."""
    store.append([Observation("0", "mastodon", "likes", 20, NOON, NOON, "csv", "one")], imported_at=NOON)
    assert share_of_voice(store, OCTOBER) == ()


def test_what_nobody_delivered_is_missing(store: Store) -> None:
    """A competitor without post or follower counts has no rate, which is not a rate of zero."""
    rows = [
        Observation("0", "mastodon", "likes", 20, NOON, NOON, "csv", "one"),
        level("competitor:A", "interactions", 5),
    ]
    store.append(rows, imported_at=NOON)
    rival = next(voice for voice in share_of_voice(store, OCTOBER) if voice.brand == "A")
    assert (rival.posts, rival.followers, rival.rate) == (None, None, None)


def test_followers_are_those_of_the_day(store: Store) -> None:
    """Posts before and after a competitor's growth count for the followers that it had by then; ours are the key figure."""
    late = NOON + timedelta(days=20)
    rows = [
        Observation("0", "mastodon", "likes", 20, NOON + timedelta(days=2), NOON, "csv", "one"),
        level("account", "followers", 1000, NOON - timedelta(days=1)),
        level("account", "followers", 4000, late),
        level("competitor:A", "interactions", 30),
        *(level("competitor:A", "posts", count, at) for count, at in ((2, NOON), (1, late))),
        level("competitor:A", "followers", 100, NOON - timedelta(days=1)),
        level("competitor:A", "followers", 400, late - timedelta(days=1)),
    ]
    store.append(rows, imported_at=NOON)
    rates = {voice.brand: voice.rate for voice in share_of_voice(store, OCTOBER)}
    assert rates == {"A": pytest.approx(30 / (2 * 100 + 400)), "": pytest.approx(20 / 1000)}


def test_only_the_channels_that_are_asked_for(store: Store) -> None:
    """A brand is as loud as it is on them, with the posts and followers that it has there."""
    rows = [
        *(
            Observation(f"0{name}", name, "likes", 20, NOON + timedelta(days=2), NOON, "csv", "one")
            for name in ("mastodon", "bluesky")
        ),
        level("competitor:A", "interactions", 30),
        level("competitor:A", "posts", 3),
        level("competitor:A", "interactions", 500, channel="bluesky"),
        level("competitor:A", "posts", 9, channel="bluesky"),
    ]
    store.append(rows, imported_at=NOON)
    rival, ours = share_of_voice(store, OCTOBER, ["mastodon"])
    assert (rival.interactions, rival.posts, rival.share) == (30, 3, 0.6)
    assert (ours.interactions, ours.posts) == (20, 1)

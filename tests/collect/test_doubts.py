"""Doubts about what was just measured."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.collect import ACCOUNT, Measurement, Published, find_doubts
from toolkit.collect.doubts import Before, Kind, index
from toolkit.metrics import Value
from toolkit.model import Observation
from toolkit.settings import Account

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
MASTODON = Account("mastodon", "mastodon", "@a@social.example")


def before(**values: float) -> Before:
    """Values of the round before; ``a_likes`` are the likes of the post ``a``."""
    split = {name: name.split("_") for name in values}
    return index(
        Value(split[name][0], "mastodon", split[name][1], value, NOW, NOW, 1.0) for name, value in values.items()
    )


def measured(uid: str, **values: float) -> Measurement:
    post = None if uid == ACCOUNT else Published(uid, MASTODON, (uid,), NOW - timedelta(days=2))
    rows = [Observation(uid, "mastodon", metric, value, NOW, None, "mastodon", "1") for metric, value in values.items()]
    return Measurement("mastodon", post, tuple(rows))


@pytest.mark.parametrize(
    ("metric", "old", "new", "doubtful"),
    [
        ("views", 1000, 995, False),  # rounded
        ("views", 1000, 900, True),
        ("reach", 3, 1, True),
        ("likes", 10, 4, False),  # people take likes back
        ("likes", 200, 150, True),
        ("likes", 5, 9, False),
    ],
)
def test_totals_that_fall(metric: str, old: float, new: float, *, doubtful: bool) -> None:
    """Views never fall but for rounding; likes may, but not by a fifth at once."""
    found = find_doubts(before(**{f"a_{metric}": old}), [measured("a", **{metric: new})])
    assert [(one.kind, one.before, one.now) for one in found] == ([(Kind.FALL, old, new)] if doubtful else [])


@given(old=st.floats(0, 1e9), more=st.floats(0, 1e9))
def test_what_grows_is_never_doubted(old: float, more: float) -> None:
    """Growth is what counts do."""
    assert not find_doubts(before(a_views=old, a_likes=old), [measured("a", views=old + more, likes=old + more)])


def test_followers_that_halve() -> None:
    """Half the followers in a day is no whim of people."""
    (doubt,) = find_doubts(before(account_followers=900), [measured(ACCOUNT, followers=450)])
    assert (doubt.kind, doubt.subject, doubt.metric) == (Kind.FALL, "account", "followers")


def test_an_account_that_tells_nothing_any_more() -> None:
    """Two posts had values, and now neither has one: silence, told once. A post that is new was never expected to tell."""
    known = before(a_likes=3, b_likes=4)
    (doubt,) = find_doubts(known, [measured("a"), measured("b")])
    assert (doubt.kind, doubt.account, doubt.posts) == (Kind.SILENT, "mastodon", 2)
    assert not find_doubts({}, [measured("c")])


def test_a_metric_that_is_told_of_no_post_any_more() -> None:
    """Rights or an API changed; one post that lacks a metric is no such sign."""
    known = before(a_likes=3, a_views=8, b_likes=4, b_views=9)
    (doubt,) = find_doubts(known, [measured("a", likes=3), measured("b", likes=4)])
    assert (doubt.kind, doubt.metric) == (Kind.GONE, "views")
    assert not find_doubts(known, [measured("a", likes=3), measured("b", likes=4, views=9)])


def test_a_failure_is_no_doubt() -> None:
    """Who could not be asked is told as that."""
    post = Published("a", MASTODON, ("a",), NOW)
    assert not find_doubts(before(a_likes=3), [Measurement("mastodon", post, failure="429")])

"""Two posts of one account too close to each other."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from toolkit.planning import Collision, collisions, slots
from toolkit.planning.slots import Slot
from toolkit.workspace import Workspace

Plan = Callable[..., Workspace]


def test_neighbours_on_one_account(plan: Plan) -> None:
    """Less than the distance is a collision; the distance itself is not, nor is another account."""
    workspace = plan(
        a="2026-12-01 07:30 mastodon",
        b="2026-12-01 07:59 mastodon news",
        c="2026-12-01 08:29 mastodon",
        d="2026-12-01 09:00 news",
    )
    [found] = collisions(slots(workspace), 30)
    assert isinstance(found, Collision)
    assert (found.first.post.uid, found.second.post.uid, found.minutes) == ("a", "b", 29)
    assert collisions(slots(workspace), 0) == ()


def test_the_same_minute_collides(plan: Plan) -> None:
    """Two posts at one moment are zero minutes apart."""
    [found] = collisions(slots(plan(a="2026-12-01 07:30 news", b="2026-12-01 07:30 news")), 1)
    assert found.minutes == 0


def test_the_hour_that_comes_twice(plan: Plan) -> None:
    """02:50 before and 02:10 after the clocks go back are 20 minutes apart, by the moment and not by the clock."""
    workspace = plan(a="2026-10-25 02:50+02:00 news", b="2026-10-25 02:10+01:00 news")
    [found] = collisions(slots(workspace), 30)
    assert (found.first.post.uid, found.minutes) == ("a", 20)


@given(minutes=st.lists(st.integers(0, 500), max_size=12), distance=st.integers(0, 90))
def test_every_near_pair_is_covered(minutes: list[int], distance: int, template: Slot) -> None:
    """If any two posts of an account are too close, so are two neighbours, and none is named without reason."""
    assert template.due is not None
    planned = [
        Slot(template.post, template.account, template.draft, template.due + timedelta(minutes=minute))
        for minute in minutes
    ]
    found = collisions(planned, distance)
    near = any(abs(a - b) < distance for i, a in enumerate(minutes) for b in minutes[i + 1 :])
    assert bool(found) == near
    assert all(collision.minutes < distance for collision in found)

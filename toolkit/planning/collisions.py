"""Collisions: two posts that one account sends too close to each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import pairwise

from toolkit.planning.slots import Slot
from toolkit.values import dataclass


@dataclass(frozen=True, slots=True)
class Collision:
    """Two neighbours on one account's calendar; `minutes` lie between them."""

    first: Slot
    second: Slot

    @property
    def minutes(self) -> int:
        return int(_distance(self.first, self.second).total_seconds() // 60)


def collisions(planned: Iterable[Slot], distance: int) -> tuple[Collision, ...]:
    """Neighbours on the same account that are less than `distance` minutes apart, in order of time."""
    enough = timedelta(minutes=distance)
    found = [
        Collision(first, second)
        for dated in _by_account(planned)
        for first, second in pairwise(dated)
        if _distance(first, second) < enough
    ]
    return tuple(sorted(found, key=lambda collision: collision.first.order))


def _by_account(planned: Iterable[Slot]) -> Iterator[list[Slot]]:
    accounts: dict[str, list[Slot]] = {}
    for slot in planned:
        if slot.due is not None:
            accounts.setdefault(slot.account.name, []).append(slot)
    for dated in accounts.values():
        yield sorted(dated, key=lambda slot: slot.order)


def _distance(first: Slot, second: Slot) -> timedelta:
    if first.due is None or second.due is None:
        raise ValueError("only slots with a moment have a distance")
    return second.due - first.due

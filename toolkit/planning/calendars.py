"""What is taken on each account's calendar, and whether another post has room on it: no slot twice, and the house's distances."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import field
from datetime import datetime, timedelta

from toolkit.planning.openings import Line
from toolkit.planning.slots import Slot
from toolkit.settings import Policy
from toolkit.values import dataclass


@dataclass(slots=True)
class Calendars:
    """The moments that are taken: per account, and per account and campaign. Grows while slots are given away."""

    policy: Policy
    _accounts: defaultdict[str, list[datetime]] = field(default_factory=lambda: defaultdict(list))
    _campaigns: defaultdict[tuple[str, str], list[datetime]] = field(default_factory=lambda: defaultdict(list))

    def take(self, account: str, at: datetime, campaign: str = "") -> None:
        """Note that something goes out on the account at `at` (UTC)."""
        insort(self._accounts[account], at)
        if campaign:
            insort(self._campaigns[account, campaign], at)

    def has_room(self, account: str, at: datetime, campaign: str = "") -> bool:
        """Whether a post of the campaign may go out there at `at`; never at a moment that is taken."""
        lines = [Line(self._accounts[account], max(self.policy.distance, 1))]
        if campaign:
            lines.append(Line(self._campaigns[account, campaign], self.policy.campaign_distance))
        return all(line.has_room(at) for line in lines)

    def silence(self, account: str, at: datetime) -> timedelta | None:
        """How far the nearest thing that goes out there lies from `at`, before or after; None where nothing does."""
        moments = self._accounts[account]
        where = bisect_left(moments, at)
        near = (abs(moments[index] - at) for index in (where - 1, where) if 0 <= index < len(moments))
        return min(near, default=None)

    def last_before(self, account: str, at: datetime) -> datetime | None:
        """The last moment before `at` at which something goes out there."""
        moments = self._accounts[account]
        where = bisect_left(moments, at)
        return moments[where - 1] if where else None

    def count(self, account: str, after: datetime, before: datetime) -> int:
        """How many go out there from `after` (included) up to `before` (not included)."""
        moments = self._accounts[account]
        return bisect_left(moments, before) - bisect_left(moments, after)


def calendars(planned: Iterable[Slot], policy: Policy) -> Calendars:
    """The calendars with everything that has a moment."""
    found = Calendars(policy)
    for slot in planned:
        if slot.due is not None:
            found.take(slot.account.name, slot.due, slot.post.campaign)
    return found

"""How the posts of a month are spread over the pillars, and where that breaks the plan.

A post counts once, however many channels it goes to. Shares are of all posts of the month, also of those without a
pillar. Because posts are whole, a bound is broken only by a whole post: of seven posts at most 30 % are three, not 2.1.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from math import ceil, floor
from typing import Final

from toolkit.model import Post
from toolkit.strategy.plan import Pillar
from toolkit.values import dataclass

# A share of fewer posts says nothing about a month.
FEW: Final = 5
# Binary fractions: three of ten posts are 30 %, not a little more.
_ROUNDING: Final = 1e-9


@dataclass(frozen=True, slots=True)
class Part:
    """A pillar's posts among the `total` of a month."""

    pillar: Pillar
    count: int
    total: int

    @property
    def share(self) -> float:
        """From 0 to 1; 0 in a month without posts."""
        return self.count / self.total if self.total else 0.0

    @property
    def allowed(self) -> int:
        """The most posts that the plan allows."""
        return ceil(self.pillar.most * self.total - _ROUNDING)

    @property
    def wanted(self) -> int:
        """The fewest posts that the plan wants."""
        return floor(self.pillar.least * self.total + _ROUNDING)

    @property
    def over(self) -> bool:
        """Whether there are more posts than the plan allows; never among few."""
        return self.total >= FEW and self.count > self.allowed

    @property
    def under(self) -> bool:
        """Whether there are fewer posts than the plan wants; never among few."""
        return self.total >= FEW and self.count < self.wanted


@dataclass(frozen=True, slots=True)
class Mix:
    """The posts of a month: one part for each pillar of the plan, in its order, and those that the plan does not know."""

    parts: tuple[Part, ...]
    total: int
    others: int  # posts with another pillar or without one

    @property
    def broken(self) -> tuple[Part, ...]:
        """The parts that break the plan."""
        return tuple(one for one in self.parts if one.over or one.under)


def month_mix(pillars: Sequence[Pillar], names: Iterable[str]) -> Mix:
    """The mix of posts with these pillars, "" for a post without one."""
    counted = Counter(names)
    total = counted.total()
    parts = tuple(Part(pillar, counted[pillar.name], total) for pillar in pillars)
    return Mix(parts, total, total - sum(part.count for part in parts))


def posts_by_month(posts: Iterable[Post], first: date = date.min) -> dict[date, list[Post]]:
    """First day of a month → the posts planned for it, from the month of `first` on; in order of the months.

    A post that comes again stands there each time. The post's own wall time counts, and what is taken back everywhere
    counts no more.
    """
    found: dict[date, list[Post]] = {}
    for post in posts:
        for day in _days(post):
            if (day.year, day.month) >= (first.year, first.month):
                found.setdefault(day.replace(day=1), []).append(post)
    return dict(sorted(found.items()))


def posts_of_month(posts: Iterable[Post], month: date) -> tuple[Post, ...]:
    """The posts planned for a day of the month; `month` is any day in it."""
    return tuple(posts_by_month(posts, month).get(month.replace(day=1), ()))


def _days(post: Post) -> tuple[date, ...]:
    taken_back = post.retraction is not None and set(post.channels) <= set(post.retraction.channels)
    if post.publish is None or taken_back:
        return ()
    return post.repeat.days(post.publish) if post.repeat is not None else (post.publish.local().date(),)

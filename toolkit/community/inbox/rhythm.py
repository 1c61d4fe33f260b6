"""About which posts an account is asked in a round: about old ones less often, and so that nothing falls in between.

==========================  ==============================
age of the post             its comments are asked for
==========================  ==============================
up to three days            in every round
up to two weeks             once an hour
up to ``[inbox] days``      once a day
==========================  ==============================

A network gives what is younger than some moment. So each group of posts has its own: whoever asks about several groups
asks from the earliest of their moments, and `OVERLAP` before it, because messages arrive late between servers.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from toolkit.values import dataclass

OVERLAP: Final = timedelta(hours=2)
FIRST: Final = timedelta(days=30)  # how far back an account is asked that was never heard


class Group(StrEnum):
    """Posts by age, named as the cursor's columns."""

    YOUNG = "young"
    MIDDLE = "middle"
    LONG = "long"


# Up to which age a post belongs to the group, and how often it is asked about.
AGES: Final = {Group.YOUNG: timedelta(days=3), Group.MIDDLE: timedelta(days=14)}
EVERY: Final = {Group.YOUNG: timedelta(0), Group.MIDDLE: timedelta(hours=1), Group.LONG: timedelta(days=1)}


@dataclass(frozen=True, slots=True)
class Out:
    """A part of a post that is out."""

    remote_id: str
    uid: str
    published_at: datetime


@dataclass(frozen=True, slots=True)
class Question:
    """What an account is asked: from when on, and about which posts. `groups` are answered by it."""

    since: datetime
    groups: tuple[Group, ...]
    posts: tuple[Out, ...]


def group_of(age: timedelta) -> Group:
    """The group that a post of this age belongs to."""
    return next((group for group, until in AGES.items() if age <= until), Group.LONG)


def ask(posts: Iterable[Out], heard: dict[Group, datetime | None], now: datetime, window: timedelta) -> Question:
    """What to ask now, when each group was `heard` last (None: never); posts older than `window` are left alone."""
    due = tuple(group for group in Group if _is_due(group, heard.get(group), now))
    wanted = [post for post in posts if now - post.published_at <= window]
    asked = tuple(post for post in wanted if group_of(now - post.published_at) in due)
    since = min(_begin(heard.get(group), now) for group in due)
    return Question(since, due, asked)


def _is_due(group: Group, last: datetime | None, now: datetime) -> bool:
    # A moment in the future was written before the clock was set back.
    return last is None or last > now or now - last >= EVERY[group]


def _begin(last: datetime | None, now: datetime) -> datetime:
    return now - FIRST if last is None else min(last, now) - OVERLAP

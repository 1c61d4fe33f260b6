"""What waits in the inbox, for a page that everybody of the house may open: counts, ages and deadlines, and no word of anybody.

Who wrote, and what, stays where it is; whoever answers opens the desk or the terminal.
"""

from __future__ import annotations

from datetime import datetime

from toolkit.values import dataclass


@dataclass(frozen=True, slots=True)
class Queue:
    """The conversations of an account in which somebody waits for us. Moments are aware."""

    channel: str
    count: int
    late: int  # whose promised time is over
    oldest: datetime  # since when the first of them waits
    due: datetime | None  # the next deadline that can still be kept; None without one


@dataclass(frozen=True, slots=True)
class Waits:
    """What waits; `known` without an inbox is False, `unknown` says why it could not be read.

    `drafted` replies wait for a yes, the first of them since `since`. `most` is whether there may be more.
    """

    known: bool = False
    unknown: str = ""
    queues: tuple[Queue, ...] = ()
    drafted: int = 0
    since: datetime | None = None
    most: bool = False

    @property
    def count(self) -> int:
        return sum(one.count for one in self.queues)

    @property
    def late(self) -> int:
        return sum(one.late for one in self.queues)

    @property
    def oldest(self) -> datetime | None:
        return min((one.oldest for one in self.queues), default=None)

    @property
    def due(self) -> datetime | None:
        return min((one.due for one in self.queues if one.due is not None), default=None)

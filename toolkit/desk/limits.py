"""How much at once: buckets that fill again with time. In memory, because there is one process."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field
from math import ceil
from threading import Lock
from typing import Final

from toolkit.values import dataclass

MOST_BUCKETS: Final = 10_000


@dataclass(frozen=True, slots=True)
class Limit:
    """So many at once, and so many a second after that."""

    burst: int
    per_second: float


LOGINS: Final = Limit(10, 1 / 30)  # per address: nobody mistypes a link of 43 letters more often
CHANGES: Final = Limit(40, 1.0)  # per session: a person who works fast through a list
LOOKS: Final = Limit(200, 10.0)  # per session
REFUSALS: Final = Limit(30, 0.5)  # per address: refused attempts that are written down


@dataclass(slots=True)
class Limits:
    """All buckets. `elapsed` counts seconds that only grow."""

    elapsed: Callable[[], float]
    _buckets: dict[tuple[Limit, str], tuple[float, float]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def take(self, limit: Limit, whose: str) -> int:
        """Take one; 0 when there was one, else the seconds to wait."""
        with self._lock:
            now = self.elapsed()
            level, since = self._buckets.get((limit, whose), (float(limit.burst), now))
            level = min(limit.burst, level + (now - since) * limit.per_second)
            wait = 0 if level >= 1 else ceil((1 - level) / limit.per_second)
            if len(self._buckets) >= MOST_BUCKETS and (limit, whose) not in self._buckets:
                self._forget_full(now)
            self._buckets[limit, whose] = (level if wait else level - 1, now)
            return wait

    def _forget_full(self, now: float) -> None:
        """A bucket that has filled again is one that nobody has used; if all are in use, the oldest goes."""
        for key, (level, since) in list(self._buckets.items()):
            if level + (now - since) * key[0].per_second >= key[0].burst:
                del self._buckets[key]
        if len(self._buckets) >= MOST_BUCKETS:
            del self._buckets[min(self._buckets, key=lambda key: self._buckets[key][1])]

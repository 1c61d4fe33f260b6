"""Where the house listens, and when it could not: what was not heard is unknown, and no quiet hour.

Most sources tell later what they could not tell at once; then nothing is missing. While one is down, and where it told
nothing of the time since, that time is a gap, provided that the source brings enough to be missed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Final

from toolkit.community.crisis.curve import Gap, Mention
from toolkit.surprise import Tuning
from toolkit.values import dataclass

SILENT: Final = timedelta(minutes=30)  # between two good answers of a source that is asked every few minutes
WEIGHTY: Final = 0.1  # share of all messages; what brings less is missed in no window


@dataclass(frozen=True, slots=True)
class Source:
    """One account, feed or watched term; `name` is what its mentions carry.

    `since` is when it was asked first, `heard_at` when it last told everything: None where nobody noted it.
    """

    name: str
    label: str
    since: datetime | None = None
    heard_at: datetime | None = None
    gaps: tuple[Gap, ...] = ()
    failure: str = ""
    tells_past: bool = False  # it also tells of the time before it was asked first

    def down(self, now: datetime) -> Gap | None:
        """The time of which nothing is known up to now; None while it answers."""
        if self.heard_at is None or now - self.heard_at <= SILENT:
            return None
        return Gap(self.heard_at, now)


def find_young(sources: Iterable[Source], now: datetime) -> frozenset[str]:
    """The names of those that are too new to say what is usual."""
    new = (one for one in sources if one.since is not None and not one.tells_past)
    return frozenset(one.name for one in new if one.since is not None and now - one.since < Tuning().learning)


def find_gaps(sources: Sequence[Source], mentions: Iterable[Mention], now: datetime) -> tuple[Gap, ...]:
    """The gaps of those sources that would be missed."""
    return tuple(sorted(_gaps(sources, weighty(mentions), now), key=lambda gap: gap.begins))


def weighty(mentions: Iterable[Mention]) -> frozenset[str]:
    """The names of the sources that bring a share worth missing."""
    counted = Counter(one.source for one in mentions)
    return frozenset(name for name, count in counted.items() if count >= WEIGHTY * counted.total())


def _gaps(sources: Iterable[Source], names: frozenset[str], now: datetime) -> Iterator[Gap]:
    for source in sources:
        if source.name in names:
            yield from source.gaps
            down = source.down(now)
            if down is not None:
                yield down

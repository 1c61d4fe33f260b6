"""Wall time: what people write in `publish`, and the instant it means.

`publish` is a wall time plus an IANA zone. The instant is derived, never stored as the truth, so that a change
of the time zone database moves what is still planned. A wall time in the spring gap does not exist; one in the
autumn fold exists twice. Without an offset or a `fold`, both are problems, and both remedies are shown.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from enum import StrEnum
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from toolkit.values import dataclass


class Existence(StrEnum):
    """How often a wall time happens in its zone."""

    ONCE = "once"
    GAP = "gap"
    FOLD = "fold"


@lru_cache(maxsize=512)
def zone(name: str) -> ZoneInfo | None:
    """The zone called `name`, or None if the time zone database has no such zone."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def in_range(moment: datetime) -> bool:
    """Whether every clock on earth can show the moment, and any grace can be added to it."""
    return 1970 < moment.year < 2200


@dataclass(frozen=True, slots=True)
class WallTime:
    """A wall time in a zone; an explicit `offset` or `fold` (0 first, 1 second) settles doubt.

    `zone` must be a name that `toolkit.model.walltime.zone` finds.
    """

    wall: datetime
    zone: str
    fold: int | None = None
    offset: timedelta | None = None

    def instant(self) -> datetime:
        """The moment in UTC. In a gap the clock is moved on by the gap's length (RFC 5545)."""
        if self.offset is not None:
            return self.wall.replace(tzinfo=timezone(self.offset)).astimezone(UTC)
        info = zone(self.zone)
        if info is None:
            raise ValueError(f"unknown time zone {self.zone!r}")
        return _instant(self.wall, info, self.fold or 0)

    def existence(self) -> Existence:
        """Whether the wall time happens once, never or twice; always once with an offset."""
        if self.offset is not None:
            return Existence.ONCE
        info = zone(self.zone)
        early = self.wall.replace(tzinfo=info, fold=0)
        late = self.wall.replace(tzinfo=info, fold=1)
        before, after = early.utcoffset(), late.utcoffset()
        if before == after or before is None or after is None:
            return Existence.ONCE
        return Existence.GAP if before < after else Existence.FOLD

    def local(self) -> datetime:
        """The instant on the zone's own clock."""
        return self.instant().astimezone(zone(self.zone))

    def __str__(self) -> str:
        return f"{self.wall:%Y-%m-%d %H:%M} {self.zone}"


@lru_cache(maxsize=16_384)
def _instant(wall: datetime, info: ZoneInfo, fold: int) -> datetime:
    """Every channel of a post and every page about it ask for the same; a zone that was read anew is another one here."""
    return wall.replace(tzinfo=info, fold=fold).astimezone(UTC)

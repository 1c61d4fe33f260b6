"""Days that were over when an export was made: half a day would be counted as a whole one."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from functools import cached_property
from zoneinfo import ZoneInfo

from toolkit.importers.base import Document
from toolkit.importers.days import say_open
from toolkit.importers.gathering import Gathering
from toolkit.importers.observed import observed_at
from toolkit.values import dataclass


@dataclass
class WholeDays:
    """Which days of a file count, in the workspace's zone."""

    document: Document

    def __post_init__(self) -> None:
        self.left_out: set[date] = set()

    @cached_property
    def _zone(self) -> ZoneInfo:
        return ZoneInfo(self.document.zone)

    @cached_property
    def _exported(self) -> datetime:
        return observed_at(self.document)

    def noon(self, moment: datetime | date) -> datetime | None:
        """The noon, in UTC, that stands for the day of a moment (aware) or for a day; None when that day was not over."""
        day = moment.astimezone(self._zone).date() if isinstance(moment, datetime) else moment
        # An export of the last second of a day has all of it.
        end = datetime.combine(day, time(23, 59, 59), self._zone)
        if end > self._exported:
            self.left_out.add(day)
            return None
        return datetime.combine(day, time(12), self._zone).astimezone(UTC)

    def day(self, noon: datetime) -> date:
        """The day that a noon stands for; in UTC it can be the evening before."""
        return noon.astimezone(self._zone).date()

    def say_left_out(self, gathering: Gathering) -> None:
        """Say how many days were left out."""
        say_open(gathering, len(self.left_out))

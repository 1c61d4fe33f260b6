"""Which service hours and which promise count for a message: those of its account, of its network, of everybody."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import field
from datetime import date, datetime
from functools import partial
from zoneinfo import ZoneInfo

from toolkit.community.hours.timetable import ALWAYS, LAST_YEAR, Timetable
from toolkit.model import MessageKind
from toolkit.planning import special_days
from toolkit.settings import Account, Hours, Settings
from toolkit.values import dataclass
from toolkit.workspace import DayKind, Handbook, Occasion, ServiceHours, ServiceLevel


@dataclass(frozen=True, slots=True)
class Promise:
    """Until when somebody is to answer: so much time, and the clock it runs on."""

    level: ServiceLevel
    timetable: Timetable

    def due(self, since: datetime) -> datetime | None:
        """When the time is over for who waits since then; None when nobody ever answers."""
        return self.timetable.deadline(since, self.level.first_response)

    def used(self, since: datetime, now: datetime) -> float:
        """How much of the time is used up; 1 is all of it."""
        return self.timetable.business_time(since, now) / self.level.first_response


@dataclass(slots=True)
class ServiceTimes:
    """The service hours of a workspace. Without any it is always open, and nothing is promised."""

    settings: Settings
    blocks: Sequence[ServiceHours] = ()
    occasions: Sequence[Occasion] = ()
    _timetables: dict[str, Timetable] = field(default_factory=dict)
    _holidays: dict[int, frozenset[date]] = field(default_factory=dict)

    def timetable(self, channel: str = "") -> Timetable:
        """When somebody answers on an account; without one, in general."""
        known = self._timetables.get(channel)
        if known is None:
            known = self._timetables[channel] = self._make(channel)
        return known

    def promise(self, channel: str, kind: MessageKind, labels: Collection[str] = (), risk: int = 0) -> Promise | None:
        """The first level that fits, those of the account's own block before everybody's; None when none does."""
        names = self._names(channel)
        for block in self._of(channel):
            for level in block.levels:
                if _fits(level, names, kind, labels, risk):
                    return self.promised(channel, level)
        return None

    def promised(self, channel: str, level: ServiceLevel) -> Promise:
        """The level on the clock of an account, or on one that never stops."""
        return Promise(level, ALWAYS if level.always else self.timetable(channel))

    def _names(self, channel: str) -> tuple[str, ...]:
        account = self.settings.accounts.get(channel)
        return (channel, account.network) if isinstance(account, Account) else (channel,)

    def _of(self, channel: str) -> list[ServiceHours]:
        """The blocks that count, the most special first."""
        named = [block for name in self._names(channel) for block in self.blocks if name in block.channels]
        return [*named, *(block for block in self.blocks if not block.channels)]

    def _make(self, channel: str) -> Timetable:
        blocks = self._of(channel)
        hours = next((block.hours for block in blocks if block.hours is not None), None)
        if hours is None:
            return ALWAYS
        opened = {day: spans for block in reversed(blocks) for day, spans in (block.opened or {}).items()}
        zone = ZoneInfo(next(filter(None, (block.timezone for block in blocks)), self.settings.timezone))
        closed = [span for block in blocks for span in block.closed]
        works = next((block.holidays for block in blocks if block.holidays is not None), False)
        until = LAST_YEAR if hours else max((day.year + 1 for day in opened), default=0)
        day_off = partial(_day_off, closed=closed, holidays=_never if works else self._is_holiday)
        return Timetable(zone, partial(_hours_of, hours=hours, opened=opened, day_off=day_off), until)

    def _is_holiday(self, day: date) -> bool:
        known = self._holidays.get(day.year)
        if known is None:
            specials = special_days(self.settings.region, (day.year,), occasions=self.occasions)
            public = (day for day, found in specials.items() if any(one.kind is DayKind.PUBLIC for one in found))
            known = self._holidays[day.year] = frozenset(public)
        return day in known


def read_times(settings: Settings, handbook: Handbook, occasions: Iterable[Occasion] = ()) -> ServiceTimes:
    """The service hours that the handbook says."""
    return ServiceTimes(settings, handbook.hours, tuple(occasions))


def _fits(level: ServiceLevel, names: Iterable[str], kind: MessageKind, labels: Collection[str], risk: int) -> bool:
    return (
        (not level.kinds or kind in level.kinds)
        and (not level.channels or not level.channels.isdisjoint(names))
        and (not level.labels or not level.labels.isdisjoint(labels))
        and risk >= level.risk
    )


def _hours_of(
    day: date, *, hours: Sequence[Hours], opened: Mapping[date, Sequence[Hours]], day_off: Callable[[date], bool]
) -> Sequence[Hours]:
    """The spans that begin on a day: its own, none when it is off, else the week's."""
    if day in opened:
        return opened[day]
    return () if day_off(day) else hours


def _day_off(day: date, *, closed: Iterable[tuple[date, date]], holidays: Callable[[date], bool]) -> bool:
    return any(first <= day <= last for first, last in closed) or holidays(day)


def _never(_day: date) -> bool:
    return False

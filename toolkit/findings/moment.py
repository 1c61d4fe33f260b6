"""A time that notes what was concluded from it, so that one knows until when the conclusions hold.

Rules compare the present with other times: is it due, is it over, which day is it? Each comparison has the same answer
until the present passes the other time. A `Moment` is a `datetime` that notes these borders; whoever asks it for
anything else (the hour, a timestamp, its text) concludes something that holds for this very moment only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any, Final

from toolkit.values import dataclass

_NONE: Final = timedelta()
_TICK: Final = timedelta.resolution
_FIRST: Final = datetime.min.replace(tzinfo=UTC)
_LAST: Final = datetime.max.replace(tzinfo=UTC)


@dataclass(slots=True)
class Period:
    """From `since` to before `until`, both aware, in UTC."""

    since: datetime
    until: datetime

    def contains(self, now: datetime) -> bool:
        """Whether `now` (aware) lies in it."""
        return self.since <= now < self.until

    @classmethod
    def always(cls) -> Period:
        """One that is not yet narrowed by anything."""
        return cls(_FIRST, _LAST)

    def part(self, now: datetime, border: datetime) -> None:
        """Keep the side of `border` on which `now` lies; the border itself belongs to what follows it."""
        if now < border:
            self.until = min(self.until, border)
        else:
            self.since = max(self.since, border)

    def narrow(self, other: Period) -> None:
        """Keep what lies in `other` as well."""
        self.since, self.until = max(self.since, other.since), min(self.until, other.until)


class Moment(datetime):
    """The present, which notes in `period` for how long what was concluded from it holds."""

    period: Period
    _plain: datetime
    _now: datetime
    _shift: timedelta

    @classmethod
    def watch(cls, now: datetime) -> Moment:
        """`now` (aware), with a period that is not yet narrowed by anything."""
        now = now.astimezone(UTC)
        return cls._make(now, now, _NONE, Period.always())

    @contextmanager
    def apart(self) -> Iterator[Callable[[], Period | None]]:
        """What gives the period in which that alone holds which was concluded since it was last asked, None for always.

        It is noted with all else, too. It must not rest on what was concluded from the present before: nobody would
        note that again.
        """
        period = self.period
        whole = Period(period.since, period.until)
        period.since, period.until = _FIRST, _LAST

        def take() -> Period | None:
            if period.since is _FIRST and period.until is _LAST:
                return None
            own = Period(period.since, period.until)
            whole.narrow(own)
            period.since, period.until = _FIRST, _LAST
            return own

        try:
            yield take
        finally:
            period.narrow(whole)

    def holds(self, known: Period) -> bool:
        """Whether what was concluded in the period `known` holds now; if so, that is noted."""
        holds = known.contains(self._now)
        if holds:
            self.period.narrow(known)
        return holds

    @classmethod
    def _make(cls, plain: datetime, now: datetime, shift: timedelta, period: Period) -> Moment:
        made = cls(
            *(plain.year, plain.month, plain.day, plain.hour, plain.minute, plain.second, plain.microsecond),
            tzinfo=plain.tzinfo,
            fold=plain.fold,
        )
        made._plain, made._now, made._shift, made.period = plain, now, shift, period
        return made

    def _exact(self) -> datetime:
        """Itself without notes, after the note that what follows holds for this very moment."""
        self.period.part(self._now, self._now)
        self.period.part(self._now, self._now + _TICK)
        return self._plain

    def _part(self, other: object, *ticks: timedelta) -> datetime:
        """Itself without notes, after the note that it was compared with `other`."""
        if isinstance(other, Moment) and other.period is self.period:
            return self._plain  # both move together
        if not isinstance(other, datetime) or (other.tzinfo is None) != (self.tzinfo is None):
            return self._plain  # never equal, and no earlier or later either
        try:
            border = _utc(other) - self._shift
            for tick in ticks:
                self.period.part(self._now, border + tick if tick else border)
        except OverflowError:
            return self._exact()
        return self._plain

    def __lt__(self, other: date) -> bool:
        return self._part(other, _NONE).__lt__(_plain(other))

    def __ge__(self, other: date) -> bool:
        return self._part(other, _NONE).__ge__(_plain(other))

    def __le__(self, other: date) -> bool:
        return self._part(other, _TICK).__le__(_plain(other))

    def __gt__(self, other: date) -> bool:
        return self._part(other, _TICK).__gt__(_plain(other))

    def __eq__(self, other: object) -> bool:
        return self._part(other, _NONE, _TICK).__eq__(_plain(other))

    def __ne__(self, other: object) -> bool:
        return self._part(other, _NONE, _TICK).__ne__(_plain(other))

    def __hash__(self) -> int:
        return hash(self._exact())

    def __add__(self, other: timedelta) -> datetime:  # type: ignore[override]  # ours gives one of ours
        if self.tzinfo not in (UTC, None) or not isinstance(other, timedelta):
            return self._exact() + other  # on a local clock an hour later may be two hours later
        return self._make(self._plain + other, self._now, self._shift + other, self.period)

    __radd__ = __add__  # type: ignore[assignment]  # as above

    def __sub__(self, other: Any) -> Any:
        if isinstance(other, timedelta):
            return self + -other
        return self._exact() - _plain(other)

    def __rsub__(self, other: datetime) -> timedelta:
        return other - self._exact()

    def replace(self, *parts: Any, **named: Any) -> datetime:  # type: ignore[override]  # ours or a plain one
        """Without its zone it is UTC's own wall time, and is compared with others of that kind."""
        if not parts and named == {"tzinfo": None} and self.tzinfo is UTC:
            return self._make(self._plain.replace(tzinfo=None), self._now, self._shift, self.period)
        return self._exact().replace(*parts, **named)

    def astimezone(self, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]  # ours or a plain one
        if self.tzinfo is None:
            return self._exact().astimezone(tz)  # takes it for the machine's own wall time
        return self._make(self._plain.astimezone(tz), self._now, self._shift, self.period)

    def date(self) -> date:
        """The day, which holds from midnight to midnight of the zone."""
        day, zone = self._plain.date(), self._plain.tzinfo
        try:
            start, end = (datetime.combine(day + timedelta(days), time(), zone) for days in (0, 1))
        except OverflowError:
            return self._exact().date()
        if not start.utcoffset() == self._plain.utcoffset() == end.utcoffset():
            return self._exact().date()  # the clock changes on this day: not worth the trouble
        for border in (start, end):
            self.period.part(self._now, _utc(border) - self._shift)
        return day

    def __reduce_ex__(self, protocol: Any) -> Any:
        return self._exact().__reduce_ex__(protocol)


def _plain(value: Any) -> Any:
    return value._plain if isinstance(value, Moment) else value  # noqa: SLF001  # its own class


def _utc(value: datetime) -> datetime:
    if value.tzinfo is UTC:
        return value
    return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def _method(name: str) -> Callable[..., object]:
    def ask(self: Moment, *args: object, **named: object) -> object:
        return getattr(self._exact(), name)(*args, **named)

    return ask


def _reader(name: str) -> Callable[[Moment], object]:
    def read(self: Moment) -> object:
        return getattr(self._exact(), name)

    return read


# Whatever else says something about the present.
for _name in (
    *("time", "timetz", "timestamp", "timetuple", "utctimetuple", "toordinal", "isoformat", "strftime", "ctime"),
    *("weekday", "isoweekday", "isocalendar", "utcoffset", "dst", "tzname"),
    *("__format__", "__str__", "__repr__", "__reduce__"),
):
    setattr(Moment, _name, _method(_name))
for _name in ("year", "month", "day", "hour", "minute", "second", "microsecond", "fold"):
    setattr(Moment, _name, property(_reader(_name)))

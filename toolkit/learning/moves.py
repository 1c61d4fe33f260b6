"""Posting slots of one channel that could stand in another part of the day, at the house's own time and clear of all else.

A move is of one channel, some days of the week and one clock. Where it would lead is looked at on the weeks to come before
anybody is asked: a slot never moves into quiet hours, out of the account's window, to where nobody is on duty, or too near
to another slot. If the usual time is not free, the nearest half hour of that part of the day is taken, and said why.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import field
from datetime import date, datetime, time, timedelta
from statistics import median_low
from typing import Final
from zoneinfo import ZoneInfo

from toolkit.dates import weekday_shorts
from toolkit.kpis.dayparts import DAY_PARTS, part_of_day
from toolkit.learning.times.cells import WEEK, WEEKEND
from toolkit.messages import _
from toolkit.planning import Duty, PostingSlot, Timetable, duty_of, is_open
from toolkit.settings import Account
from toolkit.values import dataclass
from toolkit.workspace import Workspace
from toolkit.workspace.postingtimes import PostingTime

_DAYS: Final = {WEEK: frozenset(range(5)), WEEKEND: frozenset({5, 6})}
_AHEAD: Final = timedelta(weeks=8)
_HALF: Final = 30  # minutes
_NAMES: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WRITTEN: Final = re.compile(
    r"(?P<channel>.+): (?:(?P<nth>-?[1-5])?(?P<days>[a-z,]+) )(?P<clock>\d\d:\d\d) -> (?P<to>\d\d:\d\d)", re.ASCII
)


@dataclass(frozen=True, slots=True)
class Move:
    """What a channel's slots on some days at one clock would change to."""

    channel: str
    slot: PostingTime
    to: time

    @property
    def written(self) -> str:
        """How a decision keeps it: ``mastodon: mon,fri 12:00 -> 08:00``."""
        return f"{self.channel}: {write_time(self.slot)} -> {self.to:%H:%M}"

    @property
    def back(self) -> Move:
        """The move that undoes it."""
        return Move(self.channel, PostingTime(self.slot.days, self.to, self.slot.nth), self.slot.clock)


@dataclass(frozen=True, slots=True)
class Offer:
    """The slots of a channel in one part of the day, on weekdays or weekends, as they could stand in another one.

    `notes` says what stood in the way of the usual time, and which slots must stay.
    """

    account: Account
    days: str
    source: str
    target: str
    moves: tuple[Move, ...]
    notes: tuple[str, ...]


def read_move(said: str) -> Move | None:
    """What `Move.written` wrote; None for anything else.

    >>> move = read_move("mastodon: 2mon,fri 12:00 -> 08:00")
    >>> move.written, move.back.written
    ('mastodon: 2mon,fri 12:00 -> 08:00', 'mastodon: 2mon,fri 08:00 -> 12:00')
    """
    match = _WRITTEN.fullmatch(said)
    if match is None or not set(match["days"].split(",")) <= set(_NAMES):
        return None
    days = frozenset(map(_NAMES.index, match["days"].split(",")))
    clock, to = (time.fromisoformat(match[name]) for name in ("clock", "to"))
    return Move(match["channel"], PostingTime(days, clock, int(match["nth"] or 0)), to)


def write_time(one: PostingTime) -> str:
    """A posting time as a ``slots`` block has it.

    >>> write_time(PostingTime(frozenset({4, 0}), time(8), -1))
    '-1mon,fri 08:00'
    """
    return f"{one.nth or ''}{','.join(_NAMES[day] for day in sorted(one.days))} {one.clock:%H:%M}"


def say_time(one: PostingTime) -> str:
    """The same for people."""
    nth = "" if not one.nth else f"{one.nth}. "
    return f"{nth}{', '.join(weekday_shorts()[day] for day in sorted(one.days))} {one.clock:%H:%M}"


def find_offers(workspace: Workspace, account: Account, posts: Sequence[datetime], now: datetime) -> Iterator[Offer]:
    """Every move that a channel's slots could make inside their half of the week; `posts` are on the account's clock.

    Slots on a clock of their own, and those that do not come up in the weeks ahead, stay out of it.
    """
    table = _Table(workspace, account, now)
    for days, numbers in _DAYS.items():
        for source in DAY_PARTS:
            times = table.times(numbers, source)
            for target in DAY_PARTS if times else ():
                if target != source:
                    offer = table.offer((days, source, target), times, _usual_clock(posts, numbers, target))
                    if offer.moves:
                        yield offer


def _usual_clock(posts: Sequence[datetime], days: frozenset[int], part: str) -> time:
    """The middle time of the channel's posts in that part, to half an hour; the middle of the part without posts."""
    start, end = DAY_PARTS[part]
    found = sorted(
        at.hour * 60 + at.minute for at in posts if at.weekday() in days and part_of_day(at.hour) == part
    ) or [(start + end) * 30]
    hour, minute = divmod(median_low(found) // _HALF * _HALF, 60)
    return time(hour, minute)


@dataclass(slots=True)
class _Table:
    """An account's slots of the weeks to come."""

    workspace: Workspace
    account: Account
    now: datetime
    zone: ZoneInfo = field(init=False)
    duty: Duty = field(init=False)
    slots: list[PostingSlot] = field(init=False)

    def __post_init__(self) -> None:
        timetable = Timetable(self.workspace)
        self.zone, self.duty = timetable.zone(self.account), duty_of(self.workspace, timetable)
        self.slots = list(timetable.slots(self.account, self.now, self.now + _AHEAD))

    def times(self, days: frozenset[int], part: str) -> list[PostingTime]:
        """The slots' times that come up on these days in this part of the day, each with the days that it has of them."""
        found: dict[PostingTime, None] = {}
        for slot in self.slots:
            for one in slot.block.times if slot.block is not None and not slot.block.timezone else ():
                wall = slot.wall.wall
                if wall.weekday() in days and part_of_day(wall.hour) == part and _comes(one, wall):
                    found[PostingTime(one.days & days, one.clock, one.nth)] = None
        return sorted(found, key=write_time)

    def offer(self, cell: tuple[str, str, str], times: Sequence[PostingTime], usual: time) -> Offer:
        days, source, target = cell
        moves, notes, taken = list[Move](), list[str](), list[datetime]()
        for one in times:
            own = [slot.wall.wall for slot in self.slots if _comes(one, slot.wall.wall)]
            others = [slot.wall.wall for slot in self.slots if slot.wall.wall not in own] + taken
            against = {to: self._against(own, to, others) for to in _near(target, usual)}
            to = next((to for to, why in against.items() if not why), None)
            what = say_time(one)
            if to is None:
                notes.append(_("{slot} stays: {reason}").format(slot=what, reason=against[usual]))
                continue
            if to != usual:
                said = _("{slot}: not at {usual}, because {reason}; so at {clock}")
                notes.append(said.format(slot=what, usual=f"{usual:%H:%M}", reason=against[usual], clock=f"{to:%H:%M}"))
            moves.append(Move(self.account.name, one, to))
            taken += [at.replace(hour=to.hour, minute=to.minute) for at in own]
        return Offer(self.account, days, source, target, tuple(moves), tuple(notes))

    def _against(self, own: Sequence[datetime], to: time, others: Sequence[datetime]) -> str:
        """What speaks against the slots `own` standing at another clock; "" for nothing. All on the account's clock."""
        for at in own:
            moved = at.replace(hour=to.hour, minute=to.minute)
            near = next((one for one in others if abs(one - moved) < self._distance), None)
            if near is not None:
                return _("{slot} is a slot already").format(slot=f"{weekday_shorts()[near.weekday()]} {near:%H:%M}")
            if not is_open(moved.replace(tzinfo=self.zone), self.account, self.workspace.settings):
                return _("the account does not post then")
            reason = self._unanswered(moved)
            if reason and not self._unanswered(at):  # who is not there at the old time either is no argument
                return reason
        return ""

    def _unanswered(self, wall: datetime) -> str:
        """Why nobody answers what goes out then; "" when somebody does."""
        return self.duty.cover(wall.replace(tzinfo=self.zone), self.account).reason

    @property
    def _distance(self) -> timedelta:
        """Slots closer than an hour are one slot to whoever plans; the house may want more."""
        return timedelta(minutes=max(60, self.workspace.settings.policy.distance))


def _comes(one: PostingTime, wall: datetime) -> bool:
    return one.clock == wall.time() and one.holds(date(wall.year, wall.month, wall.day))


def _near(part: str, usual: time) -> list[time]:
    """The half hours of a part of the day, the nearest to `usual` first."""
    start, end = DAY_PARTS[part]
    clocks = [time(*divmod(minute, 60)) for minute in range(start * 60, end * 60, _HALF)]
    return sorted(clocks, key=lambda clock: (abs(_minutes(clock) - _minutes(usual)), clock))


def _minutes(clock: time) -> int:
    return clock.hour * 60 + clock.minute

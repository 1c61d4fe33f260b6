"""What could fill the gaps of the plan: a draft or an idea for each free slot, and why this one.

Slots come first around which it is silent for as long as the account's rhythm or longer, the earliest before the others.
A slot is never given twice, nothing that is planned moves, and nobody is suggested to talk when nobody is there to answer.
The same files and the same moment give the same answer.
"""

from __future__ import annotations

import sys
from bisect import bisect_left, bisect_right, insort
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace
from datetime import date, datetime, time, timedelta
from heapq import heapify, heappop, heappush
from typing import Final
from zoneinfo import ZoneInfo

from toolkit.editorial import Idea
from toolkit.messages import _
from toolkit.planning.calendars import Calendars
from toolkit.planning.candidates import Candidate, candidates
from toolkit.planning.duty import Duty, duty_of
from toolkit.planning.following import follow
from toolkit.planning.free import LOOK_BACK, free_slots, taken_slots
from toolkit.planning.pool import Pool
from toolkit.planning.slots import Slot, slots
from toolkit.planning.timetable import PostingSlot, Timetable
from toolkit.planning.waiting import lead_of
from toolkit.planning.weighing import Ground, Reason, Scale, Weighed, say_silence
from toolkit.settings import Account
from toolkit.strategy import Strategy
from toolkit.values import dataclass
from toolkit.workspace import Workspace

# A post goes to its other channels on a slot of theirs that lies no further from the first.
NEAR: Final = timedelta(days=3)
# What is worth a word.
SILENCE: Final = timedelta(days=2)
_WEEK: Final = timedelta(weeks=1)
_LAST: Final = chr(sys.maxunicode)  # behind every pillar's name


@dataclass(frozen=True, slots=True)
class Span:
    """The days to fill, both included, and the channels; none are all."""

    first: date
    last: date
    channels: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A candidate with a slot for each of its channels, the one it was chosen for first."""

    candidate: Candidate
    places: tuple[PostingSlot, ...]
    reasons: tuple[Reason, ...]
    without: tuple[str, ...] = ()  # channels that have no free slot near


@dataclass(frozen=True, slots=True)
class Unused:
    """A free slot that stays free, and why."""

    slot: PostingSlot
    why: str
    wanted: bool = True  # whether a post is missing there; not so where the strategy wants no more of them


@dataclass(frozen=True, slots=True)
class Suggested:
    """The whole answer, each in order of time. Every slot of `free` is in a suggestion's places or in `unused`."""

    suggestions: tuple[Suggestion, ...] = ()
    unused: tuple[Unused, ...] = ()
    free: tuple[PostingSlot, ...] = ()  # of the span and its channels, as the calendar counts them

    def first(self, limit: int) -> Suggested:
        """At most so many suggestions; the slots of the others stay free."""
        free = {(slot.account.name, slot.at) for slot in self.free}
        why = _("there is a suggestion for it; ask for more than {limit}").format(limit=limit)
        left = [
            place for one in self.suggestions[limit:] for place in one.places if (place.account.name, place.at) in free
        ]
        unused = sorted(
            (*self.unused, *(Unused(slot, why) for slot in left)), key=lambda one: (one.slot.at, one.slot.account.name)
        )
        return replace(self, suggestions=self.suggestions[:limit], unused=tuple(unused))


def suggest(workspace: Workspace, strategy: Strategy, ideas: Sequence[Idea], span: Span, now: datetime) -> Suggested:
    """What could go out in the span, at the earliest some time after `now` (aware)."""
    everything = slots(workspace, now - LOOK_BACK)
    taken = taken_slots(workspace, now, everything)  # who waits in the queue goes before
    timetable = Timetable(workspace)
    board = _Board(
        workspace, strategy, timetable, taken, duty_of(workspace, timetable), Scale(workspace, strategy), span, now
    )
    board.note_pillars(everything)
    today = now.astimezone(ZoneInfo(workspace.settings.timezone)).date()
    return board.fill(Pool(candidates(workspace, ideas, today)))


@dataclass(slots=True)
class _Board:
    workspace: Workspace
    strategy: Strategy
    timetable: Timetable
    taken: Calendars
    duty: Duty
    scale: Scale
    span: Span
    now: datetime
    given: set[tuple[str, datetime]] = field(default_factory=set)  # account and moment
    pillars: defaultdict[str, list[tuple[datetime, str]]] = field(default_factory=lambda: defaultdict(list))

    def note_pillars(self, planned: Sequence[Slot]) -> None:
        """Remember what each account talks about when."""
        for slot in planned:
            if slot.due is not None:
                self.pillars[slot.account.name].append((slot.due, slot.post.pillar))
        for moments in self.pillars.values():
            moments.sort()

    def fill(self, pool: Pool) -> Suggested:
        """Give the free slots away, one after the other."""
        days = (self.span.first, self.span.last)
        free = tuple(free_slots(self.timetable, self.taken, days, self.now, self.span.channels))
        covers = [(slot, self.duty.cover(slot.at, slot.account)) for slot in free]
        unused = [Unused(slot, cover.reason) for slot, cover in covers if cover.missing]
        manned = [slot for slot, cover in covers if not cover.missing]
        found = list(self._on_their_days(pool, manned))
        for slot in self._by_urgency(manned):
            why = self._why_not(slot)
            if why:
                unused.append(Unused(slot, why, wanted=False))
                continue
            best, weighed, why = self._choose(slot, pool)
            if best is None:
                unused.append(Unused(slot, why))
            else:
                pool.take(best)
                found.append(self._place(best, slot, weighed))
        # A slot that was left because of one suggestion may have been given to the channel of a later one.
        unused = [one for one in unused if (one.slot.account.name, one.slot.at) not in self.given]
        found = [replace(one, reasons=(*one.reasons, *self._circumstances(one.places[0]))) for one in found]
        return Suggested(
            tuple(sorted(found, key=lambda one: (one.places[0].at, one.candidate.key))),
            tuple(sorted(unused, key=lambda one: (one.slot.at, one.slot.account.name))),
            tuple(sorted(free, key=lambda one: (one.at, one.account.name))),
        )

    def _on_their_days(self, pool: Pool, free: Sequence[PostingSlot]) -> Iterator[Suggestion]:
        """What is made for a day does not wait for the longest silence."""
        by_day: defaultdict[tuple[str, date], list[PostingSlot]] = defaultdict(list)
        for slot in free:
            by_day[slot.account.name, slot.day].append(slot)
        for candidate in pool.occasions():
            best = self._best_day(candidate, by_day)
            if best is not None:
                pool.take(candidate)
                yield self._place(candidate, best, self.scale.weigh(candidate, best, frozenset()))

    def _best_day(
        self, candidate: Candidate, free: Mapping[tuple[str, date], Sequence[PostingSlot]]
    ) -> PostingSlot | None:
        """The free slot nearest to the day that a candidate is made for."""
        day, first, last = candidate.day, candidate.first, candidate.last
        if day is None or first is None or last is None:
            return None
        days = [first + timedelta(days=step) for step in range((last - first).days + 1)]
        fitting = [
            slot
            for name in candidate.channels
            for one in days
            for slot in free.get((name, one), ())
            if not self._why_not(slot)
            and self.taken.has_room(slot.account.name, slot.at, candidate.campaign)
            and not self.scale.weigh(candidate, slot, frozenset()).refused
        ]
        return min(fitting, key=lambda slot: (abs(slot.day - day), slot.at, slot.account.name), default=None)

    def _by_urgency(self, free: Sequence[PostingSlot]) -> Iterator[PostingSlot]:
        """The most urgent slot that nobody has, and so on. What is given away meanwhile makes others less urgent, never more."""
        heap = [(self._urgency(slot), place) for place, slot in enumerate(free)]
        heapify(heap)
        while heap:
            urgency, place = heappop(heap)
            slot, now = free[place], self._urgency(free[place])
            if (slot.account.name, slot.at) in self.given:
                continue
            if now == urgency:
                yield slot
            else:
                heappush(heap, (now, place))

    def _urgency(self, slot: PostingSlot) -> tuple[timedelta, datetime, str]:
        """The longest silence first, up to the account's rhythm, then the earliest, then by the account's name; lowest first."""
        silence, rhythm = self.taken.silence(slot.account.name, slot.at), self._rhythm(slot.account.name)
        return (-rhythm if silence is None else -min(silence, rhythm), slot.at, slot.account.name)

    def _rhythm(self, account: str) -> timedelta:
        """How far apart its posts are meant to lie; what is silent for longer is no more urgent."""
        purpose = self.strategy.purpose(account)
        return _WEEK / purpose.weekly if purpose is not None and purpose.weekly else _WEEK

    def _why_not(self, slot: PostingSlot) -> str:
        """Why nobody misses a post there: something has come too close meanwhile, or the strategy wants no more that week."""
        if not self.taken.has_room(slot.account.name, slot.at):
            return _("too close to another suggestion")
        return _("the strategy wants no more posts that week") if self._is_enough(slot) else ""

    def _is_enough(self, slot: PostingSlot) -> bool:
        purpose = self.strategy.purpose(slot.account.name)
        if purpose is None or purpose.weekly is None:
            return False
        if purpose.weekly == 0:
            return True
        weeks = max(1, round(1 / purpose.weekly))  # a post every other week is one in two weeks, wherever these begin
        most = max(1, round(purpose.weekly * weeks))
        monday = datetime.combine(
            slot.day - timedelta(days=slot.day.weekday()), time.min, self.timetable.zone(slot.account)
        )
        starts = (monday - back * _WEEK for back in range(weeks))
        return any(self.taken.count(slot.account.name, start, start + weeks * _WEEK) >= most for start in starts)

    def _choose(self, slot: PostingSlot, pool: Pool) -> tuple[Candidate | None, Weighed, str]:
        """The best candidate for the slot, the older one of two that are as good; or why there is none."""
        best: tuple[float, int] | None = None
        chosen, weighed, refusals = None, Weighed(), Counter[str]()
        around = self._neighbours(slot)
        for alike in pool.of_channel(slot.account.name):
            candidate = alike.oldest
            if not self.taken.has_room(slot.account.name, slot.at, candidate.campaign):
                refusals[_("too close to another post of its campaign")] += alike.count
                continue
            found = self.scale.weigh(candidate, slot, around)
            if found.refused:
                refusals[found.refused] += alike.count
            elif best is None or (found.weight, -alike.place) > best:
                best, chosen, weighed = (found.weight, -alike.place), candidate, found
        usual = _("no draft and no idea for this channel is left")
        # Of two reasons that are as frequent always the same one.
        return chosen, weighed, min(refusals, key=lambda why: (-refusals[why], why), default=usual)

    def _neighbours(self, slot: PostingSlot) -> frozenset[str]:
        """What the account talks about right before and after."""
        moments = self.pillars[slot.account.name]
        before, after = bisect_left(moments, (slot.at, "")) - 1, bisect_right(moments, (slot.at, _LAST))
        return frozenset(moments[at][1] for at in (before, after) if 0 <= at < len(moments))

    def _place(self, candidate: Candidate, slot: PostingSlot, weighed: Weighed) -> Suggestion:
        places = [slot]
        self._take(candidate, slot)
        for name in candidate.channels:
            account = self.workspace.settings.accounts.get(name)
            if account is not None and name != slot.account.name:
                near = self._near(candidate, account, slot)
                if near is not None:
                    places.append(near)
                    self._take(candidate, near)
        self.scale.note(candidate, slot.day)
        without = tuple(name for name in candidate.channels if name not in {place.account.name for place in places})
        return Suggestion(candidate, tuple(places), weighed.reasons, without)

    def _near(self, candidate: Candidate, account: Account, slot: PostingSlot) -> PostingSlot | None:
        """The free slot of another channel that lies nearest; an account without any goes along with the first."""
        if not self.timetable.keeps(account):
            return follow(slot.at, account, self.timetable, self.taken, candidate.campaign)
        after = max(slot.at - NEAR, self.now + lead_of(account, self.workspace.settings))
        found = [
            one
            for one in self.timetable.slots(account, after, slot.at + NEAR)
            if self.span.first <= one.day <= self.span.last
            and self.taken.has_room(account.name, one.at, candidate.campaign)
            and not self.duty.cover(one.at, account).missing
            and not self.scale.weigh(candidate, one, frozenset()).refused
        ]
        return min(found, key=lambda one: (abs(one.at - slot.at), one.at), default=None)

    def _take(self, candidate: Candidate, slot: PostingSlot) -> None:
        self.taken.take(slot.account.name, slot.at, candidate.campaign)
        self.given.add((slot.account.name, slot.at))
        insort(self.pillars[slot.account.name], (slot.at, candidate.pillar))

    def _circumstances(self, slot: PostingSlot) -> Iterator[Reason]:
        """What speaks for the slot and not for the candidate."""
        account = slot.account
        last = self.taken.last_before(account.name, slot.at)
        if last is None or slot.at - last >= SILENCE:
            yield say_silence(account.title or account.name, last and last.astimezone(self.timetable.zone(account)))
        person = self.workspace.settings.people.get(self.duty.cover(slot.at, slot.account).person)
        if person is not None:
            yield Reason(Ground.DUTY, _("{name} is there to answer").format(name=person.name))

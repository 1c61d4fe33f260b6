"""What could fill the gaps of the plan: a draft or an idea for each free slot, and why this one.

Slots come first around which it is silent for as long as the account's rhythm or longer, the earliest before the others.
A slot is never given twice, nothing that is planned moves, and nobody is suggested to talk when nobody is there to answer.
The same files and the same moment give the same answer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from toolkit.editorial import Idea
from toolkit.messages import _
from toolkit.planning.calendars import Calendars
from toolkit.planning.candidates import Candidate, candidates
from toolkit.planning.duty import Duty, duty_of
from toolkit.planning.following import follow
from toolkit.planning.free import LOOK_BACK, free_slots, taken_slots
from toolkit.planning.slots import Slot, slots
from toolkit.planning.timetable import PostingSlot, Timetable
from toolkit.planning.waiting import lead_of
from toolkit.planning.weighing import Ground, Reason, Scale, Weighed, say_silence
from toolkit.settings import Account
from toolkit.strategy import Strategy
from toolkit.workspace import Workspace

# A post goes to its other channels on a slot of theirs that lies no further from the first.
NEAR: Final = timedelta(days=3)
# What is worth a word.
SILENCE: Final = timedelta(days=2)
_WEEK: Final = timedelta(weeks=1)


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


@dataclass(frozen=True, slots=True)
class Suggested:
    """The whole answer, each in order of time."""

    suggestions: tuple[Suggestion, ...] = ()
    unused: tuple[Unused, ...] = ()


def suggest(workspace: Workspace, strategy: Strategy, ideas: Sequence[Idea], span: Span, now: datetime) -> Suggested:
    """What could go out in the span, at the earliest some time after `now` (aware)."""
    everything = slots(workspace, now - LOOK_BACK)
    taken = taken_slots(workspace, now, everything)  # who waits in the queue goes before
    timetable = Timetable(workspace)
    board = _Board(
        workspace, strategy, timetable, taken, duty_of(workspace, timetable), Scale(workspace, strategy), span, now
    )
    board.note_pillars(everything)
    return board.fill(list(candidates(workspace, ideas, now.astimezone(ZoneInfo(workspace.settings.timezone)).date())))


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
    pillars: dict[str, dict[datetime, str]] = field(default_factory=dict)  # account → moment → pillar

    def note_pillars(self, planned: Sequence[Slot]) -> None:
        """Remember what each account talks about when."""
        for slot in planned:
            if slot.due is not None:
                self.pillars.setdefault(slot.account.name, {})[slot.due] = slot.post.pillar

    def fill(self, pool: list[Candidate]) -> Suggested:
        """Give the free slots away, one after the other."""
        unused: list[Unused] = []
        free = list(self._free(unused))
        found = list(self._on_their_days(pool, free))
        while free:
            slot = max(free, key=self._urgency)
            free.remove(slot)
            if not self._is_open(slot):
                continue
            best, weighed = self._choose(slot, pool, unused)
            if best is not None:
                pool.remove(best)
                found.append(self._place(best, slot, weighed))
        found = [replace(one, reasons=(*one.reasons, *self._circumstances(one.places[0]))) for one in found]
        return Suggested(
            tuple(sorted(found, key=lambda one: (one.places[0].at, one.candidate.key))),
            tuple(sorted(unused, key=lambda one: (one.slot.at, one.slot.account.name))),
        )

    def _on_their_days(self, pool: list[Candidate], free: list[PostingSlot]) -> Iterator[Suggestion]:
        """What is made for a day does not wait for the longest silence."""
        for candidate in [one for one in pool if one.occasion]:
            slot = self._best_day(candidate, free)
            if slot is not None:
                free.remove(slot)
                pool.remove(candidate)
                yield self._place(candidate, slot, self.scale.weigh(candidate, slot, frozenset()))

    def _best_day(self, candidate: Candidate, free: Sequence[PostingSlot]) -> PostingSlot | None:
        """The free slot nearest to the day that a candidate is made for."""
        day = candidate.day
        if day is None:
            return None
        fitting = [
            slot
            for slot in free
            if slot.account.name in candidate.channels
            and self._is_open(slot)
            and self.taken.has_room(slot.account.name, slot.at, candidate.campaign)
            and not self.scale.weigh(candidate, slot, frozenset()).refused
        ]
        return min(fitting, key=lambda slot: (abs(slot.day - day), slot.at, slot.account.name), default=None)

    def _free(self, unused: list[Unused]) -> Iterator[PostingSlot]:
        for account in self.workspace.settings.accounts.values():
            if self.span.channels and account.name not in self.span.channels:
                continue
            days = (self.span.first, self.span.last)
            for slot in free_slots(account, self.timetable, self.taken, days, self.now):
                cover = self.duty.cover(slot.at, slot.account)
                if cover.missing:
                    unused.append(Unused(slot, cover.reason))
                else:
                    yield slot

    def _urgency(self, slot: PostingSlot) -> tuple[timedelta, float, str]:
        """The longest silence first, up to the account's rhythm, then the earliest, then by the account's name."""
        silence, rhythm = self.taken.silence(slot.account.name, slot.at), self._rhythm(slot.account.name)
        return (rhythm if silence is None else min(silence, rhythm), -slot.at.timestamp(), slot.account.name)

    def _rhythm(self, account: str) -> timedelta:
        """How far apart its posts are meant to lie; what is silent for longer is no more urgent."""
        purpose = self.strategy.purpose(account)
        return _WEEK / purpose.weekly if purpose is not None and purpose.weekly else _WEEK

    def _is_open(self, slot: PostingSlot) -> bool:
        """Whether nothing has come too close meanwhile, and the strategy wants another post that week."""
        return self.taken.has_room(slot.account.name, slot.at) and not self._is_enough(slot)

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

    def _choose(
        self, slot: PostingSlot, pool: Sequence[Candidate], unused: list[Unused]
    ) -> tuple[Candidate | None, Weighed]:
        """The best candidate for the slot; the older one of two that are as good."""
        best, weighed, refusals = None, Weighed(), Counter[str]()
        around = self._neighbours(slot)
        for candidate in pool:
            if slot.account.name not in candidate.channels:
                continue
            if not self.taken.has_room(slot.account.name, slot.at, candidate.campaign):
                refusals[_("too close to another post of its campaign")] += 1
                continue
            found = self.scale.weigh(candidate, slot, around)
            if found.refused:
                refusals[found.refused] += 1
            elif best is None or found.weight > weighed.weight:
                best, weighed = candidate, found
        if best is None:
            why = refusals.most_common(1)[0][0] if refusals else _("no draft and no idea for this channel is left")
            unused.append(Unused(slot, why))
        return best, weighed

    def _neighbours(self, slot: PostingSlot) -> frozenset[str]:
        moments = self.pillars.get(slot.account.name, {})
        before = max((at for at in moments if at < slot.at), default=None)
        after = min((at for at in moments if at > slot.at), default=None)
        return frozenset(moments[at] for at in (before, after) if at is not None)

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
        self.pillars.setdefault(slot.account.name, {})[slot.at] = candidate.pillar

    def _circumstances(self, slot: PostingSlot) -> Iterator[Reason]:
        """What speaks for the slot and not for the candidate."""
        account = slot.account
        last = self.taken.last_before(account.name, slot.at)
        if last is None or slot.at - last >= SILENCE:
            yield say_silence(account.title or account.name, last and last.astimezone(self.timetable.zone(account)))
        person = self.workspace.settings.people.get(self.duty.cover(slot.at, slot.account).person)
        if person is not None:
            yield Reason(Ground.DUTY, _("{name} is there to answer").format(name=person.name))

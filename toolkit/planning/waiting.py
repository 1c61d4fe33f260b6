"""Who waits for the next free slot (`publish: next`), and which one each gets.

First come, first served: posts stand in the order of their uids, which is that of their making, so that two people who
ask get the same answer. What an answer is worth the file says: `leitstand fix` writes it there as `slots`, and from then on
it is kept. Drafts wait without being served, for nobody knows when they will be ready.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from typing import Final

from toolkit.model import Post, Status
from toolkit.planning.advertising import advertises
from toolkit.planning.calendars import Calendars, calendars
from toolkit.planning.following import follow
from toolkit.planning.slots import Slot, slots
from toolkit.planning.timetable import PostingSlot, Timetable
from toolkit.settings import Account, Settings
from toolkit.values import dataclass
from toolkit.workspace import Workspace

# Somebody has to be able to see it coming; where people have to approve it, a day.
LEAD: Final = timedelta(hours=1)
APPROVAL_LEAD: Final = timedelta(days=1)
# What is not free within a quarter is not soon.
HORIZON: Final = timedelta(days=92)


@dataclass(frozen=True, slots=True)
class Turn:
    """One channel of a post that waits, and the slot it gets; None when none is free within a quarter."""

    post: Post
    account: Account
    slot: PostingSlot | None


def waiting(workspace: Workspace, now: datetime, planned: Sequence[Slot] = ()) -> tuple[Turn, ...]:
    """Everybody who waits at `now` (aware), in the order in which they are served.

    `planned` are all slots from then on, where the caller has them already.
    """
    everything = planned or slots(workspace, now - LEAD)
    waits = [slot for slot in everything if slot.due is None and slot.post.status is not Status.DRAFT]
    if not waits:
        return ()
    office = _Office(Timetable(workspace), calendars(everything, workspace.settings.policy), workspace.settings, now)
    return tuple(office.serve(sorted(waits, key=queue_order)))


def queue_order(slot: Slot) -> tuple[bool, str, str, int]:
    """Older uids first, posts without one last; then by path, then as the post names its channels."""
    post = slot.post
    return (not post.uid, post.uid, post.path, post.channels.index(slot.account.name))


@dataclass(frozen=True, slots=True)
class _Office:
    timetable: Timetable
    taken: Calendars
    settings: Settings
    now: datetime

    def serve(self, waits: list[Slot]) -> Iterator[Turn]:
        """Post by post; channels without slots of their own go along with the first that has one."""
        for _path, group in groupby(waits, key=lambda slot: slot.post.path):
            channels = sorted(group, key=lambda slot: not self.timetable.keeps(slot.account))
            publish = channels[0].post.publish
            given = [publish.instant()] if publish is not None else []
            for slot in channels:
                keeps = self.timetable.keeps(slot.account)
                found = self._first(slot.post, slot.account) if keeps else self._along(slot, min(given, default=None))
                given += [found.at] if found is not None else []
                yield self._note(slot, found)

    def _note(self, slot: Slot, found: PostingSlot | None) -> Turn:
        if found is not None:
            self.taken.take(slot.account.name, found.at, slot.post.campaign)
        return Turn(slot.post, slot.account, found)

    def _along(self, slot: Slot, at: datetime | None) -> PostingSlot | None:
        if at is None or at < self.now:
            return None
        return follow(at, slot.account, self.timetable, self.taken, slot.post.campaign)

    def _first(self, post: Post, account: Account) -> PostingSlot | None:
        after = self.now + lead_of(account, self.settings)
        sells = advertises(self.settings.checks.holiday, post.pillar, post.campaign, post.labels)
        for slot in self.timetable.slots(account, after, self.now + HORIZON):
            if slot.suits(post.pillar, advertises=sells) and self.taken.has_room(account.name, slot.at, post.campaign):
                return slot
        return None


def lead_of(account: Account, settings: Settings) -> timedelta:
    """How long before its time a post for the account has to be in its place."""
    needed = settings.policy.approvals if account.approvals is None else account.approvals
    return APPROVAL_LEAD if needed else LEAD

"""Posting slots that nobody has taken. Calendar, suggestions and site all ask here, so that they count the same ones."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Final

from toolkit.planning.calendars import Calendars, calendars
from toolkit.planning.slots import Slot, slots
from toolkit.planning.timetable import PostingSlot, Timetable
from toolkit.planning.waiting import lead_of, waiting
from toolkit.settings import Account
from toolkit.workspace import Workspace

# How far back it matters who was the last.
LOOK_BACK: Final = timedelta(days=92)
_ONE_SECOND: Final = timedelta(seconds=1)


def taken_slots(workspace: Workspace, now: datetime, planned: Sequence[Slot] = ()) -> Calendars:
    """What is planned on each account, and what belongs to those who wait for the next free slot at `now` (aware).

    `planned` are all slots since a while before then, where the caller has them already.
    """
    planned = planned or slots(workspace, now - LOOK_BACK)
    taken = calendars(planned, workspace.settings.policy)
    for turn in waiting(workspace, now, planned):
        if turn.slot is not None:
            taken.take(turn.account.name, turn.slot.at, turn.post.campaign)
    return taken


def free_slots(
    timetable: Timetable, taken: Calendars, days: tuple[date, date], now: datetime, channels: Collection[str] = ()
) -> Iterator[PostingSlot]:
    """The free slots of the accounts named in `channels` (none are all) on these days, account by account.

    Free is what nobody has and what can still be reached. Whether anybody is there to answer and whether the strategy wants
    a post there does not matter: a slot is no less free for it.
    """
    for account in timetable.workspace.settings.accounts.values():
        if not channels or account.name in channels:
            yield from _free_of(account, timetable, taken, days, now)


def _free_of(
    account: Account, timetable: Timetable, taken: Calendars, days: tuple[date, date], now: datetime
) -> Iterator[PostingSlot]:
    """The account's slots on these days (both included, on its own clock) that nobody has and that can still be reached."""
    zone = timetable.zone(account)
    start = datetime.combine(days[0], time.min, zone) - _ONE_SECOND
    end = datetime.combine(days[1] + timedelta(days=1), time.min, zone) - _ONE_SECOND
    after = max(start, now + lead_of(account, timetable.workspace.settings))
    return (slot for slot in timetable.slots(account, after, end) if taken.has_room(account.name, slot.at))

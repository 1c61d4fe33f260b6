"""Free times for a post: the handbook's posting slots of its channels, else when these usually post.

Always within the hours of the house and without crowding other posts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime, time, timedelta
from itertools import islice, product
from typing import Final

from toolkit.lsp.scene import Scene
from toolkit.model import Existence, WallTime, zone
from toolkit.planning import Line, Slot, Timetable, is_open, slots

OFFERED: Final = 8
AHEAD: Final = timedelta(days=28)
# Where an account has never posted.
FIRST: Final = time(9)
USUAL: Final = 3  # times of day


def free_moments(scene: Scene, channel: str = "") -> list[WallTime]:
    """The next free times for `channel`, "" for all of the post's, on the clock that `publish` is read by.

    Soonest first; at most `OFFERED`.
    """
    settings = scene.workspace.settings
    accounts = [account for account in settings.accounts.values() if channel in (account.name, account.network)]
    named = [account.name for account in accounts] or (scene.post.channels if scene.post is not None else ())
    channels = set(named) & settings.accounts.keys() or set(settings.accounts)
    timezone = (scene.post.timezone if scene.post is not None else "") or settings.timezone
    planned = [slot for slot in slots(scene.workspace) if slot.post.path != scene.page.path]
    taken = [slot for slot in planned if slot.account.name in channels]
    usual = _usual_times(taken, timezone) or [FIRST]
    lines = _lines(taken, scene.workspace.settings.policy.distance)
    kept = _kept(scene, channels, timezone)
    found = (wall for wall in kept or _candidates(scene.now, usual, timezone) if _free(wall, lines, channels, scene))
    return list(islice(found, OFFERED))


def _kept(scene: Scene, channels: Iterable[str], timezone: str) -> list[WallTime]:
    """The moments that the handbook keeps for any of the channels, on the clock of `timezone`."""
    timetable, accounts = Timetable(scene.workspace), scene.workspace.settings.accounts
    moments = {
        slot.at
        for name in channels
        if name in accounts
        for slot in timetable.slots(accounts[name], scene.now, scene.now + AHEAD)
    }
    local = (at.astimezone(zone(timezone)) for at in sorted(moments))
    walls = (WallTime(at.replace(tzinfo=None, fold=0), timezone) for at in local)
    return [wall for wall in walls if wall.existence() is Existence.ONCE]


def _lines(taken: Iterable[Slot], minutes: int) -> list[Line]:
    """What each account sends already, in order; two posts never at the same minute."""
    moments: dict[str, list[datetime]] = {}
    for slot in taken:
        if slot.due is not None:
            moments.setdefault(slot.account.name, []).append(slot.due)
    return [Line(sorted(row), max(minutes, 1)) for row in moments.values()]


def _candidates(now: datetime, usual: Iterable[time], timezone: str) -> Iterator[WallTime]:
    first = now.astimezone(zone(timezone)).date()
    days = (first + timedelta(days=number) for number in range(AHEAD.days + 1))
    for day, moment in product(days, sorted(usual)):
        wall = WallTime(datetime.combine(day, moment), timezone)
        if wall.existence() is Existence.ONCE and wall.instant() > now:
            yield wall


def _usual_times(taken: Iterable[Slot], timezone: str) -> list[time]:
    local = (slot.due.astimezone(zone(timezone)) for slot in taken if slot.due is not None)
    counted = Counter(moment.time().replace(second=0, microsecond=0) for moment in local)
    return [moment for moment, _count in sorted(counted.items(), key=lambda item: (-item[1], item[0]))[:USUAL]]


def _free(wall: WallTime, lines: Iterable[Line], channels: Iterable[str], scene: Scene) -> bool:
    settings, instant = scene.workspace.settings, wall.instant()
    accounts = [settings.accounts[name] for name in channels if name in settings.accounts]
    zones = {account.name: zone(account.timezone or wall.zone) for account in accounts}
    hours = all(is_open(instant.astimezone(zones[account.name]), account, settings) for account in accounts)
    return hours and all(line.has_room(instant) for line in lines)

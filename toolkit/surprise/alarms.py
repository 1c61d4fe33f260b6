"""When people are told. The rule against alarm fatigue is worth more than the formula under it.

An alarm is raised when a window reaches ``watch`` or more, and then there is quiet for the cool-down (24 hours). Inside
the cool-down a second alarm comes in one case only: a level is reached that is *higher* than the last alarm's.

- ``candidate`` after ``watch`` or ``alert`` comes at once.
- ``alert`` after ``watch`` comes when the level is reached an hour (`settling`) after the watch or later. A rise within
  the hour is mostly the same hour filling up, seen by somebody already.

So three alarms at most come in 24 hours, each worse than the one before; a fall, a lull, a return to the same level say
nothing. Every alarm begins the cool-down anew. What lasts longer is told again when the cool-down is over, on the level
it has then: once a day, not once in five minutes.
"""

from __future__ import annotations

from datetime import datetime

from toolkit.surprise.tuning import Level, Tuning
from toolkit.values import dataclass


@dataclass(frozen=True, slots=True)
class Alarm:
    """An alarm that was raised: when, and on which level."""

    at: datetime
    level: Level


def next_alarm(last: Alarm | None, at: datetime, level: Level, tuning: Tuning) -> Alarm | None:
    """The alarm that a level raises at a moment, or None when nobody needs to be told (see above)."""
    if not level.speaks:
        return None
    if last is None or at - last.at >= tuning.cooldown:
        return Alarm(at, level)
    worse = level.rank > last.level.rank
    settled = level is Level.CANDIDATE or at - last.at >= tuning.settling
    return Alarm(at, level) if worse and settled else None

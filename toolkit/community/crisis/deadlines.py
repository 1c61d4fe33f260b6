"""How soon something has to be said in public, how often there is news, and what of it was kept."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise

from toolkit.community.crisis.incident import Incident
from toolkit.messages import _
from toolkit.values import dataclass


class Duty(StrEnum):
    """What is owed, as programs name it."""

    FIRST = "first response"
    UPDATE = "update"


@dataclass(frozen=True, slots=True)
class Deadline:
    """Something that is owed by `due`; `met` is when it was said, None while it was not. All aware."""

    duty: Duty
    due: datetime
    met: datetime | None = None

    @property
    def kept(self) -> bool:
        return self.met is not None and self.met <= self.due

    def late(self, now: datetime) -> timedelta:
        """By how much it is, or was, too late; nothing when it is in time."""
        return max((self.met or now) - self.due, timedelta())


def find_deadlines(incident: Incident) -> tuple[Deadline, ...]:
    """Every deadline in order; the last one is open, unless the incident is closed.

    What fell due only after the end is owed to nobody.
    """
    found = tuple(_find(incident))
    return tuple(one for one in found if one.met or incident.closed is None or one.due <= incident.closed)


def next_deadline(incident: Incident) -> Deadline | None:
    """What is owed now; None when nothing is."""
    found = find_deadlines(incident) if incident.is_open else ()
    return found[-1] if found and found[-1].met is None else None


def duty_word(duty: Duty) -> str:
    """What is owed, as people read it."""
    return {Duty.FIRST: _("first response"), Duty.UPDATE: _("next update")}[duty]


def _find(incident: Incident) -> Iterator[Deadline]:
    said = incident.spoken
    if incident.first_due is not None:
        yield Deadline(Duty.FIRST, incident.first_due, said[0] if said else None)
    if incident.update_every is not None and said:
        for before, after in pairwise(said):
            yield Deadline(Duty.UPDATE, before + incident.update_every, after)
        yield Deadline(Duty.UPDATE, said[-1] + incident.update_every)


def say_length(length: timedelta) -> str:
    """``25 h 30 min``, ``2 h``, ``45 min``."""
    hours, minutes = divmod(int(length.total_seconds()) // 60, 60)
    if not hours:
        return _("{minutes} min").format(minutes=minutes)
    if not minutes:
        return _("{hours} h").format(hours=hours)
    return _("{hours} h {minutes} min").format(hours=hours, minutes=minutes)

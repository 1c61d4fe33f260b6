"""How long nothing new has come: the inbox's messages about it, and the hours the detector finds unusual.

A word that people write on any day, crisis or not, would never fall silent. Where messages with the playbook's dangers came
about once in a quiet time already before it was declared, they are no news; what the detector finds unusual is, always.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from toolkit.community.crisis.curve import Heard, read_curve
from toolkit.community.crisis.incident import Incident
from toolkit.community.crisis.proposing import about
from toolkit.surprise import Reading, Tuning
from toolkit.values import dataclass
from toolkit.workspace.playbook import Playbook

DAY: Final = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Stir:
    """What came since the incident was declared. Moments are aware; None: nothing of the kind.

    `usual` says that messages about the playbook's dangers come on any day, or that it names none.
    """

    messages: int
    last_message: datetime | None
    last_unusual: datetime | None
    usual: bool

    @property
    def moments(self) -> tuple[datetime, ...]:
        """At which it was not quiet."""
        found = (self.last_unusual, None if self.usual else self.last_message)
        return tuple(one for one in found if one is not None)


def listen(playbook: Playbook, incident: Incident, heard: Heard) -> Stir:
    """What the inbox and the detector say about one incident."""
    told = about(heard.mentions, playbook.subject)
    since = [one.at for one in told if incident.declared < one.at <= heard.now]
    before = sum(heard.since < one.at <= incident.declared - DAY for one in told)
    quiet = playbook.all_clear.quiet_for or DAY
    known = incident.declared - DAY - heard.since
    usual = not any(one.chosen for one in playbook.subject) or (
        known > timedelta() and before / max(known / quiet, 1.0) >= 1
    )
    loud = [one for one in read_curve(told, heard) if one.reached.speaks]
    return Stir(len(since), max(since, default=None), _last_loud(sorted(since), loud), usual)


def _last_loud(since: Sequence[datetime], loud: Sequence[Reading]) -> datetime | None:
    """The last message that has its part in a window in which more came than can be chance.

    A window ends up to three hours after the last message in it: that is its echo, and no news.
    """
    for at in reversed(since):
        first = bisect_left(loud, at - Tuning().step, key=lambda one: one.at)
        if any(one.at - one.window < at for one in loud[first : first + 1]):
            return at
    return None

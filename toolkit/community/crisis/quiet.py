"""How long nothing new has come: the inbox's messages about it, and the hours the detector finds unusual.

A word that people write on any day, crisis or not, would never fall silent. Where messages with the playbook's dangers came
about once in a quiet time already before it was declared, they are no news; what the detector finds unusual is, always.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from toolkit.community.crisis.curve import Heard, read_curve
from toolkit.community.crisis.incident import Incident
from toolkit.community.crisis.proposing import about
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
    return Stir(len(since), max(since, default=None), max(_unusual(playbook, incident, heard), default=None), usual)


def _unusual(playbook: Playbook, incident: Incident, heard: Heard) -> Iterator[datetime]:
    """When a window ended in which more came than can be chance."""
    for reading in read_curve(about(heard.mentions, playbook.subject), heard):
        if reading.reached.speaks and incident.declared < reading.at:
            yield reading.at

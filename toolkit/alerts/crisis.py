"""Alerts about crises: what is owed in public, to the one who leads and once it is late to the backup; what is proposed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from toolkit.alerts.alert import YOU, Alert, Kind
from toolkit.alerts.scene import Owed, Proposed, Scene, one_line
from toolkit.database import to_text
from toolkit.messages import _

# Of the next update people hear when there is just time to write it.
AHEAD: Final = timedelta(minutes=15)


def crisis_alerts(scene: Scene) -> Iterator[Alert]:
    """One alert for each thing that is owed, and one more when it is late; each is told once."""
    for owed in scene.owed:
        if owed.first or scene.now >= owed.due - AHEAD:
            to = scene.team.first((owed.owner,), (owed.backup,), scene.team.with_role("manager"))
            yield _alert(owed, scene, to)
            if scene.now >= owed.due:
                others = scene.team.first((owed.backup,), scene.team.with_role("manager"))
                yield _alert(owed, scene, others, late=True)


def proposal_alerts(scene: Scene) -> Iterator[Alert]:
    """One alert for each level that the numbers speak for, to the one who would lead."""
    for one in scene.proposed:
        yield _proposal(one, scene)


def _proposal(one: Proposed, scene: Scene) -> Alert:
    return Alert(
        key=f"proposal:{one.playbook}:{one.level}:{to_text(one.at)}",
        kind=Kind.PROPOSED,
        subject=one.playbook,
        since=one.at,
        to=scene.team.first((one.owner,), (one.backup,), scene.team.with_role("manager")),
        where=_("level {level}, {when}").format(level=one.level, when=scene.clock_time(one.at)),
        why=one_line(one.why),
        remedy=one.command,
    )


def _alert(owed: Owed, scene: Scene, to: tuple[str, ...], *, late: bool = False) -> Alert:
    return Alert(
        key=f"crisis:{owed.id}:{to_text(owed.due)}" + (":late" if late else ""),
        kind=Kind.CRISIS,
        subject=owed.title,
        since=owed.due,
        to=to,
        where=_("{what} by {until}").format(what=owed.what, until=scene.clock_time(owed.due)),
        remedy=_('leitstand crisis log "…" {id} --public --by {you}').format(id=owed.id, you=YOU),
        overdue=late,
    )

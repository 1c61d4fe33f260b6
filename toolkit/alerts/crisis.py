"""Alerts about what is owed in public during a crisis: to the one who leads, and once it is late to the backup as well."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from toolkit.alerts.alert import Alert, Kind
from toolkit.alerts.scene import Owed, Scene
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


def _alert(owed: Owed, scene: Scene, to: tuple[str, ...], *, late: bool = False) -> Alert:
    return Alert(
        key=f"crisis:{owed.id}:{to_text(owed.due)}" + (":late" if late else ""),
        kind=Kind.CRISIS,
        subject=owed.title,
        since=owed.due,
        to=to,
        where=_("{what} by {until}").format(what=owed.what, until=scene.clock_time(owed.due)),
        remedy=_('leitstand crisis log "…" {id} --public --by NAME').format(id=owed.id),
        overdue=late,
    )

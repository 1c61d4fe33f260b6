"""Alerts about pauses: when one begins and when it ends. A pause leaves no trace when it is gone, so it is remembered."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, replace
from datetime import timedelta
from typing import Final

from toolkit.alerts.alert import Alert, Kind
from toolkit.alerts.scene import Scene, Stop, one_line
from toolkit.database import to_moment, to_text
from toolkit.messages import _
from toolkit.values import dataclass

# How long it is still told that a pause ended, and remembered that it was.
AFTERWARDS: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Spell:
    """A pause that was seen. Moments as the ledger writes them; `ended` is "" while it is in force."""

    name: str
    reason: str
    since: str
    ended: str = ""


def follow_stops(remembered: str, scene: Scene) -> str:
    """What is remembered after this look, as text; unchanged when nothing began, ended or was forgotten."""
    spells, now = read_spells(remembered), to_text(scene.now)
    forgotten = to_text(scene.now - AFTERWARDS)
    known = {key: spell for key, spell in spells.items() if not spell.ended or spell.ended > forgotten}
    here = {f"{stop.name} {stop.reason}": stop for stop in scene.stops}
    for key, spell in known.items():
        if key not in here and not spell.ended:
            known[key] = replace(spell, ended=now)
    for key, stop in here.items():
        if key not in known or known[key].ended:
            known[key] = Spell(stop.name, one_line(stop.reason), now)
    return json.dumps({key: asdict(spell) for key, spell in known.items()}, sort_keys=True) if known else ""


def read_spells(remembered: str) -> Mapping[str, Spell]:
    """The pauses that were seen, as `follow_stops` wrote them."""
    raw = json.loads(remembered or "{}")
    return {key: Spell(**spell) for key, spell in raw.items()}


def stop_alerts(remembered: str, scene: Scene) -> Iterator[Alert]:
    """One alert for a pause in force, one for a pause that ended within a day."""
    team = scene.team
    to = team.first(team.with_role("manager", "community"), team.with_role("operator"))
    stops = {f"{stop.name} {stop.reason}": stop for stop in scene.stops}
    for key, spell in read_spells(remembered).items():
        began = to_moment(spell.since) or scene.now
        if not spell.ended:
            remedy = _("end it with: leitstand resume {scope}").format(scope=spell.name)
            told = Alert(f"pause:{spell.name}:{spell.since}", Kind.PAUSED, spell.name, began, to)
            yield replace(told, why=_why(spell, stops.get(key), scene), remedy=remedy)
        else:
            ended = to_moment(spell.ended) or scene.now
            remedy = _("what fell due meanwhile is missed: leitstand status")
            told = Alert(f"resume:{spell.name}:{spell.ended}", Kind.RESUMED, spell.name, ended, to)
            yield replace(told, why=spell.reason, remedy=remedy)


def _why(spell: Spell, stop: Stop | None, scene: Scene) -> str:
    """Reason, owner and end of a pause in force, as far as it says them."""
    said = [spell.reason]
    if stop and stop.owner:
        said.append(f"({stop.owner})")
    if stop and stop.until:
        said.append(_("until {when}").format(when=scene.clock_time(stop.until)))
    return " ".join(filter(None, said))

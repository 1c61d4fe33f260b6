"""Who was called for what cannot wait, whether somebody has taken it, and who can be reached."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from toolkit.alerts.memory import Memory
from toolkit.alerts.oncall import CALLS, Ring, read_rings
from toolkit.alerts.round import NOTES, told_of
from toolkit.alerts.team import Team, call_order
from toolkit.community.crisis.incident import Incident
from toolkit.community.crisis.situation import Situation
from toolkit.database import to_moment
from toolkit.desk.crisis.ground import name_of, there_today
from toolkit.ledger import View, notes_of
from toolkit.messages import _
from toolkit.settings import Settings
from toolkit.values import dataclass
from toolkit.workspace.playbook import CrisisLevel


@dataclass(frozen=True, slots=True)
class Ringing:
    """A call that is not over: who was told when, and who has taken it."""

    conversation: str
    risk: int
    raised: datetime | None
    told: tuple[tuple[str, datetime], ...]
    taken_by: str
    taken_at: datetime | None


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody of the house who matters now."""

    name: str
    duty: str
    email: str
    there: bool


def ringing(ledger: View, settings: Settings, now: datetime) -> list[Ringing]:
    """Every call that is still open, the latest first."""
    memory = notes_of(ledger, NOTES, lambda: now)
    rings = [one for one in read_rings(memory.read(CALLS)).values() if not one.ended]
    found = [_ringing(one, memory, settings, now) for one in rings]
    return sorted(found, key=lambda one: one.raised or now, reverse=True)


def told_about(ledger: View, incident: Incident, settings: Settings, now: datetime) -> list[tuple[str, datetime]]:
    """Who was told that this incident owes a word in public, and when first."""
    memory = notes_of(ledger, NOTES, lambda: now)
    return list(_told(f"crisis:{incident.id}:", memory, settings, now))


def on_duty(settings: Settings, now: datetime) -> tuple[str, ...]:
    """Who is called first, then next, at `now` on the workspace's clock; nobody where nobody is on call."""
    if settings.oncall is None:
        return ()
    return call_order(settings.oncall, Team(settings, now.date(), settings.people), now)


def contacts(situation: Situation, incident: Incident, level: CrisisLevel | None) -> list[Contact]:
    """Who leads, who stands in, who is on duty, who approves, and who knows the law; each once."""
    settings, now = situation.settings, situation.now
    duties: dict[str, str] = {}
    for duty, people in (
        (_("leads"), (incident.owner,)),
        (_("backup"), (incident.backup,)),
        (_("on duty"), on_duty(settings, now)[:1]),
        (_("approves"), level.approvers if level is not None else ()),
        (_("law"), Team(settings, now.date(), ()).with_role("legal")),
        (_("management"), Team(settings, now.date(), ()).with_role("manager")),
    ):
        for person in people:
            if person in settings.people:
                duties[person] = f"{duties[person]}, {duty}" if person in duties else duty
    return [
        Contact(name_of(settings, one), duty, settings.people[one].email, there_today(settings, one, now))
        for one, duty in duties.items()
    ]


def _ringing(ring: Ring, memory: Memory, settings: Settings, now: datetime) -> Ringing:
    told = tuple(_told(f"call:{ring.id}:{ring.since}:{ring.risk}", memory, settings, now))
    taken = name_of(settings, ring.by) if ring.by else ""
    return Ringing(ring.id, ring.risk, _local(ring.raised, now), told, taken, _local(ring.at, now))


def _told(key: str, memory: Memory, settings: Settings, now: datetime) -> Iterator[tuple[str, datetime]]:
    """Everybody who was told something under keys that begin so, with the first moment."""
    for person in settings.people:
        found = [at for name, at in told_of(person, memory).told.items() if name.startswith(key)]
        if found:
            yield name_of(settings, person), min(found).astimezone(now.tzinfo)


def _local(text: str, now: datetime) -> datetime | None:
    moment = to_moment(text)
    return moment.astimezone(now.tzinfo) if moment is not None else None

"""From a playbook's level to an incident: who leads, by when something is said, what stands still, what may go out."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from toolkit.approval import present_person
from toolkit.community.crisis.incident import Deed, Entry, Incident, Prepared
from toolkit.community.crisis.keeping import flow_words, say_duration
from toolkit.community.pause import Pause, parse_scope
from toolkit.errors import UsageError
from toolkit.messages import _
from toolkit.settings import Settings, unknown_name
from toolkit.values import dataclass
from toolkit.workspace.playbook import CrisisLevel, Playbook


@dataclass(frozen=True, slots=True)
class Declaration:
    """What a person says: who they are, and why; `at` on the workspace's clock, in whole seconds."""

    by: str
    reason: str
    at: datetime


def find_playbook(playbooks: Iterable[Playbook], name: str) -> Playbook:
    """The playbook called so; `UsageError` with the nearest names."""
    known = {one.id: one for one in playbooks}
    if name not in known:
        if not known:
            raise UsageError(_("there is no playbook; they lie in {folder}").format(folder="guidelines/crisis"))
        raise UsageError(unknown_name(_("playbook"), name, known))
    return known[name]


def choose_level(playbook: Playbook, number: int) -> CrisisLevel:
    """The level with that number; 0 is the mildest. `UsageError` for others."""
    found = playbook.find_level(number) if number else next(iter(playbook.levels), None)
    if found is None:
        known = ", ".join(str(level.level) for level in playbook.levels) or _("none")
        raise UsageError(
            _("{id} has no level {level}; it has: {known}").format(id=playbook.id, level=number, known=known)
        )
    return found


def begin_incident(
    path: str, playbook: Playbook, level: CrisisLevel, said: Declaration, holding: tuple[Prepared, ...]
) -> Incident:
    """The incident that this declaration begins."""
    title = _("{title}, {day}").format(title=playbook.title or playbook.id, day=f"{said.at:%Y-%m-%d}")
    text = _("level {level}: {reason}").format(level=_named(level), reason=said.reason)
    return Incident(
        id=path.rpartition("/")[2].removesuffix(".md"),
        path=path,
        playbook=playbook.id,
        title=title,
        level=level.level,
        declared=said.at,
        declared_by=said.by,
        reason=said.reason,
        owner=level.owner,
        backup=level.backup,
        first_due=said.at + level.first_response if level.first_response else None,
        update_every=level.update_every,
        paused=level.pause,
        holding=holding,
        entries=(Entry(said.at, said.by, Deed.DECLARED, text),),
    )


def make_pauses(incident: Incident, level: CrisisLevel) -> tuple[Pause, ...]:
    """The pauses of a level; holding statements are let out by their uids, and nothing else but the level's labels."""
    allow = (*level.allow, *(one.uid for one in incident.holding))
    reason = f"{incident.title} ({incident.id})"
    parsed = (parse_scope(scope) for scope in level.pause)
    return tuple(Pause(kind, value, reason, incident.declared_by, allow=allow) for kind, value in parsed)


def change_level(incident: Incident, level: CrisisLevel, said: Declaration) -> tuple[Entry, dict[str, str]]:
    """The line and the values of an incident that goes up or down. Pauses that stand are left: `resume` ends them."""
    text = _("from level {old} to {new}: {reason}").format(old=incident.level, new=_named(level), reason=said.reason)
    due = said.at + level.first_response if level.first_response else None
    if due is not None and incident.first_due is not None:
        due = min(due, incident.first_due)
    values = {
        "level": str(level.level),
        "owner": level.owner,
        "backup": level.backup,
        "update_every": say_duration(level.update_every or incident.update_every),
        "paused": flow_words(dict.fromkeys((*incident.paused, *level.pause))),
    }
    if due is not None and not incident.spoken:
        values["first_response"] = due.isoformat()
    entry = Entry(said.at, said.by, Deed.LEVEL, text)
    return entry, {key: value for key, value in values.items() if value and value != "[]"}


def who_leads(leading: Incident | CrisisLevel, settings: Settings, day: date) -> str:
    """The owner or, when nobody of theirs is there, the backup; "" when nobody is."""
    for name in (leading.owner, leading.backup):
        person = settings.people.get(name)
        present = present_person(person, settings, day) if person is not None else None
        if present is not None:
            return present.key
    return ""


def _named(level: CrisisLevel) -> str:
    return f"{level.level} ({level.name})" if level.name else str(level.level)

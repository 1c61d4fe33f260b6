"""One incident on one page, legible at three in the morning: level, clock, what to do, what was said, what is next."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from toolkit.approval.words import with_ledger
from toolkit.community.crisis.checklist import find_hold, is_ban
from toolkit.community.crisis.incident import Deed, Entry, Incident, Task
from toolkit.community.crisis.situation import Situation, playbook_of
from toolkit.desk.crisis.calling import Ringing, contacts, on_duty, ringing, told_about
from toolkit.desk.crisis.ending import ask, draft_of, view_ending
from toolkit.desk.crisis.ground import clock_of, name_of, situation_of
from toolkit.desk.crisis.talking import holdings
from toolkit.desk.endpoint import Page, Visit
from toolkit.desk.permissions import Permission
from toolkit.errors import LeitstandError
from toolkit.messages import _
from toolkit.values import dataclass
from toolkit.workspace.naming import name_scope
from toolkit.workspace.playbook import Playbook

LIVE = "crisis/live.html"
WHOLE = "crisis/incident.html"


@dataclass(frozen=True, slots=True)
class Box:
    """One box of the list, and who ticked it; `item` is what the file says, `stops` the uid of a post that somebody may stop."""

    item: str
    text: str
    stops: str
    done: bool
    by: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the timeline; `deed` is the word of files, for its look."""

    at: datetime
    by: str
    deed: str
    word: str
    text: str


def show_incident(visit: Visit) -> Page:
    """``/crisis/{id}``."""
    situation = situation_of(visit)
    incident = situation.incident(visit.path["id"])
    if visit.fragment:
        return show_living(visit, situation, incident)
    workspace = visit.house.workspace
    playbook = playbook_of(workspace, incident)
    values = dict(living(visit, situation, incident, playbook))
    asked = ask(situation, workspace, incident, playbook) if incident.is_open else (None, None, "")
    ending = view_ending(situation, incident, playbook, visit.person, asked) if incident.is_open else None
    draft = draft_of(situation, workspace, incident, asked[1]) if incident.is_open else ""
    levels = playbook.levels if playbook is not None else ()
    values |= {
        "ending": ending,
        "draft": draft or afterwards(situation, incident),
        "levels": [
            (str(one.level), f"{one.level} {one.name}".strip()) for one in levels if one.level != incident.level
        ],
        "playbook": playbook,
        "alone": False,
    }
    return Page(WHOLE, values)


def show_living(visit: Visit, situation: Situation, incident: Incident) -> Page:
    """The part of the page that changes by itself, after a deed of one's own."""
    playbook = playbook_of(visit.house.workspace, incident)
    return Page(LIVE, {**living(visit, situation, incident, playbook), "alone": True})


def living(visit: Visit, situation: Situation, incident: Incident, playbook: Playbook | None) -> Mapping[str, object]:
    """What changes by itself while somebody looks."""
    settings = situation.settings
    known = with_ledger(visit.house.workspace, situation.ledger, situation.now)
    level = playbook.find_level(incident.level) if playbook is not None else None
    calls, told, quiet = _calls(visit, situation, incident)
    names, do_not = situation.paused(), playbook.do_not if playbook is not None else ()
    return {
        "incident": incident,
        "level_name": level.name if level is not None else "",
        "seen": seen(incident),
        "clock": clock_of(incident, situation.now),
        "owner": name_of(settings, incident.owner),
        "backup": name_of(settings, incident.backup),
        "declared": incident.declared.astimezone(situation.zone),
        "boxes": [_box(one, incident, situation) for one in incident.tasks if not is_ban(one.text, do_not)],
        "lines": [_line(one, situation) for one in reversed(incident.entries)],
        "holdings": holdings(situation, known, incident, level, visit.person) if incident.is_open else [],
        "paused": [(one, name_scope(one, known)) for one in names],
        "all_paused": "all" in names,
        "calls": calls,
        "told": told,
        "calls_unknown": quiet,
        "duty": [name_of(settings, one) for one in on_duty(settings, situation.now)[:2]],
        "contacts": contacts(situation, incident, level),
        "do_not": do_not,
        "may_act": Permission.CRISIS in visit.may and incident.is_open,
        "may_pause": Permission.PAUSE in visit.may,
        "may_approve": Permission.APPROVE in visit.may,
        "may_answer": Permission.ANSWER in visit.may,
        "local": situation.now,
    }


def seen(incident: Incident) -> str:
    """What somebody has seen of an incident: whoever decides about another one is told so."""
    return f"{incident.level}-{len(incident.entries)}-{'open' if incident.is_open else 'closed'}"


def afterwards(situation: Situation, incident: Incident) -> str:
    """What stands in the file below the timeline: the talk, as people have written on it since."""
    text = situation.tree.read(incident.path).decode("utf-8", "replace")
    _before, found, after = text.partition(f"\n## {_('Afterwards')}")
    return after.lstrip() if found else text.rpartition("\n## ")[2]


def deed_word(deed: Deed) -> str:
    """What a line of the timeline is, as people read it."""
    words = {
        Deed.DECLARED: _("declared"),
        Deed.LEVEL: _("level"),
        Deed.NOTE: _("note"),
        Deed.DECISION: _("decision"),
        Deed.PUBLIC: _("said in public"),
        Deed.DONE: _("done"),
        Deed.UNDONE: _("open again"),
        Deed.CLOSED: _("closed"),
    }
    return words[deed]


def _calls(
    visit: Visit, situation: Situation, incident: Incident
) -> tuple[list[Ringing], list[tuple[str, datetime]], str]:
    """Open calls, who was told about this incident, and why nobody can tell."""
    try:
        with visit.house.ledger(read_only=True) as ledger:
            settings = situation.settings
            told = told_about(ledger, incident, settings, situation.now)
            return ringing(ledger, settings, situation.now), told, ""
    except LeitstandError as error:
        return [], [], str(error)


def _box(task: Task, incident: Incident, situation: Situation) -> Box:
    entry, (text, stops) = incident.ticked(task), find_hold(task.text)
    if entry is None:
        return Box(task.text, text, stops, task.done, "", None)
    by, at = name_of(situation.settings, entry.by), entry.at.astimezone(situation.zone)
    return Box(task.text, text, stops, task.done, by, at)


def _line(entry: Entry, situation: Situation) -> Line:
    at, by = entry.at.astimezone(situation.zone), name_of(situation.settings, entry.by)
    return Line(at, by, entry.deed.value, deed_word(entry.deed), entry.text)

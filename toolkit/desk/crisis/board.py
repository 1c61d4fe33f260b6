"""The crisis board: what the numbers propose with its evidence, what runs, and which plans there are."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from toolkit.alerts.scene import Proposed
from toolkit.community.crisis.asking import heard_by
from toolkit.community.crisis.curve import Heard, read_curve
from toolkit.community.crisis.incident import Incident
from toolkit.community.crisis.live import read_standings, say_standing
from toolkit.community.crisis.proposing import about
from toolkit.community.crisis.reading import read_incidents
from toolkit.community.crisis.situation import Situation
from toolkit.desk.crisis.curve import Curve, draw_curve
from toolkit.desk.crisis.ground import Clock, clock_of, name_of, rows_of, situation_of
from toolkit.desk.endpoint import Page, Visit
from toolkit.desk.permissions import Permission
from toolkit.dispatch.incidents import find_proposed
from toolkit.errors import LeitstandError
from toolkit.values import dataclass
from toolkit.workspace.playbook import Playbook
from toolkit.workspace.playbooks import read_playbooks


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the detector proposes: the level of a plan, why, who would lead, and the curve; nothing anybody wrote."""

    playbook: str
    title: str
    level: int
    why: str
    at: datetime
    owner: str
    curve: Curve | None
    running: str  # the incident of this plan that is open already, ""


@dataclass(frozen=True, slots=True)
class Now:
    """This moment: what is proposed, the series of mentions that stand out in words, and why nobody can tell, ""."""

    proposals: tuple[Proposal, ...]
    loud: tuple[str, ...]
    deaf: str


@dataclass(frozen=True, slots=True)
class Running:
    """An incident on the board."""

    id: str
    title: str
    level: int
    reason: str
    owner: str
    since: datetime
    is_open: bool
    clock: Clock | None


@dataclass(frozen=True, slots=True)
class Plan:
    """A playbook: when it was last tried out and read, and whether that is overdue."""

    id: str
    title: str
    owner: str
    levels: int
    drilled: date | None
    drill_due: date | None
    drill_late: bool
    review_due: date | None
    review_late: bool


def show_board(visit: Visit) -> Page:
    """``/crisis``."""
    situation, workspace = situation_of(visit), visit.house.workspace
    incidents, problems = read_incidents(situation.tree)
    playbooks, _problems = read_playbooks(workspace.handbook)
    opened = {one.playbook: one.id for one in incidents if one.is_open}
    now = _now(visit, situation, {one.id: one for one in playbooks}, opened)
    running = [_running(one, situation) for one in incidents]
    values = {
        "proposals": now.proposals,
        "loud": now.loud,
        "deaf": now.deaf,
        "running": [one for one in running if one.is_open],
        "past": [one for one in running if not one.is_open][:5],
        "problems": [str(one) for one in problems],
        "plans": [plan_of(one, situation) for one in playbooks if one.levels],
        "may_act": Permission.CRISIS in visit.may,
        "local": situation.now,
        "unknown": rows_of(situation)[1],
    }
    return Page("crisis/board.html", values)


def plan_of(playbook: Playbook, situation: Situation) -> Plan:
    """What the board says of a playbook."""
    today = situation.now.date()
    return Plan(
        playbook.id,
        playbook.title or playbook.id,
        name_of(situation.settings, playbook.owner),
        len(playbook.levels),
        playbook.drill_last,
        playbook.drill_next,
        playbook.drill_next is None or playbook.drill_next < today,
        playbook.next_review,
        playbook.next_review is not None and playbook.next_review < today,
    )


def _now(visit: Visit, situation: Situation, known: Mapping[str, Playbook], opened: Mapping[str, str]) -> Now:
    """What stands out at this moment, or why nobody can tell: neither ledger nor inbox can be read."""
    workspace = visit.house.workspace
    try:
        heard = heard_by(situation, workspace)
        with visit.house.ledger(read_only=True) as ledger:
            found = find_proposed(workspace, ledger, visit.now, heard)
    except LeitstandError as error:
        return Now((), (), str(error))
    proposals = [
        _proposal(one, known[one.playbook], heard, situation, opened) for one in found if one.playbook in known
    ]
    standings = tuple(read_standings(heard)) if heard is not None else ()
    return Now(tuple(proposals), tuple(say_standing(one) for one in standings if one.speaks), "")


def _proposal(
    one: Proposed, playbook: Playbook, heard: Heard | None, situation: Situation, opened: Mapping[str, str]
) -> Proposal:
    curve = curve_of(playbook, heard, situation) if heard is not None else None
    at, owner = one.at.astimezone(situation.zone), name_of(situation.settings, one.owner)
    title = playbook.title or playbook.id
    return Proposal(one.playbook, title, one.level, one.why, at, owner, curve, opened.get(one.playbook, ""))


def curve_of(playbook: Playbook, heard: Heard, situation: Situation) -> Curve | None:
    """The messages that a plan is about, against what is usual."""
    readings = read_curve(about(heard.mentions, playbook.subject), heard)
    return draw_curve(readings, heard.now, situation.zone)


def _running(incident: Incident, situation: Situation) -> Running:
    owner = name_of(situation.settings, incident.owner)
    since = (incident.closed or incident.declared).astimezone(situation.zone)
    clock = clock_of(incident, situation.now)
    return Running(incident.id, incident.title, incident.level, incident.reason, owner, since, incident.is_open, clock)

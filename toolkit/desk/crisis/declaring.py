"""Declaring a crisis: one page for a plan, which says beforehand what each of its levels will do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from toolkit.alerts.addresses import find_addresses
from toolkit.alerts.team import Team
from toolkit.approval.words import with_ledger
from toolkit.community.crisis.acting import Prospect, begin, foresee
from toolkit.community.crisis.deadlines import say_length
from toolkit.community.crisis.declaring import Declaration, find_playbook
from toolkit.community.crisis.statements import valid_approvals
from toolkit.desk.crisis.ground import name_of, names_of, rows_of, situation_of
from toolkit.desk.endpoint import Page, Redirect, Visit
from toolkit.errors import UsageError
from toolkit.messages import _, ngettext
from toolkit.settings import Settings
from toolkit.values import dataclass
from toolkit.workspace import Workspace
from toolkit.workspace.naming import name_scope
from toolkit.workspace.playbook import CrisisLevel
from toolkit.workspace.playbooks import read_playbooks


@dataclass(frozen=True, slots=True)
class Choice:
    """One level as it would be declared: what it will do, line by line, and what would fail."""

    level: int
    name: str
    does: tuple[tuple[str, str], ...]
    warnings: tuple[str, ...]


def show_declaring(visit: Visit) -> Page:
    """``/crisis/declare/{playbook}``."""
    situation = situation_of(visit)
    workspace = with_ledger(visit.house.workspace, situation.ledger, situation.now)
    playbook = find_playbook(read_playbooks(workspace.handbook)[0], visit.path["playbook"])
    rows, unknown = rows_of(situation)
    choices = []
    for level in playbook.levels:
        said = Declaration(visit.person, _("reason"), situation.now)
        prospect = foresee(situation, workspace, (playbook.id, level.level), said, rows)
        choices.append(make_choice(level, prospect, workspace, reached(visit)))
    values = {
        "playbook": playbook,
        "choices": choices,
        "level": visit.query.get("level", ""),
        "reason": visit.query.get("reason", ""),
        "unknown": unknown,
    }
    return Page("crisis/declare.html", values)


def declare(visit: Visit) -> Redirect:
    """Declare it: pause, write the file, start the clock."""
    situation = situation_of(visit)
    reason, level = visit.form.get("reason", "").strip(), visit.form.get("level", "")
    if not reason:
        raise UsageError(_("say why: it is the first line of the timeline"))
    if not level.isdecimal() or not int(level):
        raise UsageError(_("choose a level"))
    said = Declaration(visit.person, reason, situation.now)
    asked = visit.path["playbook"], int(level)
    prospect = foresee(situation, visit.house.workspace, asked, said, rows_of(situation)[0])
    failed = begin(situation, prospect)
    visit.house.forget()
    told = _("not written down: {problem}").format(problem="; ".join(failed)) if failed else _("declared")
    return Redirect(f"/crisis/{prospect.incident.id}", told, prospect.incident.id)


def reached(visit: Visit) -> Team:
    """The team of today, with those whom a message reaches."""
    settings = visit.house.settings
    day = visit.now.astimezone(visit.house.zone).date()
    return Team(settings, day, find_addresses(settings, visit.house.environ))


def make_choice(level: CrisisLevel, prospect: Prospect, workspace: Workspace, team: Team) -> Choice:
    """What declaring this level would do."""
    names = names_of(workspace.settings)
    told = team.first((level.owner,), (level.backup,), team.with_role("manager"))
    does = (
        (_("Stands still"), ", ".join(name_scope(one.name, workspace) for one in prospect.pauses) or _("nothing")),
        (_("Of the next 24 hours"), _stops(prospect)),
        (_("Leads"), _leads(level, names)),
        (_("Is told at once"), ", ".join(names.get(one, one) for one in told) or _("nobody can be reached by message")),
        (_("First response"), say_length(level.first_response) if level.first_response else ""),
        (_("Updates"), _("every {length}").format(length=say_length(level.update_every)) if level.update_every else ""),
        (_("Holding statements"), _holding(level, workspace)),
    )
    return Choice(
        level.level,
        level.name,
        tuple((name, said) for name, said in does if said),
        tuple(_warnings(level, workspace, told, team)),
    )


def _stops(prospect: Prospect) -> str:
    left = len(prospect.coming) - prospect.stopped
    stopped = ngettext("{count} send is stopped", "{count} sends are stopped", prospect.stopped)
    goes = ngettext("{count} goes out all the same", "{count} go out all the same", left)
    return f"{stopped}, {goes}" if left else stopped


def _leads(level: CrisisLevel, names: Mapping[str, str]) -> str:
    owner, backup = names.get(level.owner, level.owner), names.get(level.backup, level.backup)
    return _("{owner}, else {backup}").format(owner=owner, backup=backup) if backup else owner


def _holding(level: CrisisLevel, workspace: Workspace) -> str:
    ready = sum(not missing_approvers(level, name, workspace) for name in level.holding)
    if not level.holding:
        return ""
    return _("{ready} of {count} ready to be sent").format(ready=ready, count=len(level.holding))


def missing_approvers(level: CrisisLevel, name: str, workspace: Workspace) -> tuple[str, ...]:
    """Whose yes a holding statement still needs as it stands now; one empty name for anybody's."""
    post = workspace.find_post(name)
    given = {one.by for one in valid_approvals(post, workspace)} if post is not None else set()
    if level.approvers:
        return tuple(one for one in level.approvers if one not in given)
    return () if given else ("",)


def _warnings(level: CrisisLevel, workspace: Workspace, told: Sequence[str], team: Team) -> list[str]:
    settings: Settings = workspace.settings
    found = []
    if level.owner and not team.first((level.owner,)) and level.owner in settings.people:
        found.append(_("{name} gets no message: call them").format(name=name_of(settings, level.owner)))
    if not told:
        found.append(_("no message reaches anybody who leads: use the telephone"))
    return found

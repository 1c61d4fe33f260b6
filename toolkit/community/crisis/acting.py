"""What a person does about a crisis, whatever they do it with: declare it, take it up or down, say something, end it.

Who comes second is told so: every change is made to the incident that its person saw.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta

from toolkit.approval.words import with_ledger
from toolkit.community.crisis.aftermath import Aftermath, write_aftermath
from toolkit.community.crisis.checklist import Stopped, coming, make_checklist, paid_posts
from toolkit.community.crisis.declaring import (
    Declaration,
    begin_incident,
    change_level,
    choose_level,
    find_playbook,
    make_pauses,
)
from toolkit.community.crisis.figures import Numbers
from toolkit.community.crisis.incident import Deed, Entry, Incident, Task
from toolkit.community.crisis.keeping import change_incident, create_incident, next_path, tick_task
from toolkit.community.crisis.pausing import apply_pauses
from toolkit.community.crisis.situation import Situation, playbook_of
from toolkit.community.crisis.statements import Statement, make_statement, prepare, write_statement
from toolkit.community.pause import Pause
from toolkit.errors import LeitstandError, UsageError
from toolkit.ledger import Row
from toolkit.messages import _
from toolkit.values import dataclass
from toolkit.workspace import Workspace
from toolkit.workspace.playbook import AllClear
from toolkit.workspace.playbooks import read_playbooks


@dataclass(frozen=True, slots=True)
class Prospect:
    """What declaring would do: the incident that begins, what it pauses, what is due within a day, what is to do by hand."""

    incident: Incident
    pauses: tuple[Pause, ...]
    coming: tuple[Stopped, ...]
    checklist: tuple[str, ...]

    @property
    def stopped(self) -> int:
        """How many sends of the coming 24 hours it stops."""
        return sum(one.stopped for one in self.coming)


@dataclass(frozen=True, slots=True)
class Ending:
    """How an incident ends: said by whom and in what words, what waits for a decision, and its numbers."""

    by: str
    text: str
    waiting: tuple[Row, ...] = ()
    numbers: Numbers | None = None


def foresee(
    situation: Situation, workspace: Workspace, asked: tuple[str, int], said: Declaration, rows: Iterable[Row]
) -> Prospect:
    """What declaring would do; `asked` is playbook and level, 0 for the mildest. Nothing is written."""
    playbook = find_playbook(read_playbooks(workspace.handbook)[0], asked[0])
    level = choose_level(playbook, asked[1])
    for one in situation.incidents():
        if one.is_open and one.playbook == playbook.id:
            message = _("{id} is open already; go on with: leitstand crisis log, leitstand crisis level")
            raise UsageError(message.format(id=one.id))
    path = next_path(situation.root, playbook.id, said.at)
    incident = begin_incident(path, playbook, level, said, prepare(playbook, workspace, said.at))
    pauses = make_pauses(incident, level)
    found = coming(workspace, pauses, said.at)
    return Prospect(incident, pauses, found, tuple(make_checklist(workspace, playbook, found, rows, said.at)))


def begin(situation: Situation, prospect: Prospect) -> list[str]:
    """Pause, then write the incident; what of the pauses could not be written down, one sentence each."""
    # The pause first: should this end half way, nothing has gone out that should not.
    failed = apply_pauses(situation, prospect.pauses)
    create_incident(situation.root, prospect.incident, prospect.checklist)
    return failed


def move(
    situation: Situation, workspace: Workspace, incident: Incident, number: int, said: Declaration
) -> tuple[Incident, list[str]]:
    """Take the incident to another level: as it stands then, and what of the pauses could not be written down.

    Up pauses what the level says; down ends no pause.
    """
    plan = playbook_of(workspace, incident)
    if plan is None:
        raise LeitstandError(_("the playbook {id} is gone").format(id=incident.playbook))
    chosen = choose_level(plan, number)
    if chosen.level == incident.level:
        raise UsageError(_("{id} is on level {level} already").format(id=incident.id, level=chosen.level))
    failed = apply_pauses(situation, make_pauses(incident, chosen)) if chosen.level > incident.level else []
    entry, values = change_level(incident, chosen, said)
    return change_incident(situation.root, incident, [entry], values), failed


def statements(situation: Situation, workspace: Workspace, incident: Incident, wanted: str = "") -> list[Statement]:
    """The statements of the incident's level, or the one that is wanted, as they would go out now."""
    workspace = with_ledger(workspace, situation.ledger, situation.now)
    plan = playbook_of(workspace, incident)
    level = plan.find_level(incident.level) if plan is not None else None
    names = (wanted,) if wanted else level.holding if level is not None else ()
    chosen = [post.path for post in map(workspace.find_post, names) if post is not None]
    found = [one for one in incident.holding if one.post in chosen]
    if wanted and not found:
        known = ", ".join(one.post for one in incident.holding) or _("nothing")
        raise UsageError(
            _("{name!r} is no holding statement of {id}: {known}").format(name=wanted, id=incident.id, known=known)
        )
    return [make_statement(one, incident, level, workspace, situation.now) for one in found]


def say(situation: Situation, incident: Incident, made: Sequence[Statement], by: str) -> list[Statement]:
    """Let the statements out, each once, and write it down; returns those that were not there before."""
    new = [one for one in made if write_statement(situation.root, one)]
    _note(situation, incident, made, by)
    return new


def _note(situation: Situation, incident: Incident, made: Sequence[Statement], by: str) -> None:
    """Write down what goes out, also when an earlier try ended before it did."""
    known = " ".join(entry.text for entry in incident.entries)
    for deed, goes in ((Deed.PUBLIC, True), (Deed.NOTE, False)):
        found = [one.path for one in made if one.path not in known and (not all(one.accounts.values())) is goes]
        if found:
            said = _("holding statement: {paths}") if goes else _("holding statement, held back everywhere: {paths}")
            entry = Entry(situation.now, by, deed, said.format(paths=", ".join(found)))
            change_incident(situation.root, incident, [entry])


def write_line(situation: Situation, incident: Incident, by: str, deed: Deed, text: str) -> Incident:
    """Write one line into the timeline."""
    if not text.strip():
        raise UsageError(_("an empty line tells nobody anything"))
    return change_incident(situation.root, incident, [Entry(situation.now, by, deed, text)])


def tick(situation: Situation, incident: Incident, task: Task, by: str) -> Incident:
    """Turn a box of the checklist to what `task` says it is now, with who did it in the timeline."""
    deed = Deed.DONE if task.done else Deed.UNDONE
    entry = Entry(situation.now, by, deed, task.text)
    return tick_task(situation.root, incident, task, entry)


def close(situation: Situation, workspace: Workspace, incident: Incident, ending: Ending) -> Incident:
    """End it and write the talk afterwards below; ends no pause."""
    after = _aftermath(situation, workspace, incident, ending)
    entry = Entry(situation.now, ending.by, Deed.CLOSED, ending.text)
    values = {"closed": situation.now.isoformat()}
    return change_incident(situation.root, incident, [entry], values, lambda one: write_aftermath(one, after))


def draft_aftermath(situation: Situation, workspace: Workspace, incident: Incident, ending: Ending) -> str:
    """The section that would stand below the incident if it ended now."""
    closed = replace(incident, closed=incident.closed or situation.now)
    return write_aftermath(closed, _aftermath(situation, workspace, incident, ending))


def _aftermath(situation: Situation, workspace: Workspace, incident: Incident, ending: Ending) -> Aftermath:
    plan = playbook_of(workspace, incident)
    clear = plan.all_clear if plan is not None else AllClear()
    owner = clear.review_by or (plan.owner if plan is not None else ending.by)
    due = situation.now.date() + timedelta(days=clear.within)
    paid = tuple(paid_posts(workspace, situation.now))
    return Aftermath(owner, due, ending.waiting, situation.zone, ending.numbers, paid)

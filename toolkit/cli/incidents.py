"""What the verbs below `crisis` share: which incident is meant, who speaks, and an incident as lines and as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from toolkit.cli.context import Context, console
from toolkit.cli.resume import paused_names
from toolkit.community import read_pauses
from toolkit.community.crisis import Incident, read_incidents
from toolkit.community.crisis.aftermath import say_length
from toolkit.community.crisis.deadlines import Deadline, duty_word, find_deadlines, next_deadline
from toolkit.errors import LeitstandError, UsageError
from toolkit.ledger import Row, open_ledger
from toolkit.messages import _
from toolkit.settings import unknown_name
from toolkit.workspace import Workspace
from toolkit.workspace.playbook import Playbook
from toolkit.workspace.playbooks import read_playbooks


def moment(context: Context) -> datetime:
    """Now on the workspace's clock, in whole seconds: as people write it down."""
    return context.local_now.replace(microsecond=0)


def known_person(context: Context, by: str) -> str:
    """`--by`, when somebody is called so."""
    people = context.settings.people
    if by not in people:
        raise UsageError(unknown_name(_("person"), by, people) if by else _("say who you are: --by"))
    return by


def all_incidents(context: Context) -> tuple[Incident, ...]:
    """Every incident that can be read; raises `LeitstandError` when one cannot: it could be the open one."""
    found, problems = read_incidents(context.tree)
    if problems:
        raise LeitstandError("\n".join(str(problem) for problem in problems))
    return found


def named_incident(context: Context, name: str, *, open_only: bool = False) -> Incident:
    """The incident called `name`, or the only open one when nothing is named."""
    found = all_incidents(context)
    if name:
        known = {one.id: one for one in found}
        if name not in known:
            raise UsageError(unknown_name(_("incident"), name, known))
        chosen = known[name]
        if open_only and not chosen.is_open:
            raise UsageError(_("{id} is closed; what comes now is declared anew").format(id=name))
        return chosen
    opened = [one for one in found if one.is_open]
    if len(opened) != 1:
        names = ", ".join(one.id for one in opened)
        raise UsageError(_("name the incident: {names}").format(names=names) if opened else _("no incident is open"))
    return opened[0]


def playbook_of(workspace: Workspace, incident: Incident) -> Playbook | None:
    """The plan that it follows; None when the page is gone."""
    playbooks, _problems = read_playbooks(workspace.handbook)
    return next((one for one in playbooks if one.id == incident.playbook), None)


def ledger_rows(context: Context) -> tuple[Row, ...]:
    """What the ledger knows; nothing, with a word about it, when it cannot be read: a crisis does not wait for that."""
    try:
        with open_ledger(context.ledger, now=context.clock.now(), read_only=True) as ledger:
            return tuple(ledger.rows())
    except LeitstandError as error:
        message = _("without the ledger: {error}").format(error=error)
        console(stderr=True).print(message, markup=False)
        return ()


def paused(context: Context) -> list[str]:
    """What is paused by file or ledger; by the file alone when the ledger cannot be read."""
    try:
        return paused_names(context)
    except LeitstandError:
        now = context.clock.now()
        return sorted({one.name for one in read_pauses(context.tree).in_force(now)})


def incident_lines(incident: Incident, waiting: Iterable[Row], paused: Iterable[str], now: datetime) -> Iterator[str]:
    """An incident for people."""
    state = _("open") if incident.is_open else _("closed")
    yield f"{incident.id}: " + _("level {level}, {state}, {title}").format(
        level=incident.level, state=state, title=incident.title
    )
    yield "    " + _("declared {moment} by {name}: {reason}").format(
        moment=f"{incident.declared.astimezone(now.tzinfo):%Y-%m-%d %H:%M}",
        name=incident.declared_by,
        reason=incident.reason,
    )
    yield "    " + _("leads: {owner}, backup: {backup}").format(owner=incident.owner, backup=incident.backup)
    owed = next_deadline(incident)
    if owed is not None:
        yield "    " + _say_owed(owed, now)
    if incident.is_open:
        yield "    " + _("paused: {names}").format(names=", ".join(paused) or _("nothing"))
        rows = list(waiting)
        yield "    " + _("fell due meanwhile and waits: {count}").format(count=len(rows))
        yield from (f"      {row.account}: {row.path} ({row.state})" for row in rows)
    for entry in incident.entries[-5:]:
        yield f"    {entry.at.astimezone(now.tzinfo):%m-%d %H:%M} {entry.by}: {entry.text}"


def _say_owed(owed: Deadline, now: datetime) -> str:
    until = f"{owed.due.astimezone(now.tzinfo):%Y-%m-%d %H:%M}"
    if owed.due >= now:
        message = _("{what} by {until}, {left} left")
        return message.format(what=duty_word(owed.duty), until=until, left=say_length(owed.due - now))
    message = _("! {what} was due {until}, {late} ago")
    return message.format(what=duty_word(owed.duty), until=until, late=say_length(now - owed.due))


def incident_json(
    incident: Incident, waiting: Iterable[Row], paused: Iterable[str], now: datetime
) -> dict[str, object]:
    """An incident for programs."""
    return {
        "id": incident.id,
        "path": incident.path,
        "playbook": incident.playbook,
        "title": incident.title,
        "level": incident.level,
        "open": incident.is_open,
        "declared": incident.declared.isoformat(),
        "declared_by": incident.declared_by,
        "reason": incident.reason,
        "owner": incident.owner,
        "backup": incident.backup,
        "closed": incident.closed.isoformat() if incident.closed else None,
        "paused": list(paused),
        "holding": [{"post": one.post, "uid": one.uid} for one in incident.holding],
        "deadlines": [_deadline_json(one, now) for one in find_deadlines(incident)],
        "waiting": [{"uid": row.uid, "account": row.account, "path": row.path, "state": row.state} for row in waiting],
        "timeline": [
            {"at": one.at.isoformat(), "by": one.by, "deed": one.deed.value, "text": one.text}
            for one in incident.entries
        ],
    }


def _deadline_json(one: Deadline, now: datetime) -> dict[str, object]:
    met = one.met.isoformat() if one.met else None
    late = int(one.late(now).total_seconds())
    return {"duty": one.duty.value, "due": one.due.isoformat(), "met": met, "late_seconds": late}

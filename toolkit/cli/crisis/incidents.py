"""What the verbs below `crisis` share: where they act, what ledger and inbox know, and an incident as lines and as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from toolkit.cli.context import Context, console
from toolkit.community.crisis.asking import ask_inbox
from toolkit.community.crisis.deadlines import Deadline, duty_word, find_deadlines, next_deadline, say_length
from toolkit.community.crisis.figures import Numbers
from toolkit.community.crisis.incident import Incident
from toolkit.community.crisis.quiet import Stir
from toolkit.community.crisis.situation import Situation
from toolkit.errors import LeitstandError
from toolkit.ledger import Row
from toolkit.messages import _
from toolkit.workspace import Workspace
from toolkit.workspace.playbook import Playbook


def situation_of(context: Context) -> Situation:
    """Where and when this verb acts: now on the workspace's clock, in whole seconds, as people write it down."""
    now = context.local_now.replace(microsecond=0)
    return Situation(context.root, context.settings, context.state, context.environ, now)


def ledger_rows(situation: Situation) -> tuple[Row, ...]:
    """What the ledger knows; nothing, with a word about it, when it cannot be read: a crisis does not wait for that."""
    try:
        return situation.rows()
    except LeitstandError as error:
        message = _("without the ledger: {error}").format(error=error)
        console(stderr=True).print(message, markup=False)
        return ()


def heard_of(
    situation: Situation, workspace: Workspace, playbook: Playbook | None, incident: Incident
) -> tuple[Stir | None, Numbers | None]:
    """What the inbox says about it; nothing, with a word about it, when it cannot be read."""
    try:
        return ask_inbox(situation, workspace, playbook, incident)
    except LeitstandError as error:
        console(stderr=True).print(_("without the inbox: {error}").format(error=error), markup=False)
        return None, None


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
        "tasks": [{"text": one.text, "done": one.done} for one in incident.tasks],
    }


def _deadline_json(one: Deadline, now: datetime) -> dict[str, object]:
    met = one.met.isoformat() if one.met else None
    late = int(one.late(now).total_seconds())
    return {"duty": one.duty.value, "due": one.due.isoformat(), "met": met, "late_seconds": late}

"""What people do on the page of an incident. Each deed is refused when it was meant for what no longer is so."""

from __future__ import annotations

from toolkit.alerts.oncall import take_call
from toolkit.alerts.round import NOTES
from toolkit.community.crisis import acting
from toolkit.community.crisis.acting import Ending, write_line
from toolkit.community.crisis.checklist import fell_due
from toolkit.community.crisis.declaring import Declaration
from toolkit.community.crisis.ending import say_all_clear
from toolkit.community.crisis.incident import Deed, Incident, Task
from toolkit.community.crisis.pausing import apply_pauses, end_pauses
from toolkit.community.crisis.situation import Situation, playbook_of
from toolkit.community.pause import Pause
from toolkit.desk.crisis.ending import ask, why_not
from toolkit.desk.crisis.ground import name_of, rows_of, situation_of
from toolkit.desk.crisis.sheet import seen, show_living
from toolkit.desk.endpoint import Page, Redirect, Visit
from toolkit.dispatch.approving import Said
from toolkit.dispatch.approving import say as say_yes
from toolkit.errors import ChangedError, LeitstandError, UsageError
from toolkit.ledger import notes_of
from toolkit.messages import _, ngettext
from toolkit.outlook import look_out
from toolkit.workspace.naming import name_scope
from toolkit.workspace.playbook import AllClear

_WRITTEN = {"note": Deed.NOTE, "decision": Deed.DECISION, "public": Deed.PUBLIC}


def log(visit: Visit) -> Page | Redirect:
    """A line of the timeline; whatever others did meanwhile, it is written."""
    situation, incident = _open(visit)
    deed = _WRITTEN.get(visit.form.get("deed", "note"))
    if deed is None:
        raise UsageError(_("a line is a note, a decision, or what was said in public"))
    write_line(situation, incident, visit.person, deed, visit.form.get("text", ""))
    return _back(incident, _("written down"))


def tick(visit: Visit) -> Page | Redirect:
    """Turn a box of the list."""
    situation, incident = _open(visit)
    task = Task(visit.form.get("text", ""), visit.form.get("done") == "1")
    after = acting.tick(situation, incident, task, visit.person)
    visit.house.forget()
    return show_living(visit, situation, after) if visit.fragment else _back(after, "")


def approve(visit: Visit) -> Page | Redirect:
    """A yes to a holding statement, for exactly the words that were on the page."""
    _situation, incident = _open(visit)
    visit.house.forget()
    workspace = visit.house.workspace
    post = workspace.find_post(visit.form.get("post", ""))
    if post is None or post.path not in {one.post for one in incident.holding}:
        raise UsageError(_("this is no holding statement of {id}").format(id=incident.id))
    with visit.house.ledger() as ledger:
        said = Said(visit.person, visit.form.get("digest", ""), granted=True)
        say_yes(ledger, look_out(workspace, ledger, visit.now), post, said)
    return _back(incident, _("approved: {title}").format(title=post.title or post.path))


def say(visit: Visit) -> Page | Redirect:
    """Let one statement out, or all of the level that are ready; each goes out once."""
    situation, incident = _open(visit)
    made = acting.statements(situation, visit.house.workspace, incident, visit.form.get("post", ""))
    if not made:
        raise UsageError(_("this level has no holding statement"))
    new = acting.say(situation, incident, made, visit.person)
    visit.house.forget()
    goes = ngettext("{count} statement goes out", "{count} statements go out", len(new))
    return _back(incident, goes if new else _("it is on its way already"))


def move(visit: Visit) -> Page | Redirect:
    """Up or down."""
    situation, incident = _open(visit, decisive=True)
    reason, number = visit.form.get("reason", "").strip(), visit.form.get("level", "")
    if not reason:
        raise UsageError(_("say why: it stands in the timeline"))
    if not number.isdecimal() or not int(number):
        raise UsageError(_("choose a level"))
    said = Declaration(visit.person, reason, situation.now)
    after, failed = acting.move(situation, visit.house.workspace, incident, int(number), said)
    told = _("level {level} from now on").format(level=after.level)
    return _back(after, "; ".join([told, *(_("not written down: {problem}").format(problem=one) for one in failed)]))


def stop(visit: Visit) -> Page | Redirect:
    """The pause switch: everything stands still, or one pause ends."""
    situation, incident = _open(visit, also_closed=True)
    scope, failed = visit.form.get("end", ""), list[str]()
    if scope:
        words, ended = name_scope(scope, visit.house.workspace), end_pauses(situation, scope)
        text = _("pause ended: {scope}").format(scope=words)
        if not ended:
            raise ChangedError(_("{scope} is not paused any more").format(scope=words))
    else:
        allow = tuple(one.uid for one in incident.holding)
        reason = f"{incident.title} ({incident.id})"
        failed = apply_pauses(situation, (Pause("all", "", reason, visit.person, allow=allow),))
        if "all" not in situation.paused():
            raise LeitstandError("; ".join(failed))
        text = _("everything is paused")
    if incident.is_open:
        write_line(situation, incident, visit.person, Deed.DECISION, text)
    # Either of file and ledger stops everything; what the other says is told all the same.
    return _back(incident, "; ".join([text, *(_("not written down: {problem}").format(problem=one) for one in failed)]))


def take(visit: Visit) -> Page | Redirect:
    """Say that you take what somebody is called for; nobody else is called."""
    situation, incident = _open(visit, also_closed=True)
    with visit.house.ledger() as ledger:
        memory = notes_of(ledger, NOTES, lambda: visit.now)
        before = take_call(visit.form.get("call", ""), visit.person, memory, visit.now)
    if visit.fragment and not before.by:
        return show_living(visit, situation, incident)
    taken = name_of(situation.settings, before.by)
    return _back(incident, _("{person} takes it already").format(person=taken) if before.by else _("you take it"))


def close(visit: Visit) -> Page | Redirect:
    """The all-clear; before its time only with a reason, which stands in the timeline."""
    situation, incident = _open(visit, decisive=True)
    workspace = visit.house.workspace
    plan = playbook_of(workspace, incident)
    stir, numbers, _deaf = ask(situation, workspace, incident, plan)
    clear = plan.all_clear if plan is not None else AllClear()
    wrong = why_not(incident, clear, visit.person, situation, stir.moments if stir is not None else ())
    anyway = visit.form.get("anyway", "").strip()
    if wrong and not anyway:
        raise UsageError("; ".join([*wrong, _("to close it all the same, say why")]))
    waiting = fell_due(rows_of(situation)[0], incident.declared, situation.now)
    acting.close(situation, workspace, incident, Ending(visit.person, say_all_clear(wrong, anyway), waiting, numbers))
    return _back(incident, _("all-clear; the pauses stand until somebody ends them"))


def _open(visit: Visit, *, decisive: bool = False, also_closed: bool = False) -> tuple[Situation, Incident]:
    """The incident that the deed is about; `decisive` ones are for exactly the state that was on the page."""
    situation = situation_of(visit)
    incident = situation.incident(visit.path["id"], open_only=not also_closed and not decisive)
    if decisive and visit.form.get("seen") != seen(incident):
        raise ChangedError(_("{id} was changed meanwhile; look at it again").format(id=incident.id))
    return situation, incident


def _back(incident: Incident, notice: str) -> Redirect:
    return Redirect(f"/crisis/{incident.id}", notice, incident.id)

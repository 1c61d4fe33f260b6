"""`leitstand crisis status`, `log` and `close`: how it stands, what happened, and the end."""

from __future__ import annotations

from typing import Annotated

import typer

from toolkit.cli.context import HERE, AsJson, Folder, Now, console, open_context, print_json
from toolkit.cli.crisis.declaring import By, Id
from toolkit.cli.crisis.incidents import heard_of, incident_json, incident_lines, ledger_rows, situation_of
from toolkit.community.crisis.acting import Ending, write_line
from toolkit.community.crisis.acting import close as end
from toolkit.community.crisis.checklist import fell_due
from toolkit.community.crisis.deadlines import next_deadline
from toolkit.community.crisis.ending import objections, say_all_clear
from toolkit.community.crisis.incident import Deed, Incident
from toolkit.community.crisis.situation import playbook_of
from toolkit.errors import EXIT_CLEAN, EXIT_PROBLEMS, UsageError
from toolkit.messages import _
from toolkit.workspace.playbook import AllClear


def status(
    incident: Id = "",
    *,
    every: Annotated[bool, typer.Option("--all", help="Closed ones, too.")] = False,
    folder: Folder = HERE,
    now: Now = "",
    as_json: AsJson = False,
) -> int:
    """Show what is open, what is owed by when, what is paused and what waits; exit 1 when something is overdue."""
    context = open_context(folder, now)
    situation = situation_of(context)
    chosen = [situation.incident(incident)] if incident else list(situation.incidents())
    shown = [one for one in chosen if one.is_open or every or incident]
    rows, names, local = ledger_rows(situation), situation.paused(), situation.now
    waiting = {one.id: fell_due(rows, one.declared, local) if one.is_open else () for one in shown}
    if as_json:
        print_json(
            {
                "now": local.isoformat(),
                "incidents": [incident_json(one, waiting[one.id], names, local) for one in shown],
            }
        )
    else:
        for one in shown:
            for line in incident_lines(one, waiting[one.id], names, local):
                console().print(line, markup=False)
        if not shown:
            console().print(_("no incident is open"))
    owed = (next_deadline(one) for one in shown)
    return EXIT_PROBLEMS if any(one is not None and one.due < local for one in owed) else EXIT_CLEAN


def log(
    text: Annotated[str, typer.Argument(help="What happened, in a sentence.", metavar="TEXT")],
    incident: Id = "",
    *,
    decision: Annotated[bool, typer.Option("--decision", help="Somebody decided this.")] = False,
    public: Annotated[
        bool, typer.Option("--public", help="This was said in public: it keeps the deadline of response and update.")
    ] = False,
    by: By = "",
    folder: Folder = HERE,
    now: Now = "",
    as_json: AsJson = False,
) -> int:
    """Write a line into the timeline."""
    context = open_context(folder, now)
    situation = situation_of(context)
    situation.known_person(by)
    if decision and public:
        raise UsageError(_("choose either --decision or --public; two lines say both"))
    found = situation.incident(incident, open_only=True)
    deed = Deed.DECISION if decision else Deed.PUBLIC if public else Deed.NOTE
    after = write_line(situation, found, by, deed, text)
    owed = next_deadline(after)
    if as_json:
        due = owed.due.isoformat() if owed else None
        print_json({"id": after.id, "at": situation.now.isoformat(), "deed": deed.value, "next_due": due})
    else:
        said = _("written into {path}").format(path=after.path)
        until = "" if owed is None else f"{owed.due.astimezone(context.zone):%Y-%m-%d %H:%M}"
        console().print(said + (", " + _("next due {moment}").format(moment=until) if until else ""), markup=False)
    return EXIT_CLEAN


def close(
    incident: Id = "",
    *,
    by: By = "",
    anyway: Annotated[
        str, typer.Option("--anyway", help="Close it although the all-clear is not due, for this reason.")
    ] = "",
    folder: Folder = HERE,
    now: Now = "",
    as_json: AsJson = False,
) -> int:
    """Give the all-clear. Ends no pause: lists what fell due for `leitstand resume`, and writes what is talked about."""
    context = open_context(folder, now)
    situation, workspace = situation_of(context), context.load()
    situation.known_person(by)
    found = situation.incident(incident, open_only=True)
    plan = playbook_of(workspace, found)
    stir, numbers = heard_of(situation, workspace, plan, found)
    clear, moments = plan.all_clear if plan is not None else AllClear(), stir.moments if stir is not None else ()
    wrong = list(objections(found, clear, by, situation.now, moments))
    if wrong and not anyway.strip():
        return _refuse(found, wrong, as_json=as_json)
    waiting = fell_due(ledger_rows(situation), found.declared, situation.now)
    after = end(situation, workspace, found, Ending(by, say_all_clear(wrong, anyway), waiting, numbers))
    left = situation.paused()
    if as_json:
        print_json(incident_json(after, waiting, left, situation.now) | {"refused": []})
        return EXIT_CLEAN
    out = console()
    out.print(
        _("{id} is closed; what is talked about stands in {path}").format(id=after.id, path=after.path), markup=False
    )
    for row in waiting:
        out.print(f"    {row.account}: {row.path} ({row.state})", markup=False)
    for name in left:
        out.print(
            _("still paused: {name}; end it with: leitstand resume --scope {name}").format(name=name), markup=False
        )
    return EXIT_CLEAN


def _refuse(incident: Incident, wrong: list[str], *, as_json: bool) -> int:
    if as_json:
        print_json({"id": incident.id, "open": True, "refused": wrong})
    else:
        for one in wrong:
            console(stderr=True).print(_("not closed: {why}").format(why=one), markup=False)
        console(stderr=True).print(_('to close it all the same: --anyway "…"'), markup=False)
    return EXIT_PROBLEMS

"""`leitstand crisis declare`, `level` and `say`: a person says that it is one, how bad, and what goes out in public."""

from __future__ import annotations

from typing import Annotated

import typer

from toolkit.cli.context import HERE, AsJson, Context, Folder, Now, console, open_context, print_json
from toolkit.cli.incidents import all_incidents, known_person, ledger_rows, moment, named_incident, playbook_of
from toolkit.community import Pause, add_pause, pauses_of_rows, read_pauses
from toolkit.community.crisis import Deed, Entry, Incident
from toolkit.community.crisis.checklist import Stopped, coming, make_checklist
from toolkit.community.crisis.declaring import (
    Declaration,
    begin_incident,
    change_level,
    choose_level,
    find_playbook,
    make_pauses,
)
from toolkit.community.crisis.keeping import change_incident, create_incident, next_path
from toolkit.community.crisis.statements import Statement, make_statement, prepare, write_statement
from toolkit.errors import EXIT_CLEAN, EXIT_PROBLEMS, LeitstandError, UsageError
from toolkit.ledger import PauseRow, open_ledger
from toolkit.messages import _, ngettext
from toolkit.networks import by_hand
from toolkit.workspace import Workspace
from toolkit.workspace.playbooks import read_playbooks

Id = Annotated[str, typer.Argument(help="The incident; not needed when only one is open.", metavar="[ID]")]
Why = Annotated[str, typer.Option("--reason", help="Why; it stands in the timeline.")]
By = Annotated[str, typer.Option("--by", help="Who says so: a person from leitstand.toml.")]


def declare(
    playbook: Annotated[str, typer.Argument(help="The playbook, as its page is called.", metavar="PLAYBOOK")],
    *,
    level: Annotated[int, typer.Option("--level", help="Which level; default: the mildest.")] = 0,
    reason: Why = "",
    by: By = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would happen and change nothing.")] = False,
    folder: Folder = HERE,
    now: Now = "",
    as_json: AsJson = False,
) -> int:
    """Declare a crisis: pause what the playbook says, begin its file, start its deadlines, list what is to do by hand."""
    context = open_context(folder, now)
    said = _said(context, by, reason)
    workspace = context.load()
    plan = find_playbook(read_playbooks(workspace.handbook)[0], playbook)
    chosen = choose_level(plan, level)
    for one in all_incidents(context):
        if one.is_open and one.playbook == plan.id:
            message = _("{id} is open already; go on with: leitstand crisis log, leitstand crisis level")
            raise UsageError(message.format(id=one.id))
    path = next_path(context.root, plan.id, said.at)
    incident = begin_incident(path, plan, chosen, said, prepare(plan, workspace, said.at))
    pauses = make_pauses(incident, chosen)
    found = coming(workspace, pauses, said.at)
    checklist = make_checklist(workspace, plan, found, ledger_rows(context), said.at)
    failed: list[str] = []
    if not dry_run:
        # The pause first: should this end half way, nothing has gone out that should not.
        failed = apply_pauses(context, pauses)
        create_incident(context.root, incident, checklist)
    if as_json:
        print_json(_declared_json(incident, pauses, found, checklist) | {"written": not dry_run, "problems": failed})
    else:
        _tell_declared(incident, pauses, found, checklist)
        _tell_end(context, failed, dry_run=dry_run)
    return EXIT_PROBLEMS if failed else EXIT_CLEAN


def level(
    number: Annotated[int, typer.Argument(help="The new level.", metavar="LEVEL")],
    incident: Id = "",
    *,
    reason: Why = "",
    by: By = "",
    folder: Folder = HERE,
    now: Now = "",
    as_json: AsJson = False,
) -> int:
    """Take an incident up or down. Up pauses what the level says; down ends no pause: `leitstand resume` does."""
    context = open_context(folder, now)
    said = _said(context, by, reason)
    workspace = context.load()
    found = named_incident(context, incident, open_only=True)
    plan = playbook_of(workspace, found)
    if plan is None:
        raise LeitstandError(_("the playbook {id} is gone").format(id=found.playbook))
    chosen = choose_level(plan, number)
    if chosen.level == found.level:
        raise UsageError(_("{id} is on level {level} already").format(id=found.id, level=chosen.level))
    failed = apply_pauses(context, make_pauses(found, chosen)) if chosen.level > found.level else []
    entry, values = change_level(found, chosen, said)
    after = change_incident(context.root, found, [entry], values)
    if as_json:
        print_json({"id": after.id, "level": after.level, "before": found.level, "problems": failed})
    else:
        console().print(f"{after.id}: {entry.text}", markup=False)
        _tell_end(context, failed, dry_run=False)
    return EXIT_PROBLEMS if failed else EXIT_CLEAN


def say(
    incident: Id = "",
    *,
    post: Annotated[str, typer.Option("--post", help="Only this holding statement; default: all of the level.")] = "",
    by: By = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would go out and write nothing.")] = False,
    folder: Folder = HERE,
    now: Now = "",
    as_json: AsJson = False,
) -> int:
    """Send the holding statements: they are approved already, and the pause lets them out, each once."""
    context = open_context(folder, now)
    known_person(context, by)
    workspace = context.load()
    found = named_incident(context, incident, open_only=True)
    made = statements(workspace, found, post, context)
    new = [one for one in made if not dry_run and write_statement(context.root, one)]
    if not dry_run:
        _note(context, found, made, by)
    held = {f"{one.path} {name}": why for one in made for name, why in one.accounts.items() if why}
    if as_json:
        print_json({"id": found.id, "posts": [_statement_json(one) for one in made], "written": len(new)})
    else:
        _tell_statements(context, made, new, dry_run=dry_run)
    return EXIT_PROBLEMS if held or not made else EXIT_CLEAN


def _note(context: Context, incident: Incident, made: list[Statement], by: str) -> None:
    """Write down what goes out, also when an earlier try ended before it did."""
    known = " ".join(entry.text for entry in incident.entries)
    for deed, goes in ((Deed.PUBLIC, True), (Deed.NOTE, False)):
        found = [one.path for one in made if one.path not in known and (not all(one.accounts.values())) is goes]
        if found:
            said = _("holding statement: {paths}") if goes else _("holding statement, held back everywhere: {paths}")
            entry = Entry(moment(context), by, deed, said.format(paths=", ".join(found)))
            change_incident(context.root, incident, [entry])


def statements(workspace: Workspace, incident: Incident, wanted: str, context: Context) -> list[Statement]:
    """The statements of the incident's level, or the one that is wanted, as they would go out now."""
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
    return [make_statement(one, incident, level, workspace, context.local_now) for one in found]


def apply_pauses(context: Context, pauses: tuple[Pause, ...]) -> list[str]:
    """Put the pauses into force, through the ledger and the file; what did not work, one sentence each.

    Either of the two stops publishing, so that neither waits for the other.
    """
    failed = _record(context, pauses) if pauses else []
    written = {_mark(one) for one in read_pauses(context.tree).entries}
    for pause in pauses:
        try:
            if _mark(pause) not in written:
                add_pause(context.root, pause, context.zone)
        except (LeitstandError, OSError) as error:
            failed.append(str(error))
    return failed


def _record(context: Context, pauses: tuple[Pause, ...]) -> list[str]:
    """Rows of the ledger, where there is one or where a commit is published and not these files."""
    if not context.ledger.exists() and not context.settings.ref:
        return []
    now = context.clock.now()
    try:
        with open_ledger(context.ledger, now=now) as ledger:
            known = {_mark(one) for one in pauses_of_rows(ledger.pauses(now))}
            for one in pauses:
                if _mark(one) not in known:
                    ledger.add_pause(PauseRow(0, one.scope, one.value, one.reason, one.owner, now, None, one.allow))
    except LeitstandError as error:
        return [str(error)]
    return []


def _mark(pause: Pause) -> tuple[str, str, tuple[str, ...]]:
    return pause.name, pause.reason, pause.allow


def _said(context: Context, by: str, reason: str) -> Declaration:
    if not reason.strip():
        raise UsageError(_("--reason must not be empty: it is the first line of the timeline"))
    return Declaration(known_person(context, by), reason.strip(), moment(context))


def _declared_json(
    incident: Incident, pauses: tuple[Pause, ...], found: tuple[Stopped, ...], checklist: list[str]
) -> dict[str, object]:
    return {
        "id": incident.id,
        "path": incident.path,
        "level": incident.level,
        "owner": incident.owner,
        "backup": incident.backup,
        "first_response": incident.first_due.isoformat() if incident.first_due else None,
        "paused": [one.name for one in pauses],
        "holding": [{"post": one.post, "uid": one.uid} for one in incident.holding],
        "stopped_next_24_hours": sum(one.stopped for one in found),
        "checklist": checklist,
    }


def _tell_declared(
    incident: Incident, pauses: tuple[Pause, ...], found: tuple[Stopped, ...], checklist: list[str]
) -> None:
    out = console()
    out.print(f"{incident.id}: {incident.entries[0].text}", markup=False)
    out.print(_("leads: {owner}, backup: {backup}").format(owner=incident.owner, backup=incident.backup), markup=False)
    if incident.first_due is not None:
        out.print(_("first response by {moment}").format(moment=f"{incident.first_due:%Y-%m-%d %H:%M}"))
    names = ", ".join(one.name for one in pauses) or _("nothing")
    stopped = sum(one.stopped for one in found)
    said = ngettext("stops {count} send of the coming 24 hours", "stops {count} sends of the coming 24 hours", stopped)
    out.print(_("paused: {names}").format(names=names), markup=False)
    out.print(said)
    for item in checklist:
        out.print(f"[ ] {item}", markup=False)


def _tell_end(context: Context, failed: list[str], *, dry_run: bool) -> None:
    if dry_run:
        console().print(_("nothing was changed (--dry-run)"))
        return
    for problem in failed:
        console(stderr=True).print(_("not written down: {problem}").format(problem=problem), markup=False)
    if context.settings.ref:
        console().print(_("commit {file}, so that the others see it too").format(file="content"), markup=False)


def _statement_json(one: Statement) -> dict[str, object]:
    return {"path": one.path, "uid": one.uid, "held": {name: why for name, why in one.accounts.items() if why}}


def _tell_statements(context: Context, made: list[Statement], new: list[Statement], *, dry_run: bool) -> None:
    out = console()
    for one in made:
        known = one in new or dry_run
        out.print(one.path if known else _("{path} is there already").format(path=one.path), markup=False)
        for name, why in one.accounts.items():
            hand = by_hand(context.settings.accounts[name])
            goes = _("to be published by hand; leitstand kit shows it") if hand else _("goes out at the next tick")
            out.print(f"    {name}: {why or goes}", markup=False)
    if not made:
        out.print(_("this level has no holding statement"))
    if new and context.settings.ref:
        out.print(_("commit {file}, so that the others see it too").format(file="content"), markup=False)

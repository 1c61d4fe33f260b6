"""`leitstand crisis declare`, `level` and `say`: a person says that it is one, how bad, and what goes out in public."""

from __future__ import annotations

from typing import Annotated

import typer

from toolkit.cli.context import HERE, AsJson, Context, Folder, Now, console, open_context, print_json
from toolkit.cli.crisis.incidents import ledger_rows, situation_of
from toolkit.community.crisis.acting import Prospect, begin, foresee, move, statements
from toolkit.community.crisis.acting import say as speak_out
from toolkit.community.crisis.declaring import Declaration
from toolkit.community.crisis.situation import Situation
from toolkit.community.crisis.statements import Statement
from toolkit.errors import EXIT_CLEAN, EXIT_PROBLEMS, UsageError
from toolkit.messages import _, ngettext
from toolkit.networks import by_hand

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
    situation = situation_of(context)
    said = _said(situation, by, reason)
    workspace = context.load()
    prospect = foresee(situation, workspace, (playbook, level), said, ledger_rows(situation))
    failed = [] if dry_run else begin(situation, prospect)
    if as_json:
        print_json(_declared_json(prospect) | {"written": not dry_run, "problems": failed})
    else:
        _tell_declared(prospect)
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
    situation = situation_of(context)
    said = _said(situation, by, reason)
    workspace = context.load()
    found = situation.incident(incident, open_only=True)
    after, failed = move(situation, workspace, found, number, said)
    if as_json:
        print_json({"id": after.id, "level": after.level, "before": found.level, "problems": failed})
    else:
        console().print(f"{after.id}: {after.entries[-1].text}", markup=False)
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
    situation = situation_of(context)
    situation.known_person(by)
    found = situation.incident(incident, open_only=True)
    made = statements(situation, context.load(), found, post)
    new = [] if dry_run else speak_out(situation, found, made, by)
    held = {f"{one.path} {name}": why for one in made for name, why in one.accounts.items() if why}
    if as_json:
        print_json({"id": found.id, "posts": [_statement_json(one) for one in made], "written": len(new)})
    else:
        _tell_statements(context, made, new, dry_run=dry_run)
    return EXIT_PROBLEMS if held or not made else EXIT_CLEAN


def _said(situation: Situation, by: str, reason: str) -> Declaration:
    if not reason.strip():
        raise UsageError(_("--reason must not be empty: it is the first line of the timeline"))
    return Declaration(situation.known_person(by), reason.strip(), situation.now)


def _declared_json(prospect: Prospect) -> dict[str, object]:
    incident = prospect.incident
    return {
        "id": incident.id,
        "path": incident.path,
        "level": incident.level,
        "owner": incident.owner,
        "backup": incident.backup,
        "first_response": incident.first_due.isoformat() if incident.first_due else None,
        "paused": [one.name for one in prospect.pauses],
        "holding": [{"post": one.post, "uid": one.uid} for one in incident.holding],
        "stopped_next_24_hours": prospect.stopped,
        "checklist": list(prospect.checklist),
    }


def _tell_declared(prospect: Prospect) -> None:
    out, incident = console(), prospect.incident
    out.print(f"{incident.id}: {incident.entries[0].text}", markup=False)
    out.print(_("leads: {owner}, backup: {backup}").format(owner=incident.owner, backup=incident.backup), markup=False)
    if incident.first_due is not None:
        out.print(_("first response by {moment}").format(moment=f"{incident.first_due:%Y-%m-%d %H:%M}"))
    names = ", ".join(one.name for one in prospect.pauses) or _("nothing")
    stopped = prospect.stopped
    said = ngettext("stops {count} send of the coming 24 hours", "stops {count} sends of the coming 24 hours", stopped)
    out.print(_("paused: {names}").format(names=names), markup=False)
    out.print(said)
    for item in prospect.checklist:
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

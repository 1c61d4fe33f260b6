"""`leitstand crisis drill`: try out a playbook on a copy; nothing leaves this machine, and only `drill_last` may change."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Annotated

import typer

from toolkit.cli.context import HERE, AsJson, Context, Folder, Now, console, open_context, print_json
from toolkit.cli.crisis.incidents import situation_of
from toolkit.community.crisis.declaring import choose_level, find_playbook
from toolkit.errors import EXIT_CLEAN, EXIT_PROBLEMS, LeitstandError
from toolkit.messages import _
from toolkit.source import set_key, write_edits
from toolkit.source.writing import append_key
from toolkit.workspace.playbook import Playbook
from toolkit.workspace.playbooks import read_playbooks


def drill(
    playbook: Annotated[str, typer.Argument(help="The playbook, as its page is called.", metavar="PLAYBOOK")],
    *,
    level: Annotated[int, typer.Option("--level", help="Which level; default: the highest.")] = 0,
    write: Annotated[bool, typer.Option("--write", help="Write the day into the playbook's drill_last.")] = False,
    folder: Folder = HERE,
    now: Now = "",
    as_json: AsJson = False,
) -> int:
    """Try out a playbook: planted messages, proposal, pause, holding statement, all-clear; exit 1 when something fails."""
    # Late: the simulator is large, and a crisis that is real does not wait for it.
    from toolkit.simulation.drill import Drill, copy_workspace, run_drill

    context = open_context(folder, now)
    plan = find_playbook(read_playbooks(context.load().handbook)[0], playbook)
    chosen = choose_level(plan, level or max((one.level for one in plan.levels), default=0))
    with tempfile.TemporaryDirectory(prefix="leitstand-drill-") as name:
        copy_workspace(context.root, Path(name))
        run = Drill(Path(name), plan, chosen, situation_of(context).now)
        file = run_drill(run)
    day = f"{context.local_now:%Y-%m-%d}"
    if write and run.passed:
        _write(context, plan, day)
    if as_json:
        steps = [{"at": step.at.isoformat(), "text": step.text, "good": step.good} for step in run.steps]
        print_json({"playbook": plan.id, "level": chosen.level, "passed": run.passed, "steps": steps, "incident": file})
        return EXIT_CLEAN if run.passed else EXIT_PROBLEMS
    out = console()
    for step in run.steps:
        mark = {None: "·", True: "✓", False: "✗"}[step.good]
        out.print(f"{step.at:%Y-%m-%d %H:%M} {mark} {step.text}", markup=False)
    out.print(f"\n{file}", markup=False)
    out.print(_("the drill went without a fault") if run.passed else _("the drill found faults, see ✗"))
    if not write and run.passed:
        out.print(_("to write it down: --write sets drill_last: {day}").format(day=day))
    return EXIT_CLEAN if run.passed else EXIT_PROBLEMS


def _write(context: Context, plan: Playbook, day: str) -> None:
    front = plan.places
    edit = (
        set_key(front, "drill_last", day)
        if front.node("drill_last") is not None
        else append_key(front, "drill_last", day)
    )
    if edit is None:
        raise LeitstandError(
            _("{path}: {key} cannot be changed; nothing was written").format(path=plan.path, key="drill_last")
        )
    write_edits(context.root / plan.path, front.source.text, [edit])

"""`leitstand report`: run a report notebook and make its HTML."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from toolkit.cli.context import HERE, AsJson, Folder, Now, open_context, print_json, progress
from toolkit.cli.places import path_from_here
from toolkit.errors import EXIT_CLEAN, EXIT_PROBLEMS
from toolkit.messages import _, speak
from toolkit.metrics import open_store
from toolkit.reports import Order, Report, Verification, last_month, make_report, report_folder, verify_report


def run(
    name: Annotated[str, typer.Argument(help="The report, a notebook's name.")] = "monthly",
    *,
    month: Annotated[str, typer.Option("--month", help="Such as 2026-10; default: the last one that is over.")] = "",
    workspace: Folder = HERE,
    channel: Annotated[list[str] | None, typer.Option("--channel", help="Only this account; may be repeated.")] = None,
    language: Annotated[str, typer.Option("--language", help="de or en; default: the workspace's.")] = "",
    output: Annotated[Path | None, typer.Option("--output", help="Folder of the report's files.")] = None,
    timeout: Annotated[float, typer.Option("--timeout", help="Seconds after which the run ends.")] = 600.0,
    verify: Annotated[
        bool, typer.Option("--verify", help="Make the report again and compare; change nothing.")
    ] = False,
    as_json: AsJson = False,
    now: Now = "",
) -> int:
    """Run a report notebook and make its HTML."""
    context = open_context(workspace, now)
    if language:
        speak(language)
    month = month or last_month(context.clock.now(), context.settings.timezone)
    target = output.resolve() if output else None
    order = Order(name, month, language, tuple(channel or ()), output=target, timeout=timeout)
    with progress() as bar:
        task = bar.add_task(_("Report {name} {month}").format(name=name, month=month), total=None)

        def step(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total)

        loaded, state = context.load(), context.state
        if verify:
            folder = report_folder(state, order)
            return _verified(
                verify_report(folder, loaded, state, environ=context.environ, progress=step), as_json=as_json
            )
        report = make_report(loaded, state, order, clock=context.clock, environ=context.environ, progress=step)
    if as_json:
        print_json(_row(report))
    else:
        _show(report)
        if not any(month in one.months for one in open_store(state).imports()):
            message = _("There is no data for {month}. Import exports with: leitstand import FILE")
            typer.echo(message.format(month=month), err=True)
    return EXIT_PROBLEMS if report.failures else EXIT_CLEAN


def _verified(found: Verification, *, as_json: bool) -> int:
    if as_json:
        print_json({"same": found.same, "differences": list(found.differences)})
    else:
        typer.echo(_("The report comes out the same.") if found.same else _("The report comes out differently."))
        for difference in found.differences:
            typer.echo(f"  {difference}")
    return EXIT_CLEAN if found.same else EXIT_PROBLEMS


def _row(report: Report) -> dict[str, object]:
    return {
        "html": str(report.html),
        "notebook": str(report.notebook),
        "manifest": str(report.manifest),
        "failures": list(report.failures),
        "seconds": round(report.seconds, 1),
    }


def _show(report: Report) -> None:
    for failure in report.failures:
        typer.echo(_("incomplete: {failure}").format(failure=failure), err=True)
    typer.echo(path_from_here(report.html))

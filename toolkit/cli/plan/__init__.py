"""`leitstand plan`: the calendar, what a change of the files does to it before anybody merges it, and what fills its gaps."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from toolkit.cli import make_app
from toolkit.cli.context import HERE, AsJson, Context, Now, open_context, print_json
from toolkit.cli.plan.days import read_day
from toolkit.cli.plan.export import export
from toolkit.cli.plan.gathering import Planned, Window, gather
from toolkit.cli.plan.suggest import suggest
from toolkit.cli.plan.taking import take
from toolkit.errors import EXIT_CLEAN, EXIT_PROBLEMS, UsageError
from toolkit.ledger import is_lost
from toolkit.messages import _

Folders = Annotated[
    list[Path] | None,
    typer.Option("--workspace", "-w", help="A folder in the workspace; say it again for other brands."),
]


class Format(StrEnum):
    """How people want to read the plan."""

    TEXT = "text"
    MARKDOWN = "markdown"


app = make_app()
app.info.no_args_is_help = False  # without a verb of its own it shows the calendar


@app.callback(invoke_without_command=True)
def _root(
    called: typer.Context,
    *,
    first: Annotated[str, typer.Option("--from", help="First day, e.g. 2026-12-01; default: today.")] = "",
    last: Annotated[str, typer.Option("--to", help="Last day; default: no end.")] = "",
    since: Annotated[str, typer.Option("--since", help="Show what changed since this commit, branch or tag.")] = "",
    gap: Annotated[int, typer.Option("--gap", min=1, help="Days of silence that are fine.")] = 7,
    form: Annotated[Format, typer.Option("--format", help="text, or markdown for a pull request.")] = Format.TEXT,
    folders: Folders = None,
    now: Now = "",
    as_json: AsJson = False,
) -> int:
    """Show what goes out when, collisions and gaps; exit 1 when a post in view has errors."""
    if called.invoked_subcommand is not None:
        _refuse_options(called)
        return EXIT_CLEAN
    codes = []
    for folder in folders or [HERE]:
        if len(folders or ()) > 1 and not as_json and form is Format.TEXT:
            typer.echo(f"\n{open_context(folder).settings.name}")
        codes.append(run(first, last, since, gap=gap, form=form, folder=folder, now=now, as_json=as_json))
    return max(codes)


# sub-verbs
app.command("suggest")(suggest)
app.command("export", help="Write the plan as a table: XLSX or CSV.")(export)
app.command("import", help="Take an edited table back: first as a diff, with --write into the files.")(take)


def run(
    first: str = "",
    last: str = "",
    since: str = "",
    *,
    gap: int = 7,
    form: Format = Format.TEXT,
    folder: Path = HERE,
    now: str = "",
    as_json: bool = False,
) -> int:
    """Print the plan of one workspace; of several, one after the other, as JSON one object a line."""
    context = open_context(folder, now)
    plan = gather(context, context.load(), _window(context, first, last, gap, since))
    if is_lost(context.ledger):
        typer.echo(
            _("! the ledger is gone, so the plan does not know what was sent: leitstand ledger restore FILE"), err=True
        )
    if as_json:
        from toolkit.cli.plan.record import plan_json

        print_json(plan_json(plan))
    else:
        _show(plan, form)
    return EXIT_PROBLEMS if plan.problems else EXIT_CLEAN


def _show(plan: Planned, form: Format) -> None:
    if form is Format.MARKDOWN:
        from toolkit.cli.plan.markdown import plan_markdown

        typer.echo(plan_markdown(plan))
    else:
        from toolkit.cli.plan.table import print_plan

        print_plan(plan)


def _refuse_options(called: typer.Context) -> None:
    """What stands before a verb of its own would be lost."""
    for parameter in called.command.params:
        source = called.get_parameter_source(parameter.name or "")
        if source is not None and source.name == "COMMANDLINE":
            message = _("write {option} behind {verb}")
            raise UsageError(message.format(option=parameter.opts[0], verb=called.invoked_subcommand))


def _window(context: Context, first: str, last: str, gap: int, since: str) -> Window:
    today = context.local_now.date()
    start, end = read_day("--from", first) or today, read_day("--to", last)
    if end is not None and end < start:
        raise UsageError(_("--to {last} is before --from {first}").format(last=end, first=start))
    return Window(start, end, gap, since)

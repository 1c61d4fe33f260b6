"""`leitstand plan`: the calendar, and what a change of the files does to it, before anybody merges it."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated

import typer

from toolkit.cli.context import HERE, AsJson, Context, Folder, Now, open_context, print_json
from toolkit.cli.planned import Window, gather
from toolkit.errors import EXIT_CLEAN, EXIT_PROBLEMS, UsageError
from toolkit.ledger import is_lost
from toolkit.messages import _


class Format(StrEnum):
    """How people want to read the plan."""

    TEXT = "text"
    MARKDOWN = "markdown"


def run(
    *,
    first: Annotated[str, typer.Option("--from", help="First day, e.g. 2026-12-01; default: today.")] = "",
    last: Annotated[str, typer.Option("--to", help="Last day; default: no end.")] = "",
    since: Annotated[str, typer.Option("--since", help="Show what changed since this commit, branch or tag.")] = "",
    gap: Annotated[int, typer.Option("--gap", min=1, help="Days of silence that are fine.")] = 7,
    form: Annotated[Format, typer.Option("--format", help="text, or markdown for a pull request.")] = Format.TEXT,
    folder: Folder = HERE,
    now: Now = "",
    as_json: AsJson = False,
) -> int:
    """Show what goes out when, collisions and gaps; exit 1 when a post in view has errors."""
    context = open_context(folder, now)
    plan = gather(context, context.load(), _window(context, first, last, gap, since))
    if is_lost(context.ledger):
        typer.echo(
            _("! the ledger is gone, so the plan does not know what was sent: leitstand ledger restore FILE"), err=True
        )
    if as_json:
        from toolkit.cli.plan_json import plan_json

        print_json(plan_json(plan))
    elif form is Format.MARKDOWN:
        from toolkit.cli.plan_markdown import plan_markdown

        typer.echo(plan_markdown(plan))
    else:
        from toolkit.cli.plan_table import print_plan

        print_plan(plan)
    return EXIT_PROBLEMS if plan.problems else EXIT_CLEAN


def _window(context: Context, first: str, last: str, gap: int, since: str) -> Window:
    today = context.local_now.date()
    start, end = _day("--from", first) or today, _day("--to", last)
    if end is not None and end < start:
        raise UsageError(_("--to {last} is before --from {first}").format(last=end, first=start))
    return Window(start, end, gap, since)


def _day(option: str, text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        message = _("{option} needs a day such as 2026-12-01, not {text!r}")
        raise UsageError(message.format(option=option, text=text)) from None

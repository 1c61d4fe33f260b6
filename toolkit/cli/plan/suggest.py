"""`leitstand plan suggest`: what could fill the gaps, and why. Nothing is written without `--write`."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Final

import typer

from toolkit.cli.context import HERE, AsJson, Context, Folder, Now, open_context, print_json
from toolkit.cli.idea.naming import require, the_person
from toolkit.cli.plan.days import read_day
from toolkit.cli.plan.suggested import suggested_json, suggested_lines
from toolkit.editorial import read_ideas
from toolkit.editorial.deciding import Decision
from toolkit.errors import EXIT_CLEAN, UsageError
from toolkit.messages import _
from toolkit.planning.candidates import Source
from toolkit.planning.filling import fill
from toolkit.planning.suggesting import Span
from toolkit.planning.suggesting import suggest as suggest_slots
from toolkit.strategy import read_strategy

WEEKS: Final = timedelta(weeks=4)
# Nobody plans a second quarter slot by slot.
LONGEST: Final = timedelta(days=92)


def suggest(
    *,
    first: Annotated[str, typer.Option("--from", help="First day to fill; default: today.")] = "",
    last: Annotated[str, typer.Option("--to", help="Last day to fill; default: four weeks on.")] = "",
    channel: Annotated[
        list[str] | None, typer.Option("--channel", "-c", help="Fill this account only; repeatable.")
    ] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, help="At most so many suggestions.")] = 20,
    write: Annotated[
        bool, typer.Option("--write", help="Write the slots into the drafts, and make drafts of ideas.")
    ] = False,
    by: Annotated[
        str, typer.Option("--by", help="Who decides about the ideas; default: the only person there is.")
    ] = "",
    folder: Folder = HERE,
    now: Now = "",
    as_json: AsJson = False,
) -> int:
    """Suggest drafts and ideas for free posting slots, and say why."""
    context = open_context(folder, now)
    workspace = context.load()
    for name in channel or ():
        require(_("account"), name, context.settings.accounts)
    ideas, _problems = read_ideas(workspace)
    span = _span(context, first, last, channel or [])
    found = suggest_slots(workspace, read_strategy(workspace), ideas, span, context.clock.now())
    found = found.first(limit)
    paths: list[str] = []
    if write:
        needed = any(one.candidate.source is Source.IDEA for one in found.suggestions)
        decision = Decision(the_person(by, context.settings) if needed else by, context.local_now.date())
        for one in found.suggestions:
            path = fill(workspace, ideas, one, decision, context.local_now)
            paths.append(path.relative_to(context.root).as_posix())
    if as_json:
        print_json(suggested_json(found, span, paths, written=write))
    else:
        for line in suggested_lines(found, context, paths, written=write):
            typer.echo(line)
    return EXIT_CLEAN


def _span(context: Context, first: str, last: str, channels: list[str]) -> Span:
    today = context.local_now.date()
    start = read_day("--from", first) or today
    end = read_day("--to", last) or start + WEEKS
    if end < start:
        raise UsageError(_("--to {last} is before --from {first}").format(last=end, first=start))
    if end - start > LONGEST:
        raise UsageError(_("--to is more than {days} days after --from; fill less at once").format(days=LONGEST.days))
    return Span(start, end, frozenset(channels))
